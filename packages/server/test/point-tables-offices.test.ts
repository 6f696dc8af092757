// A table of an unusual kind, as courts could write one, in YAML: by the command of the package and by a server of its own,
// over real HTTP, from the draft to the frozen ranking. The table and all figures are synthetic.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-courts-'))
const CLI = fileURLToPath(new URL('../../targets/dist/esm/cli/main.js', import.meta.url))
const CLUSTER = 'cum-vung-thap'
const MEMBERS = ['094', '095', '099', '100', '102']
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const jwt: Record<string, string> = {}

const TABLE = `id: toa-an
version: "2022"
title: Bảng chấm điểm thi đua khối tòa án
note: Bảng thử, do bài kiểm tra đặt ra
total: 100
facts:
  giải quyết: { type: number, name: Tỷ lệ giải quyết }
  hủy: { type: number }
  sửa: { type: number }
  án: { type: number }
  án quá hạn: { type: number }
  kỷ luật: { type: text }
figures:
  tỷ lệ hủy, sửa: { ratio: [{ sum: [hủy, { product: [sửa, 0.5] }] }, án], times: 100 }
nodes:
  - code: "1"
    name: Tỷ lệ giải quyết
    points: 60
    rule: { kind: per-percent, of: giải quyết, target: 90, less: 1, begun: true }
  - code: "2"
    name: Chất lượng xét xử
    points: 40
    rule: { kind: full }
    children:
      - code: "2.1"
        name: Hủy, sửa trên 1,5%
        outside: true
        rule: { kind: beyond, of: "tỷ lệ hủy, sửa", above: 1.5, every: 0.1, first: -1, each: -1 }
  - code: "3"
    name: Án quá hạn
    outside: true
    floor: -10
    children:
      - { code: "3.1", name: Quá hạn, outside: true, rule: { kind: count, of: án quá hạn, each: -1 } }
      - { code: "3.2", name: Từ vụ thứ hai, outside: true, rule: { kind: count, of: án quá hạn, each: -1, free: 1 } }
      - { code: "3.3", name: Từ vụ thứ ba, outside: true, rule: { kind: count, of: án quá hạn, each: -1, free: 2 } }
grades:
  - { id: xs, name: Xuất sắc, from: 90, when: { fact: "points.1", operator: greaterThanInclusive, value: 58 } }
  - { id: t, name: Tốt, from: 60 }
  - { id: k, name: Khá }
ungraded:
  - { when: { fact: kỷ luật, operator: in, value: [cách chức, cảnh cáo] }, reason: Có người bị kỷ luật }
tieBreaks: [{ node: "1" }, { fact: án quá hạn, better: less }]
`
/** Rates, annulled and amended of 250 judgments, late ones, discipline. */
const REPORTED: Readonly<Record<string, readonly [number, number, number, number, string]>> = {
  '094': [89.2, 3, 4, 4, 'không'],
  '095': [90, 0, 0, 0, 'không'],
  '099': [95, 1, 2, 1, 'cảnh cáo'],
  '100': [90, 1, 1, 0, 'không'],
  '102': [70.5, 9, 0, 9, 'không'],
}
const NAMES = ['giải quyết', 'hủy', 'sửa', 'án quá hạn', 'kỷ luật']
/**
 * 094: 0,9% short is 1 begun; 2% are 6 less of 40; four late ones cost 1 + 2 + 3 + 3. 099 has 99, and no place. 102: 21,7% short
 * are 22; 3,6% are 22 less; late ones cost 24, at most 10.
 */
const EXPECTED = [
  ['095', 1, 100, 'Xuất sắc'],
  ['100', 1, 100, 'Xuất sắc'],
  ['094', 3, 84, 'Tốt'],
  ['102', 4, 46, 'Khá'],
  ['099', null, 99, null],
]

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
  for (const role of ['council', 'administrator', 'analyst']) jwt[role] = token('--role', role)
  jwt.head = token('--role', 'head', '--unit', '099')
  for (const unit of MEMBERS) jwt[unit] = token('--role', 'reporter', '--unit', unit)
  await right(
    `mutation { setClusterHead(input: { cluster: "${CLUSTER}", year: 2022, unit: "099", source: "Khối luân phiên" }) { cluster { code } } }`,
    'council',
  )
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = <Data>(text: string, who?: string, variables?: Record<string, unknown>) =>
  server.change<Data>(text, variables, who ? bearer(jwt[who] as string) : {})

async function right<Data>(text: string, who?: string, variables?: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await ask<Data>(text, who, variables)
  expect(errors).toBeUndefined()
  return data
}

interface Done {
  readonly pointTable: { state: string; printed: string } | null
  readonly errors: { path: string[]; code: string; message: string }[]
}

async function draft(text: string, who = 'head'): Promise<Answer<{ done: Done }>> {
  const query = `mutation ($file: File!) { done: draftPointTable(input: { cluster: "${CLUSTER}", year: 2022, reason: "Họp khối", file: $file }) { pointTable { state printed } errors { path code message(locale: VI) } } }`
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables: { file: null } }))
  form.append('map', '{"0":["variables.file"]}')
  form.append('0', new File([text], 'bang.yaml'))
  const response = await fetch(server.url, { method: 'POST', headers: bearer(jwt[who] as string), body: form })
  return (await response.json()) as Answer<{ done: Done }>
}

const adoption = (version: number) =>
  `mutation { done: adoptPointTable(input: { cluster: "${CLUSTER}", year: 2022, version: ${version}, number: "05/QĐ", date: "2022-02-25", note: "Quyết định" }) { pointTable { state printed } errors { path code message } } }`

async function agreed(version: number): Promise<void> {
  for (const unit of MEMBERS) {
    await right(
      `mutation { agreePointTable(input: { cluster: "${CLUSTER}", year: 2022, version: ${version}, unit: "${unit}", note: "Đồng ý" }) { errors { message } } }`,
      unit,
    )
  }
}

const points = (...args: string[]) => execFileSync(process.execPath, [CLI, 'points', ...args], { encoding: 'utf8' })

test('what never holds is refused by its path, and what is right is said', async () => {
  const { data, errors } = await draft(TABLE.replace('value: [cách chức, cảnh cáo]', 'value: [1]'))
  expect(errors).toBeUndefined()
  expect(data.done.errors).toMatchObject(
    [{ path: ['input', 'file', 'ungraded[0].when'], code: 'BAD_POINTS', message: /phải so với chữ, không phải 1/ }].map(
      (error) => ({ ...error, message: expect.stringMatching(error.message) }),
    ),
  )
})

test('drafted by the head, agreed by the members, adopted by the council, by nobody else', async () => {
  expect((await draft(TABLE, '094')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  expect((await draft(TABLE, 'analyst')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const { data } = await draft(TABLE)
  expect(data.done).toMatchObject({ errors: [], pointTable: { state: 'DRAFT' } })
  await agreed(1)
  for (const who of ['head', 'analyst', '094'])
    expect((await ask<{ done: Done }>(adoption(1), who)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const { done } = await right<{ done: Done }>(adoption(1), 'council')
  expect(done).toMatchObject({ errors: [], pointTable: { state: 'ADOPTED' } })
})

const record = (unit: string, fact: string, value: unknown) =>
  right('mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { revision } } }', 'council', {
    input: { unit, year: 2022, fact, value, evidence: 'Báo cáo' },
  })

const MEMBERS_RANKED = 'members { unit { code } rank points grade reasons lines { code points clause value } }'
interface Line {
  readonly code: string
  readonly points: number
  readonly clause: string
  readonly value: number | null
}
interface Place {
  readonly unit: { readonly code: string }
  readonly points: number
  readonly grade: string | null
}
interface Scored {
  readonly unit: string
  readonly rank: number | null
  readonly points: number
  readonly reasons: readonly string[]
  readonly lines: readonly Line[]
}
interface Ranked {
  readonly members: readonly (Place & Omit<Scored, 'unit'>)[]
}
const brief = ({ code, points: of, clause, value }: Line) => [code, of, clause, value]

test('ranked and frozen as the command scores the same file', async () => {
  for (const [unit, values] of Object.entries(REPORTED)) {
    for (const [name, value] of [...NAMES.map((name, i) => [name, values[i]]), ['án', 250]]) {
      await right(
        'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { revision } } }',
        'council',
        {
          input: { unit, year: 2022, fact: name, value, evidence: 'Báo cáo' },
        },
      )
    }
  }
  const { cluster } = await right<{ cluster: { pointRanking: Ranked } }>(
    `{ cluster(code: "${CLUSTER}") { pointRanking { ${MEMBERS_RANKED} } } }`,
    'analyst',
  )
  const { members } = cluster.pointRanking
  expect(members.map(({ unit, rank, points: of, grade }) => [unit.code, rank, of, grade])).toEqual(EXPECTED)

  const table = join(dataDir, 'bang.yaml')
  const facts = join(dataDir, 'so-lieu.json')
  writeFileSync(table, TABLE)
  writeFileSync(
    facts,
    JSON.stringify(
      Object.entries(REPORTED).map(([unit, values]) => ({
        unit,
        facts: { án: 250, ...Object.fromEntries(NAMES.map((name, i) => [name, values[i]])) },
      })),
    ),
  )
  expect(points('check', table)).toContain('7')
  const scored = JSON.parse(points('score', table, facts, '--json')) as Scored[]
  expect(
    scored.map(({ unit, rank, points: of, reasons, lines }) => [unit, rank, of, reasons, lines.map(brief)]),
  ).toEqual(
    members.map(({ unit, rank, points: of, reasons, lines }) => [unit.code, rank, of, reasons, lines.map(brief)]),
  )

  const { freezeRanking } = await right<{ freezeRanking: { document: string; places: Place[] } }>(
    `mutation { freezeRanking(input: { cluster: "${CLUSTER}", year: 2022, reason: "Tổng kết" }) { ranking { document places { unit { code } points grade } } } }`,
    'council',
  )
  const { places, document } = freezeRanking
  expect(places.map(({ unit, points: of, grade }) => [unit.code, of, grade])).toEqual(
    EXPECTED.map(([unit, , of, grade]) => [unit, of, grade]),
  )
  expect(JSON.parse(document)).toMatchObject({ format: 2, pointTable: { version: 1, table: { id: 'toa-an' } } })
  const printed = await right<{ cluster: { pointTable: { printed: string } } }>(
    `{ cluster(code: "${CLUSTER}") { pointTable { printed } } }`,
  )
  expect(printed.cluster.pointTable.printed.trim()).toBe(points('print', table).trim())
})

/** A bloc of banks: against the mean of the bloc, by a coefficient of each, the rest by the leader's; one in five is the best. */
const BANKS = {
  ...{
    id: 'khoi-ngan-hang',
    version: '2022',
    title: 'Bảng điểm khối ngân hàng',
    note: 'Bảng thử, do bài kiểm tra đặt ra',
  },
  total: 100,
  facts: Object.fromEntries(['nợ xấu', 'dư nợ', 'hệ số', 'sáng kiến'].map((name) => [name, { type: 'number' }])),
  figures: { 'so với bình quân': { difference: ['nợ xấu', { cluster: 'mean', of: 'nợ xấu' }] } },
  nodes: [
    {
      ...{ code: '1', name: 'Nợ xấu', points: 40 },
      rule: {
        kind: 'steps',
        of: 'so với bình quân',
        steps: [
          { to: 0, points: 40 },
          { above: 0, to: 1, points: 20 },
        ],
      },
    },
    { code: '2', name: 'Dư nợ', points: 60, rule: { kind: 'leader', of: { product: ['dư nợ', 'hệ số'] } } },
    {
      ...{ code: '3', name: 'Sáng kiến', outside: true, leaderGets: 5 },
      rule: { kind: 'count', of: 'sáng kiến', each: 2 },
    },
  ],
  grades: [
    { id: 'a', name: 'Dẫn đầu', from: 80, atMost: { share: 0.2, members: true } },
    { id: 'b', name: 'Tiên tiến' },
  ],
}

test('amended to the table of a bloc of banks: the mean, the leader and the quota are of its members', async () => {
  const { done } = await right<{ done: Done }>(
    `mutation ($table: JSON) { done: draftPointTable(input: { cluster: "${CLUSTER}", year: 2022, reason: "Đổi bảng", table: $table }) { pointTable { state printed } errors { path code message } } }`,
    'head',
    { table: BANKS },
  )
  expect(done).toMatchObject({ errors: [], pointTable: { state: 'DRAFT' } })
  await agreed(2)
  expect((await right<{ done: Done }>(adoption(2), 'council')).done).toMatchObject({ pointTable: { state: 'ADOPTED' } })
  for (const [i, unit] of MEMBERS.entries()) {
    await record(unit, 'nợ xấu', [1, 2, 3, 1.5, 2.5][i])
    await record(unit, 'dư nợ', [90, 100, 50, 60, 20][i])
    await record(unit, 'hệ số', [1, 1, 1, 1.5, 1][i])
    await record(unit, 'sáng kiến', [0, 2, 1, 4, 0][i])
  }
  const { cluster } = await right<{ cluster: { pointRanking: Ranked; pointTable: { printed: string } } }>(
    `{ cluster(code: "${CLUSTER}") { pointTable { printed } pointRanking { ${MEMBERS_RANKED} } } }`,
    '095',
  )
  // The mean is 2, the leader's balance 100, its initiatives 4.
  expect(cluster.pointRanking.members.map(({ unit, points: of, grade }) => [unit.code, of, grade])).toEqual([
    ['095', 102.5, 'Dẫn đầu'],
    ['100', 99, 'Tiên tiến'],
    ['094', 94, 'Tiên tiến'],
    ['099', 51.25, 'Tiên tiến'],
    ['102', 32, 'Tiên tiến'],
  ])
  const table = join(dataDir, 'ngan-hang.json')
  writeFileSync(table, JSON.stringify(BANKS))
  expect(cluster.pointTable.printed.trim()).toBe(points('print', table).trim())
})
