// Of which nodes a table asks what they have earned, once for each checked table.

import type { Condition } from '../rules/conditions.ts'
import { pointsCode } from './fact-names.ts'
import { codesIn, figuresAt, rulesIn } from './figures.ts'
import { factsIn } from './named-figures.ts'
import type { PointNode, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** The nodes whose points figures and conditions of other nodes ask for. */
export interface AskedPoints {
  readonly codes: ReadonlySet<string>
  /** The nodes whose points follow from those of others: they are known once the others are. */
  readonly askers: ReadonlySet<PointNode>
  /** The facts that the conditions of grades ask for. */
  readonly byGrades: ReadonlySet<string>
}

const found = new WeakMap<PointTable, AskedPoints>()

export function askedPoints(table: PointTable): AskedPoints {
  const known = found.get(table)
  if (known) return known
  const codes = new Set<string>()
  const askers = new Set<PointNode>()
  for (const { node } of walk(table.nodes)) {
    const asked = codesAskedBy(node, table)
    if (asked.length > 0 || rulesIn(node.rule).some(({ kind }) => kind === 'share')) askers.add(node)
    for (const code of asked) codes.add(code)
  }
  const { ungraded = [], grades = [], lowered = [], conditions = {} } = table
  const ofGrades = [...ungraded, ...grades, ...lowered]
  const byGrades = new Set(ofGrades.flatMap(({ when }) => (when ? factsIn(when, conditions) : [])))
  const asked = { codes, askers, byGrades }
  found.set(table, asked)
  return asked
}

/** The codes of the nodes whose points a node asks for by `points.<code>`: in its figures and its conditions. */
function codesAskedBy(node: PointNode, table: PointTable): string[] {
  const names = conditionsAt(node).flatMap((when) => factsIn(when, table.conditions ?? {}))
  return [
    ...figuresAt(node).flatMap((figure) => codesIn(figure, table)),
    ...names.flatMap((name) => pointsCode(name) ?? []),
  ]
}

/** The conditions that stand at a node, and in the cases of its rule. */
export const conditionsAt = ({ when, rule }: PointNode): Condition[] => [
  ...(when ? [when] : []),
  ...casesOf(rule).map((option) => option.when),
]

/** The cases of a rule, those of its cases included. */
export const casesOf = (rule: Rule | undefined): Extract<Rule, { kind: 'cases' }>['cases'] =>
  rule?.kind === 'cases' ? rule.cases.flatMap((option) => [option, ...casesOf(option.rule)]) : []
