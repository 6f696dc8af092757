// The sheet of what becomes of units: merged, split, moved, renamed, ended, by the rules of the mutation `changeUnits`.
import { fold } from '@dienbien/targets/table'
import { dayBefore } from '../days.ts'
import { quoted } from '../errors/input-error.ts'
import type { Unit } from '../figures/registry.ts'
import type { SuccessionKind } from '../generated/prisma/enums.ts'
import { LEVEL_NAMES } from '../measurements/figure-rules.ts'
import { Problem, unitFinder } from '../measurements/import-cells.ts'
import type { Session } from './session.ts'
import { type ColumnKey, type RowValues, SHEETS } from './sheets.ts'
import { type MadeOtherwise, standingSince } from './standing-units.ts'
import { type Names, paddedCode, parentCode, storeUnitRows, type UnitChange, type UnitRow } from './unit-rows.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

type Sheet = ReadSheet<'unitChanges'>
type Row = WorkbookRow<'unitChanges'>
type Values = RowValues<'unitChanges'>

const OF_NEW_UNIT = ['code', 'name', 'kind', 'level'] as const
/** Columns that a change cannot do without. */
const NEEDED: Readonly<Record<Values['change'], readonly ColumnKey<'unitChanges'>[]>> = {
  merged: OF_NEW_UNIT,
  split: OF_NEW_UNIT,
  moved: ['parent'],
  renamed: [],
  ended: [],
}

export async function setUpUnitChanges(session: Session): Promise<void> {
  const sheet = session.workbook.unitChanges
  if (!sheet) return
  const units = sheet.rows.flatMap(({ values }): Names => {
    const code = newCode(values)
    return code === null ? [] : [{ code, name: values.name ?? code }]
  })
  // What is merged one day may be renamed on a later one.
  for (const day of new Set(sheet.rows.map(({ values }) => values.from).sort())) {
    const asked: UnitRow<'unitChanges'>[] = []
    for (const row of sheet.rows.filter(({ values }) => values.from === day)) {
      const change = await askedBy(session, sheet, row, units)
      if (change === null) session.refuse('unitChanges', ...namesOf(row.values))
      else if (change.changes.length === 0) session.count('unitChanges', 'unchanged')
      else asked.push(change)
    }
    await storeUnitRows(session, 'unitChanges', sheet, asked)
    await session.refresh()
  }
}

const newCode = ({ code, level }: Values): string | null => code && paddedCode(code, level ?? '')
const namesOf = (values: Values): string[] =>
  [values.code, newCode(values), values.name].filter((name) => name !== null)

/** What a row comes to, which is nothing where it stands so already; null after telling what is wrong. */
async function askedBy(session: Session, sheet: Sheet, row: Row, made: Names): Promise<UnitRow<'unitChanges'> | null> {
  const { values } = row
  const units = unitsOf(session, sheet, row)
  if (!isWhole(session, sheet, row, units?.length ?? 1) || !units) return null
  const parent = values.parent && parentCode(values.parent, made, session.register.on(values.from))
  const isNew = values.change === 'merged' || values.change === 'split'
  const changes = isNew
    ? newUnitOf(session, values, units, parent)
    : units.flatMap((unit) => laterOf(session, values, unit, parent))
  if ('text' in changes) {
    session.tell(sheet, row.row, changes.column, changes.text)
    return null
  }
  if (changes.length > 0 && !isPlausible(session, sheet, row, units)) return null
  const demand = { action: 'CHANGE_UNITS', units: units.map(({ id }) => id) } as const
  if (changes.length > 0 && !(await session.permits('unitChanges', sheet, row.row, 'unit', demand))) return null
  return { row, changes, names: namesOf(values), outcome: isNew ? 'created' : 'changed' }
}

/** Whether all columns that the change needs are filled in; tells those that are not. */
function isWhole(session: Session, sheet: Sheet, { row, values }: Row, howMany: number): boolean {
  const missing = NEEDED[values.change].filter((column) => values[column] === null)
  for (const column of missing) {
    const [vi, en] = SHEETS.unitChanges.columns[column].titles
    session.tell(sheet, row, column, { vi: `thiếu ${quoted(vi)}`, en: `${quoted(en)} is missing` })
  }
  if (values.change !== 'renamed') return missing.length === 0
  const isNothing = values.code === null && values.name === null && values.kind === null
  const isMany = howMany > 1
  if (isNothing) {
    const text = { vi: 'ghi tên mới, mã mới hoặc loại mới', en: 'write a new name, code or kind' }
    session.tell(sheet, row, 'name', text)
  }
  if (isMany) {
    session.tell(sheet, row, 'unit', { vi: 'mỗi dòng đổi tên một đơn vị', en: 'a row renames one unit' })
  }
  return !isNothing && !isMany
}

/** Whether a row says what its change can come to; tells what it cannot. */
function isPlausible(session: Session, sheet: Sheet, { row, values }: Row, units: readonly Unit[]): boolean {
  const { change, level, parent, name } = values
  const [first] = units
  const isNew = change === 'merged' || change === 'split'
  const other = isNew || level === null ? undefined : units.find((unit) => unit.level !== level)
  if (other) {
    const stays = LEVEL_NAMES[other.level]
    const text = {
      vi: `${other.name} là cấp ${stays.vi}: cấp không đổi được, bỏ trống cột này`,
      en: `${other.name} is a ${stays.en} and stays one: leave this column blank`,
    }
    session.tell(sheet, row, 'level', text)
    return false
  }
  if (change === 'merged' && first && units.length === 1) {
    const text = {
      vi: `sáp nhập phải có ít nhất hai đơn vị, ở đây chỉ có ${first.name}: ghi thêm, hoặc chọn "đổi tên" hay "chia tách"`,
      en: `two units or more are merged, and here is ${first.name} alone: name the others, or write "renamed" or "split"`,
    }
    session.tell(sheet, row, 'unit', text)
    return false
  }
  const above = isNew && parent === null ? session.register.unit(first?.parentId ?? '', values.from) : undefined
  if (above) {
    const text = {
      vi: `ghi đơn vị cấp trên của ${name}: đơn vị cũ thuộc ${above.name} (${above.code})`,
      en: `name the parent of ${name}: ${first?.name} belongs to ${above.name} (${above.code})`,
    }
    session.tell(sheet, row, 'parent', text)
    return false
  }
  return true
}

/** The units that a row names, as they stood on the day before; null after telling that one did not. */
function unitsOf(session: Session, sheet: Sheet, { row, values }: Row): Unit[] | null {
  const registry = session.register.on(dayBefore(values.from))
  const find = unitFinder(registry)
  const units: Unit[] = []
  const names = namesIn(values.unit, (name) => !(find(name) instanceof Problem))
  for (const name of names) {
    const found = find(name)
    const unit = found instanceof Problem ? undefined : registry.unitById(found)
    if (unit) units.push(unit)
    else if (found instanceof Problem && !session.isRefusedUnit(name)) {
      const day = dayBefore(values.from)
      const { vi, en } = found.text
      session.tell(sheet, row, 'unit', { vi: `vào ngày ${day} ${vi}`, en: `on ${day} ${en}` })
    }
  }
  return units.length === names.length ? units : null
}

/** The names of a cell: a comma may stand within one, as of an office that has several fields. */
function namesIn(cell: string, isUnit: (name: string) => boolean): readonly string[] {
  if (isUnit(cell)) return [cell]
  const separator = cell.includes(';') ? ';' : ','
  return cell
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function newUnitOf(
  session: Session,
  values: Values,
  units: readonly Unit[],
  parent: string | null,
): readonly UnitChange[] | MadeOtherwise {
  const { from, change, name, nameEn, kind, level, decision } = values
  const code = newCode(values)
  if (code === null || name === null || kind === null || level === null) return []
  const succession: SuccessionKind = change === 'split' ? 'split' : 'merged'
  const stands = standingSince(session.register, { code, name, from, kind, level }, units, succession, parent)
  if (stands !== false) return stands === true ? [] : stands
  const asked = {
    ...{ code, name, nameEn, kind, level, parent, from, succession },
    predecessors: units.map((unit) => unit.code),
    decision: decision ?? session.source,
  }
  return [{ list: 'create', asked }]
}

/** What becomes of a unit that goes on, or ends. */
function laterOf({ register, source }: Session, values: Values, unit: Unit, parent: string | null): UnitChange[] {
  const { from, name, nameEn, kind, decision } = values
  if (values.change === 'ended') {
    const lastDay = dayBefore(from)
    return unit.validTo === lastDay ? [] : [{ list: 'close', asked: { unit: unit.code, lastDay } }]
  }
  const code = values.code && paddedCode(values.code, unit.level)
  const above = parent && register.on(from).unit(parent)?.id
  const stands = register
    .statesOf(unit.id)
    .some(
      (state) =>
        state.from === from &&
        (code ?? state.code) === state.code &&
        fold(name ?? state.name) === fold(state.name) &&
        fold(kind ?? state.kind) === fold(state.kind) &&
        (parent === null || above === state.parentId),
    )
  if (stands) return []
  // What is left blank stays.
  const asked = { unit: unit.code, from, code, name, nameEn, kind, decision: decision ?? source }
  return [{ list: 'change', asked: { ...asked, ...(parent === null ? {} : { parent }) } }]
}
