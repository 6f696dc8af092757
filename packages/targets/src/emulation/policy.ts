import type { Text } from '../directive/types.ts'
import type { Rounding } from '../rounding.ts'
import type { Condition } from '../rules/conditions.ts'

/** What must hold for a unit to be ranked, in json-rules-engine's condition format. */
export interface EligibilityRule {
  readonly id: string
  readonly when: Condition
  /** The requirement in words, as it is when it holds: shown as unconfirmed where nothing is known. */
  readonly requirement: Text
  /** What is the matter where it fails: "chưa nộp báo cáo sơ kết, tổng kết". */
  readonly failing?: Text
  /** `exclude` (default), or `pause` while a case is open. Both leave the unit unranked. */
  readonly otherwise?: 'exclude' | 'pause'
}

/** Indicators that share one weight, whatever their number: of those that count for a unit, by their own weights. */
export interface WeightGroup {
  readonly id: string
  readonly name: Text
  readonly weight: number
  readonly indicators: readonly string[]
}

/** Seats for one award in one cluster. */
export interface Quota {
  readonly award: string
  readonly name: Text
  /** With a `share`, so many at least. */
  readonly seats: number
  /** Of the members of the cluster, rounded down where nothing else is said. */
  readonly share?: number
  readonly rounding?: Rounding
  /** More seats in larger clusters. */
  readonly above?: { readonly members: number; readonly seats: number }
  /** Who may be nominated at all; a seat that nobody qualifies for stays empty. */
  readonly when?: Condition
}

/**
 * Points for something other than an indicator, by a fact that is reported with evidence:
 * - `yes-no`: its points where the fact is true
 * - `count`: so many points for each, up to the cap
 * - `adjustment`: a bonus or a penalty for each, within bounds; outside the scale
 */
export type Criterion = {
  readonly id: string
  readonly name: Text
  /** The fact that decides; absent or null earns nothing. */
  readonly fact: string
} & (
  | { readonly kind: 'yes-no'; readonly points: number }
  | { readonly kind: 'count'; readonly pointsEach: number; readonly cap: number }
  | { readonly kind: 'adjustment'; readonly pointsEach: number; readonly least: number; readonly most: number }
)

/** How points, ranks and awards follow from evaluations. Plain JSON. */
export interface Policy {
  readonly id: string
  readonly version: string
  readonly title: Text
  /** Whose policy it is. */
  readonly note: Text
  /** The points of a unit that meets every target: 100 or 1,000, say. */
  readonly scale: number
  readonly weights: {
    /** Of an indicator that `indicators` does not name. */
    readonly default: number
    readonly indicators?: Readonly<Record<string, number>>
    /** Each indicator in one group at most; those in none count by their own weights. */
    readonly groups?: readonly WeightGroup[]
  }
  readonly credit: {
    /**
     * Least share, from 0 to 1, that earns points in proportion: of the schedule inside the year, else of the target.
     * A miss never earns all.
     */
    readonly partialFrom: number
    /**
     * Of an indicator without a figure, or whose figure decides nothing after the year: the share of its points from 0
     * to 1 (default 0), or `leave-out`, which gives its weight to the others.
     */
    readonly missing?: number | 'leave-out'
  }
  /** For exceeding a target; may lift a score above the scale. */
  readonly bonus: {
    /** Added to the credit, as a share of the indicator's points. */
    readonly exceeded: number
    /** Only where the margin is above this share of the target: 0.1 for "more than 10% over". */
    readonly above?: number
    /** The most points that all bonuses bring together. */
    readonly cap?: number
  }
  /** Whether targets whose level was inherited count (default `leave-out`): they decide by geography. */
  readonly inheritedLevels?: 'leave-out' | 'count'
  /** The share of the counted figures, from 0 to 1, that must be there for a rank (default 0.5). */
  readonly leastShare?: number
  /** Facts that this policy adds to the standard ones, for its conditions. */
  readonly facts?: Readonly<Record<string, 'boolean' | 'number'>>
  /** What counts besides the indicators. The points of `yes-no` and the caps of `count` are part of the scale. */
  readonly criteria?: readonly Criterion[]
  readonly eligibility: readonly EligibilityRule[]
  /** Named conditions that `eligibility` may refer to. */
  readonly conditions?: Readonly<Record<string, Condition>>
  /** Applied in order to equal scores: more met, more exceeded, fewer without data. */
  readonly tieBreaks: readonly TieBreak[]
  /** In order of precedence. */
  readonly quotas: readonly Quota[]
  /** How clusters compare with each other: by the mean (default) or the median score of their eligible members. */
  readonly clusters?: { readonly by: 'mean' | 'median' }
  /** An award above the clusters, for at most a share of those who qualify for one of `quotas`. */
  readonly overall?: OverallAward
}

export interface OverallAward {
  readonly award: string
  readonly name: Text
  /** The award of a quota: whoever qualifies for it competes. */
  readonly among: string
  /** Of those who qualify, from 0 to 1; rounded down. */
  readonly share: number
}

export type TieBreak = 'met' | 'exceeded' | 'noData'
