// The queries with which GraphiQL opens: they answer, and each runs a number of SQL statements that does not grow with the
// data. The numbers are pinned: one more statement is a decision, not an accident.
import { readdirSync, readFileSync } from 'node:fs'
import { type Kind, shared } from './harness.ts'

const folder = new URL('../queries/', import.meta.url)

const STATEMENTS: Record<string, number> = {
  '1-tien-do-cua-tinh': 3,
  '2-mot-huyen': 9,
  '3-xep-hang': 6,
  '4-cum-va-so-lieu': 4,
  '5-gia-dinh': 2,
  '6-chi-tieu-va-dinh-chinh': 0,
  '7-tim-don-vi': 3,
  '8-do-vung-cua-xep-hang': 7,
  '9-phan-bo-chi-tieu': 4,
}

const names = readdirSync(folder).map((file) => file.replace('.graphql', ''))

test('each has its number of statements pinned', () => {
  expect(names.sort()).toEqual(Object.keys(STATEMENTS).sort())
})

describe.each(['plain', 'demo'] as Kind[])('on the %s data', (kind) => {
  test.each(names)('%s', async (name) => {
    const text = readFileSync(new URL(`${name}.graphql`, folder), 'utf8')
    expect(text).toMatch(/^# /)
    const { data, errors, extensions } = await shared(kind).query(text)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
    expect(extensions?.cost?.sqlStatements).toBe(STATEMENTS[name])
  })
})

test('every unit with its figures, evaluation, cluster and children costs as many statements as one', async () => {
  const body = `{ name parent { name } cluster { name units { nodes { name } } } children { nodes { name } }
    measurements { value } evaluation(asOf: "2022-09-30") { summary { met } } }`
  const server = shared('demo')
  const one = await server.query(`{ units(first: 1) { nodes ${body} } }`)
  const all = await server.query(`{ units(first: 200) { nodes ${body} } }`)
  expect(all.errors).toBeUndefined()
  // The first unit, the province, has no parent and no cluster, hence no statements for those.
  expect(all.extensions?.cost?.sqlStatements).toBeLessThanOrEqual((one.extensions?.cost?.sqlStatements ?? 0) + 5)
})
