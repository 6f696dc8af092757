import { directive2022, type Indicator } from '@dienbien/targets'
import type { ColumnFigure } from '../figures/columns.ts'
import { countingOf } from '../figures/counting.ts'
import { type DifferenceOrder, differencesOf, sortDifferences } from './differences.ts'

const figure = (value: number, asOf: string) => ({ value, asOf, year: 2022 }) as ColumnFigure
const FIGURES: Readonly<Record<string, readonly [number | undefined, number | undefined]>> = {
  a: [40, 35],
  b: [10, 4],
  c: [0, 2],
  d: [undefined, 7],
  e: [7, undefined],
  f: [30.1, 30.4],
}
const found = differencesOf(Object.keys(FIGURES), (unit) => {
  const [was, is] = FIGURES[unit] ?? []
  return [
    was === undefined ? undefined : figure(was, '2022-06-30'),
    is === undefined ? undefined : figure(is, '2022-12-31'),
  ]
})
const indicator = (id: string) => directive2022.indicators.find((indicator) => indicator.id === id) as Indicator

test('of units that have a figure on both dates, in decimal', () => {
  expect(found.map(({ unit, difference, ratio }) => [unit, difference, ratio])).toEqual([
    ['a', -5, -0.125],
    ['b', -6, -0.6],
    ['c', 2, null],
    ['f', 0.3, 0.3 / 30.1],
  ])
})

test('a figure that counts on both dates is no difference, and one that was reported anew with the same value is 0', () => {
  const [may, june] = [figure(3, '2022-05-31'), figure(3, '2022-06-30')]
  expect(differencesOf(['a'], () => [may, may])).toEqual([])
  expect(differencesOf(['a'], () => [may, june])).toMatchObject([{ difference: 0 }])
})

test.each<[DifferenceOrder, string, string, boolean?]>([
  ['improvement', 'poverty-rate', 'bafc'],
  ['improvement', 'poverty-rate', 'cfab', false],
  ['ratio', 'poverty-rate', 'bafc', false],
  ['improvement', 'budget-revenue', 'cfab'],
  ['difference', 'poverty-rate', 'cfab'],
  ['ratio', 'poverty-rate', 'fabc'],
])('by %s of %s: %s', (by, id, order, descending = true) => {
  expect(
    sortDifferences(found, { by, descending }, indicator(id))
      .map(({ unit }) => unit)
      .join(''),
  ).toBe(order)
})

test('which figures count is said by the arguments', () => {
  expect(countingOf({})).toEqual({ statuses: null, recordedBefore: null })
  const moment = new Date('2024-02-29T17:00:00Z')
  expect(countingOf({ figureStatus: ['official'], recordedBefore: moment })).toEqual({
    statuses: ['official'],
    recordedBefore: moment,
  })
})
