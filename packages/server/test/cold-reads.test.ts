// What Prisma reads when it is asked: the number of its statements is that of the things asked for, not of their rows.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { subscribe } from './events.ts'
import { ANEW, type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
let council: string
const token = tokens(() => environment)

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  council = token('--role', 'council')
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = <Data>(text: string, viewer: string | null = council): Promise<Answer<Data>> =>
  server.query<Data>(text, {}, { ...ANEW, ...(viewer === null ? {} : bearer(viewer)) })
const statements = async (text: string) => {
  const { errors, extensions } = await ask(text)
  expect(errors).toBeUndefined()
  return extensions?.cost?.sqlStatements
}

interface Clusters {
  readonly clusters: { readonly nodes: readonly { readonly code: string }[] }
}
const clusters = async () => (await ask<Clusters>('{ clusters(year: 2022) { nodes { code } } }')).data.clusters.nodes

const RANKING = `code phase possible supersededBy withdrawn frozenBy viewerCan(step: NOMINATE)
  cluster { code } members { rank } nominees { granted } decisions { number } steps { number reason takenBy }`

interface Changed {
  readonly ranking: { readonly code: string; readonly steps: readonly object[] }
}
/** Each with its idempotency key. */
const freeze = (cluster: string) =>
  ask<{ freezeRanking: Changed }>(
    `mutation { freezeRanking(input: { cluster: "${cluster}", year: 2022, reason: "Tổng kết", idempotencyKey: "chot-${cluster}" }) { ranking { ${RANKING} } } }`,
  )
const withdraw = (ranking: string) =>
  ask<{ withdrawRanking: Changed }>(
    `mutation { withdrawRanking(input: { ranking: "${ranking}", reason: "Nhầm" }) { ranking { ${RANKING} } } }`,
  )

test('frozen rankings of every cluster are read by as many statements as those of one', async () => {
  const frozen = await Promise.all((await clusters()).map(({ code }) => freeze(code)))
  for (const { data } of frozen) expect(data.freezeRanking.ranking.steps).toEqual([])
  for (const { data } of frozen.slice(1)) await withdraw(data.freezeRanking.ranking.code)
  const all = `{ clusters(year: 2022) { nodes { frozenRankings { ${RANKING} } } } }`
  const [one, everyone] = [await statements(all.replace('year: 2022', 'year: 2022, first: 2')), await statements(all)]
  // Clusters, rankings, steps, of each step its ranking; the newest of each cluster.
  expect([one, everyone]).toEqual([5, 5])
})

test('what asks Prisma for no relations is compiled, and says the same', async () => {
  const text =
    '{ clusters(year: 2022) { nodes { frozenRankings { code phase members { rank } nominees { granted } } } } }'
  const answers = [await ask(text), await ask(text), await ask(text)]
  expect(answers.map(({ extensions }) => extensions?.cost?.executor)).toEqual(['interpreted', 'compiled', 'compiled'])
  for (const { data, extensions } of answers) {
    expect(data).toEqual(answers[0]?.data)
    expect(extensions?.cost?.sqlStatements).toBe(3)
  }
  const related = text.replace('phase', 'steps { takenBy }')
  const [, second] = [await ask(related), await ask(related)]
  expect(second?.extensions?.cost).toMatchObject({ executor: 'interpreted', sqlStatements: 4 })
})

test('a mutation tells the steps up to its own, with who took them, whatever was done since', async () => {
  const code = (await clusters()).at(-1)?.code as string
  const { data } = await freeze(code)
  expect(data.freezeRanking.ranking).toMatchObject({ withdrawn: null, steps: [] })
  const again = await ask<{ frozenRanking: Changed['ranking'] }>(
    `{ frozenRanking(code: "${data.freezeRanking.ranking.code}") { ${RANKING} } }`,
  )
  const step = { number: 1, reason: 'Nhầm', takenBy: expect.any(String) }
  expect(again.data.frozenRanking).toMatchObject({ withdrawn: 'Nhầm', steps: [step] })
  const next = `mutation { freezeRanking(input: { cluster: "${code}", year: 2022, reason: "Lại" }) { ranking { code } } }`
  const ranking = (await ask<{ freezeRanking: Changed }>(next)).data.freezeRanking.ranking.code
  const taken = await withdraw(ranking)
  expect(taken.data.withdrawRanking.ranking).toMatchObject({ withdrawn: 'Nhầm', possible: [], steps: [step] })
})

test('a ranking is found by its global id only by those who may see it', async () => {
  const [{ code }] = (await clusters()) as [{ code: string }]
  const { ranking } = (await freeze(code)).data.freezeRanking
  const id = Buffer.from(`FrozenRanking:${ranking.code}`).toString('base64')
  const node = `{ node(id: "${id}") { __typename ... on FrozenRanking { code steps { number } } } }`
  expect((await ask(node)).data).toEqual({ node: { __typename: 'FrozenRanking', code: ranking.code, steps: [] } })
  const { data, errors } = await ask(node, null)
  expect(data).toEqual({ node: null })
  expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND')
})

const TABLE = {
  ...{ id: 'thu', version: '1', title: 'Bảng thử', note: 'Tự đặt', source: 'Tự đặt', total: 100 },
  nodes: [
    { code: '1', name: 'Kinh tế', points: 100, evidence: 'Báo cáo', rule: { kind: 'judged', of: 'economy-points' } },
  ],
  facts: { 'economy-points': { type: 'number' } },
}

interface Drafted {
  readonly draftPointTable: { readonly pointTable: { readonly id: string; readonly state: string } }
}
const draft = async (cluster: string) =>
  (
    await server.query<Drafted>(
      `mutation ($table: JSON) { draftPointTable(input: { cluster: "${cluster}", year: 2022, reason: "Dự thảo", table: $table }) { pointTable { id state } } }`,
      { table: TABLE },
      bearer(council),
    )
  ).data.draftPointTable.pointTable

test('point tables of every cluster are read by as many statements as those of one, and found by their ids', async () => {
  const tables = await Promise.all((await clusters()).map(({ code }) => draft(code)))
  await draft((await clusters())[0]?.code as string)
  const fields = 'state draftedBy answers { note } notAgreed { code } adoption { number } criteria { name }'
  const all = `{ clusters(year: 2022) { nodes { pointTables { code ${fields} } } } }`
  const [one, everyone] = [await statements(all.replace('year: 2022', 'year: 2022, first: 1')), await statements(all)]
  // Versions, their steps, the members, who signed a pact.
  expect([one, everyone]).toEqual([4, 4])
  const [first] = tables
  const node = `{ node(id: "${first?.id}") { __typename ... on PointTable { state notAgreed { code } } } }`
  const { data } = await ask<{ node: { notAgreed: object[] } }>(node)
  expect(data.node).toMatchObject({ __typename: 'PointTable', state: 'SUPERSEDED' })
  expect(data.node.notAgreed.length).toBeGreaterThan(2)
  expect((await ask(node, null)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND')
})

test('who looks on is told of a point table that came in since', async () => {
  const [{ code }] = (await clusters()) as [{ code: string }]
  const members = `{ cluster(code: "${code}", year: 2022) { members { unit { code } } } }`
  type Members = { cluster: { members: { unit: { code: string } }[] } }
  const unit = (await ask<Members>(members)).data.cluster.members[0]?.unit.code
  const events = subscribe(
    server.url,
    `subscription { evaluationChanged(unit: "${unit}") { units { cluster(year: 2022) { pointTables { version } } } } }`,
    bearer(council),
  )
  const versions = async () => {
    const next = events.next()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await ask(
      `mutation { recordFact(input: { unit: "${unit}", year: 2022, fact: "advancedModels", value: 1, evidence: "Biên bản" }) { fact { revision } } }`,
    )
    const told = (await next).value?.data.evaluationChanged as {
      units: { cluster: { pointTables: { version: number }[] } }[]
    }
    return told.units.flatMap(({ cluster }) => cluster.pointTables.map(({ version }) => version))
  }
  const before = await versions()
  await draft(code)
  expect(await versions()).toEqual([(before[0] ?? 0) + 1, ...before])
  await events.return(undefined)
})

test('saved queries are read by one statement, and found by their ids by those who see them', async () => {
  const save = (slug: string, viewer: string) =>
    ask<{ saveQuery: { savedQuery: { id: string } } }>(
      `mutation { saveQuery(input: { slug: "${slug}", title: "x", description: "x", text: "{ __typename }" }) { savedQuery { id } } }`,
      viewer,
    )
  const { id } = (await save('mot', council)).data.saveQuery.savedQuery
  for (const slug of ['hai', 'ba', 'hai']) await save(slug, council)
  expect(await statements('{ savedQueries { slug version savedBy } }')).toBe(1)
  const node = `{ node(id: "${id}") { ... on SavedQuery { slug version } } }`
  expect((await ask(node)).data).toEqual({ node: { slug: 'mot', version: 1 } })
  const other = token('--role', 'analyst')
  expect((await ask(node, other)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND')
})
