// The rules of a table as loops over a block of rows: what `earned` gives for one figure, without an object a row.
import { nextUp, RELATIVE_TOLERANCE } from '../decimal.ts'
import {
  againstBest,
  byPlace,
  counterOf,
  excessOf,
  type FigureRule,
  mostOfCount,
  placeIn,
  shareOf,
  whole,
} from './rules.ts'
import type { Rule, Step } from './table.ts'

/** What the rows of each group reach together; the groups of a block's rows. */
export interface Leaders {
  readonly excess: Float64Array
  readonly result: Float64Array
  readonly groups: Int32Array
  /** By group: all known figures, the best first; only for rules by place. */
  readonly order: readonly Float64Array[]
}

/**
 * Adds the points of each row, from its figure and target, to what is there; both are NaN where they are not known.
 *
 * A number that a function keeps from outside stands in a box, which a loop opens anew for every row: `+` takes it out, once a
 * block. That halves the time of a rule.
 */
export type Kernel = (
  figures: Float64Array,
  targets: Float64Array,
  out: Float64Array,
  count: number,
  first: number,
  leaders: Leaders | null,
) => void

const noise = (value: number) => Math.abs(value) * RELATIVE_TOLERANCE

/** @param points of the node, as printed @param absent points without a figure */
export function kernelOf(rule: FigureRule, points: number, absent: number): Kernel {
  switch (rule.kind) {
    case 'yes-no':
      return choose(rule.points ?? points, rule.otherwise ?? 0, absent)
    case 'count':
      return count(rule, points, absent)
    case 'steps':
      return steps(rule.steps, rule.otherwise ?? 0, absent)
    case 'line':
      return line(rule.line, absent)
    case 'judged':
      return judged(rule, points, absent)
    case 'leader':
      return leader(rule, points, absent)
    case 'place':
      return place(rule, absent)
    case 'beyond':
      return beyond(rule, absent)
    case 'proportion':
      return proportion(rule, points, absent)
    case 'per-percent':
      return perPercent(rule, points, absent)
    case 'excess':
      return excess(rule, points, absent)
  }
}

const choose =
  (yes: number, no: number, absent: number): Kernel =>
  (x, _, out, n) => {
    const isSo = +yes
    const isNot = +no
    const unknown = +absent
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      out[i] = (out[i] as number) + (v > 0 ? isSo : v <= 0 ? isNot : unknown)
    }
  }

function count(rule: Extract<Rule, { kind: 'count' }>, points: number, absent: number): Kernel {
  return (x, _, out, n) => {
    const unknown = +absent
    const each = +rule.each
    const base = +(rule.base ?? 0)
    const free = +(rule.free ?? 0)
    const most = +mostOfCount(rule, points)
    const least = Math.min(rule.least ?? -Infinity, most)
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const counted = base + (v > free ? (v - free) * each : 0)
      out[i] = (out[i] as number) + (v !== v ? unknown : counted >= most ? most : Math.max(counted, least))
    }
  }
}

const place =
  (rule: Extract<FigureRule, { kind: 'place' }>, absent: number): Kernel =>
  (x, _, out, n, first, leaders) => {
    const { groups, order: orders } = leaders as Leaders
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const order = orders[groups[first + i] as number] ?? []
      out[i] = (out[i] as number) + (v === v ? byPlace(rule, placeIn(order, v, rule.better)) : absent)
    }
  }

function judged(rule: Extract<Rule, { kind: 'judged' }>, points: number, absent: number): Kernel {
  return (x, _, out, n) => {
    const unknown = +absent
    const most = +(rule.most ?? points)
    const least = Math.min(rule.least ?? 0, most)
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      out[i] = (out[i] as number) + (v >= most ? most : v <= least ? least : v === v ? v : unknown)
    }
  }
}

/** The least and the greatest value of a step, with the noise of decimals. */
function boundsOf({ from, above, to, below }: Step) {
  const least = from === undefined ? -Infinity : from - noise(from)
  const over = above === undefined ? -Infinity : nextUp(above + noise(above))
  const most = to === undefined ? Infinity : to + noise(to)
  const under = below === undefined ? Infinity : -nextUp(-(below - noise(below)))
  return { least: Math.max(least, over), most: Math.min(most, under) }
}

function steps(all: readonly Step[], otherwise: number, absent: number): Kernel {
  const bounds = all.map(boundsOf)
  const least = Float64Array.from(bounds, (bound) => bound.least)
  const most = Float64Array.from(bounds, (bound) => bound.most)
  const column = Float64Array.from(all, ({ points }) => points)
  return (x, _, out, n) => {
    const [low, high, points] = [least, most, column]
    const count = points.length
    const none = +otherwise
    const unknown = +absent
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      let k = 0
      while (k < count && !(v >= (low[k] as number) && v <= (high[k] as number))) k++
      out[i] = (out[i] as number) + (k < count ? (points[k] as number) : v === v ? none : unknown)
    }
  }
}

function line(all: readonly { readonly at: number; readonly points: number }[], absent: number): Kernel {
  const places = Float64Array.from(all, (step) => step.at)
  const column = Float64Array.from(all, ({ points }) => points)
  const last = places.length - 1
  return (x, _, out, n) => {
    const [at, points] = [places, column]
    const unknown = +absent
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      if (v !== v) out[i] = (out[i] as number) + unknown
      else if (v <= (at[0] as number)) out[i] = (out[i] as number) + (points[0] as number)
      else if (v >= (at[last] as number)) out[i] = (out[i] as number) + (points[last] as number)
      else {
        let k = 1
        while ((at[k] as number) < v) k++
        const left = at[k - 1] as number
        const right = at[k] as number
        const start = points[k - 1] as number
        out[i] = (out[i] as number) + start + (((points[k] as number) - start) * (v - left)) / (right - left)
      }
    }
  }
}

function beyond(rule: Extract<FigureRule, { kind: 'beyond' }>, absent: number): Kernel {
  return (x, _, out, n) => {
    const unknown = +absent
    const { above, every, each } = rule
    const from = above + noise(above)
    const first = +(rule.first ?? 0)
    const most = +(rule.most ?? Infinity)
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const earned = v > from ? Math.min(first + whole((v - above) / every) * each, most) : v === v ? 0 : unknown
      out[i] = (out[i] as number) + earned
    }
  }
}

function proportion(rule: Extract<FigureRule, { kind: 'proportion' }>, points: number, absent: number): Kernel {
  const { better, from = 0, to = 1 } = rule
  const lessIsBetter = better === 'less'
  // Where figures differ without order a jump is often guessed wrong: what a row earns is looked up by its place instead.
  const earned = Float64Array.of(absent, 0, Number.NaN, points * to)
  return (x, t, out, n) => {
    const most = +points
    const least = +(from - noise(from))
    const full = Math.max(to, least)
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      let share = lessIsBetter ? target / v : v / target
      if ((lessIsBetter ? v : target) <= 0 && v === v && target === target) share = shareOf(v, target, better)
      earned[2] = most * share
      const place = Number(share === share) + Number(share >= least) + Number(share >= full)
      out[i] = (out[i] as number) + (earned[place] as number)
    }
  }
}

function perPercent(rule: Extract<FigureRule, { kind: 'per-percent' }>, points: number, absent: number): Kernel {
  const sign = rule.better === 'less' ? -1 : 1
  const counted = counterOf(rule)
  return (x, t, out, n) => {
    const unknown = +absent
    const full = +points
    const less = +(rule.less ?? 0)
    const more = +(rule.more ?? 0)
    const least = +(rule.least ?? 0)
    const most = +(rule.most ?? (rule.more ? Infinity : points))
    const floor = Math.min(least, most)
    const size = (100 / (rule.every ?? 1)) * sign
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      if (v !== v || target !== target) out[i] = (out[i] as number) + unknown
      else if (target === 0) out[i] = (out[i] as number) + (v === 0 || v > 0 === sign > 0 ? full : least)
      else {
        const percent = ((v - target) / Math.abs(target)) * size
        const earned = full + counted(percent) * (percent < 0 ? less : more)
        out[i] = (out[i] as number) + (earned >= most ? most : Math.max(earned, floor))
      }
    }
  }
}

const leader =
  ({ better }: Extract<FigureRule, { kind: 'leader' }>, points: number, absent: number): Kernel =>
  (x, _, out, n, first, leaders) => {
    const { groups, result } = leaders as Leaders
    const unknown = +absent
    const full = +points
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const best = result[groups[first + i] as number] as number
      out[i] = (out[i] as number) + (v === v ? full * againstBest(v, best, better) : unknown)
    }
  }

function excess(rule: Extract<FigureRule, { kind: 'excess' }>, points: number, absent: number): Kernel {
  const { atTarget = 0.5, fullAt, better } = rule
  const lessIsBetter = better === 'less'
  return (x, t, out, n, first, leaders) => {
    const { groups, excess, result } = leaders as Leaders
    const unknown = +absent
    const full = +points
    const half = atTarget * points
    const rest = (1 - atTarget) * points
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      const group = groups[first + i] as number
      if (v !== v) out[i] = (out[i] as number) + unknown
      else if (!(target > 0)) out[i] = (out[i] as number) + full * againstBest(v, result[group] as number, better)
      else if (lessIsBetter ? v > target + noise(target) : v < target - noise(target))
        out[i] = (out[i] as number) + Math.max(half * (lessIsBetter ? target / v : v / target), 0)
      else {
        const own = excessOf(v, target, better)
        out[i] = (out[i] as number) + (half + rest * againstBest(own, fullAt ?? (excess[group] as number)))
      }
    }
  }
}
