// Units through time: the 45 communes of 2025 over the 129 of 2022, and a merger in the middle of a year of figures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

interface Problem {
  readonly path: readonly string[]
  readonly code: string
  readonly message: string
}
interface Changed {
  readonly changeUnits: {
    readonly units: readonly { readonly id: string; readonly code: string; readonly name: string }[]
    readonly errors: readonly Problem[]
    readonly replayed: boolean
  }
}
interface Page {
  readonly totalCount: number
  readonly nodes: readonly { readonly code: string; readonly name: string }[]
}

const UNITS_2025 = JSON.parse(readFileSync(new URL('../../../prisma/seed/units-2025.json', import.meta.url), 'utf8'))
const DECISION = 'Quyết định 7/QĐ (giả định, synthetic)'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-units-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const administrator = () => bearer(token('--role', 'administrator'))

const CHANGE = `mutation ($input: ChangeUnitsInput!) {
  changeUnits(input: $input) { units { id code name } errors { path code message(locale: EN) } replayed }
}`
const changeUnits = async (input: object): Promise<Changed['changeUnits']> => {
  const { data, errors } = await server.query<Changed>(
    CHANGE,
    { input: { decision: DECISION, ...input } },
    administrator(),
  )
  expect(errors).toBeUndefined()
  return data.changeUnits
}
const stored = async (input: object) => {
  const changed = await changeUnits(input)
  expect(changed.errors).toEqual([])
  return changed.units
}
const ask = async <Data>(text: string, headers: Record<string, string> = {}): Promise<Data> => {
  const { data, errors } = await server.query<Data>(text, {}, headers)
  expect(errors).toBeUndefined()
  return data
}
const submit = (unit: string, asOf: string, value: number, indicator = 'jobs-created', headers = administrator()) =>
  server.query<{ submitMeasurements: { unit: { id: string; name: string } | null; errors: readonly Problem[] } }>(
    `mutation { submitMeasurements(input: { unit: "${unit}", year: ${asOf.slice(0, 4)}, asOf: "${asOf}", status: OFFICIAL, values: [{ indicator: "${indicator}", value: ${value} }] }) { unit { id name } errors { path code message } } }`,
    {},
    headers,
  )
const codeOf = ({ errors = [] }: Answer<unknown>) => errors[0]?.extensions.code

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the 129 communes of 2022 become the 45 of July 2025', () => {
  const page = (on: string, level: string) =>
    ask<{ units: Page }>(`{ units(level: ${level}, on: "${on}", first: 1) { totalCount nodes { code name } } }`)
  const counts = async (on: string) =>
    Promise.all(['PROVINCE', 'DISTRICT', 'COMMUNE'].map(async (level) => (await page(on, level)).units.totalCount))

  test('a dry run stores nothing', async () => {
    expect(await changeUnits({ ...UNITS_2025, dryRun: true })).toEqual({ units: [], errors: [], replayed: false })
    expect(await counts('2025-07-01')).toEqual([1, 0, 0])
  })

  test('by one change, all or none, which is made once for its key', async () => {
    const wrong = await changeUnits({
      ...UNITS_2025,
      create: [...UNITS_2025.create, { ...UNITS_2025.create[0], code: '03161', predecessors: ['99999'] }],
    })
    expect(wrong).toMatchObject({
      units: [],
      errors: [{ path: ['input', 'create', '45', 'predecessors', '0'], code: 'UNKNOWN_UNIT' }],
    })
    expect(await counts('2025-07-01')).toEqual([1, 0, 0])
    const input = { ...UNITS_2025, idempotencyKey: 'units-2025' }
    expect((await changeUnits(input)).units.filter(({ id }) => id.length > 0)).toHaveLength(45)
    expect(await changeUnits(input)).toMatchObject({ replayed: true, errors: [] })
  })

  test('the tree is that of the day', async () => {
    expect(await counts('2025-06-30')).toEqual([1, 10, 129])
    expect(await counts('2025-07-01')).toEqual([1, 0, 45])
    const tree = (on: string, code: string) =>
      ask(`{ unit(code: "${code}", on: "${on}") { name parent { name parent { name } children { totalCount } } } }`)
    expect(await tree('2025-06-30', '03127')).toEqual({
      unit: {
        name: 'Phường Him Lam',
        parent: { name: 'Thành phố Điện Biên Phủ', parent: { name: 'Tỉnh Điện Biên' }, children: { totalCount: 12 } },
      },
    })
    expect(await tree('2025-07-01', '03127')).toEqual({
      unit: {
        name: 'Phường Điện Biên Phủ',
        parent: { name: 'Tỉnh Điện Biên', parent: null, children: { totalCount: 45 } },
      },
    })
  })

  test('a code is of one unit in 2022 and of another since, each with its own id', async () => {
    const { before, after } = await ask<
      Record<string, { id: string; validFrom: string | null; validTo: string | null }>
    >(
      '{ before: unit(code: "03127", on: "2022-12-31") { id validFrom validTo } after: unit(code: "03127", on: "2025-07-01") { id validFrom validTo } }',
    )
    expect(before).toEqual({ id: Buffer.from('Unit:03127').toString('base64'), validFrom: null, validTo: '2025-06-30' })
    expect(after).toMatchObject({ validFrom: '2025-07-01', validTo: null })
    const nodes = await ask<Record<string, { name: string }>>(
      `{ before: node(id: "${before?.id}") { ... on Unit { name } } after: node(id: "${after?.id}") { ... on Unit { name } } }`,
    )
    expect(nodes).toEqual({ before: { name: 'Phường Him Lam' }, after: { name: 'Phường Điện Biên Phủ' } })
  })

  test('who followed whom is told from both sides, with the decision', async () => {
    const { him, thanh } = await ask<
      Record<string, { successors: object[]; predecessors: { unit: { name: string } }[] }>
    >(
      '{ him: unit(code: "03127", on: "2025-07-01") { successors { on } predecessors { on kind decision unit { name } } } thanh: unit(code: "03334") { predecessors { on } successors { on kind decision unit { name code } } } }',
    )
    expect(him?.successors).toEqual([])
    expect(him?.predecessors.map(({ unit }) => unit.name).sort()).toEqual([
      'Phường Him Lam',
      'Phường Mường Thanh',
      'Phường Tân Thanh',
      'Phường Thanh Bình',
      'Phường Thanh Trường',
      'Xã Thanh Minh',
    ])
    expect(thanh).toMatchObject({
      predecessors: [],
      successors: [
        {
          on: '2025-07-01',
          kind: 'MERGED',
          decision: expect.stringContaining('1661/NQ-UBTVQH15'),
          unit: { name: 'Phường Mường Thanh', code: '03334' },
        },
      ],
    })
  })

  test('a unit is found by another spelling of its name, and by that of the resolution', async () => {
    const names = async (search: string, on = '2022-12-31') =>
      (
        await ask<{ units: Page }>(`{ units(search: "${search}", on: "${on}") { totalCount nodes { code name } } }`)
      ).units.nodes.map(({ code }) => code)
    expect(await names('Huổi Lếch')).toEqual(['03177'])
    expect(await names('huoi lenh')).toEqual(['03177'])
    expect(await names('him lam', '2025-07-01')).toEqual([])
    expect(await ask('{ unit(code: "03177") { aliases { name } } }')).toEqual({
      unit: { aliases: [{ name: 'Xã Huổi Lếch' }] },
    })
  })

  test('a code that nobody has on that day is told with who had it and when', async () => {
    const { errors } = await server.query('{ unit(code: "03130", on: "2025-07-01") { name } }')
    expect(errors?.[0]?.extensions.code).toBe('UNKNOWN_UNIT')
    expect(errors?.[0]?.message).toMatch(/Phường Tân Thanh|Phường .* (đến|until) 2025-06-30/)
  })

  test('the token of a code is that of the unit that has it today: nobody writes the past of another', async () => {
    const of = (unit: string) => bearer(token('--role', 'reporter', '--unit', unit))
    // Phường Điện Biên Phủ today; the figures of 2022 are those of phường Him Lam.
    expect(codeOf(await submit('03127', '2022-12-31', 10, 'jobs-created', of('03127')))).toBe('FORBIDDEN')
    // A district that has ended still answers for what it was.
    expect(codeOf(await submit('03127', '2022-12-31', 10, 'jobs-created', of('094')))).toBeUndefined()
    expect(await ask('{ unit(code: "03127") { measurements { value } } }')).toEqual({
      unit: { measurements: [{ value: 10 }] },
    })
  })
})

describe('communes are merged in the middle of a year (invented)', () => {
  // Two communes of Mường Nhé, under the code of the first.
  const MERGER = {
    create: [
      {
        code: '03157',
        name: 'Xã Chung Vì',
        kind: 'Xã',
        level: 'COMMUNE',
        parent: '096',
        from: '2022-07-01',
        predecessors: ['03157', '03161'],
      },
    ],
  }

  test('not where one of them has figures of a later day', async () => {
    await submit('03161', '2022-09-30', 1)
    expect((await changeUnits(MERGER)).errors.map(({ path, code }) => [path.at(-1), code])).toEqual(
      // The new unit ends with those of 2025, whose predecessor it would be: by its code another unit stood until then.
      expect.arrayContaining([['1', 'FIGURES_AFTER']]),
    )
  })
})
