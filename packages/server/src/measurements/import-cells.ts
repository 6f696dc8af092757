// What a cell of a file of figures means: a unit, a day, a status; or what is wrong with it.

import type { Text } from '@dienbien/targets'
import { address, type Cell, fold, unescapeFormula } from '@dienbien/targets/table'
import { isoDay, isoOfWritten } from '../days.ts'
import { quoted } from '../errors/input-error.ts'
import type { History, Unit } from '../figures/registry.ts'
import { isDay } from '../figures/years.ts'
import { MeasurementStatus } from '../generated/prisma/enums.ts'
import { heldIn } from '../units/units.ts'
import { textProblem } from '../unseen.ts'
import { dayProblem } from './figure-rules.ts'
import { STATUS_WORDS } from './status-words.ts'

export interface CellProblem {
  /** For example "C7". */
  readonly cell: string
  readonly text: Text
}

/** All that is wrong with a file. */
export class CellProblems {
  readonly list: CellProblem[] = []

  tell(row: number, column: number, text: Text): void {
    this.list.push({ cell: address(row, column), text })
  }
}

/** What a cell means instead, where it means nothing. */
export class Problem {
  readonly text: Text
  constructor(text: Text) {
    this.text = text
  }
}

const STATUSES: ReadonlyMap<string, MeasurementStatus> = new Map([
  ...Object.values(MeasurementStatus).map((status) => [status, status] as const),
  ...STATUS_WORDS,
])

/** A cell as it is, or an empty one after saying why it cannot be kept. */
export function readableCell(cell: Cell, say: (text: Text) => void): Cell {
  if (typeof cell !== 'string') return cell
  const problem = cell.trim() === '' ? null : textProblem(cell)
  if (problem === null) return cell
  say(problem)
  return null
}

/** Files name the same units and indicators over and over: each is looked for once. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const values = new Map<string, T>()
  return (text) => {
    let found = values.get(text)
    if (found === undefined) {
      found = find(text)
      values.set(text, found)
    }
    return found
  }
}

/** Finds the identity of a unit by its code, by the code that a spreadsheet took the leading zero from, or by its full name. */
export function unitFinder<U extends Pick<Unit, 'id' | 'code' | 'name' | 'searchKey'>>(registry: {
  readonly units: readonly U[]
  searchKeyOf(unit: U): string
  readonly history?: Pick<History, 'holders' | 'successorsOf' | 'unit'> | null
}): (cell: Cell) => string | Problem {
  const { units } = registry
  const ids = new Map(units.map(({ id, code }) => [code, id]))
  const find = remembered((text: string): string | Problem => {
    const code = unescapeFormula(text).trim()
    const known = ids.get(code)
    if (known !== undefined) return known
    if (/^\d+$/.test(code)) {
      const padded = [3, 5].map((length) => code.padStart(length, '0')).flatMap((code) => ids.get(code) ?? [])
      return padded.length === 1 ? (padded[0] as string) : new Problem(unknownCode(code, registry.history ?? null))
    }
    const key = fold(code)
    const named = units.filter(
      (unit) =>
        registry.searchKeyOf(unit).split('\n').includes(key) || unit.name.normalize('NFC') === code.normalize('NFC'),
    )
    if (named.length === 1) return (named[0] as { id: string }).id
    if (named.length > 1) {
      const sameName = named.map((unit) => unit.code)
      return new Problem({
        vi: `"${code}" là tên của ${named.length} đơn vị: ghi mã, ${sameName.join(' hoặc ')}`,
        en: `"${code}" is the name of ${named.length} units: write a code, ${sameName.join(' or ')}`,
      })
    }
    const near = units.filter((unit) => registry.searchKeyOf(unit).includes(key)).slice(0, 4)
    const some = near.map((unit) => `${unit.name} ${unit.code}`).join(', ')
    return new Problem({
      vi: `không có đơn vị tên ${quoted(code)}${some && `; tên đầy đủ và mã: ${some}`}`,
      en: `no unit is called ${quoted(code)}${some && `; full names and codes: ${some}`}`,
    })
  })
  return (cell) => find(String(cell))
}

/** Where a unit had the code at another time, when, and whose place that is now. */
function unknownCode(code: string, history: Pick<History, 'holders' | 'successorsOf' | 'unit'> | null): Text {
  const none = { vi: `không có đơn vị mang mã ${quoted(code)}`, en: `no unit has the code ${quoted(code)}` }
  const codes = new Set([code, ...[3, 5].map((length) => code.padStart(length, '0'))])
  const held = history ? [...codes].flatMap((each) => history.holders(each)) : []
  const last = held.at(-1)
  if (!history || !last) return none
  const followed = history.successorsOf(last.id).flatMap(({ successorId, on }) => history.unit(successorId, on) ?? [])
  const now = followed.map((unit) => `${unit.name} (${unit.code})`).join(', ')
  const { vi, en } = heldIn(last)
  return {
    vi: `${none.vi}; mã này của ${vi}${now && `, sau đó là ${now}`}`,
    en: `${none.en}; it is of ${en}${now && `, followed by ${now}`}`,
  }
}

export function readStatus(cell: Cell): MeasurementStatus | Problem {
  return (
    STATUSES.get(fold(String(cell))) ??
    new Problem({
      vi: `${quoted(cell)} không phải là ước (estimate), sơ bộ (preliminary) hay chính thức (official)`,
      en: `${quoted(cell)} is none of estimate (ước), preliminary (sơ bộ), official (chính thức)`,
    })
  )
}

/** The rows of one year may name it, and no other. */
export function readYear(cell: Cell, year: number): number | Problem {
  if (Number(cell) === year) return year
  return new Problem({
    vi: `${quoted(cell)} không phải là ${year}, năm của tệp nhập`,
    en: `${quoted(cell)} is not ${year}, the year of the import`,
  })
}

export function readDay(cell: Cell, year: number): string | Problem {
  const text = cell instanceof Date ? isoDay(cell) : String(cell).trim()
  const iso = isoOfWritten(text)
  if (!isDay(iso)) {
    return new Problem({
      vi: `${quoted(text)} không phải là ngày: viết 31/12/${year} hoặc ${year}-12-31`,
      en: `${quoted(text)} is no date: write 31/12/${year} or ${year}-12-31`,
    })
  }
  const outside = dayProblem(iso, year, { vi: 'ngày', en: 'the day' })
  return outside === null ? iso : new Problem(outside)
}

export const significantDigits = (cell: Cell) =>
  typeof cell === 'string' ? cell.replace(/\D/g, '').replace(/^0+/, '').length : 0
