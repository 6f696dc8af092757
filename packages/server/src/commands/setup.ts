// Sets up a province, a year or a bloc by a workbook: `pnpm dienbien setup so-tinh.xlsx --dry-run --source "…"`.
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { textProblem } from '../unseen.ts'
import { writeWhole } from './command.ts'
import { inWords, say } from './spoken.ts'

export interface SetUpOptions {
  readonly source?: string
  readonly dryRun?: boolean
  readonly template?: boolean
}

/** Writes the template, or stores a workbook: all of it, or nothing and every bad cell by name. */
export async function setUpBy(file: string, { source, dryRun = false, template }: SetUpOptions): Promise<void> {
  if (template) {
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
    for (const { sheet, cell, text } of problems) console.error(`${sheet}!${cell}: ${inWords(text)}`)
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
  } finally {
    await database.close()
  }
}

/** An error of reading does not always say of which file it is. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw Object.assign(error as Error, { path: file })
  }
}
