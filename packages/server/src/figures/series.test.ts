import fc from 'fast-check'
import type { Figure } from './newest.ts'
import { seriesOf } from './series.ts'

const figure = (asOf: string, status: Figure['status'], revision: number, value: number, withdrawn = false) =>
  ({ asOf, status, revision, value, withdrawn }) as Figure
const HISTORY = [
  figure('2024-06-30', 'estimate', 1, 10),
  figure('2024-03-31', 'official', 1, 4),
  figure('2024-03-31', 'official', 2, 5),
  figure('2024-03-31', 'estimate', 7, 6),
  figure('2024-09-30', 'preliminary', 1, 20),
  figure('2024-09-30', 'preliminary', 2, 20, true),
  figure('2024-09-30', 'estimate', 1, 18),
  figure('2024-12-31', 'official', 1, 30),
  figure('2024-12-31', 'official', 2, 30, true),
  figure('2024-12-31', 'official', 3, 31),
]
const points = (figures: readonly Figure[]) => figures.map(({ asOf, value }) => [asOf.slice(5), value])

test('each day once, by authority and then revision; what was withdrawn makes room for what stood beside it', () => {
  expect(points(seriesOf(HISTORY))).toEqual([
    ['03-31', 5],
    ['06-30', 10],
    ['09-30', 18],
    ['12-31', 31],
  ])
})

test('of some kinds alone', () => {
  expect(points(seriesOf(HISTORY, ['official']))).toEqual([
    ['03-31', 5],
    ['12-31', 31],
  ])
  expect(points(seriesOf(HISTORY, ['estimate', 'preliminary']))).toEqual([
    ['03-31', 6],
    ['06-30', 10],
    ['09-30', 18],
  ])
})

test('in whatever order the revisions come', () => {
  const inAnyOrder = fc.shuffledSubarray(HISTORY, { minLength: HISTORY.length })
  fc.assert(fc.property(inAnyOrder, (history) => expect(seriesOf(history)).toEqual(seriesOf(HISTORY))))
})
