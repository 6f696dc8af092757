import { Register } from '../figures/register.ts'
import { YearFigures } from '../figures/year-figures.ts'
import { daysKept } from './memory.ts'

/** More than a year keeps in memory. */
const DAYS = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2022, 0, 1 + 9 * i)).toISOString().slice(0, 10))

describe('the days of one question', () => {
  const figures = new YearFigures(2022, new Register({ units: [] }))
  const dayIn = daysKept()
  const all = () => DAYS.map((day) => dayIn(figures, day))
  const same = (before: readonly object[]) => all().filter((day, i) => day === before[i]).length

  test('are made once each, however many it asks about in turn', () => {
    const before = all()
    expect(new Set(before).size).toBe(DAYS.length)
    expect(same(before)).toBe(DAYS.length)
  })

  test('of the year as it stands and as it was known in turn, too', () => {
    const other = new YearFigures(2022, figures.register)
    const inTurn = () => DAYS.flatMap((day) => [dayIn(figures, day), dayIn(other, day)])
    const before = inTurn()
    expect(new Set(before).size).toBe(2 * DAYS.length)
    expect(inTurn().filter((day, i) => day !== before[i])).toEqual([])
  })

  test('by the kinds that count', () => {
    const [day = ''] = DAYS
    expect(dayIn(figures, day, ['official'])).toBe(dayIn(figures, day, ['official']))
    expect(dayIn(figures, day, ['official'])).not.toBe(dayIn(figures, day))
  })

  test('and are made anew when the figures were read again', () => {
    const before = all()
    figures.version++
    // Only those that the year itself still keeps are the same: it has not really been read.
    expect(same(before)).toBeLessThan(DAYS.length)
  })
})
