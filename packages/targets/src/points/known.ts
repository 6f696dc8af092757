import { tidy } from '../decimal.ts'
import { TargetsError, type Text, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { PointEntry } from './result.ts'
import type { DeclaredFact, PointTable } from './table.ts'

/** How great a number of a table or of a unit may be, on either side of nought: products of two are numbers still. */
export const GREATEST = 1e15

/**
 * What is reckoned, without binary noise; beyond the greatest number it is not known. With all digits that a double holds: points
 * are multiplied by it, and rounded.
 */
export const reckoned = (value: number): number | null => (Math.abs(value) <= GREATEST ? tidy(value, 15) : null)

const WITHIN: Text = { vi: 'một số từ −10¹⁵ đến 10¹⁵', en: 'a number from −10¹⁵ to 10¹⁵' }

/** What a value of each type is. */
export const TYPE_NAMES: Readonly<Record<DeclaredFact['type'], Text>> = {
  number: { vi: 'một số', en: 'a number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  text: { vi: 'chữ', en: 'a text' },
}

/**
 * The facts of a unit, each declared by the table and of its type.
 * @throws {TargetsError} `UNKNOWN_FACT`, `WRONG_TYPE`
 */
export function checkedFacts(table: PointTable, { unit, facts = {} }: PointEntry): PointEntry['facts'] {
  const declared = table.facts ?? {}
  for (const name in facts) {
    const value = facts[name]
    const path = `${unit}.facts.${name}`
    const type = declared[name]?.type
    if (!type || !Object.hasOwn(declared, name)) {
      const text = { vi: `${path}: không có dữ kiện này`, en: `${path}: no such fact` }
      throw new TargetsError('UNKNOWN_FACT', text, path, nearest(name, Object.keys(declared)))
    }
    const wanted = type === 'text' ? 'string' : type
    if (value === null || (typeof value === wanted && (type !== 'number' || Math.abs(Number(value)) <= GREATEST)))
      continue
    const { vi, en } = typeof value === 'number' && type === 'number' ? WITHIN : TYPE_NAMES[type]
    throw wrongType(path, vi, en, value)
  }
  return facts
}
