// The rules of a table as loops over a block of rows: what `earned` gives for one figure, without an object a row.
import { nextUp, RELATIVE_TOLERANCE } from '../decimal.ts'
import { againstBest, byPlace, counterOf, excessOf, type FigureRule, mostOfCount, placeIn, shareOf } from './rules.ts'
import type { Rule, Step } from './table.ts'

/** What the rows of each group reach together; the groups of a block's rows. */
export interface Leaders {
  readonly excess: Float64Array
  readonly result: Float64Array
  readonly groups: Int32Array
  /** By group: all known figures, the best first; only for rules by place. */
  readonly order: readonly Float64Array[]
}

/** Adds the points of each row, from its figure and target, to what is there; both are NaN where they are not known. */
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
      return judged(rule.least ?? 0, rule.most ?? points, absent)
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
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      out[i] = (out[i] as number) + (v > 0 ? yes : v <= 0 ? no : absent)
    }
  }

function count(rule: Extract<Rule, { kind: 'count' }>, points: number, absent: number): Kernel {
  const { each, base = 0, free = 0, least = -Infinity } = rule
  const most = mostOfCount(rule, points)
  return (x, _, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      if (v !== v) out[i] = (out[i] as number) + absent
      else {
        const counted = base + (v > free ? (v - free) * each : 0)
        out[i] = (out[i] as number) + Math.min(Math.max(counted, least), most)
      }
    }
  }
}

const place =
  (rule: Extract<FigureRule, { kind: 'place' }>, absent: number): Kernel =>
  (x, _, out, n, first, leaders) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const order = leaders?.order[leaders.groups[first + i] ?? 0] ?? []
      out[i] = (out[i] as number) + (v === v ? byPlace(rule, placeIn(order, v, rule.better)) : absent)
    }
  }

const judged =
  (least: number, most: number, absent: number): Kernel =>
  (x, _, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      out[i] = (out[i] as number) + (v === v ? Math.min(Math.max(v, least), most) : absent)
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
  const count = column.length
  return (x, _, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      let k = 0
      while (k < count && !(v >= (least[k] as number) && v <= (most[k] as number))) k++
      const points = k < count ? (column[k] as number) : v === v ? otherwise : absent
      out[i] = (out[i] as number) + points
    }
  }
}

function line(all: readonly { readonly at: number; readonly points: number }[], absent: number): Kernel {
  const at = Float64Array.from(all, (step) => step.at)
  const column = Float64Array.from(all, ({ points }) => points)
  const last = at.length - 1
  return (x, _, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      if (v !== v) out[i] = (out[i] as number) + absent
      else if (v <= (at[0] as number)) out[i] = (out[i] as number) + (column[0] as number)
      else if (v >= (at[last] as number)) out[i] = (out[i] as number) + (column[last] as number)
      else {
        let k = 1
        while ((at[k] as number) < v) k++
        const left = at[k - 1] as number
        const right = at[k] as number
        const start = column[k - 1] as number
        out[i] = (out[i] as number) + start + (((column[k] as number) - start) * (v - left)) / (right - left)
      }
    }
  }
}

const whole = (value: number) => Math.floor(value + 1e-9)

function beyond(
  { above, every, each, first = 0, most = Infinity }: Extract<FigureRule, { kind: 'beyond' }>,
  absent: number,
): Kernel {
  const from = above + noise(above)
  return (x, _, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      out[i] =
        (out[i] as number) +
        (v > from ? Math.min(first + whole((v - above) / every) * each, most) : v === v ? 0 : absent)
    }
  }
}

function proportion(
  { better, from = 0, to = 1 }: Extract<FigureRule, { kind: 'proportion' }>,
  points: number,
  absent: number,
): Kernel {
  const least = from - noise(from)
  return (x, t, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      if (v !== v || target !== target) out[i] = (out[i] as number) + absent
      else {
        const share = shareOf(v, target, better)
        out[i] = (out[i] as number) + (share < least ? 0 : points * Math.min(Math.max(share, 0), to))
      }
    }
  }
}

function perPercent(rule: Extract<FigureRule, { kind: 'per-percent' }>, points: number, absent: number): Kernel {
  const { less = 0, more = 0, least = 0, every = 1 } = rule
  const most = rule.most ?? (rule.more ? Infinity : points)
  const sign = rule.better === 'less' ? -1 : 1
  const counted = counterOf(rule)
  return (x, t, out, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      if (v !== v || target !== target) out[i] = (out[i] as number) + absent
      else if (target === 0) out[i] = (out[i] as number) + (v === 0 || v > 0 === sign > 0 ? points : least)
      else {
        const percent = ((v - target) / Math.abs(target)) * (100 / every) * sign
        const change = counted(percent) * (percent < 0 ? less : more)
        out[i] = (out[i] as number) + Math.min(Math.max(points + change, least), most)
      }
    }
  }
}

const leader =
  ({ better }: Extract<FigureRule, { kind: 'leader' }>, points: number, absent: number): Kernel =>
  (x, _, out, n, first, leaders) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const best = leaders?.result[leaders.groups[first + i] as number] ?? 0
      out[i] = (out[i] as number) + (v === v ? points * againstBest(v, best, better) : absent)
    }
  }

function excess(
  { atTarget = 0.5, fullAt, better }: Extract<FigureRule, { kind: 'excess' }>,
  points: number,
  absent: number,
): Kernel {
  const lessIsBetter = better === 'less'
  return (x, t, out, n, first, leaders) => {
    for (let i = 0; i < n; i++) {
      const v = x[i] as number
      const target = t[i] as number
      const group = leaders?.groups[first + i] ?? 0
      if (v !== v) out[i] = (out[i] as number) + absent
      else if (!(target > 0)) out[i] = (out[i] as number) + points * againstBest(v, leaders?.result[group] ?? 0, better)
      else if (lessIsBetter ? v > target + noise(target) : v < target - noise(target))
        out[i] = (out[i] as number) + Math.max(atTarget * points * (lessIsBetter ? target / v : v / target), 0)
      else {
        const excess = excessOf(v, target, better)
        out[i] =
          (out[i] as number) +
          (atTarget * points + (1 - atTarget) * points * againstBest(excess, fullAt ?? leaders?.excess[group] ?? 0))
      }
    }
  }
}
