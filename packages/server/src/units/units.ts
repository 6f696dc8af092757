// Units as a client names them; a name that leads nowhere is an error that says which, and the nearest right one.
import { nearest, type Text } from '@dienbien/targets'
import { InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { History, Registry, Unit, UnitState } from '../figures/registry.ts'
import type { FigureStore } from '../figures/store.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import { lastDay } from '../figures/years.ts'
import { searchKey } from '../search-key.ts'

/** Where the register of units and clusters is read. */
export interface Registered {
  readonly store: Pick<FigureStore, 'registry'>
}

/** @param on the day on which it has that code; default: the last of the newest directive's year */
export function findUnit(code: string, argument: string, { store }: Registered, on?: string): MaybePromise<Unit> {
  return whenReady(store.registry(on), (registry) => unitNamed(code, argument, registry))
}

/** The unit that a client names, by default the highest. */
export function findUnitOrRoot(
  code: string | null | undefined,
  argument: string,
  context: Registered,
  on?: string,
): MaybePromise<Unit> {
  return whenReady(context.store.registry(on), (registry) =>
    code || !registry.root ? unitNamed(code ?? '', argument, registry) : registry.root,
  )
}

/** {@link unitDuring}, also of a unit that had the code in another year only, and then stood last. */
export function unitMeant(
  code: string,
  argument: string,
  { store }: { readonly store: Pick<FigureStore, 'register'> },
  during: During,
): MaybePromise<Unit> {
  const on = lastDay(during.year)
  return whenReady(store.register(), (register) => {
    const registry = register.on(on)
    return unlessUnknown(
      () => unitOfYear(code, argument, registry, during),
      () => {
        const id = register.meant(code, on)
        return (id !== null && register.unit(id, on)) || unitNamed(code, argument, registry)
      },
    )
  })
}

export function unitNamed(code: string, argument: string, registry: Registry): Unit {
  const unit = registry.unit(code)
  if (unit) return unit
  throw unknownUnit(code, argument, registry)
}

/** A year of which something is; where a code stood for two units in it, a day of it on which the one meant has it. */
export interface During {
  readonly year: number
  readonly on?: string | null | undefined
  /** Who alone can be meant, by identity: the members of a cluster, for example. */
  readonly among?: (id: string, registry: Registry) => boolean
}

/** {@link unitDuring} from the units of all times, as of the last day of that year. */
export function unitOfYear(code: string, argument: string, registry: Registry, { year, on, among }: During): Unit {
  const { history } = registry
  const last = lastDay(year)
  if (!history) return unitNamed(code, argument, registry)
  if (on) {
    if (!on.startsWith(`${year}-`)) throw notOfYear(on, year)
    const { id } = unitNamed(code, argument, history.on(on))
    return history.unit(id, last) as Unit
  }
  const held = holdersIn(code, year, history)
  const meant = among ? held.filter(({ id }) => among(id, registry)) : held
  const ids = new Set((meant.length > 0 ? meant : held).map(({ id }) => id))
  if (ids.size > 1) throw ambiguous(code, argument, year, held)
  const [id] = ids
  return (id !== undefined && history.unit(id, last)) || unitNamed(code, argument, registry)
}

/** Who had a code on any day of a year, and when. */
export const holdersIn = (code: string, year: number, history: History) =>
  history
    .holders(code)
    .filter(({ from, to }) => (from === null || from <= `${year}-12-31`) && (to === null || to >= `${year}-01-01`))

/**
 * The unit that a code names in a year, whether it stood for all of it or for a part: as it stood on its last day in it.
 * @throws `AMBIGUOUS_UNIT` where two had the code in that year and no day is told, `UNKNOWN_UNIT` where none had
 */
export const unitDuring = (code: string, argument: string, { store }: Registered, during: During): MaybePromise<Unit> =>
  whenReady(store.registry(lastDay(during.year)), (registry) => unitOfYear(code, argument, registry, during))

/** Its identity, for a right; the code itself where no unit had it, for the error that says so. */
export const unitIdDuring = (
  code: string,
  { store }: Registered,
  during: During,
  argument = 'input.unit',
): MaybePromise<string> =>
  whenReady(store.registry(lastDay(during.year)), (registry) =>
    unlessUnknown(
      () => unitOfYear(code, argument, registry, during).id,
      () => code,
    ),
  )

/** What a look-up of a unit gives or, where no unit had the code then, something else. */
function unlessUnknown<T>(find: () => T, otherwise: () => T): T {
  try {
    return find()
  } catch (error) {
    if (error instanceof InputError && error.code === 'UNKNOWN_UNIT') return otherwise()
    throw error
  }
}

const notOfYear = (on: string, year: number) =>
  inputError(
    'BAD_DATE',
    { vi: `${on} không thuộc năm ${year}`, en: `${on} is no day of ${year}` },
    { argument: 'input.on', value: on, nearest: lastDay(year) },
  )

/** Two units had the code in one year, one after the other. */
function ambiguous(code: string, argument: string, year: number, held: readonly UnitState[]): InputError {
  const text = sharedCode(code, year, held)
  const nearest = held.at(-1)?.from ?? undefined
  return inputError(
    'AMBIGUOUS_UNIT',
    { vi: `${text.vi}: ghi thêm ngày (on)`, en: `${text.en}: say on which day (on)` },
    { argument, value: code, nearest },
  )
}

/** That a code was of several units in a year, and when it was of each. */
export const sharedCode = (code: string, year: number, held: readonly UnitState[]): Text => ({
  vi: `năm ${year} mã ${quoted(code)} là của ${held.map((state) => heldIn(state).vi).join('; ')}`,
  en: `in ${year} the code ${quoted(code)} was of ${held.map((state) => heldIn(state).en).join('; ')}`,
})

/** The identity of the unit that has a code on a day; the code itself where none has it, for the error that says so. */
export const unitIdOn = (code: string, on: string, { store }: Registered): MaybePromise<string> =>
  whenReady(store.registry(on), (registry) => registry.unit(code)?.id ?? code)

/**
 * A unit that another row refers to by foreign key.
 * @param on the day that it is looked at; default: the last of the newest directive's year
 */
export function storedUnit(id: string, { store }: Registered, on?: string): MaybePromise<Unit> {
  return whenReady(store.registry(on), (registry) => {
    const unit = registry.keptUnit(id)
    if (!unit) throw new Error(`unit ${id} vanished`)
    return unit
  })
}

/** The nearest code; where a name was given instead of a code, the codes of the units of that name. */
function unknownUnit(code: string, argument: string, registry: Registry): InputError {
  const { units } = registry
  const holders = registry.history?.holders(code) ?? []
  if (holders.length > 0) return codeOfAnotherTime(code, argument, holders)
  const key = searchKey(code)
  const named = key.length < 3 ? [] : units.filter((unit) => unit.searchKey.includes(key))
  const codes =
    named.length > 0
      ? named.map((unit) => unit.code)
      : [
          nearest(
            code,
            units.map((unit) => unit.code),
          ),
        ]
  const [near] = codes
  const none = { vi: `không có đơn vị ${quoted(code)}`, en: `no unit ${quoted(code)}` }
  const text = named.length > 1 ? sharedName(none, named) : suggesting(none, near)
  return inputError('UNKNOWN_UNIT', text, { argument, value: code, nearest: near })
}

/** Somebody had the code, but not on that day. */
function codeOfAnotherTime(code: string, argument: string, holders: readonly UnitState[]): InputError {
  const text = {
    vi: `không đơn vị nào mang mã ${quoted(code)} vào ngày được hỏi; mã này của ${holders.map((holder) => heldIn(holder).vi).join('; ')}`,
    en: `no unit has the code ${quoted(code)} on the day in question; it is of ${holders.map((holder) => heldIn(holder).en).join('; ')}`,
  }
  return inputError('UNKNOWN_UNIT', text, { argument, value: code, nearest: code })
}

/** A unit by its name, and when it was called so. */
export function heldIn({ name, from, to }: UnitState): Text {
  const [vi, en] = [
    [from && `từ ${from}`, to && `đến ${to}`],
    [from && `from ${from}`, to && `until ${to}`],
  ]
  return { vi: [name, ...vi].filter(Boolean).join(' '), en: [name, ...en].filter(Boolean).join(' ') }
}

function sharedName({ vi, en }: Text, named: readonly Unit[]): Text {
  const some = named
    .slice(0, 5)
    .map((unit) => `"${unit.code}" ${unit.name}`)
    .join(', ')
  return {
    vi: `${vi}; đơn vị được gọi theo mã, có ${named.length} đơn vị mang tên này: ${some}`,
    en: `${en}; units are named by code, and ${named.length} bear this name: ${some}`,
  }
}
