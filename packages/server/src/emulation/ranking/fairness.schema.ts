import type { Directive } from '@dienbien/targets'
import {
  type Decision,
  type Fairness,
  type Flip,
  fairness,
  type RankRange,
  type UnitFairness,
} from '@dienbien/targets/emulation'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { judgedIndicator } from '../../directive/indicators.ts'
import { lastDay, newestDirective } from '../../figures/years.ts'
import { between } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { ClusterRankRef } from './ranking.schema.ts'

/** Enough to settle a range of ranks, and a request still takes milliseconds. */
const MAX_DRAWS = 10_000

/** With the day whose units, and the directive whose indicators, it names. */
type AtMoment<T> = T & { readonly directive: Directive; readonly on: string }

const at = <T extends object>({ directive, on }: AtMoment<object>, list: readonly T[]): AtMoment<T>[] =>
  list.map((item) => ({ ...item, directive, on }))

const RangeRef = builder.objectRef<RankRange>('RankRange').implement({
  description: 'The best and the worst rank that a unit takes.',
  fields: (t) => ({
    best: t.exposeInt('best', { description: 'The best rank that it takes.' }),
    worst: t.exposeInt('worst', { description: 'The worst rank that it takes.' }),
  }),
})

const UnitFairnessRef = builder.objectRef<AtMoment<UnitFairness>>('UnitFairness').implement({
  description: "How far a unit's rank moves.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member whose rank moves.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    rank: t.exposeInt('rank', { description: 'Its rank in the ranking.' }),
    weights: t.field({
      type: RangeRef,
      description: 'Over the draws of the weights.',
      resolve: ({ weights }) => weights,
    }),
    leaveOneOut: t.field({
      type: RangeRef,
      description: 'Over leaving out one indicator at a time.',
      resolve: ({ leaveOneOut }) => leaveOneOut,
    }),
    movedBy: t.field({
      type: [IndicatorRef],
      description: 'The indicators whose leaving out moves it.',
      resolve: ({ leaveOneOut, directive }) => leaveOneOut.movedBy.map((id) => judgedIndicator(id, directive)),
    }),
    missing: t.field({
      type: RangeRef,
      description: "With its own missing figures met and all others' missed, and the other way round.",
      resolve: ({ missing }) => missing,
    }),
  }),
})

const RankedPairRef = builder
  .interfaceRef<AtMoment<{ readonly above: string; readonly below: string }>>('RankedPair')
  .implement({
    description: 'Two units, one ranked above the other.',
    fields: (t) => ({
      above: t.field({
        type: UnitRef,
        description: 'The unit that is ranked higher.',
        resolve: ({ above, on }, _, context) => storedUnit(above, context, on),
      }),
      below: t.field({
        type: UnitRef,
        description: 'The unit that is ranked lower.',
        resolve: ({ below, on }, _, context) => storedUnit(below, context, on),
      }),
    }),
  })

const FlipRef = builder.objectRef<AtMoment<Flip>>('Flip').implement({
  interfaces: [RankedPairRef],
  description: 'Two units whose order some draws of the weights turn round.',
  fields: (t) => ({
    share: t.exposeFloat('share', { description: 'Of the draws, above 0: those in which the lower one scored more.' }),
  }),
})

const DecisionRef = builder.objectRef<AtMoment<Decision>>('NeighbourDecision').implement({
  interfaces: [RankedPairRef],
  description: 'What parts two neighbours in the ranking.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: 'The one with the greatest difference of points; null where they are equal throughout.',
      resolve: ({ indicatorId, directive }) => (indicatorId === null ? null : judgedIndicator(indicatorId, directive)),
    }),
    difference: t.exposeFloat('difference', { description: 'Points, of 100, by which it favours the higher one.' }),
  }),
})

const FairnessRef = builder.objectRef<AtMoment<Fairness>>('Fairness').implement({
  description:
    'How robust the ranking of a cluster is, after the OECD and JRC Handbook on Constructing Composite Indicators. Who is eligible stays as it is.',
  fields: (t) => ({
    draws: t.exposeInt('draws', { description: 'How many times the weights were drawn.' }),
    seed: t.exposeInt('seed', { description: 'The same seed draws the same weights.' }),
    spread: t.exposeFloat('spread', {
      description: "How far a drawn weight may lie from the policy's, as a share of it.",
    }),
    units: t.field({
      type: [UnitFairnessRef],
      description: 'The eligible members, best first.',
      resolve: ({ units, ...moment }) => at(moment, units),
    }),
    flips: t.field({
      type: [FlipRef],
      description: 'Most often flipped first.',
      resolve: ({ flips, ...moment }) => at(moment, flips),
    }),
    decisions: t.field({
      type: [DecisionRef],
      description: 'For each pair of neighbours.',
      resolve: ({ decisions, ...moment }) => at(moment, decisions),
    }),
  }),
})

builder.objectField(ClusterRankRef, 'fairness', (t) =>
  t.field({
    type: FairnessRef,
    complexity: ({ draws }) => ({ field: 500 + Math.min(draws ?? 1000, MAX_DRAWS), multiplier: 1 }),
    description:
      'How far the ranks of its members move when weights vary, an indicator is left out, or missing figures come in.',
    args: {
      draws: t.arg.int({
        defaultValue: 1000,
        description: 'How many times the weights are drawn.',
        ...between(1, MAX_DRAWS),
      }),
      seed: t.arg.int({
        defaultValue: 1,
        description: 'The number from which the draws are made: the same one draws the same weights.',
      }),
    },
    resolve: ({ entries, policy, members }, { draws, seed }) => {
      const [member] = members
      return {
        ...fairness(entries, policy, { draws: draws ?? 1000, seed: seed ?? 1 }),
        directive: member?.directive ?? newestDirective(),
        on: member?.moment.asOf ?? lastDay(),
      }
    },
  }),
)
