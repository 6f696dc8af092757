// Taking a figure back.
import { findIndicator } from '../directive/indicators.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { change } from '../graphql/change.ts'
import { expected, mutation } from '../graphql/mutation.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnit, unitIdOn } from '../units/units.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.schema.ts'
import { withdrawFigure } from './withdrawals.ts'

mutation('withdrawMeasurement', {
  description:
    'Takes a figure of one date and status back, all its revisions: the one before it counts again. Nothing is deleted.',
  right: 'REPORT_FIGURES',
  input: {
    description: 'A figure to take back.',
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit.' }),
      year: t.int({ required: true, description: 'The year that it belongs to.' }),
      indicator: t.string({ required: true, description: 'The id of the indicator.' }),
      asOf: t.field({ type: 'Date', required: true, description: 'The day that it stands for.' }),
      status: t.field({ type: MeasurementStatusRef, required: true, description: 'How final it is.' }),
      reason: t.string({ ...LONG_TEXT, required: true, description: 'Why: kept in its history.' }),
      expected: expected(t, 'Int', 'The newest revision that you saw.'),
    }),
  },
  demand: async ({ unit, asOf }, context) => ({
    action: 'REPORT_FIGURES',
    unit: await unitIdOn(unit, asOf, context),
  }),
  work: async ({ reason, expected: seen, idempotencyKey: _, ...figure }, call) => {
    const unit = await findUnit(figure.unit, 'input.unit', call.context, figure.asOf)
    const { id: indicator } = findIndicator(figure.indicator, 'input.indicator')
    const { answer } = await change(
      { ...call, reason },
      (transaction, author) => withdrawFigure(transaction, author, { ...figure, unit, indicator }, seen ?? null),
      { touches: () => new Set([unit.id]) },
    )
    return { measurement: answer, unit }
  },
  payload: {
    fields: (t) => ({
      measurement: t.field({
        type: MeasurementRef,
        nullable: true,
        description: 'The revision that takes it back.',
        resolve: ({ measurement }) => measurement && shown(measurement),
      }),
      unit: t.expose('unit', {
        type: UnitRef,
        nullable: true,
        description: 'The unit, as it is now: ask here for what counts again, and a cache is right.',
      }),
    }),
  },
})
