// json-rules-engine itself, by the rules of the directives that the server gives out, against every field that says what is
// met: figures that are tried, those that are stored, and their tables and groups.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCount, isShare, parseDirective, targetNumber } from '@dienbien/targets/core'
import { toEngine } from '@dienbien/targets/engine'
import fc from 'fast-check'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
let administrator: Record<string, string>
const token = tokens(() => environment)

/** A year with a leap day, and every comparator, sign and measure that figures of the end of the year may have. */
const YEAR = 2024
const TARGETS = {
  floor: { measure: 'flow', target: { comparator: '>=', value: 14_500 } },
  'strict-floor': { measure: 'level', target: { comparator: '>', value: 780 } },
  ceiling: { measure: 'flow', target: { comparator: '<=', value: 95 } },
  'strict-ceiling': { measure: 'rate', target: { comparator: '<', value: 4.5 } },
  exact: { measure: 'level', target: { comparator: '=', value: 15 } },
  negative: { measure: 'rate', target: { comparator: '>=', value: -2 } },
  zero: { measure: 'level', target: { comparator: '<=', value: 0 } },
  'about-more': { measure: 'rate', better: 'more', target: { comparator: '~', value: 6.14 } },
  'about-less': { measure: 'rate', better: 'less', target: { comparator: '~', value: 4.5 } },
  'about-near': { measure: 'level', better: 'near', target: { comparator: '~', value: 40 } },
  'range-more': { measure: 'rate', better: 'more', target: { comparator: 'between', low: 6.5, high: 7 } },
  'range-less': { measure: 'flow', better: 'less', target: { comparator: 'between', low: -3, high: 2 } },
  'range-near': { measure: 'level', better: 'near', target: { comparator: 'between', low: 13.5, high: 14 } },
  kept: { measure: 'milestone', target: { comparator: 'maintained', value: true } },
} as const
const text = { vi: 'Chỉ tiêu thử', en: 'Invented indicator' }
const DOCUMENT = {
  id: '7/CT-UBND',
  title: text,
  issuer: text,
  issuedOn: `${YEAR}-01-15`,
  year: YEAR,
  indicators: Object.entries(TARGETS).map(([id, value]) => ({
    ...{ id: `oracle-${id}`, name: text, section: '1', unit: { code: 'tonne', vi: 'tấn', en: 'tonnes' }, quote: 'thử' },
    ...{ extent: 'extensive', levels: ['province'], checkedOn: '2026-11-25' },
    ...value,
  })),
}

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
  administrator = bearer(token('--role', 'administrator'))
  const { errors } = await server.change(
    'mutation ($document: JSON!) { publishDirective(input: { document: $document, source: "Thử" }) { version { code } } }',
    { document: DOCUMENT },
    administrator,
  )
  expect(errors).toBeUndefined()
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The directive as the server gives it out. */
async function directiveOf(year: number) {
  const { data } = await server.query<{ directive: { document: unknown } }>(
    'query ($year: Int) { directive(year: $year) { document } }',
    { year },
  )
  return parseDirective(data.directive.document)
}
type Served = Awaited<ReturnType<typeof directiveOf>>

/** At each bound, just beside it and anywhere that a figure may be; far enough from it for binary and decimal equality. */
function figures({ indicators }: Served) {
  const figureOf = ({ target, measure, unit }: Served['indicators'][number]) => {
    if (measure === 'milestone') return fc.constantFrom(0, 1)
    const bounds = target.comparator === 'between' ? [target.low, target.high] : [targetNumber(target)]
    const least = Math.min(0, ...bounds) * 3
    const [step, most] = isCount(unit) ? [1, 400_000] : isShare(unit) ? [1e-4, 100] : [0.01, 400_000]
    const ends = bounds.flatMap((bound) => [bound, bound + step, bound - step])
    const anywhere = isCount(unit)
      ? fc.integer({ min: 0, max: most })
      : fc.double({ min: least, max: most, noNaN: true })
    return fc
      .oneof(
        fc.constantFrom(...ends),
        anywhere.map((value) => Number(value.toFixed(step === 1e-4 ? 4 : 2))),
      )
      .filter((value) => value >= least && value <= most)
  }
  return fc.record(
    Object.fromEntries(indicators.map((indicator) => [indicator.id, fc.option(figureOf(indicator), { freq: 8 })])),
  )
}
type Figures = Record<string, number | null>
const known = (figures: Figures) =>
  Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null)
const valuesOf = (figures: Figures) => known(figures).map(([indicator, value]) => ({ indicator, value }))

async function metByEngine(directive: Served, figures: Figures): Promise<string[]> {
  const milestones = new Set(
    directive.indicators.filter((indicator) => indicator.measure === 'milestone').map(({ id }) => id),
  )
  const facts = Object.fromEntries(known(figures).map(([id, value]) => [id, milestones.has(id) ? value === 1 : value]))
  const { events } = await toEngine(directive).run(facts)
  return events.flatMap(({ type, params }) => (type === 'met' ? [params?.indicatorId as string] : [])).sort()
}

const RESULTS = 'results(status: [MET]) { indicator { code } }'
interface Results {
  readonly results: readonly { readonly indicator: { readonly code: string } }[]
}
const met = ({ results }: Results) => results.map(({ indicator }) => indicator.code).sort()

test.each([2022, YEAR])('figures of %i that are tried', async (year) => {
  const directive = await directiveOf(year)
  await fc.assert(
    fc.asyncProperty(figures(directive), async (values) => {
      const { data } = await server.query<{ evaluate: Results }>(
        `query ($input: EvaluateInput!) { evaluate(input: $input) { ${RESULTS} } }`,
        { input: { year, facts: valuesOf(values) } },
      )
      expect(met(data.evaluate)).toEqual(await metByEngine(directive, values))
    }),
    { numRuns: 60 },
  )
})

test('figures of the end of a year that are stored: a unit, the matrix, groups', async () => {
  const directive = await directiveOf(YEAR)
  const total: Figures = {}
  let revision = 0
  await fc.assert(
    fc.asyncProperty(figures(directive), async (values) => {
      const input = { unit: '11', year: YEAR, asOf: `${YEAR}-12-31`, status: 'OFFICIAL', values: valuesOf(values) }
      if (input.values.length === 0) return
      const { errors } = await server.change(
        'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { unit { code } } }',
        { input: { ...input, reason: `Thử ${++revision}` } },
        administrator,
      )
      expect(errors).toBeUndefined()
      Object.assign(total, Object.fromEntries(known(values)))
      const expected = await metByEngine(directive, total)
      const { data } = await server.query<{
        unit: { evaluation: Results & { summary: { met: number } } }
        matrix: { indicators: { code: string }[]; statuses: string[][] }
        figureGroups: { indicator: string }[]
      }>(`{
        unit(code: "11") { evaluation(year: ${YEAR}) { summary { met } ${RESULTS} } }
        matrix(year: ${YEAR}, level: PROVINCE) { indicators { code } statuses }
        figureGroups(year: ${YEAR}, by: [INDICATOR], where: { level: PROVINCE, status: [MET] }) { indicator }
      }`)
      expect(met(data.unit.evaluation)).toEqual(expected)
      expect(data.unit.evaluation.summary.met).toBe(expected.length)
      const { indicators, statuses } = data.matrix
      expect(indicators.flatMap(({ code }, i) => (statuses[0]?.[i] === 'MET' ? [code] : [])).sort()).toEqual(expected)
      expect(data.figureGroups.map(({ indicator }) => indicator).sort()).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('what the rules are made of is served field by field', async () => {
  const { data } = await server.query<{ indicators: { nodes: Record<string, unknown>[] } }>(
    `{ indicators(year: ${YEAR}, first: 200) { nodes { code measure better closesOn growth target { comparator value low high } } } }`,
  )
  expect(data.indicators.nodes).toEqual(
    (await directiveOf(YEAR)).indicators.map(({ id, measure, better, target }) => ({
      code: id,
      measure: measure.toUpperCase(),
      better: better.toUpperCase(),
      closesOn: '12-31',
      growth: false,
      target: {
        ...{ value: null, low: null, high: null, ...target },
        ...(target.comparator === 'maintained' ? { value: null } : {}),
      },
    })),
  )
})
