// Units as a client names them; a name that leads nowhere is an error that says which, and the nearest right one.
import { nearest, type Text } from '@dienbien/targets'
import { type InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { Registry, Unit, UnitState } from '../figures/registry.ts'
import type { FigureStore } from '../figures/store.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
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

/** {@link findUnit}, also of a unit that had the code at another time only and then stood last. */
export function unitMeant(
  code: string,
  argument: string,
  { store }: { readonly store: Pick<FigureStore, 'register'> },
  on: string,
): MaybePromise<Unit> {
  return whenReady(store.register(), (register) => {
    const id = register.meant(code, on)
    return (id !== null && register.unit(id, on)) || unitNamed(code, argument, register.on(on))
  })
}

export function unitNamed(code: string, argument: string, registry: Registry): Unit {
  const unit = registry.unit(code)
  if (unit) return unit
  throw unknownUnit(code, argument, registry)
}

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
    vi: `không đơn vị nào mang mã ${quoted(code)} vào ngày được hỏi; mã này của ${holders.map((one) => heldIn(one).vi).join('; ')}`,
    en: `no unit has the code ${quoted(code)} on the day in question; it is of ${holders.map((one) => heldIn(one).en).join('; ')}`,
  }
  return inputError('UNKNOWN_UNIT', text, { argument, value: code, nearest: code })
}

function heldIn({ name, from, to }: UnitState): Text {
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
