// Whether a row of a sheet says what stands already, or something else of a unit that stands.
import type { Text } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { quoted } from '../errors/input-error.ts'
import { BEGINNING, type Register } from '../figures/register.ts'
import type { Unit, UnitState } from '../figures/registry.ts'
import type { SuccessionKind } from '../generated/prisma/enums.ts'
import { LEVEL_NAMES } from '../measurements/figure-rules.ts'
import type { RowValues } from './sheets.ts'

/** What a row says of a unit that stands otherwise, and the column that says it. */
export interface Contradiction<Column = 'level' | 'kind' | 'parent'> {
  readonly column: Column
  readonly text: Text
}

/**
 * Whether a unit of a code and a name stands, on the first day of a row or any later one; where it does under another parent,
 * kind or level at all times, that: it would be so beside what it is.
 * @param code with the zeros that its level wants
 * @param parent the same of the parent; null where the row names none
 */
export function standing(
  register: Register,
  values: RowValues<'units'>,
  code: string,
  parent: string | null,
): Contradiction | boolean {
  const states = register
    .holders(code)
    .filter(({ name, to }) => fold(name) === fold(values.name) && (to === null || to >= (values.from ?? BEGINNING)))
  const against = states.map((state) => contradiction(register, state, values, parent))
  if (against.length === 0) return false
  return against.includes(null) || (against.at(-1) as Contradiction)
}

/**
 * Whether a unit that a row makes of others stands since that day; where it was made of other units, or is another unit, that.
 * @param units those whose place it takes
 */
export function standingSince(
  register: Register,
  made: { readonly code: string; readonly name: string; readonly from: string } & Said,
  units: readonly Unit[],
  succession: SuccessionKind,
  parent: string | null,
): MadeOtherwise | boolean {
  const state = register
    .holders(made.code)
    .find(({ name, from }) => fold(name) === fold(made.name) && from === made.from)
  if (!state) return false
  const against = contradiction(register, state, made, parent)
  if (against) return against
  if (parent === null && state.parentId !== null) return parentContradiction(register, state)
  const followed = register.predecessorsOf(state.id).filter(({ on }) => on === made.from)
  const isSame =
    followed.length === units.length &&
    units.every(({ id }) => followed.some((succession) => succession.predecessorId === id))
  if (!isSame) return toldMaking(register, state, 'unit')
  return followed.every(({ kind }) => kind === succession) || toldMaking(register, state, 'change')
}

/** Or of whom it was made, and how. */
export type MadeOtherwise = Contradiction<'level' | 'kind' | 'parent' | 'unit' | 'change'>

const MAKING: Readonly<Record<SuccessionKind, Text>> = {
  merged: { vi: 'sáp nhập từ', en: 'merged from' },
  split: { vi: 'chia tách từ', en: 'split off' },
  moved: { vi: 'điều chuyển từ', en: 'moved from' },
  renamed: { vi: 'đổi tên từ', en: 'renamed from' },
}

function toldMaking(register: Register, { id, code, name, from, source }: State, column: 'unit' | 'change') {
  const followed = register.predecessorsOf(id).filter(({ on }) => on === from)
  const [first] = followed
  const units = followed
    .map(({ predecessorId, on }) => register.unit(predecessorId, on))
    .map((unit) => `${unit?.name} (${unit?.code})`)
    .join(', ')
  const [vi, en] = first ? [MAKING[first.kind].vi, MAKING[first.kind].en] : ['không từ đơn vị nào', 'of no other unit']
  return {
    column,
    text: {
      vi: `${name} (${code}) đã lập từ ngày ${from}, ${vi} ${units} (${source}): giữ như vậy, điều đã ghi không sửa được`,
      en: `${name} (${code}) stands since ${from}, ${en} ${units} (${source}): keep it so, what is recorded is never changed`,
    },
  }
}

type State = UnitState & { readonly id: string }
type Said = Pick<RowValues<'units'>, 'level' | 'kind'>

function contradiction(register: Register, state: State, values: Said, parent: string | null): Contradiction | null {
  const level = register.levelOf(state.id)
  if (level && level !== values.level) return columnContradiction(state, 'level', LEVEL_NAMES[level])
  if (fold(state.kind) !== fold(values.kind))
    return columnContradiction(state, 'kind', { vi: state.kind, en: state.kind })
  if (parent === null || register.statesOf(state.parentId ?? '').some(({ code }) => code === parent)) return null
  return parentContradiction(register, state)
}

function parentContradiction(register: Register, state: State): Contradiction {
  const above = register.statesOf(state.parentId ?? '').at(-1)
  if (!above) return columnContradiction(state, 'parent', { vi: 'không có', en: 'none' })
  const name = `${above.name} (${above.code})`
  return columnContradiction(state, 'parent', { vi: name, en: name })
}

const OF = {
  level: { vi: 'cấp', en: 'level' },
  kind: { vi: 'loại', en: 'kind' },
  parent: { vi: 'đơn vị cấp trên', en: 'parent' },
} as const

function columnContradiction(
  { code, name, from, to, source }: State,
  column: keyof typeof OF,
  stands: Text,
): Contradiction {
  const [vi, en] = [`${from ?? '…'} đến ${to ?? 'nay'}`, `${from ?? '…'} to ${to ?? 'now'}`]
  return {
    column,
    text: {
      vi: `${name} (${code}) từ ${vi} đã có ${OF[column].vi} là ${quoted(stands.vi)} (${source}): giữ như vậy, hoặc ghi thay đổi từ một ngày`,
      en: `${name} (${code}) has the ${OF[column].en} ${quoted(stands.en)} from ${en} (${source}): keep it, or say from which day it changes`,
    },
  }
}
