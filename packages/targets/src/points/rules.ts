import { compareDecimal } from '../decimal.ts'
import { figureOf, type Known } from './figures.ts'
import type { Rule, Step } from './table.ts'

/** What the members of a cluster reach together, for the rules against its leader. */
export interface Leader {
  /** Of those with a target: the greatest share above it. */
  readonly excess: number
  /** Of those without one, or of all where there are no targets: the best, which is the least where less is better. */
  readonly result: number
  /** Of all whom a rule by place judges: their figures, the best first. */
  readonly order: ArrayLike<number>
}

/** The rules that look only at a figure; the others look at the tree. */
export type FigureRule = Exclude<Rule, { readonly kind: 'full' | 'share' | 'cases' | 'policy' }>

const within = (value: number, least = -Infinity, most = Infinity) => Math.min(Math.max(value, least), most)

/** Points by one figure; null where it is not known. M is `points`. */
export function earned(rule: FigureRule, points: number, known: Known, leader: Leader): number | null {
  const value = figureOf(rule.of, known)
  if (value === null) return null
  switch (rule.kind) {
    case 'yes-no':
      return value > 0 ? (rule.points ?? points) : (rule.otherwise ?? 0)
    case 'count':
      return within(
        (rule.base ?? 0) + Math.max(value - (rule.free ?? 0), 0) * rule.each,
        rule.least,
        mostOfCount(rule, points),
      )
    case 'steps':
      return rule.steps.find((step) => fits(step, value))?.points ?? rule.otherwise ?? 0
    case 'line':
      return onLine(rule.line, value)
    case 'judged':
      return within(value, rule.least ?? 0, rule.most ?? points)
    case 'leader':
      return againstBest(value, leader.result, rule.better) * points
    case 'place':
      return byPlace(rule, placeIn(leader.order, value, rule.better))
    case 'beyond':
      return beyond(rule, value)
    default:
      return againstTarget(rule, value, points, known, leader)
  }
}

/** What a count gives at most: what it says, or what is printed of it. */
export const mostOfCount = ({ most }: Extract<Rule, { kind: 'count' }>, points: number): number =>
  most ?? (points > 0 ? points : Infinity)

/** The place of a value among those of its cluster, the best first; equal ones share the better. 0 is the first. */
export function placeIn(order: ArrayLike<number>, value: number, better?: 'more' | 'less'): number {
  const sign = better === 'less' ? -1 : 1
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareDecimal(order[middle] as number, value) * sign > 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The points of a place, counted from 0. */
export const byPlace = ({ places, otherwise = 0 }: Extract<Rule, { kind: 'place' }>, place: number): number =>
  places[place] ?? otherwise

/** Whether a value falls on a step. */
export const fits = ({ from, above, to, below }: Step, value: number) =>
  (from === undefined || compareDecimal(value, from) >= 0) &&
  (above === undefined || compareDecimal(value, above) > 0) &&
  (to === undefined || compareDecimal(value, to) <= 0) &&
  (below === undefined || compareDecimal(value, below) < 0)

function onLine(line: readonly { readonly at: number; readonly points: number }[], value: number): number {
  const i = line.findIndex(({ at }) => at >= value)
  const right = line[i]
  const left = line[i - 1]
  if (right === undefined) return line.at(-1)?.points ?? 0
  if (left === undefined) return right.points
  return left.points + ((right.points - left.points) * (value - left.at)) / (right.at - left.at)
}

/** Whole steps, decimal noise left out: (0.3 − 0.1) ÷ 0.1 are two. */
export const whole = (value: number) => Math.floor(value + 1e-9)

/** Of per cent, or of several each: as they are, whole ones, or begun ones too. */
export function counterOf({ whole: isWhole, begun }: Extract<Rule, { kind: 'per-percent' }>) {
  if (isWhole) return (percent: number) => Math.sign(percent) * whole(Math.abs(percent))
  if (begun) return (percent: number) => Math.sign(percent) * Math.ceil(Math.abs(percent) - 1e-9)
  return (percent: number) => percent
}

function beyond(rule: Extract<Rule, { kind: 'beyond' }>, value: number): number {
  if (compareDecimal(value, rule.above) <= 0) return 0
  return Math.min((rule.first ?? 0) + whole((value - rule.above) / rule.every) * rule.each, rule.most ?? Infinity)
}

type TargetRule = Extract<Rule, { kind: 'proportion' | 'per-percent' | 'excess' }>

function againstTarget(rule: TargetRule, value: number, points: number, known: Known, leader: Leader): number | null {
  const target = figureOf(rule.target, known)
  if (rule.kind === 'excess') return byExcess(rule, value, target, points, leader)
  if (target === null) return null
  if (rule.kind === 'proportion') {
    const share = shareOf(value, target, rule.better)
    if (compareDecimal(share, rule.from ?? 0) < 0) return 0
    return points * within(share, 0, rule.to ?? 1)
  }
  if (target === 0) return value === 0 || value > 0 === (rule.better !== 'less') ? points : (rule.least ?? 0)
  const percent = ((value - target) / Math.abs(target)) * (100 / (rule.every ?? 1)) * (rule.better === 'less' ? -1 : 1)
  const each = percent < 0 ? (rule.less ?? 0) : (rule.more ?? 0)
  const counted = counterOf(rule)(percent)
  return within(points + counted * each, rule.least ?? 0, rule.most ?? (rule.more ? Infinity : points))
}

/**
 * The share of a target that is reached; less is better: target ÷ value. There are no shares of a target of nought or below it,
 * nor of a result that is: reached or not, 1 or 0.
 */
export function shareOf(value: number, target: number, better?: 'more' | 'less'): number {
  if (better !== 'less') return target > 0 ? value / target : Number(compareDecimal(value, target) >= 0)
  if (value > 0) return target / value
  return target > 0 ? Infinity : Number(compareDecimal(value, target) <= 0)
}

/** How far a result is from the best of a cluster, from 0 to 1; a nought cannot be beaten where less is better. */
export function againstBest(value: number, best: number, better?: 'more' | 'less'): number {
  if (better !== 'less') return best > 0 ? within(value / best, 0, 1) : 0
  return value <= 0 ? 1 : within(best / value, 0, 1)
}

/** The share of a target by which a result is better than it; negative where it is worse. */
export const excessOf = (value: number, target: number, better?: 'more' | 'less'): number =>
  (better === 'less' ? target - value : value - target) / target

function byExcess(
  { atTarget = 0.5, fullAt, better }: Extract<Rule, { kind: 'excess' }>,
  value: number,
  target: number | null,
  points: number,
  leader: Leader,
): number {
  if (target === null || target <= 0) return againstBest(value, leader.result, better) * points
  const excess = excessOf(value, target, better)
  if (compareDecimal(value, target) * (better === 'less' ? -1 : 1) < 0)
    return Math.max(atTarget * points * (better === 'less' ? target / value : value / target), 0)
  const greatest = fullAt ?? leader.excess
  const share = greatest > 0 ? within(excess / greatest, 0, 1) : 0
  return atTarget * points + (1 - atTarget) * points * share
}
