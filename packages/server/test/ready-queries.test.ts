// The queries with which GraphiQL opens: they answer, and each runs a number of SQL statements that does not grow with the
// data. The numbers are pinned: one more statement is a decision, not an accident.
import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { type Kind, shared } from './harness.ts'

const folder = new URL('../queries/', import.meta.url)

const STATEMENTS: Record<string, number | Record<Kind, number>> = {
  '1-tien-do-cua-tinh': 3,
  '2-mot-huyen': 9,
  '3-xep-hang': 8,
  '4-cum-va-so-lieu': 4,
  '5-gia-dinh': 2,
  '6-chi-tieu-va-dinh-chinh': 0,
  '7-tim-don-vi': 3,
  '8-do-vung-cua-xep-hang': 9,
  '9-phan-bo-chi-tieu': 4,
  '10-vi-sao-khong-phai-chung-toi': 9,
  // The demonstration data say who heads the cluster.
  '11-nam-thi-dua': { plain: 9, demo: 10 },
  '13-bao-cao': 15,
  '14-tong-hop': 8,
}

const read = (name: string) => readFileSync(new URL(`${name}.graphql`, folder), 'utf8')
const all = readdirSync(folder).map((file) => file.replace('.graphql', ''))
/** Those that take a token run in emulation.test.ts and figures.test.ts. */
const names = all.filter((name) => !/^mutation/m.test(read(name)) && name !== '15-nhat-ky')

test('each has its number of statements pinned', () => {
  expect(names.sort()).toEqual(Object.keys(STATEMENTS).sort())
})

test.each(all)('%s is valid and says what it is for', (name) => {
  const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
  expect(validate(schema, parse(read(name)))).toEqual([])
  expect(read(name)).toMatch(/^# /)
})

describe.each(['plain', 'demo'] as Kind[])('on the %s data', (kind) => {
  test.each(names)('%s', async (name) => {
    const text = read(name)
    const { data, errors, extensions } = await shared(kind).query(text)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
    const pinned = STATEMENTS[name] as number | Record<Kind, number>
    expect(extensions?.cost?.sqlStatements).toBe(typeof pinned === 'number' ? pinned : pinned[kind])
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
