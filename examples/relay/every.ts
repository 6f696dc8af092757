// Every mutation, on the demonstration data, by an administrator, and by members where only they may (MEMBERS: tokens by unit): what is shown is right after it, from its payload alone.
import { commitMutation, type MutationParameters } from 'relay-runtime'
import { tell } from '../environment.ts'
import { environment } from './environment.ts'
import { mutations } from './mutations.ts'
import { readView, stale, VIEW } from './view.ts'

const { unit, year, cluster } = VIEW
const reason = 'Thử: bịa cho một ví dụ'
const ofUnit = { unit, year }
const figure = { indicator: 'health-insurance', asOf: '2022-12-31', status: 'OFFICIAL' }
const signed = { signedBy: 'Thử', evidence: reason }
const ranking = '2022-cum-vung-cao-1'
const award = 'certificate-of-merit'
const bloc = { code: 'khoi-thu', name: 'Khối thử', nameEn: 'Trial' }

const table = {
  id: 'thu',
  version: '1',
  title: 'Bảng thử',
  note: reason,
  total: 100,
  facts: { given: { type: 'number' } },
  nodes: [{ code: '1', name: 'Thử', points: 100, rule: { kind: 'judged', of: 'given' } }],
}

const steps: readonly (readonly [keyof typeof mutations, MutationParameters['variables']])[] = [
  [
    'submitMeasurements',
    {
      year,
      input: {
        ...ofUnit,
        asOf: figure.asOf,
        status: figure.status,
        reason,
        source: reason,
        values: [{ indicator: figure.indicator, value: 99.3 }],
      },
    },
  ],
  ['withdrawMeasurement', { year, input: { ...ofUnit, ...figure, reason } }],
  [
    'assignTargets',
    {
      year,
      input: {
        year,
        validFrom: '2022-06-07',
        source: reason,
        targets: [{ unit, indicator: 'forest-cover', value: 44 }],
      },
    },
  ],
  ['changeUnits', { year, input: { decision: reason, change: [{ unit, from: '2022-12-01', name: 'Huyện Thử' }] } }],
  [
    'signPact',
    {
      year,
      input: {
        ...ofUnit,
        ...signed,
        signedOn: '2022-03-15',
        targets: [{ indicator: 'macadamia-planted', value: 800 }],
      },
    },
  ],
  ['fileDocument', { year, input: { ...ofUnit, ...signed, kind: 'PLAN', filedOn: '2022-03-20' } }],
  [
    'submitScore',
    {
      year,
      input: {
        ...ofUnit,
        ...signed,
        stage: 'SELF',
        scoredOn: '2023-01-12',
        lines: [{ item: 'macadamia-planted', points: 1 }],
      },
    },
  ],
  ['recordFact', { year, input: { ...ofUnit, fact: 'advancedModels', value: 3, evidence: reason } }],
  ['setClusterHead', { input: { cluster, unit: '101', year, source: reason } }],
  ['setDeadline', { input: { kind: 'PLAN', dueOn: '2022-04-15', year, source: reason } }],
  ['freezeRanking', { input: { cluster, year, reason } }],
  ['settleTie', { input: { ranking, order: ['103', '096'], reason } }],
  ['nominate', { input: { ranking, reason } }],
  ['appraise', { input: { ranking, unit: '101', verdict: 'AGREE', reason } }],
  ['appraise', { input: { ranking, unit: '097', verdict: 'AGREE', reason } }],
  ['decide', { input: { ranking, number: '1/QĐ-THỬ', date: '2023-03-15', grants: [{ unit: '097', award }], reason } }],
  ['publish', { input: { ranking, reason } }],
  ['revoke', { input: { ranking, unit: '097', reason } }],
  // What the ranking rests on may change again.
  ['withdrawRanking', { input: { ranking, reason } }],
  ['saveQuery', { input: { slug: 'thu', title: 'Thử', description: reason, text: '{ __typename }', shared: true } }],
  ['trustQuery', { input: { slug: 'thu', version: 1, trusted: true } }],
  ['setMembership', { year, input: { cluster: 'cum-vung-thap', unit, year, source: reason } }],
  ['removeMembership', { year, input: { cluster: 'cum-vung-thap', unit, year, source: reason } }],
  ['createCluster', { input: { ...bloc, kind: 'BLOC', firstYear: year, source: reason } }],
  ['renameCluster', { input: { cluster: bloc.code, fromYear: year, name: 'Khối mới', nameEn: 'New', source: reason } }],
  ['closeCluster', { input: { cluster: bloc.code, lastYear: year, source: reason } }],
  ['draftDirective', { input: { document: { year }, source: reason } }],
  ['draftPointTable', { input: { cluster: 'khoi-mau', year, table, reason } }],
  ...['so-mau-1', 'so-mau-2', 'so-mau-3', 'so-mau-4', 'so-mau-5'].map(
    (member): readonly ['agreePointTable', MutationParameters['variables']] => [
      'agreePointTable',
      { input: { cluster: 'khoi-mau', year, version: 1, unit: member, note: reason } },
    ],
  ),
  [
    'adoptPointTable',
    { input: { cluster: 'khoi-mau', year, version: 1, number: '2/QĐ-THỬ', date: '2022-02-20', note: reason } },
  ],
  [
    'submitScoreSheet',
    {
      input: {
        ...signed,
        unit: 'so-mau-1',
        year,
        stage: 'SELF',
        scoredOn: '2023-01-12',
        lines: [{ code: '1', points: 50 }],
      },
    },
  ],
  // Where a directive of the next year is published.
  ['copyMemberships', { input: { cluster, year: year + 1, source: reason } }],
]

const members = JSON.parse(process.env.MEMBERS ?? '{}') as Readonly<Record<string, string>>
/** Of the member for which it is said. */
const tokenFor = (name: string, { input }: MutationParameters['variables']) =>
  name === 'agreePointTable' ? { metadata: { token: members[(input as { unit: string }).unit] } } : {}

type Payloads = Readonly<Record<string, { readonly errors: readonly unknown[] } | undefined>>

await readView(environment)
for (const [name, variables] of steps) {
  const errors = await new Promise<readonly unknown[]>((resolve, reject) =>
    commitMutation(environment, {
      mutation: mutations[name],
      variables,
      cacheConfig: tokenFor(name, variables),
      // What is wrong in the input stands in the payload; a refusal or a failure is an error of GraphQL.
      onCompleted: (data, problems) => resolve(problems ?? (data as Payloads)[name]?.errors ?? []),
      onError: reject,
    }),
  )
  const differs = await stale(environment)
  tell({ mutation: name, stale: differs, ...(errors.length > 0 ? { errors } : {}) })
  // What the payload cannot say is asked for again.
  if (differs.length > 0) await readView(environment)
}
