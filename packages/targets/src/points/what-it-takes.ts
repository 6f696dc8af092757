import { tidy } from '../decimal.ts'
import { show, TargetsError } from '../errors.ts'
import { isRounded, rounderOf } from '../rounding.ts'
import { membersInOrder, rankMembers } from './rank.ts'
import type { PointEntry, PointLine } from './result.ts'
import { fits, mostOfCount } from './rules.ts'
import { ClusterScores } from './score.ts'
import type { PointNode, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** A leaf that would have to bring more. */
export interface PointChange {
  readonly code: string
  readonly name: string
  /** Points as they are, and as they would have to be. */
  readonly from: number
  readonly to: number
  /** What its figure would have to be at least, or at most where less is better; null where that is not one number. */
  readonly value: number | boolean | null
}

/** The fewest leaves that lift a unit by one place. */
export interface PointsItTakes {
  readonly unit: string
  readonly goal: 'rank' | 'nothing'
  /** The unit that it would pass. */
  readonly passing: string | null
  /** Points to that unit. */
  readonly gap: number
  /** False where no leaves lead there. */
  readonly reachable: boolean
  readonly changes: readonly PointChange[]
}

interface Option {
  readonly node: PointNode
  /** That which judges the unit, of several cases. */
  readonly rule: Rule
  /** What its points count for, each: those of the others are before coefficients. */
  readonly counting: number
  readonly own: number
  readonly best: number
}

/**
 * What a unit would have to reach to rise by one place, the others reporting what they report: as few leaves as possible,
 * the greatest gains first, the last of them only as far as it must go.
 * @throws {TargetsError} as `rankPoints` does; `BAD_OPTION` where the unit is not among the entries
 */
export function pointsItTakes(table: PointTable, entries: readonly PointEntry[], unit: string): PointsItTakes {
  const cluster = new ClusterScores(table, entries)
  const ranks = rankMembers(table, cluster.members)
  const standing = ranks.find((rank) => rank.unit === unit)
  if (!standing) {
    const text = {
      vi: `unit: ${show(unit)} không có trong danh sách`,
      en: `unit: ${show(unit)} is not among the entries`,
    }
    throw new TargetsError('BAD_OPTION', text, 'unit')
  }
  const nothing = { unit, passing: null, gap: 0, reachable: true, changes: [] } as const
  const place = standing.rank
  if (place === 1) return { ...nothing, goal: 'nothing' }
  const ahead = ranks.findLast(({ rank }) => rank !== null && place !== null && rank < place)
  const gap = ahead ? tidy(Math.max(0, ahead.points - standing.points)) : 0
  const about = { unit, goal: 'rank', passing: ahead?.unit ?? null, gap } as const
  const index = cluster.members.findIndex(({ score }) => score.unit === unit)
  const rises = (points: Readonly<Record<string, number>>) => {
    const { ranked } = membersInOrder(table, cluster.members.with(index, cluster.withGiven(index, points)))
    const tried = ranked.find((score) => score.unit === unit)
    return tried !== undefined && place !== null && tried.rank < place
  }
  const options = optionsOf(table, standing.lines, (node) => cluster.ruleFor(index, node))
  const atBest = (count: number) =>
    Object.fromEntries(options.slice(0, count).map(({ node, best }) => [node.code, best]))
  const count = leastCount(options.length, (some) => rises(atBest(some)))
  if (count === null) return { ...about, reachable: false, changes: [] }
  const last = options[count - 1] as Option
  const needed = leastPoints(last, (points) => rises({ ...atBest(count - 1), [last.node.code]: points }))
  const changes = options.slice(0, count).map(({ node, rule, own: from, best }, i): PointChange => {
    const to = i === count - 1 ? needed : best
    return {
      code: node.code,
      name: node.name,
      from,
      to,
      value: valueFor(rule, to, node.points ?? 0),
    }
  })
  return { ...about, reachable: true, changes }
}

/** Leaves that could bring more, the greatest gain first. */
function optionsOf(
  table: PointTable,
  lines: readonly PointLine[],
  ruleFor: (node: PointNode) => Rule | undefined,
): Option[] {
  const byCode = new Map(lines.map((line) => [line.code, line]))
  return [...walk(table.nodes)]
    .flatMap(({ node }): Option[] => {
      const line = byCode.get(node.code)
      const rule = node.children ? undefined : ruleFor(node)
      const best = rule ? mostAt(node, rule) : null
      const isOpen = line && line.clause !== 'given' && line.clause !== 'not-assigned' && line.clause !== 'condition'
      if (!line || !isOpen || !rule || best === null || !(line.coefficient > 0)) return []
      const own = tidy(line.points / line.coefficient)
      return best > own ? [{ node, rule, counting: line.coefficient, own, best }] : []
    })
    .sort((a, b) => gainOf(b) - gainOf(a) || (a.node.code < b.node.code ? -1 : 1))
}

const gainOf = ({ best, own, counting }: Option) => (best - own) * counting

/** The most that a node gives by its rule; null where there is no most, or it does not go by what a unit does. */
function mostAt({ points = 0, cap = Infinity }: PointNode, rule: Rule): number | null {
  const most = mostOf(rule, points)
  return most === null || (most === Infinity && cap === Infinity) ? null : Math.min(most, cap)
}

/** The most that a rule gives; null where it does not go by what a unit does. */
function mostOf(rule: Rule, points: number): number | null {
  switch (rule.kind) {
    case 'yes-no':
      return Math.max(rule.points ?? points, rule.otherwise ?? 0)
    case 'count':
      return mostByCount(rule, points)
    case 'steps':
      return Math.max(rule.otherwise ?? -Infinity, ...rule.steps.map((step) => step.points))
    case 'place':
      return Math.max(rule.otherwise ?? 0, ...rule.places)
    case 'line':
      return Math.max(...rule.line.map((point) => point.points))
    case 'judged':
      return rule.most ?? points
    case 'proportion':
      return points * (isWholeOrNothing(rule) ? Math.min(rule.to ?? 1, 1) : (rule.to ?? 1))
    case 'per-percent':
      return rule.most ?? points
    case 'beyond':
      return rule.most ?? (rule.each > 0 ? Infinity : Math.max(rule.first ?? 0, 0))
    case 'excess':
    case 'leader':
      return points
    default:
      return null
  }
}

/** Of a target of nought or below there are no shares. */
const isWholeOrNothing = (rule: Rule): boolean =>
  rule.kind === 'yes-no' || (rule.kind === 'proportion' && typeof rule.target === 'number' && rule.target <= 0)

function mostByCount(rule: Extract<Rule, { kind: 'count' }>, points: number): number {
  const most = mostOfCount(rule, points)
  return rule.each < 0 ? Math.min(rule.base ?? 0, most) : most
}

/** The fewest of the first ones that are enough; null where all are not. */
function leastCount(all: number, isEnough: (count: number) => boolean): number | null {
  if (all === 0 || !isEnough(all)) return null
  let [low, high] = [1, all]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isEnough(middle)) high = middle
    else low = middle + 1
  }
  return low
}

const CENT = 100

/** The least points of a leaf that are enough: one of its steps, or to a hundredth. */
function leastPoints(option: Option, isEnough: (points: number) => boolean): number {
  const { node, best } = option
  const least = leastOfRule(option, isEnough)
  // What the table rounds can be no other number.
  return isRounded(node) ? Math.min(rounderOf({ ...node, rounding: 'up' })(least), best) : least
}

function leastOfRule(
  { node: { points = 0 }, rule, own: earned, best }: Option,
  isEnough: (points: number) => boolean,
): number {
  if (isWholeOrNothing(rule)) return best
  if (rule.kind === 'steps') {
    const choices = [...new Set(rule.steps.map((step) => step.points))]
      .filter((points) => points > earned)
      .sort((a, b) => a - b)
    return Math.min(choices.find(isEnough) ?? best, best)
  }
  let [low, high] = [Math.floor(earned * CENT), Math.ceil(best * CENT)]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isEnough(middle / CENT)) high = middle
    else low = middle
  }
  const least = Math.min(high / CENT, best)
  // Below the first share there is nothing.
  if (rule.kind === 'proportion') return Math.min(Math.max(least, tidy(points * (rule.from ?? 0))), best)
  if ((rule.kind !== 'count' && rule.kind !== 'beyond') || rule.each === 0) return least
  // Cases are whole, and so are the steps of what lies beyond.
  const base = (rule.kind === 'count' ? rule.base : rule.first) ?? 0
  const each = Math.abs(rule.each)
  return Math.min(tidy(base + Math.ceil(tidy((least - base) / each)) * each), best)
}

/** So many cases or steps, each of so many points, as bring that many: at least where they give, at most where they take. */
const wholeSteps = (points: number, each: number): number =>
  each > 0 ? Math.ceil(tidy(points / each)) : Math.floor(tidy(points / each))

/** The figure that brings points by a rule; null where that is not one number. */
function valueFor(rule: Rule, points: number, most: number): number | boolean | null {
  if (rule.kind === 'yes-no') return points === (rule.points ?? most)
  if (rule.kind === 'judged') return points
  if (rule.kind === 'count' && rule.each !== 0) {
    const { base = 0, free = 0, each } = rule
    return tidy(free + wholeSteps(points - base, each))
  }
  if (rule.kind === 'beyond' && rule.each !== 0) {
    const steps = wholeSteps(points - (rule.first ?? 0), rule.each)
    return steps > 0 ? tidy(rule.above + steps * rule.every) : points === 0 ? rule.above : null
  }
  if (rule.kind === 'line') return onLineAt(rule.line, points)
  if (rule.kind === 'steps') {
    // The bound of a step may stand on the one before; what lies above or below a number is not one number.
    const enough = Math.min(...rule.steps.flatMap(({ points: those }) => (those >= points ? those : [])))
    const bounds = rule.steps.flatMap(({ from, to, points: those }) => (those === enough ? [from ?? [], to ?? []] : []))
    return bounds.flat().find((bound) => rule.steps.find((step) => fits(step, bound))?.points === enough) ?? null
  }
  if (rule.kind === 'proportion' && typeof rule.target === 'number' && most > 0 && points > 0) {
    const { target, better } = rule
    if (target <= 0) return target
    const share = points / most
    return better === 'less' ? readable(target / share, Math.floor) : readable(target * share, Math.ceil)
  }
  return null
}

/** Where a line reaches points first: from the left where it rises, from the right where it falls; null where it does both. */
function onLineAt(line: Extract<Rule, { kind: 'line' }>['line'], points: number): number | null {
  const isRising = line.every((point, i) => i === 0 || point.points >= (line[i - 1]?.points ?? 0))
  const isFalling = line.every((point, i) => i === 0 || point.points <= (line[i - 1]?.points ?? 0))
  if (isRising === isFalling) return null
  const ordered = isRising ? line : line.toReversed()
  const i = ordered.findIndex((point) => point.points >= points)
  const [right, left] = [ordered[i], ordered[i - 1]]
  if (!right || !left) return right?.at ?? null
  return tidy(left.at + ((right.at - left.at) * (points - left.points)) / (right.points - left.points))
}

/** To five digits at most, on the better side: less than what it takes is not enough. */
function readable(value: number, rounded: (steps: number) => number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 4)
  return tidy(rounded(tidy(value / step)) * step)
}
