import type { Directive } from '@dienbien/targets'
import type { ScoreDifference, ScoreLine } from '@dienbien/targets/emulation'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { judgedIndicator } from '../../directive/indicators.ts'
import { ComplianceStatus } from '../../evaluation/evaluation.schema.ts'
import { builder } from '../../graphql/builder.ts'
import { enumOfWords, textOf } from '../../graphql/enums.ts'

const ScoreClauseRef = enumOfWords<ScoreLine['clause']>(
  'ScoreClause',
  'The clause of a policy by which points were given.',
  {
    met: 'Met: all of them.',
    'bonus.exceeded': 'Exceeded by as much as brings a bonus.',
    pace: 'The year runs, and it is on its way: all of them.',
    'pace.behind': 'The year runs, and it is behind: a part.',
    'credit.partial': 'Not met: a part, by completion.',
    'credit.none': 'Not met by too much: none.',
    broken: 'A ceiling that is broken while the year runs: none.',
    undecided: 'The year is over, and the newest figure is not final: none.',
    missing: 'Without a figure: none.',
    'missing.left-out': 'Without a figure, and left out of the sum.',
    'criteria.yes-no': 'A criterion that holds or not.',
    'criteria.count': 'A criterion that is counted.',
    'criteria.adjustment': 'A criterion that adds or takes away.',
    'bonus.cap': 'What bonuses brought beyond their cap is taken away.',
    floor: 'A sum below 0 is 0.',
  },
)

/** With the directive that says what its indicators are. */
export type Judged<T> = T & { readonly directive: Directive }

export const judgedBy = <T extends object>(list: readonly T[], directive: Directive): Judged<T>[] =>
  list.map((item) => ({ ...item, directive }))

export const ScoreLineRef = builder.objectRef<Judged<ScoreLine>>('ScoreLine').implement({
  description: 'What one indicator, or one criterion of the policy, brought to a score.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: 'The indicator that brought the points; null in the line of a criterion.',
      resolve: ({ indicatorId, directive }) => (indicatorId === null ? null : judgedIndicator(indicatorId, directive)),
    }),
    criterion: t.exposeString('criterionId', {
      nullable: true,
      description: "A criterion's id in the policy; null for an indicator.",
    }),
    status: t.field({
      type: ComplianceStatus,
      nullable: true,
      description: 'What the indicator comes to.',
      resolve: ({ status }) => status,
    }),
    value: t.float({
      nullable: true,
      description: 'The figure or the count; true and false are 1 and 0.',
      resolve: ({ value }) => (value === null ? null : Number(value)),
    }),
    weight: t.exposeFloat('weight', { description: 'Of the indicator among the indicators; 0 for a criterion.' }),
    credit: t.exposeFloat('credit', { description: 'Share of the points that was earned.' }),
    points: t.exposeFloat('points', { description: 'Earned. Those of all lines add up to the score.' }),
    outOf: t.exposeFloat('outOf', { description: 'The most points that it can bring.' }),
    decidedBy: t.field({
      type: ScoreClauseRef,
      description: 'The clause of the policy that decided.',
      resolve: ({ clause }) => clause,
    }),
    clause: t.exposeString('clause', {
      ...textOf('decidedBy'),
      description: 'The clause of the policy that decided: met, credit.partial, missing …',
    }),
  }),
})

export const ScoreDifferenceRef = builder.objectRef<Judged<ScoreDifference>>('ScoreDifference').implement({
  description: 'What one indicator, or one criterion, brought to a unit and to another.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: "The indicator whose points differ; null where a criterion's do.",
      resolve: ({ indicatorId, directive }) => (indicatorId === null ? null : judgedIndicator(indicatorId, directive)),
    }),
    criterion: t.exposeString('criterionId', {
      nullable: true,
      description: "A criterion's id; null for an indicator.",
    }),
    own: t.exposeFloat('own', { description: 'Points of the unit.' }),
    other: t.exposeFloat('other', { description: 'Points of the other.' }),
    difference: t.exposeFloat('difference', { description: 'own − other.' }),
  }),
})
