// What may stand in a column of a workbook, as people write it, and what is wrong where something else does.

import { nearest, type Text } from '@dienbien/targets'
import { type Cell, fold, readNumber, unescapeFormula } from '@dienbien/targets/table'
import { isoDay, isoOfWritten } from '../days.ts'
import { quoted, suggesting } from '../errors/input-error.ts'
import { isDay } from '../figures/years.ts'
import { Problem } from '../measurements/import-cells.ts'
import { textProblem } from '../unseen.ts'

/** What the cells of a column hold. */
export interface CellKind<T> {
  /** The value of a cell that is not blank, or what is wrong with it. */
  readonly read: (cell: Cell) => T | Problem
}

/** What people write where there is nothing. */
const BLANK = ['', '-', '–', '—', '…', '...']
const MOST_CHARACTERS = 2000

export const isBlank = (cell: Cell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && BLANK.includes(cell.trim()))

const problem = (vi: string, en: string) => new Problem({ vi, en })

function words(cell: Cell): string | Problem {
  const text = cell instanceof Date ? isoDay(cell) : unescapeFormula(String(cell)).trim().normalize('NFC')
  const wrong = textProblem(text)
  if (wrong) return new Problem(wrong)
  if (text.length <= MOST_CHARACTERS) return text
  return problem(
    `dài ${text.length} ký tự, tối đa ${MOST_CHARACTERS}`,
    `has ${text.length} characters, at most ${MOST_CHARACTERS} are kept`,
  )
}

export const TEXT: CellKind<string> = { read: words }

/** What a slug is: of a cluster, of an indicator. */
export const SLUG: CellKind<string> = {
  read: (cell) => {
    const text = words(cell)
    if (text instanceof Problem || /^(?=.{1,50}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)) return text
    return problem(
      `${quoted(text)} không phải là mã: viết chữ thường không dấu, số và dấu gạch nối, ví dụ cum-so-1`,
      `${quoted(text)} is no code: small letters without diacritics, digits and hyphens, for example cum-so-1`,
    )
  },
}

export const NUMBER: CellKind<number> = {
  read: (cell) => {
    if (typeof cell === 'number') return cell
    if (cell instanceof Date || typeof cell === 'boolean') {
      return problem(`${quoted(cell)} không phải là số: định dạng ô là số`, `${quoted(cell)} is no number`)
    }
    const text = String(cell).replace(/\s*%$/, '')
    const number = readNumber(text, 'auto')
    if (typeof number === 'number') return number
    const [vi, en] = [readNumber(text, 'vi'), readNumber(text, 'en')]
    if (typeof vi !== 'number' || typeof en !== 'number') return new Problem(number)
    return problem(
      `${quoted(text)} là ${vi} theo cách viết tiếng Việt và ${en} theo tiếng Anh: định dạng ô là số, hoặc viết ${vi}`,
      `${quoted(text)} is ${vi} as written in Vietnamese and ${en} in English: make the cell a number, or write ${vi}`,
    )
  },
}

export const YEAR: CellKind<number> = {
  read: (cell) => {
    const year = Number(cell instanceof Date ? Number.NaN : cell)
    if (Number.isInteger(year) && year >= 1900 && year <= 9998) return year
    return problem(
      `${quoted(cell)} không phải là năm: viết bốn chữ số, ví dụ 2024`,
      `${quoted(cell)} is no year: write four digits, for example 2024`,
    )
  },
}

/** ISO days, or days as they are written in Vietnam. */
export const DAY: CellKind<string> = {
  read: (cell) => {
    const text = cell instanceof Date ? isoDay(cell) : String(cell).trim()
    const day = isoOfWritten(text)
    if (isDay(day)) return day
    return problem(
      `${quoted(text)} không phải là ngày: viết 31/12/2024 hoặc 2024-12-31`,
      `${quoted(text)} is no date: write 31/12/2024 or 2024-12-31`,
    )
  },
}

const TAKEN_BACK = ['bo', 'bai bo', 'rut', 'withdrawn', 'none']

/** By when something is due; null: no longer by any day. */
export const DUE_DAY: CellKind<{ readonly day: string | null }> = {
  read: (cell) => {
    if (typeof cell === 'string' && TAKEN_BACK.includes(fold(cell))) return { day: null }
    const day = DAY.read(cell)
    if (!(day instanceof Problem)) return { day }
    const { vi, en } = day.text
    return problem(`${vi}, hoặc "bỏ" để bỏ thời hạn`, `${en}, or "withdrawn" to take the deadline back`)
  },
}

/** A day of every year. */
export const MONTH_DAY: CellKind<string> = {
  read: (cell) => {
    const text = cell instanceof Date ? cell.toISOString().slice(5, 10) : String(cell).trim()
    const [, d, m] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? []
    const day = d && m ? `${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
    if (/^\d\d-\d\d$/.test(day) && isDay(`2023-${day}`)) return day
    return problem(
      `${quoted(text)} không phải là ngày trong năm: viết 31/05 hoặc 05-31`,
      `${quoted(text)} is no day of a year: write 31/05 or 05-31`,
    )
  },
}

export const YES: CellKind<boolean> = {
  read: (cell) => {
    const word = fold(String(cell))
    if (['x', 'co', 'yes', 'true', '1'].includes(word)) return true
    if (['khong', 'no', 'false', '0'].includes(word)) return false
    return problem(`${quoted(cell)} không rõ: viết có hoặc không`, `${quoted(cell)} is neither: write yes or no`)
  },
}

/** One of several values, by any of its words; the first is the one that is shown. */
export function choice<T extends string>(
  values: Readonly<Record<T, readonly [vi: string, ...others: string[]]>>,
): CellKind<T> {
  const byWord = new Map<string, T>()
  const written = new Map<string, string>()
  for (const [value, names] of Object.entries(values) as [T, readonly string[]][]) {
    for (const name of [value, ...names]) {
      byWord.set(fold(name), value)
      written.set(fold(name), name)
    }
  }
  const shown = (Object.entries(values) as [T, readonly string[]][]).map(([value, [name]]) => `${name} (${value})`)
  return {
    read: (cell) => {
      const choice = byWord.get(fold(String(cell)))
      if (choice !== undefined) return choice
      const text: Text = {
        vi: `${quoted(cell)} không có trong danh sách: ${shown.join(', ')}`,
        en: `${quoted(cell)} is none of ${shown.join(', ')}`,
      }
      const near = nearest(fold(String(cell)), [...byWord.keys()])
      return new Problem(suggesting(text, near === undefined ? near : written.get(near)))
    },
  }
}

/**
 * Several of them, separated by commas or semicolons.
 * @param separator where a comma may stand within one
 */
export const several = <T>(cellKind: CellKind<T>, separator = /[,;]/): CellKind<readonly T[]> => ({
  read: (cell) => {
    const values: T[] = []
    for (const part of String(cell).split(separator)) {
      if (isBlank(part)) continue
      const value = cellKind.read(part.trim())
      if (value instanceof Problem) return value
      values.push(value)
    }
    return values
  },
})
