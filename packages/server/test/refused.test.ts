// What wrong input gets, through each door that can say it: refused with what stands against it, in Vietnamese, where it
// stands; and nothing is stored. The cases are data: cases/refused.yaml.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDocument } from '@dienbien/targets/table'
import { connectDatabase } from '../dist/database/open.js'
import { AUDITED } from '../dist/trail/tables.js'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { type Sheets, xlsx } from './sample-workbooks.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

interface Change {
  readonly mutation: string
  readonly input: object
}
interface Province {
  /** Whether it is Điện Biên as it is published. */
  readonly published: boolean
  readonly workbooks: readonly Sheets[]
  readonly document: object | null
  readonly later: readonly Sheets[]
  readonly changes: readonly Change[]
}
interface Case extends Partial<Change> {
  readonly of: string
  readonly name: string
  readonly in: string
  readonly workbook?: Sheets
  readonly document?: object
  readonly cluster?: string
  readonly figures?: readonly string[]
  readonly options?: { readonly year: number; readonly asOf: string }
  readonly at: string | readonly string[] | null
  readonly says: readonly string[]
}
interface Table {
  readonly kinds: readonly string[]
  readonly provinces: Readonly<Record<string, Province>>
  readonly cases: readonly Case[]
}

/** What was wrong, and where. */
interface Told {
  readonly place: string
  readonly message: string
}

const { kinds, provinces, cases } = readDocument(readFileSync(new URL('./cases/refused.yaml', import.meta.url), 'utf8'))
  .value as Table

const SOURCE = 'Quyết định 1/QĐ-UBND (ví dụ tự đặt)'
const ENGLISH = /\b(the|is|of|are|not|has|lies|and|only|from)\b/i
const folder = mkdtempSync(join(tmpdir(), 'dienbien-refused-'))
const fileOf = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

afterAll(async () => {
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

test('each kind of wrong input has cases, and each case is of a kind and of a province', () => {
  expect(new Set(cases.map(({ of }) => of))).toEqual(new Set(kinds))
  expect(cases.every((wrong) => wrong.in in provinces)).toBe(true)
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
})

/** Each place of a case is told, what stands against it is named, and no word is English. */
function expectTold({ at, says }: Case, told: readonly Told[]): void {
  for (const place of at === null ? [undefined] : [at].flat()) {
    const messages = told.filter((problem) => place === undefined || problem.place === place)
    if (messages.length === 0) throw new Error(`nothing is told at ${place}: ${JSON.stringify(told)}`)
    const message = messages.map(({ message }) => message).join('\n')
    for (const words of says) expect(message).toContain(words)
  }
  for (const { message } of told) expect(message.replaceAll(/"[^"]*"|\([^)]*\)/g, '')).not.toMatch(ENGLISH)
}

describe.each(Object.entries(provinces))('%s', (name, province) => {
  const wrong = cases.filter((wrong) => wrong.in === name)
  const byMutation = wrong.filter(({ mutation }) => mutation !== undefined)
  const byWorkbook = wrong.filter(({ workbook }) => workbook !== undefined)
  const byDocument = wrong.filter(({ document }) => document !== undefined)
  const byFigures = wrong.filter(({ figures }) => figures !== undefined)
  let environment: Record<string, string>
  let server: RunningServer | undefined
  let before: Readonly<Record<string, string>>
  let jwt = ''

  const dienbien = (...args: readonly string[]) => {
    const env = { ...process.env, ...environment, NODE_OPTIONS: '' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [DIENBIEN, ...args], { env, encoding: 'utf8' })
    return { status, output: `${stdout}\n${stderr}` }
  }
  const done = (...args: readonly string[]) => {
    const { status, output } = dienbien(...args)
    if (status !== 0) throw new Error(`${args.join(' ')}: ${output}`)
  }
  /** Every row of what the trail watches, table by table. */
  const digests = async () => {
    const config = { databaseUrl: environment.DATABASE_URL ?? null, dataDir: environment.DATA_DIR ?? '' }
    const database = await connectDatabase(config)
    try {
      const digests: Record<string, string> = {}
      for (const table of Object.keys(AUDITED)) {
        const { rows } = await database.pool.query(`select t::text as row from "${table}" t order by 1`)
        digests[table] = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
      }
      return digests
    } finally {
      await database.close()
    }
  }
  const documentOf = ({ document }: Case) => ({ ...province.document, ...document })
  const ask = async (query: string, input: object, upload?: Buffer): Promise<readonly Told[]> => {
    const headers = { ...bearer(jwt), 'accept-language': 'vi' }
    const body = new FormData()
    const variables = { input: { ...input, ...(upload ? { file: null } : {}) } }
    body.set('operations', JSON.stringify({ query, variables }))
    body.set('map', upload ? '{"0":["variables.input.file"]}' : '{}')
    if (upload) body.set('0', new Blob([upload as BlobPart]), 'tep')
    const response = await fetch(server?.url ?? '', { method: 'POST', headers, body })
    const { data, errors } = (await response.json()) as Answer<{
      it: {
        readonly errors: readonly { readonly path: readonly string[]; readonly message: string }[]
        readonly problems?: readonly { readonly sheet?: string; readonly cell: string; readonly message: string }[]
      }
    }>
    expect(errors).toBeUndefined()
    const { errors: wrong, problems = [] } = data.it
    return [
      ...wrong.map(({ path, message }) => ({ place: path.join('.'), message })),
      ...problems.map(({ sheet, cell, message }) => ({ place: sheet ? `${sheet}!${cell}` : cell, message })),
    ]
  }
  const change = (mutation: string, input: object) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`
    return ask(`mutation ($input: ${type}) { it: ${mutation}(input: $input) { errors { path message } } }`, input)
  }

  beforeAll(async () => {
    environment = {
      DATA_DIR: mkdtempSync(join(folder, 'key-')),
      ...(await ownDatabase(province.published ? 'plain' : null)),
    }
    jwt = tokens(() => environment)('--role', 'administrator', '--expires', '8h')
    const setUp = async (sheets: Sheets) =>
      done('setup', fileOf('so-tinh.xlsx', await xlsx(sheets)), '--source', SOURCE)
    for (const sheets of province.workbooks) await setUp(sheets)
    if (province.document) {
      done('directive', 'publish', fileOf('chi-thi.json', JSON.stringify(province.document)), '--source', SOURCE)
    }
    for (const sheets of province.later) await setUp(sheets)
    if (province.changes.length > 0) {
      server = await start(environment)
      for (const { mutation, input } of province.changes) expect(await change(mutation, input)).toEqual([])
      await server.stop()
      server = undefined
    }
    before = await digests()
  })
  afterAll(async () => {
    await server?.stop()
  })

  describe('by command', () => {
    if (byWorkbook.length > 0) {
      test.each(byWorkbook)('setup: $of: $name', async (wrong) => {
        const file = fileOf('sai.xlsx', await xlsx(wrong.workbook ?? {}))
        const { status, output } = dienbien('setup', file, '--source', SOURCE)
        expect(status).toBe(1)
        expect(output).toContain('chưa lưu gì')
        const cells = output.matchAll(/^(.+![A-Z]+\d+): (.*)$/gm)
        expectTold(
          wrong,
          [...cells].map(([, place = '', message = '']) => ({ place, message })),
        )
      })
    }

    if (byDocument.length > 0) {
      test.each(byDocument)('directive: $of: $name', (wrong) => {
        const file = fileOf('sai.json', JSON.stringify(documentOf(wrong), null, 2))
        const scope = wrong.cluster ? ['--cluster', wrong.cluster] : []
        for (const [does, ...source] of [['check'], ['publish', '--source', SOURCE]] as const) {
          const { status, output } = dienbien('directive', does, file, ...scope, ...source)
          expect(status).toBe(1)
          expect(output).toContain('chưa ban hành gì')
          const lines = output.split('\n').filter((line) => line.startsWith(`${file}:`))
          expectTold(
            wrong,
            lines.map((line) => {
              const [, place = '', message = ''] = /^\d+: ([^:]+): (.*)$/.exec(line.slice(file.length + 1)) ?? []
              return { place, message }
            }),
          )
        }
      })
    }

    if (byFigures.length > 0) {
      test.each(byFigures)('import: $of: $name', (wrong) => {
        const file = fileOf('sai.csv', (wrong.figures ?? []).join('\n'))
        const options = ['--year', String(wrong.options?.year), '--as-of', wrong.options?.asOf ?? '']
        for (const dryRun of [['--dry-run'], []]) {
          const { status, output } = dienbien('import', file, ...options, '--status', 'official', ...dryRun)
          expect(status).toBe(1)
          expectTold(wrong, [{ place: '', message: output }])
        }
      })
    }

    test('nothing was stored', async () => {
      expect(await digests()).toEqual(before)
    })
  })

  describe('by mutation', () => {
    beforeAll(async () => {
      server = await start(environment)
    })

    test.each(byMutation)('$mutation: $of: $name', async (wrong) => {
      expectTold(wrong, await change(wrong.mutation ?? '', wrong.input ?? {}))
    })

    if (byWorkbook.length > 0) {
      test.each(byWorkbook)('setUp: $of: $name', async (wrong) => {
        const query = `mutation ($input: SetUpInput!) { it: setUp(input: $input) {
          problems { sheet cell message } errors { path message } } }`
        const file = await xlsx(wrong.workbook ?? {})
        for (const dryRun of [true, false]) expectTold(wrong, await ask(query, { source: SOURCE, dryRun }, file))
      })
    }

    if (byDocument.length > 0) {
      test.each(byDocument)('publishDirective: $of: $name', async (wrong) => {
        const told = await change('publishDirective', {
          document: documentOf(wrong),
          source: SOURCE,
          ...(wrong.cluster ? { cluster: wrong.cluster } : {}),
        })
        // Where a document is wrong is told by names, one below the other.
        const place = `input.document.${wrong.at}`.replaceAll(/\[(\d+)\]/g, '.$1')
        expectTold({ ...wrong, at: place }, told)
      })
    }

    if (byFigures.length > 0) {
      test.each(byFigures)('importMeasurements: $of: $name', async (wrong) => {
        const query = `mutation ($input: ImportMeasurementsInput!) { it: importMeasurements(input: $input) {
          problems { cell message } errors { path message } } }`
        const file = Buffer.from((wrong.figures ?? []).join('\n'))
        expectTold(wrong, await ask(query, { ...wrong.options, status: 'OFFICIAL', reason: 'Thử' }, file))
      })
    }

    test('nothing was stored', async () => {
      await server?.stop()
      server = undefined
      expect(await digests()).toEqual(before)
    })
  })

  test('a version of a directive that stands is changed by no statement either', async () => {
    const config = { databaseUrl: environment.DATABASE_URL ?? null, dataDir: environment.DATA_DIR ?? '' }
    const database = await connectDatabase(config)
    try {
      for (const statement of [
        `update directive_versions set document = document || '{"title": "khác"}'`,
        'delete from directive_versions',
        'truncate directive_versions',
      ]) {
        await expect(database.pool.query(statement)).rejects.toThrow(/never changed or removed/)
      }
    } finally {
      await database.close()
    }
    expect(await digests()).toEqual(before)
  })
})
