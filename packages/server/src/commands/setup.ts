// Sets up a province, a year or a bloc by a workbook: `pnpm dienbien setup so-tinh.xlsx --dry-run --source "…"`.
import { userInfo } from 'node:os'
import { forTerminal } from '@dienbien/targets/command'
import type { SheetOutcome } from '../setup/set-up.ts'
import { textProblem } from '../unseen.ts'
import { bytesOf, checkFree, writeWhole } from './command.ts'
import { askServer, formOf, type ServerOptions } from './running-server.ts'
import { inWords, say } from './spoken.ts'

/** Without a server to send the workbook to the database is opened. */
export interface SetUpOptions extends ServerOptions {
  readonly source?: string
  readonly dryRun?: boolean
  readonly template?: boolean
}

interface Told {
  readonly sheets: readonly SheetOutcome[]
  readonly problems: readonly { readonly sheet: string; readonly cell: string; readonly message: string }[]
}
type Wanted = Required<Pick<SetUpOptions, 'source' | 'dryRun'>>

/** Writes the template, or stores a workbook: all of it, or nothing and every bad cell by name. */
export async function setUpBy(file: string, options: SetUpOptions): Promise<void> {
  const { source, dryRun = false, template, url, token } = options
  if (template) {
    // One that is filled in already would be lost.
    checkFree(file)
    const { setUpTemplate } = await import('../setup/template.ts')
    writeWhole(file, await setUpTemplate())
    console.log(
      `${file}: ${say('điền vào, rồi chạy', 'fill it in, then')}: dienbien setup ${file} --dry-run --source "…"`,
    )
    return
  }
  if (source === undefined)
    throw new Error(
      say(
        'phải ghi căn cứ bằng --source, ví dụ --source "Quyết định 12/QĐ-UBND"',
        '--source says who decided so, for example --source "Quyết định 12/QĐ-UBND"',
      ),
    )
  const problem = textProblem(source)
  if (problem) throw new Error(`--source ${inWords(problem)}`)
  const bytes = bytesOf(file)
  const wanted = { source, dryRun }
  const { sheets, problems } = await (url ? send(url, token, file, bytes, wanted) : store(file, bytes, wanted))
  for (const { sheet, cell, message } of problems) console.error(forTerminal(`${sheet}!${cell}: ${message}`))
  for (const { name, created, changed, unchanged } of sheets) {
    console.log(
      say(
        `${name}: thêm ${created}, sửa ${changed}, không đổi ${unchanged}`,
        `${name}: ${created} created, ${changed} changed, ${unchanged} unchanged`,
      ),
    )
  }
  if (problems.length > 0) {
    console.error(
      say(
        `${problems.length} ô sai, chưa lưu gì`,
        `${problems.length} ${problems.length === 1 ? 'bad cell' : 'bad cells'}, nothing was stored`,
      ),
    )
    process.exitCode = 1
  } else console.log(dryRun ? say('chạy thử: chưa lưu gì', 'a dry run: nothing was stored') : say('đã lưu', 'stored'))
}

/** Into the database itself, which nothing else may have open where it is embedded. */
async function store(file: string, bytes: Buffer, { source, dryRun }: Wanted): Promise<Told> {
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { writeAs } = await import('../database/write.ts')
  const { IMPORT_OPTIONS } = await import('../measurements/import-store.ts')
  const { setUp } = await import('../setup/set-up.ts')
  const database = await openDatabase(readConfig(), { seeds: false })
  try {
    const author = { subject: userInfo().username, role: 'command', origin: null, reason: source }
    const { sheets, problems } = await setUp({ name: file, bytes }, { source, dryRun }, (work) =>
      writeAs(database.writer, author, (transaction) => work(transaction, author), IMPORT_OPTIONS),
    )
    return { sheets, problems: problems.map(({ sheet, cell, text }) => ({ sheet, cell, message: inWords(text) })) }
  } finally {
    await database.close()
  }
}

const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) {
  sheets { name created changed unchanged } problems { sheet cell message } errors { message }
} }`

interface Sent {
  readonly setUp: Told & { readonly errors: readonly { readonly message: string }[] }
}

/** To a running server. */
async function send(url: string, token: string | undefined, file: string, bytes: Buffer, input: Wanted): Promise<Told> {
  const { setUp } = await askServer<Sent>(url, token, formOf(SET_UP, input, file, bytes))
  if (setUp.errors.length > 0) throw new Error(setUp.errors.map(({ message }) => message).join('\n'))
  return setUp
}
