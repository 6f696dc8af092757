// What is wrong in the input of a mutation is data of its payload, with its place and what would be right, and nothing is
// stored by it. What is not the input's stays an error of GraphQL.
import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { cleanUp, eventually, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let administrator: Record<string, string>
let member: Record<string, string>

beforeAll(async () => {
  environment = { ...(await ownDatabase('demo')) }
  server = await start(environment)
  administrator = bearer(token('--role', 'administrator'))
  member = bearer(token('--role', 'reporter', '--unit', agreed.unit))
  await carryOut('freezeRanking', { cluster: 'cum-vung-cao', year: 2022, reason: 'Tổng kết' })
  await carryOut('freezeRanking', { cluster: 'cum-vung-thap', year: 2022, reason: 'Tổng kết' })
  await carryOut('freezeRanking', { cluster: 'cum-vung-thap', year: 2022, asOf: '2022-06-30', reason: 'Sơ kết' })
})
afterAll(async () => {
  await server?.stop()
  await cleanUp()
})

interface Payload {
  readonly errors: readonly (Record<string, unknown> & { readonly message: string })[]
}

const ERRORS = `errors {
  __typename code path message vi: message(locale: VI) nearest
  ... on InputError { value } ... on EditConflict { expected found } ... on ImpossibleStep { step phase possible supersededBy }
}`

async function carryOut(
  name: string,
  input: object,
  headers = administrator,
): Promise<Payload & Record<string, unknown>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`
  const objects = OBJECTS[name] ?? ''
  const text = `mutation ($input: ${type}) { it: ${name}(input: $input) { ${objects} ${ERRORS} } }`
  const { data, errors } = await server.query<{ it: Payload & Record<string, unknown> }>(text, { input }, headers)
  expect([name, errors]).toEqual([name, undefined])
  return data.it
}

const FILED = 'filing { id } unit { code }'
const FROZEN = 'ranking { code } cluster { code }'
/** What each changes. */
const OBJECTS: Readonly<Record<string, string>> = {
  adoptPointTable: 'pointTable { version }',
  agreePointTable: 'pointTable { version }',
  draftDirective: 'version { code }',
  draftPointTable: 'pointTable { version }',
  publishDirective: 'version { code }',
  submitScoreSheet: 'sheet { revision }',
  appraise: FROZEN,
  assignTargets: 'targets { value } units { code }',
  decide: FROZEN,
  fileDocument: FILED,
  freezeRanking: FROZEN,
  nominate: FROZEN,
  publish: FROZEN,
  recordFact: 'fact { revision } unit { code }',
  revoke: FROZEN,
  withdrawRanking: FROZEN,
  saveQuery: 'savedQuery { id }',
  setClusterHead: 'headship { source } cluster { code } unit { code }',
  setDeadline: 'deadline { dueOn } cluster { code }',
  setMembership: 'membership { source } cluster { code } left { code } unit { code }',
  settleTie: FROZEN,
  signPact: FILED,
  submitScore: FILED,
  trustQuery: 'savedQuery { id }',
  withdrawMeasurement: 'measurement { id } unit { code }',
}

const figure = { unit: '098', year: 2022, asOf: '2022-12-31', status: 'OFFICIAL' }
const values = [{ indicator: 'forest-cover', value: 41 }]
const target = { unit: '098', indicator: 'macadamia-planted', value: 100 }
const assignment = { year: 2022, validFrom: '2022-06-15', source: 'Thử', targets: [target] }
const filed = { unit: '098', year: 2022, signedBy: 'A', evidence: 'Thử' }
const pact = { ...filed, signedOn: '2022-03-15', targets: [] }
const plan = { ...filed, kind: 'PLAN', filedOn: '2022-03-20' }
const lines = [{ item: 'macadamia-planted', points: 1 }]
const sheet = { ...filed, stage: 'SELF', scoredOn: '2023-01-12', lines }
const fact = { unit: '098', year: 2022, fact: 'disciplined', value: false, evidence: 'Thử' }
const head = { cluster: 'cum-vung-cao', year: 2022, unit: '096', source: 'Thử' }
const deadline = { year: 2022, kind: 'PLAN', dueOn: '2022-04-15', source: 'Thử' }
const ranking = '2022-cum-vung-cao-1'
const step = { ranking, reason: 'Thử' }
const query = { slug: 'thu', title: 'Thử', description: '', text: '{ __typename }' }
const withdrawn = { ...figure, indicator: 'forest-cover', reason: 'Thử' }

const ofCluster = { cluster: 'cum-vung-cao', year: 2022 }
const drafted = { ...ofCluster, reason: 'Thử' }
const copied = { ...drafted, copyOf: { cluster: 'cum-vung-thap', year: 2022 } }
const agreed = { ...ofCluster, version: 1, unit: '098', note: 'Thử' }
const scoreSheet = { ...filed, stage: 'SELF', scoredOn: '2023-01-12', lines: [{ code: '1', points: 1 }] }
const cluster = { name: 'Cụm', nameEn: 'Cluster', kind: 'CLUSTER', firstYear: 2022, source: 'Thử' }

type Wrong = readonly [mutation: string, what: string, input: object, error: Readonly<Record<string, unknown>>]

const near = { __typename: 'InputError', nearest: '098' }
const unknownUnit = (path: readonly string[] = ['input', 'unit']) => ({
  ...near,
  code: 'UNKNOWN_UNIT',
  path,
  value: '98',
})
const wrongYear = { __typename: 'InputError', code: 'UNKNOWN_YEAR', nearest: '2022' }
const unknownRanking = { __typename: 'InputError', code: 'UNKNOWN_RANKING', path: ['input', 'ranking'], value: 'x' }
const unknownCluster = { code: 'UNKNOWN_CLUSTER', path: ['input', 'cluster'], nearest: 'cum-vung-cao' }
const conflict = (expected: unknown, found: unknown, path = ['input', 'expected']) => ({
  __typename: 'EditConflict',
  code: 'EDIT_CONFLICT',
  path,
  expected,
  found,
})
const impossible = (kind: string) => ({
  __typename: 'ImpossibleStep',
  code: 'IMPOSSIBLE_STEP',
  step: kind,
  phase: 'RANKED',
  possible: ['BALLOT', 'NOMINATE'],
  supersededBy: null,
})

const WRONG: readonly Wrong[] = [
  ['submitMeasurements', 'of an unknown unit', { ...figure, unit: '98', values }, unknownUnit()],
  [
    'submitMeasurements',
    'of an unknown year',
    { ...figure, year: 1999, asOf: '1999-12-31', values },
    { code: 'UNKNOWN_YEAR' },
  ],
  [
    'submitMeasurements',
    'of a misspelt indicator',
    { ...figure, values: [{ indicator: 'forest-cove', value: 1 }] },
    { code: 'UNKNOWN_INDICATOR', path: ['input', 'values', '0', 'indicator'], nearest: 'forest-cover' },
  ],
  [
    'submitMeasurements',
    'over a revision that was not seen',
    { ...figure, values: [{ ...values[0], revision: 7 }] },
    conflict(7, 1, ['input', 'values', '0', 'revision']),
  ],
  ['withdrawMeasurement', 'of an unknown unit', { ...withdrawn, unit: '98' }, unknownUnit()],
  [
    'withdrawMeasurement',
    'of a day without one',
    { ...withdrawn, asOf: '2022-01-03' },
    { code: 'BAD_INPUT', path: ['input'] },
  ],
  ['withdrawMeasurement', 'of another revision', { ...withdrawn, expected: 9 }, conflict(9, 1)],
  [
    'assignTargets',
    'to an unknown unit',
    { ...assignment, targets: [target, { ...target, unit: '98' }] },
    unknownUnit(['input', 'targets', '1', 'unit']),
  ],
  ['assignTargets', 'of an unknown year', { ...assignment, year: 1999 }, wrongYear],
  [
    'assignTargets',
    'over a target that was not seen',
    { ...assignment, targets: [{ ...target, expected: 1 }] },
    { ...conflict(1, expect.anything(), ['input', 'targets', '0', 'expected']), found: expect.any(Number) },
  ],
  ['assignTargets', 'of nothing', { ...assignment, targets: [] }, { code: 'BAD_INPUT', path: ['input', 'targets'] }],
  ['signPact', 'of an unknown unit', { ...pact, unit: '98' }, unknownUnit()],
  ['signPact', 'of an unknown year', { ...pact, year: 1999 }, wrongYear],
  ['signPact', 'over a revision that was not seen', { ...pact, expected: 7 }, conflict(7, 1)],
  ['fileDocument', 'of an unknown unit', { ...plan, unit: '98' }, unknownUnit()],
  [
    'fileDocument',
    'on a misspelt duty',
    { ...plan, kind: 'DUTY', duty: 'anti-coruption' },
    { code: 'UNKNOWN_DUTY', path: ['input', 'duty'], nearest: 'anti-corruption' },
  ],
  ['fileDocument', 'over a revision that was not seen', { ...plan, expected: 7 }, conflict(7, 1)],
  ['submitScore', 'of an unknown unit', { ...sheet, unit: '98' }, unknownUnit()],
  ['submitScore', 'of an unknown year', { ...sheet, year: 1999 }, wrongYear],
  ['submitScore', 'over a revision that was not seen', { ...sheet, expected: 7 }, conflict(7, 0)],
  ['recordFact', 'of an unknown unit', { ...fact, unit: '98' }, unknownUnit()],
  ['recordFact', 'of an unknown year', { ...fact, year: 1999 }, wrongYear],
  [
    'recordFact',
    'of a misspelt name',
    { ...fact, fact: 'discplined' },
    { code: 'UNKNOWN_FACT', path: ['input', 'fact'], nearest: 'disciplined' },
  ],
  [
    'recordFact',
    'over a revision that was not seen',
    { ...fact, expected: 7 },
    { ...conflict(7, 0), found: expect.any(Number) },
  ],
  ['setClusterHead', 'of an unknown cluster', { ...head, cluster: 'cum-vung-ca' }, unknownCluster],
  ['setClusterHead', 'by an unknown unit', { ...head, unit: '98' }, unknownUnit()],
  ['setClusterHead', 'of an unknown year', { ...head, year: 1999 }, wrongYear],
  ['setClusterHead', 'over a head that was not seen', { ...head, expected: '101' }, conflict('101', '097')],
  ['setMembership', 'in an unknown cluster', { ...head, cluster: 'cum-vung-ca' }, unknownCluster],
  ['setMembership', 'of an unknown unit', { ...head, unit: '98' }, unknownUnit()],
  [
    'setMembership',
    'of a unit that heads another',
    { ...head, cluster: 'cum-vung-thap', unit: '097' },
    { code: 'BAD_INPUT', path: ['input', 'unit'] },
  ],
  [
    'setMembership',
    'out of a cluster that was not seen',
    { ...head, expected: 'khoi-mau' },
    conflict('khoi-mau', 'cum-vung-cao'),
  ],
  ['setDeadline', 'of an unknown year', { ...deadline, year: 1999 }, wrongYear],
  [
    'setDeadline',
    'before the year',
    { ...deadline, dueOn: '1999-01-01' },
    { code: 'BAD_DATE', path: ['input', 'dueOn'] },
  ],
  [
    'setDeadline',
    'while rankings rest on it',
    deadline,
    { code: 'RANKING_FROZEN', path: ['input', 'dueOn'], nearest: ranking },
  ],
  [
    'setClusterHead',
    'of a cluster that is ranked',
    { ...head, unit: '098' },
    { code: 'RANKING_FROZEN', path: ['input', 'unit'], nearest: ranking },
  ],
  [
    'setDeadline',
    'over one that was not seen',
    { ...deadline, expected: '2022-04-01' },
    conflict('2022-04-01', '2022-03-31'),
  ],
  ['freezeRanking', 'of an unknown cluster', { cluster: 'cum-vung-ca', year: 2022, reason: 'Thử' }, unknownCluster],
  ['freezeRanking', 'of an unknown year', { cluster: 'cum-vung-cao', year: 1999, reason: 'Thử' }, wrongYear],
  [
    'freezeRanking',
    'by a policy that is none',
    { cluster: 'cum-vung-cao', year: 2022, reason: 'Thử', policy: { scale: 'lớn' } },
    { code: 'BAD_POLICY', path: expect.arrayContaining(['input', 'policy']) },
  ],
  [
    'freezeRanking',
    'over one that was not seen',
    { cluster: 'cum-vung-cao', year: 2022, reason: 'Thử', expected: 3 },
    conflict(3, 1),
  ],
  ['settleTie', 'on an unknown ranking', { ...step, ranking: 'x', order: ['096', '103'] }, unknownRanking],
  [
    'settleTie',
    'between units without one',
    { ...step, order: ['097', '098'] },
    { __typename: 'InputError', path: expect.arrayContaining(['input']) },
  ],
  ['settleTie', 'after steps that were not seen', { ...step, order: ['103', '096'], expected: 4 }, conflict(4, 0)],
  ['nominate', 'on an unknown ranking', { ...step, ranking: 'x' }, unknownRanking],
  [
    'nominate',
    'on a superseded one',
    { ...step, ranking: '2022-cum-vung-thap-1' },
    { code: 'IMPOSSIBLE_STEP', possible: [], supersededBy: '2022-cum-vung-thap-2' },
  ],
  ['nominate', 'after steps that were not seen', { ...step, expected: 4 }, conflict(4, 0)],
  ['appraise', 'on an unknown ranking', { ...step, ranking: 'x', unit: '098', verdict: 'AGREE' }, unknownRanking],
  ['appraise', 'before anything is proposed', { ...step, unit: '098', verdict: 'AGREE' }, impossible('APPRAISE')],
  [
    'decide',
    'on an unknown ranking',
    { ...step, ranking: 'x', number: '1', date: '2023-03-01', grants: [] },
    unknownRanking,
  ],
  [
    'decide',
    'before anything is proposed',
    { ...step, number: '1', date: '2023-03-01', grants: [] },
    impossible('DECIDE'),
  ],
  [
    'decide',
    'on a day to come',
    { ...step, number: '1', date: '2099-03-01', grants: [] },
    { code: 'BAD_DATE', path: ['input', 'date'] },
  ],
  ['publish', 'on an unknown ranking', { ...step, ranking: 'x' }, unknownRanking],
  ['publish', 'before anything is decided', step, impossible('PUBLISH')],
  ['revoke', 'on an unknown ranking', { ...step, ranking: 'x', unit: '098' }, unknownRanking],
  ['revoke', 'before anything is granted', { ...step, unit: '098' }, impossible('REVOKE')],
  ['withdrawRanking', 'of an unknown ranking', { ...step, ranking: 'x' }, unknownRanking],
  ['withdrawRanking', 'after steps that were not seen', { ...step, expected: 4 }, conflict(4, 0)],
  [
    'withdrawRanking',
    'of a superseded one',
    { ...step, ranking: '2022-cum-vung-thap-1' },
    { code: 'IMPOSSIBLE_STEP', possible: [], supersededBy: '2022-cum-vung-thap-2' },
  ],
  ['saveQuery', 'that cannot be read', { ...query, text: '{ units {' }, { code: 'BAD_INPUT', path: ['input', 'text'] }],
  ['saveQuery', 'over a version that was not seen', { ...query, expected: 3 }, conflict(3, 0)],
  [
    'trustQuery',
    'that nobody saved',
    { slug: 'khong-co', version: 1, trusted: true },
    { code: 'BAD_INPUT', path: ['input', 'version'], value: 1 },
  ],
  ['changeUnits', 'without any', { decision: 'Thử' }, { __typename: 'InputError', code: 'EMPTY' }],
  [
    'changeUnits',
    'of a unit that nobody knows',
    { decision: 'Thử', close: [{ unit: '98', lastDay: '2023-12-31' }] },
    { code: 'UNKNOWN_UNIT', path: ['input', 'close', '0', 'unit'] },
  ],
  ['draftDirective', 'without a year', { document: {}, source: 'Thử' }, { code: 'BAD_INPUT', value: null }],
  [
    'draftDirective',
    'over a version that was not seen',
    { document: { year: 2022 }, source: 'Thử', expected: 7 },
    conflict(7, 1),
  ],
  [
    'publishDirective',
    'of a bloc that there is not',
    { document: { year: 2022 }, cluster: 'cum-vung-ca', source: 'Thử' },
    unknownCluster,
  ],
  ['draftPointTable', 'copied from where none is adopted', copied, { code: 'BAD_INPUT', path: ['input', 'copyOf'] }],
  ['draftPointTable', 'from nothing', drafted, { code: 'BAD_INPUT', path: ['input'] }],
  ['agreePointTable', 'of an unknown cluster', { ...agreed, cluster: 'cum-vung-ca' }, unknownCluster],
  [
    'adoptPointTable',
    'of an unknown cluster',
    { ...ofCluster, cluster: 'cum-vung-ca', version: 1, number: '1/QĐ', date: '2022-02-01', note: 'Thử' },
    unknownCluster,
  ],
  ['submitScoreSheet', 'of an unknown unit', { ...scoreSheet, unit: '98' }, unknownUnit()],
  ['createCluster', 'under a slug that is taken', { ...cluster, code: 'cum-vung-cao' }, { __typename: 'InputError' }],
  [
    'renameCluster',
    'of an unknown cluster',
    { cluster: 'cum-vung-ca', fromYear: 2022, name: 'Cụm', nameEn: 'C', source: 'Thử' },
    unknownCluster,
  ],
  ['closeCluster', 'of an unknown cluster', { cluster: 'cum-vung-ca', lastYear: 2022, source: 'Thử' }, unknownCluster],
  ['removeMembership', 'of an unknown cluster', { ...head, cluster: 'cum-vung-ca' }, unknownCluster],
  ['removeMembership', 'of an unknown unit', { ...head, unit: '98' }, unknownUnit()],
  ['copyMemberships', 'of an unknown cluster', { cluster: 'cum-vung-ca', year: 2022, source: 'Thử' }, unknownCluster],
]

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

test('every mutation has its wrong inputs here', () => {
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {})
  // Of files: the next test, and setup.test.ts.
  expect([...new Set([...WRONG.map(([name]) => name), 'importMeasurements', 'setUp'])].sort()).toEqual(names.sort())
})

describe('what is wrong in an input is told as data, in both languages, and nothing is stored', () => {
  const batches = async () => {
    const { data } = await server.query<{ trail: { totalCount: number } }>(
      '{ trail { totalCount } }',
      {},
      administrator,
    )
    return data.trail.totalCount
  }
  let before: number
  beforeAll(async () => {
    // What was stored until now is sealed.
    before = await eventually(batches, (count) => count > 0)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    before = await batches()
  })

  test.each(WRONG)('%s %s', async (name, _, input, error) => {
    // Only a member answers for itself.
    const headers = name === 'agreePointTable' ? member : administrator
    const { errors, ...changed } = await carryOut(name, input, headers)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ ...error, message: expect.stringMatching(/\S/), vi: expect.stringMatching(/\S/) })
    expect(errors[0]?.vi).not.toBe(errors[0]?.message)
    const found = Object.entries(changed).filter(([field, value]) => value !== null && !isUnitOfSubmission(name, field))
    expect(found).toEqual([])
  })
  const isUnitOfSubmission = (name: string, field: string) => name === 'submitMeasurements' && field === 'unit'

  test('importMeasurements of a file that is none', async () => {
    const text = `mutation ($input: ImportMeasurementsInput!) { it: importMeasurements(input: $input) { read stored problemCount ${ERRORS} } }`
    const form = new FormData()
    form.append('operations', JSON.stringify({ query: text, variables: { input: { file: null, year: 1999 } } }))
    form.append('map', '{"0":["variables.input.file"]}')
    form.append('0', new File(['unit,indicator,value\n098,forest-cover,42\n'], 'a.csv', { type: 'text/csv' }))
    const response = await fetch(server.url, { method: 'POST', headers: administrator, body: form })
    expect(await response.json()).toMatchObject({
      data: { it: { read: 0, stored: 0, problemCount: 0, errors: [{ code: 'UNKNOWN_YEAR' }] } },
    })
  })

  test('the trail holds nothing of them', async () => {
    await carryOut('recordFact', { ...fact, unit: '100', fact: 'advancedModels', value: 1 })
    expect(await eventually(batches, (count) => count > before)).toBe(before + 1)
  })
})

describe('what is not the input’s', () => {
  const text = 'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { revision } errors { code } } }'
  const ask = async (headers: Record<string, string>, input: object = fact) =>
    (await server.query(text, { input }, headers)).errors?.map(({ extensions }) => extensions.code)

  test('no token or no right is an error of GraphQL', async () => {
    expect(await ask({})).toEqual(['UNAUTHENTICATED'])
    expect(await ask(bearer(token('--role', 'analyst')))).toEqual(['FORBIDDEN'])
  })
  test('who does not sign in is not told which rankings there are', async () => {
    const nominate = 'mutation { nominate(input: { ranking: "x", reason: "x" }) { errors { code } } }'
    expect((await server.query(nominate)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
  test('a type, or a text that the schema refuses, is one too', async () => {
    expect(await ask(administrator, { ...fact, year: 'hai' })).toEqual(['BAD_INPUT'])
    expect(await ask(administrator, { ...fact, evidence: ' ' })).toEqual(['BAD_INPUT'])
  })
})

test('a key that was used with other content is told as data', async () => {
  const keyed = { ...fact, unit: '100', idempotencyKey: 'khóa' }
  expect((await carryOut('recordFact', keyed)).errors).toEqual([])
  const { errors } = await carryOut('recordFact', { ...keyed, value: true })
  expect(errors).toMatchObject([
    { __typename: 'InputError', code: 'IDEMPOTENCY_CONFLICT', path: ['input', 'idempotencyKey'], value: 'khóa' },
  ])
})

test('a unit that moves is told with the cluster that it leaves, once neither is ranked', async () => {
  for (const ranked of [ranking, '2022-cum-vung-thap-2']) {
    const { ranking: gone, errors } = await carryOut('withdrawRanking', { ...step, ranking: ranked })
    expect([gone, errors]).toEqual([{ code: ranked }, []])
  }
  const moved = await carryOut('setMembership', { ...head, cluster: 'cum-vung-thap', unit: '096' })
  expect(moved).toMatchObject({
    cluster: { code: 'cum-vung-thap' },
    left: { code: 'cum-vung-cao' },
    unit: { code: '096' },
    errors: [],
  })
  expect(await carryOut('setMembership', { ...head, cluster: 'cum-vung-thap', unit: '096' })).toMatchObject({
    left: null,
  })
})
