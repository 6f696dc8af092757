#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { Command, InvalidArgumentError, Option } from 'commander'
import { forTerminal, languageOf, spokenIn } from '../command/index.ts'
import { parseDate } from '../dates.ts'
import { directive2022 } from '../directive/2022/index.ts'
import { type Directive, type Indicator, LEVELS, type Text, type UnitLevel } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { evaluate } from '../evaluation/evaluate.ts'
import { unknownIndicator } from '../rules/options.ts'
import { planFor } from '../rules/plan.ts'
import { NUMBER_STYLES, type NumberStyle } from '../table/number.ts'
import { addDirectiveCommands } from './directive-commands.ts'
import { addPoints } from './points.ts'
import {
  CSV_HEAD,
  csvRow,
  errataList,
  evaluationTable,
  indicatorSheet,
  indicatorTable,
  type Language,
} from './print.ts'
import { BadDocument, loadDirective } from './read-directive.ts'
import { BadCells, readFigures } from './read-figures.ts'

/** From this many rows up a bar shows the progress. */
const PROGRESS_FROM = 10_000

const packaged = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const { version } = JSON.parse(packaged('../../../package.json')) as { version: string }

const language = languageOf(process.argv)
const say = (vi: string, en: string) => ({ vi, en })[language]

const date = (text: string) => {
  try {
    parseDate(text)
    return text
  } catch (error) {
    throw new InvalidArgumentError((error as TargetsError).text[language])
  }
}
const languageOption = () =>
  new Option(
    '-l, --lang <language>',
    say('ngôn ngữ của kết quả, hướng dẫn và lỗi', 'language of the output, the help and errors'),
  )
    .choices(['vi', 'en'])
    .default('vi')
const asOfOption = () =>
  new Option(
    '-a, --as-of <date>',
    say(
      'xét tại ngày nào, YYYY-MM-DD (không ghi: đã hết năm)',
      'date of the question, YYYY-MM-DD (default: the year is over)',
    ),
  ).argParser(date)
const numbersOption = () =>
  new Option(
    '-n, --numbers <style>',
    say('cách viết số: vi 1.000,44, en 1,000.44', 'how numbers are written: vi 1.000,44, en 1,000.44'),
  )
    .choices(NUMBER_STYLES)
    .default('auto')
const directiveOption = () =>
  new Option(
    '-d, --directive <file>',
    say(
      'chỉ thị viết bằng JSON hoặc YAML, thay cho chỉ thị năm 2022',
      'a directive as JSON or YAML in place of that of 2022',
    ),
  )

const program = new Command('targets')
  .description(
    say(
      'Chỉ tiêu của Chỉ thị 02/CT-UBND (Điện Biên, 2022): liệt kê, giải thích, đánh giá số liệu',
      'The targets of directive 02/CT-UBND (Điện Biên, 2022): list them, explain them, judge figures by them',
    ),
  )
  .version(version, '-V, --version', say('xem phiên bản', 'output the version number'))
  .showSuggestionAfterError()

program
  .command('evaluate')
  .description(
    say(
      'đánh giá một bảng số liệu: mỗi hàng một đơn vị, mỗi cột một chỉ tiêu',
      'judge a table of figures: one row a unit, one column an indicator',
    ),
  )
  .argument(
    '<file>',
    say(
      'CSV hoặc XLSX; đầu cột là mã hoặc tên chỉ tiêu, một cột là "đơn vị"; thêm "(kế hoạch)", "(năm trước)", "(ngày)" sau tên chỉ tiêu cho chỉ tiêu giao, số năm trước, ngày của số liệu; hoặc danh sách đơn vị bằng JSON, YAML',
      'CSV or XLSX; headers are ids or names, one column is headed "unit"; "(target)", "(baseline)" or "(date)" behind an indicator is the unit\'s own target, its value of the year before, the day of its figure; or a list of units in JSON or YAML',
    ),
  )
  .option('--json', say('in ra JSON', 'print JSON'))
  .option('--csv', say('in ra CSV', 'print CSV'))
  .addOption(asOfOption())
  .option(
    '--figures-of <date>',
    say(
      'số liệu tính đến ngày nào, YYYY-MM-DD (không ghi: ngày xét)',
      'the day that the figures stand for, YYYY-MM-DD (default: that of the question)',
    ),
  )
  .addOption(
    new Option(
      '--level <level>',
      say(
        'cấp của đơn vị khi bảng không có cột "level" (không ghi: cấp của chỉ thị)',
        'who is judged where the table has no column "level" (default: the directive\'s)',
      ),
    ).choices(LEVELS),
  )
  .addOption(numbersOption())
  .addOption(languageOption())
  .addOption(directiveOption())
  .action(runEvaluate)

program
  .command('list')
  .description(say('liệt kê các chỉ tiêu', 'list the indicators with their targets'))
  .addOption(languageOption())
  .addOption(directiveOption())
  .action((options: Shared) => write(indicatorTable(readDirective(options), options.lang)))

program
  .command('show')
  .description(
    say(
      'xem một chỉ tiêu: trích dẫn, kế hoạch, cách hiểu, điểm chưa thống nhất',
      'show one indicator: quote, target, reading, errata',
    ),
  )
  .argument('<indicator>', say('mã chỉ tiêu, ví dụ poverty-rate', 'its id, for example poverty-rate'))
  .addOption(languageOption())
  .addOption(directiveOption())
  .action((id: string, options: Shared) => {
    const directive = readDirective(options)
    write(indicatorSheet(findIndicator(id, directive), directive, options.lang))
  })

program
  .command('errata')
  .description(
    say(
      'liệt kê những chỗ văn bản chưa thống nhất, phép tính và cách hiểu được chọn',
      'list where the printed text contradicts itself, with the arithmetic and the reading chosen',
    ),
  )
  .addOption(languageOption())
  .addOption(directiveOption())
  .action((options: Shared) => write(errataList(readDirective(options), options.lang)))

program
  .command('schema')
  .description(say('in ra JSON Schema của một chỉ thị', 'print the JSON Schema of a directive'))
  .action(() => write(packaged('../../directive.schema.json')))

addDirectiveCommands(program, { write, say, languageOption })
addPoints(program, {
  write,
  say,
  languageOption,
  numbersOption,
  directiveOption,
  asOfOption,
  directiveIn: readDirective,
})
spokenIn(language, program)

interface Shared {
  readonly lang: Language
  readonly directive?: string
}
interface EvaluateFlags extends Shared {
  readonly json?: true
  readonly csv?: true
  readonly asOf?: string
  readonly figuresOf?: string
  readonly level?: UnitLevel
  readonly numbers: NumberStyle
}

async function runEvaluate(file: string, options: EvaluateFlags): Promise<void> {
  const directive = readDirective(options)
  // What the command itself says wrong is no unit's.
  planFor({ directive, asOf: options.asOf, unitLevel: options.level })
  const units = await readFigures(file, directive, options.numbers)
  const bar =
    units.length >= PROGRESS_FROM
      ? new SingleBar({ stream: process.stderr, format: '{bar} {value}/{total} {eta_formatted}' })
      : null
  bar?.start(units.length, 0)
  if (options.csv) await write(`${CSV_HEAD.join(',')}\n`)
  if (options.json) await write('[')
  for (const [i, { unit, level, figures, targets, baselines, figureDates }] of units.entries()) {
    const evaluation = naming(unit, () =>
      evaluate(figures, {
        directive,
        asOf: options.asOf,
        figureDates: { ...datesOf(figures, options.figuresOf), ...figureDates },
        unitLevel: level ?? options.level,
        targets,
        baselines,
      }),
    )
    if (options.json) await write(`${i > 0 ? ',' : ''}\n${JSON.stringify({ unit, ...evaluation })}`)
    else if (options.csv)
      await write(evaluation.results.map((result) => `${csvRow(unit, result, options.lang)}\n`).join(''))
    else await write(`${i > 0 ? '\n' : ''}${evaluationTable(unit, directive, evaluation, options.lang)}`)
    bar?.update(i + 1)
  }
  if (options.json) await write('\n]\n')
  bar?.stop()
}

/** Says of which unit an error is. */
function naming<T>(unit: string, judge: () => T): T {
  try {
    return judge()
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    const { code, text, path, nearest } = error
    throw new TargetsError(code, { vi: `${unit}: ${text.vi}`, en: `${unit}: ${text.en}` }, path, nearest)
  }
}

const datesOf = (facts: object, date: string | undefined) =>
  date === undefined ? undefined : Object.fromEntries(Object.keys(facts).map((id) => [id, date]))

function readDirective({ directive: file }: Shared): Directive {
  return file === undefined ? directive2022 : loadDirective(file)
}

function findIndicator(id: string, { indicators }: Directive): Indicator {
  const indicator = indicators.find((indicator) => indicator.id === id)
  if (indicator) return indicator
  throw unknownIndicator(
    id,
    indicators.map((indicator) => indicator.id),
    'indicator',
  )
}

/** Waits where the reader is slower than we are. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  await program.parseAsync()
} catch (error) {
  const words = wordsOf(error)
  console.error(words ? forTerminal(words[language]) : error)
  process.exitCode = 1
}

/** What is said of an error that a person can mend; null for one of ours. */
function wordsOf(error: unknown): Text | null {
  if (error instanceof TargetsError || error instanceof BadCells || error instanceof BadDocument) return error.text
  if (!(error instanceof Error)) return null
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return { vi: `không có tệp ${path}`, en: `there is no file ${path}` }
  if (code === 'EISDIR') return { vi: 'đây là thư mục, không phải tệp', en: 'this is a folder, not a file' }
  if (code === 'EACCES') return { vi: `không có quyền đọc tệp ${path}`, en: `the file ${path} may not be read` }
  return code ? { vi: `không đọc được tệp: ${error.message}`, en: `the file can't be read: ${error.message}` } : null
}
