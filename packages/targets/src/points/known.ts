import { TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { PointEntry } from './result.ts'
import type { PointTable } from './table.ts'

/**
 * The facts of a unit, each declared by the table and of its type.
 * @throws {TargetsError} `UNKNOWN_FACT`, `WRONG_TYPE`
 */
export function checkedFacts(table: PointTable, { unit, facts = {} }: PointEntry): PointEntry['facts'] {
  const declared = table.facts ?? {}
  for (const [name, value] of Object.entries(facts)) {
    const path = `${unit}.facts.${name}`
    const type = declared[name]?.type
    if (!type || !Object.hasOwn(declared, name)) {
      const text = { vi: `${path}: không có dữ kiện này`, en: `${path}: no such fact` }
      throw new TargetsError('UNKNOWN_FACT', text, path, nearest(name, Object.keys(declared)))
    }
    const wanted = type === 'text' ? 'string' : type
    if (value === null || (typeof value === wanted && (type !== 'number' || Number.isFinite(value)))) continue
    const [vi, en] = {
      number: ['một số', 'a number'],
      boolean: ['true hoặc false', 'true or false'],
      text: ['chữ', 'a text'],
    }[type] as [string, string]
    throw wrongType(path, vi, en, value)
  }
  return facts
}
