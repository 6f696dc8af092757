import type { Directive } from '@dienbien/targets'
import type { Cluster, Membership, PrismaClient, Unit } from '../generated/prisma/client.ts'
import type { Directives } from './directives.ts'
import { loadDirectives } from './load-directives.ts'
import { directiveOf, publishedDirectives } from './years.ts'

/** Units, clusters, who is in which, and the directives that bind them: small, and read by every request. */
export class Registry {
  /** By level and code. */
  readonly units: readonly Unit[]
  readonly clusters: readonly Cluster[]
  readonly directives: Directives
  /** How many units and clusters there are, and members in a cluster, of the largest year. */
  readonly sizes: { readonly units: number; readonly clusters: number; readonly members: number }
  readonly #rows: ReadonlyMap<string, number>
  readonly #children = new Map<string, Unit[]>()
  readonly #clusters: ReadonlyMap<string, Cluster>
  readonly #members = new Map<string, Membership[]>()
  readonly #memberships = new Map<string, Membership>()
  readonly #membershipsOf = new Map<string, Membership[]>()

  constructor(
    units: readonly Unit[],
    clusters: readonly Cluster[],
    memberships: readonly Membership[],
    directives: Directives = publishedDirectives(),
  ) {
    this.units = units
    this.clusters = clusters
    this.directives = directives
    this.#rows = new Map(units.map(({ code }, row) => [code, row]))
    this.#clusters = new Map(clusters.map((cluster) => [cluster.code, cluster]))
    for (const unit of units) {
      if (unit.parentCode !== null) push(this.#children, unit.parentCode, unit)
    }
    for (const membership of memberships) {
      push(this.#members, `${membership.year} ${membership.clusterCode}`, membership)
      push(this.#membershipsOf, membership.unitCode, membership)
      this.#memberships.set(`${membership.year} ${membership.unitCode}`, membership)
    }
    this.sizes = {
      units: Math.max(1, units.length),
      clusters: Math.max(1, clusters.length),
      members: Math.max(1, ...[...this.#members.values()].map(({ length }) => length)),
    }
  }

  /** The highest, whose parts all others are: the province. Undefined where there are no units at all. */
  get root(): Unit | undefined {
    return this.units.find(({ parentCode }) => parentCode === null)
  }

  /** Where a unit stands in `units`, and in every table of figures. */
  rowOf(code: string): number | undefined {
    return this.#rows.get(code)
  }

  unit(code: string): Unit | undefined {
    const row = this.#rows.get(code)
    return row === undefined ? undefined : this.units[row]
  }

  /** By level and code. */
  children(code: string): readonly Unit[] {
    return this.#children.get(code) ?? []
  }

  cluster(code: string): Cluster | undefined {
    return this.#clusters.get(code)
  }

  /** By the code of the unit. */
  members(cluster: string, year: number): readonly Membership[] {
    return this.#members.get(`${year} ${cluster}`) ?? []
  }

  /** Of all years, the last first. */
  membershipsOf(unit: string): readonly Membership[] {
    return (this.#membershipsOf.get(unit) ?? []).toSorted((a, b) => b.year - a.year)
  }

  membership(unit: string, year: number): Membership | undefined {
    return this.#memberships.get(`${year} ${unit}`)
  }

  /**
   * The directive that judges a unit in a year: its cluster's or bloc's own, else that of the nearest unit above it that issued one,
   * else the one for everyone.
   * @throws `UNKNOWN_YEAR` where there is none
   */
  judging(code: string, year: number): Directive {
    const { directives } = this
    const bound = directives.isDivided(year)
      ? { cluster: this.membership(code, year)?.clusterCode ?? null, above: this.#above(code) }
      : NOBODYS
    return directives.judging(year, bound) ?? directiveOf(year)
  }

  /** The units above one, the nearest first. */
  #above(code: string): string[] {
    const above: string[] = []
    for (let parent = this.unit(code)?.parentCode ?? null; parent !== null; ) {
      above.push(parent)
      parent = this.unit(parent)?.parentCode ?? null
    }
    return above
  }
}

const NOBODYS = { cluster: null, above: [] }

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export async function loadRegistry(prisma: PrismaClient): Promise<Registry> {
  const [units, clusters, memberships, directives] = await Promise.all([
    prisma.unit.findMany({ orderBy: [{ level: 'asc' }, { code: 'asc' }] }),
    prisma.cluster.findMany({ orderBy: { code: 'asc' } }),
    prisma.membership.findMany({ orderBy: { unitCode: 'asc' } }),
    loadDirectives(prisma),
  ])
  return new Registry(units, clusters, memberships, directives)
}
