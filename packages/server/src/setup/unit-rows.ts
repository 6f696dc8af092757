// Rows that make, change or end units, stored by the rules of the mutation `changeUnits`.
import { fold } from '@dienbien/targets/table'
import type { UnitProblemCode } from '../errors/input-error.ts'
import type { Registry } from '../figures/registry.ts'
import { storeUnitChanges, tryUnitChanges } from '../units/store-units.ts'
import type { Closing, LaterState, NewAlias, NewUnit, UnitChanges } from '../units/unit-changes.ts'
import type { Session } from './session.ts'
import { type ColumnKey, SHEETS } from './sheets.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

type UnitSheet = 'units' | 'unitChanges'
type Outcome = 'created' | 'changed'

/** What a row asks for, as the mutation does. */
export type UnitChange =
  | { readonly list: 'create'; readonly asked: NewUnit }
  | { readonly list: 'change'; readonly asked: LaterState }
  | { readonly list: 'close'; readonly asked: Closing }
  | { readonly list: 'aliases'; readonly asked: NewAlias }

/** A row, and all that it comes to. */
export interface UnitRow<K extends UnitSheet> {
  readonly row: WorkbookRow<K>
  readonly changes: readonly UnitChange[]
  /** What others refer to it by. */
  readonly names: readonly string[]
  readonly outcome: Outcome
}

/** Digits of GSO codes; spreadsheets take the leading zeros away. */
const DIGITS: Partial<Record<string, number>> = { province: 2, district: 3, commune: 5 }

/** A code with the zeros that its level wants. */
export const paddedCode = (code: string, level: string): string => padded(code, DIGITS[level])
const padded = (code: string, digits = 0): string => (/^\d+$/.test(code) ? code.padStart(digits, '0') : code)

/** Units that a sheet makes. */
export type Names = readonly { readonly code: string; readonly name: string }[]

/**
 * The code of a unit that is named as parent: by its code, with the zeros under which it is known, or by its full name.
 * @param made by the same sheet
 * @param registry the units that stand besides, on its day
 */
export function parentCode(parent: string, made: Names, registry: Registry): string {
  const isKnown = (code: string) =>
    made.some((unit) => unit.code === code) || (registry.history?.holders(code).length ?? 0) > 0
  if (isKnown(parent)) return parent
  const withZeros = Object.values(DIGITS)
    .map((digits) => padded(parent, digits))
    .find(isKnown)
  if (withZeros !== undefined) return withZeros
  const named = [...made, ...registry.units].filter(({ name }) => fold(name) === fold(parent))
  const codes = new Set(named.map(({ code }) => code))
  return codes.size === 1 ? ([...codes][0] as string) : parent
}

/** Tells all that stands against the rows, then goes on with those that nothing stands against, for the steps that follow. */
export async function storeUnitRows<K extends UnitSheet>(
  session: Session,
  key: K,
  sheet: ReadSheet<K>,
  all: readonly UnitRow<K>[],
): Promise<void> {
  /** Whether something else is wrong that is told already: the parent that is named, or the row that takes the units below away. */
  const follows = (code: UnitProblemCode, asked: UnitChange['asked']): boolean => {
    if (code === 'UNITS_BELOW')
      return sheet.unread.size > 0 || session.problems.some((problem) => problem.sheet === sheet.name)
    return code === 'UNKNOWN_UNIT' && 'parent' in asked && !!asked.parent && session.isRefusedUnit(asked.parent)
  }
  for (let rows = all, first = true; rows.length > 0; first = false) {
    const { changes, askedAt } = together(session.source, rows)
    const { problems } = await tryUnitChanges(session.transaction, changes)
    if (problems.length === 0) {
      await storeUnitChanges(session.transaction, changes)
      for (const { outcome } of rows) session.count(key, outcome)
      return
    }
    const wrong = new Set<UnitRow<K>>()
    for (const { path, code, text } of problems) {
      const { row, asked } = askedAt(path)
      wrong.add(row)
      session.refuse(key, ...row.names)
      // Those of a later round follow from those of the first.
      if (first && !follows(code, asked))
        session.tell(sheet, row.row.row, columnOf(key, path[0] === 'aliases' ? path[0] : path[2]), text)
    }
    rows = rows.filter((row) => !wrong.has(row))
  }
}

/** One set of changes of many rows, and what was asked for at a place of it. */
function together<K extends UnitSheet>(decision: string, rows: readonly UnitRow<K>[]) {
  const all = rows.flatMap((row) => row.changes.map((change) => ({ row, change })))
  const of = (list: UnitChange['list']) => all.filter(({ change }) => change.list === list)
  const changes: UnitChanges = {
    decision,
    create: all.flatMap(({ change }) => (change.list === 'create' ? [change.asked] : [])),
    change: all.flatMap(({ change }) => (change.list === 'change' ? [change.asked] : [])),
    close: all.flatMap(({ change }) => (change.list === 'close' ? [change.asked] : [])),
    aliases: all.flatMap(({ change }) => (change.list === 'aliases' ? [change.asked] : [])),
  }
  const askedAt = ([list, index]: readonly string[]) => {
    const found = of(list as UnitChange['list'])[Number(index)]
    if (!found) throw new Error(`no row asked for ${list}[${index}]`)
    return { row: found.row, asked: found.change.asked }
  }
  return { changes, askedAt }
}

/** The column that a field of the mutation stands in. */
function columnOf<K extends UnitSheet>(key: K, field = ''): ColumnKey<K> {
  if (key === 'units') return (field in SHEETS.units.columns ? field : 'code') as ColumnKey<K>
  if (field === 'lastDay') return 'from' as ColumnKey<K>
  return (field in SHEETS.unitChanges.columns ? field : 'unit') as ColumnKey<K>
}
