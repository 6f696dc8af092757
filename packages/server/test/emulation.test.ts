// From pact to decision over real HTTP, by the saved queries of GraphiQL, on the demonstration data.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { told } from './payloads.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const jwt: Record<string, string> = {}

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  jwt.head = token('--role', 'head', '--unit', '097')
  jwt.otherHead = token('--role', 'head', '--unit', '100')
  jwt.council = token('--role', 'council')
  jwt.reporter = token('--role', 'reporter', '--unit', '098')
  jwt.analyst = token('--role', 'analyst')
  jwt.administrator = token('--role', 'administrator')
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const saved = (name: string) => readFileSync(new URL(`../queries/${name}.graphql`, import.meta.url), 'utf8')
const STEPS = saved('12-tu-giao-uoc-den-quyet-dinh')

interface HoSo {
  readonly code: string
  readonly phase: string
  readonly possible: readonly string[]
  readonly members: readonly { readonly rank: number; readonly unit: { readonly code: string } }[]
  readonly nominees: readonly {
    readonly unit: { readonly code: string }
    readonly proposed: string
    readonly verdict: string | null
    readonly granted: string | null
  }[]
}

/** One operation of the saved workflow, as somebody. */
async function act<Data = Record<string, HoSo>>(
  who: string | null,
  operationName: string,
  variables: object,
): Promise<Answer<Data>> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(who ? bearer(jwt[who] as string) : {}) },
    body: JSON.stringify({ query: STEPS, operationName, variables }),
  })
  return told<Data>((await response.json()) as Answer<unknown>, 'errors')
}
const codeOf = ({ errors }: Answer<unknown>) => errors?.[0]?.extensions.code

const input = (more: object) => ({ input: { unit: '098', year: 2022, ...more } })
const ask = <Data>(text: string, who?: string, variables?: object) =>
  server.change<Data>(text, variables as Record<string, unknown>, who ? bearer(jwt[who] as string) : {})

describe('the year of a cluster', () => {
  test('a reporter signs the pact with its targets, once more as the next revision; late is visible', async () => {
    const pact = {
      signedOn: '2022-04-02',
      signedBy: 'Nguyễn Văn A',
      evidence: 'Giao ước số 5/GƯ',
      targets: [
        { indicator: 'macadamia-planted', value: 800 },
        { indicator: 'poverty-rate', value: 40 },
      ],
    }
    const signed = await act<{ signPact: object }>('reporter', 'KyGiaoUoc', input(pact))
    expect(signed.data.signPact).toMatchObject({
      filedOn: '2022-04-02',
      daysLate: 2,
      targets: [
        { value: 800, assigned: expect.any(Number) },
        { value: 40, assigned: null },
      ],
    })
    const plan = { kind: 'PLAN', filedOn: '2022-03-20', signedBy: 'Nguyễn Văn A', evidence: 'https://example.vn/kh-12' }
    const filed = await act<{ fileDocument: object }>('reporter', 'NopVanBan', input(plan))
    expect(filed.data.fileDocument).toMatchObject({ kind: 'PLAN', dueOn: '2022-03-31', daysLate: 0, revision: 2 })
  })

  test('a report on a duty has its evidence; a wrong duty, kind or empty evidence is refused by name', async () => {
    const report = { kind: 'DUTY', filedOn: '2022-11-01', signedBy: 'A', evidence: 'Báo cáo số 9' }
    const good = await act<{ fileDocument: object }>(
      'reporter',
      'NopVanBan',
      input({ ...report, duty: 'anti-corruption' }),
    )
    expect(good.data.fileDocument).toMatchObject({
      duty: { quote: expect.stringContaining('tham nhũng') },
      revision: 1,
    })
    for (const [wrong, code] of [
      [{ ...report, duty: 'anti-coruption' }, 'UNKNOWN_DUTY'],
      [report, 'BAD_INPUT'],
      [{ ...report, kind: 'PACT' }, 'BAD_INPUT'],
      [{ ...report, duty: 'anti-corruption', evidence: ' ' }, 'BAD_INPUT'],
    ] as const) {
      expect(codeOf(await act('reporter', 'NopVanBan', input(wrong)))).toBe(code)
    }
  })

  test('self-score and appraised score stand side by side with their difference', async () => {
    const sheet = { scoredOn: '2023-01-12', signedBy: 'A', evidence: 'Bảng tự chấm' }
    const lines = [
      { item: 'macadamia-planted', points: 1.5, evidence: 'Quyết định công nhận hộ nghèo' },
      { item: 'budget-revenue', points: 1.25 },
    ]
    await act('reporter', 'ChamDiem', input({ ...sheet, stage: 'SELF', lines }))
    const appraised = lines.map((line) => ({ ...line, points: 1 }))
    const refused = await act('reporter', 'ChamDiem', input({ ...sheet, stage: 'APPRAISED', lines: appraised }))
    expect(codeOf(refused)).toBe('FORBIDDEN')
    await act('head', 'ChamDiem', input({ ...sheet, stage: 'APPRAISED', lines: appraised }))
    const { data } = await ask<{ cluster: { units: { nodes: { code: string; emulationYear: object }[] } } }>(
      saved('11-nam-thi-dua'),
      'head',
      { cluster: 'cum-vung-cao' },
    )
    expect(data.cluster.units.nodes.find(({ code }) => code === '098')?.emulationYear).toMatchObject({
      selfScore: { points: 2.75 },
      appraisedScore: { points: 2 },
      scoreDifference: 0.75,
    })
  })

  test('who may do what: each role within its reach, and viewerCan says the same', async () => {
    const fact = input({ fact: 'disciplined', value: true, evidence: 'QĐ 1' })
    expect(codeOf(await act(null, 'GhiNhanSuViec', fact))).toBe('UNAUTHENTICATED')
    expect(codeOf(await act('head', 'GhiNhanSuViec', fact))).toBe('FORBIDDEN')
    const other = { input: { cluster: 'cum-vung-cao', year: 2022, reason: 'x' } }
    expect(codeOf(await act('otherHead', 'ChotXepHang', other))).toBe('FORBIDDEN')
    expect(codeOf(await act('analyst', 'ChotXepHang', other))).toBe('FORBIDDEN')
    const can =
      '{ cluster(code: "cum-vung-cao") { a: viewerCan(action: FREEZE_RANKING) b: viewerCan(action: DECIDE) } }'
    expect((await ask(can, 'head')).data).toEqual({ cluster: { a: true, b: false } })
    expect((await ask(can, 'otherHead')).data).toEqual({ cluster: { a: false, b: false } })
    expect((await ask(can, 'council')).data).toEqual({ cluster: { a: true, b: true } })
    expect((await ask(can)).data).toEqual({ cluster: { a: false, b: false } })
  })

  test('a fact that is no fact is refused with the nearest; null takes one back to unknown', async () => {
    const slip = await act('council', 'GhiNhanSuViec', input({ fact: 'discplined', value: true, evidence: 'x' }))
    expect(slip.errors?.[0]?.message).toContain('did you mean "disciplined"?')
    const computed = await act('council', 'GhiNhanSuViec', input({ fact: 'metRatio', value: 1, evidence: 'x' }))
    expect(codeOf(computed)).toBe('UNKNOWN_FACT')
    for (const value of [true, null]) {
      await act('council', 'GhiNhanSuViec', input({ fact: 'underInspection', value, evidence: 'Công văn 7' }))
    }
    const { data } = await ask<{ unit: { emulationYear: { knownFacts: object; facts: object[] } } }>(
      '{ unit(code: "098") { emulationYear { knownFacts facts { fact value revision } } } }',
      'council',
    )
    expect(data.unit.emulationYear.knownFacts).not.toHaveProperty('underInspection')
    expect(data.unit.emulationYear.facts).toContainEqual({ fact: 'underInspection', value: null, revision: 3 })
    await act('council', 'GhiNhanSuViec', input({ fact: 'underInspection', value: false, evidence: 'Công văn 8' }))
  })

  test.each<[string, string, object, string, RegExp]>([
    [
      'a pact of 2030',
      'KyGiaoUoc',
      { signedOn: '2030-03-15', signedBy: 'A', evidence: 'x', targets: [] },
      'BAD_DATE',
      /future/,
    ],
    [
      'a pact of 2021',
      'KyGiaoUoc',
      { signedOn: '2021-12-31', signedBy: 'A', evidence: 'x', targets: [] },
      'BAD_DATE',
      /before/,
    ],
    [
      'a pact for 140% of forest',
      'KyGiaoUoc',
      { signedOn: '2022-03-15', signedBy: 'A', evidence: 'x', targets: [{ indicator: 'forest-cover', value: 140 }] },
      'OUT_OF_RANGE',
      /share/,
    ],
    [
      'nobody who signed',
      'KyGiaoUoc',
      { signedOn: '2022-03-15', signedBy: ' ', evidence: 'x', targets: [] },
      'BAD_INPUT',
      /signedBy must not be empty/,
    ],
    [
      'a plan of tomorrow',
      'NopVanBan',
      { kind: 'PLAN', filedOn: '2099-01-01', signedBy: 'A', evidence: 'x' },
      'BAD_DATE',
      /future/,
    ],
    ...[-5, 1_000_000_000].map((points): [string, string, object, string, RegExp] => [
      `${points} points`,
      'ChamDiem',
      {
        stage: 'SELF',
        scoredOn: '2023-01-12',
        signedBy: 'A',
        evidence: 'x',
        lines: [{ item: 'macadamia-planted', points }],
      },
      'OUT_OF_RANGE',
      /brings from 0 to/,
    ]),
  ])('%s is refused', async (_, operation, more, code, words) => {
    const { errors } = await act('reporter', operation, input(more))
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(words), extensions: { code } })
  })

  test.each([
    [
      'recordFact(input: { unit: "098", year: 2022, fact: "disciplined", value: 7, evidence: "x" }) { fact { revision } }',
      'BAD_INPUT',
      /true or false/,
    ],
    [
      'recordFact(input: { unit: "098", year: 2022, fact: "advancedModels", value: 1.5, evidence: "x" }) { fact { revision } }',
      'BAD_INPUT',
      /whole/,
    ],
    [
      'setDeadline(input: { year: 2022, kind: PACT, dueOn: "1999-01-01", source: "x" }) { deadline { dueOn } }',
      'BAD_DATE',
      /no deadline of 2022/,
    ],
    [
      'setMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "11", source: "x" }) { cluster { code } }',
      'BAD_INPUT',
      /a province does not compete/,
    ],
    [
      'setMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "03124", source: "x" }) { cluster { code } }',
      'BAD_INPUT',
      /with a district/,
    ],
    [
      'setMembership(input: { cluster: "khoi-mau", year: 2022, unit: "096", source: "x" }) { cluster { code } }',
      'BAD_INPUT',
      /bloc/,
    ],
    [
      'setMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "096", source: "" }) { cluster { code } }',
      'BAD_INPUT',
      /source must not be empty/,
    ],
    [
      'assignTargets(input: { year: 2022, validFrom: "2022-06-07", source: "x", targets: [{ unit: "096", indicator: "forest-cover", value: -5 }] }) { targets { value } }',
      'OUT_OF_RANGE',
      /share/,
    ],
    [
      'assignTargets(input: { year: 2022, validFrom: "2022-06-07", source: "x", targets: [{ unit: "096", indicator: "forest-cover", value: 50, baseline: 140 }] }) { targets { value } }',
      'OUT_OF_RANGE',
      /share/,
    ],
  ])('%s is refused', async (text, code, words) => {
    const { errors } = await ask(`mutation { ${text} }`, 'council')
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(words), extensions: { code } })
  })

  test('nobody appraises the own score, not even a head', async () => {
    const lines = [{ item: 'macadamia-planted', points: 1 }]
    const scores = {
      unit: '097',
      year: 2022,
      stage: 'APPRAISED',
      scoredOn: '2023-02-01',
      signedBy: 'A',
      evidence: 'x',
      lines,
    }
    const refused = await act('head', 'ChamDiem', { input: scores })
    expect(refused.errors?.[0]?.message).toBe("nobody may appraise a member's score of the own unit")
    expect((await act('council', 'ChamDiem', { input: scores })).errors).toBeUndefined()
  })

  test('a unit moves to another cluster for a year, unless it heads its own, and back', async () => {
    const move = (unit: string, cluster: string) =>
      ask<{ setMembership: { units: { totalCount: number } } }>(
        `mutation { setMembership(input: { cluster: "${cluster}", year: 2022, unit: "${unit}", source: "QĐ 4" }) { cluster { units { totalCount } } } }`,
        'council',
      )
    expect((await move('097', 'cum-vung-thap')).errors?.[0]?.message).toContain('heads cum-vung-cao in 2022')
    expect((await move('096', 'cum-vung-thap')).data.setMembership.units.totalCount).toBe(6)
    const where = await ask<{ unit: object; ranking: { clusters: { members: object[] }[] } }>(
      '{ unit(code: "096") { cluster { code } } ranking(cluster: "cum-vung-cao") { clusters { members { unit { code } } } } }',
    )
    expect(where.data.unit).toEqual({ cluster: { code: 'cum-vung-thap' } })
    expect(where.data.ranking.clusters[0]?.members).toHaveLength(4)
    expect((await move('096', 'cum-vung-cao')).data.setMembership.units.totalCount).toBe(5)
  })

  test('the head of a cluster is one of its members', async () => {
    const set = (unit: string) =>
      ask(
        `mutation { setClusterHead(input: { cluster: "cum-vung-thap", year: 2022, unit: "${unit}", source: "Quyết định 3" }) { cluster { head { code } } } }`,
        'council',
      )
    expect(codeOf(await set('096'))).toBe('BAD_INPUT')
    expect((await set('099')).data).toEqual({ setClusterHead: { head: { code: '099' } } })
    const late = await ask<{ setDeadline: object }>(
      'mutation { setDeadline(input: { year: 2022, kind: PACT, dueOn: "2022-04-15", source: "Công văn 2" }) { deadline { dueOn source } } }',
      'council',
    )
    expect(late.data.setDeadline).toEqual({ dueOn: '2022-04-15', source: 'Công văn 2' })
  })
})

describe('from a ranking to a decision', () => {
  let ranking: string
  const reason = 'Tổng kết năm 2022'
  const falseDeclaration = 'Kê khai không đúng <img src=x onerror=alert(1)> [x](javascript:alert(1)) | cell'

  test('the head freezes the ranking; ranking its inputs anew gives the same bytes', async () => {
    const { data } = await act<{ freezeRanking: HoSo & { hash: string } }>('head', 'ChotXepHang', {
      input: { cluster: 'cum-vung-cao', year: 2022, reason },
    })
    ranking = data.freezeRanking.code
    expect(ranking).toBe('2022-cum-vung-cao-1')
    expect(data.freezeRanking).toMatchObject({ phase: 'RANKED', possible: ['BALLOT', 'NOMINATE'] })
    const frozen = await ask<{ frozenRanking: { document: string; hash: string; reproducible: boolean } }>(
      `{ frozenRanking(code: "${ranking}") { document hash reproducible changedSince { now } } }`,
      'analyst',
    )
    const { document, hash, reproducible } = frozen.data.frozenRanking
    expect(createHash('sha256').update(document).digest('hex')).toBe(hash)
    expect(reproducible).toBe(true)
    // The same on the embedded database and on PostgreSQL; it changes with the demonstration data and the policy only.
    expect(hash).toBe('51eaae45a74fce94d3bcee519c622fe85078351a59dcca8538fc86be64b8c949')
    expect(frozen.data.frozenRanking).toMatchObject({ changedSince: [] })
  })

  test('nobody without a token sees it before it is published', async () => {
    expect(codeOf(await ask(`{ frozenRanking(code: "${ranking}") { code } }`))).toBe('UNKNOWN_RANKING')
    const { data } = await ask('{ cluster(code: "cum-vung-cao") { frozenRankings { code } } }')
    expect(data).toEqual({ cluster: { frozenRankings: [] } })
  })

  test('a tie is settled by a recorded ballot, the best are proposed', async () => {
    const wrong = await act('head', 'BoPhieu', { input: { ranking, order: ['096'], reason: 'x' } })
    expect(wrong.errors?.[0]?.message).toContain('units with a shared rank: 096 (4), 103 (4)')
    const ballot = await act('head', 'BoPhieu', {
      input: { ranking, order: ['103', '096'], reason: 'Biên bản bỏ phiếu 12/01' },
    })
    expect(ballot.data.settleTie?.members.map(({ rank, unit }) => [rank, unit.code])).toEqual([
      [1, '101'],
      [2, '097'],
      [3, '098'],
      [4, '103'],
      [5, '096'],
    ])
    // 097 heads the cluster and is proposed: nobody proposes the own unit.
    expect(codeOf(await act('head', 'DeNghi', { input: { ranking, reason } }))).toBe('FORBIDDEN')
    const nominated = await act('administrator', 'DeNghi', { input: { ranking, reason } })
    expect(nominated.data.nominate?.nominees.map(({ unit, proposed }) => [unit.code, proposed])).toEqual([
      // Nobody met all targets: the seat of the flag stays empty.
      ['101', 'certificate-of-merit'],
      ['097', 'certificate-of-merit'],
    ])
  })

  test('an impossible step is refused, and says which are possible', async () => {
    const early = await act('council', 'CongBo', { input: { ranking, reason } })
    expect(early.errors?.[0]).toMatchObject({
      message: 'publish (PUBLISH) is not possible while NOMINATED; possible: appraise (APPRAISE)',
      extensions: { code: 'IMPOSSIBLE_STEP', step: 'PUBLISH', phase: 'NOMINATED', possible: ['APPRAISE'] },
    })
    expect(codeOf(await act('head', 'ThamDinh', { input: { ranking, unit: '097', verdict: 'AGREE', reason } }))).toBe(
      'FORBIDDEN',
    )
    expect(codeOf(await act('council', 'DeNghi', { input: { ranking, reason } }))).toBe('FORBIDDEN')
  })

  test('three of the council at once: one verdict is stored, the others are told', async () => {
    const verdicts = await Promise.all(
      ['AGREE', 'AGREE', 'AGREE'].map((verdict) =>
        act('council', 'ThamDinh', { input: { ranking, unit: '097', verdict, reason } }),
      ),
    )
    const stored = verdicts.filter(({ errors }) => !errors)
    expect(stored).toHaveLength(1)
    for (const verdict of verdicts) if (verdict.errors) expect(codeOf(verdict)).toBe('EDIT_CONFLICT')
    const { data } = await ask<{ frozenRanking: { steps: { number: number; takenBy: string; reason: string }[] } }>(
      `{ frozenRanking(code: "${ranking}") { steps { number kind takenBy takenAt reason } } }`,
      'council',
    )
    const { steps } = data.frozenRanking
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, i) => i + 1))
    expect(steps).toHaveLength(2 + stored.length)
    expect(steps[0]).toMatchObject({ kind: 'BALLOT', takenBy: 'head-097', reason: 'Biên bản bỏ phiếu 12/01' })
  })

  test('robustness, return, decision and publication', async () => {
    const robust = await ask<{ ranking: { clusters: { fairness: { units: object[] } }[] } }>(
      saved('8-do-vung-cua-xep-hang'),
      'council',
      { cluster: 'cum-vung-cao' },
    )
    expect(robust.data.ranking.clusters[0]?.fairness.units).toHaveLength(5)
    const returned = await act('council', 'ThamDinh', {
      input: {
        ranking,
        unit: '101',
        verdict: 'RETURN',
        reason: 'Thiếu minh chứng sơ kết',
      },
    })
    expect(returned.data.appraise?.possible).toEqual(['NOMINATE', 'APPRAISE'])
    // Proposed anew is only 101: the head may do that.
    await act('head', 'DeNghi', { input: { ranking, reason: 'Đã bổ sung minh chứng' } })
    await act('council', 'ThamDinh', { input: { ranking, unit: '101', verdict: 'AGREE', reason } })
    const decided = await act('council', 'QuyetDinh', {
      input: {
        ranking,
        number: '0456/QĐ-UBND',
        date: '2023-03-15',
        grants: [{ unit: '097', award: 'certificate-of-merit' }],
        reason,
      },
    })
    expect(decided.data.decide).toMatchObject({ phase: 'DECIDED', possible: ['PUBLISH', 'REVOKE'] })
    const published = await act('council', 'CongBo', { input: { ranking, reason } })
    expect(published.data.publish?.phase).toBe('PUBLISHED')
    const anyone = await ask<{ frozenRanking: HoSo }>(
      `{ frozenRanking(code: "${ranking}") { phase decisions { number date published } nominees { unit { code } proposed granted decision } } }`,
    )
    expect(anyone.data.frozenRanking).toMatchObject({
      decisions: [{ number: '0456/QĐ-UBND', date: '2023-03-15', published: true }],
      nominees: [
        { unit: { code: '101' }, proposed: 'certificate-of-merit', granted: null },
        { unit: { code: '097' }, granted: 'certificate-of-merit', decision: '0456/QĐ-UBND' },
      ],
    })
  })

  test('a later correction changes nothing that is frozen, and shows on it', async () => {
    const admin = token('--role', 'administrator')
    const corrected = {
      unit: '097',
      year: 2022,
      asOf: '2022-12-31',
      status: 'OFFICIAL',
      source: 'Đính chính',
      values: [{ indicator: 'poverty-rate', value: 99 }],
    }
    await server.query(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
      { input: corrected },
      bearer(admin),
    )
    const { data } = await ask<{ frozenRanking: object }>(
      `{ frozenRanking(code: "${ranking}") { reproducible changedSince { unit { code } indicator { id } now } members { rank unit { code } } } }`,
    )
    expect(data.frozenRanking).toMatchObject({
      reproducible: true,
      changedSince: [{ unit: { code: '097' }, indicator: { id: 'poverty-rate' }, now: 99 }],
      members: [{ rank: 1, unit: { code: '101' } }, { rank: 2, unit: { code: '097' } }, {}, {}, {}],
    })
  })

  test('an award is revoked with its reason', async () => {
    const revoked = await act('council', 'ThuHoi', { input: { ranking, unit: '097', reason: falseDeclaration } })
    expect(revoked.data.revoke?.nominees[1]).toMatchObject({
      granted: 'certificate-of-merit',
      revoked: falseDeclaration,
    })
  })

  test('"why not us" is one query', async () => {
    const { data } = await ask<{ unit: { standing: { differences: object[] } } }>(
      saved('10-vi-sao-khong-phai-chung-toi'),
      undefined,
      { unit: '098' },
    )
    expect(data.unit.standing).toMatchObject({
      own: { eligible: true, whatItTakes: { aim: 'RANK', reachable: true } },
      ahead: { unit: { name: expect.any(String) } },
    })
    expect(data.unit.standing.differences.length).toBeGreaterThan(0)
  })

  test('the report, by query and by command, tells all of it', async () => {
    const { data } = await ask<{ report: { markdown: string; html: string; xlsx: string } }>(
      '{ report(year: 2022) { markdown html xlsx } }',
      'council',
    )
    for (const words of ['0456/QĐ-UBND ngày 15/03/2023', 'Đã thu hồi', 'chậm 5 ngày', 'DỮ LIỆU GIẢ LẬP']) {
      expect(data.report.markdown).toContain(words)
    }
    expect(data.report.html).toContain('<table>')
    expect(Buffer.from(data.report.xlsx, 'base64').subarray(0, 2).toString()).toBe('PK')
    const out = join(dataDir, 'bao-cao.html')
    execFileSync(process.execPath, [DIENBIEN, 'report', '--url', server.url, '--format', 'html', '--out', out], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: 'pipe',
    })
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>')
  })

  test('in the report each unit has as many indicators as the directive, each counted in one column', async () => {
    const { data } = await ask<{ report: { markdown: string } }>('{ report(year: 2022) { markdown } }', 'council')
    const { markdown } = data.report
    const [, section = ''] = /^## 2\\?\. (.*?)^## 3\\?\. /ms.exec(markdown) ?? []
    const [head = [], , ...rows] = section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2, -2).split(' | '))
    const apart = [
      'Đạt',
      'Đang thực hiện',
      'Không đạt',
      'Chưa có số liệu cuối năm',
      'Chưa có số liệu',
      'Không giao chỉ tiêu',
    ]
    expect(rows.length).toBeGreaterThan(9)
    for (const row of rows) {
      const counts = apart.map((name) => Number(row[head.indexOf(name)]))
      expect([row[1], counts.reduce((sum, count) => sum + count)]).toEqual([row[1], 70])
    }
    expect(markdown).toMatch(/Chỉ thị giao \d+ nhiệm vụ không có chỉ tiêu số\./)
  })

  test('what people wrote is no markup in the report', async () => {
    const { data } = await ask<{ report: { html: string } }>('{ report(cluster: "cum-vung-cao") { html } }')
    expect(data.report.html).not.toMatch(/<img|href="javascript/)
    expect(data.report.html).toContain('| cell')
  })
})

describe('what if', () => {
  const RANKING = `query ($policy: JSON, $figures: [WhatIfFigure!]) { ranking(cluster: "cum-vung-cao", policy: $policy, figures: $figures) {
    policy clusters { members { rank unit { code } whatItTakes { goal } } } } }`
  type Ranked = { ranking: { policy: Record<string, unknown>; clusters: { members: { unit: { code: string } }[] }[] } }

  test('other figures move a unit, and nothing is stored', async () => {
    const demo = shared('demo')
    const before = await demo.query<Ranked>(RANKING)
    const last = before.data.ranking.clusters[0]?.members.at(-1)?.unit.code as string
    const { data } = await demo.query<{
      unit: { evaluation: { results: { indicator: { id: string }; target: { value: number } }[] } }
    }>(
      `{ unit(code: "${last}") { evaluation { results(status: [NOT_MET, NO_DATA]) { indicator { id } target { value } } } } }`,
    )
    const figures = data.unit.evaluation.results.map(({ indicator, target }) => ({
      unit: last,
      indicator: indicator.id,
      value: target.value,
    }))
    const after = await demo.query<Ranked>(RANKING, { figures })
    expect(after.errors).toBeUndefined()
    expect(after.data.ranking.clusters[0]?.members.findIndex(({ unit }) => unit.code === last)).toBeLessThan(4)
    expect((await demo.query<Ranked>(RANKING)).data).toEqual(before.data)
  })

  test.each([
    [
      { quotas: [{ award: 'a', name: { vi: 'x', en: 'x' }, seats: 6 }], overall: undefined },
      'policy.quotas[0].seats: 6 seats for 5 members',
    ],
    [{ weights: { default: 0 } }, 'policy.weights: all are zero'],
    [
      {
        weights: {
          default: 1,
          groups: [{ id: 'g', name: { vi: 'x', en: 'x' }, weight: 1, indicators: ['povrty-rate'] }],
        },
      },
      'did you mean "poverty-rate"?',
    ],
    [
      {
        eligibility: [
          { id: 'x', when: { fact: 'pactSined', operator: 'equal', value: true }, requirement: { vi: 'x', en: 'x' } },
        ],
      },
      'no fact "pactSined"',
    ],
  ])('a policy with %j is refused', async (change, message) => {
    const demo = shared('demo')
    const { data } = await demo.query<Ranked>(RANKING)
    const { errors } = await demo.query(RANKING, { policy: { ...data.ranking.policy, ...change } })
    expect(errors?.[0]?.message).toContain(message)
  })
})
