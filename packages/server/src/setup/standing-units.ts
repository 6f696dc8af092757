// Whether a row of the sheet of units says what stands already, or something else of a unit that stands.
import type { Text } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { quoted } from '../errors/input-error.ts'
import { BEGINNING, type Register } from '../figures/register.ts'
import type { UnitState } from '../figures/registry.ts'
import { LEVEL_NAMES } from '../measurements/figure-rules.ts'
import type { ColumnKey, RowValues } from './sheets.ts'

/** What a row says of a unit that stands otherwise, and the column that says it. */
export interface Contradiction {
  readonly column: ColumnKey<'units'>
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

type State = UnitState & { readonly id: string }

function contradiction(
  register: Register,
  state: State,
  values: RowValues<'units'>,
  parent: string | null,
): Contradiction | null {
  const level = register.levelOf(state.id)
  if (level && level !== values.level) return told(state, 'level', LEVEL_NAMES[level])
  if (fold(state.kind) !== fold(values.kind)) return told(state, 'kind', { vi: state.kind, en: state.kind })
  if (parent === null || register.statesOf(state.parentId ?? '').some(({ code }) => code === parent)) return null
  const above = register.statesOf(state.parentId ?? '').at(-1)
  if (!above) return told(state, 'parent', { vi: 'không có', en: 'none' })
  const name = `${above.name} (${above.code})`
  return told(state, 'parent', { vi: name, en: name })
}

const OF = {
  level: { vi: 'cấp', en: 'level' },
  kind: { vi: 'loại', en: 'kind' },
  parent: { vi: 'đơn vị cấp trên', en: 'parent' },
} as const

function told({ code, name, from, to, source }: State, column: keyof typeof OF, stands: Text): Contradiction {
  const [vi, en] = [`${from ?? '…'} đến ${to ?? 'nay'}`, `${from ?? '…'} to ${to ?? 'now'}`]
  return {
    column,
    text: {
      vi: `${name} (${code}) từ ${vi} đã có ${OF[column].vi} là ${quoted(stands.vi)} (${source}): giữ như vậy, hoặc ghi thay đổi từ một ngày`,
      en: `${name} (${code}) has the ${OF[column].en} ${quoted(stands.en)} from ${en} (${source}): keep it, or say from which day it changes`,
    },
  }
}
