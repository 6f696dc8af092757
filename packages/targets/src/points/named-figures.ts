// A table whose rules say themselves what it has named: columns hold facts and indicators only.
import type { Figure, PointNode, PointTable, Rule } from './table.ts'

/** The same table, each figure that is asked for by its name put in the name's place. */
export function withoutNames(table: PointTable): PointTable {
  const { figures } = table
  if (!figures) return table
  const named = (figure: Figure | number): Figure | number => {
    if (typeof figure === 'number') return figure
    if (typeof figure === 'string') return Object.hasOwn(figures, figure) ? (figures[figure] as Figure) : figure
    if ('indicator' in figure) return figure
    if ('periods' in figure) return { periods: figure.periods.map((one) => ({ ...one, of: named(one.of) as Figure })) }
    const [[kind, parts] = ['sum', []]] = Object.entries(figure) as [string, readonly (Figure | number)[]][]
    return { ...figure, [kind]: parts.map(named) } as Figure
  }
  const inRule = (rule: Rule): Rule => {
    if (rule.kind === 'cases') return { ...rule, cases: rule.cases.map((one) => ({ ...one, rule: inRule(one.rule) })) }
    if (!('of' in rule) || rule.kind === 'yes-no' || rule.kind === 'judged') return rule
    const of = named(rule.of)
    return ('target' in rule ? { ...rule, of, target: named(rule.target) } : { ...rule, of }) as Rule
  }
  const inNode = (node: PointNode): PointNode => ({
    ...node,
    ...(node.rule ? { rule: inRule(node.rule) } : {}),
    ...(node.children ? { children: node.children.map(inNode) } : {}),
  })
  return { ...table, nodes: table.nodes.map(inNode) }
}
