import { readFileSync } from 'node:fs'
import { checkDirective, parseDirective } from '../directive/define.ts'
import type { Directive, Text } from '../directive/types.ts'
import { isRecord, suggesting, TargetsError } from '../errors.ts'
import { type Place, readDocument } from '../table/document.ts'
import { textOf } from '../table/text.ts'

/** What is wrong at one place of a file. */
export interface FileProblem {
  /** For example `indicators[3].target.value`; empty for the whole. */
  readonly path: string
  /** Null where the file is neither JSON nor YAML: the text then says where. */
  readonly place: Place | null
  readonly text: Text
}

/** A file that is no directive, with all that is wrong, each with its line, its path and what would be right. */
export class BadDocument extends Error {
  override readonly name = 'BadDocument'
  readonly text: Text

  constructor(file: string, problems: readonly FileProblem[]) {
    const lines = (language: keyof Text) =>
      problems.map((problem) => `\n${problemLine(file, problem)[language]}`).join('')
    const count = problems.length
    const text = {
      vi: `${file}: ${count} lỗi${lines('vi')}`,
      en: `${file}: ${count} ${count === 1 ? 'problem' : 'problems'}${lines('en')}`,
    }
    super(text.en)
    this.text = text
  }
}

/** "file.yaml:12:5 indicators[0].quote: is missing", as editors and terminals make a link of. */
function problemLine(file: string, { path, place, text }: FileProblem): Text {
  const at = `  ${file}${place ? `:${place.line}:${place.column}` : ''}${path && ` ${path}`}`
  return { vi: `${at}: ${text.vi}`, en: `${at}: ${text.en}` }
}

/**
 * Reads a directive from a JSON or YAML file; all that is wrong with it instead, where something is.
 * @throws an error of the file system where there is no such file
 */
export function readDirectiveFile(
  file: string,
): { readonly directive: Directive } | { readonly problems: FileProblem[] } {
  const bytes = readFileSync(file)
  try {
    const { value, placeOf } = readDocument(textOf(bytes))
    if (!isRecord(value)) {
      const text = {
        vi: 'không phải là một chỉ thị viết bằng JSON hay YAML',
        en: 'is no directive written in JSON or YAML',
      }
      return { problems: [{ path: '', place: null, text }] }
    }
    const problems = checkDirective(value)
    if (problems.length === 0) return { directive: parseDirective(value) }
    return {
      problems: problems.map(({ path, text, nearest }) => ({
        path,
        place: placeOf(path),
        text: suggesting(text, nearest),
      })),
    }
  } catch (error) {
    if (error instanceof TargetsError) return { problems: [{ path: '', place: null, text: error.text }] }
    throw error
  }
}

/** @throws {BadDocument} where it is none */
export function loadDirective(file: string): Directive {
  const read = readDirectiveFile(file)
  if ('directive' in read) return read.directive
  throw new BadDocument(file, read.problems)
}
