// What members report for a table of points: a row a unit with a column for each fact or indicator, or JSON or YAML.
import { readFile } from 'node:fs/promises'
import type { Directive, Indicator, Text, UnitLevel } from '../directive/types.ts'
import { isRecord, show, suggesting, TargetsError } from '../errors.ts'
import { evaluate } from '../evaluation/evaluate.ts'
import { nearest } from '../nearest.ts'
import type { PointEntry } from '../points/result.ts'
import type { DeclaredFact, PointTable } from '../points/table.ts'
import { readYesNo } from '../table/cell.ts'
import {
  address,
  type Cell,
  fold,
  hasNoValue,
  isEmpty,
  isUnanswered,
  type NumberStyle,
  readIndicator,
  readRows,
  readValue,
} from '../table/index.ts'
import { readNumber } from '../table/number.ts'
import { documentIn } from '../table/points-file.ts'
import { isZip, textOf } from '../table/text.ts'
import { BadCells, isList } from './read-figures.ts'

export interface FactsOptions {
  readonly directive: Directive
  readonly asOf: string | undefined
  /** Of all units; absent: the directive's. */
  readonly level: UnitLevel | undefined
  readonly numbers: NumberStyle
}

type Column =
  | { readonly kind: 'unit' }
  | { readonly kind: 'fact'; readonly name: string; readonly fact: DeclaredFact }
  | { readonly kind: 'indicator'; readonly indicator: Indicator }

const UNIT_HEADERS = ['unit', 'code', 'don vi', 'ma', 'ma don vi', 'ten don vi']

/**
 * Reads what units report.
 * @throws {BadCells} listing every cell that cannot be read
 * @throws {TargetsError} where a list of units in JSON or YAML is none
 */
export async function readFacts(file: string, table: PointTable, options: FactsOptions): Promise<PointEntry[]> {
  const bytes = await readFile(file)
  const text = isZip(bytes) ? '' : textOf(bytes)
  return isList(text) ? entriesIn(text, options) : rowsIn(file, await readRows(bytes), table, options)
}

const judged = (figures: Record<string, number | boolean>, { directive, asOf, level }: FactsOptions) =>
  Object.keys(figures).length === 0 ? {} : { evaluation: evaluate(figures, { directive, asOf, unitLevel: level }) }

/** A list of entries as `rankPoints` takes them, with `figures` by indicator in place of an evaluation. */
function entriesIn(text: string, options: FactsOptions): PointEntry[] {
  const value = documentIn(text)
  if (!Array.isArray(value) || !value.every((entry) => isRecord(entry) && typeof entry.unit === 'string')) {
    throw new TargetsError('WRONG_TYPE', {
      vi: 'cần một danh sách đơn vị: [{ "unit": "102", "facts": { … }, "figures": { … } }]',
      en: 'a list of units is wanted: [{ "unit": "102", "facts": { … }, "figures": { … } }]',
    })
  }
  return value.map(({ figures = {}, ...entry }) => ({ ...entry, ...judged(figures, options) }) as PointEntry)
}

function rowsIn(file: string, rows: readonly Cell[][], table: PointTable, options: FactsOptions): PointEntry[] {
  const problems: Text[] = []
  const say = (row: number, column: number, { vi, en }: Text) => {
    const at = address(row, column)
    problems.push({ vi: `${at}: ${vi}`, en: `${at}: ${en}` })
  }
  const columns = (rows[0] ?? []).map((header, i) => readHeader(header, table, options, (what) => say(0, i, what)))
  if (!columns.some((column) => column?.kind === 'unit')) {
    say(0, 0, { vi: 'phải có một cột "đơn vị" (hoặc "unit")', en: 'one column must be headed "unit" (or "đơn vị")' })
  }
  const entries = rows.slice(1).flatMap((cells, r): PointEntry[] => {
    if (cells.every((cell) => isEmpty(cell))) return []
    let unit = ''
    const facts: Record<string, boolean | number | string> = {}
    const figures: Record<string, number | boolean> = {}
    for (const [i, cell] of cells.entries()) {
      const column = columns[i]
      if (!column || saysNothing(cell, column)) continue
      if (column.kind === 'unit') unit = String(cell).trim()
      else if (column.kind === 'indicator') {
        const value = readValue(cell, column.indicator, options.numbers)
        if (typeof value === 'object') say(r + 1, i, value)
        else figures[column.indicator.id] = value
      } else {
        const value = factIn(cell, column.fact, options.numbers)
        if (typeof value === 'object') say(r + 1, i, value)
        else facts[column.name] = value
      }
    }
    if (unit === '')
      say(
        r + 1,
        columns.findIndex((column) => column?.kind === 'unit'),
        NAMELESS,
      )
    return [{ unit, facts, ...judged(figures, options) }]
  })
  if (problems.length > 0) throw new BadCells(file, problems)
  return entries
}

function saysNothing(cell: Cell, column: Column): boolean {
  if (column.kind === 'indicator') return hasNoValue(cell, column.indicator)
  return column.kind === 'fact' && column.fact.type === 'number' ? isEmpty(cell) : isUnanswered(cell)
}

const NAMELESS: Text = { vi: 'đơn vị chưa có tên', en: 'the unit has no name' }

function readHeader(
  cell: Cell,
  table: PointTable,
  { directive }: FactsOptions,
  say: (what: Text) => void,
): Column | null {
  const text = fold(String(cell ?? ''))
  if (text === '') return null
  if (UNIT_HEADERS.includes(text)) return { kind: 'unit' }
  const facts = Object.entries(table.facts ?? {})
  const named = facts.find(([id, { name }]) => fold(id) === text || (name !== undefined && fold(name) === text))
  if (named) return { kind: 'fact', name: named[0], fact: named[1] }
  const indicator = readIndicator(cell, directive)
  if ('id' in indicator) return { kind: 'indicator', indicator }
  const shown = show(String(cell))
  const near = nearest(
    String(cell),
    facts.map(([id]) => id),
  )
  say(
    suggesting(
      { vi: `bảng không có dữ kiện hay chỉ tiêu ${shown}`, en: `the table has no fact or indicator ${shown}` },
      near,
    ),
  )
  return null
}

/** What a cell says of a fact; or what is wrong with it. */
function factIn(cell: Cell, { type }: DeclaredFact, style: NumberStyle): boolean | number | string | Text {
  if (type === 'text') return String(cell)
  if (type === 'number') {
    if (typeof cell === 'number') return cell
    if (typeof cell === 'string') return readNumber(cell.trim(), style)
    return { vi: `${show(cell)} không phải là số`, en: `${show(cell)} is no number` }
  }
  return readYesNo(cell)
}
