import { compareDecimal, RELATIVE_TOLERANCE } from '../decimal.ts'
import type { Directive } from '../directive/types.ts'
import { TargetsError, wrongType } from '../errors.ts'
import { completionOf, paceOf, scheduleOf } from '../evaluation/measures.ts'
import { AtOnce, type Judged, PacedBy } from '../rules/judged.ts'
import { PLAN_OPTIONS, type PlanOptions, planFor } from '../rules/plan.ts'
import { compilePolicy } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'
import { MOST_OF_A_MISS, weightsOf } from './score.ts'
import { checkWeights, isEnough, leastShareOf } from './standing.ts'

/** Scores of a table's rows, and what their tie-breaks ask for, of the figures that count. */
export interface TableScores {
  /** On the policy's scale, of what the indicators bring: criteria are facts of their own. */
  readonly points: Float64Array
  readonly met: Uint16Array
  readonly exceeded: Uint16Array
  readonly noData: Uint16Array
  /** How many figures count, and how many of them are there; without these every row is ranked. */
  readonly counted?: Uint16Array
  readonly there?: Uint16Array
}

export interface ScoreProgram {
  /** The columns of a table, in the order of the directive. */
  readonly indicatorIds: readonly string[]
  /**
   * Scores a table, one row a unit and one column an indicator, row after row, as `score` does each of them, all figures
   * standing for `asOf`. NaN is no data; a milestone is 1 or 0. Values are taken as `evaluateTable` has checked them.
   * @param out receives the scores; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit
   */
  scoreTable(values: Float64Array, out?: TableScores): TableScores
}

/** What a figure comes to by itself: its credit where it is not met, NaN where it decides nothing. */
type CreditOf = (value: number) => number

/**
 * Compiles a policy for many units of one level on one date into one loop over typed arrays: no object a figure.
 * @throws {TargetsError} as `evaluate` and `score` do for their options
 */
export function compileScores(
  directive: Directive,
  options: PlanOptions & { readonly policy?: Policy } = {},
): ScoreProgram {
  const plan = planFor(typeof options === 'object' && options ? { ...options, directive } : options, [
    ...PLAN_OPTIONS,
    'policy',
  ])
  const { policy = defaultPolicy } = options
  const { indicatorPoints } = compilePolicy(policy)
  const { columns, over, time } = plan
  const ids = columns.map(({ id }) => id)
  checkWeights(policy, ids)
  const counts = columns.map(
    ({ applicable, inherited }) => applicable && (policy.inheritedLevels === 'count' || inherited !== 'level'),
  )
  const weights = Float64Array.from(
    weightsOf(
      policy,
      ids.map((id, i) => (counts[i] ? id : null)),
    ),
  )
  const { missing = 0 } = policy.credit
  const table: Compiled = {
    width: columns.length,
    used: Uint32Array.from(columns.flatMap((_, i) => (counts[i] ? [i] : []))),
    lo: Float64Array.from(columns, ({ lo }) => lo),
    hi: Float64Array.from(columns, ({ hi }) => hi),
    beyond: beyondOf(columns, policy),
    metInside: Uint8Array.from(columns, (judged) => Number(isMetInside(judged, time, over))),
    credits: columns.map((column) => creditsOf(column, policy, time, over)),
    broken: Uint8Array.from(columns, ({ atOnce }) => Number(atOnce === AtOnce.BROKEN)),
    weights,
    ids,
    total: weights.reduce((a, b) => a + b, 0),
    counted: [...weights].filter((weight) => weight > 0).length,
    leaveOut: missing === 'leave-out',
    ofMissing: missing === 'leave-out' ? 0 : missing,
    indicatorPoints,
    policy,
  }
  return {
    indicatorIds: ids,
    scoreTable(values, out) {
      const rows = values instanceof Float64Array ? values.length / table.width : Number.NaN
      const scores = out ?? emptyScores(Number.isInteger(rows) ? rows : 0)
      if (!Number.isInteger(rows) || !(scores.points?.length >= rows)) {
        const [size, held, width] = [values?.length, scores.points?.length, table.width]
        throw new TargetsError('BAD_TABLE', {
          vi: `${size} giá trị không thành ${held} hàng, mỗi hàng ${width} chỉ tiêu`,
          en: `${size} values are no ${held} rows of ${width} indicators`,
        })
      }
      for (let row = 0; row < rows; row++) scoreRow(table, values, row, scores)
      return scores
    },
  }
}

interface Compiled {
  readonly width: number
  /** The columns that count. */
  readonly used: Uint32Array
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** Outside which a value exceeds its target, and outside which that brings a bonus. */
  readonly beyond: {
    readonly notAbove: Float64Array
    readonly notBelow: Float64Array
    readonly bonusAbove: Float64Array
    readonly bonusBelow: Float64Array
  }
  /** 1 where a value that satisfies the target has met it. */
  readonly metInside: Uint8Array
  readonly credits: readonly CreditOf[]
  /** 1 where a value above is missed at once. */
  readonly broken: Uint8Array
  readonly weights: Float64Array
  readonly ids: readonly string[]
  readonly total: number
  readonly counted: number
  readonly leaveOut: boolean
  readonly ofMissing: number
  readonly indicatorPoints: number
  readonly policy: Policy
}

function beyondOf(columns: readonly Judged[], { bonus }: Policy): Compiled['beyond'] {
  const above = (bonus.above ?? 0) * (1 + RELATIVE_TOLERANCE)
  return {
    notAbove: Float64Array.from(columns, ({ notAbove }) => notAbove),
    notBelow: Float64Array.from(columns, ({ notBelow }) => notBelow),
    bonusAbove: Float64Array.from(columns, ({ notAbove, goal }) =>
      notAbove === Infinity ? Infinity : goal + Math.abs(goal) * above,
    ),
    bonusBelow: Float64Array.from(columns, ({ notBelow, goal }) =>
      notBelow === -Infinity ? -Infinity : goal - Math.abs(goal) * above,
    ),
  }
}

const isMetInside = ({ closing, atOnce, flow }: Judged, time: number, over: boolean) =>
  time >= closing || atOnce === AtOnce.REACHED || (!over && !flow)

/** As `score` has it for one result. */
function creditsOf(judged: Judged, { credit }: Policy, time: number, over: boolean): CreditOf {
  const { partialFrom } = credit
  const { lo, hi, atOnce, better, pacedBy, milestone } = judged
  const partial = (share: number | null, most: number) =>
    share !== null && compareDecimal(share, partialFrom) >= 0 ? Math.min(share, most) : 0
  const completion = (value: number) => (milestone ? value : completionOf(judged, value))
  if (time >= judged.closing) return (value) => partial(completion(value), MOST_OF_A_MISS)
  return (value) => {
    if (over && !(atOnce === AtOnce.BROKEN && value > hi && better === 'less')) return Number.NaN
    if (atOnce === AtOnce.BROKEN && value > hi) {
      return better === 'less' ? 0 : partial(completion(value), MOST_OF_A_MISS)
    }
    const schedule = scheduleOf(judged, value, time)
    if (schedule === null) {
      const isThere = better === 'near' && value >= lo && value <= hi
      return pacedBy === PacedBy.CEILING ? 0 : partial(isThere ? 1 : completion(value), 1)
    }
    return paceOf(judged, schedule) === 'BEHIND' ? partial(schedule, 1) : 1
  }
}

function scoreRow(table: Compiled, values: Float64Array, row: number, out: TableScores): void {
  const { used, lo, hi, beyond, metInside, credits, broken, weights, leaveOut, ofMissing, policy, indicatorPoints } =
    table
  const start = row * table.width
  let [earned, counted, met, exceeded, noData, undecided, bonuses] = [0, table.total, 0, 0, 0, 0, 0]
  const regrouped = leaveOut && compilePolicy(policy).groups.size > 0 ? new Map<number, number>() : null
  for (let k = 0; k < used.length; k++) {
    const i = used[k] as number
    const value = values[start + i] as number
    const weight = weights[i] as number
    const sign = weight === 0 ? 0 : 1
    if (value >= (lo[i] as number) && value <= (hi[i] as number) && metInside[i] === 1) {
      met += sign
      earned += weight
      regrouped?.set(i, 1)
      if (value > (beyond.notAbove[i] as number) || value < (beyond.notBelow[i] as number)) {
        exceeded += sign
        if (value > (beyond.bonusAbove[i] as number) || value < (beyond.bonusBelow[i] as number)) bonuses += weight
      }
      continue
    }
    const credit = credits[i] as CreditOf
    const share = value === value ? credit(value) : Number.NaN
    if (share === share) {
      earned += weight * share
      regrouped?.set(i, share)
    } else {
      if (value !== value) noData += sign
      else if (broken[i] !== 1 || value <= (hi[i] as number)) undecided += sign
      earned += weight * ofMissing
      if (leaveOut) counted -= weight
    }
  }
  if (regrouped) [earned, counted] = byGroups(table, regrouped)
  const points = counted > 0 ? (indicatorPoints * earned) / counted : 0
  const extra = bonuses > 0 ? (indicatorPoints * bonuses * policy.bonus.exceeded) / table.total : 0
  out.points[row] = points + Math.min(extra, policy.bonus.cap ?? Infinity)
  out.met[row] = met
  out.exceeded[row] = exceeded
  out.noData[row] = noData
  if (out.counted) out.counted[row] = table.counted
  if (out.there) out.there[row] = table.counted - noData - undecided
}

/** What a figure that is left out weighs goes to the others of its group. */
function byGroups({ ids, policy }: Compiled, credits: ReadonlyMap<number, number>): [earned: number, counted: number] {
  const weights = weightsOf(
    policy,
    ids.map((id, i) => (credits.has(i) ? id : null)),
  )
  return [
    weights.reduce((sum, weight, i) => sum + weight * (credits.get(i) ?? 0), 0),
    weights.reduce((sum, weight) => sum + weight, 0),
  ]
}

const MOST_ROWS = 1e8

/** @throws {TargetsError} `BAD_TABLE` where it is no number of rows */
export function emptyScores(rows: number): TableScores {
  if (!Number.isInteger(rows) || rows < 0 || rows > MOST_ROWS) {
    throw wrongType(
      'rows',
      `một số nguyên từ 0 đến ${MOST_ROWS}`,
      `a whole number from 0 to ${MOST_ROWS}`,
      rows,
      'BAD_TABLE',
    )
  }
  return {
    points: new Float64Array(rows),
    met: new Uint16Array(rows),
    exceeded: new Uint16Array(rows),
    noData: new Uint16Array(rows),
    counted: new Uint16Array(rows),
    there: new Uint16Array(rows),
  }
}

const NANO = 1e9

/**
 * Ranks rows within their groups, 1, 2, 2, 4: points to nine decimals, then the policy's tie-breaks, as `rank` does. A row of
 * which too few figures are there has no rank, and neither has any of a group of which too few are: 0.
 * @param groups the group of each row, numbered from 0; absent: all are in one
 * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit, `BAD_POLICY`
 */
export function rankTable(scores: TableScores, groups?: Int32Array, policy: Policy = defaultPolicy): Uint32Array {
  compilePolicy(policy)
  const size = scores?.points instanceof Float64Array ? scores.points.length : -1
  if (size < 0 || (groups !== undefined && !(groups instanceof Int32Array && groups.length === size))) {
    throw new TargetsError('BAD_TABLE', {
      vi: 'scores phải là kết quả của scoreTable, groups là Int32Array cùng số hàng',
      en: 'scores must be what scoreTable gave, and groups an Int32Array of as many rows',
    })
  }
  const ranks = new Uint32Array(size)
  const keys = scores.points.map((points) => Math.round(points * NANO))
  const compareTied = (a: number, b: number): number => {
    for (const key of policy.tieBreaks) {
      const difference = (scores[key][b] as number) - (scores[key][a] as number)
      if (difference !== 0) return key === 'noData' ? -difference : difference
    }
    return 0
  }
  const share = leastShareOf(policy)
  for (const rows of rowsByGroup(size, groups)) rankRows(rankable(scores, rows, share), keys, ranks, compareTied)
  return ranks
}

/** The rows of a group that have a rank. */
function rankable({ counted, there }: TableScores, rows: Uint32Array, share: number): Uint32Array {
  if (!counted || !there) return rows
  const figures = (row: number) => ({ counted: counted[row] as number, there: there[row] as number })
  const all = { counted: 0, there: 0 }
  for (const row of rows) {
    all.counted += counted[row] as number
    all.there += there[row] as number
  }
  return isEnough(all, share) ? rows.filter((row) => isEnough(figures(row), share)) : new Uint32Array(0)
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
