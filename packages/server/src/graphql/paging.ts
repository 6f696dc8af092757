import type { DefaultConnectionArguments } from '@pothos/plugin-relay'
import { type ResolveCursorConnectionArgs, resolveArrayConnection, resolveCursorConnection } from '@pothos/plugin-relay'
import { inputError } from '../errors/input-error.ts'
import { builder, MAX_PAGE } from './builder.ts'

interface Page {
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
}

/** Refuses a page outside 0 to {@link MAX_PAGE}: a shorter list than was asked for would look like all there is. */
export function checkPage<Args extends Page>(args: Args): Args {
  for (const argument of ['first', 'last'] as const) {
    const value = args[argument]
    if (value !== null && value !== undefined && (value < 0 || value > MAX_PAGE)) {
      throw inputError(
        'BAD_INPUT',
        {
          vi: `${argument} phải từ 0 đến ${MAX_PAGE}, không nhận ${value}: lấy trang sau bằng after: endCursor`,
          en: `${argument} goes from 0 to ${MAX_PAGE}, not ${value}: page with after: endCursor`,
        },
        {
          argument,
          value,
          nearest: String(Math.min(MAX_PAGE, Math.max(0, value))),
        },
      )
    }
  }
  return args
}

/** A page of a list that is at hand whole, with the number of all. */
export function pageOf<T>(list: T[], page: DefaultConnectionArguments) {
  const connection = resolveArrayConnection({ args: checkPage(page), defaultSize: MAX_PAGE, maxSize: MAX_PAGE }, list)
  return counted(connection, list.length)
}

/** The order of a whole list, by which a part of it is cut into pages: a cursor may name any item of the whole. */
interface WholeOrder<T> {
  readonly size: number
  readonly cursorOf: (item: T) => string
  /** The place of an item in the whole, from 0. */
  readonly placeOf: (item: T) => number
  /** The item of the whole that a cursor names, where there is one. */
  readonly itemAt: (cursor: string) => T | undefined
}

/**
 * A page of a part of a list, with the number of the part's items.
 * @param part in the order of the whole
 */
export async function pageOfPart<T extends object>(
  part: readonly T[],
  page: DefaultConnectionArguments,
  { size, cursorOf, placeOf, itemAt }: WholeOrder<T>,
) {
  const placeAt = (cursor: string | undefined): number | null => {
    const item = cursor === undefined ? undefined : itemAt(cursor)
    return item === undefined ? null : placeOf(item)
  }
  const connection = await resolveCursorConnection(
    { args: checkPage(page), toCursor: cursorOf, defaultSize: MAX_PAGE, maxSize: MAX_PAGE },
    ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): T[] => {
      const [least, most] = [placeAt(after) ?? -1, placeAt(before) ?? size]
      const items = part.filter((item) => placeOf(item) > least && placeOf(item) < most)
      return (inverted ? items.reverse() : items).slice(0, limit)
    },
  )
  return counted(connection, part.length)
}

/** What a connection's resolver gives besides its page; called only where a client asks. */
interface Counted {
  readonly totalCount: number | (() => Promise<number>)
}

interface Connection {
  readonly edges: readonly unknown[]
  readonly pageInfo: object
}

/** A page with the number of all. A page without anything has no cursors. */
export function counted<C extends Connection>(connection: C, totalCount: Counted['totalCount']): C & Counted {
  const { edges, pageInfo } = connection
  const page = edges.length > 0 ? pageInfo : { ...pageInfo, startCursor: null, endCursor: null }
  return { ...connection, pageInfo: page, totalCount }
}

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many there are in all.',
    resolve: (connection) => {
      const { totalCount } = connection as unknown as Counted
      return typeof totalCount === 'number' ? totalCount : totalCount()
    },
  }),
)
