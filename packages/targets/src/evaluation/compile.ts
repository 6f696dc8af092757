import { DAY, dayInVietnamese, isoDate } from '../dates.ts'
import type { Directive } from '../directive/types.ts'
import { TargetsError, wrongType } from '../errors.ts'
import { AtOnce, type Judged } from '../rules/judged.ts'
import { checkRows } from '../rules/options.ts'
import { type PlanOptions, planFor } from '../rules/plan.ts'
import { StatusCode } from './status.ts'

/** A directive compiled for many units of one level on one date. */
export interface Program {
  /** The columns of a table, in the order of the directive. */
  readonly indicatorIds: readonly string[]
  /**
   * Judges a table, one row a unit and one column an indicator, row after row. NaN is no data; a milestone is 1 or 0.
   * @param out receives the {@link StatusCode} of each cell; made where absent, and returned
   * @param days the day that each figure stands for, counted from 1970-01-01; absent means `asOf`. Not read where there is
   *   no figure.
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit, `NOT_FINITE`, `WRONG_TYPE` or `BAD_DATE` naming row and
   *   indicator
   */
  evaluateTable(values: Float64Array, out?: Uint8Array, days?: Int32Array): Uint8Array
}

const { MET, NO_DATA, NOT_APPLICABLE, NOT_MET, IN_PROGRESS, UNDECIDED } = StatusCode

/**
 * Compiles a directive into loops over typed arrays, without `eval`.
 * @throws {TargetsError} as `evaluate` does for its options
 */
export function compile<Id extends string, Milestone extends string>(
  options: PlanOptions<Id, Milestone> & { readonly directive: Directive<Id, Milestone> },
): Program {
  const plan = planFor(options as PlanOptions)
  const { columns, over, time } = plan
  const width = columns.length
  const bounds = {
    lo: Float64Array.from(columns, ({ lo }) => lo),
    hi: Float64Array.from(columns, ({ hi }) => hi),
    milestone: Uint8Array.from(columns, ({ milestone }) => Number(milestone)),
    absent: Uint8Array.from(columns, ({ applicable }) => (applicable ? NO_DATA : NOT_APPLICABLE)),
  }
  const open = codesOf(columns, () => false, over)
  const final = codesOf(columns, () => true, over)
  const onTheDay = codesOf(columns, ({ closing }) => time >= closing, over)
  const days = {
    closing: Int32Array.from(columns, ({ closing }) => closing / DAY),
    first: Date.UTC(plan.directive.year, 0, 1) / DAY,
    last: time / DAY,
  }
  const refuse = refusalsOf(columns)
  return {
    indicatorIds: columns.map(({ id }) => id),
    evaluateTable(values, facts, figureDays) {
      const out = checkTable(values, facts, figureDays, width)
      if (figureDays) judgeByDays(values, out, figureDays, bounds, open, final, days, refuse)
      else judge(values, out, bounds, onTheDay, refuse)
      return out
    },
  }
}

interface Bounds {
  readonly lo: Float64Array
  readonly hi: Float64Array
  readonly milestone: Uint8Array
  /** What no figure comes to. */
  readonly absent: Uint8Array
}

/** What a value comes to, by column: within the interval, below it and above it. */
interface Codes {
  readonly inside: Uint8Array
  readonly below: Uint8Array
  readonly above: Uint8Array
}

function codesOf(columns: readonly Judged[], isFinal: (column: Judged) => boolean, over: boolean): Codes {
  const open = over ? UNDECIDED : IN_PROGRESS
  const codes = (code: (column: Judged) => StatusCode) =>
    Uint8Array.from(columns, (column) => (column.applicable ? code(column) : NOT_APPLICABLE))
  return {
    inside: codes((judged) => {
      if (isFinal(judged) || judged.atOnce === AtOnce.REACHED) return MET
      return over || judged.flow ? open : MET
    }),
    below: codes((judged) => (isFinal(judged) ? NOT_MET : open)),
    above: codes((judged) => (isFinal(judged) || judged.atOnce === AtOnce.BROKEN ? NOT_MET : open)),
  }
}

/** Throws for what must not pass silently; called outside the interval only, which is rare enough to check. */
type Refuse = (milestone: number, cell: number, value: number) => void

function judge(values: Float64Array, out: Uint8Array, bounds: Bounds, codes: Codes, refuse: Refuse): void {
  const { lo, hi, milestone, absent } = bounds
  const { inside, below, above } = codes
  const width = lo.length
  for (let row = 0; row < values.length; row += width) {
    for (let column = 0; column < width; column++) {
      const value = values[row + column] as number
      if (value >= (lo[column] as number) && value <= (hi[column] as number)) {
        out[row + column] = inside[column] as number
      } else if (value !== value) {
        out[row + column] = absent[column] as number
      } else {
        if (value - value !== 0 || milestone[column] === 1) refuse(milestone[column] as number, row + column, value)
        out[row + column] = (value > (hi[column] as number) ? above[column] : below[column]) as number
      }
    }
  }
}

function judgeByDays(
  values: Float64Array,
  out: Uint8Array,
  figureDays: Int32Array,
  { lo, hi, milestone, absent }: Bounds,
  open: Codes,
  final: Codes,
  { closing, first, last }: { readonly closing: Int32Array; readonly first: number; readonly last: number },
  refuse: Refuse,
): void {
  const width = lo.length
  for (let row = 0; row < values.length; row += width) {
    for (let column = 0; column < width; column++) {
      const value = values[row + column] as number
      if (value !== value) {
        out[row + column] = absent[column] as number
        continue
      }
      const day = figureDays[row + column] as number
      if (day < first || day > last) throw badDay(row / width, column, day, first, last)
      const codes = day >= (closing[column] as number) ? final : open
      if (value >= (lo[column] as number) && value <= (hi[column] as number)) {
        out[row + column] = codes.inside[column] as number
      } else {
        if (value - value !== 0 || milestone[column] === 1) refuse(milestone[column] as number, row + column, value)
        out[row + column] = (value > (hi[column] as number) ? codes.above[column] : codes.below[column]) as number
      }
    }
  }
}

function refusalsOf(columns: readonly Judged[]): Refuse {
  return (milestone, cell, value) => {
    // 1 comes here where no target applies.
    if (milestone === 1 && (value === 0 || value === 1)) return
    const row = Math.floor(cell / columns.length)
    const { id } = columns[cell % columns.length] as Judged
    const [vi, en] =
      milestone === 1
        ? ['1 hoặc 0', '1 or 0']
        : ['số hữu hạn, hoặc NaN nếu chưa có', 'a finite number, or NaN where there is no data']
    throw new TargetsError(
      milestone === 1 ? 'WRONG_TYPE' : 'NOT_FINITE',
      {
        vi: `values, hàng ${row}: "${id}" chỉ nhận ${vi}, không nhận ${value}`,
        en: `values, row ${row}: "${id}" takes ${en}, not ${value}`,
      },
      id,
    )
  }
}

function badDay(row: number, column: number, day: number, first: number, last: number): TargetsError {
  const days = [day, first, last].map((day) => isoDate(day * DAY))
  const [vi, viFrom, viTo] = days.map(dayInVietnamese)
  const [date, from, to] = days
  return new TargetsError('BAD_DATE', {
    vi: `hàng ${row}, cột ${column}: ngày ${vi} (${day}) nằm ngoài ${viFrom} đến ${viTo}`,
    en: `row ${row}, column ${column}: the day ${date} (${day}) lies outside ${from} to ${to}`,
  })
}

/** @throws {TargetsError} `BAD_TABLE` where the arrays are none, or their sizes do not fit */
function checkTable(values: unknown, given: unknown, days: unknown, width: number): Uint8Array {
  const wrong = (name: string, type: string, value: unknown) => wrongType(name, type, `a ${type}`, value, 'BAD_TABLE')
  if (!(values instanceof Float64Array)) throw wrong('values', 'Float64Array', values)
  const out = given ?? new Uint8Array(values.length)
  if (!(out instanceof Uint8Array)) throw wrong('out', 'Uint8Array', out)
  if (days !== undefined && !(days instanceof Int32Array)) throw wrong('days', 'Int32Array', days)
  const size = values.length
  checkRows('values', size, width)
  for (const [name, { length }] of Object.entries({ out, days: days ?? values })) {
    if (length >= size) continue
    throw new TargetsError('BAD_TABLE', {
      vi: `${name} có ${length} ô, cần ${size}`,
      en: `${name} holds ${length} cells where ${size} are needed`,
    })
  }
  return out
}
