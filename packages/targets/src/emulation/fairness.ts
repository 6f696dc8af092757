import { show, TargetsError } from '../errors.ts'
import { checkOptions } from '../rules/options.ts'
import { compilePolicy } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'
import { type RankEntry, type Ranked, rank } from './rank.ts'
import { type ScoreLine, score, weightsOf } from './score.ts'

export interface FairnessOptions {
  /** How many times the weights are drawn (default 1,000). */
  readonly draws?: number
  /** The same seed draws the same weights (default 1). */
  readonly seed?: number
  /** How far a drawn weight may lie from the policy's, as a share of it, from 0 to 1 (default 0.5: half to one and a half). */
  readonly spread?: number
  /** Called now and then with the draws done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** The best and the worst rank that a unit takes. */
export interface RankRange {
  readonly best: number
  readonly worst: number
}

export interface UnitFairness {
  readonly unit: string
  readonly rank: number
  /** Over the draws of the weights. */
  readonly weights: RankRange
  /** Over leaving out one indicator at a time, and which ones move the unit. */
  readonly leaveOneOut: RankRange & { readonly movedBy: readonly string[] }
  /** With its own missing figures met and all others' missed, and the other way round. */
  readonly missing: RankRange
}

/** Two units whose order some draws of the weights turn round. */
export interface Flip {
  readonly above: string
  readonly below: string
  /** Share of the draws in which `below` scored higher, above 0. */
  readonly share: number
}

/** What parts two neighbours in the ranking. */
export interface Decision {
  readonly above: string
  readonly below: string
  /** The indicator with the greatest difference of points; null where the two are equal throughout. */
  readonly indicatorId: string | null
  /** Points by which that indicator favours `above`. */
  readonly difference: number
}

export interface Fairness {
  readonly draws: number
  readonly seed: number
  readonly spread: number
  /** The ranked units, best first. */
  readonly units: readonly UnitFairness[]
  /** Most often flipped first. */
  readonly flips: readonly Flip[]
  readonly decisions: readonly Decision[]
}

const PROGRESS_EVERY = 500
const MAX_DRAWS = 1_000_000

/**
 * How robust a ranking is, after the OECD and JRC Handbook on Constructing Composite Indicators: how far each rank moves
 * when the weights vary, when one indicator is left out, and when missing figures take their worst or best value. Only
 * scores are compared, equal ones share the better rank, and the rank that stands lies within each range; who is eligible stays
 * as it is.
 * @throws {TargetsError} as `rank` does; `BAD_OPTION` for options out of range
 */
export function fairness(
  entries: readonly RankEntry[],
  policy: Policy = defaultPolicy,
  options: FairnessOptions = {},
): Fairness {
  checkOptions(options, ['draws', 'seed', 'spread', 'onProgress'])
  const { draws = 1000, seed = 1, spread = 0.5, onProgress } = options
  inRange('draws', Number.isInteger(draws) ? draws : Number.NaN, 1, MAX_DRAWS)
  inRange('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  inRange('spread', spread, 0, 1)
  const ranking = rank(entries, policy).filter(({ rank: place }) => place !== null)
  const table = creditTable(ranking, entries, policy)
  const { size, width, indicatorIds } = table
  const scores = new Float64Array(size)

  // The ranks that stand lie within each range, also where a tie-break made them.
  const standing = Uint32Array.from(ranking, ({ rank: place }) => place as number)
  const byWeights = new Ranges(standing)
  const above = new Uint32Array(size * size)
  const random = generator(seed)
  const drawn = new Float64Array(width)
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < width; i++) drawn[i] = 1 + spread * (2 * random() - 1)
    scoreAll(table, drawn, scores)
    byWeights.add(sortFromUsual(scores, above))
    if (onProgress && (draw + 1) % PROGRESS_EVERY === 0) onProgress(draw + 1, draws)
  }

  const usualFactors = new Float64Array(width).fill(1)
  scoreAll(table, usualFactors, scores)
  const usual = ranksOf(scores)
  const byLeaving = new Ranges(standing)
  const movedBy: string[][] = Array.from({ length: size }, () => [])
  byLeaving.add(usual)
  for (let i = 0; i < width; i++) {
    const without = usualFactors.slice()
    without[i] = 0
    scoreAll(table, without, scores)
    const ranks = ranksOf(scores)
    byLeaving.add(ranks)
    for (let u = 0; u < size; u++) if (ranks[u] !== usual[u]) movedBy[u]?.push(indicatorIds[i] as string)
  }

  return {
    draws,
    seed,
    spread,
    units: ranking.map(({ unit, rank: place }, u) => ({
      unit,
      rank: place as number,
      weights: byWeights.of(u),
      leaveOneOut: { ...byLeaving.of(u), movedBy: movedBy[u] ?? [] },
      missing: missingRange(table, usualFactors, u, place as number),
    })),
    flips: flipsOf(ranking, above, draws),
    decisions: decisionsOf(ranking, table),
  }
}

function inRange(option: string, value: unknown, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return
  const range = least === -Number.MAX_VALUE ? 'any finite number' : `from ${least} to ${most}`
  const shown = show(value)
  throw new TargetsError(
    'BAD_OPTION',
    {
      vi: `${option} phải là số từ ${least} đến ${most}, không phải ${shown}`,
      en: `${option} goes ${range}, not ${shown}`,
    },
    option,
  )
}

interface CreditTable {
  /** Units. */
  readonly size: number
  /** Indicators. */
  readonly width: number
  readonly indicatorIds: readonly string[]
  /** Weight by unit and indicator; 0 where the indicator does not count for the unit. */
  readonly weights: Float64Array
  /** Weight times credit, without bonuses. */
  readonly earned: Float64Array
  /** Weight with no figure missing times bonus; null where the policy has none. */
  readonly bonus: Float64Array | null
  /** The most that bonuses bring, as a share of the scale. */
  readonly bonusCap: number
  /** All units have the same weights, so that what they are scored out of is the same. */
  readonly uniform: boolean
  /** 1 where its figure is missing. */
  readonly missing: Uint8Array
  /** The weights that they would have with no figure missing. */
  readonly complete: Float64Array
  /** Share of the scale that the indicators take. */
  readonly share: number
  /** What each unit has from the criteria, as a share of the scale. */
  readonly extra: Float64Array
}

function creditTable(ranking: readonly Ranked[], entries: readonly RankEntry[], policy: Policy): CreditTable {
  const byUnit = new Map(entries.map((entry) => [entry.unit, entry]))
  const all = ranking.map(({ unit }) => {
    const { evaluation, facts } = byUnit.get(unit) as RankEntry
    return score(evaluation, policy, facts).trace
  })
  const extra = Float64Array.from(all, (lines) =>
    lines.reduce((sum, line) => {
      const fixed = line.indicatorId === null && line.clause !== 'bonus.cap'
      return sum + (fixed ? line.points / policy.scale : 0)
    }, 0),
  )
  const traces = all.map((lines) =>
    lines.filter((line): line is ScoreLine & { indicatorId: string } => line.indicatorId !== null),
  )
  const indicatorIds = [...new Set(traces.flatMap((lines) => lines.map(({ indicatorId }) => indicatorId)))]
  const column = new Map(indicatorIds.map((id, i) => [id, i]))
  const size = ranking.length
  const width = indicatorIds.length
  const earned = new Float64Array(size * width)
  const weights = new Float64Array(size * width)
  const complete = new Float64Array(size * width)
  const missing = new Uint8Array(size * width)
  const bonus = policy.bonus.exceeded > 0 ? new Float64Array(size * width) : null
  traces.forEach((lines, u) => {
    const ofAll = weightsOf(
      policy,
      lines.map(({ indicatorId }) => indicatorId),
    )
    lines.forEach(({ indicatorId, credit, weight, status, clause }, k) => {
      const at = u * width + (column.get(indicatorId) as number)
      weights[at] = weight
      complete[at] = ofAll[k] as number
      const exceeds = clause === 'bonus.exceeded'
      earned[at] = weight * (exceeds ? 1 : credit)
      if (bonus && exceeds) bonus[at] = (ofAll[k] as number) * policy.bonus.exceeded
      missing[at] = status === 'NO_DATA' || status === 'UNDECIDED' ? 1 : 0
    })
  })
  const uniform = weights.every((weight, at) => weight === weights[at % width])
  const share = compilePolicy(policy).indicatorPoints / policy.scale
  const bonusCap = (policy.bonus.cap ?? Infinity) / policy.scale
  return { size, width, indicatorIds, weights, earned, bonus, bonusCap, uniform, missing, complete, share, extra }
}

/** Points out of 1 of every unit, each indicator's weight times its factor. */
function scoreAll(table: CreditTable, factors: Float64Array, out: Float64Array): void {
  const { size, width, earned } = table
  const all = outOfFor(table, factors, 0)
  for (let u = 0, at = 0; u < size; u++) {
    let points = 0
    for (let i = 0; i < width; i++, at++) points += (factors[i] as number) * (earned[at] as number)
    const outOf = table.uniform ? all : outOfFor(table, factors, u)
    out[u] = (outOf === 0 ? 0 : (points / outOf) * table.share) + (table.extra[u] as number)
    if (table.bonus) out[u] = (out[u] as number) + bonusOf(table, factors, u)
  }
}

/** What its bonuses bring to a unit, as a share of the scale. */
function bonusOf(
  { width, bonus, complete, bonusCap, share }: CreditTable,
  factors: Float64Array,
  unit: number,
): number {
  let brought = 0
  let outOf = 0
  for (let i = 0, at = unit * width; i < width; i++, at++) {
    brought += (factors[i] as number) * (bonus?.[at] ?? 0)
    outOf += (factors[i] as number) * (complete[at] as number)
  }
  return outOf === 0 ? 0 : Math.min((brought / outOf) * share, bonusCap)
}

/** The weight of the indicators that count for a unit. */
function outOfFor({ width, weights }: CreditTable, factors: Float64Array, unit: number): number {
  let outOf = 0
  for (let i = 0, at = unit * width; i < width; i++, at++) outOf += (factors[i] as number) * (weights[at] as number)
  return outOf
}

/** Scores that differ by less are equal. */
const SLACK = 1e-11

/** 1 and how many scored more, for each unit. */
function ranksOf(scores: Float64Array): Uint32Array {
  const sorted = scores.slice().sort()
  const ranks = new Uint32Array(scores.length)
  for (let u = 0; u < scores.length; u++) {
    const limit = (scores[u] as number) + SLACK
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] as number) > limit) high = middle
      else low = middle + 1
    }
    ranks[u] = sorted.length - low + 1
  }
  return ranks
}

/** The best and the worst rank of each unit so far. */
class Ranges {
  readonly #best: Uint32Array
  readonly #worst: Uint32Array

  constructor(standing: Uint32Array) {
    this.#best = standing.slice()
    this.#worst = standing.slice()
  }

  add(ranks: Uint32Array): void {
    for (let u = 0; u < ranks.length; u++) {
      const place = ranks[u] as number
      if (place < (this.#best[u] as number)) this.#best[u] = place
      if (place > (this.#worst[u] as number)) this.#worst[u] = place
    }
  }

  of(unit: number): RankRange {
    return { best: this.#best[unit] as number, worst: this.#worst[unit] as number }
  }
}

/**
 * The ranks of units that stand in their usual order. A drawn order is near the usual one, so inserting each unit where it
 * belongs is cheap, and whom it passes on its way up is whom it flips with: that is counted in `above`.
 */
function sortFromUsual(scores: Float64Array, above: Uint32Array): Uint32Array {
  const size = scores.length
  const order = new Uint32Array(size)
  for (let unit = 0; unit < size; unit++) {
    const score = (scores[unit] as number) - SLACK
    let place = unit
    for (; place > 0; place--) {
      const higher = order[place - 1] as number
      if ((scores[higher] as number) >= score) break
      const at = higher * size + unit
      above[at] = (above[at] as number) + 1
      order[place] = higher
    }
    order[place] = unit
  }
  const ranks = new Uint32Array(size)
  for (let place = 0, last = 1; place < size; place++) {
    const unit = order[place] as number
    const before = order[place - 1] as number
    if (place > 0 && (scores[before] as number) > (scores[unit] as number) + SLACK) last = place + 1
    ranks[unit] = last
  }
  return ranks
}

function flipsOf(ranking: readonly Ranked[], above: Uint32Array, draws: number): Flip[] {
  const size = ranking.length
  const flips: Flip[] = []
  ranking.forEach((higher, a) => {
    ranking.slice(a + 1).forEach((lower, k) => {
      const count = above[a * size + a + 1 + k] as number
      // Equal units have no order to turn round.
      if (count > 0 && higher.rank !== lower.rank)
        flips.push({ above: higher.unit, below: lower.unit, share: count / draws })
    })
  })
  return flips.sort((a, b) => b.share - a.share)
}

/** A unit's rank with its own missing figures at their best and all others' at their worst, and the other way round. */
function missingRange(table: CreditTable, factors: Float64Array, unit: number, standing: number): RankRange {
  const { width, weights, complete } = table
  const rankWith = (score: number, others: number): number => {
    const earned = table.earned.map((points, at) => {
      const weight = complete[at] as number
      if (table.missing[at]) return weight * (Math.floor(at / width) === unit ? score : others)
      // A figure that comes in takes its weight back from those that stood in for it.
      return weights[at] === 0 ? 0 : (points / (weights[at] as number)) * weight
    })
    const scores = new Float64Array(table.size)
    const uniform = complete.every((cell, at) => cell === complete[at % width])
    scoreAll({ ...table, earned, weights: complete, uniform }, factors, scores)
    return ranksOf(scores)[unit] as number
  }
  return { best: Math.min(rankWith(1, 0), standing), worst: Math.max(rankWith(0, 1), standing) }
}

function decisionsOf(ranking: readonly Ranked[], table: CreditTable): Decision[] {
  const usual = new Float64Array(table.width).fill(1)
  const pointsOf = (u: number) => {
    const outOf = outOfFor(table, usual, u)
    const from = u * table.width
    return Array.from(table.earned.subarray(from, from + table.width), (points, i) =>
      outOf === 0 ? 0 : (100 * table.share * (points + (table.bonus?.[from + i] ?? 0))) / outOf,
    )
  }
  return ranking.slice(1).map((lower, k) => {
    const [high, low] = [pointsOf(k), pointsOf(k + 1)]
    let indicatorId: string | null = null
    let difference = 0
    high.forEach((points, i) => {
      const gap = points - (low[i] as number)
      if (gap > difference + 1e-9) {
        difference = gap
        indicatorId = table.indicatorIds[i] as string
      }
    })
    return { above: (ranking[k] as Ranked).unit, below: lower.unit, indicatorId, difference }
  })
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
