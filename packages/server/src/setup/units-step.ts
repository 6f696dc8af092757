// The sheet of units, stored by the rules of changes of units: what stands already under its name is left as it is.
import { storeUnitChanges, tryUnitChanges } from '../units/store-units.ts'
import type { NewUnit, UnitProblem } from '../units/unit-changes.ts'
import type { Session } from './session.ts'
import type { ColumnKey, RowValues } from './sheets.ts'
import { SHEETS } from './sheets.ts'
import { standing } from './standing-units.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

type UnitRow = WorkbookRow<'units'>

/** Digits of GSO codes; spreadsheets take the leading zeros away. */
const DIGITS: Partial<Record<string, number>> = { province: 2, district: 3, commune: 5 }

const padded = (code: string, digits = 0): string => (/^\d+$/.test(code) ? code.padStart(digits, '0') : code)
const codeOf = ({ code, level }: RowValues<'units'>): string => padded(code, DIGITS[level])

export async function setUpUnits(session: Session): Promise<void> {
  const sheet = session.workbook.units
  if (!sheet) return
  const codes = new Set(sheet.rows.map(({ values }) => codeOf(values)))
  const rows = sheet.rows.filter((row) => !standsAlready(session, sheet, row, codes))
  await storeRight(session, sheet, rows, (values) => newUnit(session, values, codes))
  await session.refresh()
}

/** Whether a row has no unit to make: it stands already, or stands otherwise, which is told. */
function standsAlready(
  session: Session,
  sheet: ReadSheet<'units'>,
  { row, values }: UnitRow,
  codes: ReadonlySet<string>,
): boolean {
  const { code, parent } = newUnit(session, values, codes)
  const stands = standing(session.register, values, code, parent ?? null)
  if (stands === true) session.count('units', 'unchanged')
  else if (stands) session.tell(sheet, row, stands.column, stands.text)
  return stands !== false
}

function newUnit({ source, register }: Session, values: RowValues<'units'>, codes: ReadonlySet<string>): NewUnit {
  const { name, nameEn, kind, level, parent, from, decision } = values
  const isKnown = (code: string) => codes.has(code) || register.holders(code).length > 0
  const above =
    parent === null || isKnown(parent)
      ? parent
      : (Object.values(DIGITS)
          .map((n) => padded(parent, n))
          .find(isKnown) ?? parent)
  return { code: codeOf(values), name, nameEn, kind, level, parent: above, from, decision: decision ?? source }
}

/** Tells all that stands against the rows, then goes on with those that nothing stands against, for the steps that follow. */
async function storeRight(
  session: Session,
  sheet: ReadSheet<'units'>,
  all: readonly UnitRow[],
  toUnit: (values: RowValues<'units'>) => NewUnit,
): Promise<void> {
  for (let rows = all, first = true; rows.length > 0; first = false) {
    const changes = { decision: session.source, create: rows.map(({ values }) => toUnit(values)) }
    const { problems } = await tryUnitChanges(session.transaction, changes)
    if (problems.length === 0) {
      await storeUnitChanges(session.transaction, changes)
      for (const _ of rows) session.count('units', 'created')
      return
    }
    const wrong = new Set<UnitRow>()
    for (const problem of problems) {
      const row = rows[Number(problem.path[1])] as UnitRow
      wrong.add(row)
      session.refuse('units', row.values.code, codeOf(row.values), row.values.name)
      // Those of a later round follow from those of the first.
      if (first) session.tell(sheet, row.row, columnOf(problem), problem.text)
    }
    rows = rows.filter((row) => !wrong.has(row))
  }
}

function columnOf({ path }: UnitProblem): ColumnKey<'units'> {
  const field = path[2] ?? ''
  return field in SHEETS.units.columns ? (field as ColumnKey<'units'>) : 'code'
}
