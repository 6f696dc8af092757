// Clusters as they stood in a year, and as a client names them.
import { type Directive, nearest } from '@dienbien/targets'
import { type InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { Cluster, Registry } from '../figures/registry.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import { directiveOf } from '../figures/years.ts'
import type { Registered } from './units.ts'

/** A cluster as it stood in a year, under its name of that year. */
export interface ClusterInYear extends Cluster {
  readonly year: number
}

export const clusterInYear = (cluster: Cluster, asked?: number | null): ClusterInYear =>
  clusterOf(cluster, directiveOf(asked).year)

/** {@link clusterInYear} of a year that may have no directive yet. */
export function clusterOf(cluster: Cluster, year: number): ClusterInYear {
  const { name, nameEn } = cluster.names?.findLast(({ fromYear }) => fromYear <= year) ?? cluster
  return { ...cluster, name, nameEn, year }
}

/** Whether a cluster exists in a year: it was made, and is not closed. */
export const existsIn = ({ firstYear, lastYear }: Pick<Cluster, 'firstYear' | 'lastYear'>, year: number): boolean =>
  (firstYear === null || firstYear <= year) && (lastYear === null || year <= lastYear)

/** @throws `BAD_INPUT` where a cluster was not made yet in a year, or is closed */
export function checkExists(
  cluster: Pick<Cluster, 'code' | 'firstYear' | 'lastYear'>,
  year: number,
  argument: string,
): void {
  if (existsIn(cluster, year)) return
  const { code, firstYear, lastYear } = cluster
  const isEarly = firstYear !== null && year < firstYear
  const text = isEarly
    ? { vi: `${code} thành lập từ năm ${firstYear}`, en: `${code} exists from ${firstYear} on` }
    : { vi: `${code} đã giải thể sau năm ${lastYear}`, en: `${code} was closed after ${lastYear}` }
  throw inputError('BAD_INPUT', text, { argument, value: year, nearest: String(isEarly ? firstYear : lastYear) })
}

/** The year in which a unit competes or, where it is in no cluster in that year yet, competed last; else that year. */
export const yearCompeted = (unit: string | null, year: number, of: Pick<Registry, 'membershipsOf'>): number =>
  (unit === null ? undefined : of.membershipsOf(unit).find((membership) => membership.year <= year)?.year) ?? year

/** Whether a unit is in a cluster in a year: where only a member can be meant. */
export const memberOf =
  (cluster: string, year: number) =>
  (id: string, registry: Pick<Registry, 'membership'>): boolean =>
    registry.membership(id, year)?.clusterCode === cluster

/** The clusters that exist in a year, with members or without, by code. */
export const clustersExistingIn = (registry: Registry, year: number): ClusterInYear[] =>
  registry.clusters.filter((cluster) => existsIn(cluster, year)).map((cluster) => clusterOf(cluster, year))

/** The clusters that have members in a year, by code. */
export function clustersIn(registry: Registry, year: number): ClusterInYear[] {
  return registry.clusters
    .filter(({ code }) => registry.members(code, year).length > 0)
    .map((cluster) => clusterInYear(cluster, year))
}

/** The codes of the units that are in a cluster in a year; of one cluster where it is named. */
export const membersIn = (registry: Registry, year: number, cluster?: string | null): string[] =>
  clustersIn(registry, year)
    .filter(({ code }) => !cluster || code === cluster)
    .flatMap(({ code }) => registry.members(code, year).map(({ unitCode }) => unitCode))

/**
 * The directive that judges all members of a cluster in a year.
 * @throws `MIXED_DIRECTIVES` where they are judged by several: they cannot be compared
 */
export function directiveOfCluster(registry: Registry, cluster: string, year: number): Directive {
  const [first, ...others] = registry.members(cluster, year).map(({ unitCode }) => ({
    unitCode,
    directive: registry.judging(unitCode, year),
  }))
  const other = first && others.find(({ directive }) => directive !== first.directive)
  if (other) {
    const text = {
      vi: `${cluster} năm ${year}: ${first.unitCode} theo chỉ thị ${first.directive.id}, ${other.unitCode} theo chỉ thị ${other.directive.id}: không xếp hạng chung được`,
      en: `${cluster} in ${year}: ${first.unitCode} is judged by directive ${first.directive.id}, ${other.unitCode} by ${other.directive.id}: they cannot be ranked together`,
    }
    throw inputError('MIXED_DIRECTIVES', text, { argument: 'cluster', value: cluster })
  }
  return first?.directive ?? directiveOf(year)
}

/** A unit that is named beside the members of a cluster, by its code or otherwise, and is none. */
export const noMember = (code: string, unit: string): InputError =>
  inputError(
    'BAD_INPUT',
    { vi: `${code} không phải là thành viên của cụm, khối này`, en: `${code} is no member of this cluster` },
    { argument: 'unit', value: unit },
  )

export function findCluster(code: string, argument: string, { store }: Registered): MaybePromise<Cluster> {
  return whenReady(store.registry(), (registry) => clusterNamed(code, argument, registry))
}

export function clusterNamed(code: string, argument: string, registry: Registry): Cluster {
  const cluster = registry.cluster(code)
  if (cluster) return cluster
  const near = nearest(
    code,
    registry.clusters.map((cluster) => cluster.code),
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
