// What questions about point tables cost: by the criteria of the largest table and the members of the largest cluster.
import type { Context } from '../../graphql/context.ts'
import type { Cost } from '../../graphql/estimate.ts'

/** Scoring one criterion of one member. */
const SCORE = 6

/** @param of how much a field takes itself, and of how many things it is a list */
const bySize = (of: (criteria: number, members: number) => { readonly work: number; readonly items?: number }) => ({
  complexity: (_: object, { store }: Context): Cost => {
    const { criteria, members } = store.sizes
    const { work, items = 1 } = of(criteria, members)
    return { field: work, multiplier: items }
  },
})

/** A list of the criteria, each with `each` of work. */
export const perCriterion = (work: number, each = 0) =>
  bySize((criteria) => ({ work: work + criteria * each, items: criteria }))
/** Something made of all criteria. */
export const ofCriteria = (work: number, each: number) => bySize((criteria) => ({ work: work + criteria * each }))
/** All members scored: a list of them. */
export const SCORED_MEMBERS = bySize((criteria, members) => ({
  work: 2000 + SCORE * criteria * members,
  items: members,
}))
/** All members scored, for a few things. */
export const OF_SCORED_MEMBERS = bySize((criteria, members) => ({ work: 3000 + SCORE * criteria * members, items: 3 }))
/** All members scored, beside what each stage gave one of them. */
export const SCORED_SHEETS = bySize((criteria, members) => ({
  work: 2000 + SCORE * criteria * members + 50 * criteria,
  items: criteria,
}))
/** All members scored three times and a thousand draws of weights. */
export const POINT_FAIRNESS = bySize((criteria, members) => ({
  work: 10_000 + 5 * SCORE * criteria * members,
  items: members,
}))
/** All members scored, then one of them some thirty times, without its checks. */
export const POINTS_IT_TAKES = bySize((criteria, members) => ({
  work: 2000 + SCORE * criteria * members + 15 * SCORE * criteria,
}))
/** Of two members that are scored, the criteria in which they part. */
export const PARTING = bySize((criteria) => ({ work: 50 + criteria, items: criteria / 3 }))
