// What holds of units whatever becomes of them: nothing of a total is lost or counted twice by a merger, and changes of one day
// have no order among themselves. SYNTHETIC throughout.
import { directive2022, type Indicator } from '@dienbien/targets'
import fc from 'fast-check'
import { Register, type RegisterRows } from '../figures/register.ts'
import { pastYear, unitYear } from '../figures/unit-years.ts'
import type { NewUnit, UnitChanges } from './unit-changes.ts'
import { planUnitChanges } from './unit-checks.ts'

const indicator = (id: string) => directive2022.indicators.find((indicator) => indicator.id === id) as Indicator
const TOTAL = indicator('jobs-created')
const POVERTY = indicator('poverty-rate')
const YEARS = [2023, 2024, 2025, 2026]

type Changes = Omit<UnitChanges, 'decision'>
const plan = (changes: Changes, rows: RegisterRows) => planUnitChanges(rows, { decision: 'NQ 1/NQ', ...changes })

/** The rows with a plan stored; null where something stands against it. */
function stored(changes: Changes, rows: RegisterRows): Required<RegisterRows> | null {
  const { plan: planned, problems } = plan(changes, rows)
  if (problems.length > 0) return null
  return {
    units: [...rows.units, ...planned.units].map((unit) => {
      const last = planned.lastDays.get(unit.id)
      return last ? { ...unit, validTo: new Date(last.day) } : unit
    }),
    states: [...(rows.states ?? []), ...planned.states],
    aliases: [...(rows.aliases ?? []), ...planned.aliases],
    successions: [...(rows.successions ?? []), ...planned.successions],
  }
}

const commune = (code: string, more: object = {}) =>
  ({ code, name: `Xã ${code}`, kind: 'Xã', level: 'commune', parent: '19', ...more }) as const
const COMMUNES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']
const PROVINCE = stored(
  {
    create: [
      { code: '19', name: 'Tỉnh Thái Nguyên', kind: 'Tỉnh', level: 'province' },
      ...COMMUNES.map((code) => commune(code)),
    ],
  },
  { units: [] },
) as Required<RegisterRows>

/** What becomes of some of the communes that stand on a day, by how many they are. */
interface Event {
  readonly day: string
  readonly what: 'merge' | 'split' | 'twice'
  readonly places: readonly number[]
}
const events = (...kinds: readonly Event['what'][]) =>
  fc
    .uniqueArray(
      fc.record({
        day: fc.tuple(fc.constantFrom(...YEARS), fc.integer({ min: 1, max: 12 })).map(([year, month]) => {
          const padded = String(month).padStart(2, '0')
          return `${year}-${padded}-01`
        }),
        what: fc.constantFrom(...kinds),
        places: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 3 }),
      }),
      { selector: ({ day }) => day, maxLength: 5 },
    )
    .map((all) => all.toSorted((a, b) => (a.day < b.day ? -1 : 1)))

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/** Units through all that became of them. */
function through(history: readonly Event[]): Register {
  let rows = PROVINCE
  history.forEach(({ day, what, places }, i) => {
    const standing = new Register(rows).on(dayBefore(day)).units.filter(({ level }) => level === 'commune')
    const chosen = [...new Set(places.map((place) => standing[place % standing.length]?.code as string))]
    const from = { from: day }
    const [first] = chosen as [string]
    const halves = (succession: 'split' | 'merged') =>
      ['a', 'b'].map((half) => commune(`n${i}${half}`, { ...from, predecessors: [first], succession }))
    const changes: Changes =
      what === 'merge'
        ? { create: [commune(`n${i}`, { ...from, predecessors: chosen })] }
        : what === 'split'
          ? { close: [{ unit: first, lastDay: dayBefore(day) }], create: halves('split') }
          : { create: halves('merged') }
    rows = stored(changes, rows) ?? rows
  })
  return new Register(rows)
}

/** Whoever stands at the end of a year reports it, poverty with its households. */
function reportsOf(register: Register, year: number, seed: readonly number[]) {
  const on = `${year}-12-31`
  const registry = register.on(on)
  const reports = new Map(
    registry.units
      .filter(({ level }) => level === 'commune')
      .map(({ id }, i) => {
        const [jobs, households] = [seed[i % seed.length] as number, (seed[(i + 1) % seed.length] as number) + 1]
        return [id, { jobs, households, poor: households / (i + 2) }]
      }),
  )
  const figures = (id: string) => {
    const report = reports.get(id)
    if (!report) return []
    const { jobs, poor, households } = report
    return [
      { indicatorId: 'jobs-created', value: jobs, asOf: on },
      { indicatorId: 'poor-households', value: poor, asOf: on },
      { indicatorId: 'poverty-rate', value: (poor / households) * 100, asOf: on },
    ]
  }
  return { reports, past: pastYear(year, { registry, figures }) }
}

const seeds = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 3, maxLength: 12 })
const communesOn = (register: Register, day: string) =>
  register.on(day).units.flatMap(({ id, level }) => (level === 'commune' ? [id] : []))
const days = (history: readonly Event[], year: number) => [
  ...history.map(({ day }) => day).filter((day) => day > `${year}-12-31`),
  '2026-12-31',
]
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

test('after mergers, on every date, the totals of a past year are the sum of those who reported it', () => {
  fc.assert(
    fc.property(events('merge'), seeds, (history, seed) => {
      const register = through(history)
      for (const year of YEARS) {
        const { reports, past } = reportsOf(register, year, seed)
        const [jobs, poor, households] = (['jobs', 'poor', 'households'] as const).map((field) =>
          sum([...reports.values()].map((report) => report[field])),
        ) as [number, number, number]
        for (const day of days(history, year)) {
          const asked = communesOn(register, day).map((id) => unitYear(id, TOTAL, past))
          expect(asked.map(({ reason }) => reason)).toEqual(asked.map(() => null))
          expect(sum(asked.map(({ value }) => value ?? 0))).toBe(jobs)
          // Each report is the past of one unit, and of no other.
          expect(asked.flatMap(({ of }) => of).sort()).toEqual([...reports.keys()].sort())
          const weighed = communesOn(register, day).map((id) => {
            const { value, of } = unitYear(id, POVERTY, past)
            return ((value ?? 0) / 100) * sum(of.map((unit) => reports.get(unit)?.households ?? 0))
          })
          expect(sum(weighed)).toBeCloseTo(poor, 5)
          expect(households).toBeGreaterThanOrEqual(poor)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('whatever becomes of units, no report is counted to two of them, and what is not known is said', () => {
  let broken = 0
  fc.assert(
    fc.property(events('merge', 'split', 'twice'), seeds, (history, seed) => {
      const register = through(history)
      for (const year of YEARS) {
        const { reports, past } = reportsOf(register, year, seed)
        for (const day of days(history, year)) {
          const asked = communesOn(register, day).map((id) => unitYear(id, TOTAL, past))
          const counted = asked.flatMap(({ value, of }) => (value === null ? [] : of))
          expect(new Set(counted).size).toBe(counted.length)
          expect(sum(asked.map(({ value }) => value ?? 0))).toBe(sum(counted.map((id) => reports.get(id)?.jobs ?? 0)))
          for (const { value, reason } of asked) expect(value === null).toBe(reason !== null)
          broken += asked.filter(({ reason }) => reason !== null).length
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(broken).toBeGreaterThan(0)
})

describe('changes of one day', () => {
  const DAY = '2025-07-01'
  const words = fc.constantFrom('x1', 'x2', 'c1', 'c2')
  const unit = fc.constantFrom(...COMMUNES.slice(0, 4))
  /** Some of them stand against each other. */
  const changes = fc.record({
    create: fc.array(
      fc
        .record({
          code: words,
          predecessors: fc.uniqueArray(unit, { maxLength: 2 }),
          parent: fc.constantFrom('19', 'd'),
        })
        .map(({ code, ...more }) => commune(code, { from: DAY, ...more })),
      { maxLength: 3 },
    ),
    change: fc.array(
      fc
        .record({ unit, from: fc.constant(DAY) }, { requiredKeys: ['unit', 'from'] })
        .chain((asked) =>
          fc.option(words, { nil: undefined }).map((code) => ({ ...asked, name: `Xã ${asked.unit} mới`, code })),
        ),
      { maxLength: 2 },
    ),
    close: fc.array(
      unit.map((code) => ({ unit: code, lastDay: '2025-06-30' })),
      { maxLength: 2 },
    ),
  })
  const district = { code: 'd', name: 'Huyện mới', kind: 'Huyện', level: 'district', parent: '19', from: DAY } as const

  /** All that a set comes to; null where something stands against it. */
  function outcome(changes: Changes): unknown {
    const { plan: planned, problems } = plan(changes, PROVINCE)
    if (problems.length > 0) return null
    const { units, states, aliases, successions, lastDays } = planned
    const rows = [units, states, aliases, successions].map((list) => list.map((row) => JSON.stringify(row)).sort())
    return { rows, ends: [...lastDays].map(([id, { day }]) => `${id} ${day}`).sort() }
  }

  test('come to the same, or are refused, in whatever order they are given', () => {
    let accepted = 0
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), ({ create, change, close }, stream) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, key: stream.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        const all: { create: NewUnit[] } & Changes = { create: [...create, district], change, close }
        const asGiven = outcome(all)
        if (asGiven !== null) accepted++
        const other = {
          create: shuffled(all.create).map((unit) =>
            unit.predecessors ? { ...unit, predecessors: shuffled(unit.predecessors) } : unit,
          ),
          change: shuffled(change),
          close: shuffled(close),
        }
        expect(outcome(other)).toEqual(asGiven)
      }),
      { numRuns: 300 },
    )
    expect(accepted).toBeGreaterThan(20)
  })
})
