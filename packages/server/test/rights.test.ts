// Who may do and read what: every mutation and every withheld field, asked by everyone. The table is data; a mutation that
// is in the schema and not here fails.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

/** cum-vung-cao has 096, 097 (its head), 098, 101 and 103; 03172 is a commune of 097; 100 heads cum-vung-thap. */
const VIEWERS = {
  anonymous: null,
  'reporter 098': ['--role', 'reporter', '--unit', '098'],
  'reporter 03172': ['--role', 'reporter', '--unit', '03172'],
  'head 097': ['--role', 'head', '--unit', '097'],
  'head 100': ['--role', 'head', '--unit', '100'],
  analyst: ['--role', 'analyst'],
  council: ['--role', 'council'],
  'council 101': ['--role', 'council', '--unit', '101'],
  administrator: ['--role', 'administrator'],
  'administrator 103': ['--role', 'administrator', '--unit', '103'],
} as const
type Who = keyof typeof VIEWERS
const EVERYONE = Object.keys(VIEWERS) as Who[]

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const jwt = {} as Record<Who, string | null>
const RANKING = '2022-cum-vung-cao-1'

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  for (const who of EVERYONE) {
    const claims = VIEWERS[who]
    jwt[who] = claims ? token(...claims) : null
  }
  const prepared = await ask(
    `mutation {
      d: setDeadline(input: { year: 2022, kind: SELF_SCORE, dueOn: "2023-01-20", source: "Công văn 3" }) { deadline { dueOn } }
      freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "Tổng kết" }) { ranking { code } }
      a: recordFact(input: { unit: "098", year: 2022, fact: "disciplined", value: false, evidence: "Công văn 7" }) { fact { revision } }
      b: submitScore(input: { unit: "098", year: 2022, stage: SELF, scoredOn: "2023-01-12", signedBy: "A", evidence: "x", lines: [{ item: "macadamia-planted", points: 1 }] }) { filing { revision } }
      c: submitScore(input: { unit: "098", year: 2022, stage: APPRAISED, scoredOn: "2023-01-13", signedBy: "A", evidence: "x", lines: [{ item: "macadamia-planted", points: 2 }] }) { filing { revision } }
      e: submitMeasurements(input: { unit: "098", year: 2022, asOf: "2022-12-31", status: OFFICIAL, reason: "Đính chính nội bộ", values: [{ indicator: "forest-cover", value: 41 }] }) { errors { message } }
    }`,
    'administrator',
  )
  expect(prepared.errors).toBeUndefined()
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const headersOf = (who: Who) => (jwt[who] ? bearer(jwt[who]) : {})
const ask = <Data = Record<string, unknown>>(text: string, who: Who, variables?: Record<string, unknown>) =>
  server.change<Data>(text, variables, headersOf(who))
const codesOf = ({ errors = [] }: Answer<unknown>) => errors.map(({ extensions }) => String(extensions.code))

/** Mutations of files, which are only read. */
const OF_FILES: Readonly<Record<string, string>> = {
  importMeasurements:
    'importMeasurements(input: { file: $file, year: 2022, dryRun: true, asOf: "2022-12-31", status: OFFICIAL }) { problems { message } }',
  setUp: 'setUp(input: { file: $file, dryRun: true, source: "x" }) { problems { message } }',
}

/** A file of one figure of 098. */
async function sendFile(mutation: string, who: Who): Promise<Answer<unknown>> {
  const form = new FormData()
  const query = `mutation ($file: File!) { ${OF_FILES[mutation]} }`
  form.append('operations', JSON.stringify({ query, variables: { file: null } }))
  form.append('map', '{"0":["variables.file"]}')
  form.append('0', new File(['unit,indicator,value\n098,forest-cover,42\n'], 'a.csv', { type: 'text/csv' }))
  const response = await fetch(server.url, { method: 'POST', headers: headersOf(who), body: form })
  return response.json() as Promise<Answer<unknown>>
}

const FILED = 'filedOn: "2099-01-01", signedBy: "A", evidence: "x"'
const score = (unit: string, stage: string) =>
  `submitScore(input: { unit: "${unit}", year: 2022, stage: ${stage}, scoredOn: "2099-01-01", signedBy: "A", evidence: "x", lines: [{ item: "macadamia-planted", points: 1 }] }) { filing { revision } }`
const sheet = (stage: string) =>
  `submitScoreSheet(input: { unit: "098", year: 2022, stage: ${stage}, scoredOn: "2099-01-01", signedBy: "A", evidence: "x", lines: [{ code: "1", points: 1 }] }) { errors { code } }`
const fact = (unit: string) =>
  `recordFact(input: { unit: "${unit}", year: 2022, fact: "disciplined", value: 7, evidence: "x" }) { fact { revision } }`
const freeze = (more: string) =>
  `freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "x", expected: 99 ${more} }) { ranking { code } }`
const step = (name: string, more = '') =>
  `${name}(input: { ranking: "${RANKING}", reason: "x", expected: 999 ${more} }) { ranking { code } }`

const FILERS: Who[] = ['reporter 098', 'administrator', 'administrator 103']
const COUNCIL: Who[] = ['council', 'administrator']
const ALL_COUNCIL: Who[] = ['council', 'council 101', 'administrator', 'administrator 103']

/** What is asked, refused or not before anything is stored: each call has another fault that shows after the rights. */
const MUTATIONS: readonly (readonly [mutation: string, what: string, call: string, allowed: readonly Who[]])[] = [
  [
    'submitMeasurements',
    'of 098',
    'submitMeasurements(input: { unit: "098", year: 2022, asOf: "2022-12-31", status: OFFICIAL, values: [] }) { errors { code } }',
    FILERS,
  ],
  [
    'withdrawMeasurement',
    'of 098',
    'withdrawMeasurement(input: { unit: "098", year: 2022, indicator: "forest-cover", asOf: "2022-01-03", status: OFFICIAL, reason: "x" }) { measurement { value } }',
    FILERS,
  ],
  ['importMeasurements', 'of 098', '', FILERS],
  ['setUp', 'by a workbook', '', ['administrator', 'administrator 103']],
  [
    'assignTargets',
    'of 098',
    'assignTargets(input: { year: 2022, validFrom: "2021-05-01", source: "x", targets: [{ unit: "098", indicator: "forest-cover", value: 1 }] }) { targets { value } }',
    COUNCIL,
  ],
  [
    'assignTargets',
    'of 095 and 101',
    'assignTargets(input: { year: 2022, validFrom: "2021-05-01", source: "x", targets: [{ unit: "095", indicator: "forest-cover", value: 1 }, { unit: "101", indicator: "forest-cover", value: 1 }] }) { targets { value } }',
    COUNCIL,
  ],
  [
    'assignTargets',
    'of 095',
    'assignTargets(input: { year: 2022, validFrom: "2021-05-01", source: "x", targets: [{ unit: "095", indicator: "forest-cover", value: 1 }] }) { targets { value } }',
    ALL_COUNCIL,
  ],
  [
    'draftDirective',
    'for everyone',
    'draftDirective(input: { document: { year: 2022 }, source: "x", expected: 99 }) { errors { code } }',
    COUNCIL,
  ],
  [
    'publishDirective',
    'for everyone',
    'publishDirective(input: { document: { year: 2022 }, source: "x" }) { errors { code } }',
    COUNCIL,
  ],
  [
    'publishDirective',
    'for everyone, in a year without members yet',
    'publishDirective(input: { document: { year: 2024 }, source: "x" }) { errors { code } }',
    COUNCIL,
  ],
  [
    'publishDirective',
    'for the cluster of 095',
    'publishDirective(input: { document: { year: 2022 }, cluster: "cum-vung-thap", source: "x" }) { errors { code } }',
    ALL_COUNCIL,
  ],
  [
    'publishDirective',
    'for all below the province',
    'publishDirective(input: { document: { year: 2022 }, unit: "11", source: "x" }) { errors { code } }',
    COUNCIL,
  ],
  [
    'publishDirective',
    'for all below 100',
    'publishDirective(input: { document: { year: 2022 }, unit: "100", source: "x" }) { errors { code } }',
    ALL_COUNCIL,
  ],
  [
    'publishDirective',
    'for the cluster of 101 and 103',
    'publishDirective(input: { document: { year: 2022 }, cluster: "cum-vung-cao", source: "x" }) { errors { code } }',
    COUNCIL,
  ],
  [
    'changeUnits',
    'none at all',
    'changeUnits(input: { decision: "x" }) { errors { code } }',
    ['administrator', 'administrator 103'],
  ],
  [
    'changeUnits',
    'the end of 103',
    'changeUnits(input: { decision: "x", dryRun: true, close: [{ unit: "103", lastDay: "2024-12-31" }] }) { errors { code } }',
    ['administrator'],
  ],
  [
    'changeUnits',
    'another name for 103',
    'changeUnits(input: { decision: "x", dryRun: true, aliases: [{ unit: "103", on: "2024-12-31", name: "x", source: "x" }] }) { errors { code } }',
    ['administrator'],
  ],
  [
    'changeUnits',
    'the place of 103 and 102 taken',
    'changeUnits(input: { decision: "x", dryRun: true, create: [{ code: "110", name: "Huyện Mới", kind: "Huyện", level: DISTRICT, from: "2025-01-01", predecessors: ["102", "103"] }] }) { errors { code } }',
    ['administrator'],
  ],
  [
    'signPact',
    'of 098',
    'signPact(input: { unit: "098", year: 2022, signedOn: "2099-03-01", signedBy: "A", evidence: "x", targets: [] }) { filing { revision } }',
    FILERS,
  ],
  [
    'signPact',
    'of 097',
    'signPact(input: { unit: "097", year: 2022, signedOn: "2099-03-01", signedBy: "A", evidence: "x", targets: [] }) { filing { revision } }',
    ['head 097', 'administrator', 'administrator 103'],
  ],
  [
    'signPact',
    'of 03172, below 097',
    'signPact(input: { unit: "03172", year: 2022, signedOn: "2099-03-01", signedBy: "A", evidence: "x", targets: [] }) { filing { revision } }',
    ['reporter 03172', 'administrator', 'administrator 103'],
  ],
  [
    'fileDocument',
    'of 098',
    `fileDocument(input: { unit: "098", year: 2022, kind: PLAN, ${FILED} }) { filing { revision } }`,
    FILERS,
  ],
  ['submitScore', 'self, of 098', score('098', 'SELF'), FILERS],
  ['submitScore', 'appraised, of 098', score('098', 'APPRAISED'), ['head 097', ...ALL_COUNCIL]],
  [
    'submitScore',
    'appraised, of 101',
    score('101', 'APPRAISED'),
    ['head 097', 'council', 'administrator', 'administrator 103'],
  ],
  ['submitScore', 'appraised, of 097', score('097', 'APPRAISED'), ALL_COUNCIL],
  ['recordFact', 'of 098', fact('098'), COUNCIL],
  ['recordFact', 'of 095', fact('095'), ALL_COUNCIL],
  [
    'setClusterHead',
    'of cum-vung-cao',
    'setClusterHead(input: { cluster: "cum-vung-cao", year: 2022, unit: "095", source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'setClusterHead',
    'of cum-vung-thap',
    'setClusterHead(input: { cluster: "cum-vung-thap", year: 2022, unit: "so-mau-1", source: "x" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  [
    'setMembership',
    'out of cum-vung-cao',
    'setMembership(input: { cluster: "cum-vung-thap", year: 2022, unit: "097", source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'setMembership',
    'into cum-vung-cao',
    'setMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "100", source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'setDeadline',
    'of a year',
    'setDeadline(input: { year: 2022, kind: PACT, dueOn: "2022-04-15", source: "x", expected: "2022-01-01" }) { deadline { dueOn } }',
    COUNCIL,
  ],
  [
    'setDeadline',
    'of cum-vung-cao',
    'setDeadline(input: { year: 2022, cluster: "cum-vung-cao", kind: PACT, dueOn: "2022-04-15", source: "x", expected: "2022-01-01" }) { deadline { dueOn } }',
    COUNCIL,
  ],
  [
    'setDeadline',
    'of cum-vung-thap',
    'setDeadline(input: { year: 2022, cluster: "cum-vung-thap", kind: PACT, dueOn: "2022-04-15", source: "x", expected: "2022-01-01" }) { deadline { dueOn } }',
    ALL_COUNCIL,
  ],
  [
    'createCluster',
    'of a code that is none',
    'createCluster(input: { code: "Khối mới", name: "Khối mới", nameEn: "New", kind: BLOC, firstYear: 2022, source: "x" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  [
    'renameCluster',
    'cum-vung-cao, in a year without members yet',
    'renameCluster(input: { cluster: "cum-vung-cao", fromYear: 2024, name: "Cụm mới", nameEn: "New", source: "x", expected: "Cụm khác" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'renameCluster',
    'cum-vung-thap',
    'renameCluster(input: { cluster: "cum-vung-thap", fromYear: 2022, name: "Cụm mới", nameEn: "New", source: "x", expected: "Cụm khác" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  [
    'closeCluster',
    'cum-vung-cao',
    'closeCluster(input: { cluster: "cum-vung-cao", lastYear: 2021, source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'closeCluster',
    'cum-vung-thap',
    'closeCluster(input: { cluster: "cum-vung-thap", lastYear: 2021, source: "x" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  [
    'removeMembership',
    'from cum-vung-cao',
    'removeMembership(input: { cluster: "cum-vung-cao", year: 2022, unit: "097", source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'removeMembership',
    'from cum-vung-thap',
    'removeMembership(input: { cluster: "cum-vung-thap", year: 2022, unit: "100", source: "x" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  [
    'copyMemberships',
    'of cum-vung-cao, to a year without members yet',
    'copyMemberships(input: { cluster: "cum-vung-cao", year: 2030, source: "x" }) { cluster { code } }',
    COUNCIL,
  ],
  [
    'copyMemberships',
    'of cum-vung-thap',
    'copyMemberships(input: { cluster: "cum-vung-thap", year: 2030, source: "x" }) { cluster { code } }',
    ALL_COUNCIL,
  ],
  ['freezeRanking', 'of the year by the default policy', freeze(''), ['head 097', ...ALL_COUNCIL]],
  ['freezeRanking', 'by another policy', freeze('policy: {}'), COUNCIL],
  ['freezeRanking', 'for a day of its choice', freeze('asOf: "2022-06-30"'), COUNCIL],
  ['settleTie', 'between 096 and 103', step('settleTie', 'order: ["096", "103"]'), ['head 097', 'administrator']],
  [
    'settleTie',
    'between 096 and 098',
    step('settleTie', 'order: ["096", "098"]'),
    ['head 097', 'administrator', 'administrator 103'],
  ],
  [
    'settleTie',
    'with the head itself',
    step('settleTie', 'order: ["097", "098"]'),
    ['administrator', 'administrator 103'],
  ],
  [
    'draftPointTable',
    'of cum-vung-cao',
    'draftPointTable(input: { cluster: "cum-vung-cao", year: 2022, table: {}, reason: "x" }) { errors { code } }',
    ['head 097', ...ALL_COUNCIL],
  ],
  ...(['097', '098'] as const).map(
    (unit) =>
      [
        'agreePointTable',
        `of ${unit}`,
        `agreePointTable(input: { cluster: "cum-vung-cao", year: 2022, version: 99, unit: "${unit}", note: "x" }) { errors { code } }`,
        [unit === '097' ? 'head 097' : 'reporter 098'],
      ] as const,
  ),
  [
    'adoptPointTable',
    'of cum-vung-cao',
    'adoptPointTable(input: { cluster: "cum-vung-cao", year: 2022, version: 99, number: "1", date: "2022-02-01", note: "x" }) { errors { code } }',
    COUNCIL,
  ],
  ['submitScoreSheet', 'self, of 098', sheet('SELF'), FILERS],
  ['submitScoreSheet', 'explanation, of 098', sheet('EXPLANATION'), FILERS],
  ['submitScoreSheet', 'final, of 098', sheet('FINAL'), ALL_COUNCIL],
  ['submitScoreSheet', 'first, of 098', sheet('FIRST'), ['head 097', ...ALL_COUNCIL]],
  ['nominate', 'in cum-vung-cao', step('nominate'), ['head 097', 'administrator', 'administrator 103']],
  ['appraise', 'in cum-vung-cao', step('appraise', 'unit: "098", verdict: AGREE'), COUNCIL],
  ['decide', 'in cum-vung-cao', step('decide', 'number: "1", date: "2023-03-01", grants: []'), COUNCIL],
  ['publish', 'in cum-vung-cao', step('publish'), COUNCIL],
  ['revoke', 'in cum-vung-cao', step('revoke', 'unit: "098"'), COUNCIL],
  ['withdrawRanking', 'of cum-vung-cao', step('withdrawRanking'), COUNCIL],
  [
    'saveQuery',
    'of any name',
    'saveQuery(input: { slug: "KHÔNG", title: "x", description: "x", text: "{ units { totalCount } }" }) { savedQuery { slug } }',
    EVERYONE.filter((who) => who !== 'anonymous'),
  ],
  [
    'trustQuery',
    'of any name',
    'trustQuery(input: { slug: "khong-co", version: 1, trusted: true }) { savedQuery { slug } }',
    ['administrator', 'administrator 103'],
  ],
]

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
const fieldsOfMutation = Object.values(schema.getMutationType()?.getFields() ?? {})

test('every mutation has a row in the table of rights', () => {
  const rows = new Set(MUTATIONS.map(([mutation]) => mutation))
  expect(fieldsOfMutation.map(({ name }) => name).sort()).toEqual([...rows].sort())
})

test('every mutation takes an idempotency key, and every one that builds on a state the state that was expected', () => {
  const namesIn = (name: string) => {
    const field = fieldsOfMutation.find((graphQLField) => graphQLField.name === name)
    const input = schema.getType(String(field?.args.find((arg) => arg.name === 'input')?.type).replace('!', ''))
    const inner = input && 'getFields' in input ? Object.keys(input.getFields()) : []
    return [...(field?.args.map((arg) => arg.name) ?? []), ...inner]
  }
  const mutations = fieldsOfMutation.map(({ name }) => name)
  expect(mutations.filter((name) => !namesIn(name).includes('idempotencyKey'))).toEqual([])
  // Figures and targets are lists: there each says which state it builds on. A file says none, and units are held against
  // all that there are.
  // Who answers to a point table, or adopts it, names the version; a newer one refuses it.
  const lists = ['submitMeasurements', 'importMeasurements', 'assignTargets', 'trustQuery', 'changeUnits', 'setUp']
  // Where nothing stands before, or the input names what does.
  const named = ['createCluster', 'removeMembership']
  const others = [...lists, 'agreePointTable', 'adoptPointTable', ...named]
  expect(mutations.filter((name) => !namesIn(name).includes('expected')).sort()).toEqual(others.sort())
})

describe('who may', () => {
  test.each(MUTATIONS)('%s, %s', async (mutation, _, call, allowed) => {
    const outcome: Partial<Record<Who, string>> = {}
    for (const who of EVERYONE) {
      const answer = mutation in OF_FILES ? await sendFile(mutation, who) : await ask(`mutation { ${call} }`, who)
      const codes = codesOf(answer)
      expect(codes).not.toContain('INTERNAL_SERVER_ERROR')
      const refused = codes.find((code) => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED')
      // Whose figures a file holds is told by cell.
      outcome[who] = refused ?? (/may report figures only/.test(JSON.stringify(answer.data)) ? 'FORBIDDEN' : 'may')
    }
    expect(outcome).toEqual(
      Object.fromEntries(
        EVERYONE.map((who) => [
          who,
          allowed.includes(who) ? 'may' : who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
        ]),
      ),
    )
  })

  test('and viewerCan says the same', async () => {
    for (const who of EVERYONE) {
      const { data } = await ask<{ unit: object; cluster: object }>(
        `{ unit(code: "098") { figures: viewerCan(action: REPORT_FIGURES) targets: viewerCan(action: ASSIGN_TARGETS) file: viewerCan(action: FILE)
             appraise: viewerCan(action: APPRAISE_SCORE) fact: viewerCan(action: RECORD_FACT) }
           cluster(code: "cum-vung-cao") { manage: viewerCan(action: MANAGE_YEAR) freeze: viewerCan(action: FREEZE_RANKING)
             otherwise: viewerCan(action: FREEZE_OTHERWISE) draft: viewerCan(action: DRAFT_POINT_TABLE) adopt: viewerCan(action: ADOPT_POINT_TABLE) propose: viewerCan(action: PROPOSE) decide: viewerCan(action: DECIDE) } }`,
        who,
      )
      const can = (mutation: string, what: string) =>
        MUTATIONS.find(([name, of]) => name === mutation && of === what)?.[3].includes(who)
      expect({ who, ...data }).toEqual({
        who,
        unit: {
          figures: can('submitMeasurements', 'of 098'),
          targets: can('assignTargets', 'of 098'),
          file: can('signPact', 'of 098'),
          appraise: can('submitScore', 'appraised, of 098'),
          fact: can('recordFact', 'of 098'),
        },
        cluster: {
          manage: can('setClusterHead', 'of cum-vung-cao'),
          freeze: can('freezeRanking', 'of the year by the default policy'),
          otherwise: can('freezeRanking', 'by another policy'),
          draft: can('draftPointTable', 'of cum-vung-cao'),
          adopt: can('adoptPointTable', 'of cum-vung-cao'),
          propose: can('nominate', 'in cum-vung-cao'),
          decide: can('publish', 'in cum-vung-cao'),
        },
      })
    }
  })
})

/** Those who read what is recorded of 098, and the unpublished ranking of its cluster. */
const READERS: Who[] = ['reporter 098', 'head 097', 'analyst', ...ALL_COUNCIL]

interface Year {
  facts: unknown
  knownFacts: unknown
  selfScore: unknown
  appraisedScore: unknown
  scoreDifference: unknown
  due: { kind: string; state: string; filing: unknown }[]
  pact: { recordedBy: unknown }
  withheld: string[]
}
const YEAR = `{ unit(code: "098") { emulationYear { facts { fact evidence recordedBy } knownFacts selfScore { points lines { points } } appraisedScore { points } scoreDifference
  due { kind state filing { points } } pact { recordedBy } withheld } } }`

describe('who reads', () => {
  test('what is recorded of a unit: itself, the head of its cluster, analysts, the council; nobody else', async () => {
    for (const who of EVERYONE) {
      const { data, errors } = await ask<{ unit: { emulationYear: Year } }>(YEAR, who)
      expect(errors).toBeUndefined()
      const { due, pact, withheld, ...year } = data.unit.emulationYear
      const filing = due.find(({ kind }) => kind === 'SELF_SCORE')
      expect(filing?.state).toBe('FILED')
      if (READERS.includes(who)) {
        expect({ who, withheld, ...year }).toMatchObject({
          who,
          withheld: [],
          facts: expect.arrayContaining([{ fact: 'disciplined', evidence: 'Công văn 7', recordedBy: 'administrator' }]),
          selfScore: { points: 1 },
          appraisedScore: { points: 2 },
          scoreDifference: -1,
        })
        expect([filing?.filing, pact.recordedBy]).toEqual([{ points: 1 }, 'seed'])
      } else {
        const nothing = { facts: null, knownFacts: null, selfScore: null, appraisedScore: null, scoreDifference: null }
        expect({ who, ...year }).toEqual({ who, ...nothing })
        expect([filing?.filing, pact.recordedBy]).toEqual([null, null])
        expect(withheld).toEqual(['facts', 'knownFacts', 'selfScore', 'appraisedScore'])
      }
    }
  })

  test('scores before publication, by whatever way: the comparison, what is due, the global id', async () => {
    const id = Buffer.from('Filing:2022:self_score::098').toString('base64')
    for (const who of EVERYONE) {
      type Found = {
        scoreComparisons: { unit: { code: string } }[]
        dues: { unit: { code: string }; due: { filing: unknown } }[]
      }
      const { data } = await ask<Found>(
        '{ scoreComparisons { unit { code } } dues(kinds: [SELF_SCORE]) { unit { code } due { filing { points } } } }',
        who,
      )
      const of098 = <T extends { unit: { code: string } }>(list: readonly T[]) =>
        list.filter(({ unit }) => unit.code === '098')
      const node = await ask<{ node: unknown }>(`{ node(id: "${id}") { ... on Filing { points } } }`, who)
      const reads = READERS.includes(who)
      expect([who, of098(data.scoreComparisons).length]).toEqual([who, reads ? 1 : 0])
      expect([who, of098(data.dues)[0]?.due.filing]).toEqual([who, reads ? { points: 1 } : null])
      expect([who, node.data.node, node.errors?.[0]?.extensions.code]).toEqual(
        reads ? [who, { points: 1 }, undefined] : [who, null, 'NOT_FOUND'],
      )
    }
  })

  test('a ranking that is not published: members of the cluster, analysts, the council; by whatever way', async () => {
    const { data: known } = await ask<{ frozenRanking: { id: string } }>(
      `{ frozenRanking(code: "${RANKING}") { id } }`,
      'analyst',
    )
    for (const who of EVERYONE) {
      const ways = await Promise.all([
        ask<{ frozenRanking: unknown }>(`{ frozenRanking(code: "${RANKING}") { document frozenBy } }`, who),
        ask<{ node: unknown }>(`{ node(id: "${known.frozenRanking.id}") { ... on FrozenRanking { document } } }`, who),
        ask<{ cluster: { frozenRankings: unknown[] } }>(
          '{ cluster(code: "cum-vung-cao") { frozenRankings { document } } }',
          who,
        ),
      ])
      const seen = ways.map(
        (answer) => JSON.stringify(answer).includes('RFC') || /"document":"/.test(JSON.stringify(answer)),
      )
      expect({ who, seen }).toEqual({ who, seen: new Array(3).fill(READERS.includes(who)) })
    }
  })

  test('who recorded or corrected a figure, and why: not everyone, in a history and in an export neither', async () => {
    const HISTORY =
      '{ unit(code: "098") { history(indicator: "forest-cover") { value reason recordedBy } measurements(indicators: ["forest-cover"]) { recordedBy reason } } }'
    for (const who of EVERYONE) {
      const answer = await ask(HISTORY, who)
      const table = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/csv', ...headersOf(who) },
        body: JSON.stringify({ query: HISTORY }),
      }).then((response) => response.text())
      expect(answer.errors).toBeUndefined()
      for (const text of [JSON.stringify(answer.data), table]) {
        expect([who, text.includes('Đính chính nội bộ')]).toEqual([who, READERS.includes(who)])
        expect([who, text.includes('administrator')]).toEqual([who, READERS.includes(who)])
      }
    }
    record({
      suite: 'hostile',
      done: 'every mutation and every withheld field asked for by everyone: nobody, neighbours, the own unit, the own cluster',
      times: EVERYONE.length * (MUTATIONS.length + 3),
      found: 'as the table of rights says; nobody acted on the own unit, nothing unpublished was read',
    })
  })

  test('the report says no score before publication to those who may not read it', async () => {
    const reportOf = async (who: Who) =>
      (await ask<{ report: { markdown: string } }>('{ report(cluster: "cum-vung-cao") { markdown } }', who)).data.report
        .markdown
    const row = (text: string) =>
      text.split('\n').filter((line) => line.includes('12/01/2023') || line.includes('| -1 |'))
    expect(row(await reportOf('anonymous'))).toEqual([])
    expect(row(await reportOf('analyst'))).toHaveLength(1)
  })
})

test('a head cannot propose its own unit; an administrator does it in its place', async () => {
  const nominate = `mutation { nominate(input: { ranking: "${RANKING}", reason: "Tổng kết" }) { ranking { nominees { unit { code } } } } }`
  const tie = await ask(
    `mutation { settleTie(input: { ranking: "${RANKING}", order: ["103", "096"], reason: "Biên bản" }) { ranking { code } } }`,
    'head 097',
  )
  expect(tie.errors).toBeUndefined()
  const can = `{ frozenRanking(code: "${RANKING}") { viewerCan(step: NOMINATE) } }`
  expect((await ask(can, 'head 097')).data).toEqual({ frozenRanking: { viewerCan: false } })
  const refused = await ask(nominate, 'head 097')
  expect(refused.errors?.[0]).toMatchObject({
    message: 'nobody may settle ties and propose awards of the own unit',
    extensions: { code: 'FORBIDDEN' },
  })
  expect((await ask(can, 'administrator 103')).data).toEqual({ frozenRanking: { viewerCan: true } })
  const proposed = await ask<{ nominate: { nominees: object[] } }>(nominate, 'administrator 103')
  expect(proposed.data.nominate.nominees).toContainEqual({ unit: { code: '097' } })
})

test('after publication the scores are for everyone, the facts and who wrote them are not', async () => {
  const agree = ['097', '101'].map(
    (unit, i) =>
      `a${i}: appraise(input: { ranking: "${RANKING}", unit: "${unit}", verdict: AGREE, reason: "x" }) { ranking { code } }`,
  )
  const done = await ask(
    `mutation { ${agree.join('\n')}
      decide(input: { ranking: "${RANKING}", number: "7/QĐ-UBND", date: "2023-03-15", grants: [{ unit: "097", award: "certificate-of-merit" }], reason: "x" }) { ranking { code } }
      publish(input: { ranking: "${RANKING}", reason: "x" }) { ranking { code } } }`,
    'council',
  )
  expect(done.errors).toBeUndefined()
  const { data } = await ask<{ unit: { emulationYear: Year } }>(YEAR, 'anonymous')
  expect(data.unit.emulationYear).toMatchObject({
    selfScore: { points: 1 },
    appraisedScore: { points: 2 },
    facts: null,
    pact: { recordedBy: null },
    withheld: ['facts', 'knownFacts'],
  })
  const ranking = await ask<{ frozenRanking: { steps: object[] } }>(
    `{ frozenRanking(code: "${RANKING}") { frozenBy reason steps { takenBy reason } } }`,
    'anonymous',
  )
  expect(ranking.data.frozenRanking).toMatchObject({ frozenBy: null, reason: 'Tổng kết' })
  expect(ranking.data.frozenRanking.steps[0]).toEqual({ takenBy: null, reason: 'Biên bản' })
})
