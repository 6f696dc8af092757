import type { Directive } from '@dienbien/targets'
import type {
  ClusterName,
  Cluster as ClusterRow,
  Unit as FirstState,
  Membership,
  Prisma,
  UnitSuccession,
} from '../generated/prisma/client.ts'
import type { Directives } from './directives.ts'
import { directiveOf, publishedDirectives } from './years.ts'

/** A unit as it stood on a day. */
export interface Unit extends Omit<FirstState, 'validFrom' | 'validTo'> {
  /** What everything that is kept of it names it by; its code may have been another's, or become one. */
  readonly id: string
  /** First and last day of its existence: ISO dates, open where null. */
  readonly validFrom: string | null
  readonly validTo: string | null
  /** The first day of the time in which all units stood as here. */
  readonly on: string
}

/** What a unit is called and belongs to for a time. */
export interface UnitState {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly kind: string
  readonly parentId: string | null
  readonly searchKey: string
  /** Its first and last day: ISO dates, open where null. */
  readonly from: string | null
  readonly to: string | null
  /** Who says so. */
  readonly source: string
}

/** That a unit took the place of another, or of a part of it. */
export interface Succession extends Omit<UnitSuccession, 'onDate'> {
  readonly on: string
}

/** What is known of units beside one day. */
export interface History {
  /** Each name that a unit has or had, without case and diacritics. */
  searchKeyOf(unit: Unit): string
  /** Who had a code and when, the first first. */
  holders(code: string): readonly (UnitState & { readonly id: string })[]
  levelOf(id: string): Unit['level'] | undefined
  /** A unit as it stood on a day, or on the day of its own that comes next to it. */
  unit(id: string, day: string): Unit | undefined
  /** All units as they stood on a day. */
  on(day: string): Registry
  /** Whose place a unit took, and who took its own. */
  predecessorsOf(id: string): readonly Succession[]
  successorsOf(id: string): readonly Succession[]
}

/** The names of a cluster in the order of their years, the newest revision of each last. */
export const NAMES_IN_ORDER: Prisma.Cluster$namesArgs = { orderBy: [{ fromYear: 'asc' }, { revision: 'asc' }] }

/** A cluster with the names that it had later, each revision of them: see {@link NAMES_IN_ORDER}. */
export interface Cluster extends ClusterRow {
  readonly names?: readonly ClusterName[]
}

/** Clusters and who is in which, by the identities of units. */
interface Clusters {
  readonly clusters: readonly Cluster[]
  cluster(code: string): Cluster | undefined
  members(cluster: string, year: number): readonly Membership[]
  membershipsOf(unit: string): readonly Membership[]
  membership(unit: string, year: number): Membership | undefined
}

/**
 * The units as they stood on a day: no two of one code. With clusters and who is in which: small, and read by every
 * request.
 */
export class Registry implements Clusters {
  /** By level and code. */
  readonly units: readonly Unit[]
  /** How many units and clusters there are, and members in a cluster, of the largest year. */
  readonly sizes: { readonly units: number; readonly clusters: number; readonly members: number }
  /** Null where nothing but this day is known. */
  readonly history: History | null
  /** From which day on they stood so. */
  readonly day: string
  readonly directives: Directives
  readonly #of: Memberships
  readonly #rows: ReadonlyMap<string, number>
  readonly #byCode: ReadonlyMap<string, Unit>
  readonly #children = new Map<string, Unit[]>()

  constructor(
    units: readonly Unit[],
    clusters: readonly Cluster[] | Memberships,
    memberships: readonly Membership[] = [],
    history: History | null = null,
    day = '',
    directives: Directives = publishedDirectives(),
  ) {
    this.directives = directives
    this.units = units
    this.history = history
    this.day = day
    this.#of = clusters instanceof Memberships ? clusters : new Memberships(clusters, memberships)
    this.#rows = new Map(units.map(({ id }, row) => [id, row]))
    this.#byCode = new Map(units.map((unit) => [unit.code, unit]))
    for (const unit of units) {
      if (unit.parentId !== null) push(this.#children, unit.parentId, unit)
    }
    this.sizes = {
      units: Math.max(1, units.length),
      clusters: Math.max(1, this.clusters.length),
      members: this.#of.largest,
    }
  }

  get clusters(): readonly Cluster[] {
    return this.#of.clusters
  }

  /** The highest, whose parts all others are: the province, or the nation. Undefined where there are no units at all. */
  get root(): Unit | undefined {
    return this.units.find(({ parentId }) => parentId === null)
  }

  /** Where a unit stands in `units`. */
  rowOf(id: string): number | undefined {
    return this.#rows.get(id)
  }

  /** The unit that has a code on this day. */
  unit(code: string): Unit | undefined {
    return this.#byCode.get(code)
  }

  unitById(id: string): Unit | undefined {
    const row = this.#rows.get(id)
    return row === undefined ? undefined : this.units[row]
  }

  /** A unit that something refers to that is kept: on this day or, where it did not stand then, on the nearest of its own. */
  keptUnit(id: string): Unit | undefined {
    return this.unitById(id) ?? this.history?.unit(id, this.day)
  }

  /**
   * The units below one, by level and code: of this day or, where it did not stand then, of the nearest day of its own. A
   * district that ended in June still had its communes, whoever asks in December.
   */
  children(id: string): readonly Unit[] {
    const kept = this.#rows.has(id) ? undefined : this.history?.unit(id, this.day)
    if (kept) return this.history?.on(kept.on).children(id) ?? []
    return this.#children.get(id) ?? []
  }

  /** @throws where no unit has that identity on any day */
  levelOf(id: string): Unit['level'] {
    const level = this.unitById(id)?.level ?? this.history?.levelOf(id)
    if (!level) throw new Error(`unit ${id} vanished`)
    return level
  }

  /** What a unit is found by: each name that it has or had, without case and diacritics. */
  searchKeyOf(unit: Unit): string {
    return this.history?.searchKeyOf(unit) ?? unit.searchKey
  }

  cluster(code: string): Cluster | undefined {
    return this.#of.cluster(code)
  }

  /** By the identity of the unit. */
  members(cluster: string, year: number): readonly Membership[] {
    return this.#of.members(cluster, year)
  }

  /** Of all years, the last first. */
  membershipsOf(unit: string): readonly Membership[] {
    return this.#of.membershipsOf(unit)
  }

  membership(unit: string, year: number): Membership | undefined {
    return this.#of.membership(unit, year)
  }

  /**
   * The directive that judges a unit in a year: its cluster's or bloc's own, else that of the nearest unit above it that issued one,
   * else the one for everyone.
   * @throws `UNKNOWN_YEAR` where there is none
   */
  judging(id: string, year: number): Directive {
    const { directives } = this
    const bound = directives.isDivided(year)
      ? { cluster: this.membership(id, year)?.clusterCode ?? null, above: this.#above(id) }
      : NOBODYS
    return directives.judging(year, bound) ?? directiveOf(year)
  }

  /** Whether a unit belongs to another, directly or through others. */
  isBelow(id: string, above: string): boolean {
    return this.#above(id).includes(above)
  }

  /** The units above one, the nearest first. */
  #above(id: string): string[] {
    const above: string[] = []
    for (let parent = this.keptUnit(id)?.parentId ?? null; parent !== null; ) {
      above.push(parent)
      parent = this.keptUnit(parent)?.parentId ?? null
    }
    return above
  }
}

/** Clusters of all years. */
export class Memberships implements Clusters {
  readonly clusters: readonly Cluster[]
  /** Members in a cluster, of the largest year. */
  readonly largest: number
  readonly #clusters: ReadonlyMap<string, Cluster>
  readonly #members = new Map<string, Membership[]>()
  readonly #memberships = new Map<string, Membership>()
  readonly #membershipsOf = new Map<string, Membership[]>()

  constructor(clusters: readonly Cluster[], memberships: readonly Membership[]) {
    this.clusters = clusters
    this.#clusters = new Map(clusters.map((cluster) => [cluster.code, cluster]))
    for (const membership of memberships) {
      push(this.#members, `${membership.year} ${membership.clusterCode}`, membership)
      push(this.#membershipsOf, membership.unitCode, membership)
      this.#memberships.set(`${membership.year} ${membership.unitCode}`, membership)
    }
    this.largest = Math.max(1, ...[...this.#members.values()].map(({ length }) => length))
  }

  cluster(code: string): Cluster | undefined {
    return this.#clusters.get(code)
  }

  members(cluster: string, year: number): readonly Membership[] {
    return this.#members.get(`${year} ${cluster}`) ?? []
  }

  membershipsOf(unit: string): readonly Membership[] {
    return (this.#membershipsOf.get(unit) ?? []).toSorted((a, b) => b.year - a.year)
  }

  membership(unit: string, year: number): Membership | undefined {
    return this.#memberships.get(`${year} ${unit}`)
  }
}

const NOBODYS = { cluster: null, above: [] }

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
