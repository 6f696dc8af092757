// Clusters and blocs are made, renamed and closed; their members, heads and deadlines go from year to year. Over real HTTP.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { publishYears } from './later-years.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let administrator: Record<string, string>

type Found = Record<string, never>
const change = (call: string, headers = administrator) => server.change<Found>(`mutation { it: ${call} }`, {}, headers)
const refused = async (call: string, headers?: Record<string, string>) => {
  const { data, errors } = await change(call, headers)
  expect(data?.it ?? null).toBeNull()
  return { message: errors?.[0]?.message, ...errors?.[0]?.extensions } as Record<string, unknown>
}
const made = async (call: string) => {
  const { data, errors } = await change(call)
  expect(errors).toBeUndefined()
  return data.it as unknown
}
const ask = async (query: string) => {
  const { data, errors } = await server.query<Record<string, never>>(query, {}, administrator)
  expect(errors).toBeUndefined()
  return data as unknown
}

const BLOC = `code: "khoi-noi-chinh", name: "Khối thi đua Nội chính", nameEn: "Bloc of internal affairs", kind: BLOC, firstYear: 2023, source: "QĐ 15/QĐ-HĐTĐKT"`
const member = (cluster: string, year: number, unit: string, source = 'QĐ 16/QĐ-HĐTĐKT') =>
  `setMembership(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", source: "${source}" }) { cluster { code } unit { code } }`
const head = (cluster: string, year: number, unit: string) =>
  `setClusterHead(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", source: "Biên bản họp khối" }) { cluster { head { code } } }`
const remove = (cluster: string, year: number, unit: string) =>
  `removeMembership(input: { cluster: "${cluster}", year: ${year}, unit: "${unit}", source: "QĐ 20/QĐ-HĐTĐKT" }) { cluster { members { unit { code } } head { code } } unit { cluster(year: ${year}) { code } } }`
const copy = (cluster: string, year: number, more = '') =>
  `copyMemberships(input: { cluster: "${cluster}", year: ${year}, source: "KH 3/KH-UBND" ${more} }) { cluster { year members { unit { code } source } head { code } } units { code } leftOut { unit { code } reason(locale: VI) } }`
const close = (cluster: string, lastYear: number | null) =>
  `closeCluster(input: { cluster: "${cluster}", lastYear: ${lastYear}, source: "QĐ 99/QĐ-UBND" }) { cluster { code lastYear closingDecision } }`

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  administrator = bearer(token('--role', 'administrator'))
  await publishYears(server, administrator, 2023, 2024)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a bloc is made', () => {
  test('with a slug and a name of its own, which nobody has yet', async () => {
    const bloc = (from: string, to: string) =>
      refused(`createCluster(input: { ${BLOC.replace(from, to)} }) { cluster { code } }`)
    expect(await bloc('khoi-noi-chinh', 'Khối Nội chính')).toMatchObject({
      code: 'BAD_INPUT',
      argument: 'input.code',
      nearest: 'khoi-noi-chinh',
    })
    expect(await bloc('khoi-noi-chinh', 'cum-vung-cao')).toMatchObject({
      code: 'BAD_INPUT',
      message: 'the code "cum-vung-cao" is of Cụm thi đua các huyện vùng cao already',
    })
    expect(await bloc('khoi-noi-chinh', 'so-mau-1')).toMatchObject({ code: 'BAD_INPUT', argument: 'input.code' })
    expect(await bloc('Khối thi đua Nội chính', 'CỤM THI ĐUA các huyện vùng cao')).toMatchObject({
      argument: 'input.name',
      message: expect.stringContaining('is of cum-vung-cao'),
    })
    expect(await bloc('firstYear: 2023', 'firstYear: 23')).toMatchObject({ argument: 'input.firstYear' })
  })

  test('and is there from its first year on, before it has members where somebody asks for such', async () => {
    const cluster = await made(
      `createCluster(input: { ${BLOC} }) { cluster { code name(locale: EN) year firstYear lastYear source synthetic } }`,
    )
    expect(cluster).toEqual({
      code: 'khoi-noi-chinh',
      name: 'Bloc of internal affairs',
      year: 2023,
      firstYear: 2023,
      lastYear: null,
      source: 'QĐ 15/QĐ-HĐTĐKT',
      synthetic: false,
    })
    const nodes = (...codes: string[]) => ({ nodes: codes.map((code) => ({ code })) })
    expect(
      await ask(`{ before: clusters(year: 2022, withoutMembers: true) { nodes { code } }
        all: clusters(year: 2023, withoutMembers: true) { nodes { code } } with: clusters(year: 2023) { nodes { code } } }`),
    ).toEqual({
      before: nodes('cum-vung-cao', 'cum-vung-thap', 'khoi-mau'),
      all: nodes('cum-vung-cao', 'cum-vung-thap', 'khoi-mau', 'khoi-noi-chinh'),
      with: nodes(),
    })
  })

  test('with units that may compete in it, in years in which it is there', async () => {
    expect(await refused(member('khoi-noi-chinh', 2022, 'so-mau-1'))).toMatchObject({
      code: 'BAD_INPUT',
      argument: 'input.year',
      nearest: '2023',
      message: 'khoi-noi-chinh exists from 2023 on',
    })
    expect(await refused(member('khoi-noi-chinh', 2023, '096'))).toMatchObject({ argument: 'input.unit' })
    for (const unit of ['so-mau-1', 'so-mau-2', 'so-mau-3']) await made(member('khoi-noi-chinh', 2023, unit))
    expect(await made(head('khoi-noi-chinh', 2023, 'so-mau-1'))).toEqual({ head: { code: 'so-mau-1' } })
  })

  test('under a new name from a year on, which leaves the years before theirs', async () => {
    const rename = (more: string) =>
      `renameCluster(input: { cluster: "khoi-noi-chinh", nameEn: "Bloc of law", source: "QĐ 30/QĐ-UBND", ${more} }) { cluster { year name renamings { fromYear name source } } }`
    expect(await refused(rename('fromYear: 2022, name: "Khối Tư pháp"'))).toMatchObject({ argument: 'input.fromYear' })
    expect(await refused(rename('fromYear: 2024, name: "Khối Tư pháp", expected: "Khối khác"'))).toMatchObject({
      code: 'EDIT_CONFLICT',
      found: 'Khối thi đua Nội chính',
    })
    expect(await made(rename('fromYear: 2024, name: "Khối Tư phap"'))).toMatchObject({ name: 'Khối Tư phap' })
    // From the same year again it is a correction.
    expect(await made(rename('fromYear: 2024, name: "Khối Tư pháp", expected: "Khối Tư phap"'))).toEqual({
      year: 2024,
      name: 'Khối Tư pháp',
      renamings: [{ fromYear: 2024, name: 'Khối Tư pháp', source: 'QĐ 30/QĐ-UBND' }],
    })
    // The one that was corrected is not overwritten.
    const { trail } = (await ask(
      '{ trail(table: "cluster_names", first: 2) { nodes { action entries { after } } } }',
    )) as {
      trail: {
        nodes: { action: string; entries: { after: { revision: number; name: string; recorded_by: string } }[] }[]
      }
    }
    expect(
      trail.nodes.map(({ action, entries: [first] }) => [action, first?.after.revision, first?.after.name]),
    ).toEqual([
      ['INSERT', 2, 'Khối Tư pháp'],
      ['INSERT', 1, 'Khối Tư phap'],
    ])
    expect(
      await ask(`{ first: cluster(code: "khoi-noi-chinh", year: 2023) { name } now: cluster(code: "khoi-noi-chinh") { name(locale: EN) }
        unit(code: "so-mau-1") { memberships { year cluster { name } } } }`),
    ).toMatchObject({
      first: { name: 'Khối thi đua Nội chính' },
      now: { name: 'Bloc of law' },
      unit: { memberships: [{ year: 2023, cluster: { name: 'Khối thi đua Nội chính' } }, { year: 2022 }] },
    })
  })
})

describe('a member', () => {
  test('leaves its cluster of a year, but not as its head, nor twice', async () => {
    expect(await refused(remove('khoi-noi-chinh', 2023, 'so-mau-1'))).toMatchObject({
      code: 'BAD_INPUT',
      message: 'so-mau-1 heads khoi-noi-chinh in 2023: set another head first',
    })
    expect(await made(remove('khoi-noi-chinh', 2023, 'so-mau-3'))).toEqual({
      cluster: {
        members: [{ unit: { code: 'so-mau-1' } }, { unit: { code: 'so-mau-2' } }],
        head: { code: 'so-mau-1' },
      },
      unit: { cluster: null },
    })
    expect(await refused(remove('khoi-noi-chinh', 2023, 'so-mau-3'))).toMatchObject({
      message: 'so-mau-3 is no member of khoi-noi-chinh in 2023',
    })
    // Other years stay as they are, and who left may join again.
    expect(await ask('{ unit(code: "so-mau-3") { cluster(year: 2022) { code } } }')).toEqual({
      unit: { cluster: { code: 'khoi-mau' } },
    })
    expect(await made(member('khoi-noi-chinh', 2023, 'so-mau-3'))).toMatchObject({ unit: { code: 'so-mau-3' } })
  })

  test('of a cluster whose ranking is frozen stays in it', async () => {
    const frozen = await made(
      'freezeRanking(input: { cluster: "cum-vung-thap", year: 2022, reason: "Tổng kết" }) { ranking { code } }',
    )
    expect(frozen).toEqual({ code: '2022-cum-vung-thap-1' })
    expect(await refused(remove('cum-vung-thap', 2022, '099'))).toMatchObject({
      code: 'RANKING_FROZEN',
      nearest: '2022-cum-vung-thap-1',
      message:
        'that 099 leaves cum-vung-thap is not possible: the ranking of cum-vung-thap for 2022 is frozen (2022-cum-vung-thap-1); withdraw it first (withdrawRanking)',
    })
  })
})

describe('the members of a year go on in the next one', () => {
  const codes = (list: readonly { readonly unit: { readonly code: string } }[]) => list.map(({ unit }) => unit.code)
  interface Copied {
    readonly cluster: {
      readonly year: number
      readonly head: { readonly code: string } | null
      readonly members: readonly { readonly unit: { readonly code: string }; readonly source: string }[]
    }
    readonly units: readonly { readonly code: string }[]
    readonly leftOut: readonly { readonly unit: { readonly code: string }; readonly reason: string }[]
  }

  test('with their head, but for those that ended or compete elsewhere, who are told', async () => {
    await made(member('cum-vung-thap', 2023, '098'))
    const { cluster, units, leftOut } = (await made(copy('cum-vung-cao', 2023))) as Copied
    expect(cluster).toMatchObject({ year: 2023, head: { code: '097' } })
    expect(codes(cluster.members)).toEqual(['096', '097', '101', '103'])
    expect(units.map(({ code }) => code)).toEqual(['096', '097', '101', '103'])
    expect(cluster.members[0]?.source).toBe('KH 3/KH-UBND')
    expect(leftOut).toEqual([{ unit: { code: '098' }, reason: 'năm 2023 đã ở cum-vung-thap' }])
  })

  test('again, and only those are new that were not there', async () => {
    await made(remove('cum-vung-thap', 2023, '098'))
    const again = (await made(copy('cum-vung-cao', 2023))) as Copied
    expect(again).toMatchObject({ units: [{ code: '098' }], leftOut: [] })
    expect(again.cluster.members).toHaveLength(5)
  })

  test('not those that do not stand in it', async () => {
    const ended = await server.change<{ changeUnits: { errors: object[] } }>(
      'mutation { changeUnits(input: { decision: "Thử", close: [{ unit: "so-mau-3", lastDay: "2024-06-30" }] }) { errors { message(locale: EN) } units { code } } }',
      {},
      administrator,
    )
    expect(ended.errors).toBeUndefined()
    const { cluster, leftOut } = (await made(copy('khoi-noi-chinh', 2024))) as Copied
    expect(codes(cluster.members)).toEqual(['so-mau-1', 'so-mau-2'])
    expect(leftOut).toEqual([{ unit: { code: 'so-mau-3' }, reason: 'đã kết thúc ngày 2024-06-30' }])
    expect(await refused(member('khoi-noi-chinh', 2024, 'so-mau-3'))).toMatchObject({
      code: 'BAD_INPUT',
      argument: 'input.unit',
      message: 'the unit ended on 2024-06-30: it does not compete to the end of 2024',
    })
  })

  test('from a year that has some, into one that has a directive', async () => {
    expect(await refused(copy('khoi-mau', 2024))).toMatchObject({ message: 'khoi-mau has no members in 2023' })
    expect(await refused(copy('khoi-mau', 2022, ', from: 2022'))).toMatchObject({ argument: 'input.from' })
    expect(await refused(copy('khoi-mau', 2030))).toMatchObject({ code: 'UNKNOWN_YEAR' })
  })
})

describe('a bloc is closed', () => {
  test('after its last year with members, who are told by year', async () => {
    expect(await refused(close('khoi-noi-chinh', 2022))).toMatchObject({ argument: 'input.lastYear' })
    expect(await refused(close('khoi-noi-chinh', 2023))).toMatchObject({
      code: 'BAD_INPUT',
      nearest: '2024',
      message: 'khoi-noi-chinh still has members: 2 in 2024; take them out first',
    })
    await made(remove('khoi-noi-chinh', 2024, 'so-mau-2'))
    // The last one may go though it is the head: there is nobody to be headed.
    expect(await made(remove('khoi-noi-chinh', 2024, 'so-mau-1'))).toMatchObject({
      cluster: { members: [], head: null },
    })
    expect(await made(close('khoi-noi-chinh', 2023))).toEqual({
      code: 'khoi-noi-chinh',
      lastYear: 2023,
      closingDecision: 'QĐ 99/QĐ-UBND',
    })
  })

  test('and takes nobody from then on, until the closing is corrected', async () => {
    for (const call of [member('khoi-noi-chinh', 2024, 'so-mau-1'), copy('khoi-noi-chinh', 2024)]) {
      expect(await refused(call)).toMatchObject({
        argument: 'input.year',
        nearest: '2023',
        message: 'khoi-noi-chinh was closed after 2023',
      })
    }
    expect(await ask('{ clusters(year: 2024, withoutMembers: true) { nodes { code } } }')).toMatchObject({
      clusters: { nodes: [{ code: 'cum-vung-cao' }, { code: 'cum-vung-thap' }, { code: 'khoi-mau' }] },
    })
    expect(await made(close('khoi-noi-chinh', null))).toMatchObject({ lastYear: null, closingDecision: null })
    expect(await made(member('khoi-noi-chinh', 2024, 'so-mau-1'))).toMatchObject({ unit: { code: 'so-mau-1' } })
  })
})

describe("a cluster's own deadline", () => {
  const deadline = (more: string) =>
    `setDeadline(input: { year: 2022, kind: PLAN, source: "CV 5", ${more} }) { deadline { dueOn cluster { code } } }`
  const late = (unit: string) =>
    `unit(code: "${unit}") { emulationYear(year: 2022) { knownFacts plan { filedOn dueOn daysLate } due(on: "2023-12-31") { kind dueOn state } } }`
  interface Year {
    readonly emulationYear: {
      readonly knownFacts: { readonly lateReports: number }
      readonly plan: object
      readonly due: readonly { readonly kind: string }[]
    }
  }
  const planOf = ({ emulationYear: { plan, due } }: Year) => ({ plan, due: due.filter(({ kind }) => kind === 'PLAN') })

  test('goes before everyone’s for its members, and leaves the others theirs', async () => {
    const before = (await ask(`{ own: ${late('097')} other: ${late('100')} }`)) as Record<'own' | 'other', Year>
    expect(await made(deadline('cluster: "cum-vung-cao", dueOn: "2022-01-02"'))).toEqual({
      dueOn: '2022-01-02',
      cluster: { code: 'cum-vung-cao' },
    })
    const after = (await ask(`{ own: ${late('097')} other: ${late('100')} }`)) as Record<'own' | 'other', Year>
    expect(after.other).toEqual(before.other)
    expect(planOf(after.own)).toMatchObject({
      plan: { dueOn: '2022-01-02' },
      due: [{ dueOn: '2022-01-02', state: 'LATE' }],
    })
    expect(planOf(before.own).due).toMatchObject([{ state: 'FILED' }])
    expect(after.own.emulationYear.knownFacts.lateReports).toBe(before.own.emulationYear.knownFacts.lateReports + 1)
    const frozen = (await made(
      'freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "Tổng kết" }) { ranking { document } }',
    )) as { document: string }
    const { members } = JSON.parse(frozen.document) as {
      members: { unit: string; facts: { lateReports: number } }[]
    }
    expect(members.find(({ unit }) => unit === '097')?.facts.lateReports).toBe(
      after.own.emulationYear.knownFacts.lateReports,
    )
  })

  test('is listed for the cluster in the place of everyone’s, and expected as itself', async () => {
    const { own: deadlines, all } = (await ask(
      '{ own: deadlines(year: 2022, cluster: "cum-vung-cao") { kind dueOn } all: deadlines(year: 2022) { kind dueOn cluster { code } } }',
    )) as Record<'own' | 'all', { kind: string; dueOn: string; cluster?: null }[]>
    expect(deadlines).toHaveLength(all.length)
    expect(deadlines.find(({ kind }) => kind === 'PLAN')?.dueOn).toBe('2022-01-02')
    expect(deadlines[0]?.kind).toBe('PLAN')
    expect(all.find(({ kind }) => kind === 'PLAN')).toEqual({ kind: 'PLAN', dueOn: '2022-03-31', cluster: null })
    expect(
      await refused(deadline('cluster: "cum-vung-cao", dueOn: "2022-02-01", expected: "2022-03-31"')),
    ).toMatchObject({
      code: 'EDIT_CONFLICT',
      found: '2022-01-02',
    })
    expect(await refused(deadline('cluster: "cum-cao", dueOn: "2022-02-01"'))).toMatchObject({
      code: 'UNKNOWN_CLUSTER',
      argument: 'input.cluster',
    })
    expect(await refused(deadline('cluster: "khoi-noi-chinh", dueOn: "2022-02-01"'))).toMatchObject({
      argument: 'input.year',
    })
  })
})

describe('a deadline is taken back', () => {
  const deadline = (more: string) =>
    `setDeadline(input: { year: 2023, kind: MIDTERM, source: "CV 6", ${more} }) { deadline { dueOn } cluster { code } }`
  const midterm = async (of = '') =>
    (
      (await ask(`{ deadlines(year: 2023${of}) { kind dueOn } }`)) as { deadlines: { kind: string; dueOn: string }[] }
    ).deadlines
      .filter(({ kind }) => kind === 'MIDTERM')
      .map(({ dueOn }) => dueOn)

  test("a cluster's own, and everyone's holds for it again; then everyone's, and there is none", async () => {
    await made(deadline('dueOn: "2023-07-15"'))
    await made(deadline('cluster: "khoi-mau", dueOn: "2023-06-30"'))
    expect(await midterm(', cluster: "khoi-mau"')).toEqual(['2023-06-30'])
    expect(await refused(deadline('cluster: "khoi-mau", expected: "2023-07-15"'))).toMatchObject({
      code: 'EDIT_CONFLICT',
      found: '2023-06-30',
    })
    expect(await made(deadline('cluster: "khoi-mau", expected: "2023-06-30"'))).toEqual({
      deadline: null,
      cluster: { code: 'khoi-mau' },
    })
    expect(await midterm(', cluster: "khoi-mau"')).toEqual(['2023-07-15'])
    expect(await refused(deadline('cluster: "khoi-mau"'))).toMatchObject({ code: 'BAD_INPUT', argument: 'input.dueOn' })
    expect(await made(deadline('dueOn: null'))).toEqual({ deadline: null, cluster: null })
    expect(await midterm()).toEqual([])
  })
})

test('nobody changes the cluster in which the own unit competes or competed last; another one they may', async () => {
  const judge = bearer(token('--role', 'council', '--unit', '101'))
  for (const call of [
    'renameCluster(input: { cluster: "cum-vung-cao", fromYear: 2024, name: "Cụm một", nameEn: "One", source: "x" }) { cluster { code } }',
    close('cum-vung-cao', 2023),
    copy('cum-vung-cao', 2024),
    remove('cum-vung-cao', 2023, '096'),
    'setDeadline(input: { year: 2023, cluster: "cum-vung-cao", kind: PLAN, dueOn: "2023-03-31", source: "x" }) { deadline { dueOn } }',
  ]) {
    expect((await refused(call, judge)).code).toBe('FORBIDDEN')
  }
  const { errors } = await change(
    'setDeadline(input: { year: 2023, cluster: "cum-vung-thap", kind: PLAN, dueOn: "2023-03-31", source: "x" }) { deadline { dueOn } }',
    judge,
  )
  expect(errors).toBeUndefined()
})

test('every change is in the trail, and nothing beside it', async () => {
  const { trailGaps, trail } = (await ask(
    '{ trailGaps { what table } trail(first: 200) { nodes { table action } } }',
  )) as {
    trailGaps: { what: string }[]
    trail: { nodes: { table: string; action: string }[] }
  }
  expect(trailGaps).toEqual([])
  expect(trail.nodes).toEqual(
    expect.arrayContaining([
      { table: 'clusters', action: 'INSERT' },
      { table: 'clusters', action: 'UPDATE' },
      { table: 'cluster_names', action: 'INSERT' },
      { table: 'memberships', action: 'DELETE' },
      { table: 'deadlines', action: 'INSERT' },
    ]),
  )
})
