import { compareDecimal } from '../decimal.ts'
import { generator } from '../emulation/fairness.ts'
import { TargetsError } from '../errors.ts'
import { rounderOf } from '../rounding.ts'
import { checkOptions } from '../rules/options.ts'
import { membersInOrder } from './rank.ts'
import type { PointEntry, PointScore } from './result.ts'
import { ClusterScores } from './score.ts'
import type { PointNode, PointTable } from './table.ts'
import { walk } from './walk.ts'

/** The best and the worst place that a unit takes. */
export interface PointRange {
  readonly best: number
  readonly worst: number
}

/** How far a unit's place moves, after the OECD and JRC Handbook on Constructing Composite Indicators. */
export interface PointFairness {
  readonly unit: string
  readonly rank: number
  /** When the weights of the groups vary. */
  readonly weights: PointRange
  /** When one group is left out, and which ones move it. */
  readonly leaveOneOut: PointRange & { readonly movedBy: readonly string[] }
  /** With its own missing leaves at their most and all others' at nothing, and the other way round. */
  readonly missing: PointRange
}

export interface PointFairnessOptions {
  /** How many times the weights are drawn (default 1,000). */
  readonly draws?: number
  /** The same seed draws the same weights (default 1). */
  readonly seed?: number
  /** How far a drawn weight may lie from 1 (default 0.5). */
  readonly spread?: number
}

/** The first level that has more than one node: what the weights are of. */
function groupsOf(nodes: readonly PointNode[]): readonly PointNode[] {
  const [only] = nodes
  return nodes.length === 1 && only?.children && only.children.length > 0 ? groupsOf(only.children) : nodes
}

class Ranges {
  readonly best: number[] = []
  readonly worst: number[] = []

  add(places: readonly number[]): void {
    places.forEach((place, i) => {
      this.best[i] = Math.min(this.best[i] ?? place, place)
      this.worst[i] = Math.max(this.worst[i] ?? place, place)
    })
  }

  of = (i: number): PointRange => ({ best: this.best[i] as number, worst: this.worst[i] as number })
}

/** Of each, how many are above it and one; equal ones share the better place. */
function placesOf(points: readonly number[]): number[] {
  const sorted = points.toSorted((a, b) => b - a)
  return points.map((point) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareDecimal(sorted[middle] as number, point) > 0) low = middle + 1
      else high = middle
    }
    return low + 1
  })
}

/**
 * How robust the order of a cluster is. Only points are compared, equal ones share the better place; who is graded stays as
 * it is, the bounds of the whole table are left out, and the place that stands lies within each range.
 * @throws {TargetsError} as `rankPoints` does; `BAD_OPTION` for options out of range
 */
export function pointFairness(
  table: PointTable,
  entries: readonly PointEntry[],
  options: PointFairnessOptions = {},
): PointFairness[] {
  checkOptions(options, ['draws', 'seed', 'spread'])
  const { draws = 1000, seed = 1, spread = 0.5 } = options
  if (!(Number.isInteger(draws) && draws > 0 && draws <= 1e6 && spread >= 0 && spread <= 1)) {
    const text = {
      vi: 'draws từ 1 đến 1.000.000, spread từ 0 đến 1',
      en: 'draws goes from 1 to 1,000,000, spread from 0 to 1',
    }
    throw new TargetsError('BAD_OPTION', text, 'options')
  }
  const cluster = new ClusterScores(table, entries)
  const { ranked } = membersInOrder(table, cluster.members)
  const groups = groupsOf(table.nodes)
  const parts = ranked.map((score) => pointsOf(score, groups))
  // Who is equal by the table's rounding is equal here.
  const rounded = rounderOf(table)
  const totals = (weights: readonly number[]) =>
    parts.map((part) => rounded(part.reduce((sum, points, i) => sum + points * (weights[i] as number), 0)))
  const random = generator(seed)
  const [byWeights, byLeaving, byMissing] = [new Ranges(), new Ranges(), new Ranges()]
  const even = groups.map(() => 1)
  const usual = placesOf(totals(even))
  // The place that stands is one of them, which a tie-break or the bounds of the table may have made another.
  const standing = ranked.map(({ rank }) => rank)
  for (const ranges of [byWeights, byLeaving, byMissing]) for (const places of [usual, standing]) ranges.add(places)
  for (let draw = 0; draw < draws; draw++) {
    byWeights.add(placesOf(totals(groups.map(() => 1 + spread * (2 * random() - 1)))))
  }
  const movedBy: string[][] = ranked.map(() => [])
  groups.forEach(({ code }, i) => {
    const places = placesOf(totals(even.with(i, 0)))
    byLeaving.add(places)
    places.forEach((place, unit) => {
      if (place !== usual[unit]) movedBy[unit]?.push(code)
    })
  })
  missingPlaces(table, cluster, ranked, byMissing)
  return ranked.map(({ unit, rank }, i) => ({
    unit,
    rank,
    weights: byWeights.of(i),
    leaveOneOut: { ...byLeaving.of(i), movedBy: movedBy[i] ?? [] },
    missing: byMissing.of(i),
  }))
}

function pointsOf({ lines }: PointScore, groups: readonly PointNode[]): number[] {
  const counted = new Map(lines.filter(({ counted }) => counted).map(({ code, points }) => [code, points]))
  return groups.map(({ code }) => counted.get(code) ?? 0)
}

/** Each unit with its own missing leaves at their most and the others' at nothing, and the other way round. */
function missingPlaces(table: PointTable, cluster: ClusterScores, ranked: readonly PointScore[], ranges: Ranges): void {
  const most = new Map([...walk(table.nodes)].map(({ node }) => [node.code, node.outside ? 0 : (node.points ?? 0)]))
  const indexes = new Map(cluster.members.map(({ score }, i) => [score.unit, i]))
  const bounds = ranked.map(({ unit, points, lines }) => {
    const gaps = lines.filter(({ clause }) => clause === 'missing').map(({ code }) => code)
    if (gaps.length === 0) return { best: points, worst: points }
    const given = (pointsOfGap: (code: string) => number) =>
      cluster.withGiven(indexes.get(unit) as number, Object.fromEntries(gaps.map((code) => [code, pointsOfGap(code)])))
        .score.points
    return { best: given((code) => most.get(code) ?? 0), worst: given(() => 0) }
  })
  const [best, worst] = [bounds.map((unit) => unit.best), bounds.map((unit) => unit.worst)]
  bounds.forEach((unit, i) => {
    const placeAmong = (points: number, others: readonly number[]) =>
      others.filter((other, j) => j !== i && compareDecimal(other, points) > 0).length + 1
    const places = [placeAmong(unit.best, worst), placeAmong(unit.worst, best)]
    ranges.best[i] = Math.min(ranges.best[i] as number, ...places)
    ranges.worst[i] = Math.max(ranges.worst[i] as number, ...places)
  })
}
