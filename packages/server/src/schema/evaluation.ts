import {
  type Directive,
  type Evaluation,
  type EvaluationSummary,
  evaluate,
  type Indicator,
  type IndicatorResult,
  type Target,
  type Text,
} from '@dienbien/targets'
import { ownTargets, toFact } from '../figures/evaluate-unit.ts'
import { whenReady } from '../figures/store.ts'
import { builder } from './builder.ts'
import { PER_INDICATOR } from './cost.ts'
import { inputError } from './errors.ts'
import { IndicatorRef, TargetRef } from './indicators.ts'
import { findIndicator, findUnit } from './lookups.ts'
import { localeArg } from './scalars.ts'
import { UnitRef } from './units.ts'
import { directiveOf, judgedMoment } from './years.ts'

export const ComplianceStatus = builder.enumType('ComplianceStatus', {
  description: 'What a figure comes to against its target.',
  values: {
    MET: { description: 'Đạt: the value satisfies the target.' },
    NOT_MET: { description: 'Không đạt: the year is over and it does not.' },
    IN_PROGRESS: { description: 'Đang thực hiện: the year is not over and it does not yet.' },
    NO_DATA: { description: 'Chưa có số liệu: absent is not zero.' },
    NOT_APPLICABLE: { description: 'Không áp dụng: no target for this unit, or only a projection.' },
  } as const,
})

const Pace = builder.enumType('Pace', {
  description: 'Completion against the elapsed share of the year.',
  values: {
    AHEAD: { description: 'Vượt tiến độ: above 1.05 times it.' },
    ON_TRACK: { description: 'Đúng tiến độ: within 5% of it.' },
    BEHIND: { description: 'Chậm tiến độ: below 0.95 times it.' },
  } as const,
})

const SummaryRef = builder.objectRef<EvaluationSummary>('EvaluationSummary').implement({
  description: 'How many indicators came to what; `exceeded` are of those met.',
  fields: (t) => ({
    met: t.exposeInt('met', { description: 'Targets met.' }),
    exceeded: t.exposeInt('exceeded', { description: 'Of those met, the exceeded.' }),
    notMet: t.exposeInt('notMet', { description: 'Targets not met, the year being over.' }),
    inProgress: t.exposeInt('inProgress', { description: 'Targets not met yet.' }),
    noData: t.exposeInt('noData', { description: 'Without a figure.' }),
    notApplicable: t.exposeInt('notApplicable', { description: 'Without a target for this unit.' }),
    total: t.exposeInt('total', { description: 'All indicators of the directive.' }),
  }),
})

/** A result as the API shows it: its fields are named as the API's, so that reading one is no call. */
interface ResultOf
  extends Pick<IndicatorResult, 'status' | 'exceeded' | 'inherited' | 'margin' | 'completion' | 'pace'> {
  readonly indicator: Indicator
  readonly value: number | null
  readonly target: { readonly indicator: Indicator; readonly target: Target } | null
  readonly result: IndicatorResult
  /** Written when first asked for. */
  words: Text | null
}

const ResultRef = builder.objectRef<ResultOf>('IndicatorResult').implement({
  description: "One indicator of a unit's evaluation.",
  fields: (t) => ({
    indicator: t.expose('indicator', { type: IndicatorRef, description: 'What was judged.' }),
    status: t.expose('status', { type: ComplianceStatus, description: 'What it comes to.' }),
    exceeded: t.exposeBoolean('exceeded', {
      description: 'Met and strictly better than a target that is not strict.',
    }),
    value: t.exposeFloat('value', {
      nullable: true,
      description: "In the indicator's unit; a milestone is 1 or 0.",
    }),
    target: t.expose('target', {
      type: TargetRef,
      nullable: true,
      description: 'What the unit is judged by; null where it has none.',
    }),
    inherited: t.exposeBoolean('inherited', {
      description: "True where the directive's rate stands in for a target that the unit does not have itself.",
    }),
    margin: t.exposeFloat('margin', {
      nullable: true,
      description: "In the indicator's unit; positive is better than the target.",
    }),
    completion: t.exposeFloat('completion', {
      nullable: true,
      description: 'The share of the way done: 1 is the target.',
    }),
    pace: t.expose('pace', {
      type: Pace,
      nullable: true,
      description: 'Only in progress, for flows and for levels and rates with a baseline.',
    }),
    explanation: t.string({
      description: 'The result as a sentence for a report.',
      args: { locale: t.arg(localeArg) },
      resolve: (one, { locale }) => {
        one.words ??= one.result.explanation
        return one.words[locale ?? 'vi']
      },
    }),
  }),
})

const shownResults = new WeakMap<Evaluation, readonly ResultOf[]>()

/** The results of an evaluation as the API shows them: made once, since evaluations are kept. */
function resultsOf({ directive, evaluation }: EvaluationOf): readonly ResultOf[] {
  let results = shownResults.get(evaluation)
  if (!results) {
    results = evaluation.results.map((result, i) => {
      const indicator = directive.indicators[i] as Indicator
      const { status, exceeded, value, target, inherited, margin, completion, pace } = result
      return {
        indicator,
        status,
        exceeded,
        value: value === null ? null : Number(value),
        target: target && { indicator, target },
        inherited,
        margin,
        completion,
        pace,
        result,
        words: null,
      }
    })
    shownResults.set(evaluation, results)
  }
  return results
}

interface EvaluationOf {
  readonly directive: Directive
  readonly evaluation: Evaluation
}

export const EvaluationRef = builder.objectRef<EvaluationOf>('Evaluation').implement({
  description: "A unit's figures held against its targets.",
  fields: (t) => ({
    summary: t.field({ type: SummaryRef, description: 'The counts.', resolve: ({ evaluation }) => evaluation.summary }),
    results: t.field({
      type: [ResultRef],
      ...PER_INDICATOR,
      description: 'One for each indicator, in the order of the directive.',
      args: { status: t.arg({ type: [ComplianceStatus], description: 'Only these.' }) },
      resolve: (parent, { status }) => {
        const results = resultsOf(parent) as ResultOf[]
        return status ? results.filter((one) => status.includes(one.status)) : results
      },
    }),
  }),
})

builder.objectField(UnitRef, 'evaluation', (t) =>
  t.field({
    type: EvaluationRef,
    description:
      "Its figures held against its own targets; without one a rate falls back to the directive's, and a total has none.",
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
    },
    resolve: ({ code }, { year, asOf }, { loaders }) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      return whenReady(loaders.evaluation.now({ unit: code, ...moment }), (evaluation) => ({
        directive: directiveOf(moment.year),
        evaluation,
      }))
    },
  }),
)

const FactInput = builder.inputType('FactInput', {
  description: 'A figure to judge.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1 or 0." }),
  }),
})

const EvaluateInput = builder.inputType('EvaluateInput', {
  description: 'Figures to judge without storing them.',
  fields: (t) => ({
    facts: t.field({ type: [FactInput], required: true, description: 'Each indicator at most once.' }),
    unit: t.string({ description: "Whose targets to judge by, by code. Default: the province's." }),
    year: t.int({ description: 'The year of the directive. Default: 2022.' }),
    asOf: t.field({ type: 'Date', description: 'Default: the year is over.' }),
  }),
})

builder.queryField('evaluate', (t) =>
  t.field({
    type: EvaluationRef,
    description: 'What if: judges the given figures, and only them. Nothing is stored.',
    args: { input: t.arg({ type: EvaluateInput, required: true, description: 'The figures.' }) },
    resolve: async (_, { input }, context) => {
      const moment = judgedMoment(input.year ?? 2022, input.asOf)
      const directive = directiveOf(moment.year)
      const facts: Record<string, number | boolean> = {}
      input.facts.forEach(({ indicator, value }, i) => {
        const argument = `input.facts[${i}].indicator`
        const { id } = findIndicator(indicator, argument)
        if (id in facts) throw inputError('BAD_INPUT', `"${id}" is given twice`, { argument, value: id })
        facts[id] = toFact(directive, id, value)
      })
      const unit = await findUnit(input.unit ?? PROVINCE, 'input.unit', context)
      const targets = await context.loaders.targets.load({ unit: unit.code, ...moment })
      return {
        directive,
        evaluation: evaluate(facts, {
          directive,
          asOf: moment.asOf,
          unitLevel: unit.level,
          targets: ownTargets(targets),
        }),
      }
    },
  }),
)

const PROVINCE = '11'
