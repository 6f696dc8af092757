import { may, whoMay } from '../accounts/rights.ts'
import { IndicatorRef } from '../directive/directive.schema.ts'
import { findIndicator, indicatorInYear, wantedIds } from '../directive/indicators.ts'
import { nothingWith } from '../errors/input-error.ts'
import type { ColumnFigure } from '../figures/columns.ts'
import { countingOf } from '../figures/counting.ts'
import type { Figure } from '../figures/newest.ts'
import { seriesOf } from '../figures/series.ts'
import type { MaybePromise } from '../figures/when-ready.ts'
import { whenReady } from '../figures/when-ready.ts'
import { isDay, momentOf } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { FIGURES, list, RECORDED } from '../graphql/cost.ts'
import type { FigureRow } from '../graphql/loaders.ts'
import { orderOf } from '../graphql/order.ts'
import { asOfArg, yearArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { storedUnit } from '../units/units.ts'

export const MeasurementStatusRef = builder.enumType('MeasurementStatus', {
  description: 'How final a figure is. On one date official beats preliminary beats estimate.',
  values: {
    ESTIMATE: { value: 'estimate', description: 'Ước thực hiện' },
    PRELIMINARY: { value: 'preliminary', description: 'Sơ bộ' },
    OFFICIAL: { value: 'official', description: 'Chính thức' },
  } as const,
})

/** The arguments of every field that says which figures count, as {@link countingOf} reads them. */
export const figureStatusArg = {
  type: [MeasurementStatusRef] as [typeof MeasurementStatusRef],
  description: 'Only figures of these kinds count, for example OFFICIAL alone. Default: every kind.',
}
export const recordedBeforeArg = {
  type: 'DateTime',
  description:
    'What was known then: only figures and targets that were recorded before that moment count, with the revisions of that time. Facts, filings, deadlines and members of clusters are those of today. Default: all that is known.',
} as const

/** From memory, or with all that the database keeps of it. Its fields are named as the API's: reading one is no call. */
type AnyFigure = ColumnFigure | (Figure & Pick<ColumnFigure, 'indicator'>)

/** A figure from the database, as the API shows it. */
export const shown = (figure: Figure) => ({
  ...figure,
  indicator: indicatorInYear(figure.indicatorId, figure.year),
})

/** What only the database keeps of a figure. */
function recorded<Key extends 'note' | 'reason' | 'recordedBy' | 'recordedAt'>(
  figure: AnyFigure,
  key: Key,
  { loaders }: Context,
): MaybePromise<Figure[Key]> {
  return 'recordedAt' in figure ? figure[key] : loaders.recorded.load(figure).then((row) => row[key])
}

/** {@link recorded}, for those who may read it. */
async function withRight<Key extends 'reason' | 'recordedBy'>(figure: AnyFigure, key: Key, context: Context) {
  const { unitCode: unit, year } = figure
  return (await may({ action: 'READ_RECORDS', unit, year }, context)) ? recorded(figure, key, context) : null
}

/** What the global id of a figure is made of. */
export const figureKey = ({ year, indicatorId, asOf, status, revision, unitCode }: AnyFigure) =>
  [year, indicatorId, asOf, status, revision, unitCode].join(':')

/** The key of a figure's row out of its global id. */
function rowOf(id: string): FigureRow {
  const [, year, indicatorId = '', asOf = '', status, revision, unitCode = ''] = KEY.exec(id) ?? []
  if (year === undefined || !isDay(asOf)) throw nothingWith(id)
  return {
    year: Number(year),
    indicatorId,
    asOf,
    status: status as Figure['status'],
    revision: Number(revision),
    unitCode,
  }
}
const KEY = /^(\d{4}):([a-z0-9-]+):(\d{4}-\d\d-\d\d):(estimate|preliminary|official):([1-9]\d{0,8}):(.+)$/

export const MeasurementRef = builder.objectRef<AnyFigure>('Measurement')
builder.node(MeasurementRef, {
  description: 'A figure that a unit reported or a source published.',
  id: { resolve: figureKey, description: 'Global id: of this revision, for ever.' },
  brandLoadedObjects: true,
  loadOne: async (id, { loaders }) => shown(await loaders.recorded.load(rowOf(id))),
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit whose figure it is, as it stood on that day.',
      resolve: ({ unitCode, asOf }, _, context) => storedUnit(unitCode, context, asOf),
    }),
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
      ...RECORDED,
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
      ...RECORDED,
      nullable: true,
      description: `Why it was corrected or withdrawn. Null where that is withheld: ${whoMay('READ_RECORDS')}`,
      resolve: (figure, _, context) => withRight(figure, 'reason', context),
    }),
    recordedBy: t.string({
      ...RECORDED,
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RECORDS')}`,
      resolve: (figure, _, context) => withRight(figure, 'recordedBy', context),
    }),
    recordedAt: t.field({
      type: 'DateTime',
      ...RECORDED,
      description: 'When it was recorded.',
      resolve: (figure, _, context) => recorded(figure, 'recordedAt', context),
    }),
  }),
})

const figureOrder = orderOf<ColumnFigure>('MeasurementOrder', 'as in the text of the directive', {
  DATE: { description: 'By the day that the figure stands for.', of: ({ asOf }) => asOf },
  VALUE: { description: 'By the number, whatever it counts: of use within one indicator.', of: ({ value }) => value },
})

builder.objectField(UnitRef, 'measurements', (t) =>
  t.field({
    type: [MeasurementRef],
    ...FIGURES,
    description: 'The figures that count on a date: for each indicator the newest on or before it.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      indicators: t.arg.stringList({ description: 'Only these ids. UNKNOWN_INDICATOR for one that does not exist.' }),
      figureStatus: t.arg(figureStatusArg),
      recordedBefore: t.arg(recordedBeforeArg),
      orderBy: t.arg(figureOrder.args.orderBy),
      descending: t.arg(figureOrder.args.descending),
    },
    resolve: ({ id }, { year, asOf, indicators, orderBy, descending, ...counting }, { memory }) => {
      const wanted = wantedIds(indicators)
      return whenReady(memory.day({ unit: id, ...momentOf(year, asOf) }, countingOf(counting)), (day) => {
        const figures = day.figures(id)
        const chosen = wanted === null ? figures : figures.filter(({ indicatorId }) => wanted.has(indicatorId))
        return figureOrder.sort(chosen, { orderBy, descending }) as ColumnFigure[]
      })
    },
  }),
)

builder.objectField(UnitRef, 'history', (t) =>
  t.field({
    type: [MeasurementRef],
    ...list(10, 200),
    description:
      'Every figure of one indicator, corrected ones too: nothing is overwritten. The one that counts comes first.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of the indicator.' }),
      year: t.arg(yearArg),
    },
    resolve: async ({ id }, { indicator, year }, { loaders }) => {
      const figures = await loaders.history.load({
        unit: id,
        year: momentOf(year, null).year,
        indicator: findIndicator(indicator, 'indicator').id,
      })
      return figures.map(shown)
    },
  }),
)

builder.objectField(UnitRef, 'series', (t) =>
  t.field({
    type: [MeasurementRef],
    ...list(10, 200),
    description:
      'The way of one indicator through a year: for each day that there are figures of, the one that counts, first day first. Corrected and withdrawn ones are in `history`.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of the indicator.' }),
      year: t.arg(yearArg),
      figureStatus: t.arg(figureStatusArg),
    },
    resolve: async ({ id: unit }, { indicator, year, figureStatus }, { loaders }) => {
      const { id } = findIndicator(indicator, 'indicator')
      const { statuses } = countingOf({ figureStatus })
      const revisions = await loaders.history.load({ unit, year: momentOf(year, null).year, indicator: id })
      return seriesOf(revisions, statuses).map(shown)
    },
  }),
)
