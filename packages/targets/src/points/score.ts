import { TargetsError, wrongType } from '../errors.ts'
import { parsePointTable } from './check.ts'
import { lookAround } from './cluster-figures.ts'
import { figureOf, type Known, rulesIn } from './figures.ts'
import { gradeOf } from './grade.ts'
import { isOfCluster, leaderOf } from './leaders.ts'
import type { PointEntry, PointScore } from './result.ts'
import type { Leader } from './rules.ts'
import type { PointNode, PointTable, Rule } from './table.ts'
import { UnitScore } from './unit-score.ts'
import { scaledByLeader, walk } from './walk.ts'

/**
 * The points of the members of a cluster, in the order given.
 * @throws {TargetsError} `BAD_POINTS`, `BAD_OPTION` for a key of an entry that nothing reads, `UNKNOWN_FACT`, `WRONG_TYPE`
 */
export function scorePoints(table: PointTable, entries: readonly PointEntry[]): PointScore[] {
  return new ClusterScores(table, entries).members.map(({ score }) => score)
}

/** A member's points, and what else it could be graded. */
export interface ScoredMember {
  readonly score: PointScore
  /** All that was known of it. */
  readonly known: Known
  /** Its grade where the table's grades before this place are taken. */
  gradeFrom(first: number): { readonly grade: string | null; readonly reasons: readonly string[] }
}

/** The members of a cluster, each scored by a table. */
export class ClusterScores {
  /** In the order of the entries. */
  readonly members: readonly ScoredMember[]
  readonly #table: PointTable
  readonly #entries: readonly PointEntry[]
  readonly #units: readonly UnitScore[]
  readonly #leaders: ReadonlyMap<Rule, Leader>
  readonly #greatest: ReadonlyMap<PointNode, number>

  /** @throws {TargetsError} as {@link scorePoints} */
  constructor(table: PointTable, entries: readonly PointEntry[]) {
    parsePointTable(table)
    if (!Array.isArray(entries)) throw wrongType('entries', 'một danh sách', 'a list', entries)
    this.#table = table
    this.#entries = Array.from(entries)
    this.#units = this.#entries.map((entry) => new UnitScore(table, entry))
    refuseTwins(this.#entries)
    lookAround(table, this.#units)
    this.#leaders = leadersOf(table, this.#units)
    this.#greatest = greatestOf(table, this.#units, this.#leaders)
    this.members = this.#units.map((unit) => this.#scored(unit))
  }

  /**
   * A member as it would stand with further points given. No other member is scored again: leaders and figures of the
   * cluster go by what is known of its members, never by what they were given, and where it would lead by `leaderGets`
   * it has all of it and the others what they had.
   */
  withGiven(index: number, points: Readonly<Record<string, number>>): ScoredMember {
    const entry = this.#entries[index] as PointEntry
    const unit = new UnitScore(this.#table, { ...entry, given: { ...entry.given, ...points } })
    unit.known = (this.#units[index] as UnitScore).known
    return this.#scored(unit)
  }

  /** The rule that judges a member, its target as it is for that member. */
  ruleFor(index: number, node: PointNode): Rule | undefined {
    const unit = this.#units[index] as UnitScore
    const rule = unit.fitting(node.rule)
    return rule && 'target' in rule ? { ...rule, target: figureOf(rule.target, unit.known) ?? rule.target } : rule
  }

  #scored(unit: UnitScore): ScoredMember {
    const score = unit.score(this.#leaders, this.#greatest)
    return {
      score,
      known: unit.known,
      gradeFrom: (first) => gradeOf(this.#table, score.points, score.lines, unit.factsOf(score), first),
    }
  }
}

function leadersOf(table: PointTable, units: readonly UnitScore[]): ReadonlyMap<Rule, Leader> {
  const leaders = new Map<Rule, Leader>()
  for (const { node } of walk(table.nodes)) {
    for (const rule of rulesIn(node.rule)) {
      if (!isOfCluster(rule)) continue
      const led = units.filter((unit) => !unit.notAssigned.has(node.code) && unit.fitting(node.rule) === rule)
      leaders.set(rule, leaderOf(rule, led))
    }
  }
  return leaders
}

/**
 * What the members with the most have of each node whose points go by theirs. Those below a node, and before it, come first:
 * it may follow from them.
 */
function greatestOf(
  table: PointTable,
  units: readonly UnitScore[],
  leaders: ReadonlyMap<Rule, Leader>,
): ReadonlyMap<PointNode, number> {
  const greatest = new Map<PointNode, number>()
  for (const node of scaledByLeader(table.nodes)) {
    const all = units.map((unit) => {
      unit.score(leaders, greatest)
      return unit.unscaled(node) ?? 0
    })
    greatest.set(node, Math.max(0, ...all))
  }
  return greatest
}

function refuseTwins(entries: readonly PointEntry[]): void {
  const seen = new Set<string>()
  for (const { unit } of entries) {
    if (seen.has(unit)) {
      const text = { vi: `entries: đơn vị "${unit}" có hai lần`, en: `entries: unit "${unit}" is named twice` }
      throw new TargetsError('BAD_OPTION', text, unit)
    }
    seen.add(unit)
  }
}
