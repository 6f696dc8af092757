// A table whose rules say themselves what it has named: columns hold facts and indicators only.
import type { Condition } from '../rules/conditions.ts'
import type { Figure, PointNode, PointTable, Rule } from './table.ts'

/** The same table, each figure that is asked for by its name put in the name's place. */
export function withoutNames(table: PointTable): PointTable {
  const { figures } = table
  if (!figures) return table
  const named = (figure: Figure | number): Figure | number => {
    if (typeof figure === 'number') return figure
    if (typeof figure === 'string') return Object.hasOwn(figures, figure) ? (figures[figure] as Figure) : figure
    if ('indicator' in figure || 'results' in figure || 'holding' in figure) return figure
    if ('cluster' in figure) return { ...figure, of: named(figure.of) as Figure }
    if ('periods' in figure)
      return { periods: figure.periods.map((period) => ({ ...period, of: named(period.of) as Figure })) }
    if ('cases' in figure) {
      const { cases, otherwise } = figure
      const options = cases.map((option) => ({ ...option, figure: named(option.figure) }))
      return otherwise === undefined ? { cases: options } : { cases: options, otherwise: named(otherwise) }
    }
    const entries: [string, unknown][] = Object.entries(figure)
    return Object.fromEntries(
      entries.map(([key, part]) => [key, Array.isArray(part) ? part.map(named) : part]),
    ) as Figure
  }
  const inRule = (rule: Rule): Rule => {
    if (rule.kind === 'cases')
      return { ...rule, cases: rule.cases.map((option) => ({ ...option, rule: inRule(option.rule) })) }
    if (!('of' in rule) || rule.kind === 'yes-no' || rule.kind === 'judged') return rule
    const of = named(rule.of)
    return ('target' in rule ? { ...rule, of, target: named(rule.target) } : { ...rule, of }) as Rule
  }
  const inNode = (node: PointNode): PointNode => ({
    ...node,
    ...(node.rule ? { rule: inRule(node.rule) } : {}),
    ...(node.coefficient === undefined ? {} : { coefficient: named(node.coefficient) }),
    ...(node.children ? { children: node.children.map(inNode) } : {}),
  })
  return { ...table, nodes: table.nodes.map(inNode) }
}

/** What conditions ask for, those that they name included. Each name is read once: it may lead to itself, or be named without end. */
function askedBy(asking: Condition | readonly Condition[], named: Readonly<Record<string, Condition>>) {
  const facts = new Set<string>()
  const conditions = new Map<string, Condition>()
  const read = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(read)
    if (typeof value !== 'object' || value === null) return
    const { fact, condition: name, all, any, not } = value as Readonly<Record<string, unknown>>
    if (typeof fact === 'string') facts.add(fact)
    if (typeof name === 'string' && Object.hasOwn(named, name) && !conditions.has(name)) {
      const condition = named[name] as Condition
      conditions.set(name, condition)
      read(condition)
    }
    for (const part of [all, any, not]) read(part)
  }
  read(asking)
  return { facts, conditions }
}

/** The names of the facts that a condition asks for, those of the conditions that it names included. */
export const factsIn = (condition: Condition, named: Readonly<Record<string, Condition>>): string[] => [
  ...askedBy(condition, named).facts,
]

/** The named conditions that some conditions ask for, those that these name included. */
export const conditionsNamedBy = (
  asking: readonly Condition[],
  named: Readonly<Record<string, Condition>>,
): Readonly<Record<string, Condition>> => Object.fromEntries(askedBy(asking, named).conditions)
