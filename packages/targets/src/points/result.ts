import type { Evaluation } from '../evaluation/result.ts'
import type { Rule } from './table.ts'

/** What is reported of a unit. */
export interface PointEntry {
  readonly unit: string
  readonly facts?: Readonly<Record<string, boolean | number | string | null>>
  /** For the rules that ask for indicators. */
  readonly evaluation?: Evaluation
  /** Codes of what the unit was not assigned, and of what came late. */
  readonly notAssigned?: readonly string[]
  readonly late?: readonly string[]
  /**
   * Points that an assessor gave, by code: they stand for what the rule gives, or for all that is below a node. Bounds of
   * the nodes above hold; how far they depart from the table `departures` says.
   */
  readonly given?: Readonly<Record<string, number>>
}

/** What one node brought, and by which clause of the table. */
export interface PointLine {
  readonly code: string
  readonly name: string
  /** 0 for the first level. */
  readonly depth: number
  readonly points: number
  /** What was to be had: the printed maximum, changed by what was not assigned. */
  readonly outOf: number
  /** What all of it was multiplied by: the own coefficient, and those of the nodes above; 1 where there are none. */
  readonly coefficient: number
  /** Earned by the own rule. */
  readonly own: number
  /** What caps, floors, lateness, rounding and the leader added to own points and children; points = own + children + limited. */
  readonly limited: number
  readonly value: number | null
  /** The rule's kind, or why there was none to apply. */
  readonly clause: Rule['kind'] | 'children' | 'missing' | 'not-assigned' | 'condition' | 'given'
  /** Not among the best that count. */
  readonly counted: boolean
  readonly outside: boolean
}

export interface PointScore {
  readonly unit: string
  readonly points: number
  readonly outOf: number
  /** What the table's own cap and floor added to the first level. */
  readonly limited: number
  readonly grade: string | null
  readonly reasons: readonly string[]
  readonly lines: readonly PointLine[]
}
