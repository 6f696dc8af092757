// What the rules and conditions of a table look at.
import type { Condition } from '../rules/conditions.ts'

/**
 * A number that a rule looks at: a declared fact or a figure of the table by its name, what a node that stands before has
 * earned (`points.<code>`), an indicator's result, or what follows from others. Parts may be plain numbers.
 */
export type Figure =
  | string
  /** `completion` is a percentage of the target. */
  | { readonly indicator: string; readonly take?: 'value' | 'target' | 'completion' | 'margin' }
  /** The first by the second; `times` 100 for a percentage, 10000 for "per ten thousand people". */
  | { readonly ratio: readonly FigurePart[]; readonly times?: number }
  /** In per cent, of the first against the second: this year's against last year's. */
  | { readonly change: readonly FigurePart[] }
  | { readonly difference: readonly FigurePart[] }
  | { readonly sum: readonly FigurePart[] }
  /** Of a figure and a coefficient, which may be a unit's own ("hệ số vùng"). */
  | { readonly product: readonly FigurePart[] }
  | { readonly greatest: readonly FigurePart[] }
  | { readonly least: readonly FigurePart[] }
  /** The last that is known: of figures that accumulate from quarter to quarter. */
  | { readonly latest: readonly Figure[] }
  /** The mean by weight: (first half + 2 × second half) ÷ 3. */
  | { readonly periods: readonly { readonly of: Figure; readonly weight: number }[] }
  /**
   * How many of a unit's indicators ("mỗi chỉ tiêu không đạt trừ 2 điểm"), or of those in `of`: all that it is judged by
   * (`assigned`), or those of them that are so. A level that was inherited is none.
   */
  | { readonly results: ResultCount; readonly of?: readonly string[] }
  /**
   * What a figure comes to over all members whose figure is known ("so với bình quân chung của cụm"): the same for each of them.
   * It looks at no other such figure.
   */
  | { readonly cluster: 'mean' | 'sum' | 'greatest' | 'least'; readonly of: Figure }
  /** The first whose condition holds, else `otherwise`: a target, or a coefficient, that is another for each region. */
  | {
      readonly cases: readonly { readonly when: Condition; readonly figure: FigurePart }[]
      readonly otherwise?: FigurePart
    }
  /** How many of these conditions hold ("đạt 10/12 chỉ tiêu"); not known where nothing is known of any. */
  | { readonly holding: readonly Condition[] }

/** Which of a unit's indicators are counted. */
export type ResultCount = 'assigned' | 'met' | 'exceeded' | 'notMet' | 'inProgress' | 'undecided' | 'noData'

/** A figure of the whole cluster. */
export type ClusterFigure = Extract<Figure, { readonly cluster: unknown }>

/** What a figure is made of: another figure, or a plain number. */
export type FigurePart = Figure | number
