// What a frozen ranking rests on stays as it was while that ranking stands: by every mutation and by a workbook, at once too.
// A ranking is withdrawn, put right and frozen again. Over real HTTP, of years after 2022.
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

const SOURCE = 'source: "QĐ 16/QĐ-HĐTĐKT"'
type Found = Record<string, never>
const change = (call: string, headers = administrator) => server.change<Found>(`mutation { it: ${call} }`, {}, headers)
const made = async (call: string) => {
  const { data, errors } = await change(call)
  expect([call, errors]).toEqual([call, undefined])
  return data.it as unknown
}
const refused = async (call: string, headers?: Record<string, string>) => {
  const { data, errors } = await change(call, headers)
  expect([call, data?.it ?? null]).toEqual([call, null])
  return { message: errors?.[0]?.message, ...errors?.[0]?.extensions } as Record<string, unknown>
}
const ask = async (query: string) => {
  const { data, errors } = await server.query<Record<string, never>>(query, {}, administrator)
  expect(errors).toBeUndefined()
  return data as unknown
}
const member = (cluster: string, year: number, unit: string) =>
  `setMembership(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", ${SOURCE} }) { cluster { code } }`
const leave = (cluster: string, year: number, unit: string) =>
  `removeMembership(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", ${SOURCE} }) { cluster { code } }`
const head = (cluster: string, year: number, unit: string) =>
  `setClusterHead(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", ${SOURCE} }) { headship { unit { code } } }`
const copy = (cluster: string, year: number) =>
  `copyMemberships(input: { cluster: "${cluster}", year: ${year}, ${SOURCE} }) { units { code } }`
const deadline = (more: string) => `setDeadline(input: { ${SOURCE}, ${more} }) { deadline { dueOn } cluster { code } }`
const rename = (cluster: string, fromYear: number, name: string) =>
  `renameCluster(input: { cluster: "${cluster}", fromYear: ${fromYear}, name: "${name}", nameEn: "Renamed", ${SOURCE} }) { cluster { name } }`
const freeze = (cluster: string, year: number) =>
  `freezeRanking(input: { cluster: "${cluster}", year: ${year}, reason: "Tổng kết năm ${year}" }) { ranking { code document } }`
const withdraw = (ranking: string) =>
  `withdrawRanking(input: { ranking: "${ranking}", reason: "Nhầm thành viên" }) { ranking { code withdrawn possible supersededBy steps { kind } } }`
const units = (changes: string) =>
  `changeUnits(input: { decision: "NQ 9/NQ-HĐND", dryRun: true, ${changes} }) { units { code } }`

interface SetUpAnswer {
  readonly setUp: {
    readonly problems: readonly { readonly sheet: string; readonly cell: string; readonly message: string }[]
  }
}
async function workbook(sheets: Parameters<typeof xlsx>[0], headers = administrator) {
  const body = new FormData()
  const query =
    'mutation ($input: SetUpInput!) { setUp(input: $input) { problems { sheet cell message(locale: EN) } errors { message } } }'
  body.set('operations', JSON.stringify({ query, variables: { input: { file: null, source: 'QĐ 2/QĐ-UBND' } } }))
  body.set('map', '{"0":["variables.input.file"]}')
  body.set('0', new Blob([(await xlsx(sheets)) as BlobPart]), 'so-tinh.xlsx')
  const response = await fetch(server.url, { method: 'POST', headers, body })
  const { data, errors } = (await response.json()) as Answer<SetUpAnswer>
  expect(errors).toBeUndefined()
  return data.setUp.problems
}

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  administrator = bearer(token('--role', 'administrator'))
  await publishYears(server, administrator, 2023, 2024, 2025)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Of the two clusters in 2023: members, heads, names and deadlines. */
const STATE = `{ thap: cluster(code: "cum-vung-thap", year: 2023) { name lastYear head { code } members { unit { code } source } }
  cao: cluster(code: "cum-vung-cao", year: 2023) { name head { code } members { unit { code } } }
  own: deadlines(year: 2023, cluster: "cum-vung-thap") { kind dueOn } all: deadlines(year: 2023) { kind dueOn } }`
const RANKING = '2023-cum-vung-thap-1'

describe('while the ranking of a cluster and year stands', () => {
  beforeAll(async () => {
    await made(copy('cum-vung-cao', 2023))
    await made(copy('cum-vung-thap', 2023))
    await made(leave('cum-vung-thap', 2023, '102'))
    await made(deadline('year: 2023, kind: FINAL, cluster: "cum-vung-thap", dueOn: "2023-12-10"'))
    await made(deadline('year: 2023, kind: PLAN, dueOn: "2023-03-31"'))
    expect(await made(freeze('cum-vung-thap', 2023))).toMatchObject({ code: RANKING })
  })

  test.each([
    ['nobody enters its cluster', member('cum-vung-thap', 2023, '102'), 'input.unit'],
    ['nobody moves into it', member('cum-vung-thap', 2023, '098'), 'input.unit'],
    ['nobody moves out of it', member('cum-vung-cao', 2023, '099'), 'input.unit'],
    ['nobody leaves it', leave('cum-vung-thap', 2023, '095'), 'input.unit'],
    ['nobody goes on in it from the year before', copy('cum-vung-thap', 2023), 'input.cluster'],
    ['no other member heads it', head('cum-vung-thap', 2023, '094'), 'input.unit'],
    [
      'its deadlines stay',
      deadline('year: 2023, kind: FINAL, cluster: "cum-vung-thap", dueOn: "2023-12-31"'),
      'input.dueOn',
    ],
    ['they are not taken back', deadline('year: 2023, kind: FINAL, cluster: "cum-vung-thap"'), 'input.dueOn'],
    [
      'no new one comes',
      deadline('year: 2023, kind: PACT, cluster: "cum-vung-thap", dueOn: "2023-03-01"'),
      'input.dueOn',
    ],
    [
      "everyone's stay where it has none of its own",
      deadline('year: 2023, kind: PLAN, dueOn: "2023-04-30"'),
      'input.dueOn',
    ],
    ['it is not renamed in its year', rename('cum-vung-thap', 2023, 'Cụm vùng thấp'), 'input.fromYear'],
    ['nor from a year before', rename('cum-vung-thap', 2022, 'Cụm vùng thấp'), 'input.fromYear'],
  ])('%s', async (_, call, argument) => {
    const before = await ask(STATE)
    const error = await refused(call)
    expect(error).toMatchObject({ code: 'RANKING_FROZEN', argument, nearest: RANKING })
    expect(error.message).toContain(`(${RANKING}); withdraw it first`)
    expect(await ask(STATE)).toEqual(before)
  })

  test.each([
    ['ends', 'close: [{ unit: "099", lastDay: "2023-08-31" }]', ['close', '0']],
    [
      'is merged into another',
      'create: [{ code: "099", name: "Huyện Mới", kind: "Huyện", level: DISTRICT, parent: "11", from: "2023-09-01", predecessors: ["099"] }]',
      ['create', '0', 'predecessors', '0'],
    ],
    ['ends before that year', 'close: [{ unit: "099", lastDay: "2022-12-31" }]', ['close', '0']],
  ])('none of its members %s', async (_, changes, path) => {
    const { errors = [] } = await change(units(changes))
    const frozen = errors.filter(({ extensions }) => extensions.code === 'RANKING_FROZEN')
    expect(frozen).toHaveLength(1)
    expect(frozen[0]?.message).toContain(RANKING)
    const argument = ['input', ...path].map((name) => (/^\d/.test(name) ? `[${name}]` : `.${name}`)).join('')
    expect(frozen[0]?.extensions.argument).toBe(argument.slice(1))
  })

  test('a workbook is held to the same, by cell, and nothing of it is stored', async () => {
    const before = await ask(STATE)
    const problems = await workbook({
      'Thành viên': [
        ['Năm', 'Mã cụm, khối', 'Đơn vị'],
        [2023, 'cum-vung-thap', '099'],
        [2023, 'cum-vung-thap', '102'],
        [2024, 'cum-vung-thap', '102'],
      ],
      'Trưởng cụm, khối': [
        ['Năm', 'Mã cụm, khối', 'Đơn vị'],
        [2023, 'cum-vung-thap', '094'],
      ],
      'Thời hạn': [
        ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối'],
        [2023, null, 'kế hoạch', '2023-04-30'],
      ],
    })
    expect(problems.map(({ sheet, cell }) => `${sheet} ${cell}`)).toEqual([
      'Thành viên C3',
      'Trưởng cụm, khối C2',
      'Thời hạn D2',
    ])
    for (const { message } of problems) expect(message).toContain(RANKING)
    expect(await ask(STATE)).toEqual(before)
  })

  test('what it does not rest on goes on', async () => {
    await made(member('cum-vung-thap', 2024, '102'))
    await made(head('cum-vung-thap', 2024, '102'))
    await made(leave('cum-vung-cao', 2023, '096'))
    await made(member('cum-vung-cao', 2023, '096'))
    // Who says so is corrected; what stands stays.
    await made(member('cum-vung-thap', 2023, '099'))
    await made(head('cum-vung-thap', 2023, '100'))
    await made(deadline('year: 2023, kind: FINAL, dueOn: "2023-12-20"'))
    await made(deadline('year: 2023, kind: FINAL, cluster: "cum-vung-thap", dueOn: "2023-12-10"'))
    await made(deadline('year: 2024, kind: PLAN, dueOn: "2024-04-30"'))
    await made(rename('cum-vung-thap', 2024, 'Cụm vùng thấp mới'))
    for (const changes of [
      'close: [{ unit: "099", lastDay: "2024-06-30" }]',
      'change: [{ unit: "099", from: "2023-07-01", name: "Huyện Tuần Giáo mới" }]',
      'close: [{ unit: "103", lastDay: "2023-08-31" }]',
    ]) {
      const { errors } = await change(units(changes))
      expect(JSON.stringify(errors ?? [])).not.toContain('RANKING_FROZEN')
    }
  })
})

describe('a ranking that is withdrawn', () => {
  test('is withdrawn by nobody whose own unit is ranked in it, and not by its head', async () => {
    for (const viewer of [
      ['--role', 'council', '--unit', '099'],
      ['--role', 'head', '--unit', '100'],
    ]) {
      expect(await refused(withdraw(RANKING), bearer(token(...viewer)))).toMatchObject({ code: 'FORBIDDEN' })
    }
    const can = `{ frozenRanking(code: "${RANKING}") { viewerCan(step: WITHDRAW) } }`
    expect(await ask(can)).toEqual({ frozenRanking: { viewerCan: true } })
  })

  test('stays to be read with its reason, goes no further, and lets what it rested on be put right', async () => {
    expect(await made(withdraw(RANKING))).toEqual({
      code: RANKING,
      withdrawn: 'Nhầm thành viên',
      possible: [],
      supersededBy: null,
      steps: [{ kind: 'WITHDRAW' }],
    })
    for (const call of [
      withdraw(RANKING),
      `nominate(input: { ranking: "${RANKING}", reason: "x" }) { ranking { code } }`,
    ]) {
      expect(await refused(call)).toMatchObject({
        code: 'IMPOSSIBLE_STEP',
        message: `${RANKING} is withdrawn: nothing goes on there`,
      })
    }
    await made(member('cum-vung-thap', 2023, '102'))
    await made(deadline('year: 2023, kind: PLAN, dueOn: "2023-04-30"'))
    await made(rename('cum-vung-thap', 2023, 'Cụm vùng thấp'))
  })

  test('makes place for a new one, which then stands against changes', async () => {
    const again = (await made(freeze('cum-vung-thap', 2023).replace('year: 2023', 'year: 2023, expected: 0'))) as {
      code: string
      document: string
    }
    expect(again.code).toBe('2023-cum-vung-thap-2')
    expect((JSON.parse(again.document) as { members: { unit: string }[] }).members.map(({ unit }) => unit)).toContain(
      '102',
    )
    expect(await refused(leave('cum-vung-thap', 2023, '102'))).toMatchObject({
      code: 'RANKING_FROZEN',
      nearest: '2023-cum-vung-thap-2',
    })
    expect(
      await ask(`{ frozenRanking(code: "${RANKING}") { withdrawn supersededBy viewerCan(step: WITHDRAW) } }`),
    ).toEqual({
      frozenRanking: { withdrawn: 'Nhầm thành viên', supersededBy: '2023-cum-vung-thap-2', viewerCan: false },
    })
  })

  test('is none that led to awards, until they are revoked', async () => {
    const ranking = '2022-cum-vung-cao-1'
    await made(freeze('cum-vung-cao', 2022))
    for (const call of [
      `settleTie(input: { ranking: "${ranking}", order: ["103", "096"], reason: "x" }) { ranking { code } }`,
      `nominate(input: { ranking: "${ranking}", reason: "x" }) { ranking { code } }`,
    ])
      await change(call)
    const { frozenRanking } = (await ask(
      `{ frozenRanking(code: "${ranking}") { nominees { unit { code } proposed } } }`,
    )) as {
      frozenRanking: { nominees: { unit: { code: string }; proposed: string }[] }
    }
    const [first] = frozenRanking.nominees
    for (const { unit } of frozenRanking.nominees)
      await made(
        `appraise(input: { ranking: "${ranking}", unit: "${unit.code}", verdict: AGREE, reason: "x" }) { ranking { code } }`,
      )
    await made(
      `decide(input: { ranking: "${ranking}", number: "7/QĐ-UBND", date: "2023-03-15", grants: [{ unit: "${first?.unit.code}", award: "${first?.proposed}" }], reason: "x" }) { ranking { code } }`,
    )
    expect(await refused(withdraw(ranking))).toMatchObject({
      code: 'IMPOSSIBLE_STEP',
      message: expect.stringContaining('revoke'),
    })
    await made(
      `revoke(input: { ranking: "${ranking}", unit: "${first?.unit.code}", reason: "Kê khai sai" }) { ranking { code } }`,
    )
    expect(await made(withdraw(ranking))).toMatchObject({ withdrawn: 'Nhầm thành viên' })
  })
})

describe('at one moment', () => {
  const BLOC = 'khoi-dua'
  interface FrozenMembers {
    readonly frozenRankings: readonly {
      readonly code: string
      readonly withdrawn: string | null
      readonly document: string
    }[]
    readonly members: readonly { readonly unit: { readonly code: string } }[]
  }
  const look = async (year: number) =>
    (
      (await ask(
        `{ cluster(code: "${BLOC}", year: ${year}) { frozenRankings { code withdrawn document } members { unit { code } } } }`,
      )) as { cluster: FrozenMembers }
    ).cluster
  const frozenMembers = (document: string) =>
    (JSON.parse(document) as { members: { unit: string }[] }).members.map(({ unit }) => unit).sort()

  beforeAll(async () => {
    await made(
      `createCluster(input: { code: "${BLOC}", name: "Khối đua", nameEn: "Racing bloc", kind: BLOC, firstYear: 2024, ${SOURCE} }) { cluster { code } }`,
    )
    for (const unit of ['so-mau-1', 'so-mau-2']) await made(member(BLOC, 2024, unit))
  })

  test('a ranking is frozen and a member enters, leaves or ends: the ranking has whom the cluster has', async () => {
    const seen = new Set<string>()
    for (let round = 1; round <= 8; round++) {
      const entering = round % 2 === 1
      const [frozen, moved] = await Promise.all([
        change(freeze(BLOC, 2024)),
        change(entering ? member(BLOC, 2024, 'so-mau-3') : leave(BLOC, 2024, 'so-mau-3')),
      ])
      expect(frozen.errors).toBeUndefined()
      const codes = moved.errors?.map(({ extensions }) => extensions.code) ?? []
      expect([[], ['RANKING_FROZEN']]).toContainEqual(codes)
      seen.add(codes.join() || 'first')
      const { frozenRankings, members } = await look(2024)
      const [newest] = frozenRankings
      expect(newest?.withdrawn).toBeNull()
      expect(frozenMembers(newest?.document as string)).toEqual(members.map(({ unit }) => unit.code).sort())
      await made(withdraw(newest?.code as string))
      // For the next round it is where this one would have brought it.
      if (codes.length > 0) await made(entering ? member(BLOC, 2024, 'so-mau-3') : leave(BLOC, 2024, 'so-mau-3'))
    }
    expect(seen.size).toBeGreaterThan(0)
    await made(member(BLOC, 2024, 'so-mau-4'))
    const close =
      'changeUnits(input: { decision: "QĐ 1", close: [{ unit: "so-mau-4", lastDay: "2024-05-31" }] }) { units { code } }'
    const [frozen, ended] = await Promise.all([change(freeze(BLOC, 2024)), change(close)])
    expect(frozen.errors).toBeUndefined()
    const { unit } = (await ask('{ unit(code: "so-mau-4", on: "2024-01-01") { validTo } }')) as {
      unit: { validTo: string | null }
    }
    // Who came first: the ranking, or the end of a member of it.
    expect(unit.validTo).toBe(ended.errors ? null : '2024-05-31')
  })
})

test('every change is in the trail, and nothing beside it', async () => {
  expect(await ask('{ trailGaps { what table } }')).toEqual({ trailGaps: [] })
})
