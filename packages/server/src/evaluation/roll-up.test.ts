import { type Directive, directive2022 } from '@dienbien/targets'
import { parseDirective } from '@dienbien/targets/core'
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

function rollUp(id: string, figures: Figures, directive: Directive = directive2022) {
  const of = (code: string) =>
    (figures[code] ?? []).map(
      ([indicatorId, value, asOf = '2022-12-31']) => ({ indicatorId, value, asOf }) as ColumnFigure,
    )
  return rollUpsOf('11', { registry: REGISTRY, figures: of }, directive).find(({ indicatorId }) => indicatorId === id)
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
  expect(rollUp('commune-radio', figures)).toMatchObject({
    children: 75,
    weights: { vi: 'số xã', en: 'number of communes' },
    own: null,
  })
  expect(rollUp('forest-cover', figures)).toMatchObject({ children: null, weights: null })
})

test('another directive names its own denominators: a total, or the numerator of the rate', () => {
  const [share] = directive2022.indicators.filter(({ id }) => id === 'poverty-rate')
  const [total] = directive2022.indicators.filter(({ id }) => id === 'poor-households')
  const directive = parseDirective({
    ...JSON.parse(
      JSON.stringify({ ...directive2022, duties: [], errata: [], relations: [], amendments: [], groups: [] }),
    ),
    indicators: [
      { ...total, id: 'labour-force', name: { vi: 'Lực lượng lao động', en: 'Labour force' } },
      { ...share, id: 'trained', weighedBy: { denominator: 'labour-force' } },
      { ...total, id: 'insured' },
      { ...share, id: 'insured-share', weighedBy: { numerator: 'insured' } },
    ],
  })
  const figures: Figures = {
    '096': [
      ['labour-force', 3000],
      ['trained', 60],
      ['insured', 900],
      ['insured-share', 90],
    ],
    102: [
      ['labour-force', 1000],
      ['trained', 20],
      ['insured', 150],
      ['insured-share', 50],
    ],
  }
  expect(rollUp('trained', figures, directive)).toMatchObject({
    children: 50,
    weights: { vi: 'mẫu số "Lực lượng lao động"', en: 'denominator "Labour force"' },
  })
  // 1,050 of 1,300.
  expect(rollUp('insured-share', figures, directive)?.children).toBeCloseTo(80.7692307, 6)
  const silent: Figures = { ...figures, 102: [['trained', 20]] }
  expect(rollUp('trained', silent, directive)).toMatchObject({ children: null, reason: { en: expect.any(String) } })
})

test('an indicator of which nobody has a figure is not there', () => {
  expect(rollUp('poverty-rate', {})).toBeUndefined()
})
