import type { Text } from '../errors.ts'

export type { Text } from '../errors.ts'

/** `'~'` is "khoảng" (about, within 1%); `'between'` has two bounds; `'maintained'` has no number, its value is true. */
export type NumericComparator = '>=' | '>' | '<=' | '<' | '=' | '~'
export type Comparator = NumericComparator | 'between' | 'maintained'

export type Target =
  | { readonly comparator: NumericComparator; readonly value: number }
  | { readonly comparator: 'between'; readonly low: number; readonly high: number }
  | { readonly comparator: 'maintained'; readonly value: true }

/**
 * A further level to reach, beside the first: what the centre assigns beside the province, or what is striven for beyond it
 * ("phấn đấu"). It is judged and told; the first alone counts.
 */
export interface FurtherTarget {
  readonly kind: 'assigned' | 'stretch'
  readonly assignedBy: Text
  readonly target: Exclude<Target, { readonly comparator: 'maintained' }>
  /** The words that state it, verbatim as printed. */
  readonly quote: string
}

/** Which way is better; `near`: the closer the better, from either side. */
export type Better = 'more' | 'less' | 'near'

/**
 * - `flow` adds up from 1 January
 * - `level` is a state on a date
 * - `rate` is a share, a ratio or a growth
 * - `milestone` is reached (or kept) or not
 */
export type Measure = 'flow' | 'level' | 'rate' | 'milestone'

/** `extensive`: a total that parts add up to; `intensive`: comparable between units of any size. */
export type Extent = 'extensive' | 'intensive'

/** `projection`: the text only estimates it; it is shown and never scored. */
export type Role = 'target' | 'projection'

/** Whom a directive binds, and who is judged; `department` and `organisation` are agencies. */
export const LEVELS: readonly UnitLevel[] = ['nation', 'province', 'district', 'commune', 'department', 'organisation']
export type UnitLevel = 'nation' | 'province' | 'district' | 'commune' | 'department' | 'organisation'

/** How the text says that the target compares with an earlier year, signed; `pp` is percentage points, `x` is "lần". */
export interface Change {
  readonly value: number
  readonly unit: '%' | 'pp' | 'x'
  readonly against: number
}

export interface MeasurementUnit extends Text {
  readonly code: string
}

/** What an author writes; {@link Indicator} is the same with what follows from it. */
export interface IndicatorInput<Id extends string = string> {
  /** Kebab-case English, stable for ever. */
  readonly id: Id
  readonly name: Text
  readonly section: string
  /** Further sections that state the same target. */
  readonly alsoIn?: readonly string[]
  /** What the value counts, as the text writes it: 780 nghìn lượt is 780. */
  readonly unit: MeasurementUnit
  /** What counts: the first that the text states. */
  readonly target: Target
  /** Further levels to reach; better is the same way as of the first. */
  readonly targets?: readonly FurtherTarget[]
  /** Follows from an inequality, and `=` is near; for `~` and `between` the author says it. */
  readonly better?: Better
  /** The words of the directive, verbatim as printed, the number included: its digits are how the number is written. */
  readonly quote: string
  /** What a quote with a slip of the print or the scan must have been. */
  readonly intended?: string
  readonly measure: Measure
  readonly extent: Extent
  readonly role?: Role
  /** One of the main indicators ("chỉ tiêu chủ yếu"): those that are counted when it is said how many were met. */
  readonly main?: boolean
  /** The id of the indicator ("trong đó") or of the group that it is a part of, and counts as one with. */
  readonly partOf?: string
  /** The body that answers for it. */
  readonly responsible?: Text
  /** The levels at which it is measured at all. */
  readonly levels: readonly UnitLevel[]
  /** The 129 of "124/129 xã". */
  readonly denominator?: number
  /** What rates of several units are weighed by where they come to one: parts of a whole, or units that were merged. */
  readonly weighedBy?: Weights
  readonly change?: Change
  /** The value of the year before. Where `change` gives it too, both must agree within the rounding of the printed digits. */
  readonly baseline?: number
  /** `MM-DD`: the first day whose figure is final for the year. Default 12-31. */
  readonly closesOn?: string
  /** A rate of change, such as the growth of GRDP: it has no baseline, no progress and no pace. */
  readonly growth?: boolean
  /** What the encoding decided where the text leaves something open, and why. */
  readonly interpretation?: Text
  /** The day (ISO date) on which quote and number were last compared with the text. */
  readonly checkedOn: string
}

export interface Indicator<Id extends string = string> extends IndicatorInput<Id> {
  readonly role: Role
  readonly better: Better
  /** As given, or where it follows from `change` by arithmetic. */
  readonly baseline?: number
}

/**
 * What is known of the denominators of a rate: it is a share of a unit's communes, or of a total that another indicator counts;
 * or another indicator counts its numerator, and the denominator is numerator ÷ rate.
 */
export type Weights = 'communes' | { readonly denominator: string } | { readonly numerator: string }

/** Several indicators that the text counts as one without a number for all, such as the shares of the economy. */
export interface IndicatorGroup {
  readonly id: string
  readonly name: Text
}

/** Figures that must agree with each other. */
export type Relation<Id extends string = string> =
  | {
      readonly kind: 'sum'
      readonly parts: readonly Id[]
      readonly total: Id | number
      /** Greatest difference that rounding explains, in the indicators' unit. */
      readonly within?: number
    }
  | { readonly kind: 'at-most'; readonly part: Id; readonly whole: Id }

/** An action that the directive orders without a number. */
export interface Duty {
  readonly id: string
  readonly section: string
  readonly quote: string
  /** What a quote with a slip of the print or the scan must have been. */
  readonly intended?: string
  readonly who: Text
  /** What counts as evidence that it was done. This project's reading: the text names none. */
  readonly evidence: Text
  /** ISO date. The text sets no dates, so this is the last day of its year. */
  readonly due: string
}

/** A place where the printed text contradicts itself or arithmetic, and the reading chosen. */
export interface Erratum {
  readonly id: string
  readonly section: string
  readonly quote: string
  /** What a quote with a slip of the scan must have been; the issuer's own slips are what the erratum is about. */
  readonly intended?: string
  readonly indicators: readonly string[]
  /** Computed from the encoded numbers, for example "17.66 + 20.77 + 57.11 + 4.45 = 99.99". */
  readonly arithmetic?: string
  readonly reading: Text
}

/** A change of targets during the year. Targets that it does not name stay as they were. */
export interface Amendment<Id extends string = string> {
  /** ISO date from which it applies; none lies after the year. */
  readonly from: string
  readonly source: string
  readonly targets: { readonly [K in Id]?: Target }
}

/** Names a directive, for example one that another takes the place of. */
export interface DirectiveReference {
  /** The number of the document. */
  readonly id: string
  /** ISO date. */
  readonly issuedOn: string
}

/**
 * A directive: a year, its indicators in the order of the text, its duties and errata.
 * `Milestone` are the ids whose figures are true or false instead of numbers.
 */
export interface Directive<Id extends string = string, Milestone extends string = string> {
  /** The number of the document, for example "02/CT-UBND". */
  readonly id: string
  readonly title: Text
  readonly issuer: Text
  /** ISO date. */
  readonly issuedOn: string
  /** The calendar year in which the targets are to be reached. */
  readonly year: number
  /** Which encoding of the document this is: what is published is superseded, never changed. */
  readonly version: string
  /** The directive whose place it takes. */
  readonly supersedes?: DirectiveReference
  /** Whose units its totals bind. */
  readonly level: UnitLevel
  readonly indicators: readonly Indicator<Id>[]
  /** What several indicators are parts of that have no total. */
  readonly groups: readonly IndicatorGroup[]
  readonly relations: readonly Relation<Id>[]
  readonly duties: readonly Duty[]
  readonly errata: readonly Erratum[]
  /** By date, oldest first. */
  readonly amendments: readonly Amendment<Id>[]
  /** Only for the compiler: which ids take true or false. */
  readonly milestones?: readonly Milestone[]
}

/** Figures by indicator: numbers, true or false for milestones, null or absent where there is none. */
export type Facts<Id extends string = string, Milestone extends string = string> = string extends Id
  ? { readonly [indicatorId: string]: number | boolean | null | undefined }
  : { readonly [K in Exclude<Id, Milestone>]?: number | null | undefined } & {
      readonly [K in Milestone]?: boolean | null | undefined
    }
