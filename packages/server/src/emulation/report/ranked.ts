// What the sections of a report are made of: the ranking of each cluster, and how a day and a number are written.
import type { Nomination, RankEntry, Ranked } from '@dienbien/targets/emulation'
import type { Registry } from '../../figures/registry.ts'
import type { Cell } from './report.ts'

/** A member of a cluster with its place by what decides of it. */
export interface RankedMember extends Ranked {
  readonly entry: RankEntry
  /** What it would be proposed for today. */
  readonly nomination: Nomination | null
}

/** The point table that decides of a cluster. */
export interface ByTable {
  /** In words. */
  readonly named: string
  /** Its points are not for the reader yet. */
  readonly withheld: boolean
  /** The names of the table's own awards. */
  readonly awards: ReadonlyMap<string, string>
}

export interface RankedCluster {
  readonly cluster: { readonly code: string; readonly name: string; readonly synthetic: boolean }
  readonly score: number | null
  readonly spread: number | null
  readonly members: readonly RankedMember[]
  /** By its adopted point table; absent where it has none. */
  readonly by?: ByTable
}

/** As a letter of an office writes a day. */
export const day = (iso: string): string => iso.split('-').reverse().join('/')

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** The name of a unit that a row refers to by foreign key. */
export function unitName(id: string, registry: Registry): string {
  const unit = registry.keptUnit(id)
  if (!unit) throw new Error(`unit ${id} vanished`)
  return unit.name
}

/** A row for each member, in the order of the rankings: the names of its cluster and of itself first. */
export function memberRows(
  clusters: readonly RankedCluster[],
  registry: Registry,
  row: (member: RankedMember, cluster: string, name: string) => Cell[],
): Cell[][] {
  return clusters.flatMap(({ cluster, members }) =>
    members.map((member) => row(member, cluster.name, unitName(member.unit, registry))),
  )
}
