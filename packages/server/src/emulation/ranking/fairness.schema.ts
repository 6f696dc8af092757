import {
  type Decision,
  type Fairness,
  type Flip,
  fairness,
  type RankRange,
  type UnitFairness,
} from '@dienbien/targets/emulation'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { findIndicator } from '../../directive/indicators.ts'
import { between } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { ClusterRankRef } from './ranking.schema.ts'

/** Enough to settle a range of ranks, and a request still takes milliseconds. */
const MAX_DRAWS = 10_000

const RangeRef = builder.objectRef<RankRange>('RankRange').implement({
  description: 'The best and the worst rank that a unit takes.',
  fields: (t) => ({
    best: t.exposeInt('best', { description: 'The smallest.' }),
    worst: t.exposeInt('worst', { description: 'The largest.' }),
  }),
})

const UnitFairnessRef = builder.objectRef<UnitFairness>('UnitFairness').implement({
  description: "How far a unit's rank moves.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
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
      resolve: ({ leaveOneOut }) => leaveOneOut.movedBy.map((id) => findIndicator(id, 'movedBy')),
    }),
    missing: t.field({
      type: RangeRef,
      description: "With its own missing figures met and all others' missed, and the other way round.",
      resolve: ({ missing }) => missing,
    }),
  }),
})

const RankedPairRef = builder.interfaceRef<{ readonly above: string; readonly below: string }>('RankedPair').implement({
  description: 'Two units, one ranked above the other.',
  fields: (t) => ({
    above: t.field({
      type: UnitRef,
      description: 'Ranked higher.',
      resolve: ({ above }, _, context) => storedUnit(above, context),
    }),
    below: t.field({
      type: UnitRef,
      description: 'Ranked lower.',
      resolve: ({ below }, _, context) => storedUnit(below, context),
    }),
  }),
})

const FlipRef = builder.objectRef<Flip>('Flip').implement({
  interfaces: [RankedPairRef],
  description: 'Two units whose order some draws of the weights turn round.',
  fields: (t) => ({
    share: t.exposeFloat('share', { description: 'Of the draws, above 0: those in which the lower one scored more.' }),
  }),
})

const DecisionRef = builder.objectRef<Decision>('NeighbourDecision').implement({
  interfaces: [RankedPairRef],
  description: 'What parts two neighbours in the ranking.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: 'The one with the greatest difference of points; null where they are equal throughout.',
      resolve: ({ indicatorId }) => (indicatorId === null ? null : findIndicator(indicatorId, 'indicator')),
    }),
    difference: t.exposeFloat('difference', { description: 'Points, of 100, by which it favours the higher one.' }),
  }),
})

const FairnessRef = builder.objectRef<Fairness>('Fairness').implement({
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
      resolve: ({ units }) => [...units],
    }),
    flips: t.field({ type: [FlipRef], description: 'Most often flipped first.', resolve: ({ flips }) => [...flips] }),
    decisions: t.field({
      type: [DecisionRef],
      description: 'For each pair of neighbours.',
      resolve: ({ decisions }) => [...decisions],
    }),
  }),
})

builder.objectField(ClusterRankRef, 'fairness', (t) =>
  t.field({
    type: FairnessRef,
    complexity: ({ draws }) => ({ field: 1000 + Math.min(draws ?? 1000, MAX_DRAWS), multiplier: 1 }),
    description:
      'How far the ranks of its members move when weights vary, an indicator is left out, or missing figures come in.',
    args: {
      draws: t.arg.int({ defaultValue: 1000, description: 'Of the weights.', ...between(1, MAX_DRAWS) }),
      seed: t.arg.int({ defaultValue: 1, description: 'Of the draws.' }),
    },
    resolve: ({ entries, policy }, { draws, seed }) => {
      return fairness(entries, policy, { draws: draws ?? 1000, seed: seed ?? 1 })
    },
  }),
)
