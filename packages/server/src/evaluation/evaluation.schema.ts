import type {
  Directive,
  Evaluation,
  EvaluationSummary,
  Indicator,
  IndicatorResult,
  Target,
  Text,
} from '@dienbien/targets'
import { type Forecast, forecast } from '@dienbien/targets/forecast'
import { IndicatorRef } from '../directive/directive.schema.ts'
import { inSection, wantedIds } from '../directive/indicators.ts'
import { TargetRef } from '../directive/target.schema.ts'
import type { ColumnFigure } from '../figures/columns.ts'
import { countingOf } from '../figures/counting.ts'
import { whenReady } from '../figures/when-ready.ts'
import { judgedMoment } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { EVALUATION, FORECAST, PER_INDICATOR } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { asOfArg, localeArg, yearArg } from '../graphql/scalars.ts'
import { figureStatusArg, MeasurementRef, recordedBeforeArg } from '../measurements/measurements.schema.ts'
import { UnitRef } from '../units/units.schema.ts'
import { daysOfYear } from './year-before.ts'

export const ComplianceStatus = builder.enumType('ComplianceStatus', {
  description: 'What a figure comes to against its target.',
  values: {
    MET: { description: 'Đạt: the value satisfies the target, as far as its day can decide it.' },
    NOT_MET: { description: 'Không đạt: the figure is final and does not, or nothing can mend it.' },
    IN_PROGRESS: { description: 'Đang thực hiện: the year runs and it does not yet.' },
    UNDECIDED: { description: 'Chưa có số liệu cuối năm: the year is over and the newest figure is not final.' },
    NO_DATA: { description: 'Chưa có số liệu: absent is not zero.' },
    NOT_APPLICABLE: { description: 'Không giao chỉ tiêu: no target for this unit, or only a projection.' },
  } as const,
})

export const Pace = builder.enumType('Pace', {
  description: 'What was done, or of a ceiling was left, against the elapsed share of the year.',
  values: {
    AHEAD: { description: 'Vượt tiến độ: above 1.05 times it.' },
    ON_TRACK: { description: 'Đúng tiến độ: within 5% of it.' },
    BEHIND: { description: 'Chậm tiến độ: below 0.95 times it.' },
  } as const,
})

const Inheritance = builder.enumType('Inheritance', {
  description: "What of the directive's a unit without a target of its own is judged by.",
  values: {
    CHANGE: { value: 'change', description: "The directive's change, from the unit's own value of the year before." },
    LEVEL: { value: 'level', description: "The directive's level: shown, and by the default policy not scored." },
  } as const,
})

const SummaryRef = builder.objectRef<EvaluationSummary>('EvaluationSummary').implement({
  description: 'How many indicators came to what; `exceeded` are of those met.',
  fields: (t) => ({
    met: t.exposeInt('met', { description: 'How many targets are met.' }),
    exceeded: t.exposeInt('exceeded', { description: 'Of those met, the exceeded.' }),
    notMet: t.exposeInt('notMet', { description: 'Targets not met.' }),
    inProgress: t.exposeInt('inProgress', { description: 'Targets not decided while the year runs.' }),
    undecided: t.exposeInt('undecided', { description: 'The year is over and the newest figure is not final.' }),
    noData: t.exposeInt('noData', { description: 'Without a figure.' }),
    notApplicable: t.exposeInt('notApplicable', { description: 'Without a target for this unit.' }),
    total: t.exposeInt('total', { description: 'All indicators of the directive.' }),
  }),
})

/** A result as the API shows it: its fields are named as the API's, so that reading one is no call. */
interface ResultOf
  extends Pick<IndicatorResult, 'status' | 'exceeded' | 'margin' | 'completion' | 'progress' | 'pace'> {
  readonly inherited: IndicatorResult['inherited']
  readonly measurement: ColumnFigure | null
  readonly indicator: Indicator
  readonly value: number | null
  readonly target: { readonly indicator: Indicator; readonly target: Target } | null
  readonly result: IndicatorResult
  readonly directive: Directive
  /** Whose it is; null where figures were only tried. */
  readonly unit: string | null
  /** Written when first asked for. */
  words: Text | null
}

const ForecastRef = builder.objectRef<Forecast>('Forecast').implement({
  description: 'Where the year would end if it went on as it has: a range, and never a verdict.',
  fields: (t) => ({
    low: t.exposeFloat('low', { description: "The lower of both ways of going on, in the indicator's unit." }),
    high: t.exposeFloat('high', { description: 'The higher of both ways of going on.' }),
    byThisYear: t.exposeFloat('byThisYear', { description: 'Where it would end at the pace of this year so far.' }),
    byLastYear: t.exposeFloat('byLastYear', {
      nullable: true,
      description: 'Going on as the year before did from the same day; null where its months are not known.',
    }),
    explanation: t.string({
      description: 'As a sentence for a report.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ explanation }, { locale }) => explanation[locale ?? 'vi'],
    }),
  }),
})

export const ResultRef = builder.objectRef<ResultOf>('IndicatorResult').implement({
  description: "One indicator of a unit's evaluation.",
  fields: (t) => ({
    indicator: t.expose('indicator', { type: IndicatorRef, description: 'What was judged.' }),
    status: t.expose('status', { type: ComplianceStatus, description: 'What it comes to.' }),
    exceeded: t.exposeBoolean('exceeded', {
      description: 'Met, and beyond the number of the target in the better direction.',
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
    inherited: t.expose('inherited', {
      type: Inheritance,
      nullable: true,
      description:
        "What of the directive's stands in for a target that the unit does not have itself; null for its own.",
    }),
    measurement: t.expose('measurement', {
      type: MeasurementRef,
      nullable: true,
      description: 'The figure that was judged, with its own date; null where there is none, or one was only tried.',
    }),
    margin: t.exposeFloat('margin', {
      nullable: true,
      description: "In the indicator's unit; positive is better than the target.",
    }),
    completion: t.exposeFloat('completion', {
      nullable: true,
      description: 'What a report prints as done: 1 is the target.',
    }),
    progress: t.exposeFloat('progress', {
      nullable: true,
      description: 'Of levels and rates: the share of the way from a known baseline that is worse than the target.',
    }),
    pace: t.expose('pace', {
      type: Pace,
      nullable: true,
      description: 'Only in progress, and only where there is a path through the year.',
    }),
    forecast: t.field({
      type: ForecastRef,
      nullable: true,
      ...FORECAST,
      description:
        "Where the year would end; null where there is no path through the year. The pace of the year before is of the unit's own figures or, of days before it stood, of those whose place it took.",
      resolve: async ({ unit, result, indicator, directive }, _, context) =>
        forecast(result, {
          lastYear: unit === null ? [] : await daysOfYear(unit, indicator, directive.year - 1, context),
        }),
    }),
    explanation: t.string({
      description: 'The result as a sentence for a report.',
      args: { locale: t.arg(localeArg) },
      resolve: (resultOf, { locale }) => {
        resultOf.words ??= resultOf.result.explanation
        return resultOf.words[locale ?? 'vi']
      },
    }),
  }),
})

const shownResults = new WeakMap<Evaluation, readonly ResultOf[]>()

/** The results of an evaluation as the API shows them: made once, since evaluations are kept. */
function resultsOf({ directive, evaluation, figures, unit }: EvaluationOf): readonly ResultOf[] {
  let results = shownResults.get(evaluation)
  if (!results) {
    const figureOf = new Map(figures.map((figure) => [figure.indicatorId, figure]))
    results = evaluation.results.map((result, i) => {
      const indicator = directive.indicators[i] as Indicator
      const { status, exceeded, value, target, inherited, margin, completion, progress, pace } = result
      return {
        indicator,
        status,
        exceeded,
        value: value === null ? null : Number(value),
        target: target && { indicator, target },
        inherited,
        measurement: figureOf.get(indicator.id) ?? null,
        margin,
        completion,
        progress,
        pace,
        result,
        directive,
        unit,
        words: null,
      }
    })
    shownResults.set(evaluation, results)
  }
  return results
}

export interface EvaluationOf {
  readonly directive: Directive
  readonly evaluation: Evaluation
  /** The stored ones of those that were judged. */
  readonly figures: readonly ColumnFigure[]
  /** Whose figures they are, by code; null where they were only tried. */
  readonly unit: string | null
}

const resultOrder = orderOf<ResultOf>('ResultOrder', 'as in the text of the directive', {
  NAME: { description: "By the indicator's name, as Vietnamese sorts it.", of: ({ indicator }) => indicator.name.vi },
  COMPLETION: { description: 'By what is done of the target.', of: ({ completion }) => completion },
  PROGRESS: { description: 'By the share of the way from the baseline.', of: ({ progress }) => progress },
})

export const EvaluationRef = builder.objectRef<EvaluationOf>('Evaluation').implement({
  description: "A unit's figures held against its targets.",
  fields: (t) => ({
    summary: t.field({
      type: SummaryRef,
      description: 'How many of the results are met, not met, in progress and so on.',
      resolve: ({ evaluation }) => evaluation.summary,
    }),
    results: t.field({
      type: [ResultRef],
      ...PER_INDICATOR,
      description: 'One for each indicator.',
      args: {
        status: t.arg({ type: [ComplianceStatus], description: 'Only results of these statuses.' }),
        pace: t.arg({ type: [Pace], description: 'Only those in progress at one of these paces.' }),
        indicators: t.arg.stringList({ description: 'Only these, by id.' }),
        section: t.arg.string({
          description: 'Only those that this section states. UNKNOWN_SECTION for one without indicators.',
        }),
        orderBy: t.arg(resultOrder.args.orderBy),
        descending: t.arg(resultOrder.args.descending),
      },
      resolve: (parent, { status, pace, indicators, section, orderBy, descending }) => {
        const ids = wantedIds(indicators)
        const results = resultsOf(parent) as ResultOf[]
        const isThere = inSection(section, 'section', parent.directive.indicators)
        const order = { orderBy, descending }
        if (!status && !pace && !ids && !section) return resultOrder.sort(results, order) as ResultOf[]
        const wanted = results.filter(
          (result) =>
            isThere(result.indicator) &&
            (!status || status.includes(result.status)) &&
            (!pace || (result.pace !== null && pace.includes(result.pace))) &&
            (!ids || ids.has(result.indicator.id)),
        )
        return resultOrder.sort(wanted, order) as ResultOf[]
      },
    }),
  }),
})

builder.objectField(UnitRef, 'evaluation', (t) =>
  t.field({
    type: EvaluationRef,
    ...EVALUATION,
    description:
      "Its figures held against its own targets; without one a rate falls back to the directive's, and a total has none.",
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      figureStatus: t.arg(figureStatusArg),
      recordedBefore: t.arg(recordedBeforeArg),
    },
    resolve: ({ id }, { year, asOf, ...counting }, { memory }) => {
      const moment = judgedMoment(year, asOf)
      return whenReady(
        memory.day({ unit: id, ...moment }, countingOf(counting)),
        (day): EvaluationOf => ({
          directive: day.directive(id),
          evaluation: day.evaluation(id),
          figures: day.figures(id),
          unit: id,
        }),
      )
    },
  }),
)
