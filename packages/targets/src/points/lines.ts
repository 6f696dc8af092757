import { tidy } from '../decimal.ts'
import type { PointLine } from './result.ts'
import type { PointNode } from './table.ts'

/** A line that is still being made. */
export type Line = { -readonly [Key in keyof PointLine]: PointLine[Key] }

/** The line of a node before anything is known. */
export const lineOf = (node: PointNode, depth: number): Line => ({
  code: node.code,
  name: node.name,
  depth,
  points: 0,
  outOf: 0,
  coefficient: 1,
  own: 0,
  limited: 0,
  value: null,
  clause: node.rule?.kind ?? 'children',
  counted: true,
  outside: node.outside ?? false,
})

/** Gives a line what its node earned. */
export function settle(line: Line, points: number, outOf: number, clause: PointLine['clause']): Line {
  line.points = points
  line.own = points
  line.outOf = outOf
  line.clause = clause
  return line
}

const AMOUNTS = ['points', 'outOf', 'own', 'limited', 'coefficient'] as const

/** Multiplies what a line says of its points. */
export function multiply(line: Line, by: number): void {
  for (const key of AMOUNTS) line[key] *= by
}

/** Drops binary noise, once nothing more is reckoned with a line. */
export function tidyLine(line: Line): void {
  for (const key of AMOUNTS) line[key] = tidy(line[key])
}

/** What one number is above another, each without its noise. */
export const apart = (one: number, other: number): number => tidy(tidy(one) - tidy(other))
