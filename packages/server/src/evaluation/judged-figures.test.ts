import { directive2022, type Indicator, type IndicatorResult } from '@dienbien/targets'
import { type GroupedFigure, groupFigures, sortGroups } from './groups.ts'
import { chosenFigures } from './judged-figures.ts'

const indicator = (id: string) => directive2022.indicators.find((indicator) => indicator.id === id) as Indicator

function figure(unit: string, id: string, value: number | null, changes: Partial<GroupedFigure> = {}): GroupedFigure {
  const status = value === null ? 'NO_DATA' : 'MET'
  const result = { indicatorId: id, status, value, completion: null } as IndicatorResult
  const date = value === null ? null : '2022-12-31'
  const { section } = indicator(id)
  const of = { unit, indicator: indicator(id), section, cluster: '2', level: 'district' as const }
  return { ...of, result, date, figureStatus: value === null ? null : 'official', weight: null, ...changes }
}

const TREES = [figure('096', 'macadamia-planted', 0.1), figure('102', 'macadamia-planted', 0.2)]
const RATES = [figure('096', 'poverty-rate', 40, { weight: 1 }), figure('102', 'poverty-rate', 20, { weight: 3 })]

test('a total at one level is summed; a rate is not, and has its mean by what it is a share of', () => {
  const [trees, rates] = groupFigures([...TREES, ...RATES], ['indicator'])
  expect(trees).toMatchObject({ count: 2, sum: 0.3, weightedMean: null })
  expect(rates).toMatchObject({ sum: null, mean: 30, weightedMean: 25, minimum: 20, maximum: 40 })
})

test('a commune beside its district is not counted twice, nor are two indicators one', () => {
  const commune = figure('03127', 'macadamia-planted', 5, { level: 'commune' })
  expect(groupFigures([...TREES, commune], ['indicator'])[0]).toMatchObject({ count: 3, sum: null })
  expect(groupFigures([...TREES, ...RATES], ['cluster'])[0]).toMatchObject({ count: 4, sum: null, mean: null })
})

test('what is null comes last in either direction', () => {
  const groups = groupFigures([...TREES, figure('097', 'macadamia-planted', null)], ['unit'])
  const order = (descending: boolean) => sortGroups(groups, 'sum', descending).map(({ keys }) => keys.unit)
  expect(order(false)).toEqual(['096', '102', '097'])
  expect(order(true)).toEqual(['102', '096', '097'])
})

test('figures are chosen by section, indicator, status and how final they are', () => {
  const all = [...TREES, ...RATES, figure('097', 'macadamia-planted', null)]
  const units = (choice: Parameters<typeof chosenFigures>[1]) => chosenFigures(all, choice).map(({ unit }) => unit)
  expect(units({})).toHaveLength(5)
  expect(units({ indicators: ['poverty-rate'] })).toEqual(['096', '102'])
  expect(units({ status: ['NO_DATA'] })).toEqual(['097'])
  expect(units({ figureStatus: 'official' })).toHaveLength(4)
  expect(units({ section: 'nowhere' })).toEqual([])
})
