// Units that stand for a part of a year only, whose codes other units take over in it: named by what takes a year alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { publishYears } from './later-years.ts'
import { xlsx } from './sample-workbooks.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let administrator: Record<string, string>

type Found = Record<string, never>
const change = (call: string, headers = administrator) => server.change<Found>(`mutation { it: ${call} }`, {}, headers)
const made = async (call: string, headers = administrator) => {
  const { data, errors } = await change(call, headers)
  expect([call, errors]).toEqual([call, undefined])
  return data.it as unknown
}
const refused = async (call: string, headers = administrator) => {
  const { data, errors } = await change(call, headers)
  expect([call, data?.it ?? null]).toEqual([call, null])
  return { message: errors?.[0]?.message, ...errors?.[0]?.extensions } as Record<string, unknown>
}

// From July 2024 on 03127 is another ward, which took the place of 03127 and of 03130: an invented merger.
beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  administrator = bearer(token('--role', 'administrator'))
  await publishYears(server, administrator, 2023, 2024)
  await made(`changeUnits(input: { decision: "NQ 7/NQ-HĐND", create: [{ code: "03127", name: "Phường Him Lam Mới", kind: "Phường",
    level: COMMUNE, parent: "11", from: "2024-07-01", predecessors: ["03127", "03130"] }] }) { units { code } }`)
  // Points are for targets of their own.
  for (const [unit, on] of [
    ['03130', '2024-01-01'],
    ['03127', '2024-01-01'],
    ['03127', '2024-12-31'],
  ]) {
    await made(`assignTargets(input: { year: 2024, validFrom: "2024-01-01", source: "KH 1", on: "${on}",
      targets: [{ unit: "${unit}", indicator: "poverty-rate", value: 12 }] }) { units { code } }`)
  }
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const SIGNED = 'signedBy: "A", evidence: "CV 1"'
/** What names a unit and a year alone. */
const CALLS: readonly (readonly [mutation: string, call: (unit: string) => string])[] = [
  [
    'recordFact',
    (unit) =>
      `recordFact(input: { ${unit}, year: 2024, fact: "disciplined", value: false, evidence: "CV 1" }) { unit { name } }`,
  ],
  [
    'signPact',
    (unit) =>
      `signPact(input: { ${unit}, year: 2024, signedOn: "2024-03-15", ${SIGNED}, targets: [] }) { unit { name } }`,
  ],
  [
    'fileDocument',
    (unit) =>
      `fileDocument(input: { ${unit}, year: 2024, kind: MIDTERM, filedOn: "2024-06-20", ${SIGNED} }) { unit { name } }`,
  ],
  [
    'submitScore',
    (unit) =>
      `submitScore(input: { ${unit}, year: 2024, stage: SELF, scoredOn: "2024-06-25", ${SIGNED}, lines: [{ item: "poverty-rate", points: 1 }] }) { unit { name } }`,
  ],
]

describe.each(CALLS)('%s', (_, call) => {
  test('names who ended in the year', async () => {
    expect(await made(call('unit: "03130"'))).toEqual({ name: 'Phường Thanh Bình' })
  })

  test('is told both where two had the code in it, and takes a day', async () => {
    expect(await refused(call('unit: "03127"'))).toMatchObject({
      code: 'AMBIGUOUS_UNIT',
      argument: 'input.unit',
      value: '03127',
      nearest: '2024-07-01',
      message:
        'in 2024 the code "03127" was of Phường Him Lam until 2024-06-30; Phường Him Lam Mới from 2024-07-01: say on which day (on)',
    })
    expect(await made(call('unit: "03127", on: "2024-05-02"'))).toEqual({ name: 'Phường Him Lam' })
    expect(await made(call('unit: "03127", on: "2024-07-01"'))).toEqual({ name: 'Phường Him Lam Mới' })
    expect(await refused(call('unit: "03127", on: "2023-05-02"'))).toMatchObject({
      code: 'BAD_DATE',
      argument: 'input.on',
    })
  })
})

test('the years before and after have one unit of that code each', async () => {
  const fact = (year: number) =>
    `recordFact(input: { unit: "03127", year: ${year}, fact: "disciplined", value: false, evidence: "CV 1" }) { unit { name } }`
  expect(await made(fact(2023))).toEqual({ name: 'Phường Him Lam' })
})

test('targets are of the units of the year, too', async () => {
  const assign = (units: readonly string[], more = '') =>
    `assignTargets(input: { year: 2024, validFrom: "2024-02-01", source: "KH 1" ${more}, targets: [${units
      .map((unit) => `{ unit: "${unit}", indicator: "poverty-rate", value: 12 }`)
      .join()}] }) { units { name } }`
  expect(await made(assign(['03130']))).toEqual([{ name: 'Phường Thanh Bình' }])
  expect(await refused(assign(['03133', '03127']))).toMatchObject({
    code: 'AMBIGUOUS_UNIT',
    argument: 'input.targets[1].unit',
  })
  expect(await made(assign(['03133', '03127'], ', on: "2024-01-01"'))).toEqual([
    { name: 'Phường Tân Thanh' },
    { name: 'Phường Him Lam' },
  ])
})

test('who ended files for its own unit still, and for no other of its code', async () => {
  const reporter = bearer(token('--role', 'reporter', '--unit', '03130'))
  const file = (unit: string) =>
    `fileDocument(input: { ${unit}, year: 2024, kind: PLAN, filedOn: "2024-02-20", ${SIGNED} }) { unit { name } }`
  expect(await made(file('unit: "03130"'), reporter)).toEqual({ name: 'Phường Thanh Bình' })
  expect(await refused(file('unit: "03127", on: "2024-01-20"'), reporter)).toMatchObject({ code: 'FORBIDDEN' })
})

describe('members of a cluster', () => {
  const CLUSTER = 'cum-cac-phuong'
  const member = (unit: string, year = 2024) =>
    `setMembership(input: { cluster: "${CLUSTER}", year: ${year}, ${unit}, source: "QĐ 4" }) { unit { name } }`

  test('stand at the end of its year: that of the code, unless a day says another, who is refused', async () => {
    await made(
      `createCluster(input: { code: "${CLUSTER}", name: "Cụm các phường", nameEn: "Wards", kind: CLUSTER, firstYear: 2023, source: "QĐ 3" }) { cluster { code } }`,
    )
    expect(await made(member('unit: "03127"'))).toEqual({ name: 'Phường Him Lam Mới' })
    for (const unit of ['unit: "03130"', 'unit: "03127", on: "2024-02-01"']) {
      expect(await refused(member(unit))).toMatchObject({
        code: 'BAD_INPUT',
        argument: 'input.unit',
        message: 'the unit ended on 2024-06-30: it does not compete to the end of 2024',
      })
    }
    for (const unit of ['03127', '03130', '03133']) await made(member(`unit: "${unit}"`, 2023))
  })

  test('who alone can head it or leave it is meant by a code', async () => {
    const head = `setClusterHead(input: { cluster: "${CLUSTER}", year: 2024, unit: "03127", source: "BB 1" }) { unit { name } }`
    expect(await made(head)).toEqual({ name: 'Phường Him Lam Mới' })
    const leave = (year: number, unit: string) =>
      `removeMembership(input: { cluster: "${CLUSTER}", year: ${year}, unit: "${unit}", source: "BB 2" }) { unit { name } }`
    expect(await made(leave(2024, '03127'))).toEqual({ name: 'Phường Him Lam Mới' })
    expect(await made(leave(2023, '03127'))).toEqual({ name: 'Phường Him Lam' })
  })
})

describe('a workbook', () => {
  const TARGETS = ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu']
  async function send(rows: (string | number)[][], headers = administrator, sheet = 'Chỉ tiêu giao', header = TARGETS) {
    const body = new FormData()
    const query =
      'mutation ($input: SetUpInput!) { setUp(input: $input) { sheets { created } problems { cell message(locale: EN) } errors { message } } }'
    body.set('operations', JSON.stringify({ query, variables: { input: { file: null, source: 'QĐ 2/QĐ-UBND' } } }))
    body.set('map', '{"0":["variables.input.file"]}')
    body.set('0', new Blob([(await xlsx({ [sheet]: [header, ...rows] })) as BlobPart]), 'so-tinh.xlsx')
    const response = await fetch(server.url, { method: 'POST', headers, body })
    const { data, errors } = (await response.json()) as Answer<{
      setUp: { sheets: { created: number }[]; problems: { cell: string; message: string }[] }
    }>
    expect(errors).toBeUndefined()
    return data.setUp
  }

  test('names who ended in the year by code or full name, and is told where a code is of two', async () => {
    const { problems } = await send([
      [2024, '03130', 'forest-cover', 90],
      [2024, '03127', 'forest-cover', 91],
    ])
    expect(problems).toEqual([
      { cell: 'B3', message: expect.stringContaining('was of Phường Him Lam until 2024-06-30') },
    ])
    const stored = await send([
      [2024, '03130', 'forest-cover', 90],
      [2024, 'Phường Him Lam', 'forest-cover', 91],
      [2024, 'Phường Him Lam Mới', 'forest-cover', 92],
    ])
    expect(stored).toMatchObject({ problems: [], sheets: [{ created: 3 }] })
    const { data } = await server.query(
      `{ was: unit(code: "03127", on: "2024-01-01") { targets(year: 2024) { value } }
        is: unit(code: "03127", on: "2024-12-31") { targets(year: 2024) { value } } }`,
    )
    expect(data).toEqual({
      was: { targets: expect.arrayContaining([{ value: 91 }]) },
      is: { targets: expect.arrayContaining([{ value: 92 }]) },
    })
  })

  test('changes nothing in the cluster of the own unit; elsewhere it does, and what stands may be sent again', async () => {
    const local = bearer(token('--role', 'administrator', '--unit', '103'))
    const send2022 = (rows: (string | number)[][], sheet: string, header: string[]) => send(rows, local, sheet, header)
    const MEMBERS = ['Năm', 'Mã cụm, khối', 'Đơn vị']
    const { problems } = await send2022(
      [
        [2022, 'cum-vung-cao', '096', ''],
        [2022, 'cum-vung-thap', '098', 'cum-vung-cao'],
        [2022, 'cum-vung-cao', '095', 'cum-vung-thap'],
      ],
      'Thành viên',
      [...MEMBERS, 'Chuyển từ cụm, khối'],
    )
    expect(problems.map(({ cell }) => cell)).toEqual(['C3', 'C4'])
    for (const { message } of problems) expect(message).toContain('where the own unit competes: 103 is in cum-vung-cao')
    expect((await send2022([[2022, 'cum-vung-cao', '101']], 'Trưởng cụm, khối', MEMBERS)).problems).toHaveLength(1)
    expect((await send2022([[2022, 'cum-vung-thap', '099']], 'Trưởng cụm, khối', MEMBERS)).problems).toEqual([])
    expect((await send2022([[2022, '096', 'forest-cover', 40]], 'Chỉ tiêu giao', TARGETS)).problems).toHaveLength(1)
    expect((await send2022([[2022, '095', 'health-insurance', 97]], 'Chỉ tiêu giao', TARGETS)).problems).toEqual([])
    const DEADLINES = ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối']
    expect((await send2022([[2022, '', 'kế hoạch', '2022-04-30']], 'Thời hạn', DEADLINES)).problems).toHaveLength(1)
    expect(
      (await send2022([[2022, 'cum-vung-thap', 'kế hoạch', '2022-04-30']], 'Thời hạn', DEADLINES)).problems,
    ).toEqual([])
    const CLUSTERS = ['Mã cụm, khối', 'Tên cụm, khối', 'Loại', 'Từ năm']
    expect((await send2022([['cum-vung-cao', 'Cụm một', 'cụm', 2024]], 'Cụm, khối', CLUSTERS)).problems).toHaveLength(1)
  })
})

test('every change is in the trail, and nothing beside it', async () => {
  const { data } = await server.query('{ trailGaps { what table } }', {}, administrator)
  expect(data).toEqual({ trailGaps: [] })
})
