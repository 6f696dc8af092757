// Looking up what a client named; a name that leads nowhere is an error that says which, and the nearest right one.
import { type Indicator, nearest, type Text } from '@dienbien/targets'
import { type InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { Registry } from '../figures/registry.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import { newestDirective } from '../figures/years.ts'
import type { Cluster, Unit } from '../generated/prisma/client.ts'
import { searchKey } from '../search-key.ts'
import type { Context } from './context.ts'

const indicatorsById: ReadonlyMap<string, Indicator> = new Map(newestDirective.indicators.map((one) => [one.id, one]))

/** The nearest id; where a name or a part of an id was given, the id of the first that has it. */
function indicatorLike(text: string): string | undefined {
  const near = nearest(text, indicatorsById.keys())
  const key = searchKey(text)
  if (near !== undefined || key.length < 3) return near
  return newestDirective.indicators.find(({ id, name }) =>
    [id, name.vi, name.en].some((one) => searchKey(one).includes(key)),
  )?.id
}

export function findIndicator(id: string, argument: string): Indicator {
  const indicator = indicatorsById.get(id)
  if (indicator) return indicator
  const near = indicatorLike(id)
  throw inputError(
    'UNKNOWN_INDICATOR',
    suggesting(
      {
        vi: `không có chỉ tiêu ${quoted(id)}`,
        en: `no indicator ${quoted(id)}`,
      },
      near,
    ),
    {
      argument,
      value: id,
      nearest: near,
    },
  )
}

const SECTIONS = [
  ...new Set(newestDirective.indicators.flatMap(({ section, alsoIn = [] }) => [section, ...alsoIn])),
].sort()

/** Whether an indicator stands in a section, or nobody asked for one. @throws `UNKNOWN_SECTION` where none does */
export function inSection(section: string | null | undefined, argument: string): (indicator: Indicator) => boolean {
  if (section === null || section === undefined) return () => true
  if (!SECTIONS.includes(section)) {
    const list = SECTIONS.join(', ')
    const text = {
      vi: `không có chỉ tiêu nào ở mục ${quoted(section)}, chỉ có ở các mục ${list}`,
      en: `no indicator stands in section ${quoted(section)}, only in ${list}`,
    }
    throw inputError('UNKNOWN_SECTION', text, { argument, value: section, nearest: nearest(section, SECTIONS) })
  }
  return (indicator) => indicator.section === section || (indicator.alsoIn?.includes(section) ?? false)
}

export function findUnit(code: string, argument: string, { store }: Context): MaybePromise<Unit> {
  return whenReady(store.registry(), (registry) => unitNamed(code, argument, registry))
}

/** The unit that a client names, by default the highest. */
export function findUnitOrRoot(
  code: string | null | undefined,
  argument: string,
  context: Context,
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
export function storedUnit(code: string, { store }: Context): MaybePromise<Unit> {
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

export function findCluster(code: string, argument: string, { store }: Context): MaybePromise<Cluster> {
  return whenReady(store.registry(), (registry) => clusterNamed(code, argument, registry))
}

export function clusterNamed(code: string, argument: string, registry: Registry): Cluster {
  const cluster = registry.cluster(code)
  if (cluster) return cluster
  const near = nearest(
    code,
    registry.clusters.map((one) => one.code),
  )
  throw inputError(
    'UNKNOWN_CLUSTER',
    suggesting(
      {
        vi: `không có cụm, khối thi đua ${quoted(code)}`,
        en: `no cluster ${quoted(code)}`,
      },
      near,
    ),
    {
      argument,
      value: code,
      nearest: near,
    },
  )
}

/** Whether it is the id of an indicator, which is its global id too. */
export const isIndicator = (id: string): boolean => indicatorsById.has(id)
