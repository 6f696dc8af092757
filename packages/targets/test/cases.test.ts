// The worked cases, in every evaluator: one unit, a table with days, and what json-rules-engine can say.
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Engine } from 'json-rules-engine'
import { compile, evaluate, statusOf, toRules, toTable } from '../src/index.ts'
import { directiveOf, targetOf } from './directives.ts'

interface Row {
  readonly [column: string]: string
}
const rows = parse(readFileSync(new URL('./cases/worked.csv', import.meta.url)), { columns: true }) as Row[]
const number = (text: string | undefined) => (text === '' || text === undefined ? null : Number(text))
const day = (date: string) => Date.parse(date) / 86_400_000

/** The same case in a year of as many days. */
const inYear = (date: string, year: number) => date.replace(/^\d{4}/, String(year))

function setUp(row: Row, year: number) {
  const directive = directiveOf(
    {
      case: {
        target: targetOf(row.target as string),
        measure: row.measure as 'flow',
        extent: 'intensive',
        ...(row.better ? { better: row.better as 'more' } : {}),
        ...(row.baseline ? { baseline: Number(row.baseline) } : {}),
      },
    },
    { year },
  )
  const value =
    row.value === '' ? null : row.value === 'true' || row.value === 'false' ? row.value === 'true' : number(row.value)
  const asOf = inYear(row.as_of as string, year)
  const figureDate = inYear(row.figure_date || (row.as_of as string), year)
  return { directive, facts: { case: value }, asOf, figureDate }
}

describe.each([2022, 2031])('in %i', (year) => {
  test.each(
    rows.map((row) => [`${row.what_vi} ${row.target}: ${row.value} on ${row.figure_date || row.as_of}`, row] as const),
  )('%s', (_, row) => {
    const { directive, facts, asOf, figureDate } = setUp(row, year)
    const { results, summary } = evaluate(facts, { directive, asOf, figureDates: { case: figureDate } })
    const [result] = results
    expect(result).toMatchObject({
      status: row.status,
      exceeded: row.exceeded === 'true',
      pace: row.pace || null,
    })
    for (const key of ['completion', 'progress'] as const) {
      const expected = number(row[key])
      if (expected === null) expect(result?.[key]).toBeNull()
      else expect(result?.[key]).toBeCloseTo(expected, 5)
    }
    const { total, met, notMet, inProgress, undecided, noData, notApplicable } = summary
    expect(met + notMet + inProgress + undecided + noData + notApplicable).toBe(total)
  })

  test('a table says the same, the day of each figure beside it or all on the day of the question', () => {
    for (const row of rows) {
      const { directive, facts, asOf, figureDate } = setUp(row, year)
      const program = compile({ directive, asOf })
      const values = toTable(program, [facts])
      const codes = program.evaluateTable(values, undefined, Int32Array.of(day(figureDate)))
      expect([row.what_vi, row.value, statusOf(codes[0] as number)]).toEqual([row.what_vi, row.value, row.status])
      if (figureDate === asOf) expect(program.evaluateTable(values)).toEqual(codes)
    }
  })
})

test('json-rules-engine fires where the value satisfies the target, and the trace says so', async () => {
  for (const row of rows) {
    const { directive, facts, asOf, figureDate } = setUp(row, 2022)
    if (facts.case === null) continue
    const { events } = await new Engine(toRules(directive)).run(facts)
    const [result] = evaluate(facts, { directive, asOf, figureDates: { case: figureDate } }).results
    expect([row.target, row.value, result?.trace.comparison?.holds]).toEqual([
      row.target,
      row.value,
      events.length === 1,
    ])
  }
})
