// Writes the report of section 4.4: `npx pnpm@12 report --format html --out bao-cao.html`.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const FORMATS = ['md', 'html', 'xlsx'] as const
const USAGE = `usage: report [--year 2022] [--as-of 2022-12-31] [--cluster cum-vung-cao] [--format ${FORMATS.join('|')}]
              [--out FILE] [--url http://127.0.0.1:4000/graphql] [--token JWT]
Without --url it opens the database of DATABASE_URL or DATA_DIR itself; a running embedded server is asked by --url.`

const QUERY = `query ($year: Int, $asOf: Date, $cluster: String) {
  report(year: $year, asOf: $asOf, cluster: $cluster) { fileName FIELD } }`

interface Answer {
  readonly data?: { readonly report: Record<string, string> } | null
  readonly errors?: readonly { readonly message: string }[]
}

process.env.NODE_ENV ??= 'production'
try {
  const { values } = parseArgs({
    options: {
      year: { type: 'string', default: '2022' },
      'as-of': { type: 'string' },
      cluster: { type: 'string' },
      format: { type: 'string', default: 'md' },
      out: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
    },
  })
  const format = FORMATS.find((one) => one === values.format)
  if (!format) throw new Error(`--format must be one of ${FORMATS.join(', ')}`)
  const field = { md: 'markdown', html: 'html', xlsx: 'xlsx' }[format]
  const query = QUERY.replace('FIELD', field)
  const variables = { year: Number(values.year), asOf: values['as-of'], cluster: values.cluster }
  const answer = values.url ? await ask(values.url, values.token, query, variables) : await open(query, variables)
  if (answer.errors || !answer.data) throw new Error(answer.errors?.map(({ message }) => message).join('\n'))
  const { fileName, [field]: content = '' } = answer.data.report
  if (values.out === undefined && format === 'md') process.stdout.write(content)
  else {
    const file = values.out ?? `${fileName}.${format}`
    writeFileSync(file, format === 'xlsx' ? Buffer.from(content, 'base64') : content)
    console.error(`wrote ${file}`)
  }
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`)
  process.exit(1)
}

async function ask(url: string, token: string | undefined, query: string, variables: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  return response.json() as Promise<Answer>
}

/** Whoever can open the database sees all of it, so the report is an administrator's. */
async function open(query: string, variables: Record<string, unknown>): Promise<Answer> {
  const { graphql } = await import('graphql')
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { pino } = await import('pino')
  const { Changes } = await import('../figures/changes.ts')
  const { FigureStore } = await import('../figures/store.ts')
  const { createContext } = await import('../schema/context.ts')
  const { schema } = await import('../schema/index.ts')
  const database = await openDatabase(readConfig())
  try {
    const changes = new Changes()
    const store = new FigureStore(database.pool, database.prisma, changes, pino({ level: 'silent' }))
    const viewer = { subject: 'report', role: 'administrator', unit: null } as const
    const contextValue = createContext(database.prisma, viewer, null, changes, store)
    return (await graphql({ schema, source: query, variableValues: variables, contextValue })) as unknown as Answer
  } finally {
    await database.close()
  }
}
