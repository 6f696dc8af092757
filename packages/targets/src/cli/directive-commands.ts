// `targets directive …`: directives as documents.
import type { Command, Option } from 'commander'
import { forTerminal } from '../command/index.ts'
import { diffDirectives } from '../report/differences.ts'
import type { Language } from './print.ts'
import { BadDocument, loadDirective, readDirectiveFile } from './read-directive.ts'

interface Flags {
  readonly lang: Language
  readonly json?: true
}

type Write = (text: string) => Promise<void>

/** What the commands take from the others. */
export interface SharedTools {
  readonly write: Write
  /** A text in the language of who reads it. */
  readonly say: (vi: string, en: string) => string
  readonly languageOption: () => Option
}

/** Adds `directive check` and `directive diff`. */
export function addDirectiveCommands(program: Command, { write, say, languageOption }: SharedTools): void {
  const directive = program
    .command('directive')
    .description(
      say('kiểm tra, so sánh chỉ thị viết bằng JSON hoặc YAML', 'check and compare directives written in JSON or YAML'),
    )
    .showSuggestionAfterError()
  directive
    .command('check')
    .description(
      say(
        'nêu mọi lỗi của từng tệp, theo dòng và đường dẫn; có lỗi thì mã thoát là 1',
        'tell all that is wrong with each file, by line and path; exits with 1 where something is',
      ),
    )
    .argument('<file...>', say('JSON hoặc YAML', 'JSON or YAML'))
    .option('--json', say('in ra JSON', 'print JSON'))
    .addOption(languageOption())
    .action((files: string[], flags: Flags) => check(files, flags, write))
  directive
    .command('diff')
    .description(
      say(
        'nêu những gì thay đổi từ chỉ thị (hoặc phiên bản) này sang chỉ thị khác',
        'tell what changed from one directive, or one version of it, to another',
      ),
    )
    .argument('<before>', say('JSON hoặc YAML', 'JSON or YAML'))
    .argument('<after>', say('JSON hoặc YAML', 'JSON or YAML'))
    .option('--json', say('in ra JSON', 'print JSON'))
    .addOption(languageOption())
    .action((before: string, after: string, flags: Flags) => diff(before, after, flags, write))
}

async function check(files: readonly string[], { lang, json }: Flags, write: Write): Promise<void> {
  const read = files.map((file) => ({ file, result: readDirectiveFile(file) }))
  for (const { file, result } of read) {
    if (!('directive' in result)) {
      process.exitCode = 1
      if (!json) console.error(forTerminal(new BadDocument(file, result.problems).text[lang]))
    } else if (!json) {
      const { id, year, indicators } = result.directive
      const counted = indicators.length
      await write(
        lang === 'vi'
          ? `${file}: ${id}, năm ${year}, ${counted} chỉ tiêu, không có lỗi\n`
          : `${file}: ${id} of ${year}, ${counted} ${counted === 1 ? 'indicator' : 'indicators'}, nothing wrong\n`,
      )
    }
  }
  if (!json) return
  const answers = read.map(({ file, result }) => ({ file, problems: 'problems' in result ? result.problems : [] }))
  await write(`${JSON.stringify(answers, null, 1)}\n`)
}

async function diff(before: string, after: string, { lang, json }: Flags, write: Write): Promise<void> {
  const differences = diffDirectives(loadDirective(before), loadDirective(after))
  if (json) await write(`${JSON.stringify(differences, null, 1)}\n`)
  else if (differences.length === 0) await write(lang === 'vi' ? 'Không có gì khác nhau\n' : 'No difference\n')
  else await write(differences.map(({ text }) => `${text[lang]}\n`).join(''))
}
