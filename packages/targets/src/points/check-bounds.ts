// What a leaf may give against what it prints, and what a quota may name.
import { show } from '../errors.ts'
import { isRounded, type Rounded } from '../rounding.ts'
import type { Problem } from '../shape.ts'
import { clusterFiguresIn, conditionsIn, namesIn } from './figures.ts'
import { factsIn } from './named-figures.ts'
import { formatNumber } from './numbers.ts'
import { problem } from './problem.ts'
import type { Figure, PointGrade, PointNode, PointTable, Rule, Step } from './table.ts'

const looksAround = (part: Figure | number) => clusterFiguresIn(part).length > 0

/** The named figures of a table that look at the whole cluster. */
export const namesAround = ({ figures = {} }: PointTable): ReadonlySet<string> =>
  new Set(Object.entries(figures).flatMap(([name, figure]) => (looksAround(figure) ? [name] : [])))

/** A figure of the whole cluster looks at figures of members, which must not look at the cluster again. */
export function problemsOfCluster(figure: Figure | number, around: ReadonlySet<string>, path: string): Problem[] {
  return clusterFiguresIn(figure)
    .filter(({ of }) => {
      const asked = [...namesIn(of).facts, ...conditionsIn(of).flatMap((when) => factsIn(when, {}))]
      return looksAround(of) || asked.some((name) => around.has(name))
    })
    .map(({ of }) => {
      return problem(
        path,
        `số chung của cụm không tính từ số chung khác của cụm: ${show(of)}`,
        `a figure of the whole cluster follows from no other such figure: ${show(of)}`,
      )
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
    return [
      problem(
        at,
        `${formatNumber(amount)} điểm, nhưng mục in tối đa ${formatNumber(most)}; nếu đúng là được vượt thì ghi cap`,
        `${amount} points, but the node prints ${most} at most; where it may go beyond, say so by its cap`,
      ),
    ]
  })
}

function amountsOf(rule: Rule, path: string): [string, number | undefined][] {
  switch (rule.kind) {
    case 'full':
      return [[`${path}.points`, rule.points]]
    case 'yes-no':
      return [
        [`${path}.points`, rule.points],
        [`${path}.otherwise`, rule.otherwise],
      ]
    case 'judged':
    case 'count':
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

/** A count that only takes away, of a part of the scale that ends at nought: it would always give nothing. */
export function problemsOfCount({ outside, floor = 0, rule }: PointNode, path: string): Problem[] {
  return outside || floor < 0 || !rule ? [] : problemsOfTaking(rule, `${path}.rule`)
}

function problemsOfTaking(rule: Rule, path: string): Problem[] {
  if (rule.kind === 'cases')
    return rule.cases.flatMap((option, i) => problemsOfTaking(option.rule, `${path}.cases[${i}].rule`))
  if (rule.kind !== 'count' || rule.each > 0 || (rule.base ?? 0) > 0) return []
  return [
    problem(
      `${path}.each`,
      'luôn được 0 điểm: ghi base (số điểm trước khi trừ), hoặc outside nếu là điểm trừ ngoài thang',
      'always gives 0 points: say from how many it takes away (base), or that it stands outside the scale',
    ),
  ]
}

/** Whole ones only, and begun ones too: it cannot be both. */
export function problemsOfPerPercent(rule: Rule, path: string): Problem[] {
  if (rule.kind !== 'per-percent' || !rule.whole || !rule.begun) return []
  return [problem(`${path}.begun`, 'loại trừ whole: chỉ ghi một trong hai', 'excludes whole: say one of the two')]
}

/** What it gives at least is more than what it gives at most, or what it asks for first is. */
export function problemsOfRange(rule: Rule, path: string): Problem[] {
  const [low, high, least, most] =
    rule.kind === 'proportion'
      ? (['from', 'to', rule.from ?? 0, rule.to ?? 1] as const)
      : (['least', 'most', 'least' in rule ? rule.least : undefined, 'most' in rule ? rule.most : undefined] as const)
  if (least === undefined || most === undefined || least <= most) return []
  return [problem(`${path}.${low}`, `lớn hơn ${high}`, `is above ${high}`)]
}

/** Places that rise again: who comes later would have more. */
export function problemsOfPlaces(rule: Rule, path: string): Problem[] {
  if (rule.kind !== 'place') return []
  const all = [...rule.places, rule.otherwise ?? 0]
  return all.flatMap((points, i) => {
    if (i === 0 || points <= (all[i - 1] as number)) return []
    const at = i < rule.places.length ? `${path}.places[${i}]` : `${path}.otherwise`
    return [problem(at, 'nhiều điểm hơn thứ hạng trước', 'is more than the place before has')]
  })
}

/** A quota counts against grades that there are. */
export function problemsOfQuota(grades: readonly PointGrade[]): (Problem & { readonly wanted?: string })[] {
  return grades.flatMap(({ atMost }, i) => {
    if (!atMost || !('of' in atMost) || atMost.of === undefined) return []
    const known = grades.findIndex(({ id }) => id === atMost.of)
    const path = `grades[${i}].atMost.of`
    if (atMost.members) {
      return [
        problem(
          path,
          'loại trừ members: tính theo mọi thành viên hoặc theo một loại',
          'excludes members: of all members, or of those with a grade',
        ),
      ]
    }
    if (known < 0) {
      const text = { vi: `không có loại "${atMost.of}"`, en: `no grade "${atMost.of}"` }
      return [{ path, text, wanted: atMost.of }]
    }
    if (known >= i) return []
    return [
      problem(
        path,
        `"${atMost.of}" cao hơn loại này: số được xếp loại này không tính theo loại cao hơn`,
        `"${atMost.of}" is a better grade than this one: a quota counts against this grade or lower ones`,
      ),
    ]
  })
}

const RESERVED = /^(score|grade|__proto__|(points|indicator|grade)\..*)$/s

/** Names of facts and figures under which conditions find something else. */
export function problemsOfNames({ facts = {}, figures = {} }: PointTable): Problem[] {
  const text = {
    vi: 'tên dành riêng: score, grade, points.…, indicator.…, grade.… là của bảng điểm; hãy đặt tên khác',
    en: "is reserved: score, grade, points.…, indicator.… and grade.… are the table's own; choose another name",
  }
  return Object.entries({ facts, figures }).flatMap(([part, named]) =>
    Object.keys(named)
      .filter((name) => RESERVED.test(name))
      .map((name) => ({ path: `${part}.${name}`, text })),
  )
}

/** The numbers of a step: from `least` to `most`, themselves left out where `over` or `under`. */
function numbersOf({ from = -Infinity, above = -Infinity, to = Infinity, below = Infinity }: Step) {
  return { least: Math.max(from, above), over: above >= from, most: Math.min(to, below), under: below <= to }
}

/** Steps that no number falls on: they hold none, or all of theirs stand on a step before. */
export function problemsOfSteps(rule: Rule, path: string): Problem[] {
  if (rule.kind !== 'steps') return []
  const all = rule.steps.map(numbersOf)
  return all.flatMap(({ least, over, most, under }, i): Problem[] => {
    const at = `${path}.steps[${i}]`
    if (least > most || (least === most && (over || under)))
      return [problem(at, 'không chứa số nào', 'holds no number')]
    const before = all.findIndex(
      (other, k) =>
        k < i &&
        (other.least < least || (other.least === least && (!other.over || over))) &&
        (other.most > most || (other.most === most && (!other.under || under))),
    )
    if (before < 0) return []
    return [
      problem(
        at,
        `không bao giờ dùng đến: bậc ${before + 1} ở trên đã gồm mọi số của bậc này`,
        `is never reached: step ${before + 1} above holds all its numbers`,
      ),
    ]
  })
}

/** What is not rounded has no way of rounding, and nothing is rounded twice. */
export function problemsOfRounding(how: Rounded, path: string): Problem[] {
  const at = (key: string) => (path ? `${path}.${key}` : key)
  if (how.decimals !== undefined && how.step !== undefined) {
    return [problem(at('step'), 'loại trừ decimals: chỉ ghi một trong hai', 'excludes decimals: say one of the two')]
  }
  if (how.rounding === undefined || isRounded(how)) return []
  return [
    problem(
      at('rounding'),
      'chưa nói làm tròn đến đâu: ghi thêm decimals hoặc step',
      'says not to what it rounds: add decimals or step',
    ),
  ]
}

/** Grades named twice, and those that ask for more points than one above that takes everyone who has its own. */
export function problemsOfGrades(grades: readonly PointGrade[] = []): Problem[] {
  return grades.flatMap(({ id, from = -Infinity }, i) => {
    const before = grades.slice(0, i)
    const problems: Problem[] = []
    if (before.some((other) => other.id === id)) {
      problems.push(problem(`grades[${i}].id`, `"${id}" đã có ở trên`, `"${id}" stands above already`))
    }
    const taking = before.find(({ when, every, minimums, atMost, from: least = -Infinity }) => {
      const takesAll = !when && every === undefined && !minimums && !atMost
      // Below all points there may be several: reasons lower a grade to them.
      return takesAll && (least < from || (least === from && from > -Infinity))
    })
    if (taking) {
      const path = `grades[${i}].from`
      problems.push(
        taking.from === from
          ? problem(
              path,
              `không bao giờ xếp được: loại "${taking.name}" ở trên cũng từ ${formatNumber(from)} điểm; mỗi loại cần một mức riêng, hoặc một điều kiện`,
              `is never given: "${taking.name}" above asks for ${from} points too; each grade needs its own, or a condition`,
            )
          : problem(
              path,
              `không bao giờ xếp được: loại "${taking.name}" ở trên cần ít điểm hơn; xếp các loại từ cao xuống thấp`,
              `is never given: "${taking.name}" above asks for fewer points; put the grades from the best down`,
            ),
      )
    }
    return problems
  })
}
