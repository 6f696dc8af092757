// `targets points`: a table of points checked, printed, and members scored by it.
import { readFile } from 'node:fs/promises'
import Table from 'cli-table3'
import { type Command, Option } from 'commander'
import { LEVELS, type UnitLevel } from '../directive/types.ts'
import { parsePointTable } from '../points/check.ts'
import { formatNumber } from '../points/numbers.ts'
import { type PrintedAs, printPointTable, printScoreSheet } from '../points/print.ts'
import { rankPoints } from '../points/rank.ts'
import type { PointTable } from '../points/table.ts'
import { walk } from '../points/walk.ts'
import { isPointSheet, readPointRows, readPointText, readRows } from '../table/index.ts'
import type { NumberStyle } from '../table/number.ts'
import { textOf } from '../table/text.ts'
import type { SharedTools } from './directive-commands.ts'
import type { Language } from './print.ts'
import { type FactsOptions, readFacts } from './read-facts.ts'

interface Shared {
  readonly lang: Language
}
interface Printed {
  readonly as: PrintedAs
}
interface ScoreFlags extends Shared, Printed {
  readonly json?: true
  readonly sheets?: true
  readonly asOf?: string
  readonly level?: UnitLevel
  readonly numbers: NumberStyle
}

/** What the commands take from the others. */
interface Tools extends SharedTools {
  readonly directiveOption: () => Option
  readonly asOfOption: () => Option
  readonly numbersOption: () => Option
  readonly directiveIn: (options: { readonly lang: Language; readonly directive?: string }) => FactsOptions['directive']
}

/** A table of points from a file: JSON, YAML, or the layout of rows as XLSX or CSV. */
async function readTable(file: string): Promise<PointTable> {
  const bytes = await readFile(file)
  return isPointSheet(bytes) ? readPointRows(await readRows(bytes)) : readPointText(textOf(bytes))
}

/** Adds `points check`, `points score` and `points print`. */
export function addPoints(program: Command, tools: Tools): void {
  const { say } = tools
  const asOption = () =>
    new Option('--as <form>', say('hình thức in', 'how it is printed'))
      .choices(['text', 'markdown', 'html'])
      .default('markdown')
  const points = program
    .command('points')
    .description(
      say(
        'bảng điểm do cơ quan soạn: JSON, YAML hoặc bảng tính (XLSX, CSV)',
        'tables of points as offices write them: JSON, YAML, or a sheet (XLSX, CSV)',
      ),
    )
  const file = say('bảng điểm: .json, .yaml, .xlsx hoặc .csv', 'a table of points: .json, .yaml, .xlsx or .csv')

  points
    .command('check')
    .description(
      say(
        'nêu mọi lỗi của một bảng điểm, theo đường dẫn hoặc theo ô',
        'say all that is wrong with a table, by path or by cell',
      ),
    )
    .argument('<file>', file)
    .addOption(tools.languageOption())
    .action(async (name: string, { lang }: Shared) => {
      const { title, total, nodes } = parsePointTable(await readTable(name))
      const count = [...walk(nodes)].length
      const [vi, en] = [`${count} mục, ${formatNumber(total)} điểm`, `${count} nodes, ${total} points`]
      await tools.write(`✔ ${title}: ${lang === 'vi' ? vi : en}\n`)
    })

  points
    .command('print')
    .description(say('in bảng điểm như cơ quan in', 'print a table as an office prints it'))
    .argument('<table>', file)
    .addOption(asOption())
    .addOption(tools.languageOption())
    .action(async (name: string, { as }: Printed) => tools.write(printPointTable(await readTable(name), as)))

  addScore(points, file, asOption, tools)
}

function addScore(points: Command, file: string, asOption: () => Option, tools: Tools): void {
  const { say } = tools
  points
    .command('score')
    .description(
      say('xếp hạng các thành viên của cụm, khối theo bảng điểm', 'rank the members of a cluster by a table'),
    )
    .argument('<table>', file)
    .argument(
      '<facts>',
      say(
        'số liệu các đơn vị báo cáo: mỗi hàng một đơn vị, mỗi cột một dữ kiện hoặc chỉ tiêu; hoặc danh sách JSON, YAML',
        'what they report: a row a unit, a column a fact or an indicator; or a list in JSON or YAML',
      ),
    )
    .option('--json', say('in ra JSON, từng điểm kèm điều khoản', 'print JSON, every point with its clause'))
    .option('--sheets', say('in phiếu điểm của từng đơn vị', 'print the score sheet of each'))
    .addOption(asOption())
    .addOption(tools.asOfOption())
    .addOption(
      new Option(
        '--level <level>',
        say(
          'cấp của các đơn vị khi đánh giá chỉ tiêu (không ghi: cấp của chỉ thị)',
          "who is judged by the indicators (default: the directive's)",
        ),
      ).choices(LEVELS),
    )
    .addOption(tools.numbersOption())
    .addOption(tools.languageOption())
    .addOption(tools.directiveOption())
    .action((name: string, facts: string, options: ScoreFlags) => score(name, facts, options, tools))
}

async function score(name: string, facts: string, options: ScoreFlags, { write, directiveIn }: Tools): Promise<void> {
  const table = await readTable(name)
  const { asOf, level, numbers } = options
  const entries = await readFacts(facts, table, { directive: directiveIn(options), asOf, level, numbers })
  const ranks = rankPoints(table, entries)
  if (options.json) await write(`${JSON.stringify(ranks, null, 1)}\n`)
  else if (options.sheets) await write(ranks.map((rank) => printScoreSheet(table, rank, options.as)).join('\n'))
  else await write(rankTable(table, ranks, options.lang))
}

function rankTable(table: PointTable, ranks: ReturnType<typeof rankPoints>, lang: Language): string {
  const vi = lang === 'vi'
  const grades = new Map((table.grades ?? []).map(({ id, name }) => [id, name]))
  const head = vi ? ['Hạng', 'Đơn vị', 'Điểm', 'Xếp loại', 'Ghi chú'] : ['Rank', 'Unit', 'Points', 'Grade', 'Note']
  const printed = new Table({ head, style: { head: [], border: [] } })
  for (const { unit, rank, points, grade, tied, reasons } of ranks) {
    const tie = tied ? [vi ? 'bằng điểm: bỏ phiếu' : 'tied: by ballot'] : []
    printed.push([
      rank === null ? '–' : String(rank),
      unit,
      vi ? formatNumber(points) : String(points),
      grade === null ? '' : (grades.get(grade) ?? grade),
      [...tie, ...reasons].join('\n'),
    ])
  }
  return `${table.title}\n${printed.toString()}\n`
}
