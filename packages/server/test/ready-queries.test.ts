// The queries with which GraphiQL opens: they answer, and each runs a number of SQL statements that does not grow with the
// data. The numbers are pinned: one more statement is a decision, not an accident.
import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { ANEW, type Kind, shared } from './harness.ts'

const folder = new URL('../queries/', import.meta.url)

const STATEMENTS: Record<string, number> = {
  '1-tien-do-cua-tinh': 1, // when the figures were recorded
  '2-mot-huyen': 0,
  '3-xep-hang': 0,
  '4-cum-va-so-lieu': 0,
  '5-gia-dinh': 0,
  '6-chi-tieu-va-dinh-chinh': 0,
  '7-tim-don-vi': 0,
  '8-do-vung-cua-xep-hang': 0,
  '9-phan-bo-chi-tieu': 0,
  '10-vi-sao-khong-phai-chung-toi': 0,
  '11-nam-thi-dua': 4, // the head of the cluster, its frozen rankings and their steps, whether scores are published
  '13-bao-cao': 3, // frozen rankings, their steps; whether scores are published
  '14-tong-hop': 1, // when the figures were recorded
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
  // What is held in memory is read once; the numbers are those of every request after the first.
  beforeAll(() =>
    shared(kind).query('{ unit(code: "11") { evaluation { summary { met } } measurements(year: 2021) { value } } }'),
  )

  test.each(names)('%s', async (name) => {
    const text = read(name)
    const { data, errors, extensions } = await shared(kind).query(text)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
    expect(extensions?.cost?.sqlStatements).toBe(STATEMENTS[name])
  })
})

test.each(names)('%s says the same compiled as interpreted', async (name) => {
  const server = shared('demo')
  // A text that was never asked for is interpreted; from the second time on it is compiled.
  const text = `# ${Math.random()}\n${read(name)}`
  const answers = [
    await server.query(text, {}, ANEW),
    await server.query(text, {}, ANEW),
    await server.query(text, {}, ANEW),
  ]
  expect(answers.map(({ extensions }) => extensions?.cost?.executor)).toEqual(['interpreted', 'compiled', 'compiled'])
  for (const { data, errors } of answers) {
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).toBe(JSON.stringify(answers[0]?.data))
  }
})

test('an error is the same compiled as interpreted, and fields of Prisma stay interpreted', async () => {
  const server = shared('demo')
  const ask = (text: string) => Promise.all([1, 2, 3].map(() => server.query(text, {}, ANEW)))
  for (const text of [
    '{ a: unit(code: "96") { name } b: unit(code: "096") { name } }',
    '{ ranking(asOf: "2021-01-01") { year } }',
  ]) {
    const [first, ...others] = await ask(text)
    for (const other of others) {
      expect(other.data).toEqual(first?.data)
      expect(other.errors).toEqual(first?.errors)
    }
  }
  for (const { extensions } of await ask('{ trail(first: 1) { nodes { entries { after } } } }')) {
    expect(extensions?.cost?.executor).toBe('interpreted')
  }
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

test('a table in one field takes less than half of the bytes of the nested form', async () => {
  const server = shared('demo')
  const fields = 'indicator { id } value status completion'
  const nested = await server.query(
    `{ units(level: DISTRICT) { nodes { code name evaluation { results { ${fields} } } } } }`,
  )
  const table = await server.query(
    '{ matrix(level: DISTRICT) { units { code name } indicators { id } values statuses completions } }',
  )
  const bytes = (answer: { readonly data: unknown }) => Buffer.byteLength(JSON.stringify(answer.data))
  expect(bytes(table) / bytes(nested)).toBeLessThan(0.4)
})
