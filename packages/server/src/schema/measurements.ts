import type { ColumnFigure } from '../figures/columns.ts'
import type { Figure } from '../figures/newest.ts'
import type { MaybePromise } from '../figures/store.ts'
import { whenReady } from '../figures/store.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { PER_INDICATOR } from './cost.ts'
import { IndicatorRef } from './indicators.ts'
import { findIndicator } from './lookups.ts'
import { UnitRef } from './units.ts'
import { momentOf } from './years.ts'

export const MeasurementStatusRef = builder.enumType('MeasurementStatus', {
  description: 'How final a figure is. On one date official beats preliminary beats estimate.',
  values: {
    ESTIMATE: { value: 'estimate', description: 'Ước thực hiện' },
    PRELIMINARY: { value: 'preliminary', description: 'Sơ bộ' },
    OFFICIAL: { value: 'official', description: 'Chính thức' },
  } as const,
})

/** From memory, or with all that the database keeps of it. Its fields are named as the API's: reading one is no call. */
type AnyFigure = ColumnFigure | (Figure & Pick<ColumnFigure, 'indicator'>)

/** A figure from the database, as the API shows it. */
export const shown = (figure: Figure) => ({ ...figure, indicator: findIndicator(figure.indicatorId, 'indicator') })

/** What only the database keeps of a figure. */
function recorded<Key extends 'note' | 'reason' | 'recordedBy' | 'recordedAt'>(
  figure: AnyFigure,
  key: Key,
  { loaders }: Context,
): MaybePromise<Figure[Key]> {
  return 'recordedAt' in figure ? figure[key] : loaders.recorded.load(figure).then((row) => row[key])
}

export const MeasurementRef = builder.objectRef<AnyFigure>('Measurement').implement({
  description: 'A figure that a unit reported or a source published.',
  fields: (t) => ({
    indicator: t.expose('indicator', { type: IndicatorRef, description: 'What was measured.' }),
    value: t.exposeFloat('value', { description: "In the indicator's unit; a milestone is 1 or 0." }),
    year: t.exposeInt('year', { description: 'The year that it belongs to.' }),
    asOf: t.expose('asOf', {
      type: 'Date',
      description: 'A flow counts from 1 January to this day; a level is the state on it.',
    }),
    status: t.expose('status', { type: MeasurementStatusRef, description: 'How final it is.' }),
    source: t.exposeString('source', { nullable: true, description: 'Who published it, where and when.' }),
    note: t.string({
      nullable: true,
      description: 'What the source says besides.',
      resolve: (figure, _, context) => recorded(figure, 'note', context),
    }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    revision: t.exposeInt('revision', { description: 'Counts from 1; a correction is the next one.' }),
    withdrawn: t.boolean({
      description: 'Takes back all revisions of its date and status up to this one; only in a history.',
      resolve: (figure) => 'withdrawn' in figure && figure.withdrawn,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was corrected or withdrawn.',
      resolve: (figure, _, context) => recorded(figure, 'reason', context),
    }),
    recordedBy: t.string({
      description: 'By whom.',
      resolve: (figure, _, context) => recorded(figure, 'recordedBy', context),
    }),
    recordedAt: t.string({
      description: 'When it was recorded: ISO 8601, UTC.',
      resolve: (figure, _, context) => recorded(figure, 'recordedAt', context),
    }),
  }),
})

builder.objectField(UnitRef, 'measurements', (t) =>
  t.field({
    type: [MeasurementRef],
    ...PER_INDICATOR,
    description:
      'The figures that count on a date: for each indicator the newest on or before it. In the order of the directive.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year that the figures belong to.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the end of the year.' }),
      indicators: t.arg.stringList({ description: 'Only these ids. UNKNOWN_INDICATOR for one that does not exist.' }),
    },
    resolve: ({ code }, { year, asOf, indicators }, { loaders }) => {
      const wanted = indicators ? new Set(indicators.map((id) => findIndicator(id, 'indicators').id)) : null
      return whenReady(loaders.figures.now({ unit: code, ...momentOf(year ?? 2022, asOf) }), (figures) =>
        wanted === null ? (figures as ColumnFigure[]) : figures.filter(({ indicatorId }) => wanted.has(indicatorId)),
      )
    },
  }),
)

builder.objectField(UnitRef, 'history', (t) =>
  t.field({
    type: [MeasurementRef],
    description:
      'Every figure of one indicator, corrected ones too: nothing is overwritten. The one that counts comes first.',
    args: {
      indicator: t.arg.string({ required: true, description: 'Its id.' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year that the figures belong to.' }),
    },
    resolve: async ({ code }, { indicator, year }, { loaders }) => {
      const figures = await loaders.history.load({
        unit: code,
        year: momentOf(year ?? 2022, null).year,
        indicator: findIndicator(indicator, 'indicator').id,
      })
      return figures.map(shown)
    },
  }),
)
