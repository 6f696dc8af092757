/** A text in Vietnamese and in English. */
export interface Text {
  readonly vi: string
  readonly en: string
}

export type TargetsErrorCode =
  | 'UNKNOWN_INDICATOR'
  | 'UNKNOWN_FACT'
  | 'WRONG_TYPE'
  | 'NOT_FINITE'
  | 'BAD_DATE'
  | 'BAD_OPTION'
  | 'BAD_DIRECTIVE'
  | 'BAD_DOCUMENT'
  | 'BAD_POLICY'
  | 'BAD_CONDITION'
  | 'BAD_POINTS'
  | 'BAD_TABLE'
  | 'BAD_STEP'
  | 'IMPOSSIBLE_STEP'

/** Every error that this package throws on purpose: what was wrong, where, and what would be right. */
export class TargetsError extends Error {
  override readonly name = 'TargetsError'
  readonly code: TargetsErrorCode
  /** The message in both languages; `message` is the English one. */
  readonly text: Text
  /** The indicator concerned, or the path of the offending value in a directive, policy, condition or option. */
  readonly path: string | undefined
  /** The nearest right name, where there is one. */
  readonly nearest: string | undefined

  constructor(code: TargetsErrorCode, text: Text, path?: string, nearest?: string) {
    const whole = suggesting(text, nearest)
    super(whole.en)
    this.code = code
    this.text = whole
    this.path = path
    this.nearest = nearest
  }
}

/** A text with the nearest right name behind it, unless it is there already. */
export const suggesting = ({ vi, en }: Text, near: string | undefined): Text =>
  near === undefined || en.includes(`did you mean "${near}"?`)
    ? { vi, en }
    : { vi: `${vi}; có phải là "${near}" không?`, en: `${en}; did you mean "${near}"?` }

const MOST_SHOWN = 60

/** Any value as a message shows it, shortened; never throws. */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value)
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return typeof value
  try {
    let parts = 0
    // Each part is a sign at least: nobody sees what comes after so many, and what is large is not written out.
    const brief = (_: string, part: unknown) => (part === undefined || ++parts <= MOST_SHOWN + 1 ? part : 0)
    const text = JSON.stringify(value, brief) ?? typeof value
    return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  } catch {
    return typeof value
  }
}

/** The error for a value that is not what it must be; `vi` and `en` say what that is. */
export const wrongType = (
  path: string,
  vi: string,
  en: string,
  value: unknown,
  code: TargetsErrorCode = 'WRONG_TYPE',
  /** The path of the error, where the message says more. */
  at = path,
): TargetsError =>
  new TargetsError(
    code,
    { vi: `${path}: phải là ${vi}, không phải ${show(value)}`, en: `${path}: must be ${en}, not ${show(value)}` },
    at,
  )

/** @throws {TargetsError} `WRONG_TYPE` where it is no text */
export function checkText(path: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw wrongType(path, 'chữ', 'a text', value)
}

const tagOf = Object.prototype.toString

/**
 * Whether a value is an object of named values: no list, and none of the classes of JavaScript, which have no such values and
 * would be taken for an empty object: a Map, a Date, a promise that nobody waited for. A module's namespace is one.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  // Nearly all are plain objects, of which this is known several times faster.
  if (Object.getPrototypeOf(value) === Object.prototype) return true
  const tag = tagOf.call(value)
  return tag === '[object Object]' || tag === '[object Module]'
}
