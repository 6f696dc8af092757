// A point table from a head's spreadsheet to the ranking that is frozen by it, over real HTTP, on the published data. What
// the units report here is invented by this test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from '@dienbien/targets/table'
import { ANEW, type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const jwt: Record<string, string> = {}
const CLUSTER = 'cum-vung-thap'
const MEMBERS = ['094', '095', '099', '100', '102']

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
  jwt.head = token('--role', 'head', '--unit', '099')
  jwt.council = token('--role', 'council')
  jwt.administrator = token('--role', 'administrator')
  jwt.analyst = token('--role', 'analyst')
  jwt.reporter = token('--role', 'reporter', '--unit', '102')
  jwt['head of 097'] = token('--role', 'head', '--unit', '097')
  for (const unit of MEMBERS) jwt[unit] = token('--role', 'reporter', '--unit', unit)
  const set = `mutation { setClusterHead(input: { cluster: "${CLUSTER}", year: 2022, unit: "099", source: "Cụm luân phiên" }) { cluster { code } } }`
  expect((await ask(set, 'council')).errors).toBeUndefined()
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = <Data = Record<string, never>>(text: string, who?: string, variables?: Record<string, unknown>) =>
  server.change<Data>(text, variables, who ? bearer(jwt[who] as string) : {})

interface Problem {
  readonly path: string[]
  readonly code: string
  readonly message: string
  readonly nearest: string | null
}
interface Payload {
  readonly pointTable: { version: number; state: string; hash: string; notAgreed: { code: string }[] } | null
  readonly sheet?: { points: number; revision: number; assessor: string } | null
  readonly errors: Problem[]
}
const FIELDS = 'pointTable { version state hash notAgreed { code } } errors { path code message nearest }'

/** A mutation with one input, as somebody; its payload. */
async function act(who: string, name: string, type: string, input: object, fields = FIELDS): Promise<Payload> {
  const { data, errors } = await ask<Record<string, Payload>>(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${fields} } }`,
    who,
    { input },
  )
  expect(errors).toBeUndefined()
  return data.done as Payload
}
const draft = (who: string, input: object) =>
  act(who, 'draftPointTable', 'DraftPointTableInput', { cluster: CLUSTER, year: 2022, reason: 'Họp cụm', ...input })
const answer = (unit: string, input: object = {}, who = unit) =>
  act(who, 'agreePointTable', 'AgreePointTableInput', {
    ...{ cluster: CLUSTER, year: 2022, version: 1, unit, note: 'Công văn đồng ý', ...input },
  })
const adopt = (input: object = {}) =>
  act('council', 'adoptPointTable', 'AdoptPointTableInput', {
    ...{
      cluster: CLUSTER,
      year: 2022,
      version: 1,
      number: '03/QĐ-CTĐ',
      date: '2022-02-25',
      note: 'Quyết định',
      ...input,
    },
  })
const score = (who: string, unit: string, stage: string, points: Record<string, number>, more: object = {}) =>
  act(
    who,
    'submitScoreSheet',
    'SubmitScoreSheetInput',
    {
      ...{ unit, year: 2022, stage, scoredOn: '2023-01-10', signedBy: 'Lò Văn Đức', evidence: 'Bảng chấm' },
      ...{ lines: Object.entries(points).map(([code, value]) => ({ code, points: value })), ...more },
    },
    'sheet { points revision assessor } errors { path code message nearest }',
  )

async function draftFile(rows: (string | number)[][], name = 'bang-tieu-chi.xlsx'): Promise<Payload> {
  const query = `mutation ($file: File!) { done: draftPointTable(input: { cluster: "${CLUSTER}", year: 2022, reason: "Bảng của cụm", file: $file }) { ${FIELDS} } }`
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables: { file: null } }))
  form.append('map', '{"0":["variables.file"]}')
  form.append('0', new File([new Uint8Array(writeXlsx(rows))], name))
  const response = await fetch(server.url, { method: 'POST', headers: bearer(jwt.head as string), body: form })
  const { data, errors } = (await response.json()) as Answer<{ done: Payload }>
  expect(errors).toBeUndefined()
  return data.done
}

/** As a head types it. */
const TYPED: (string | number)[][] = [
  ['id', 'cum-vung-thap'],
  ['version', 1],
  ['title', 'Bảng tiêu chí cụm thi đua vùng thấp'],
  ['note', 'Bảng thử, do bài kiểm tra đặt ra'],
  ['total', '100'],
  [
    'facts',
    '{"mô hình":{"type":"number"},"đơn thư":{"type":"boolean"},"dân vận":{"type":"number"},"báo cáo tháng":{"type":"number"}}',
  ],
  ['grades', '[{"id":"xs","name":"Xuất sắc","from":80},{"id":"t","name":"Tốt","from":60},{"id":"k","name":"Khá"}]'],
  [
    'awards',
    '[{"award":"emulation-flag","name":"Cờ thi đua","seats":1,"when":{"fact":"grade.xs","operator":"equal","value":true}},{"award":"giay-khen","name":"Giấy khen của cụm","seats":1,"share":0.3,"rounding":"up"}]',
  ],
  ['Mức', 'Mã', 'Tên', 'Điểm', 'Loại', 'Cách chấm', 'Minh chứng'],
  [1, 'I', 'Kinh tế', 60, '', '', ''],
  [
    2,
    'I.1',
    'Độ che phủ rừng',
    40,
    'proportion',
    '{"of":{"indicator":"forest-cover"},"target":50,"from":0.5}',
    'Báo cáo kiểm lâm',
  ],
  [2, 'I.2', 'Mô hình kinh tế', '20', 'count', '{"of":"mô hình","each":5,"most":20}', 'Danh sách'],
  [1, 'II', 'Phong trào', 40, '', '', ''],
  [2, 'II.1', 'Dân vận khéo', '25', 'judged', '{"of":"dân vận"}', 'Biên bản'],
  [
    2,
    'II.2',
    'Báo cáo tháng',
    15,
    'steps',
    '{"of":"báo cáo tháng","steps":[{"from":12,"points":15},{"from":10,"points":8}]}',
    '',
  ],
  [1, 'III', 'Đơn thư tồn đọng', '', 'yes-no', '{"of":"đơn thư","points":-5,"node":{"outside":true}}', ''],
]

test('what is wrong in a typed sheet is told by its cell, all at once and in the language asked, and nothing is stored', async () => {
  const broken = TYPED.map((row) => [...row])
  ;(broken[10] as unknown[])[4] = 'proportions'
  ;(broken[13] as unknown[])[3] = 'hai lăm'
  const { pointTable, errors } = await draftFile(broken)
  expect(pointTable).toBeNull()
  expect(errors.map(({ path, code }) => [path.join(' '), code])).toEqual([
    ['input file E11', 'BAD_POINTS'],
    ['input file D14', 'BAD_POINTS'],
  ])
  const vi = await ask<{ done: { errors: { message: string }[] } }>(
    `mutation ($table: JSON) { done: draftPointTable(input: { cluster: "${CLUSTER}", year: 2022, reason: "x", table: $table }) { errors { message(locale: VI) } } }`,
    'head',
    { table: { id: 'x', totl: 3 } },
  )
  expect(vi.data.done.errors[0]?.message).toMatch(/[À-ỹ]/)
  const { data } = await ask<{ cluster: { pointTables: unknown[] } }>(
    `{ cluster(code: "${CLUSTER}") { pointTables { version } } }`,
    'analyst',
  )
  expect(data.cluster.pointTables).toEqual([])
})

test('exactly one source is taken, and a copy needs something to copy', async () => {
  for (const sources of [{}, { table: {}, copyOf: { cluster: CLUSTER, year: 2021 } }]) {
    const { errors } = await draft('head', sources)
    expect(errors).toMatchObject([{ path: ['input'], code: 'BAD_INPUT' }])
  }
  const { errors } = await draft('head', { copyOf: { cluster: 'cum-vung-cao', year: 2022 } })
  expect(errors).toMatchObject(
    [{ path: ['input', 'copyOf'], message: /adopted no point table for 2022/ }].map(matching),
  )
})

const matching = ({ path, message }: { path: string[]; message: RegExp }) => ({
  path,
  message: expect.stringMatching(message),
})

test('the typed sheet becomes version 1; its members agree one by one, the last answer counts, and only then it is adopted', async () => {
  const { pointTable, errors } = await draftFile(TYPED)
  expect(errors).toEqual([])
  expect(pointTable).toMatchObject({ version: 1, state: 'DRAFT' })
  expect(pointTable?.notAgreed.map(({ code }) => code)).toEqual(MEMBERS)

  for (const unit of MEMBERS) await answer(unit)
  const objected = await answer('094', { agrees: false, note: 'Đề nghị giảm điểm mục I.1' })
  expect(objected.pointTable).toMatchObject({ state: 'DRAFT', notAgreed: [{ code: '094' }] })
  const refused = await adopt()
  expect(refused.errors.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['input.version', expect.stringContaining('094 has not agreed to version 1')],
  ])
  expect((await answer('094')).pointTable).toMatchObject({ state: 'AGREED', notAgreed: [] })
  expect((await answer('097', {}, 'head of 097')).errors[0]?.message).toMatch(
    /097 is no member of cum-vung-thap in 2022/,
  )
  expect((await adopt({ date: '2019-01-01' })).errors[0]?.code).toBe('BAD_DATE')
  expect((await adopt()).pointTable).toMatchObject({ version: 1, state: 'ADOPTED', hash: pointTable?.hash })
})

test('everyone reads the adopted table, as JSON, as printed and as the sheet that it was; drafts are for the cluster', async () => {
  expect((await draft('head', { copyOf: { cluster: CLUSTER, year: 2022 } })).pointTable?.version).toBe(2)
  const question = `{ cluster(code: "${CLUSTER}") {
    pointTable { code title total adoption { number date recordedBy } criteria { code depth points outside kind rule evidence } printed xlsx draftedBy }
    pointTables { version state copiedFrom } } }`
  interface Shown {
    pointTable: {
      code: string
      adoption: object
      criteria: { code: string; depth: number; rule: string }[]
      printed: string
      draftedBy: string | null
    }
    pointTables: object[]
  }
  const { data, errors } = await ask<{ cluster: Shown }>(question)
  expect(errors).toBeUndefined()
  expect(data.cluster.pointTable).toMatchObject({
    ...{ code: '2022-cum-vung-thap-1', total: 100, draftedBy: null },
    adoption: { number: '03/QĐ-CTĐ', date: '2022-02-25', recordedBy: null },
  })
  expect(data.cluster.pointTable.criteria.map(({ code, depth }) => [code, depth])).toEqual([
    ...[
      ['I', 0],
      ['I.1', 1],
      ['I.2', 1],
      ['II', 0],
      ['II.1', 1],
      ['II.2', 1],
      ['III', 0],
    ],
  ])
  expect(data.cluster.pointTable.printed).toContain('| I.2 | Mô hình kinh tế | 20 |')
  expect(data.cluster.pointTable.printed).toContain('- Giấy khen của cụm: 30% số thành viên, làm tròn lên, ít nhất 1\n')
  const [, cover] = data.cluster.pointTable.criteria
  expect(cover?.rule).toBe('số liệu của chỉ tiêu forest-cover: theo tỷ lệ so với 50, dưới 50% không có điểm')
  expect(data.cluster.pointTables).toEqual([{ version: 1, state: 'ADOPTED', copiedFrom: null }])
  const seen = await ask<{ cluster: Shown }>(question, 'reporter')
  expect(seen.data.cluster.pointTables).toEqual([
    { version: 2, state: 'DRAFT', copiedFrom: '2022-cum-vung-thap-1' },
    { version: 1, state: 'ADOPTED', copiedFrom: null },
  ])
  expect(seen.data.cluster.pointTable.draftedBy).toBe('head-099')
})

const fact = async (unit: string, name: string, value: unknown) =>
  ask('mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { revision } } }', 'council', {
    input: { unit, year: 2022, fact: name, value, evidence: 'Báo cáo của Ban' },
  })

test('facts that the adopted table declares are recorded, by their types; others are told the nearest name', async () => {
  const facts: [string, string, unknown][] = [
    ['094', 'mô hình', 3],
    ['095', 'mô hình', 9],
    ['102', 'mô hình', 1.5],
    ...MEMBERS.map((unit, i): [string, string, unknown] => [unit, 'báo cáo tháng', 12 - i]),
    ['095', 'đơn thư', true],
    ['094', 'đơn thư', false],
  ]
  for (const [unit, name, value] of facts) expect((await fact(unit, name, value)).errors).toBeUndefined()
  const wrong = await fact('094', 'mô hình', true)
  expect(wrong.errors?.[0]).toMatchObject({ message: expect.stringContaining('is a number by the point table') })
  const unknown = await fact('094', 'mo hình', 3)
  expect(unknown.errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_FACT', nearest: 'mô hình' })
  // Another cluster's table declares nothing of the kind.
  expect((await fact('097', 'mô hình', 3)).errors?.[0]?.extensions.code).toBe('UNKNOWN_FACT')
})

interface Line {
  code: string
  points: number
  clause: string
  value: number | null
}
interface Place {
  unit: { code: string }
  rank: number | null
  points: number
  outOf: number
  grade: string | null
  lines: Line[]
}
interface Ranked {
  pointTable: { code: string; hash: string }
  members: Place[]
  awards: object[]
}
const RANKING = `{ cluster(code: "${CLUSTER}") { pointRanking { pointTable { code hash } asOf
  members { unit { code } rank points outOf grade reasons lines { code points coefficient clause value } } awards { award seats reckoned } } } }`
const ranking = async (who?: string) => {
  const { data, errors } = await ask<{ cluster: { pointRanking: Ranked } }>(RANKING, who)
  expect(errors).toBeUndefined()
  return data.cluster.pointRanking
}
const lineOf = ({ members }: Ranked, unit: string, code: string) =>
  members.find((member) => member.unit.code === unit)?.lines.find((line) => line.code === code)

test('the cluster is ranked by figures and facts, and every point says its clause', async () => {
  for (const [unit, cover] of [
    ['094', 60],
    ['095', 20],
    ['099', 45],
  ] as const) {
    const { errors } = await ask(
      `mutation { submitMeasurements(input: { unit: "${unit}", year: 2022, asOf: "2022-12-31", status: OFFICIAL, values: [{ indicator: "forest-cover", value: ${cover} }] }) { errors { message } } }`,
      'administrator',
    )
    expect(errors).toBeUndefined()
  }
  const found = await ranking()
  expect(found.pointTable.code).toBe('2022-cum-vung-thap-1')
  // 40 × min(1, 60 ÷ 50) + 3 × 5 + 15; 0 (below half) + 20 of 45 + 8 − 5; 40 × 45 ÷ 50 + 8; 0; 1.5 × 5.
  expect(found.members.map(({ unit, rank, points }) => [unit.code, rank, points])).toEqual([
    ...[
      ['094', 1, 70],
      ['099', 2, 44],
      ['095', 3, 23],
      ['102', 4, 7.5],
      ['100', 5, 0],
    ],
  ])
  expect(found.members.map(({ grade }) => grade)).toEqual(['Tốt', 'Khá', 'Khá', 'Khá', 'Khá'])
  expect(found.awards).toEqual([
    { award: 'emulation-flag', seats: 1, reckoned: null },
    { award: 'giay-khen', seats: 2, reckoned: '30% của 5 thành viên là 1,5, làm tròn lên' },
  ])
  expect(lineOf(found, '095', 'I.1')).toMatchObject({ points: 0, coefficient: 1, clause: 'proportion', value: 20 })
  expect(lineOf(found, '102', 'I.1')).toMatchObject({ points: 0, clause: 'missing' })
  expect(lineOf(found, '095', 'III')).toMatchObject({ points: -5, clause: 'yes-no', value: 1 })
  for (const { points, lines } of found.members) {
    const sum = ['I', 'II', 'III'].map((code) => lines.find((line) => line.code === code)?.points ?? 0)
    expect(sum.reduce((all, value) => all + value, 0)).toBeCloseTo(points, 9)
  }
})

test('what it takes to rise, where two part, and how robust the order is', async () => {
  interface Asked {
    members: { unit: { code: string }; whatItTakes: object; comparedWith: { code: string; difference: number }[] }[]
    fairness: { unit: { code: string }; leaveOneOut: object; movedBy: string[] }[]
  }
  const { data, errors } = await ask<{ cluster: { pointRanking: Asked } }>(
    `{ cluster(code: "${CLUSTER}") { pointRanking {
      members { unit { code } whatItTakes { goal gap passing { code } reachable changes { code from to value } } comparedWith(unit: "095") { code difference } }
      fairness { unit { code } leaveOneOut { best worst } movedBy missing { best worst } } } } }`,
  )
  expect(errors).toBeUndefined()
  const [first, second] = data.cluster.pointRanking.members
  expect(first?.whatItTakes).toMatchObject({ goal: 'nothing', changes: [] })
  // 099 has 44 of 70 points: all of II.1, which nobody has judged yet, and one report more are not enough without models.
  expect(second?.whatItTakes).toMatchObject({ goal: 'rank', gap: 26, passing: { code: '094' }, reachable: true })
  expect(second?.comparedWith[0]).toEqual({ code: 'I.1', difference: 36 })
  const third = data.cluster.pointRanking.fairness.find(({ unit }) => unit.code === '095')
  // Without its bonus and deductions, or its economy, it never comes before the two above it.
  expect(third?.leaveOneOut).toMatchObject({ best: 3 })
})

test('two assessors of one stage become one by their mean, the second score replaces only its lines, and all stays readable', async () => {
  const self = await score('administrator', '094', 'SELF', { 'I.1': 40, 'I.2': 20, 'II.1': 25, 'II.2': 15 })
  expect(self).toMatchObject({ errors: [], sheet: { points: 100, revision: 1, assessor: '094' } })
  await score('administrator', '094', 'FIRST', { 'II.1': 20, 'I.2': 15 }, { assessor: 'Ban Dân vận' })
  const other = await score('council', '094', 'FIRST', { 'II.1': 16 }, { assessor: 'Sở Nội vụ' })
  expect(other.errors).toMatchObject([{ path: ['input', 'assessor'], nearest: 'council' }])
  await score('council', '094', 'FIRST', { 'II.1': 16 })
  // Somebody else who writes for the same body says what they saw.
  const unseen = await score('administrator', '094', 'FIRST', { 'II.1': 10 }, { assessor: 'council' })
  expect(unseen.errors).toMatchObject([{ code: 'EDIT_CONFLICT', path: ['input', 'expected'] }])
  await score('administrator', '094', 'EXPLANATION', { 'II.1': 24 })
  const second = await score('head', '094', 'SECOND', { 'II.1': 27 })
  expect(second).toMatchObject({ errors: [], sheet: { assessor: '099' } })

  const { data } = await ask<{
    unit: { pointSheets: { sheets: { stage: string; assessor: string }[]; lines: Record<string, unknown>[] } }
  }>(
    '{ unit(code: "094") { pointSheets { sheets { stage assessor recordedBy } lines { code byTable self first explanation second final appraised difference departure } } } }',
    'analyst',
  )
  const { sheets, lines } = data.unit.pointSheets
  expect(sheets.map(({ stage, assessor }) => `${stage} ${assessor}`)).toEqual([
    ...['SELF 094', 'FIRST Ban Dân vận', 'FIRST council', 'EXPLANATION 094', 'SECOND 099'],
  ])
  // By the table nothing stands for II.1, which is only judged; 27 is beyond its 25 points, and that is shown.
  expect(lines.find(({ code }) => code === 'II.1')).toEqual({
    ...{ code: 'II.1', byTable: 0, self: 25, first: 18, explanation: 24, second: 27, final: null },
    ...{ appraised: 27, difference: -2, departure: 27 },
  })
  expect(lines.find(({ code }) => code === 'I.2')).toMatchObject({
    byTable: 15,
    self: 20,
    first: 15,
    appraised: 15,
    difference: 5,
    departure: 0,
  })
  expect(lines.find(({ code }) => code === 'I')).toMatchObject({ byTable: 55, self: 60, first: 15, second: null })

  const found = await ranking('analyst')
  expect(found.members[0]).toMatchObject({ unit: { code: '094' }, points: 97, grade: 'Xuất sắc' })
  expect(lineOf(found, '094', 'II.1')).toMatchObject({ points: 27, clause: 'given' })
})

test('the year of a sheet goes forward, and what is wrong in one is told line by line', async () => {
  expect((await score('administrator', '094', 'SELF', { 'I.1': 40 })).errors[0]?.message).toMatch(
    /the second score is there already: the self-score comes before it/,
  )
  expect((await score('administrator', '102', 'EXPLANATION', { 'I.1': 40 })).errors[0]?.message).toMatch(
    /the first score is not there yet/,
  )
  const lines = [
    { code: 'I.9', points: 1 },
    { code: 'II', points: 30 },
    { code: 'II.2', points: 15 },
    { code: 'II', points: 2 },
    { code: 'III' },
    { code: 'I.1', points: -101 },
    { code: 'I.2', points: 3, notAssigned: true },
  ]
  const { sheet, errors } = await score('reporter', '102', 'SELF', {}, { lines })
  expect(sheet).toBeNull()
  expect(errors.map(({ path }) => path.join('.'))).toEqual([
    ...['input.lines.0.code', 'input.lines.2.code', 'input.lines.3.code', 'input.lines.4.points'],
    ...['input.lines.5.points', 'input.lines.6.notAssigned'],
  ])
  expect(errors[0]?.nearest).toMatch(/^I/)
  expect((await score('administrator', '097', 'SELF', { 'I.1': 1 })).errors[0]?.message).toMatch(
    /cum-vung-cao adopted no point table for 2022/,
  )
  expect((await score('administrator', '102', 'SELF', { 'I.1': 1 }, { expected: 4 })).errors[0]?.code).toBe(
    'EDIT_CONFLICT',
  )
})

test('once appraisers have scored, the ranking is for those who may see it before it is published', async () => {
  const { errors } = await ask(RANKING)
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  const sheets = await ask<{ unit: { pointSheets: unknown } }>(
    '{ unit(code: "094") { pointSheets { sheets { stage } } } }',
  )
  expect(sheets.data.unit.pointSheets).toBeNull()
})

test('what was not assigned to a unit is not asked of it', async () => {
  await score(
    'council',
    '100',
    'FINAL',
    {},
    {
      lines: [
        { code: 'I.1', notAssigned: true },
        { code: 'II.1', points: 20 },
      ],
    },
  )
  const found = await ranking('council')
  expect(found.members.find(({ unit }) => unit.code === '100')).toMatchObject({ points: 20, outOf: 60 })
  expect(lineOf(found, '100', 'I.1')).toMatchObject({ points: 0, clause: 'not-assigned' })
})

test('a later appraisal that does not speak of a criterion keeps what was said of it', async () => {
  const lines = [{ code: 'II.1', points: 22 }]
  await score('council', '100', 'FINAL', {}, { lines })
  const found = await ranking('council')
  // Another revision of the same sheet stands in its place; what the first score marked stays.
  expect(found.members.find(({ unit }) => unit.code === '100')).toMatchObject({ points: 22, outOf: 100 })
  await score('council', '102', 'FIRST', {}, { lines: [{ code: 'I.1', notAssigned: true }] })
  await score('council', '102', 'FINAL', {}, { lines: [{ code: 'II.1', points: 10 }] })
  const later = await ranking('council')
  expect(later.members.find(({ unit }) => unit.code === '102')).toMatchObject({ points: 17.5, outOf: 60 })
})

test('a ranking by the policy and the report say that a table of its own decides of the cluster', async () => {
  interface Said {
    ranking: { clusters: { cluster: { code: string }; pointTable: { code: string } | null }[] }
    report: { markdown: string }
  }
  const text = '{ ranking { clusters { cluster { code } pointTable { code } } } report { markdown } }'
  const { data, errors } = await ask<Said>(text, 'council')
  expect(errors).toBeUndefined()
  const tables = data.ranking.clusters.map(({ cluster, pointTable }) => [cluster.code, pointTable?.code ?? null])
  expect(Object.fromEntries(tables)).toMatchObject({ [CLUSTER]: '2022-cum-vung-thap-1', 'cum-vung-cao': null })
  expect(data.report.markdown).toContain(
    'xếp hạng theo bảng tiêu chí "Bảng tiêu chí cụm thi đua vùng thấp" (bản 1), thang 100 điểm, không theo bảng mặc định',
  )
  const [first] = (await ranking('council')).members
  const row = data.report.markdown.split('\n').find((line) => /^\| Cụm[^|]*vùng thấp \| 1 \|/.test(line))
  expect(row).toContain(`| ${String(first?.points).replace('.', ',')} |`)
  expect(data.report.markdown).toMatch(/\| Giấy khen của cụm \| Dự kiến, chưa chốt xếp hạng \|/)
  const anyone = await ask<Said>(text)
  expect(anyone.data.report.markdown).toContain('điểm thẩm định chưa công bố')
})

test('the ranking is frozen by the adopted table and by no other, with its version and hash, and can be made anew', async () => {
  const freeze = (more = '') =>
    ask<{ freezeRanking: Record<string, never> }>(
      `mutation { freezeRanking(input: { cluster: "${CLUSTER}", year: 2022, reason: "Tổng kết" ${more} }) { ranking { code document hash reproducible pointTable { code hash state }
        members { unit { code } rank score } places { unit { code } points grade } } } }`,
      'council',
    )
  const policy = (await ask<{ ranking: { policy: object } }>('{ ranking { policy } }')).data.ranking.policy
  const other = await ask(
    'mutation ($policy: JSON) { freezeRanking(input: { cluster: "cum-vung-thap", year: 2022, reason: "x", policy: $policy }) { ranking { code } } }',
    'council',
    { policy },
  )
  expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', argument: 'input.policy' })

  const { data, errors } = await freeze()
  expect(errors).toBeUndefined()
  const frozen = data.freezeRanking as unknown as Record<string, unknown> & { document: string }
  const shown = await ranking('council')
  expect(frozen).toMatchObject({
    reproducible: true,
    pointTable: { ...shown.pointTable, state: 'ADOPTED' },
    members: shown.members.map(({ unit, rank, points }) => ({ unit, rank, score: points })),
    places: shown.members.map(({ unit, points, grade }) => ({ unit, points, grade })),
  })
  expect(JSON.parse(frozen.document)).toMatchObject({
    format: 2,
    pointTable: { version: 1, hash: shown.pointTable.hash, table: { total: 100 } },
    // Its own awards, seats and conditions; who is best holds the flag's grade, the next two the rest.
    policy: {
      id: 'cum-vung-thap',
      quotas: [
        { award: 'emulation-flag', seats: 1 },
        { award: 'giay-khen', seats: 1, share: 0.3, rounding: 'up' },
      ],
    },
    result: { nominations: [{ unit: '094', award: 'emulation-flag' }, { award: 'giay-khen' }, { award: 'giay-khen' }] },
  })
  // The same again is the same; another cluster without a table goes by the default policy.
  expect((await freeze()).data.freezeRanking).toMatchObject({ code: frozen.code })
  const without = await ask<{ freezeRanking: { pointTable: unknown; places: unknown[]; document: string } }>(
    'mutation { freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "Tổng kết" }) { ranking { pointTable { code } places { points } document } } }',
    'council',
  )
  expect(without.data.freezeRanking).toMatchObject({ pointTable: null, places: [] })
  expect(JSON.parse(without.data.freezeRanking.document)).toMatchObject({ format: 1 })
})

test('after the first pact nothing is amended; the table is copied to the next year, where it begins anew', async () => {
  const signed = await ask(
    'mutation { signPact(input: { unit: "102", year: 2022, signedOn: "2022-03-01", signedBy: "A", evidence: "Giao ước", targets: [] }) { filing { revision } } }',
    'administrator',
  )
  expect(signed.errors).toBeUndefined()
  const { errors } = await draft('head', { copyOf: { cluster: CLUSTER, year: 2022 } })
  expect(errors).toMatchObject([
    { path: ['input', 'cluster'], message: expect.stringContaining('102 signed the pact of 2022') },
  ])
  for (const unit of MEMBERS) await answer(unit, { version: 2 })
  expect((await adopt({ version: 2 })).errors[0]?.message).toMatch(/not amended any more/)
  const next = await draft('council', { year: 2023, copyOf: { cluster: CLUSTER, year: 2022 } })
  expect(next).toMatchObject({ errors: [], pointTable: { version: 1, state: 'DRAFT' } })
  expect((await draft('council', { year: 1999, copyOf: { cluster: CLUSTER, year: 2022 } })).errors[0]?.code).toBe(
    'UNKNOWN_YEAR',
  )
})

test('every version, answer and sheet is in the trail, with who and why', async () => {
  const { data } = await ask<{ trail: { nodes: { table: string; subject: string; reason: string }[] } }>(
    '{ trail(first: 200) { nodes { table subject reason } } }',
    'council',
  )
  const of = (table: string) => data.trail.nodes.filter((node) => node.table === table)
  expect(of('point_table_versions').map(({ subject, reason }) => `${subject}: ${reason}`)).toContain(
    'head-099: Bảng của cụm',
  )
  expect(of('point_table_steps').length).toBeGreaterThan(10)
  expect(of('score_sheets').map(({ reason }) => reason)).toContain('Bảng chấm')
})

test('questions about point tables cost more once there is a larger one', async () => {
  const costs = async () => {
    const of = async (fields: string) => {
      const text = `{ cluster(code: "${CLUSTER}", year: 2022) { pointTable { ${fields} } pointRanking { fairness { rank } } } }`
      return (await server.query(text, {}, ANEW)).extensions?.cost?.complexity as number
    }
    return { criteria: await of('criteria { code }'), printed: await of('printed') }
  }
  const before = await costs()
  const large = {
    ...{ id: 'lon', version: '1', title: 'Bảng dài', note: 'Bảng thử', total: 400 },
    nodes: Array.from({ length: 400 }, (_, i) => ({
      ...{ code: `${i}`, name: `Mục ${i}`, points: 1, rule: { kind: 'full' } },
    })),
  }
  expect((await draft('council', { cluster: 'cum-vung-cao', table: large })).errors).toEqual([])
  const after = await costs()
  expect(after.criteria).toBeGreaterThan(2 * before.criteria)
  expect(after.printed).toBeGreaterThan(2 * before.printed)
})
