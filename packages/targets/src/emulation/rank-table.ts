import type { Directive } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { type PlanOptions, planFor } from '../rules/plan.ts'
import { defaultPolicy } from './default-policy.ts'
import { compilePolicy, type Policy } from './policy.ts'
import { weightsOf } from './score.ts'

/** Scores of a table's rows, and what their tie-breaks ask for. */
export interface TableScores {
  /** On the policy's scale, of what the indicators bring: criteria are facts of their own. */
  readonly points: Float64Array
  readonly met: Uint16Array
  readonly exceeded: Uint16Array
  readonly noData: Uint16Array
}

export interface ScoreProgram {
  /** The columns of a table, in the order of the directive. */
  readonly indicatorIds: readonly string[]
  /**
   * Scores a table, one row a unit and one column an indicator, row after row, as `score` does each of them. NaN is no
   * data; a milestone is 1 or 0. Values are taken as `evaluateTable` has checked them.
   * @param out receives the scores; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit
   */
  scoreTable(values: Float64Array, out?: TableScores): TableScores
}

/**
 * Compiles a policy for many units of one level on one date into one loop over typed arrays: no object a figure.
 * @throws {TargetsError} as `evaluate` and `score` do for their options
 */
export function compileScores(
  directive: Directive,
  options: PlanOptions & { readonly policy?: Policy } = {},
): ScoreProgram {
  const { policy = defaultPolicy } = options
  const { columns } = planFor(directive, options)
  const { indicatorPoints } = compilePolicy(policy)
  const width = columns.length
  const indicatorIds = columns.map(({ id }) => id)
  const lo = Float64Array.from(columns, (column) => column.lo)
  const hi = Float64Array.from(columns, (column) => column.hi)
  const notAbove = Float64Array.from(columns, (column) => column.notAbove)
  const notBelow = Float64Array.from(columns, (column) => column.notBelow)
  const goal = Float64Array.from(columns, (column) => (column.milestone ? 1 : column.goal))
  const less = Uint8Array.from(columns, (column) => Number(column.lessIsBetter))
  const baseline = Float64Array.from(columns, ({ baseline: from, goal: to }) =>
    from !== undefined && from > to ? from : Number.NaN,
  )
  const applicable = columns.map((column) => column.applicable)
  const used = Uint32Array.from(columns.flatMap((_, i) => (applicable[i] ? [i] : [])))
  const weights = Float64Array.from(
    weightsOf(
      policy,
      columns.map(({ id }, i) => (applicable[i] ? id : null)),
    ),
  )
  const { partialFrom, missing = 0 } = policy.credit
  const bonus = policy.bonus.exceeded
  const total = weights.reduce((a, b) => a + b, 0)
  const leaveOut = missing === 'leave-out'
  const ofMissing = leaveOut ? 0 : missing

  return {
    indicatorIds,
    scoreTable(values, out = emptyScores(values.length / width)) {
      const rows = values.length / width
      if (!Number.isInteger(rows) || out.points.length < rows) {
        throw new TargetsError(
          'BAD_TABLE',
          `${values.length} values are no ${out.points.length} rows of ${width} indicators`,
        )
      }
      for (let row = 0, start = 0; row < rows; row++, start += width) {
        let [earned, counted, met, exceeded, noData] = [0, total, 0, 0, 0]
        for (let k = 0; k < used.length; k++) {
          const i = used[k] as number
          const value = values[start + i] as number
          const weight = weights[i] as number
          if (value >= (lo[i] as number) && value <= (hi[i] as number)) {
            met++
            earned += weight
            if (value > (notAbove[i] as number) || value < (notBelow[i] as number)) {
              exceeded++
              earned += weight * bonus
            }
          } else if (value !== value) {
            noData++
            earned += weight * ofMissing
            if (leaveOut) counted -= weight
          } else {
            const to = goal[i] as number
            const from = baseline[i] as number
            const completion = less[i]
              ? from === from
                ? (from - value) / (from - to)
                : value > 0
                  ? to / value
                  : 0
              : to === 0
                ? 0
                : value / to
            if (completion >= partialFrom) earned += weight * Math.min(completion, 1)
          }
        }
        out.points[row] = counted > 0 ? (indicatorPoints * earned) / counted : 0
        out.met[row] = met
        out.exceeded[row] = exceeded
        out.noData[row] = noData
      }
      return out
    },
  }
}

export function emptyScores(rows: number): TableScores {
  return {
    points: new Float64Array(rows),
    met: new Uint16Array(rows),
    exceeded: new Uint16Array(rows),
    noData: new Uint16Array(rows),
  }
}

const NANO = 1e9

/**
 * Ranks rows within their groups, 1, 2, 2, 4: points to nine decimals, then the policy's tie-breaks, as `rank` does.
 * @param groups the group of each row, numbered from 0; absent: all are in one
 */
export function rankTable(scores: TableScores, groups?: Int32Array, policy: Policy = defaultPolicy): Uint32Array {
  const size = scores.points.length
  const ranks = new Uint32Array(size)
  const keys = scores.points.map((points) => Math.round(points * NANO))
  const compareTied = (a: number, b: number): number => {
    for (const key of policy.tieBreaks) {
      const difference = (scores[key][b] as number) - (scores[key][a] as number)
      if (difference !== 0) return key === 'noData' ? -difference : difference
    }
    return 0
  }
  for (const rows of rowsByGroup(size, groups)) rankRows(rows, keys, ranks, compareTied)
  return ranks
}

/** The rows of each group, by counting them. */
function rowsByGroup(size: number, groups: Int32Array | undefined): Uint32Array[] {
  if (!groups) return [Uint32Array.from({ length: size }, (_, row) => row)]
  let count = 0
  for (const group of groups) if (group >= count) count = group + 1
  const sizes = new Uint32Array(count)
  for (const group of groups) sizes[group] = (sizes[group] as number) + 1
  const rows = Array.from(sizes, (length) => new Uint32Array(length))
  sizes.fill(0)
  groups.forEach((group, row) => {
    const at = sizes[group] as number
    ;(rows[group] as Uint32Array)[at] = row
    sizes[group] = at + 1
  })
  return rows
}

/** Sorting plain numbers is several times faster than sorting rows by a comparison, which only equal keys then need. */
function rankRows(
  rows: Uint32Array,
  keys: Float64Array,
  ranks: Uint32Array,
  compareTied: (a: number, b: number) => number,
): void {
  const sorted = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) sorted[i] = -(keys[rows[i] as number] as number)
  sorted.sort()
  const tied = new Map<number, number[]>()
  for (const row of rows) {
    const key = -(keys[row] as number)
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] as number) < key) low = middle + 1
      else high = middle
    }
    ranks[row] = low + 1
    if (sorted[low + 1] === key) {
      const others = tied.get(low)
      if (others) others.push(row)
      else tied.set(low, [row])
    }
  }
  for (const [first, group] of tied) {
    group.sort(compareTied)
    let place = first + 1
    group.forEach((row, i) => {
      if (i > 0 && compareTied(group[i - 1] as number, row) !== 0) place = first + 1 + i
      ranks[row] = place
    })
  }
}
