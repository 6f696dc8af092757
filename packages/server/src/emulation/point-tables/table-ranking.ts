// Members of a cluster in the order of their adopted point table.
import type { Evaluation, Text } from '@dienbien/targets'
import { defaultPolicy, type Ranked, rank } from '@dienbien/targets/emulation'
import {
  type DeclaredFact,
  figuresOf,
  gradeFact,
  namesIn,
  type PointEntry,
  type PointNode,
  type PointRank,
  type PointTable,
  rankPoints,
} from '@dienbien/targets/points'
import type { KnownFacts } from '../../figures/known-facts.ts'
import { factsFor } from '../ranking/policy-facts.ts'
import { appraised, type Sheet } from './score-sheets.ts'

/** What is known of a member. */
export interface TableMember {
  readonly unit: string
  readonly facts: KnownFacts
  /** Null in a year without a directive. */
  readonly evaluation: Evaluation | null
  readonly sheets: readonly Sheet[]
}

/** A table is told only the facts that it declares; one that was recorded as something else is unknown to it. */
function declaredFacts(table: PointTable, facts: Readonly<Record<string, unknown>>): NonNullable<PointEntry['facts']> {
  const declared: Readonly<Record<string, DeclaredFact>> = table.facts ?? {}
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      const type = Object.hasOwn(declared, name) ? declared[name]?.type : undefined
      return type !== undefined && typeof value === (type === 'text' ? 'string' : type) ? [[name, value as string]] : []
    }),
  )
}

/** Nodes that go by indicators of which none applies to the unit: they were not assigned to it. */
function notApplicable(nodes: readonly PointNode[], evaluation: Evaluation): string[] {
  const inapplicable = new Set(
    evaluation.results.filter(({ status }) => status === 'NOT_APPLICABLE').map(({ indicatorId }) => indicatorId),
  )
  return nodes.flatMap(({ code, rule, children = [] }) => {
    const asked = figuresOf(rule).flatMap((figure) => namesIn(figure).indicators)
    const absent = asked.length > 0 && asked.every((id) => inapplicable.has(id)) ? [code] : []
    return [...absent, ...notApplicable(children, evaluation)]
  })
}

export function entryOf(table: PointTable, { unit, facts, evaluation, sheets }: TableMember): PointEntry {
  const { given: points, notAssigned, late } = appraised(table, sheets)
  const inapplicable = evaluation ? notApplicable(table.nodes, evaluation) : []
  return {
    unit,
    facts: declaredFacts(table, facts),
    ...(evaluation ? { evaluation } : {}),
    given: points,
    notAssigned: [...new Set([...notAssigned, ...inapplicable])],
    late,
  }
}

const rankByTable = (table: PointTable, members: readonly TableMember[]): PointRank[] =>
  rankPoints(
    table,
    members.map((member) => entryOf(table, member)),
  )

const TIED: Text = {
  vi: 'Bằng điểm và bằng mọi tiêu chí phụ: phân định bằng bỏ phiếu',
  en: 'Equal in points and in every tie-break: to be settled by ballot',
}

/** A table's reasons are in the words of its authors. */
const asWritten = (reason: string): Text => ({ vi: reason, en: reason })

/** What the conditions of the table's own awards may ask for besides; a table without awards leaves all as it was. */
function ownFacts(table: PointTable, facts: KnownFacts, grade: string | null): Record<string, boolean | number> {
  if (!table.awards) return {}
  const declared = Object.entries(declaredFacts(table, facts)).filter(
    (entry): entry is [string, boolean | number] => typeof entry[1] === 'boolean' || typeof entry[1] === 'number',
  )
  const grades = (table.grades ?? []).map(({ id }): [string, boolean] => [gradeFact(id), id === grade])
  return Object.fromEntries([...declared, ...grades])
}

/**
 * Places by a table, in the form in which proposals for awards take them: how many targets were met stands beside the
 * points, since the conditions of awards ask for it.
 */
export function rankedByTable(table: PointTable, members: readonly TableMember[]): Ranked[] {
  const byUnit = new Map(members.map((member) => [member.unit, member]))
  return rankByTable(table, members).map(({ unit, rank: place, tied, points, grade, reasons }): Ranked => {
    const { facts, evaluation } = byUnit.get(unit) as TableMember
    if (!evaluation) throw new Error(`${unit} was not judged`)
    const [counts] = rank([{ unit, evaluation, facts: factsFor(defaultPolicy, facts) }]) as [Ranked]
    return {
      ...counts,
      rank: place,
      tied,
      score: points,
      eligible: place !== null,
      reasons: [...reasons.map(asWritten), ...(tied ? [TIED] : [])],
      facts: {
        ...counts.facts,
        ...ownFacts(table, facts, grade),
        score: (points * 100) / table.total,
      },
    }
  })
}
