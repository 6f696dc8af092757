// The thirty questions of another province and of another year, whatever these have: each is an answer, and none an error.
// SYNTHETIC: the province is of sample-workbooks.ts, the later directive of later-years.ts.
import { parse, type SelectionSetNode, visit } from 'graphql'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { publishYears } from './later-years.ts'
import { FIGURES_2024, FIRST_YEAR, type Sheets, xlsx } from './sample-workbooks.ts'
import { type Data, QUESTIONS } from './thirty-questions.ts'
import { bearer, tokens } from './tokens.ts'

afterAll(cleanUp)

async function sent(
  server: RunningServer,
  headers: Record<string, string>,
  query: string,
  input: object,
  file: Buffer | string,
) {
  const body = new FormData()
  body.set('operations', JSON.stringify({ query, variables: { input: { ...input, file: null } } }))
  body.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
  body.set('0', new Blob([file as BlobPart]), 'tep.xlsx')
  const response = await fetch(server.url, { method: 'POST', headers, body })
  return ((await response.json()) as { data: Data }).data
}

/** Every word of one place by the word of another. */
const translated = (text: string, words: Readonly<Record<string, string>>): string =>
  Object.entries(words).reduce((done, [from, to]) => done.replaceAll(from, to), text)

/** Asks all thirty, and what is asked at the root of each is there. */
async function askAll(
  server: RunningServer,
  headers: Record<string, string>,
  words: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { data } = await server.query<Data>('{ ranking { policy } }')
  const inputs = { before: new Date(), policy: data.ranking.policy }
  const wrong: string[] = []
  for (const [i, { asks, query, variables }] of QUESTIONS.entries()) {
    const text = translated(query, words)
    const of = JSON.parse(translated(JSON.stringify(variables?.(inputs) ?? {}), words)) as Record<string, unknown>
    const answer = await server.query<Data>(text, of, headers)
    const empty = rootsOf(text).filter((root) => answer.data?.[root] === null || answer.data?.[root] === undefined)
    if (answer.errors || empty.length > 0) wrong.push(`${i + 1} ${asks}: ${JSON.stringify(answer.errors ?? empty)}`)
  }
  return wrong
}

function rootsOf(text: string): string[] {
  const roots: string[] = []
  visit(parse(text), {
    OperationDefinition({ selectionSet }) {
      for (const selection of (selectionSet as SelectionSetNode).selections) {
        if (selection.kind === 'Field') roots.push(selection.alias?.value ?? selection.name.value)
      }
      return false
    },
    FragmentDefinition: () => false,
  })
  return roots
}

test('of another province, set up from an empty database by a workbook', async () => {
  const environment = await ownDatabase('plain')
  const server = await start(environment)
  const token = tokens(() => environment)
  const administrator = bearer(token('--role', 'administrator'))
  const { setUp } = await sent(
    server,
    administrator,
    'mutation ($input: SetUpInput!) { setUp(input: $input) { problems { message(locale: EN) } errors { message } } }',
    { source: 'Thử' },
    await xlsx(FIRST_YEAR as Sheets),
  )
  expect(setUp).toEqual({ problems: [], errors: [] })
  const { importMeasurements } = await sent(
    server,
    administrator,
    'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problems { message(locale: EN) } errors { message } } }',
    { asOf: '2024-12-31', year: 2024, status: 'OFFICIAL', source: 'Thử' },
    FIGURES_2024,
  )
  expect(importMeasurements).toMatchObject({ problems: [], errors: [] })
  const wrong = await askAll(server, bearer(token('--role', 'council')), {
    '2022-': '2024-',
    '2023-': '2025-',
    '"11"': '"97"',
    '"096"': '"971"',
    '"102"': '"972"',
    '"098"': '"972"',
    'cum-vung-cao': 'cum-cao',
    'forest-cover': 'poverty-rate',
    'social-investment': 'budget-revenue',
    'macadamia-planted': 'budget-revenue',
    '99999': '999',
    '"3.1"': '"1"',
  })
  expect(wrong).toEqual([])
  await server.stop()
})

test('of a later year, before and after figures come in', async () => {
  const environment = await ownDatabase('demo')
  const server = await start(environment)
  const token = tokens(() => environment)
  const administrator = bearer(token('--role', 'administrator'))
  await publishYears(server, administrator, 2023)
  const words = { '2023-06-01': '2024-06-01', '2022-': '2023-' }
  const council = bearer(token('--role', 'council'))
  // Nobody is in a cluster of that year yet, which is said.
  expect(await askAll(server, council, words)).toEqual([expect.stringMatching(/098 is in no cluster in 2023/)])
  for (const [unit, value] of [
    ['096', 101],
    ['097', 88.5],
    ['102', 140.25],
  ] as const) {
    const { errors } = await server.change(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { revision } } }',
      {
        input: {
          unit,
          year: 2023,
          asOf: '2023-06-30',
          status: 'PRELIMINARY',
          source: 'Thử',
          values: [{ indicator: 'budget-revenue', value }],
        },
      },
      administrator,
    )
    expect(errors).toBeUndefined()
  }
  expect(await askAll(server, council, words)).toEqual([expect.stringMatching(/098 is in no cluster in 2023/)])
  await server.stop()
})
