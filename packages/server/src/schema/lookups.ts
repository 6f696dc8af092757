// Looking up what a client named; a name that leads nowhere is an error that says which, and the nearest right one.
import { directive2022, type Indicator, nearest } from '@dienbien/targets'
import type { GraphQLError } from 'graphql'
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

export async function findUnit(code: string, argument: string, { loaders, prisma }: Context): Promise<Unit> {
  const unit = await loaders.unit.load(code)
  if (unit) return unit
  throw await unknownUnit(code, argument, prisma)
}

/** A unit that another row refers to by foreign key. */
export async function storedUnit(code: string, { loaders }: Context): Promise<Unit> {
  const unit = await loaders.unit.load(code)
  if (!unit) throw new Error(`unit ${code} vanished`)
  return unit
}

/** The nearest code; where a name was given instead of a code, the codes of the units of that name. */
async function unknownUnit(code: string, argument: string, prisma: Context['prisma']): Promise<GraphQLError> {
  const units = await prisma.unit.findMany({ select: { code: true, name: true, searchKey: true } })
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

export async function findCluster(code: string, argument: string, { loaders, prisma }: Context): Promise<Cluster> {
  const cluster = await loaders.cluster.load(code)
  if (cluster) return cluster
  const near = nearest(
    code,
    (await prisma.cluster.findMany({ select: { code: true } })).map((one) => one.code),
  )
  throw inputError('UNKNOWN_CLUSTER', `no cluster ${quoted(code)}${didYouMean(near)}`, {
    argument,
    value: code,
    nearest: near,
  })
}

const quoted = (name: string) => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)
const didYouMean = (near: string | undefined) => (near ? `; did you mean "${near}"?` : '')
