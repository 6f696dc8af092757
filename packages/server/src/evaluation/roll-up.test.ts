import { directive2022 } from '@dienbien/targets'
import type { ColumnFigure } from '../figures/columns.ts'
import { Registry, type Unit } from '../figures/registry.ts'
import { rollUpsOf } from './roll-up.ts'

const unit = (code: string, level: Unit['level'], parentId: string | null) =>
  ({ id: code, code, level, parentId }) as Unit
const REGISTRY = new Registry(
  [
    unit('11', 'province', null),
    ...['096', '102'].map((code) => unit(code, 'district', '11')),
    unit('SNN', 'department', '11'),
    ...['1', '2', '3'].map((code) => unit(code, 'commune', '096')),
    unit('4', 'commune', '102'),
  ],
  [],
  [],
)

type Figures = Record<string, readonly [string, number, string?][]>

function rollUp(id: string, figures: Figures) {
  const of = (code: string) =>
    (figures[code] ?? []).map(
      ([indicatorId, value, asOf = '2022-12-31']) => ({ indicatorId, value, asOf }) as ColumnFigure,
    )
  return rollUpsOf('11', { registry: REGISTRY, figures: of }, directive2022).find(
    ({ indicatorId }) => indicatorId === id,
  )
}

test('totals of the districts are added; what a department reports is the same work once more', () => {
  const figures: Figures = {
    11: [['macadamia-planted', 30]],
    '096': [['macadamia-planted', 10]],
    102: [['macadamia-planted', 15]],
    SNN: [['macadamia-planted', 5]],
  }
  expect(rollUp('macadamia-planted', figures)).toMatchObject({
    own: 30,
    children: 25,
    difference: 5,
    differs: true,
    reporting: 2,
    expected: 2,
  })
})

test('figures of different days do not differ, nor do those that rounding parts', () => {
  const other: Figures = { 11: [['macadamia-planted', 30]], '096': [['macadamia-planted', 10, '2022-06-30']] }
  expect(rollUp('macadamia-planted', other)).toMatchObject({ difference: 20, differs: false })
  const rounded: Figures = { 11: [['macadamia-planted', 1000]], '096': [['macadamia-planted', 999]] }
  expect(rollUp('macadamia-planted', rounded)).toMatchObject({ difference: 1, differs: false })
})

test('a share of communes weighs by their number, a rate without a denominator has no mean', () => {
  const figures: Figures = {
    '096': [
      ['commune-radio', 100],
      ['forest-cover', 40],
    ],
    102: [['commune-radio', 0]],
  }
  expect(rollUp('commune-radio', figures)).toMatchObject({ children: 75, weights: 'communes', own: null })
  expect(rollUp('forest-cover', figures)).toMatchObject({ children: null, weights: null })
})

test('an indicator of which nobody has a figure is not there', () => {
  expect(rollUp('poverty-rate', {})).toBeUndefined()
})
