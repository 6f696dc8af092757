// The sheet of units, stored by the rules of changes of units: what stands already under its name is left as it is.
import { fold } from '@dienbien/targets/table'
import { BEGINNING } from '../figures/register.ts'
import type { NewUnit } from '../units/unit-changes.ts'
import type { Session } from './session.ts'
import type { RowValues } from './sheets.ts'
import { knownCode, paddedCode, storeUnitRows, type UnitRow } from './unit-rows.ts'

const codeOf = ({ code, level }: RowValues<'units'>): string => paddedCode(code, level)

export async function setUpUnits(session: Session): Promise<void> {
  const sheet = session.workbook.units
  if (!sheet) return
  const codes = new Set(sheet.rows.map(({ values }) => codeOf(values)))
  const rows = sheet.rows.filter(({ values }) => !standsAlready(session, values))
  for (const _ of Array(sheet.rows.length - rows.length)) session.count('units', 'unchanged')
  const asked = rows.map((row): UnitRow<'units'> => {
    const { code, name } = row.values
    const change = { list: 'create', asked: newUnit(session, row.values, codes) } as const
    return { row, changes: [change], names: [code, codeOf(row.values), name], outcome: 'created' }
  })
  await storeUnitRows(session, 'units', sheet, asked)
  await session.refresh()
}

/** Whether a unit of that code and name stands, on its first day or any later one. */
const standsAlready = ({ register }: Session, values: RowValues<'units'>): boolean =>
  register
    .holders(codeOf(values))
    .some(({ name, to }) => fold(name) === fold(values.name) && (to === null || to >= (values.from ?? BEGINNING)))

function newUnit({ source, register }: Session, values: RowValues<'units'>, codes: ReadonlySet<string>): NewUnit {
  const { name, nameEn, kind, level, parent, from, decision } = values
  const isKnown = (code: string) => codes.has(code) || register.holders(code).length > 0
  const above = parent && knownCode(parent, isKnown)
  return { code: codeOf(values), name, nameEn, kind, level, parent: above, from, decision: decision ?? source }
}
