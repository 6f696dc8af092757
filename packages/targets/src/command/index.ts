// What commander says by itself, in the language of who reads it: for the commands of this package, and for others that are
// made with the same library.
import type { Command, Help } from 'commander'
import type { Text } from '../errors.ts'

export type Language = keyof Text

/** Of `--lang en`, `--lang=en` or `-l en`, else Vietnamese: known before a line is read, since its errors are told in a language too. */
export function languageOf(line: readonly string[]): Language {
  // As commander reads it: of several the last one, and -len is -l en.
  const at = line.findLastIndex((part) => /^(-l|--lang$|--lang=)/.test(part))
  const [, wanted = line[at + 1]] = /^(?:--lang=|-l)(.+)$/.exec(line[at] ?? '') ?? []
  return at >= 0 && wanted === 'en' ? 'en' : 'vi'
}

/**
 * An error as a terminal may show it: what would move its cursor, colour it or turn the direction of writing stands there as
 * `\\u{1b}`. Keys of a file and names of files are anybody's.
 */
export const forTerminal = (text: string): string =>
  text.replace(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) => {
    return `\\u{${(sign.codePointAt(0) as number).toString(16)}}`
  })

type Sentence = readonly [pattern: RegExp, vi: string]

/** What is said of a line that cannot be read; what stands in brackets is said again. */
const ERRORS: readonly Sentence[] = [
  [/^error: option '(.+?)' argument '(.*?)' is invalid\.\s?/s, 'lỗi: tùy chọn $1 không nhận "$2". '],
  [
    /^error: option '(.+?)' value '(.*?)' from env '(.+?)' is invalid\.\s?/s,
    'lỗi: tùy chọn $1 không nhận "$2" của $3. ',
  ],
  [
    /^error: command-argument value '(.*?)' is invalid for argument '(.+?)'\.\s?/s,
    'lỗi: tham số <$2> không nhận "$1". ',
  ],
  [/^error: missing required argument '(.+?)'/, 'lỗi: thiếu tham số <$1>'],
  [/^error: option '(.+?)' argument missing/, 'lỗi: tùy chọn $1 chưa có giá trị'],
  [/^error: required option '(.+?)' not specified/, 'lỗi: phải ghi tùy chọn $1'],
  [/^error: (.+?) cannot be used with (.+)$/m, 'lỗi: $1 không dùng cùng với $2'],
  [/^error: unknown option '(.*?)'/s, 'lỗi: không có tùy chọn "$1"'],
  [/^error: unknown command '(.*?)'/s, 'lỗi: không có lệnh "$1"'],
  [
    /^error: too many arguments(?: for '(.+?)')?\. Expected (\d+) arguments? but got (\d+)\./,
    'lỗi: thừa tham số: cần $2, đã ghi $3.',
  ],
  [/Allowed choices are (.+)\.$/m, 'Chỉ nhận: $1.'],
  [/\(Did you mean (?:one of )?(.+)\?\)/, '(có phải là $1 không?)'],
  [/\boption '(.+?)'/g, 'tùy chọn $1'],
  [/\benvironment variable '(.+?)'/g, 'biến môi trường $1'],
]

/** What stands in a help besides the descriptions of the commands. */
const HELP: readonly Sentence[] = [
  [/^Usage:$/, 'Cách dùng:'],
  [/^Arguments:$/, 'Tham số:'],
  [/^Options:$/, 'Tùy chọn:'],
  [/^Global Options:$/, 'Tùy chọn chung:'],
  [/^Commands:$/, 'Các lệnh:'],
  [/\[options\]/, '[tùy chọn]'],
  [/\[command\]/, '[lệnh]'],
  [/([( ])choices: /, '$1chỉ nhận: '],
  [/([( ])default: /, '$1mặc định: '],
  [/([( ])preset: /, '$1khi không ghi giá trị: '],
  [/([( ])env: /, '$1biến môi trường: '],
]

const replaced = (text: string, sentences: readonly Sentence[]): string =>
  sentences.reduce((all, [pattern, vi]) => all.replace(pattern, vi), text)

/** An error of commander in Vietnamese. */
export const errorInVietnamese = (message: string): string => replaced(message, ERRORS)

/**
 * Makes the help and the errors of a command, and of all below it, Vietnamese; English is what they are by themselves. What is
 * echoed of a line is {@link forTerminal}. To be called when all commands are added.
 */
export function spokenIn(language: Language, command: Command): void {
  if (language === 'en') {
    command.configureOutput({ outputError: (message, write) => write(forTerminal(message)) })
    for (const below of command.commands) spokenIn(language, below)
    return
  }
  const help: Help = command.createHelp()
  const inVietnamese = (text: string) => replaced(text, HELP)
  command
    .configureHelp({
      styleTitle: inVietnamese,
      styleUsage: inVietnamese,
      subcommandTerm: (below) => inVietnamese(help.subcommandTerm(below)),
      optionDescription: (option) => inVietnamese(help.optionDescription(option)),
      argumentDescription: (argument) => inVietnamese(help.argumentDescription(argument)),
    })
    .configureOutput({ outputError: (message, write) => write(forTerminal(errorInVietnamese(message))) })
    .helpOption('-h, --help', 'xem hướng dẫn')
  if (command.commands.length > 0) command.helpCommand('help [lệnh]', 'xem hướng dẫn của một lệnh')
  for (const below of command.commands) spokenIn(language, below)
}
