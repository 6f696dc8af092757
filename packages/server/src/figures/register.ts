import { dayAfter, dayBefore, isoDay } from '../days.ts'
import type {
  Membership,
  Prisma,
  UnitAlias,
  Unit as UnitRow,
  UnitState as UnitStateRow,
  UnitSuccession,
} from '../generated/prisma/client.ts'
import type { Directives } from './directives.ts'
import { loadDirectives } from './load-directives.ts'
import {
  type Cluster,
  type History,
  Memberships,
  NAMES_IN_ORDER,
  Registry,
  type Succession,
  type Unit,
  type UnitState,
} from './registry.ts'
import { LEVELS } from './unit-levels.ts'
import { publishedDirectives } from './years.ts'

/** All rows that say which units there are. */
export interface RegisterRows {
  readonly units: readonly UnitRow[]
  readonly states?: readonly UnitStateRow[]
  readonly aliases?: readonly UnitAlias[]
  readonly successions?: readonly UnitSuccession[]
}

/** Times between changes whose units are kept as they stood. */
const TIMES_KEPT = 16
/** Before every day: units whose first day nobody knows stood then. */
export const BEGINNING = '0001-01-01'

/** The units of all times, with their codes, names and parents by time, and whom they followed. */
export class Register implements History {
  readonly #rows = new Map<string, UnitRow>()
  readonly #states = new Map<string, readonly UnitState[]>()
  readonly #aliases: ReadonlyMap<string, readonly UnitAlias[]>
  readonly #predecessors: ReadonlyMap<string, readonly Succession[]>
  readonly #successors: ReadonlyMap<string, readonly Succession[]>
  /** By code; made when first asked for. */
  #holders: ReadonlyMap<string, readonly (UnitState & { readonly id: string })[]> | null = null
  /** Of those that had more names than one. */
  readonly #searchKeys = new Map<string, string>()
  /** The days from which something is otherwise than the day before, first day first. */
  readonly #changes: readonly string[]
  readonly #times = new Map<string, Registry>()
  #last: { readonly day: string; readonly registry: Registry } | null = null
  readonly clusters: Memberships
  readonly directives: Directives

  constructor(
    { units, states = [], aliases = [], successions = [] }: RegisterRows,
    clusters: readonly Cluster[] = [],
    memberships: readonly Membership[] = [],
    directives: Directives = publishedDirectives(),
  ) {
    this.directives = directives
    this.clusters = new Memberships(clusters, memberships)
    const later = grouped(states, ({ unitId }) => unitId)
    this.#aliases = grouped(aliases, ({ unitId }) => unitId)
    const followed = successions.map(({ onDate, ...succession }) => ({ ...succession, on: isoDay(onDate) }))
    this.#predecessors = grouped(followed, ({ successorId }) => successorId)
    this.#successors = grouped(followed, ({ predecessorId }) => predecessorId)
    const changes = new Set<string>()
    for (const unit of units) {
      const states = statesOf(unit, later.get(unit.id) ?? [])
      this.#rows.set(unit.id, unit)
      this.#states.set(unit.id, states)
      for (const { from } of states) if (from !== null) changes.add(from)
      if (unit.validTo) changes.add(dayAfter(isoDay(unit.validTo)))
      const others = this.#aliases.get(unit.id) ?? []
      if (states.length + others.length === 1) continue
      const keys = new Set([...states, ...others].map(({ searchKey }) => searchKey))
      this.#searchKeys.set(unit.id, [...keys].join('\n'))
    }
    this.#changes = [...changes].sort()
  }

  /** The units as they stood on a day. */
  on(day: string): Registry {
    if (this.#last?.day === day) return this.#last.registry
    const registry = this.#registryOn(day)
    this.#last = { day, registry }
    return registry
  }

  #registryOn(day: string): Registry {
    const from = this.#changes.findLast((change) => change <= day) ?? BEGINNING
    let registry = this.#times.get(from)
    if (registry) this.#times.delete(from)
    else registry = this.#registryOf(from)
    // The last one asked about is the last one to go.
    this.#times.set(from, registry)
    if (this.#times.size > TIMES_KEPT) this.#times.delete(this.#times.keys().next().value as string)
    return registry
  }

  #registryOf(day: string): Registry {
    const units = [...this.#rows.keys()]
      .flatMap((id) => {
        const state = this.#stateOn(id, day)
        return state ? [this.#unitIn(id, state, day)] : []
      })
      .sort(byLevelAndCode)
    return new Registry(units, this.clusters, [], this, day, this.directives)
  }

  #stateOn(id: string, day: string): UnitState | undefined {
    return this.#states.get(id)?.find(({ from, to }) => (from === null || from <= day) && (to === null || to >= day))
  }

  #unitIn(id: string, state: UnitState, day: string): Unit {
    const { level, synthetic, source } = this.#rows.get(id) as UnitRow
    const { code, name, nameEn, kind, parentId, searchKey } = state
    const { validFrom, validTo } = this.lifeOf(id)
    return { id, code, name, nameEn, kind, level, parentId, searchKey, validFrom, validTo, synthetic, source, on: day }
  }

  /** A unit as it stood on a day or, where it did not stand then, on the day of its own that comes next to it. */
  unit(id: string, day: string): Unit | undefined {
    if (!this.#rows.has(id)) return undefined
    const { validFrom, validTo } = this.lifeOf(id)
    const on = validFrom !== null && day < validFrom ? validFrom : validTo !== null && day > validTo ? validTo : day
    return this.on(on).unitById(id)
  }

  /** The first and last day of a unit. */
  lifeOf(id: string): { readonly validFrom: string | null; readonly validTo: string | null } {
    const states = this.#states.get(id) ?? []
    return { validFrom: states[0]?.from ?? null, validTo: states.at(-1)?.to ?? null }
  }

  /** The identities of the units that stood on any day of a year, by level, code and identity. */
  during(year: number): readonly string[] {
    const [first, last] = [`${year}-01-01`, `${year}-12-31`]
    const within = this.#changes.filter((change) => change > first && change <= last)
    const ids = [first, ...within].map((day) => this.on(day).units.map(({ id }) => id))
    // The usual year: as the units of any of its days.
    if (ids.length === 1) return ids[0] as string[]
    const all = new Set(ids.flat())
    return [...all]
      .map((id) => this.unit(id, last) as Unit)
      .sort(byLevelAndCode)
      .map(({ id }) => id)
  }

  /** Days from which something is otherwise, from a day on. */
  changesSince(day: string): readonly string[] {
    return this.#changes.filter((change) => change >= day)
  }

  /** All identities. */
  ids(): Iterable<string> {
    return this.#rows.keys()
  }

  has(id: string): boolean {
    return this.#rows.has(id)
  }

  /** Who had a code and when, the first first. */
  holders(code: string): readonly (UnitState & { readonly id: string })[] {
    this.#holders ??= grouped(
      [...this.#states].flatMap(([id, states]) => states.map((state) => ({ ...state, id }))),
      (state) => state.code,
    )
    return (this.#holders.get(code) ?? []).toSorted(byDay)
  }

  /**
   * The unit that somebody means by a code, whatever the day: who has it on that day, else who had it last, else whose
   * identity it is.
   */
  meant(code: string, day: string): string | null {
    return this.on(day).unit(code)?.id ?? this.holders(code).at(-1)?.id ?? (this.has(code) ? code : null)
  }

  /** The first first. */
  statesOf(id: string): readonly UnitState[] {
    return this.#states.get(id) ?? []
  }

  aliasesOf(id: string): readonly UnitAlias[] {
    return this.#aliases.get(id) ?? []
  }

  predecessorsOf(id: string): readonly Succession[] {
    return this.#predecessors.get(id) ?? []
  }

  successorsOf(id: string): readonly Succession[] {
    return this.#successors.get(id) ?? []
  }

  levelOf(id: string): Unit['level'] | undefined {
    return this.#rows.get(id)?.level
  }

  searchKeyOf({ id, searchKey }: Pick<Unit, 'id' | 'searchKey'>): string {
    return this.#searchKeys.get(id) ?? searchKey
  }
}

/** A unit's states, each with its last day. */
function statesOf(unit: UnitRow, later: readonly UnitStateRow[]): readonly UnitState[] {
  const from = unit.validFrom ? isoDay(unit.validFrom) : null
  const to = unit.validTo ? isoDay(unit.validTo) : null
  if (later.length === 0) return [stateOf(unit, from, to)]
  const starts = [
    { row: unit, from },
    ...later.map((row) => ({ row, from: isoDay(row.validFrom) as string | null })).sort(byDay),
  ]
  return starts.map(({ row, from: start }, i) => {
    const next = starts[i + 1]?.from
    return stateOf(row, start, next ? dayBefore(next) : to)
  })
}

const stateOf = (
  { code, name, nameEn, kind, parentId, searchKey, source }: UnitRow | UnitStateRow,
  from: string | null,
  to: string | null,
): UnitState => ({ code, name, nameEn, kind, parentId, searchKey, source, from, to })

const byDay = (a: { readonly from: string | null }, b: { readonly from: string | null }): number =>
  (a.from ?? '') < (b.from ?? '') ? -1 : 1

function byLevelAndCode(a: Unit, b: Unit): number {
  if (a.level !== b.level) return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
  if (a.code !== b.code) return a.code < b.code ? -1 : 1
  return a.id < b.id ? -1 : 1
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** The rows of a register, from within a transaction too. */
export async function registerRows(prisma: Prisma.TransactionClient): Promise<Required<RegisterRows>> {
  const [units, states, aliases, successions] = await Promise.all([
    prisma.unit.findMany(),
    prisma.unitState.findMany(),
    prisma.unitAlias.findMany({ orderBy: { name: 'asc' } }),
    prisma.unitSuccession.findMany({ orderBy: [{ onDate: 'asc' }, { predecessorId: 'asc' }] }),
  ])
  return { units, states, aliases, successions }
}

export async function loadRegister(prisma: Prisma.TransactionClient): Promise<Register> {
  const [rows, clusters, memberships, directives] = await Promise.all([
    registerRows(prisma),
    prisma.cluster.findMany({ orderBy: { code: 'asc' }, include: { names: NAMES_IN_ORDER } }),
    prisma.membership.findMany({ orderBy: { unitCode: 'asc' } }),
    loadDirectives(prisma),
  ])
  return new Register(rows, clusters, memberships, directives)
}
