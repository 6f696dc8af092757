// The nodes that an entry names, by their codes.
import { TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { PointEntry } from './result.ts'
import type { PointNode } from './table.ts'
import { walk } from './walk.ts'

/**
 * What was not assigned to a unit, with all below it, and what came late.
 * @throws {TargetsError} `WRONG_TYPE` for a code that the table does not have, and for given points that are no number
 */
export function codesOf(
  entry: PointEntry,
  nodes: ReadonlyMap<string, PointNode>,
): { readonly notAssigned: ReadonlySet<string>; readonly late: ReadonlySet<string> } {
  const known = (codes: readonly string[], key: string): readonly string[] => {
    for (const code of codes) {
      if (nodes.has(code)) continue
      const path = `${entry.unit}.${key}`
      const text = { vi: `${path}: không có mục "${code}"`, en: `${path}: no node "${code}"` }
      throw new TargetsError('WRONG_TYPE', text, path, nearest(code, [...nodes.keys()]))
    }
    return codes
  }
  const { notAssigned = [], late = [], given: marks = {}, unit } = entry
  const below = known(notAssigned, 'notAssigned').flatMap((code) =>
    [...walk([nodes.get(code) as PointNode])].map(({ node }) => node.code),
  )
  const tardy = new Set(known(late, 'late'))
  known(Object.keys(marks), 'given')
  for (const [code, points] of Object.entries(marks)) {
    if (!Number.isFinite(points)) throw wrongType(`${unit}.given.${code}`, 'một số', 'a number', points)
  }
  return { notAssigned: new Set(below), late: tardy }
}
