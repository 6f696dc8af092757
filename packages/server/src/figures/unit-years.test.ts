import { directive2022, type Indicator } from '@dienbien/targets'
import type { Part } from './parts.ts'
import { Register } from './register.ts'
import type { Succession } from './registry.ts'
import { lineOf, type PastYear, pastYear, unitYear } from './unit-years.ts'

const indicator = (id: string) => directive2022.indicators.find((indicator) => indicator.id === id) as Indicator
const TOTAL = indicator('jobs-created')
const POVERTY = indicator('poverty-rate')
const RATE = indicator('forest-cover')
const KEPT = directive2022.indicators.find(({ measure }) => measure === 'milestone') as Indicator

type Figures = Readonly<Record<string, readonly [indicator: string, value: number, asOf?: string][]>>

/** Phường Điện Biên Phủ took the place of A and B on 1 July 2025, and B that of C on 1 January 2024. */
const SUCCESSIONS: readonly Pick<Succession, 'predecessorId' | 'successorId' | 'on' | 'kind'>[] = [
  { predecessorId: 'A', successorId: 'new', on: '2025-07-01', kind: 'merged' },
  { predecessorId: 'B', successorId: 'new', on: '2025-07-01', kind: 'merged' },
  { predecessorId: 'C', successorId: 'B', on: '2024-01-01', kind: 'renamed' },
]

const past = (year: number, figures: Figures, successions = SUCCESSIONS): PastYear => ({
  year,
  part: (id): Part => ({
    level: 'district',
    communes: 1,
    figures: (figures[id] ?? []).map(([indicatorId, value, asOf = `${year}-12-31`]) => ({ indicatorId, value, asOf })),
  }),
  line: {
    predecessorsOf: (id) => successions.filter(({ successorId }) => successorId === id) as Succession[],
    successorsOf: (id) => successions.filter(({ predecessorId }) => predecessorId === id) as Succession[],
  },
  name: (id) => `Xã ${id}`,
})

test("a total of the past is the sum of the predecessors', and of theirs", () => {
  expect(unitYear('new', TOTAL, past(2024, { A: [['jobs-created', 10]], B: [['jobs-created', 20.5]] }))).toMatchObject({
    value: 30.5,
    of: ['A', 'B'],
    asOf: '2024-12-31',
  })
  expect(unitYear('new', TOTAL, past(2023, { A: [['jobs-created', 10]], C: [['jobs-created', 7]] }))).toMatchObject({
    value: 17,
    of: ['A', 'C'],
  })
})

test('its own figure counts where it has one, of the year of the merger too', () => {
  const figures: Figures = {
    new: [['jobs-created', 99]],
    A: [['jobs-created', 10, '2025-06-30']],
    B: [['jobs-created', 20, '2025-06-30']],
  }
  expect(unitYear('new', TOTAL, past(2025, figures))).toMatchObject({ value: 99, of: ['new'], reason: null })
  const { new: _, ...before } = figures
  expect(unitYear('new', TOTAL, past(2025, before))).toMatchObject({ value: 30, of: ['A', 'B'], asOf: '2025-06-30' })
  expect(unitYear('new', TOTAL, past(2026, before))).toMatchObject({ value: null, of: [], reason: null })
})

test('what is made of an invented figure is invented too, and a break is not', () => {
  const { part, ...rest } = past(2024, {
    A: [['jobs-created', 10]],
    B: [['jobs-created', 20]],
    new: [['forest-cover', 40]],
  })
  const invented = (of: string): PastYear => ({
    ...rest,
    part: (id) => ({ ...part(id), figures: part(id).figures.map((figure) => ({ ...figure, synthetic: id === of })) }),
  })
  const isInvented = (of: string, asked: Indicator) => unitYear('new', asked, invented(of)).synthetic
  expect([isInvented('B', TOTAL), isInvented('nobody', TOTAL)]).toEqual([true, false])
  expect([isInvented('new', RATE), isInvented('A', RATE)]).toEqual([true, false])
  expect(unitYear('new', TOTAL, past(2024, { B: [['jobs-created', 20]] }))).toMatchObject({
    value: null,
    synthetic: false,
  })
})

test('a rate is a mean only where its denominators are known, otherwise the series says that it breaks', () => {
  const rates: Figures = { A: [['forest-cover', 40]], B: [['forest-cover', 50]] }
  expect(unitYear('new', RATE, past(2024, rates))).toMatchObject({
    value: null,
    of: ['A', 'B'],
    reason: { en: expect.stringMatching(/denominators/) },
  })
  // 200 of 1,000 households and 100 of 250: 300 of 1,250.
  const poor: Figures = {
    A: [
      ['poverty-rate', 20],
      ['poor-households', 200],
    ],
    B: [
      ['poverty-rate', 40],
      ['poor-households', 100],
    ],
  }
  expect(unitYear('new', POVERTY, past(2024, poor))).toMatchObject({ value: 24, reason: null })
})

test.each<[string, Figures, RegExp]>([
  ['where one of them has none', { A: [['jobs-created', 10]] }, /no figure of Xã C/],
  [
    'where they are of different days',
    { A: [['jobs-created', 10]], C: [['jobs-created', 7, '2023-06-30']] },
    /not of one day/,
  ],
])('the series breaks %s', (_, figures, reason) => {
  const { value, reason: why } = unitYear('new', TOTAL, past(2023, figures))
  expect(value).toBeNull()
  expect(why?.en).toMatch(reason)
})

test("the figure of a unit that was divided is nobody else's", () => {
  const split = SUCCESSIONS.map((succession) =>
    succession.predecessorId === 'A' ? { ...succession, kind: 'split' as const } : succession,
  )
  const figures: Figures = { A: [['jobs-created', 10]], B: [['jobs-created', 20]] }
  expect(unitYear('new', TOTAL, past(2024, figures, split)).reason?.en).toMatch(/divided/)
})

test('a year in which nobody reported is no break', () => {
  expect(unitYear('new', TOTAL, past(2024, {}))).toMatchObject({ value: null, reason: null })
})

test('nor is that of one in whose place two stand, though each says that it was merged', () => {
  const twice = [...SUCCESSIONS, { ...SUCCESSIONS[0], successorId: 'other' } as (typeof SUCCESSIONS)[number]]
  const figures: Figures = { A: [['jobs-created', 10]], B: [['jobs-created', 20]] }
  expect(unitYear('new', TOTAL, past(2024, figures, twice)).reason?.en).toMatch(/divided/)
  expect(unitYear('other', TOTAL, past(2024, figures, twice)).reason?.en).toMatch(/divided/)
})

test('who took the place of one alone goes on from its figure, a rate and what is maintained too', () => {
  const figures: Figures = {
    C: [
      ['forest-cover', 41],
      [KEPT.id, 1],
    ],
  }
  expect(unitYear('B', RATE, past(2023, figures))).toMatchObject({ value: 41, of: ['C'], reason: null })
  expect(unitYear('B', KEPT, past(2023, figures))).toMatchObject({ value: 1, of: ['C'], reason: null })
  const both: Figures = { A: [[KEPT.id, 1]], C: [[KEPT.id, 1]] }
  expect(unitYear('new', KEPT, past(2023, both)).reason?.en).toMatch(/maintained/)
})

test('a line has everybody whose figures of a year may be the past of a unit, and no one else', () => {
  const { line } = past(2023, {})
  expect(lineOf('new', 2023, line)).toEqual(['new', 'A', 'B', 'C'])
  expect(lineOf('new', 2025, line)).toEqual(['new', 'A', 'B'])
  expect(lineOf('new', 2026, line)).toEqual(['new'])
})

test('districts that were merged within a year weigh by the communes that they had', () => {
  // SYNTHETIC: two districts of Lào Cai become one on 1 July 2024; their communes go over to it.
  const unit = (
    id: string,
    level: string,
    parentId: string | null,
    [validFrom, validTo]: [(string | null)?, string?] = [],
  ) =>
    ({
      ...{
        id,
        code: id,
        name: id,
        nameEn: id,
        kind: 'x',
        level,
        parentId,
        searchKey: id,
        synthetic: true,
        source: 'x',
      },
      validFrom: validFrom ? new Date(validFrom) : null,
      validTo: validTo ? new Date(validTo) : null,
    }) as never
  const communes = ['a1', 'a2', 'a3', 'b1']
  const register = new Register({
    units: [
      unit('10', 'province', null),
      unit('a', 'district', '10', [null, '2024-06-30']),
      unit('b', 'district', '10', [null, '2024-06-30']),
      unit('ab', 'district', '10', ['2024-07-01']),
      ...communes.map((id) => unit(id, 'commune', id.slice(0, 1))),
    ],
    states: communes.map((id) => ({
      ...(unit(id, 'commune', 'ab') as object),
      unitId: id,
      validFrom: new Date('2024-07-01'),
    })) as never,
    successions: ['a', 'b'].map((predecessorId) => ({
      ...{ predecessorId, successorId: 'ab', onDate: new Date('2024-07-01'), kind: 'merged', decision: 'x' },
    })) as never,
  })
  const rates: Record<string, number> = { a: 100, b: 20 }
  const figures = (id: string) =>
    id in rates ? [{ indicatorId: 'commune-radio', value: rates[id] as number, asOf: '2024-06-30' }] : []
  const day = { registry: register.on('2024-12-31'), figures }
  expect(unitYear('ab', indicator('commune-radio'), pastYear(2024, day))).toMatchObject({ value: 80, reason: null })
})
