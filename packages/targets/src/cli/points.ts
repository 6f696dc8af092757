// `targets points`: a table of points checked, printed, and members scored by it.
import { readFile } from 'node:fs/promises'
import Table from 'cli-table3'
import { type Command, Option } from 'commander'
import { LEVELS, type UnitLevel } from '../directive/types.ts'
import { parsePointTable, walk } from '../points/check.ts'
import { formatNumber } from '../points/numbers.ts'
import { type PrintedAs, printPointTable, printScoreSheet } from '../points/print.ts'
import { rankPoints } from '../points/rank.ts'
import type { PointTable } from '../points/table.ts'
import { isPointSheet, readPointRows, readPointText, readRows } from '../table/index.ts'
import { NUMBER_STYLES, type NumberStyle } from '../table/number.ts'
import { textOf } from '../table/text.ts'
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
export interface Tools {
  readonly write: (text: string) => Promise<void>
  readonly languageOption: () => Option
  readonly directiveOption: () => Option
  readonly asOfOption: () => Option
  readonly directiveIn: (options: { readonly lang: Language; readonly directive?: string }) => FactsOptions['directive']
}

/** A table of points from a file: JSON, YAML, or the layout of rows as XLSX or CSV. */
async function readTable(file: string): Promise<PointTable> {
  const bytes = await readFile(file)
  return isPointSheet(bytes) ? readPointRows(await readRows(bytes)) : readPointText(textOf(bytes))
}

const asOption = () =>
  new Option('--as <form>', 'how it is printed').choices(['text', 'markdown', 'html']).default('markdown')

/** Adds `points check`, `points score` and `points print`. */
export function addPoints(program: Command, tools: Tools): void {
  const points = program
    .command('points')
    .description('tables of points as offices write them: JSON, YAML, or a sheet (XLSX, CSV)')
  const file = 'a table of points: .json, .yaml, .xlsx or .csv'

  points
    .command('check')
    .description('say all that is wrong with a table, by path or by cell')
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
    .description('print a table as an office prints it')
    .argument('<table>', file)
    .addOption(asOption())
    .addOption(tools.languageOption())
    .action(async (name: string, { as }: Printed) => tools.write(printPointTable(await readTable(name), as)))

  points
    .command('score')
    .description('rank the members of a cluster by a table')
    .argument('<table>', file)
    .argument('<facts>', 'what they report: a row a unit, a column a fact or an indicator; or a list in JSON or YAML')
    .option('--json', 'print JSON, every point with its clause')
    .option('--sheets', 'print the score sheet of each')
    .addOption(asOption())
    .addOption(tools.asOfOption())
    .addOption(
      new Option('--level <level>', "who is judged by the indicators (default: the directive's)").choices(LEVELS),
    )
    .addOption(
      new Option('-n, --numbers <style>', 'how numbers are written: vi 1.000,44, en 1,000.44')
        .choices(NUMBER_STYLES)
        .default('auto'),
    )
    .addOption(tools.languageOption())
    .addOption(tools.directiveOption())
    .action(async (name: string, facts: string, options: ScoreFlags) => {
      const table = await readTable(name)
      const { asOf, level, numbers } = options
      const entries = await readFacts(facts, table, { directive: tools.directiveIn(options), asOf, level, numbers })
      const ranks = rankPoints(table, entries)
      if (options.json) await tools.write(`${JSON.stringify(ranks, null, 1)}\n`)
      else if (options.sheets) {
        await tools.write(ranks.map((rank) => printScoreSheet(table, rank, options.as)).join('\n'))
      } else await tools.write(rankTable(table, ranks, options.lang))
    })
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
