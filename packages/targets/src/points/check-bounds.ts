// What a leaf may give against what it prints, and what a quota may name.
import { show } from '../errors.ts'
import type { Problem } from '../shape.ts'
import { clusterFiguresIn, namesIn } from './figures.ts'
import { formatNumber } from './numbers.ts'
import type { Figure, PointGrade, PointNode, PointTable, Rule } from './table.ts'

const looksAround = (part: Figure | number) => clusterFiguresIn(part).length > 0

/** The named figures of a table that look at the whole cluster. */
export const namesAround = ({ figures = {} }: PointTable): ReadonlySet<string> =>
  new Set(Object.entries(figures).flatMap(([name, figure]) => (looksAround(figure) ? [name] : [])))

/** A figure of the whole cluster looks at figures of members, which must not look at the cluster again. */
export function problemsOfCluster(figure: Figure | number, around: ReadonlySet<string>, path: string): Problem[] {
  return clusterFiguresIn(figure)
    .filter(({ of }) => looksAround(of) || namesIn(of).facts.some((name) => around.has(name)))
    .map(({ of }) => {
      const [vi, en] = [
        `số chung của cụm không tính từ số chung khác của cụm: ${show(of)}`,
        `a figure of the whole cluster follows from no other such figure: ${show(of)}`,
      ]
      return { path, text: { vi, en } }
    })
}

/**
 * Points that a rule gives beyond the printed maximum: a slip of whoever typed the table, unless the node says by its `cap`
 * that it may. Rules whose surplus is their purpose (`per-percent`, `beyond`) are bounded by themselves.
 */
export function problemsBeyondPrinted(node: PointNode, path: string): Problem[] {
  if (node.outside || !node.rule || !node.points) return []
  const most = Math.max(node.points, node.cap ?? 0)
  return amountsOf(node.rule, `${path}.rule`).flatMap(([at, amount]) => {
    if (amount === undefined || amount <= most) return []
    const [vi, en] = [
      `${formatNumber(amount)} điểm, nhưng mục in tối đa ${formatNumber(most)}; nếu đúng là được vượt thì ghi cap`,
      `${amount} points, but the node prints ${most} at most; where it may go beyond, say so by its cap`,
    ]
    return [{ path: at, text: { vi, en } }]
  })
}

function amountsOf(rule: Rule, path: string): [string, number | undefined][] {
  switch (rule.kind) {
    case 'yes-no':
      return [
        [`${path}.points`, rule.points],
        [`${path}.otherwise`, rule.otherwise],
      ]
    case 'judged':
      return [[`${path}.most`, rule.most]]
    case 'steps':
      return [
        ...rule.steps.map(({ points }, i): [string, number] => [`${path}.steps[${i}].points`, points]),
        [`${path}.otherwise`, rule.otherwise],
      ]
    case 'line':
      return rule.line.map(({ points }, i) => [`${path}.line[${i}].points`, points])
    case 'place':
      return [
        ...rule.places.map((points, i): [string, number] => [`${path}.places[${i}]`, points]),
        [`${path}.otherwise`, rule.otherwise],
      ]
    case 'cases':
      return rule.cases.flatMap((option, i) => amountsOf(option.rule, `${path}.cases[${i}].rule`))
    default:
      return []
  }
}

/** Places that rise again: who comes later would have more. */
export function problemsOfPlaces(rule: Rule, path: string): Problem[] {
  if (rule.kind !== 'place') return []
  const all = [...rule.places, rule.otherwise ?? 0]
  return all.flatMap((points, i) => {
    if (i === 0 || points <= (all[i - 1] as number)) return []
    const at = i < rule.places.length ? `${path}.places[${i}]` : `${path}.otherwise`
    return [{ path: at, text: { vi: 'nhiều điểm hơn thứ hạng trước', en: 'is more than the place before has' } }]
  })
}

/** A quota counts against grades that there are. */
export function problemsOfQuota(grades: readonly PointGrade[]): (Problem & { readonly wanted?: string })[] {
  return grades.flatMap(({ atMost }, i) => {
    if (!atMost || !('of' in atMost) || atMost.of === undefined) return []
    const known = grades.findIndex(({ id }) => id === atMost.of)
    const path = `grades[${i}].atMost.of`
    if (known < 0) {
      const text = { vi: `không có loại "${atMost.of}"`, en: `no grade "${atMost.of}"` }
      return [{ path, text, wanted: atMost.of }]
    }
    if (known >= i) return []
    const text = {
      vi: `"${atMost.of}" cao hơn loại này: số được xếp loại này không tính theo loại cao hơn`,
      en: `"${atMost.of}" is a better grade than this one: a quota counts against this grade or lower ones`,
    }
    return [{ path, text }]
  })
}
