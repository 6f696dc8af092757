// What is known of one unit, by the names that a table has for it.
import type { IndicatorResult } from '../evaluation/result.ts'
import { statusFact } from './fact-names.ts'
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
  const facts: Facts = { ...checkedFacts(table, entry) }
  for (const [id, { status }] of results) facts[statusFact(id)] = status
  return named(table, { facts, results, table })
}

/** The same once it is known what figures of the whole cluster come to. */
export const knownAround = (table: PointTable, known: Known, cluster: NonNullable<Known['cluster']>): Known =>
  named(table, { ...known, facts: { ...known.facts }, cluster })

type Facts = Record<string, boolean | number | string | null | undefined>

/** Puts the figures that the table names beside the facts: into the same object, since facts are many and copies of them slow. */
function named({ figures = {} }: PointTable, known: Known & { readonly facts: Facts }): Known {
  for (const [name, figure] of Object.entries(figures)) known.facts[name] = figureOf(figure, known)
  return known
}
