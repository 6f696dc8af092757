// The same thing asked for twice, or by many at once: stored once, or the others are told what stands.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type Answer, cleanUp, onPostgres, ownDatabase, type RunningServer, start } from './harness.ts'
import { askingErrors, told } from './payloads.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const jwt = { administrator: '', council: '', analyst: '' }

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  for (const role of ['administrator', 'council', 'analyst'] as const) jwt[role] = token('--role', role)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

type Result = Answer<Record<string, Record<string, unknown>>>
const ask = <Data = Record<string, Record<string, unknown>>>(text: string, who: keyof typeof jwt = 'administrator') =>
  server.change<Data>(text, {}, bearer(jwt[who]))
const change = (call: string, who?: keyof typeof jwt) => ask(`mutation { it: ${call} }`, who)
const codesOf = (answers: readonly Result[]) => answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'ok')
const times = (n: number, work: (i: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)))
const count = (codes: readonly unknown[], code: string) => codes.filter((value) => value === code).length

const freeze = (cluster: string, more = '') =>
  change(
    `freezeRanking(input: { cluster: "${cluster}", year: 2022, reason: "Tổng kết năm 2022" ${more} }) { ranking { code supersededBy phase } }`,
  )
const step = (name: string, ranking: string, more = '', who: keyof typeof jwt = 'council') =>
  change(
    `${name}(input: { ranking: "${ranking}", reason: "Tổng kết" ${more} }) { ranking { code phase possible nominees { unit { code } proposed granted } } }`,
    who,
  )
const figure = (unit: string, value: number) =>
  change(
    `submitMeasurements(input: { unit: "${unit}", year: 2022, asOf: "2022-12-31", status: OFFICIAL, reason: "Đính chính", values: [{ indicator: "forest-cover", value: ${value} }] }) { errors { code } }`,
  )
interface Nominees {
  readonly nominees: readonly {
    readonly unit: { readonly code: string }
    readonly proposed: string
    readonly granted: string | null
  }[]
}

describe('three clicks on "freeze" lead to one award', () => {
  const CLUSTER = 'cum-vung-thap'
  let ranking: string
  let winner: string
  let other: string

  test('clicked at once and once more, there is one ranking', async () => {
    const answers = [...(await times(3, () => freeze(CLUSTER))), await freeze(CLUSTER)]
    expect(codesOf(answers)).toEqual(['ok', 'ok', 'ok', 'ok'])
    const codes = new Set(answers.map(({ data }) => data.it?.code))
    expect([...codes]).toEqual(['2022-cum-vung-thap-1'])
    ranking = '2022-cum-vung-thap-1'
  })

  test('decided and published there, nothing is frozen anew as long as the award stands', async () => {
    const nominated = await step('nominate', ranking, '', 'administrator')
    const { nominees } = nominated.data.it as unknown as Nominees
    winner = nominees[0]?.unit.code as string
    other = nominees[1]?.unit.code as string
    for (const { unit } of nominees) {
      expect((await step('appraise', ranking, `unit: "${unit.code}", verdict: AGREE`)).errors).toBeUndefined()
    }
    const grants = `number: "12/QĐ-UBND", date: "2023-03-15", grants: [{ unit: "${winner}", award: "${nominees[0]?.proposed}" }]`
    const decided = await times(5, () => step('decide', ranking, grants))
    expect(count(codesOf(decided), 'ok')).toBe(1)
    expect((await step('publish', ranking)).errors).toBeUndefined()
    expect((await figure(other, 60)).errors).toBeUndefined()
    const again = await freeze(CLUSTER)
    expect(again.errors?.[0]).toMatchObject({
      message: `freezeRanking is not possible: ${winner} holds what decision 12/QĐ-UBND granted by ${ranking}; revoke (REVOKE) that first`,
      extensions: { code: 'IMPOSSIBLE_STEP' },
    })
  })

  test('after the revocation a newer one takes its place, and nothing goes on with the older', async () => {
    await step('revoke', ranking, `unit: "${winner}"`)
    const newer = await freeze(CLUSTER)
    expect(newer.data.it).toEqual({ code: '2022-cum-vung-thap-2', supersededBy: null, phase: 'RANKED' })
    const { data } = await ask('{ frozenRanking(code: "2022-cum-vung-thap-1") { supersededBy possible } }')
    expect(data.frozenRanking).toEqual({ supersededBy: '2022-cum-vung-thap-2', possible: [] })
    for (const attempt of [
      step('nominate', ranking, '', 'administrator'),
      step('publish', ranking),
      step('revoke', ranking, `unit: "${winner}"`),
      step('decide', ranking, 'number: "13/QĐ-UBND", date: "2023-03-16", grants: []'),
    ]) {
      expect((await attempt).errors?.[0]).toMatchObject({
        message: `${ranking} is superseded by 2022-cum-vung-thap-2: nothing goes on there`,
        extensions: { code: 'IMPOSSIBLE_STEP', supersededBy: '2022-cum-vung-thap-2' },
      })
    }
  })

  test('a number is used once by its issuer, over all rankings', async () => {
    const second = '2022-cum-vung-thap-2'
    const { nominees } = (await step('nominate', second, '', 'administrator')).data.it as unknown as Nominees
    for (const { unit } of nominees) await step('appraise', second, `unit: "${unit.code}", verdict: AGREE`)
    const [first] = nominees
    const decide = (number: string, date: string) =>
      step(
        'decide',
        second,
        `number: "${number}", date: "${date}", grants: [{ unit: "${first?.unit.code}", award: "${first?.proposed}" }]`,
      )
    const used = await decide('012/qđ-ubnd', '2023-04-20')
    expect(used.errors?.[0]?.message).toContain('its issuer uses a number once a year')
    expect((await decide('19/QĐ-UBND', '2023-04-20')).errors).toBeUndefined()
  })
})

test('of three verdicts at once on one nominee one is stored; it is replaced only by who has seen it', async () => {
  const { data } = await freeze('khoi-mau')
  const ranking = data.it?.code as string
  // Nobody is tied there: one step, the nomination, comes before the verdicts.
  const nominated = (await step('nominate', ranking, '', 'administrator')).data.it as unknown as Nominees
  const unit = nominated.nominees[0]?.unit.code
  const verdicts = ['AGREE', 'EXCLUDE', 'RETURN']
  const answers = await times(3, (i) => step('appraise', ranking, `unit: "${unit}", verdict: ${verdicts[i]}`))
  expect(codesOf(answers).sort()).toEqual(['EDIT_CONFLICT', 'EDIT_CONFLICT', 'ok'])
  const seen = await step('appraise', ranking, `unit: "${unit}", verdict: PAUSE, expected: 1`)
  expect(seen.errors?.[0]?.extensions).toMatchObject({ code: 'EDIT_CONFLICT', expected: 1, found: 2 })
})

test('of sixty facts at once each is stored as the next revision, or told that another came first', async () => {
  const answers = await times(60, (i) =>
    change(
      `recordFact(input: { unit: "095", year: 2022, fact: "advancedModels", value: ${i}, evidence: "Công văn ${i}" }) { fact { revision } }`,
      'council',
    ),
  )
  const revisions = answers.flatMap(({ data }) => (data?.it ? [data.it.revision as number] : []))
  expect(revisions.sort((a, b) => a - b)).toEqual(revisions.map((_, i) => i + 1))
  expect(count(codesOf(answers), 'EDIT_CONFLICT')).toBe(60 - revisions.length)
  record({
    suite: 'hostile',
    done: 'sixty facts of one name recorded at once; three verdicts, five decisions, three freezes at once',
    times: 71,
    found: 'each the next revision or EDIT_CONFLICT; one verdict, one decision, one ranking; no INTERNAL_SERVER_ERROR',
  })
})

describe('a state that was expected', () => {
  const stale: readonly (readonly [string, string, unknown])[] = [
    [
      'setClusterHead',
      'setClusterHead(input: { cluster: "cum-vung-cao", year: 2022, unit: "096", source: "x", expected: "101" }) { cluster { code } }',
      '097',
    ],
    [
      'setMembership',
      'setMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "096", source: "x", expected: "khoi-mau" }) { cluster { code } }',
      'cum-vung-cao',
    ],
    [
      'setDeadline',
      'setDeadline(input: { year: 2022, kind: PLAN, dueOn: "2022-04-15", source: "x", expected: "2022-04-01" }) { deadline { dueOn } }',
      '2022-03-31',
    ],
    [
      'renameCluster',
      'renameCluster(input: { cluster: "cum-vung-cao", fromYear: 2022, name: "Cụm một", nameEn: "One", source: "x", expected: "Cụm hai" }) { cluster { code } }',
      'Cụm thi đua các huyện vùng cao',
    ],
    [
      'closeCluster',
      'closeCluster(input: { cluster: "cum-vung-cao", lastYear: 2024, source: "x", expected: 2023 }) { cluster { code } }',
      0,
    ],
    [
      'signPact',
      'signPact(input: { unit: "096", year: 2022, signedOn: "2022-03-01", signedBy: "A", evidence: "x", targets: [], expected: 0 }) { filing { revision } }',
      1,
    ],
    [
      'recordFact',
      'recordFact(input: { unit: "103", year: 2022, fact: "advancedModels", value: 1, evidence: "x", expected: 4 }) { fact { revision } }',
      0,
    ],
    [
      'withdrawMeasurement',
      'withdrawMeasurement(input: { unit: "096", year: 2022, indicator: "forest-cover", asOf: "2022-12-31", status: OFFICIAL, reason: "x", expected: 9 }) { measurement { value } }',
      1,
    ],
    [
      'freezeRanking',
      'freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "x", expected: 3 }) { ranking { code } }',
      0,
    ],
    [
      'saveQuery',
      'saveQuery(input: { slug: "chua-co", title: "x", description: "x", text: "{ units { totalCount } }", expected: 2 }) { savedQuery { version } }',
      0,
    ],
  ]
  test.each(stale)('of %s that is another now is told, and nothing is stored', async (_, call, found) => {
    expect((await change(call)).errors?.[0]?.extensions).toMatchObject({ code: 'EDIT_CONFLICT', found })
  })
})

/** Every mutation that stores something, once more with the same key. */
const KEYED: readonly (readonly [mutation: string, call: (key: string, n: number) => string])[] = [
  [
    'recordFact',
    (key, n) =>
      `recordFact(input: { unit: "102", year: 2022, fact: "advancedModels", value: ${n}, evidence: "x" ${key} }) { fact { value revision recordedAt } }`,
  ],
  [
    'signPact',
    (key, n) =>
      `signPact(input: { unit: "102", year: 2022, signedOn: "2022-03-0${n}", signedBy: "A", evidence: "x", targets: [] ${key} }) { filing { filedOn revision recordedAt } }`,
  ],
  [
    'fileDocument',
    (key, n) =>
      `fileDocument(input: { unit: "102", year: 2022, kind: PLAN, filedOn: "2022-03-0${n}", signedBy: "A", evidence: "x" ${key} }) { filing { filedOn revision recordedAt } }`,
  ],
  [
    'submitScore',
    (key, n) =>
      `submitScore(input: { unit: "102", year: 2022, stage: SELF, scoredOn: "2023-01-0${n}", signedBy: "A", evidence: "x", lines: [{ item: "macadamia-planted", points: 1 }] ${key} }) { filing { points revision recordedAt } }`,
  ],
  [
    'submitMeasurements',
    (key, n) =>
      `submitMeasurements(input: { unit: "102", year: 2022, asOf: "2022-11-30", status: OFFICIAL, reason: "x", values: [{ indicator: "forest-cover", value: 4${n} }] ${key} }) { measurements { value revision recordedAt } errors { code } }`,
  ],
  [
    'setDeadline',
    (key, n) =>
      `setDeadline(input: { cluster: "khoi-rieng", year: 2022, kind: DUTY, dueOn: "2022-12-0${n}", source: "x" ${key} }) { deadline { dueOn source } }`,
  ],
  [
    'setClusterHead',
    (key, n) =>
      `setClusterHead(input: { cluster: "cum-vung-thap", year: 2022, unit: "100", source: "QĐ ${n}" ${key} }) { cluster { code } }`,
  ],
  [
    'setMembership',
    (key, n) =>
      `setMembership(input: { cluster: "cum-vung-thap", year: 2022, unit: "102", source: "QĐ ${n}" ${key} }) { cluster { code } }`,
  ],
  [
    'createCluster',
    (key, n) =>
      `createCluster(input: { code: "khoi-${n}", name: "Khối ${n}", nameEn: "Bloc", kind: BLOC, firstYear: 2022, source: "QĐ" ${key} }) { cluster { code } }`,
  ],
  [
    'renameCluster',
    (key, n) =>
      `renameCluster(input: { cluster: "khoi-rieng", fromYear: 2022, name: "Khối riêng ${n}", nameEn: "Bloc", source: "QĐ" ${key} }) { cluster { name renamings { name } } }`,
  ],
  [
    'closeCluster',
    (key, n) =>
      `closeCluster(input: { cluster: "khoi-mau", lastYear: 202${n + 1}, source: "QĐ" ${key} }) { cluster { lastYear } }`,
  ],
  [
    'assignTargets',
    (key, n) =>
      `assignTargets(input: { year: 2022, validFrom: "2022-10-0${n}", source: "QĐ", targets: [{ unit: "102", indicator: "macadamia-planted", value: 100 }] ${key} }) { targets { value validFrom } }`,
  ],
  [
    'saveQuery',
    (key, n) =>
      `saveQuery(input: { slug: "hai-lan", title: "x", description: "lần ${n}", text: "{ units { totalCount } }" ${key} }) { savedQuery { version savedAt } }`,
  ],
  [
    'freezeRanking',
    (key, n) =>
      `freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "Lần ${n}" ${key} }) { ranking { code frozenAt reason } }`,
  ],
]

describe('an idempotency key', () => {
  // One whose ranking nobody has frozen: what a frozen one rests on stays.
  beforeAll(async () => {
    const { errors } = await change(
      'createCluster(input: { code: "khoi-rieng", name: "Khối riêng", nameEn: "Bloc", kind: BLOC, firstYear: 2022, source: "QĐ" }) { cluster { code } }',
    )
    expect(errors).toBeUndefined()
  })
  test.each(KEYED)(
    'of %s stores once, however many come at once, and is refused with other content',
    async (_, call) => {
      const key = 'idempotencyKey: "khóa 1"'
      const answers = await times(6, () => change(call(key, 1)))
      for (const answer of answers) {
        expect(answer.errors).toBeUndefined()
        expect(answer.data).toEqual(answers[0]?.data)
      }
      const other = await change(call(key, 2))
      const code =
        other.errors?.[0]?.extensions.code ?? (other.data.it as { errors?: { code: string }[] }).errors?.[0]?.code
      expect(code).toBe('IDEMPOTENCY_CONFLICT')
      expect((await change(call('idempotencyKey: "khóa 2"', 3))).errors).toBeUndefined()
      // What became of it since changes nothing in what the first key answers.
      expect((await change(call(key, 1))).data).toEqual(answers[0]?.data)
    },
  )

  test('of a step answers with the state that it led to then', async () => {
    const ranking = '2022-cum-vung-cao-1'
    const tie = () => step('settleTie', ranking, 'order: ["103", "096"], idempotencyKey: "phiếu"', 'administrator')
    const first = await tie()
    expect(first.errors).toBeUndefined()
    await step('nominate', ranking, '', 'administrator')
    expect((await tie()).data).toEqual(first.data)
  })

  test('after a withdrawal tells what was stored then, and that it is an answer of then', async () => {
    const submit = () =>
      change(
        'submitMeasurements(input: { unit: "099", year: 2022, asOf: "2022-10-31", status: ESTIMATE, values: [{ indicator: "forest-cover", value: 41 }], idempotencyKey: "rút" }) { replayed measurements { value revision } }',
      )
    expect((await submit()).data.it).toEqual({ replayed: false, measurements: [{ value: 41, revision: 1 }] })
    await change(
      'withdrawMeasurement(input: { unit: "099", year: 2022, indicator: "forest-cover", asOf: "2022-10-31", status: ESTIMATE, reason: "Nhầm" }) { measurement { value } }',
    )
    expect((await submit()).data.it).toEqual({ replayed: true, measurements: [{ value: 41, revision: 1 }] })
  })

  test("reason and expected revision are content too; another's key is another key", async () => {
    const submit = (more: string, who: 'administrator' | 'council' = 'administrator') =>
      change(
        `recordFact(input: { unit: "100", year: 2022, fact: "advancedModels", value: 1, ${more}, idempotencyKey: "k" }) { fact { revision } }`,
        who,
      )
    expect((await submit('evidence: "a"')).data.it).toEqual({ revision: 1 })
    expect(codesOf([await submit('evidence: "b"'), await submit('evidence: "a", expected: 0')])).toEqual([
      'IDEMPOTENCY_CONFLICT',
      'IDEMPOTENCY_CONFLICT',
    ])
    expect((await submit('evidence: "b"', 'council')).data.it).toEqual({ revision: 2 })
  })
})

const onServer = onPostgres() ? test : test.skip
onServer('as many as wait for one key hold up nobody who submits something else', async () => {
  const client = new Client({ connectionString: environment.DATABASE_URL })
  await client.connect()
  const submit = (unit: string, more: string) =>
    change(
      `submitMeasurements(input: { unit: "${unit}", year: 2022, asOf: "2022-09-15", status: ESTIMATE, values: [{ indicator: "forest-cover", value: 42 }] ${more} }) { replayed errors { code } }`,
    )
  try {
    const subject = /"sub":"([^"]+)"/.exec(Buffer.from(jwt.administrator.split('.')[1] ?? '', 'base64url').toString())
    const turn = JSON.stringify([subject?.[1], 'submitMeasurements', 'chờ'])
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [turn])
    let waiting = 30
    const same = times(30, async () => {
      const answer = await submit('099', ', idempotencyKey: "chờ"')
      waiting--
      return answer
    })
    const others = await times(10, (i) => submit('100', `, idempotencyKey: "khác ${i}"`))
    expect([codesOf(others), waiting]).toEqual([new Array(10).fill('ok'), 30])
    await client.query('rollback')
    const answers = await same
    expect(codesOf(answers)).toEqual(new Array(30).fill('ok'))
    expect(answers.filter(({ data }) => data.it?.replayed === false)).toHaveLength(1)
  } finally {
    await client.end()
  }
})

test('two imports of the same figures in opposite order do not wait for each other for ever', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10)
    return ['095', '096', '098', '102'].map((unit) => `${unit},forest-cover,${30 + (i % 9)},${day}`)
  }).flat()
  const send = async (lines: readonly string[]): Promise<Result> => {
    const form = new FormData()
    const query = askingErrors(
      'mutation ($file: File!) { it: importMeasurements(input: { file: $file, year: 2022, status: ESTIMATE }) { stored problems { message } } }',
    )
    form.append('operations', JSON.stringify({ query, variables: { file: null } }))
    form.append('map', '{"0":["variables.file"]}')
    form.append('0', new File([`unit,indicator,value,date\n${lines.join('\n')}\n`], 'a.csv', { type: 'text/csv' }))
    const response = await fetch(server.url, { method: 'POST', headers: bearer(jwt.administrator), body: form })
    return told((await response.json()) as Result)
  }
  const answers = await Promise.all([send(rows), send([...rows].reverse())])
  const codes = codesOf(answers)
  expect(codes.filter((code) => code !== 'ok' && code !== 'EDIT_CONFLICT')).toEqual([])
  const stored = answers.map(({ data }) => data?.it?.stored ?? 0)
  expect(stored.filter((value) => value === rows.length)).toHaveLength(1)
})

describe('a trusted document', () => {
  const save = (text: string, who: 'analyst' | 'administrator' = 'analyst') =>
    change(
      `saveQuery(input: { slug: "tin-cay", title: "x", description: "x", text: ${JSON.stringify(text)}, shared: true }) { savedQuery { version trusted } }`,
      who,
    )
  const trust = (version: number, trusted = true) =>
    change(
      `trustQuery(input: { slug: "tin-cay", version: ${version}, trusted: ${trusted} }) { savedQuery { version trusted } }`,
    )
  const byId = () =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"documentId":"tin-cay"}',
    }).then((response) => response.json() as Promise<Result>)

  test('is the version that was read, whatever is saved meanwhile or later', async () => {
    await save('{ unit(code: "11") { code } }')
    await save('{ unit(code: "11") { level } }')
    expect((await trust(1)).data.it).toEqual({ version: 1, trusted: true })
    expect((await byId()).data).toEqual({ unit: { code: '11' } })
    expect(
      (
        await save(
          'mutation { trustQuery(input: { slug: "tin-cay", version: 3, trusted: true }) { savedQuery { slug } } }',
        )
      ).data.it,
    ).toEqual({
      version: 3,
      trusted: false,
    })
    expect((await byId()).data).toEqual({ unit: { code: '11' } })
    expect((await trust(9)).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    expect((await trust(2)).data.it).toEqual({ version: 2, trusted: true })
    expect((await byId()).data).toEqual({ unit: { level: 'PROVINCE' } })
    await trust(2, false)
    expect((await byId()).errors?.[0]?.extensions.code).toBe('UNKNOWN_DOCUMENT')
  })

  test('belongs to who saved it first: an administrator may mend it and takes it from nobody', async () => {
    expect((await save('{ unit(code: "11") { name } }', 'administrator')).data.it).toMatchObject({ version: 4 })
    expect((await save('{ unit(code: "11") { kind } }')).data.it).toMatchObject({ version: 5 })
    const other = token('--role', 'analyst', '--subject', 'bình')
    const taken = await server.change(
      'mutation { saveQuery(input: { slug: "tin-cay", title: "x", description: "x", text: "{ units { totalCount } }" }) { savedQuery { slug } } }',
      {},
      bearer(other),
    )
    expect(taken.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(taken.errors?.[0]?.message).not.toContain('analyst')
  })
})
