// The queries with which GraphiQL opens: they answer, and each runs a number of SQL statements that does not grow with the
// data. The numbers are pinned: one more statement is a decision, not an accident.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSchema, getOperationAST, getVariableValues, Kind, parse, validate } from 'graphql'
import { readyQueries } from '../dist/http/ready-queries.js'
import { schema as served } from '../dist/schema.js'
import {
  ANEW,
  type Answer,
  cleanUp,
  type SharedKind as Data,
  ownDatabase,
  type RunningServer,
  shared,
  start,
} from './harness.ts'
import { publishYears } from './later-years.ts'
import { type ListedQuery, listedBy } from './listed-queries.ts'
import { told } from './payloads.ts'
import { FIRST_YEAR, xlsx } from './sample-workbooks.ts'
import { bearer, tokens } from './tokens.ts'

afterAll(cleanUp)

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
  '11-nam-thi-dua': 5, // the head of the cluster; the cluster, its frozen rankings and their steps; whether scores are published
  '13-bao-cao': 7, // frozen rankings, their steps; whether scores are published; point tables, members, pacts, sheets: of all clusters at once
  '14-tong-hop': 1, // when the figures were recorded
  '19-bang-tieu-chi': 4, // versions of the table, their steps, the members and their pacts
}

/** An example of variables with a file of one figure in the place of a file, which is no JSON. */
function withFile(variables: Record<string, unknown>): Record<string, unknown> {
  const { input } = variables as { input?: Record<string, unknown> }
  if (!input || !('file' in input)) return variables
  const rows = 'unit,indicator,value\n102,forest-cover,46.2\n'
  return { input: { ...input, file: new File([rows], 'so-lieu.csv', { type: 'text/csv' }) } }
}

/** Carries an operation out, with its file where it has one: what is wrong with it, if anything is. */
async function carryOut(url: string, headers: Record<string, string>, query: string, variables: object) {
  const { input } = withFile({ ...variables }) as { input?: { file?: File } }
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables }))
  form.append('map', input?.file ? '{"0":["variables.input.file"]}' : '{}')
  const workbook = /\bsetUp\(/.test(query)
    ? new File([(await xlsx(FIRST_YEAR)) as BlobPart], 'so-tinh.xlsx')
    : undefined
  if (input?.file) form.append('0', workbook ?? input.file)
  const response = await fetch(url, { method: 'POST', headers, body: form })
  return told((await response.json()) as Answer<unknown>, 'errors').errors
}

/** The example of a file of one query; none where it needs none. */
async function exampleOf(name: string, server: RunningServer): Promise<Record<string, unknown>> {
  const text = read(name)
  const variables = (await listedBy(server)).find((query) => query.text === text)?.variables
  return JSON.parse(variables || '{}') as Record<string, unknown>
}

const read = (name: string) => readFileSync(new URL(`${name}.graphql`, folder), 'utf8')
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''))
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

describe('as GraphiQL lists them', () => {
  const ready = readyQueries()
  let demo: readonly ListedQuery[]
  beforeAll(async () => {
    demo = await listedBy(shared('demo'))
  })
  const examples = JSON.parse(readFileSync(new URL('variables.json', folder), 'utf8')) as Record<string, object>

  test('each operation once, with a name of its own, the first of them one that runs at once', () => {
    const names = ready.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const { length } = all.filter((name) => /^mutation/m.test(read(name)))
    expect(ready).toHaveLength(all.length - length + ready.filter(({ kind }) => kind === 'mutation').length)
    expect(ready[0]).toMatchObject({ name: 'Tiến độ của tỉnh', kind: 'query', variables: '' })
  })

  test.each(ready)('$name: its text is whole, and says in Vietnamese what it is for', ({ name, about, text }) => {
    expect(validate(served, parse(text))).toEqual([])
    expect(getOperationAST(parse(text))).not.toBeNull()
    expect(text.split('\n').slice(0, 2)).toEqual([`# ${name}`, `# ${about}`])
    expect(name).toMatch(/^\p{Lu}[^:]{5,40}$/u)
    expect(about).toMatch(/[àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ].*[.?]$/iu)
  })

  test('every example belongs to an operation', () => {
    const operations = ready.map(({ text }) => getOperationAST(parse(text))?.name?.value)
    expect(operations).toEqual(expect.arrayContaining(Object.keys(examples)))
  })

  test.each(ready)('$name: its example is what its operation takes, and all that it needs', ({ name, text }) => {
    const variables = demo.find((query) => query.name === name)?.variables
    const definitions = getOperationAST(parse(text))?.variableDefinitions ?? []
    const values = variables ? (JSON.parse(variables) as Record<string, unknown>) : {}
    // A file is no JSON: null stands where the form puts it.
    expect(getVariableValues(served, definitions, withFile(values)).errors).toBeUndefined()
    const known = definitions.map(({ variable }) => variable.name.value)
    expect(known).toEqual(expect.arrayContaining(Object.keys(values)))
  })

  test('every mutation is among them, with an example', () => {
    const asked = ready
      .filter(({ kind, variables }) => kind === 'mutation' && variables !== '')
      .flatMap(({ text }) => getOperationAST(parse(text))?.selectionSet.selections ?? [])
      .map((field) => (field.kind === Kind.FIELD ? field.name.value : null))
    expect(asked.sort()).toEqual(Object.keys(served.getMutationType()?.getFields() ?? {}).sort())
  })

  test('where only trusted documents are answered, these are, and what the page asks by itself', async () => {
    const server = await start({ ...(await ownDatabase('plain')), ONLY_TRUSTED: '1' })
    try {
      const page = new URL('../graphiql/operations/', import.meta.url)
      const queries = readdirSync(page).map((file) => readFileSync(new URL(file, page), 'utf8'))
      const codes = async (text: string, variables: string) =>
        (await server.query(text, JSON.parse(variables || '{}') as Record<string, unknown>)).errors?.map(
          ({ extensions }) => extensions.code,
        ) ?? []
      expect(await codes('{ __typename }', '')).toEqual(['UNTRUSTED_DOCUMENT'])
      for (const { text, variables } of [...demo, ...queries.map((text) => ({ text, variables: '' }))]) {
        expect([text, await codes(text, variables)]).not.toEqual([text, ['UNTRUSTED_DOCUMENT']])
      }
    } finally {
      await server.stop()
    }
  })

  test('the mutations go through one after the other as they are, from the pact to the revocation', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
    const environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
    const server = await start(environment)
    try {
      const administrator = bearer(tokens(() => environment)('--role', 'administrator'))
      const memberOf = (unit: string) => bearer(tokens(() => environment)('--role', 'reporter', '--unit', unit))
      for (const { name, text, variables, kind } of demo) {
        if (kind !== 'mutation') continue
        const values = JSON.parse(variables) as { readonly input: { readonly unit?: string } }
        // Members go on in a year that has a directive.
        if (name === 'Chuyển thành viên sang năm sau') await publishYears(server, administrator, 2023)
        // Only a member answers for itself.
        const isAnswer = name === 'Cho ý kiến về bảng tiêu chí'
        const headers = isAnswer ? memberOf(values.input.unit as string) : administrator
        expect([name, await carryOut(server.url, headers, text, values)]).toEqual([name, undefined])
        // All members agree to a table before it is adopted.
        if (isAnswer) {
          const { data } = await server.query<{ cluster: { members: { unit: { code: string } }[] } }>(
            '{ cluster(code: "cum-vung-cao", year: 2022) { members { unit { code } } } }',
          )
          for (const { unit } of data.cluster.members) {
            const other = { input: { ...values.input, unit: unit.code } }
            expect(await carryOut(server.url, memberOf(unit.code), text, other)).toBeUndefined()
          }
        }
        // All that were proposed are appraised before anything is decided.
        if ('verdict' in values.input) {
          const other = { input: { ...values.input, unit: '097' } }
          expect(await carryOut(server.url, administrator, text, other)).toBeUndefined()
        }
      }
    } finally {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describe.each(['plain', 'demo'] as Data[])('on the %s data', (kind) => {
  // What is held in memory is read once; the numbers are those of every request after the first.
  beforeAll(() =>
    shared(kind).query('{ unit(code: "11") { evaluation { summary { met } } measurements(year: 2021) { value } } }'),
  )

  test.each(names)('%s', async (name) => {
    const text = read(name)
    const { data, errors, extensions } = await shared(kind).query(text, await exampleOf(name, shared(kind)))
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
    expect(extensions?.cost?.sqlStatements).toBe(STATEMENTS[name])
  })
})

test.each(names)('%s says the same compiled as interpreted', async (name) => {
  const server = shared('demo')
  // A text that was never asked for is interpreted; from the second time on it is compiled.
  const text = `# ${Math.random()}\n${read(name)}`
  const variables = await exampleOf(name, server)
  const answers = [
    await server.query(text, variables, ANEW),
    await server.query(text, variables, ANEW),
    await server.query(text, variables, ANEW),
  ]
  expect(answers.map(({ extensions }) => extensions?.cost?.executor)).toEqual(['interpreted', 'compiled', 'compiled'])
  for (const { data, errors } of answers) {
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).toBe(JSON.stringify(answers[0]?.data))
  }
})

test('an error is the same compiled as interpreted, and what asks Prisma for relations stays interpreted', async () => {
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
  const answer = await server.query(`{ units(first: 1) { nodes ${body} } }`)
  const all = await server.query(`{ units(first: 200) { nodes ${body} } }`)
  expect(all.errors).toBeUndefined()
  // The first unit, the province, has no parent and no cluster, hence no statements for those.
  expect(all.extensions?.cost?.sqlStatements).toBeLessThanOrEqual((answer.extensions?.cost?.sqlStatements ?? 0) + 5)
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
