// What stands against a set of changes of units, all of it at once: held against all units as they will have been.

import { dayBefore, isoDay, isoDayOrNull } from '../days.ts'
import type { RegisterRows } from '../figures/register.ts'
import { BEGINNING, type Register } from '../figures/register.ts'
import type { UnitState } from '../figures/registry.ts'
import type { UnitChanges, UnitPlan, UnitProblem } from './unit-changes.ts'
import { ENDS, UnitDraft } from './unit-draft.ts'

/** After every day. */
const END = '9999-12-31'
/** Units that a problem names. */
const SHOWN = 3

/**
 * What a set of changes comes to, and all that stands against it.
 * @param rows the units that there are
 */
export function planUnitChanges(
  rows: RegisterRows,
  changes: UnitChanges,
): { readonly plan: UnitPlan; readonly problems: readonly UnitProblem[] } {
  const draft = new UnitDraft(rows, changes)
  const after = draft.after
  checkPredecessors(draft, after)
  checkCodes(draft, after)
  checkParents(draft, after)
  checkUnitsBelow(draft, after)
  checkCycles(draft, after)
  const { units, states, aliases, successions, lastDays } = draft
  return { plan: { units, states, aliases, successions, lastDays }, problems: draft.problems }
}

interface Touched {
  readonly id: string
  /** Where a field of it was asked for; what only ends has no fields. */
  at(field: string): readonly string[]
  /** The state that was asked for. */
  readonly state: UnitState
}

/** The states that a draft brings, or that last until another day by it. */
function touchedIn({ units, states, origins, lastDays }: UnitDraft, after: Register): Touched[] {
  const asked = [
    ...units.map(({ id, validFrom }) => ({ id, from: isoDayOrNull(validFrom), key: id })),
    ...states.map(({ unitId: id, validFrom }) => {
      const from = isoDay(validFrom)
      return { id, from, key: `${id} ${from}` }
    }),
  ]
  const brought = asked.flatMap(({ id, from, key }): Touched[] => {
    const state = after.statesOf(id).find((state) => state.from === from)
    return state ? [{ id, state, at: (field) => [...(origins.get(key) ?? []), field] }] : []
  })
  const earlier = new Set(brought.map(({ state }) => state))
  const ended = [...lastDays].flatMap(([id, { path }]): Touched[] => {
    const state = after.statesOf(id).at(-1)
    return state && !earlier.has(state) ? [{ id, state, at: () => path }] : []
  })
  return [...brought, ...ended]
}

const since = (day: string | null): string => day ?? BEGINNING
const until = (day: string | null): string => day ?? END

/** Who was merged or renamed ends on the day before; who was split stood on it. */
function checkPredecessors(draft: UnitDraft, after: Register): void {
  for (const { predecessorId, successorId, onDate, kind } of draft.successions) {
    const path = draft.origins.get(`${predecessorId} ${successorId}`) ?? []
    const on = isoDay(onDate)
    const last = until(after.lifeOf(predecessorId).validTo)
    const name = after.statesOf(predecessorId).at(-1)?.name ?? predecessorId
    if (last < dayBefore(on)) {
      const text = {
        vi: `${name} đã kết thúc vào ${last}, trước ${on}`,
        en: `${name} ends on ${last} already, before ${on}`,
      }
      draft.tell(path, 'BAD_DATE', text)
    } else if (ENDS.includes(kind) && last >= on) {
      const text = {
        vi: `${name} vẫn còn vào ${on}: đơn vị được sáp nhập hoặc thay thế phải kết thúc vào ${dayBefore(on)}`,
        en: `${name} still stands on ${on}: who is merged or renamed ends on ${dayBefore(on)}`,
      }
      draft.tell(path, 'PREDECESSOR_STANDS', text)
    }
  }
}

/** On no day two units have one code. */
function checkCodes(draft: UnitDraft, after: Register): void {
  for (const { id, state, at } of touchedIn(draft, after)) {
    const other = after
      .holders(state.code)
      .find(
        (holder) => holder.id !== id && since(holder.from) <= until(state.to) && since(state.from) <= until(holder.to),
      )
    if (!other) continue
    const time = {
      vi: `${other.from ?? '…'} đến ${other.to ?? 'nay'}`,
      en: `${other.from ?? '…'} to ${other.to ?? 'now'}`,
    }
    const text = {
      vi: `mã ${state.code} là của ${other.name} (${time.vi}): một mã chỉ của một đơn vị trong một ngày`,
      en: `the code ${state.code} is of ${other.name} (${time.en}): on one day one unit has a code`,
    }
    draft.tell(at('code'), 'CODE_TAKEN', text)
  }
  for (const { id, state, at } of touchedIn(draft, after)) {
    const last = after.lifeOf(id).validTo
    if (last === null || since(state.from) <= last) continue
    const text = { vi: `${state.name} kết thúc vào ${last}`, en: `${state.name} ends on ${last}` }
    draft.tell(at('from'), 'OVERLAP', text)
  }
}

/** Who belongs to another unit does so while that one stands. */
function checkParents(draft: UnitDraft, after: Register): void {
  for (const { state, at } of touchedIn(draft, after)) {
    if (state.parentId === null) continue
    const { validFrom, validTo } = after.lifeOf(state.parentId)
    if (since(validFrom) <= since(state.from) && until(validTo) >= until(state.to)) continue
    const name = after.statesOf(state.parentId).at(-1)?.name ?? state.parentId
    const text = {
      vi: `${name} chỉ tồn tại từ ${validFrom ?? '…'} đến ${validTo ?? 'nay'}: không là đơn vị cấp trên suốt thời gian này`,
      en: `${name} stands from ${validFrom ?? '…'} to ${validTo ?? 'now'} only: not for all of the time`,
    }
    draft.tell(at('parent'), 'PARENT_MISSING', text)
  }
}

/** Nobody belongs to a unit beyond its last day. */
function checkUnitsBelow(draft: UnitDraft, after: Register): void {
  if (draft.lastDays.size === 0) return
  const below = new Map<string, string[]>()
  const isNew = new Set(touchedIn(draft, after).map(({ state }) => state))
  for (const id of after.ids()) {
    for (const state of after.statesOf(id)) {
      // Of those that are asked for now it is told with them.
      const last = state.parentId === null || isNew.has(state) ? undefined : draft.lastDays.get(state.parentId)
      if (!last || until(state.to) <= last.day) continue
      const parent = state.parentId as string
      below.set(parent, [...(below.get(parent) ?? []), `${state.name} (${state.code})`])
    }
  }
  for (const [id, names] of below) {
    const { day, path } = draft.lastDays.get(id) as { day: string; path: readonly string[] }
    const some = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`
    const text = {
      vi: `sau ${day} còn ${names.length} đơn vị trực thuộc: ${some}`,
      en: `beyond ${day} ${names.length} units still belong to it: ${some}`,
    }
    draft.tell(path, 'UNITS_BELOW', text)
  }
}

/** Nobody belongs to itself, on any day. */
function checkCycles(draft: UnitDraft, after: Register): void {
  const touched = touchedIn(draft, after).filter(({ state }) => state.parentId !== null)
  const reported = new Set<Touched>()
  const first = touched.map(({ state }) => since(state.from)).sort()[0]
  if (first === undefined) return
  for (const day of [first, ...after.changesSince(first)]) {
    const registry = after.on(day)
    for (const first of touched) {
      if (reported.has(first) || day < since(first.state.from) || day > until(first.state.to)) continue
      const seen = [first.id]
      for (let id = first.state.parentId; id && !seen.includes(id); id = registry.unitById(id)?.parentId ?? null)
        seen.push(id)
      const last = registry.unitById(seen.at(-1) as string)?.parentId
      if (last !== first.id) continue
      reported.add(first)
      const round = [...seen, first.id].map((id) => registry.unitById(id)?.name ?? id).join(' → ')
      const text = { vi: `vòng lặp đơn vị cấp trên: ${round}`, en: `units belong to each other in a circle: ${round}` }
      draft.tell(first.at('parent'), 'CYCLE', text)
    }
  }
}
