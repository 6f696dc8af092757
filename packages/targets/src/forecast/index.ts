// Where a year would end if it went on as it has: a range by two ways of going on, and never a verdict.
import { DAY, dayInVietnamese, dayOfYear, isoDate, parseDate, yearEarlier } from '../dates.ts'
import { round9 } from '../decimal.ts'
import { limitsOf } from '../directive/limits.ts'
import type { Text } from '../directive/types.ts'
import { isRecord, TargetsError, wrongType } from '../errors.ts'
import { dayOf, judgedOf } from '../evaluation/evaluate.ts'
import type { IndicatorResult } from '../evaluation/result.ts'
import { type Judged, PacedBy } from '../rules/judged.ts'
import { checkKeys, checkNumber, checkOptions } from '../rules/options.ts'
import { forecastWords } from './words.ts'

/** A figure of the year before, of the same unit and indicator. */
export interface PastFigure {
  /** ISO date of the day that it stands for. */
  readonly date: string
  readonly value: number
}

export interface ForecastOptions {
  /** The figures of the year before, its last one included: only months that are known say how that year went on. */
  readonly lastYear?: readonly PastFigure[] | undefined
}

/** In the indicator's unit. */
export interface Forecast {
  readonly low: number
  readonly high: number
  /** At the pace of this year so far. */
  readonly byThisYear: number
  /** Going on from here as the year before did from the same day; null where its months are not known. */
  readonly byLastYear: number | null
  /** As a sentence; built when read. */
  readonly explanation: Text
}

/** Further apart than a month, two figures do not tell what stood between them. */
const MOST_DAYS_BETWEEN = 31

/** The year before says nothing where it still grew by more than this: our choice, no rule of statistics. */
const MOST_TIMES = 20

/**
 * Where the year would end for one figure: at its own pace, and as the year before went on. Of a flow that is the value over
 * the elapsed share, and the value times what the year before grew by from the same day; of a level or a rate the same way
 * from the baseline, and the change of the year before from that day on. Nothing is judged by it.
 * @param result what `evaluate` gave
 * @returns null where there is no path through the year: no figure, no target, a milestone, growth, a level whose baseline
 *   is not known or not worse than the target, a flow that should stay near a number, or one that goes beyond what a number
 *   can hold
 * @throws {TargetsError} `WRONG_TYPE` where it is no result of `evaluate`; `BAD_OPTION`, `BAD_DATE`, `NOT_FINITE`
 */
export function forecast(result: IndicatorResult, options: ForecastOptions = {}): Forecast | null {
  checkOptions(options, ['lastYear'])
  const judged = isRecord(result) ? judgedOf(result) : null
  if (!judged)
    throw wrongType('result', 'một kết quả do evaluate tính, không đọc từ JSON', 'a result that evaluate gave', result)
  const past = pastOf(options.lastYear ?? [], judged)
  const { value } = result
  if (typeof value !== 'number' || !hasPath(judged, value)) return null
  const day = dayOf(result) as number
  const byThisYear = within(judged, atOwnPace(judged, value, day))
  if (!Number.isFinite(byThisYear)) return null
  const other = past.length === 0 ? null : result.final ? value : asLastYear(judged, value, day, past)
  const byLastYear = other === null || !Number.isFinite(other) ? null : within(judged, other)
  const low = Math.min(byThisYear, byLastYear ?? byThisYear)
  const high = Math.max(byThisYear, byLastYear ?? byThisYear)
  return {
    low,
    high,
    byThisYear,
    byLastYear,
    get explanation() {
      return forecastWords(judged, { low, high, final: result.final, both: byLastYear !== null })
    },
  }
}

function hasPath({ applicable, pacedBy, goal }: Judged, value: number): boolean {
  if (!applicable || pacedBy === PacedBy.NOTHING) return false
  return pacedBy === PacedBy.WAY || (value >= 0 && (pacedBy === PacedBy.CEILING || goal > 0))
}

function atOwnPace({ closing, directive, flow, start }: Judged, value: number, day: number): number {
  if (day >= closing) return value
  const elapsed = dayOfYear(day, directive.year) / dayOfYear(closing, directive.year)
  return flow ? value / elapsed : start + (value - start) / elapsed
}

interface Point {
  readonly time: number
  readonly value: number
}

/** Null where the year before does not say how it went on from this day. */
function asLastYear({ closing, flow }: Judged, value: number, day: number, past: readonly Point[]): number | null {
  const then = valueOn(yearEarlier(day), past)
  const end = past.find(({ time }) => time >= yearEarlier(closing))?.value
  if (then === null || end === undefined) return null
  if (!flow) return value + end - then
  // A flow that shrank was corrected, and one that had hardly begun would be multiplied by chance: both say nothing.
  return then > 0 && end >= then && end <= then * MOST_TIMES ? value * (end / then) : null
}

/** What stood on a day, in a straight line between two figures that are near each other. */
function valueOn(time: number, past: readonly Point[]): number | null {
  const before = past.findLast((point) => point.time <= time)
  const after = past.find((point) => point.time >= time)
  if (!before || !after) return null
  if (before.time === after.time) return before.value
  if (after.time - before.time > MOST_DAYS_BETWEEN * DAY) return null
  return before.value + ((after.value - before.value) * (time - before.time)) / (after.time - before.time)
}

function within({ indicator }: Judged, value: number): number {
  const { least, most } = limitsOf(indicator)
  return round9(Math.max(least, Math.min(most, value)))
}

function pastOf(pastFigures: readonly PastFigure[], { id, directive }: Judged): Point[] {
  if (!Array.isArray(pastFigures)) throw wrongType('lastYear', 'một danh sách', 'a list', pastFigures, 'BAD_OPTION')
  const year = directive.year - 1
  const points = Array.from(pastFigures, (point: unknown, i): Point => {
    const path = `lastYear[${i}]`
    if (!isRecord(point))
      throw wrongType(path, 'một đối tượng { date, value }', 'an object { date, value }', point, 'BAD_OPTION')
    checkKeys(point, ['date', 'value'], path, path)
    const time = parseDate(point.date as string, `${path}.date`)
    if (new Date(time).getUTCFullYear() !== year) {
      throw new TargetsError(
        'BAD_DATE',
        {
          vi: `${path}.date: ${dayInVietnamese(String(point.date))} không thuộc năm ${year}`,
          en: `${path}.date: ${point.date} is not in ${year}`,
        },
        `${path}.date`,
      )
    }
    checkNumber(path, id, point.value)
    return { time, value: point.value }
  }).sort((a, b) => a.time - b.time)
  const twice = points.find(({ time }, i) => points[i + 1]?.time === time)
  if (twice) {
    const day = isoDate(twice.time)
    const text = {
      vi: `lastYear: ngày ${dayInVietnamese(day)} có hai số liệu`,
      en: `lastYear: two figures stand for ${day}`,
    }
    throw new TargetsError('BAD_OPTION', text, 'lastYear')
  }
  return points
}
