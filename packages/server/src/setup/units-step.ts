// The sheet of units, stored by the rules of changes of units: what stands already under its name is left as it is.
import type { UnitLevel } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { quoted } from '../errors/input-error.ts'
import { BEGINNING } from '../figures/register.ts'
import { TERRITORIES } from '../figures/unit-levels.ts'
import { LEVEL_NAMES } from '../measurements/figure-rules.ts'
import type { NewUnit } from '../units/unit-changes.ts'
import type { Session } from './session.ts'
import type { RowValues } from './sheets.ts'
import { standing } from './standing-units.ts'
import { type Names, paddedCode, parentCode, storeUnitRows, type UnitChange, type UnitRow } from './unit-rows.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

type Sheet = ReadSheet<'units'>
/** The first that may be written; whose beginning nobody knows stood then. */
const FIRST_DAY = '1900-01-01'
/** After whatever is known of units. */
const LAST_DAY = '9998-12-31'

const codeOf = ({ code, level }: RowValues<'units'>): string => paddedCode(code, level)

export async function setUpUnits(session: Session): Promise<void> {
  const sheet = session.workbook.units
  if (!sheet) return
  const names = namesIn(sheet.rows)
  const asked = sheet.rows.flatMap((row): UnitRow<'units'>[] => {
    const unit = newUnit(session, row.values, names)
    const { code, name } = unit
    const stands = standing(session.register, row.values, code, unit.parent ?? null)
    const aliases = aliasesOf(session, row.values, code)
    if (stands === true) {
      if (aliases.length > 0) return [{ row, changes: aliases, names: [], outcome: 'changed' }]
      session.count('units', 'unchanged')
    } else if (stands) session.tell(sheet, row.row, stands.column, stands.text)
    else if (!isPlaced(session, sheet, row, unit, names)) session.refuse('units', row.values.code, code, name)
    else {
      const change = { list: 'create', asked: unit } as const
      return [{ row, changes: [change, ...aliases], names: [row.values.code, code, name], outcome: 'created' }]
    }
    return []
  })
  await storeUnitRows(session, 'units', sheet, asked)
  await session.refresh()
}

/** The other names of a row that its unit does not have yet. */
function aliasesOf(
  session: Session,
  { name, aliases, from, decision }: RowValues<'units'>,
  code: string,
): UnitChange[] {
  const { register, source } = session
  const held = register.holders(code).filter((state) => fold(state.name) === fold(name))
  const known = held.flatMap(({ id }) => register.aliasesOf(id)).map((alias) => alias.name)
  // A day on which it has that code.
  const on = (held.length > 0 ? held.at(-1)?.from : from) ?? FIRST_DAY
  return [...new Set(aliases ?? [])]
    .filter((alias) => !known.includes(alias) && alias !== name)
    .map((alias) => ({ list: 'aliases', asked: { unit: code, on, name: alias, source: decision ?? source } }))
}

/** Whether a territory belongs to a larger one, and to none only where there is none; tells where not. */
function isPlaced(
  session: Session,
  sheet: Sheet,
  { row, values: { name, level } }: WorkbookRow<'units'>,
  { parent }: NewUnit,
  names: Names,
): boolean {
  const place = TERRITORIES.indexOf(level)
  if (place < 0) return true
  const isLarger = (other: UnitLevel) => TERRITORIES.includes(other) && TERRITORIES.indexOf(other) < place
  const { register } = session
  if (parent) {
    const levels = [
      ...sheet.rows.filter(({ values }) => codeOf(values) === parent).map(({ values }) => values.level),
      ...register.holders(parent).flatMap(({ id }) => register.levelOf(id) ?? []),
    ]
    // A circle is told as one, with all that are in it.
    if (levels.length === 0 || levels.some(isLarger) || isCircle(sheet, parent, names)) return true
    const [own, other] = [LEVEL_NAMES[level], LEVEL_NAMES[levels[0] as UnitLevel]]
    const text = {
      vi: `${quoted(parent)} là cấp ${other.vi}: không là cấp trên của cấp ${own.vi}`,
      en: `${quoted(parent)} is a ${other.en}, to which no ${own.en} belongs`,
    }
    session.tell(sheet, row, 'parent', text)
    return false
  }
  const above = [...sheet.rows.map(({ values }) => values), ...register.on(LAST_DAY).units].find((other) =>
    isLarger(other.level),
  )
  if (!above) return true
  const text = {
    vi: `ghi đơn vị cấp trên của ${name}: chỉ đơn vị cao nhất bỏ trống, ở đây là ${above.name}`,
    en: `name the parent of ${name}: only the highest unit has none, which is ${above.name}`,
  }
  session.tell(sheet, row, 'parent', text)
  return false
}

/** Whether who follows the parents that the rows name comes back to a unit. */
function isCircle(sheet: Sheet, code: string, names: Names): boolean {
  const seen = new Set<string>()
  for (let next: string | undefined = code; next !== undefined && !seen.has(next); ) {
    seen.add(next)
    const parent = sheet.rows.find(({ values }) => codeOf(values) === next)?.values.parent
    next = parent
      ? (names.find(({ code, name }) => parent === code || fold(parent) === fold(name))?.code ?? parent)
      : undefined
    if (next === code) return true
  }
  return false
}

function newUnit({ source, register }: Session, values: RowValues<'units'>, names: Names): NewUnit {
  const { name, nameEn, kind, level, parent, from, decision } = values
  const above = parent && parentCode(parent, names, register.on(from ?? BEGINNING))
  return { code: codeOf(values), name, nameEn, kind, level, parent: above, from, decision: decision ?? source }
}

/** The units of the sheet by their codes and full names. */
const namesIn = (rows: readonly WorkbookRow<'units'>[]): Names =>
  rows.map(({ values }) => ({ code: codeOf(values), name: values.name }))
