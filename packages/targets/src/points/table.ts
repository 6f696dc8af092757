import type { Policy } from '../emulation/policy.ts'
import type { Rounding } from '../rounding.ts'
import type { Condition } from '../rules/conditions.ts'
import type { Figure, FigurePart } from './table-figures.ts'

export type * from './table-figures.ts'

/** A range of values; all bounds that stand must hold. */
export interface Step {
  readonly from?: number
  readonly above?: number
  readonly to?: number
  readonly below?: number
  readonly points: number
}

/** What a leaf earns. M is the node's points as printed. */
export type Rule =
  /** M, always, or `points`: a base from which deductions among its children are taken, or what a case is worth. */
  | { readonly kind: 'full'; readonly points?: number }
  /** `points` (M where absent) where the fact is true, `otherwise` (0) where it is not. */
  | { readonly kind: 'yes-no'; readonly of: string; readonly points?: number; readonly otherwise?: number }
  /**
   * `base` (0) and `each` for each beyond the first `free`, from `least` to `most` (M where it is printed); `each` may be
   * negative: base 5, each −1 is "5, less 1 each time".
   */
  | {
      readonly kind: 'count'
      readonly of: Figure
      readonly each: number
      readonly base?: number
      readonly free?: number
      readonly most?: number
      readonly least?: number
    }
  /** By value, the first step that fits; none: `otherwise` (0). `near` says that better is in the middle. */
  | {
      readonly kind: 'steps'
      readonly of: Figure
      readonly steps: readonly Step[]
      readonly otherwise?: number
      readonly near?: boolean
    }
  /** On the straight lines between given values, level beyond the outermost. */
  | {
      readonly kind: 'line'
      readonly of: Figure
      readonly line: readonly { readonly at: number; readonly points: number }[]
      readonly near?: boolean
    }
  /**
   * M × share reached, nothing below `from` (0), at most `to` (1) of it; less is better: target ÷ value. Of a target of nought
   * or below there are no shares: M where it is reached, else nothing.
   */
  | {
      readonly kind: 'proportion'
      readonly of: Figure
      readonly target: Figure | number
      readonly better?: 'more' | 'less'
      readonly from?: number
      readonly to?: number
    }
  /**
   * M at the target, `less` for each 1% short and `more` for each 1% above, or for each `every` per cent; only whole ones
   * where `whole`, a begun one as a whole one where `begun` ("hoặc phần lẻ").
   */
  | {
      readonly kind: 'per-percent'
      readonly of: Figure
      readonly target: Figure | number
      readonly better?: 'more' | 'less'
      readonly less?: number
      readonly more?: number
      readonly every?: number
      readonly whole?: boolean
      readonly begun?: boolean
      readonly least?: number
      readonly most?: number
    }
  /** `first` once `of` is above `above`, and `each` for every further whole `every`, at most `most`. */
  | {
      readonly kind: 'beyond'
      readonly of: Figure
      readonly above: number
      readonly every: number
      readonly each: number
      readonly first?: number
      readonly most?: number
    }
  /**
   * Below the target `atTarget` (0.5) × M in proportion; above it the rest, by the own excess against `fullAt`, or,
   * where that is absent, against the greatest excess of the cluster. Without a target: M × result ÷ the greatest such. Where
   * less is better, shares are target ÷ result and the least such ÷ result, and the excess is what lies below the target.
   */
  | {
      readonly kind: 'excess'
      readonly of: Figure
      readonly target: Figure | number
      readonly better?: 'more' | 'less'
      readonly atTarget?: number
      readonly fullAt?: number
    }
  /** M × value ÷ the greatest of the cluster; less is better: M × the least of it ÷ value. */
  | { readonly kind: 'leader'; readonly of: Figure; readonly better?: 'more' | 'less' }
  /**
   * By the place among those of the cluster whom the rule judges and whose figure is known: the first has the first of
   * `places`; who comes after the last of them `otherwise` (0). Equal figures share the better place, and the next is left
   * out: 1, 2, 2, 4.
   */
  | {
      readonly kind: 'place'
      readonly of: Figure
      readonly better?: 'more' | 'less'
      readonly places: readonly number[]
      readonly otherwise?: number
    }
  /** As a named assessor judged, from `least` (0) to `most` (M). */
  | {
      readonly kind: 'judged'
      readonly of: string
      readonly by?: string
      readonly least?: number
      readonly most?: number
    }
  /** A share of what another node prints, or has earned. */
  | { readonly kind: 'share'; readonly node: string; readonly share: number; readonly what?: 'printed' | 'earned' }
  /** The first case whose condition holds; none: 0. */
  | { readonly kind: 'cases'; readonly cases: readonly { readonly when: Condition; readonly rule: Rule }[] }
  /** The whole of a one-line policy, scaled to M. */
  | { readonly kind: 'policy'; readonly policy: Policy }

/** What a leaf without a figure, or not assigned to a unit, does to the points of the tree. */
export type Absence =
  /** Its points are not asked for. */
  | 'nothing'
  | 'zero'
  | 'full'
  /** Its points go to its siblings inside the scale, in proportion, and the bounds of these grow with them. */
  | 'share'
  /** The whole scale is filled up, in proportion; bonuses and deductions outside it stay as printed. */
  | 'scale'

/** A criterion. */
export interface PointNode {
  /** As printed, unique. */
  readonly code: string
  readonly name: string
  /** The maximum as printed; 0 or absent outside the scale. */
  readonly points?: number
  /** A bonus or a deduction: no part of what the parent prints. */
  readonly outside?: boolean
  readonly rule?: Rule
  readonly children?: readonly PointNode[]
  /**
   * What it comes to is multiplied by this before its parent adds it up ("hệ số 2", "hệ số vùng"): `points` and bounds are
   * those before. Where the figure is not known the node is missing.
   */
  readonly coefficient?: FigurePart
  /** Only so many of its children count, the best. */
  readonly best?: number
  /**
   * The member of the cluster with the most has so many points, the others in proportion ("điểm thưởng quy đổi theo đơn vị
   * cao nhất"); who has nothing, or less, has none. Before its bounds.
   */
  readonly leaderGets?: number
  /** Most and least of the node, children included. */
  readonly cap?: number
  readonly floor?: number
  /** Most that all deductions, and all bonuses, outside the scale among its children come to; both positive. */
  readonly mostDeducted?: number
  readonly mostAdded?: number
  /** What a grade with `minimums` asks of it. */
  readonly minimum?: number
  /**
   * What it earns is rounded to so many decimals, or to whole steps ("làm tròn đến 0,5"), a half away from zero: after its
   * bounds, before its parent adds it up.
   */
  readonly decimals?: number
  readonly step?: number
  /** Not to the nearest: always up or down ("lấy hai số lẻ, không làm tròn"). */
  readonly rounding?: Rounding
  /** Counts only where this holds. */
  readonly when?: Condition
  readonly evidence?: string
  readonly by?: string
  readonly missing?: Absence
  readonly notAssigned?: Absence
  /** Of what was late: `share` of its points is left, then `less` points. */
  readonly late?: { readonly share?: number; readonly less?: number }
}

/** A grade; the best is listed first. */
export interface PointGrade {
  readonly id: string
  readonly name: string
  readonly from?: number
  /** Each first-level node has this share of its points, or more. */
  readonly every?: number
  /** Each node has its `minimum`. */
  readonly minimums?: boolean
  readonly when?: Condition
  /** Who has the points and misses a condition: gets the next grade (default), or none. */
  readonly missed?: 'next' | 'exclude'
  /** How many of a cluster may have it: by `rankPoints`, the best of them. Who comes after has the next grade. */
  readonly atMost?: GradeQuota
}

/**
 * How many may have a grade: so many units, or a share of the members that are graded; of those only with the grade `of` or
 * a better one, where that is said ("không quá 20% số đơn vị hoàn thành tốt trở lên"), or of all members, who is not graded
 * included (`members`). A share is rounded down where nothing else is said; `atLeast` so many, however few there are.
 */
export type GradeQuota =
  | { readonly units: number }
  | {
      readonly share: number
      readonly of?: string
      readonly members?: boolean
      readonly rounding?: Rounding
      readonly atLeast?: number
    }

export interface DeclaredFact {
  readonly type: 'number' | 'boolean' | 'text'
  readonly name?: string
}

/** How several assessors become one; `trimmed` leaves out the highest and the lowest where there are three or more. */
export type Settling = 'mean' | 'median' | 'lowest' | 'highest' | 'trimmed'

/** An award that members are proposed for by their places; the highest is listed first. */
export interface PointAward {
  readonly award: string
  readonly name: string
  /** With a `share`, so many at least. */
  readonly seats: number
  /** Of the members of the cluster ("25% số đơn vị"), rounded down where nothing else is said. */
  readonly share?: number
  readonly rounding?: Rounding
  /** More seats in larger clusters. */
  readonly above?: { readonly members: number; readonly seats: number }
  /**
   * Who may be proposed at all; a seat that nobody qualifies for stays empty. Over `score` (of 100), `metRatio` and the
   * other facts of policies, the table's own numbers and yes or no, and `grade.<id>` for each of its grades.
   */
  readonly when?: Condition
}

export type PointTieBreak =
  | { readonly node: string }
  | { readonly fact: string; readonly better?: 'more' | 'less' }
  | { readonly when: Condition }

/** A table of points as an office writes it: a tree of criteria. Plain JSON. */
export interface PointTable {
  readonly $schema?: string
  readonly id: string
  readonly version: string
  readonly title: string
  /** Whose it is. */
  readonly note: string
  readonly source?: string
  /** As printed: what the nodes inside the scale add up to. */
  readonly total: number
  readonly facts?: Readonly<Record<string, DeclaredFact>>
  /** What follows from facts and indicators, by a name that rules, conditions and tie-breaks ask for as for a fact. */
  readonly figures?: Readonly<Record<string, Figure>>
  readonly conditions?: Readonly<Record<string, Condition>>
  readonly nodes: readonly PointNode[]
  readonly missing?: Absence
  readonly notAssigned?: Absence
  readonly floor?: number
  readonly cap?: number
  /** The points of a unit are rounded to so many decimals, or to whole steps, as those of a node; absent: they are not. */
  readonly decimals?: number
  readonly step?: number
  readonly rounding?: Rounding
  readonly grades?: readonly PointGrade[]
  /** Who is not graded at all, whatever the points, and why. */
  readonly ungraded?: readonly { readonly when: Condition; readonly reason: string }[]
  /**
   * Whose grade is one lower than the points give, and why; each reason that holds lowers it by one more, down to the last.
   * With `to` it is that grade at best, and no step is counted ("xếp loại yếu nếu …", "không xếp quá loại khá").
   */
  readonly lowered?: readonly { readonly when: Condition; readonly reason: string; readonly to?: string }[]
  readonly periods?: readonly { readonly id: string; readonly weight: number }[]
  /** How the points of several assessors of one stage become one, line by line; absent: their mean. */
  readonly settling?: Settling
  /** Absent: those of this project's default policy. */
  readonly awards?: readonly PointAward[]
  /** In order; who is still equal goes to a ballot. */
  readonly tieBreaks?: readonly PointTieBreak[]
}
