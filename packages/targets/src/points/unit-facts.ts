// What is known of one unit, by the names that a table has for it.
import type { IndicatorResult } from '../evaluation/result.ts'
import { statusFact } from './check.ts'
import { figureOf, type Known } from './figures.ts'
import { checkedFacts } from './known.ts'
import type { PointEntry } from './result.ts'
import type { PointTable } from './table.ts'

/**
 * Facts, statuses of indicators, and the figures that the table names.
 * @throws {TargetsError} `UNKNOWN_FACT`, `WRONG_TYPE`
 */
export function knownOf(table: PointTable, entry: PointEntry): Known {
  const results = new Map(
    (entry.evaluation?.results ?? []).map((result): [string, IndicatorResult] => [result.indicatorId, result]),
  )
  const statuses = [...results].map(([id, { status }]) => [statusFact(id), status] as const)
  return withFigures(table, { facts: { ...checkedFacts(table, entry), ...Object.fromEntries(statuses) }, results })
}

/** The same with the figures that the table names as what is known now gives them. */
export function withFigures({ figures = {} }: PointTable, known: Known): Known {
  const named = Object.entries(figures).map(([name, figure]) => [name, figureOf(figure, known)] as const)
  return { ...known, facts: { ...known.facts, ...Object.fromEntries(named) } }
}
