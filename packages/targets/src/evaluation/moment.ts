import { dayInVietnamese, isoDate, parseDate } from '../dates.ts'
import { wrongType } from '../errors.ts'
import { entriesOf } from '../rules/options.ts'
import { columnOf, type Plan } from '../rules/plan.ts'

/** When a figure is asked about. */
export interface Moment {
  /** Midnight UTC of the day that the figure stands for. */
  readonly day: number
  /** The year is over. */
  readonly over: boolean
}

/** The days of the figures by column; undefined where none is said. */
export function daysOf(
  plan: Plan,
  figureDates: { readonly [id: string]: string | null | undefined },
): (Moment | undefined)[] {
  const { columns, index, time, over, directive } = plan
  const days = new Array<Moment | undefined>(columns.length).fill(undefined)
  for (const [id, date] of entriesOf<string>('figureDates', figureDates)) {
    const column = columnOf(index, id, 'figureDates')
    const day = parseDate(date, id)
    if (day > time || day < Date.UTC(directive.year, 0, 1)) {
      const [year, latest] = [directive.year, isoDate(time)]
      const [vi, en] = [
        `ngày trong năm ${year}, không sau ${dayInVietnamese(latest)}`,
        `a day of ${year} up to asOf, ${latest}`,
      ]
      throw wrongType(`figureDates: "${id}"`, vi, en, date, 'BAD_DATE', id)
    }
    days[column] = { day, over }
  }
  return days
}
