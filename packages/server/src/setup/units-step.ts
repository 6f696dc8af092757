// The sheet of units, stored by the rules of changes of units: what stands already under its name is left as it is.
import type { NewUnit } from '../units/unit-changes.ts'
import type { Session } from './session.ts'
import type { RowValues } from './sheets.ts'
import { standing } from './standing-units.ts'
import { knownCode, paddedCode, storeUnitRows, type UnitRow } from './unit-rows.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

const codeOf = ({ code, level }: RowValues<'units'>): string => paddedCode(code, level)

export async function setUpUnits(session: Session): Promise<void> {
  const sheet = session.workbook.units
  if (!sheet) return
  const codes = new Set(sheet.rows.map(({ values }) => codeOf(values)))
  const rows = sheet.rows.filter((row) => !standsAlready(session, sheet, row, codes))
  const asked = rows.map((row): UnitRow<'units'> => {
    const { code, name } = row.values
    const change = { list: 'create', asked: newUnit(session, row.values, codes) } as const
    return { row, changes: [change], names: [code, codeOf(row.values), name], outcome: 'created' }
  })
  await storeUnitRows(session, 'units', sheet, asked)
  await session.refresh()
}

/** Whether a row has no unit to make: it stands already, or stands otherwise, which is told. */
function standsAlready(
  session: Session,
  sheet: ReadSheet<'units'>,
  { row, values }: WorkbookRow<'units'>,
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
  const above = parent && knownCode(parent, isKnown)
  return { code: codeOf(values), name, nameEn, kind, level, parent: above, from, decision: decision ?? source }
}
