// The bytes of a table as text, and what their readers say of broken ones, as an office says it.
import { TargetsError, type Text, wrongType } from '../errors.ts'

/** @throws {TargetsError} `WRONG_TYPE` where these are none: a Buffer of Node's is one */
export function checkBytes(bytes: unknown): void {
  if (!(bytes instanceof Uint8Array)) throw wrongType('bytes', 'một Uint8Array', 'a Uint8Array', bytes)
}

/** Whether a file is packed as XLSX is, by its first bytes. */
export const isZip = ([first, second]: Uint8Array): boolean => first === 0x50 && second === 0x4b

const NOT_TEXT: Text = {
  vi: 'tệp không phải là XLSX hay chữ mã hóa UTF-8: hãy lưu lại dạng XLSX hoặc UTF-8 (trong Excel: "CSV UTF-8")',
  en: 'the file is neither XLSX nor text in UTF-8: save it as XLSX or in UTF-8 (in Excel: "CSV UTF-8")',
}

/**
 * A text in UTF-8, or in UTF-16 with its mark, as Excel writes it. Letters of another encoding would come out as others.
 * @throws {TargetsError} `BAD_TABLE` where it is neither
 */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new TargetsError('BAD_TABLE', NOT_TEXT)
  }
  // Among the headers it is no text; further down it is told by its cell.
  if (text.split('\n', 1)[0]?.includes('\0')) throw new TargetsError('BAD_TABLE', NOT_TEXT)
  return text
}

const SAID: Readonly<Record<string, Text>> = {
  CSV_QUOTE_NOT_CLOSED: { vi: 'dấu ngoặc kép mở mà không đóng', en: 'a quote is opened and never closed' },
  INVALID_OPENING_QUOTE: { vi: 'dấu ngoặc kép nằm giữa ô', en: 'a quote stands within a cell' },
  CSV_INVALID_CLOSING_QUOTE: {
    vi: 'sau dấu ngoặc kép đóng phải là dấu phân cách',
    en: 'a closing quote must be followed by a separator',
  },
  CSV_MAX_RECORD_SIZE: {
    vi: 'dòng quá dài, hoặc thiếu dấu ngoặc kép đóng',
    en: 'the line is too long, or a quote is not closed',
  },
}

/** The error for a file that a reader gave up. */
export function badTable(error: unknown): TargetsError {
  if (error instanceof TargetsError) return error
  const {
    code = '',
    lines,
    message,
  } = (error instanceof Error ? error : { message: String(error) }) as {
    readonly code?: string
    readonly lines?: number
    readonly message: string
  }
  const said = SAID[code] ?? (/unzip|zip file/i.test(message) ? BROKEN_XLSX : undefined)
  if (!said) return new TargetsError('BAD_TABLE', { vi: `không đọc được tệp: ${message}`, en: message })
  const [vi, en] = lines === undefined ? ['', ''] : [`dòng ${lines}: `, `line ${lines}: `]
  return new TargetsError('BAD_TABLE', { vi: vi + said.vi, en: en + said.en })
}

const BROKEN_XLSX: Text = { vi: 'tệp XLSX bị hỏng', en: 'the XLSX file is broken' }
