// What a field costs before it is asked: about the number of values that it brings.
import { MAX_PAGE } from './builder.ts'

/** Fields whose lists are as long as the directive. */
export const PER_INDICATOR = { complexity: { field: 1, multiplier: 70 } } as const
/** Members of a cluster. */
export const PER_MEMBER = { complexity: { field: 1, multiplier: 15 } } as const
/** Computed over many figures, whatever is asked of it. */
export const WORK = { complexity: { field: 5000, multiplier: 10 } } as const

/** A list's own multiplier, which `nodes` and `edges` of a connection have. */
export const LIST_MULTIPLIER = 10

interface Page {
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
}

/** A connection: as many as its page holds, or as there usually are. */
export const perPage = (usual: number) => ({
  complexity: ({ first, last }: Page) => ({
    field: 1,
    multiplier: Math.max(1, Math.min(first ?? last ?? usual, MAX_PAGE)) / LIST_MULTIPLIER,
  }),
})
