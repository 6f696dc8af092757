// The synthetic data set of DEMO=1: invented, marked so in every row, and the same at every run.
import { directive2022, type Indicator, targetNumber } from '@dienbien/targets'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { allocate, stepOf } from '../../allocation/share-out.ts'
import { searchKey } from '../../search-key.ts'
import type { Rows } from './rows.ts'

type Row = Readonly<Record<string, string>>
type OutRow = Readonly<Record<string, unknown>>

const SEED = 2022
const YEAR = 2022
export const SYNTHETIC_SOURCE = 'Dữ liệu giả lập'
/** Date, status, and the share of the year's work that is done by then. */
const REPORTS = [
  ['2022-06-30', 'preliminary', 0.5],
  ['2022-09-30', 'preliminary', 0.75],
  ['2022-12-31', 'official', 1],
] as const
const COMMUNE_REPORTS = ['2022-06-30', '2022-12-31']
const MISSING = 0.04
/** Two districts that fare alike in everything, so that a tie can be seen. */
const TWINS = { first: '096', second: '103' } as const
/** Totals below this are too small to give every district a share. */
const SMALL_TOTAL = 10

const round = (value: number, step: number) => {
  const scale = Math.round(1 / step)
  return Math.round(value * scale) / scale
}

/** How one unit fares at one indicator: 1 reaches the target, and whether the figure is missing. */
interface Fate {
  readonly factor: number
  readonly missing: boolean
}

/** Invents targets for the districts that add up to the province's, figures for districts and communes, and a bloc. */
export function demoRows(units: readonly Row[], publishedTargets: readonly Row[]): Rows {
  const generator = xoroshiro128plus(SEED)
  const random = () => uniformFloat64(generator)
  const between = (least: number, most: number) => least + (most - least) * random()
  const districts = units.filter(({ level }) => level === 'district').map(({ gso_code }) => gso_code as string)
  const communesOf = (district: string) =>
    units.filter(({ parent_gso_code }) => parent_gso_code === district).map(({ gso_code }) => gso_code as string)

  const size = new Map(districts.map((code) => [code, communesOf(code).length * between(0.8, 1.2)]))
  size.set(TWINS.second, size.get(TWINS.first) as number)
  const fates = new Map(districts.map((code) => [code, fatesOf(between)]))
  fates.set(TWINS.second, fates.get(TWINS.first) as Map<string, Fate>)

  const targets: OutRow[] = []
  const figures: OutRow[] = []
  for (const indicator of directive2022.indicators) {
    if (!indicator.levels.includes('district')) continue
    const shares = indicator.extent === 'extensive' ? assign(indicator, districts, size, publishedTargets) : null
    const step = shares ? stepOf(indicator) : 0.01
    for (const code of districts) {
      const target = shares ? shares.get(code) : targetNumber(indicator.target)
      if (!target) continue
      if (shares && !isPublished(publishedTargets, code, indicator)) targets.push(assigned(code, indicator, target))
      const fate = (fates.get(code) as Map<string, Fate>).get(fateKey(indicator)) as Fate
      const twin = code === TWINS.first || code === TWINS.second
      const communes = indicator.levels.includes('commune') ? communesOf(code) : []
      const weights = communes.map(() => between(0.5, 1.5))
      if (fate.missing) continue
      for (const date of REPORTS) {
        const value = valueOn(indicator, target, fate.factor, date[2], step, twin && shares !== null)
        figures.push(figure(code, indicator, date, value))
        if (!COMMUNE_REPORTS.includes(date[0])) continue
        const parts = shares
          ? allocate(value, weights, step)
          : weights.map((weight) => nearby(indicator, value, weight))
        communes.forEach((commune, i) => {
          if (random() > MISSING) figures.push(figure(commune, indicator, date, parts[i] as number))
        })
      }
    }
  }
  const total = newRuralTotals(figures)
  const bloc = demoBloc(between)
  return {
    units: bloc.units,
    clusters: bloc.clusters,
    memberships: bloc.memberships,
    unit_targets: [...targets, ...bloc.targets],
    measurements: [...total, ...bloc.figures],
    eligibility_facts: [
      ...districts.flatMap((code) =>
        // One fact is left unknown, to be seen as unconfirmed.
        facts(code, code === '099' ? { pactSigned: true, planIssued: true } : {}),
      ),
      ...bloc.facts,
    ],
  }
}

/** Domestic revenue fares as total revenue does, so that it stays below it. */
const fateKey = ({ id }: Indicator) => (id === 'domestic-revenue' ? 'budget-revenue' : id)

function fatesOf(between: (least: number, most: number) => number): Map<string, Fate> {
  const ability = between(0.9, 1.1)
  return new Map(
    directive2022.indicators.map(({ id }) => [
      id,
      { factor: ability * between(0.85, 1.15), missing: between(0, 1) < MISSING },
    ]),
  )
}

function assign(
  indicator: Indicator,
  districts: readonly string[],
  size: ReadonlyMap<string, number>,
  publishedTargets: readonly Row[],
): Map<string, number> {
  const total = targetNumber(indicator.target)
  const fixed = new Map(
    districts
      .filter((code) => isPublished(publishedTargets, code, indicator))
      .map((code) => [
        code,
        Number(publishedTargets.find(({ unit, indicator: id }) => unit === code && id === indicator.id)?.value),
      ]),
  )
  const open = districts.filter((code) => !fixed.has(code))
  const isTwin = (code: string) => code === TWINS.first || code === TWINS.second
  const weights = open.map((code) => (total < SMALL_TOTAL && isTwin(code) ? 0 : (size.get(code) as number)))
  const left = total - [...fixed.values()].reduce((a, b) => a + b, 0)
  const parts = allocate(left, weights, stepOf(indicator))
  return new Map([...fixed, ...open.map((code, i): [string, number] => [code, parts[i] as number])])
}

const isPublished = (targets: readonly Row[], code: string, { id }: Indicator) =>
  targets.some(({ unit, indicator }) => unit === code && indicator === id)

const assigned = (unit: string, { id, target }: Indicator, value: number): OutRow => ({
  unit_code: unit,
  year: YEAR,
  indicator_id: id,
  valid_from: `${YEAR}-01-01`,
  comparator: target.comparator,
  value,
  source: SYNTHETIC_SOURCE,
  synthetic: true,
})

/** A figure as the database keeps it. */
const figure = (unit: string, { id }: Indicator, [asOf, status]: (typeof REPORTS)[number], value: number): OutRow => ({
  unit_code: unit,
  year: YEAR,
  indicator_id: id,
  as_of: asOf,
  status,
  revision: 1,
  value,
  source: SYNTHETIC_SOURCE,
  synthetic: true,
  recorded_by: 'seed',
})

/** The figure of a unit with this target on a date by which `done` of the year's work is done. */
function valueOn(indicator: Indicator, target: number, factor: number, done: number, step: number, clearCut: boolean) {
  if (indicator.measure === 'milestone') return factor > 0.8 ? 1 : 0
  const less = indicator.target.comparator === '<='
  if (clearCut) {
    // Far enough from every threshold of the default policy that rounding cannot part two equal units.
    const reached = factor >= 1
    const level = less ? (reached ? 0.95 : 1.6) : reached ? 1.05 : 0.6
    const value = target * level * (indicator.measure === 'flow' ? done : 1)
    return (reached === less ? Math.floor : Math.ceil)(value / step) / Math.round(1 / step)
  }
  const end = less ? target * (2 - factor) : target * factor
  const value = indicator.measure === 'flow' ? end * done : end * (less ? 1.08 - 0.08 * done : 0.94 + 0.06 * done)
  return round(bounded(indicator, value), step)
}

/** A commune's rate near its district's. */
const nearby = (indicator: Indicator, value: number, weight: number) =>
  indicator.measure === 'milestone' ? value : round(bounded(indicator, value * (0.9 + 0.1 * weight)), 0.01)

const bounded = ({ unit }: Indicator, value: number) =>
  Math.max(0, unit.code === 'percent' ? Math.min(100, value) : value)

/** "Meeting" and "basically meeting" add up to the total of new-rural communes in every report. */
function newRuralTotals(figures: readonly OutRow[]): OutRow[] {
  const key = (row: OutRow) => `${row.unit_code} ${row.as_of}`
  const parts = new Map<string, number[]>()
  for (const row of figures) {
    if (row.indicator_id !== 'new-rural-met' && row.indicator_id !== 'new-rural-basic') continue
    parts.set(key(row), [...(parts.get(key(row)) ?? []), Number(row.value)])
  }
  return figures.map((row) => {
    const both = parts.get(key(row))
    return row.indicator_id === 'new-rural-total' && both?.length === 2
      ? { ...row, value: (both[0] as number) + (both[1] as number) }
      : row
  })
}

const facts = (unit: string, known: Readonly<Record<string, boolean>>): OutRow[] => {
  const all = { pactSigned: true, planIssued: true, reviewsSubmitted: true, disciplined: false, underInspection: false }
  const held = Object.keys(known).length === 0 ? all : known
  return Object.entries(held).map(([fact, value]) => ({
    unit_code: unit,
    year: YEAR,
    fact,
    value,
    source: SYNTHETIC_SOURCE,
    synthetic: true,
  }))
}

/** Five invented departments, each with targets and figures of its own; one failed a requirement, one has an open case. */
function demoBloc(between: (least: number, most: number) => number) {
  const ids = [
    'budget-revenue',
    'tourist-arrivals',
    'vocational-training',
    'jobs-created',
    'forest-planted',
    'industrial-output',
  ]
  const indicators: Indicator[] = directive2022.indicators.filter(({ id }) => ids.includes(id))
  const units: OutRow[] = []
  const memberships: OutRow[] = []
  const targets: OutRow[] = []
  const figures: OutRow[] = []
  const known: OutRow[] = []
  for (let n = 1; n <= 5; n++) {
    const code = `so-mau-${n}`
    const name = `Sở mẫu ${n} (giả lập)`
    units.push({
      id: code,
      code,
      name,
      name_en: `Sample department ${n} (synthetic)`,
      kind: 'Sở',
      level: 'department',
      parent_code: '11',
      search_key: searchKey(name),
      synthetic: true,
      source: SYNTHETIC_SOURCE,
    })
    memberships.push({
      cluster_code: 'khoi-mau',
      unit_code: code,
      year: YEAR,
      inferred: false,
      source: SYNTHETIC_SOURCE,
      synthetic: true,
    })
    const all = {
      pactSigned: true,
      planIssued: true,
      reviewsSubmitted: n !== 4,
      disciplined: false,
      underInspection: n === 5,
    }
    known.push(...facts(code, all))
    for (const indicator of indicators) {
      const target = round(targetNumber(indicator.target) * between(0.05, 0.15), stepOf(indicator))
      targets.push(assigned(code, indicator, target))
      for (const date of REPORTS) {
        const value = valueOn(indicator, target, between(0.8, 1.2), date[2], stepOf(indicator), false)
        figures.push(figure(code, indicator, date, value))
      }
    }
  }
  const clusters: OutRow[] = [
    {
      code: 'khoi-mau',
      kind: 'bloc',
      name: 'Khối thi đua mẫu (giả lập)',
      name_en: 'Sample bloc (synthetic)',
      source: SYNTHETIC_SOURCE,
      synthetic: true,
    },
  ]
  return { units, clusters, memberships, targets, figures, facts: known }
}
