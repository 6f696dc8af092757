// Looking up what a client named; a name that leads nowhere is an error that says which, and the nearest right one.
import { directive2022, type Indicator, nearest } from '@dienbien/targets'
import type { GraphQLError } from 'graphql'
import type { Registry } from '../figures/registry.ts'
import { type MaybePromise, whenReady } from '../figures/store.ts'
import type { Cluster, Unit } from '../generated/prisma/client.ts'
import { searchKey } from '../search-key.ts'
import type { Context } from './context.ts'
import { inputError } from './errors.ts'

const indicatorsById: ReadonlyMap<string, Indicator> = new Map(directive2022.indicators.map((one) => [one.id, one]))

export function findIndicator(id: string, argument: string): Indicator {
  const indicator = indicatorsById.get(id)
  if (indicator) return indicator
  const near = nearest(id, indicatorsById.keys())
  throw inputError('UNKNOWN_INDICATOR', `no indicator ${quoted(id)}${didYouMean(near)}`, {
    argument,
    value: id,
    nearest: near,
  })
}

export function findUnit(code: string, argument: string, { store }: Context): MaybePromise<Unit> {
  return whenReady(store.registry(), (registry) => unitNamed(code, argument, registry))
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
function unknownUnit(code: string, argument: string, { units }: Registry): GraphQLError {
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
  const hint =
    named.length > 1
      ? `; units are named by code, and ${named.length} bear this name: ${named
          .slice(0, 5)
          .map((unit) => `"${unit.code}" ${unit.name}`)
          .join(', ')}`
      : didYouMean(near)
  return inputError('UNKNOWN_UNIT', `no unit ${quoted(code)}${hint}`, { argument, value: code, nearest: near })
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
  throw inputError('UNKNOWN_CLUSTER', `no cluster ${quoted(code)}${didYouMean(near)}`, {
    argument,
    value: code,
    nearest: near,
  })
}

const quoted = (name: string) => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)
const didYouMean = (near: string | undefined) => (near ? `; did you mean "${near}"?` : '')
