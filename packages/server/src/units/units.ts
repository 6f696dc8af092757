// Units as a client names them; a name that leads nowhere is an error that says which, and the nearest right one.
import { nearest, type Text } from '@dienbien/targets'
import { type InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { Registry } from '../figures/registry.ts'
import type { FigureStore } from '../figures/store.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import type { Unit } from '../generated/prisma/client.ts'
import { searchKey } from '../search-key.ts'

/** Where the register of units and clusters is read. */
export interface Registered {
  readonly store: Pick<FigureStore, 'registry'>
}

export function findUnit(code: string, argument: string, { store }: Registered): MaybePromise<Unit> {
  return whenReady(store.registry(), (registry) => unitNamed(code, argument, registry))
}

/** The unit that a client names, by default the highest. */
export function findUnitOrRoot(
  code: string | null | undefined,
  argument: string,
  context: Registered,
): MaybePromise<Unit> {
  return whenReady(context.store.registry(), (registry) =>
    code || !registry.root ? unitNamed(code ?? '', argument, registry) : registry.root,
  )
}

export function unitNamed(code: string, argument: string, registry: Registry): Unit {
  const unit = registry.unit(code)
  if (unit) return unit
  throw unknownUnit(code, argument, registry)
}

/** A unit that another row refers to by foreign key. */
export function storedUnit(code: string, { store }: Registered): MaybePromise<Unit> {
  return whenReady(store.registry(), (registry) => {
    const unit = registry.unit(code)
    if (!unit) throw new Error(`unit ${code} vanished`)
    return unit
  })
}

/** The nearest code; where a name was given instead of a code, the codes of the units of that name. */
function unknownUnit(code: string, argument: string, { units }: Registry): InputError {
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
