// What an author writes, and what TypeScript makes of it.
import type {
  Amendment,
  DirectiveReference,
  Duty,
  Erratum,
  IndicatorGroup,
  IndicatorInput,
  Relation,
  Text,
  UnitLevel,
} from './types.ts'

/** The ids of some indicators. */
export type IdOf<I extends readonly IndicatorInput[]> = I[number]['id']
/** Those of them whose figures are true or false. */
export type MilestoneOf<I extends readonly IndicatorInput[]> = Extract<
  I[number],
  { readonly target: { readonly comparator: 'maintained' } }
>['id']

/** The keys that no such object has: a type parameter switches TypeScript's own check for them off. */
type Typos<T, Shape> = T extends readonly unknown[]
  ? never
  : T extends object
    ?
        | Exclude<keyof T, KeyOf<Shape>>
        | { [K in keyof T & KeyOf<Shape>]: Typos<T[K], PropertyOf<Shape, K>> }[keyof T & KeyOf<Shape>]
    : never
type KeyOf<Shape> = Shape extends object ? keyof Shape : never
type PropertyOf<Shape, K extends PropertyKey> = Shape extends { readonly [P in K]?: infer Value } ? Value : never
export type Refused<I extends readonly IndicatorInput[]> = [Typos<I[number], IndicatorInput>] extends [never]
  ? unknown
  : { readonly indicators: `no such key: ${Typos<I[number], IndicatorInput> & string}` }

export interface DirectiveInput<I extends readonly IndicatorInput[]> {
  readonly id: string
  readonly title: Text
  readonly issuer: Text
  readonly issuedOn: string
  readonly year: number
  /** Default: `'1'`. */
  readonly version?: string
  readonly supersedes?: DirectiveReference
  /** Default: `'province'`. */
  readonly level?: UnitLevel
  readonly indicators: I
  readonly groups?: readonly IndicatorGroup[]
  readonly relations?: readonly Relation<IdOf<I>>[]
  readonly duties?: readonly Duty[]
  readonly errata?: readonly Erratum[]
  readonly amendments?: readonly Amendment<IdOf<I>>[]
}
