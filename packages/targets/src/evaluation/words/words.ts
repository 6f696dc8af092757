import type { Better, FurtherTarget, Target } from '../../directive/types.ts'
import type { Pace } from '../status.ts'

/** What a language says; `#` stands for a number with its unit. How numbers are written is its `locale`'s. */
export interface Words {
  readonly locale: string
  readonly dates: Intl.DateTimeFormatOptions
  readonly comparators: Readonly<Record<Exclude<Target['comparator'], 'between'>, string>>
  readonly between: (low: string, high: string) => string
  readonly state: (maintained: boolean) => string
  readonly points: { readonly '%': string; readonly '‰': string }
  readonly projection: (goal: string, actual: string | null) => string
  readonly notApplicable: string
  readonly noData: (goal: string) => string
  readonly noFinalFigure: (date: string) => string
  readonly wholeYear: (year: number) => string
  readonly afterMonths: (months: number) => string
  readonly asOf: (date: string) => string
  readonly plan: (goal: string) => string
  readonly shareOfPlan: (share: string) => string
  readonly usedOfCeiling: (share: string) => string
  readonly beyondCeiling: string
  readonly equal: string
  readonly equalButStrict: (goal: string, above: boolean) => string
  readonly within: string
  readonly way: (done: string, from: string, to: string, up: boolean) => string
  readonly furtherAway: (from: string) => string
  readonly apart: (gap: string, above: boolean) => string
  /** Exceeding is for what should be more: a fall that is good is below the plan, and met. */
  readonly met: (exceeded: boolean, better: Better) => string
  readonly notMet: string
  readonly inProgress: string
  readonly paces: Readonly<Record<Pace, string>>
  readonly pacesOfCeiling: Readonly<Record<Pace, string>>
  readonly inherited: { readonly level: string; readonly change: string }
  readonly further: Readonly<Record<FurtherTarget['kind'], string>>
}
