import { isNode, LineCounter, parseDocument, type YAMLError, type Document as YamlDocument } from 'yaml'
import { checkText, TargetsError, type Text } from '../errors.ts'

/** Ten times the longest that is known; each node of it is kept with its place. */
const MOST_CHARACTERS = 2_000_000

/** Counted from 1, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** What a JSON or YAML text says, and where it says it. */
export interface TextDocument {
  /** For `parseDirective`, `compilePolicy` and the like: nothing but JSON. */
  readonly value: unknown
  /** Where the value of a path such as `indicators[3].target.value` stands, or else what it should stand in. */
  placeOf(path: string): Place
}

/**
 * Reads a JSON or YAML (1.2) document.
 * @throws {TargetsError} `BAD_DOCUMENT` with every place at which it is neither
 */
export function readDocument(text: string): TextDocument {
  checkText('text', text)
  if (text.length > MOST_CHARACTERS) {
    throw bad([
      {
        vi: `văn bản dài ${text.length} ký tự, tối đa ${MOST_CHARACTERS}`,
        en: `the text has ${text.length} characters, at most ${MOST_CHARACTERS} are read`,
      },
    ])
  }
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  try {
    const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
    const wrong = [...parsed.errors, ...parsed.warnings]
    if (wrong.length > 0) throw bad(firstOfLines(wrong, at))
    return { value: parsed.toJS(), placeOf: (path) => at(startOf(parsed, path)) }
  } catch (error) {
    if (error instanceof TargetsError) throw error
    // Too deep for the reader, or a handful of aliases that would unfold to millions.
    const said = error instanceof Error ? error.message : String(error)
    throw bad([{ vi: `không đọc được: ${said}`, en: `can't be read: ${said}` }])
  }
}

function bad(problems: readonly Text[]): TargetsError {
  const lines = (language: keyof Text) => problems.map((problem) => problem[language]).join('\n')
  return new TargetsError('BAD_DOCUMENT', { vi: lines('vi'), en: lines('en') })
}

const WORDS: Partial<Record<YAMLError['code'], Text>> = {
  BAD_INDENT: { vi: 'thụt lề sai', en: 'the indentation is wrong' },
  BLOCK_AS_IMPLICIT_KEY: {
    vi: 'thiếu xuống dòng, hoặc chữ có dấu ":" phải đặt trong ngoặc kép',
    en: 'a line break is missing, or a text with ":" in it is not quoted',
  },
  DUPLICATE_KEY: { vi: 'khóa này đã có ở trên', en: 'this key stands above already' },
  MISSING_CHAR: { vi: 'thiếu dấu đóng hoặc dấu phân cách', en: 'a closing sign or a separator is missing' },
  MULTILINE_IMPLICIT_KEY: { vi: 'khóa phải nằm trên một dòng', en: 'a key must stand on one line' },
  MULTIPLE_DOCS: { vi: 'tệp chỉ được có một văn bản', en: 'a file holds one document' },
  TAB_AS_INDENT: { vi: 'thụt lề bằng dấu cách, không dùng phím Tab', en: 'indent with spaces, not with tabs' },
  UNEXPECTED_TOKEN: { vi: 'ký tự không đúng chỗ', en: 'a sign stands where it has no place' },
}

/** The first of each line: what follows on it is mostly its consequence. */
function firstOfLines(errors: readonly YAMLError[], at: (offset: number) => Place): Text[] {
  const seen = new Set<number>()
  return errors.flatMap(({ code, message, pos }) => {
    const { line, column } = at(pos[0])
    if (seen.has(line)) return []
    seen.add(line)
    const { vi, en } = WORDS[code] ?? { vi: `không đúng cú pháp JSON hay YAML (${message})`, en: message }
    return [{ vi: `dòng ${line}, cột ${column}: ${vi}`, en: `line ${line}, column ${column}: ${en}` }]
  })
}

/** The offset of what a path leads to; where there is no such thing, of the innermost that it would stand in. */
function startOf(document: YamlDocument, path: string): number {
  const keys = [...path.matchAll(/\[(\d+)\]|[^.[]+/g)].map(([key, index]) =>
    index === undefined ? key : Number(index),
  )
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
