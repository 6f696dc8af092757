import { isRecord, show, TargetsError, type TargetsErrorCode, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'

/**
 * Refuses options that do not exist, with the nearest that does.
 * @throws {TargetsError} `BAD_OPTION`
 */
export function checkOptions(options: unknown, known: readonly string[]): asserts options is object {
  if (!isRecord(options)) throw wrongType('options', 'một đối tượng', 'an object', options, 'BAD_OPTION')
  checkKeys(options, known, 'options')
}

/**
 * Refuses keys that nothing reads, with the nearest that is read.
 * @param where what has the keys, for messages
 * @param path of the error; absent: the key
 * @throws {TargetsError} `BAD_OPTION`, or another code
 */
export function checkKeys(
  values: object,
  known: readonly string[],
  where: string,
  path?: string,
  code: TargetsErrorCode = 'BAD_OPTION',
): void {
  for (const key in values) {
    if (known.includes(key)) continue
    const all = known.join(', ')
    throw new TargetsError(
      code,
      { vi: `${where}.${key}: không có mục này; có ${all}`, en: `${where}.${key}: no such key; there are ${all}` },
      path ?? key,
      nearest(key, known),
    )
  }
}

/**
 * Refuses a value that is none of those that there are, with the nearest that is.
 * @param at the path of the error, where the message says more
 * @throws {TargetsError} `BAD_OPTION`, or another code
 */
export function checkOneOf(
  path: string,
  value: unknown,
  allowed: readonly string[],
  code: TargetsErrorCode = 'BAD_OPTION',
  at = path,
): void {
  if (allowed.includes(value as string)) return
  const known = allowed.join(', ')
  throw new TargetsError(
    code,
    { vi: `${path}: ${show(value)} không thuộc ${known}`, en: `${path}: ${show(value)} is none of ${known}` },
    at,
    typeof value === 'string' ? nearest(value, allowed) : undefined,
  )
}

/** The entries of an option that goes by indicator; those without a value are left out. */
export function entriesOf<T>(name: string, values: Readonly<Record<string, T | null | undefined>>): [string, T][] {
  if (!isRecord(values)) {
    throw wrongType(name, 'một đối tượng theo mã chỉ tiêu', 'an object by indicator id', values, 'BAD_OPTION')
  }
  const entries: [string, T][] = []
  // What is inherited is read too, as in figures and options.
  for (const id in values) {
    const value = values[id]
    if (value !== undefined && value !== null) entries.push([id, value])
  }
  return entries
}

/** The error for an id that the directive does not have, with the nearest that it has. */
export function unknownIndicator(id: string, known: Iterable<string>, where: string): TargetsError {
  return new TargetsError(
    'UNKNOWN_INDICATOR',
    { vi: `${where}: không có chỉ tiêu ${show(id)}`, en: `${where}: no indicator ${show(id)}` },
    id,
    nearest(id, known),
  )
}

/** @throws {TargetsError} `WRONG_TYPE` or `NOT_FINITE` naming the indicator */
export function checkNumber(name: string, id: string, value: unknown): asserts value is number {
  if (Number.isFinite(value)) return
  const code = typeof value === 'number' ? 'NOT_FINITE' : 'WRONG_TYPE'
  throw wrongType(`${name}: "${id}"`, 'một số hữu hạn', 'a finite number', value, code, id)
}

/** @throws {TargetsError} `WRONG_TYPE` where these are no figures by indicator id */
export function checkFigures(facts: unknown): void {
  if (isRecord(facts)) return
  throw wrongType('facts', 'một đối tượng theo mã chỉ tiêu', 'an object by indicator id', facts)
}

/** @throws {TargetsError} `BAD_TABLE` where these are no whole number of rows */
export function checkRows(name: string, size: number, width: number): void {
  if (size % width === 0) return
  throw new TargetsError('BAD_TABLE', {
    vi: `${name}: ${size} ô không chia đều cho ${width} chỉ tiêu`,
    en: `${name}: ${size} cells are no whole number of rows of ${width} indicators`,
  })
}
