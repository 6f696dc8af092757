import { isRecord, show, TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'

/**
 * Refuses options that do not exist, with the nearest that does.
 * @throws {TargetsError} `BAD_OPTION`
 */
export function checkOptions(options: unknown, known: readonly string[]): asserts options is object {
  if (!isRecord(options)) throw wrongType('options', 'một đối tượng', 'an object', options, 'BAD_OPTION')
  for (const key in options) {
    if (known.includes(key)) continue
    throw new TargetsError(
      'BAD_OPTION',
      {
        vi: `options: không có tùy chọn "${key}"; có ${known.join(', ')}`,
        en: `options: no option "${key}"; there are ${known.join(', ')}`,
      },
      key,
      nearest(key, known),
    )
  }
}

/** The entries of an option that goes by indicator; those without a value are left out. */
export function entriesOf<T>(name: string, given: Readonly<Record<string, T | null | undefined>>): [string, T][] {
  if (!isRecord(given)) {
    throw wrongType(name, 'một đối tượng theo mã chỉ tiêu', 'an object by indicator id', given, 'BAD_OPTION')
  }
  return Object.entries(given).filter((entry): entry is [string, T] => entry[1] !== undefined && entry[1] !== null)
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
