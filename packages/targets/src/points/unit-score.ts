import { compareDecimal, tidy } from '../decimal.ts'
import { score } from '../emulation/score.ts'
import { isRounded, type Rounded, rounderOf } from '../rounding.ts'
import { checkEntry } from './arguments.ts'
import { type AskedPoints, askedPoints } from './asked-points.ts'
import { codesOf } from './entry-codes.ts'
import { pointsFact } from './fact-names.ts'
import { figureOf, figuresOf, type Known } from './figures.ts'
import { type Facts, gradeOf } from './grade.ts'
import { holds } from './holds.ts'
import { NO_LEADER } from './leaders.ts'
import { apart, type Line, lineOf, multiply, settle, tidyLine } from './lines.ts'
import { hasInside, nodesOf } from './nodes.ts'
import type { PointEntry, PointScore } from './result.ts'
import { againstBest, earned, type FigureRule, type Leader } from './rules.ts'
import type { Absence, PointNode, PointTable, Rule } from './table.ts'
import { knownOf } from './unit-facts.ts'
import { walk } from './walk.ts'

/** Rounded where the table says so. Noise stays till the end: sums of what is tidied at each step would drift over the edges. */
const rounded = (points: number, how: Rounded) => (isRounded(how) ? rounderOf(how)(points) : points)

interface Earned {
  points: number
  /** Of the lines as they stand: without the bounds on bonuses and deductions. */
  listed: number
  outOf: number
}

/** A member of a cluster, and what a table gives it. */
export class UnitScore {
  known: Known
  readonly notAssigned: ReadonlySet<string>
  readonly #late: ReadonlySet<string>
  readonly #table: PointTable
  readonly #entry: PointEntry
  #lines: Line[] = []
  readonly #amounts = new Map<PointNode, number | null>()
  #leaders: ReadonlyMap<Rule, Leader> = new Map()
  /** What is known, and what the nodes have earned so far of which others ask it. */
  #soFar: Known | null = null
  /** What the nodes come to whose points go by the leader's, before they do. */
  readonly #unscaled = new Map<PointNode, number>()
  #greatest: ReadonlyMap<PointNode, number> = new Map()
  readonly #nodes: ReadonlyMap<string, PointNode>
  readonly #asked: AskedPoints

  /** @throws {TargetsError} `BAD_OPTION`, `UNKNOWN_FACT`, `WRONG_TYPE` for what an entry says that the table does not know */
  constructor(table: PointTable, entry: PointEntry) {
    checkEntry(entry)
    this.#table = table
    this.#entry = entry
    this.#nodes = nodesOf(table)
    this.#asked = askedPoints(table)
    this.known = knownOf(table, entry)
    const { notAssigned, late } = codesOf(entry, this.#nodes)
    this.notAssigned = notAssigned
    this.#late = late
  }

  /** The rule that judges it: of several cases the first whose condition holds. */
  fitting(rule: Rule | undefined): Rule | undefined {
    if (rule?.kind !== 'cases') return rule
    const fits = rule.cases.find(({ when }) => holds(when, this.#table, this.#now.facts) === true)
    return this.fitting(fits?.rule)
  }

  get #now(): Known {
    return this.#soFar ?? this.known
  }

  /** What a node came to in the last score, before it was scaled by the leader's; absent where it does not count. */
  unscaled(node: PointNode): number | undefined {
    return this.#unscaled.get(node)
  }

  /** @param greatest of the nodes whose points go by the leader's: what the leader has */
  score(leaders: ReadonlyMap<Rule, Leader>, greatest: ReadonlyMap<PointNode, number>): PointScore {
    this.#leaders = leaders
    this.#greatest = greatest
    this.#lines = []
    this.#amounts.clear()
    this.#unscaled.clear()
    this.#soFar = this.#withPoints()
    const { nodes, total, floor = 0, cap = Infinity } = this.#table
    const left = this.#scaledUp(nodes)
    const factor = left > 0 && left < total ? total / (total - left) : 1
    const { points, outOf } = this.#children(nodes, 0, factor)
    const bounded = rounded(Math.min(Math.max(points, floor), cap), this.#table)
    for (const line of this.#lines) tidyLine(line)
    const earned = {
      unit: this.#entry.unit,
      points: tidy(bounded),
      outOf: tidy(outOf),
      limited: apart(bounded, points),
      lines: this.#lines,
    }
    return { ...earned, ...gradeOf(this.#table, earned.points, this.#lines, this.factsOf(earned)) }
  }

  /** What the conditions of grades ask for: all lines of all units as facts take several times as long as to score them. */
  factsOf({ points, lines }: Pick<PointScore, 'points' | 'lines'>): Facts {
    const { byGrades } = this.#asked
    if (byGrades.size === 0) return this.known.facts as Facts
    const facts = { ...this.known.facts, score: points } as Record<string, number>
    for (const line of lines) if (byGrades.has(pointsFact(line.code))) facts[pointsFact(line.code)] = line.points
    return facts
  }

  /** What is known, with a place for what others ask of nodes: their maximum until they are scored. */
  #withPoints(): Known | null {
    const { codes } = this.#asked
    if (codes.size === 0) return null
    const points = [...codes].map((code) => [pointsFact(code), this.#nodes.get(code)?.points ?? 0] as const)
    return { ...this.known, facts: { ...this.known.facts, ...Object.fromEntries(points) } }
  }

  /** What a node and those below it have earned, for those that ask; nothing where they have no lines. */
  #keepPoints(node: PointNode, at: number): void {
    if (!this.#soFar) return
    const { codes } = this.#asked
    const facts = this.#soFar.facts as Record<string, number>
    for (const { node: below } of walk([node])) {
      if (!codes.has(below.code)) continue
      facts[pointsFact(below.code)] = this.#lines.slice(at).find(({ code }) => code === below.code)?.points ?? 0
    }
  }

  #coefficient({ coefficient = 1 }: PointNode): number | null {
    return typeof coefficient === 'number' ? coefficient : figureOf(coefficient, this.#now)
  }

  /** Points that are left out and fill up the whole scale. */
  #scaledUp(nodes: readonly PointNode[]): number {
    let sum = 0
    for (const node of nodes) {
      if (node.outside || this.#given(node) !== undefined || this.#isOut(node)) continue
      const coefficient = this.#coefficient(node)
      if (coefficient !== null && hasInside(node)) sum += this.#scaledUp(node.children ?? []) * coefficient
      else if (this.#absence(node) === 'scale') sum += (node.points ?? 0) * (coefficient ?? 1)
    }
    return sum
  }

  /** What an assessor gave; points of what was not assigned to a unit are not asked for. */
  #given(node: PointNode): number | undefined {
    return this.notAssigned.has(node.code) ? undefined : this.#entry.given?.[node.code]
  }

  /** Whether its condition leaves it out: its points stay asked for, and none of those below it go to others. */
  #isOut(node: PointNode): boolean {
    // What others have earned is not known before they are scored.
    if (!node.when || this.notAssigned.has(node.code) || this.#asked.askers.has(node)) return false
    return holds(node.when, this.#table, this.#now.facts) !== true
  }

  /** What takes the place of a leaf's rule; null where the rule applies. */
  #absence(node: PointNode): Absence | null {
    const { missing = 'zero', notAssigned = 'nothing' } = this.#table
    if (this.notAssigned.has(node.code)) return node.notAssigned ?? notAssigned
    if (this.#coefficient(node) === null) return node.missing ?? missing
    if (!node.rule || this.#amount(node) !== null) return null
    return node.missing ?? missing
  }

  /** What is left of a node's printed points; the rest is not asked for, or goes to others. */
  #left(node: PointNode): { asked: number; shared: number } {
    const coefficient = this.#coefficient(node)
    const { asked, shared } = this.#leftBefore(node, coefficient)
    return { asked: asked * (coefficient ?? 1), shared: shared * (coefficient ?? 1) }
  }

  #leftBefore(node: PointNode, coefficient: number | null): { asked: number; shared: number } {
    if (this.#given(node) !== undefined || this.#isOut(node)) return { asked: node.points ?? 0, shared: 0 }
    if (coefficient !== null && hasInside(node)) {
      const parts = (node.children ?? []).filter(({ outside }) => !outside).map((child) => this.#left(child))
      const asked = parts.reduce((sum, share) => sum + share.asked, 0)
      const shared = parts.reduce((sum, share) => sum + share.shared, 0)
      // Shared among the siblings that are left; where none is, it is the parent's to share.
      return asked > 0 ? { asked: asked + shared, shared: 0 } : { asked, shared }
    }
    const absence = this.#absence(node)
    const points = node.points ?? 0
    if (absence === 'share') return { asked: 0, shared: points }
    return { asked: absence === 'nothing' || absence === 'scale' ? 0 : points, shared: 0 }
  }

  #children(nodes: readonly PointNode[], depth: number, scale: number, best = Infinity, limits?: PointNode): Earned {
    const inside = nodes.filter(({ outside }) => !outside)
    const left = inside.map((pointNode) => this.#left(pointNode))
    const asked = left.reduce((sum, share) => sum + share.asked, 0)
    const shared = left.reduce((sum, share) => sum + share.shared, 0)
    const factor = scale * (asked > 0 ? (asked + shared) / asked : 1)
    const parts = nodes.map((node) => this.#node(node, depth, node.outside ? 1 : factor))
    if (best < parts.length) {
      const counting = new Set(parts.toSorted((a, b) => tidy(b.points) - tidy(a.points)).slice(0, best))
      for (const line of parts) line.counted = counting.has(line)
    }
    let [points, added, deducted, outOf] = [0, 0, 0, 0]
    for (const line of parts) {
      if (!line.counted) continue
      if (!line.outside) {
        points += line.points
        outOf += line.outOf
      } else if (line.points > 0) added += line.points
      else deducted += line.points
    }
    const listed = points + added + deducted
    added = Math.min(added, limits?.mostAdded ?? Infinity)
    deducted = Math.max(deducted, -(limits?.mostDeducted ?? Infinity))
    return { points: points + added + deducted, listed, outOf }
  }

  /** @param scale what its printed points, and its bounds with them, are multiplied by: points of others that go to it */
  #node(node: PointNode, depth: number, scale: number): Line {
    const at = this.#lines.length
    const line = this.#before(node, depth, scale)
    const coefficient = this.#coefficient(node) ?? 1
    if (coefficient !== 1) for (const below of this.#lines.slice(at)) multiply(below, coefficient)
    this.#keepPoints(node, at)
    return line
  }

  /** A node and all below it before its coefficient. */
  #before(node: PointNode, depth: number, scale: number): Line {
    const { children = [], rule, cap = Infinity, floor } = node
    const points = (node.points ?? 0) * scale
    const line = lineOf(node, depth)
    this.#lines.push(line)
    const marked = this.#given(node)
    if (marked !== undefined) return settle(line, marked * scale, points, 'given')
    const absence = this.#absence(node)
    const holding = !node.when || holds(node.when, this.#table, this.#now.facts) === true
    if (absence || !holding) {
      const earnedSo = holding && absence === 'full' ? points : 0
      const isAssigned = !this.notAssigned.has(node.code)
      const outOf = (isAssigned && !holding) || absence === 'full' || absence === 'zero' ? points : 0
      const why = !isAssigned ? 'not-assigned' : holding ? 'missing' : 'condition'
      return settle(line, earnedSo, outOf, why)
    }
    const ruling = this.fitting(rule)
    // What another node earned was scaled with that node.
    const isScaled = ruling?.kind === 'share' && ruling.what === 'earned'
    const amount = (this.#amount(node) ?? 0) * (isScaled ? 1 : scale)
    const below = children.length === 0 ? NOTHING : this.#children(children, depth + 1, scale, node.best, node)
    const { share = 1, less = 0 } = this.#late.has(node.code) ? (node.late ?? {}) : {}
    const late = this.#byLeader(node, amount + below.points, scale) * share - less
    // A part of the scale ends at 0 unless the table says otherwise; a deduction does not.
    const least = floor === undefined ? (node.outside ? -Infinity : 0) : floor * scale
    const bounded = rounded(Math.min(Math.max(late, least), cap * scale), node)
    const [figure] = figuresOf(rule)
    const value = figure === undefined ? null : figureOf(figure, this.#now)
    line.value = value
    // What the bounds on bonuses and deductions took is in it too.
    line.limited = apart(bounded, amount + below.listed)
    settle(line, bounded, rule || node.leaderGets !== undefined ? points : below.outOf, line.clause)
    line.own = amount
    return line
  }

  /** In proportion to what the member with the most of it has, where the node says so. */
  #byLeader(node: PointNode, points: number, scale: number): number {
    if (node.leaderGets === undefined) return points
    this.#unscaled.set(node, points / scale)
    return againstBest(points / scale, this.#greatest.get(node) ?? 0) * node.leaderGets * scale
  }

  /** Points by the rule of a node; null where its figure is not known. */
  #amount(node: PointNode): number | null {
    const known = this.#amounts.get(node)
    if (known !== undefined) return known
    const amount = node.rule ? this.#amountBy(node.rule, node) : null
    // What another node has earned is not known before it was scored.
    if (!this.#asked.askers.has(node)) this.#amounts.set(node, amount)
    return amount
  }

  #amountBy(rule: Rule, node: PointNode): number | null {
    const points = node.points ?? 0
    if (rule.kind === 'full') return rule.points ?? points
    if (rule.kind === 'share') {
      const other = this.#nodes.get(rule.node) as PointNode
      const whole = rule.what === 'earned' ? this.#lines.find(({ code }) => code === rule.node)?.points : other.points
      return (whole ?? 0) * rule.share
    }
    if (rule.kind === 'cases') {
      const fitting = this.fitting(rule)
      return fitting ? this.#amountBy(fitting, node) : 0
    }
    if (rule.kind === 'policy') {
      if (!this.#entry.evaluation) return null
      const { points: earned, outOf } = score(this.#entry.evaluation, rule.policy)
      return compareDecimal(outOf, points) === 0 ? earned : (earned * points) / outOf
    }
    return earned(rule as FigureRule, points, this.#now, this.#leaders.get(rule) ?? NO_LEADER)
  }
}

const NOTHING: Earned = { points: 0, listed: 0, outOf: 0 }
