// Taking a figure back.
import { findIndicator } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { change } from '../graphql/change.ts'
import { expected, mutation } from '../graphql/mutation.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnit, unitIdOn } from '../units/units.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.schema.ts'
import { storeWithdrawal } from './submit.ts'

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
  work: async ({ reason, expected: seen, idempotencyKey: _, unit: code, ...figure }, call) => {
    const unit = await findUnit(code, 'input.unit', call.context, figure.asOf)
    const { id: indicator } = findIndicator(figure.indicator, 'input.indicator')
    const key = { ...figure, indicator, unit: unit.id }
    const { answer } = await change(
      { ...call, reason },
      async (transaction, author) => {
        const withdrawn = await storeWithdrawal(transaction, author, key, seen ?? null)
        if (withdrawn) return withdrawn
        throw inputError(
          'BAD_INPUT',
          {
            vi: `${code} không có số liệu ${STATUS_NAMES[key.status]} của ${key.indicator} ngày ${key.asOf} đang có hiệu lực`,
            en: `${code} has no ${key.status} figure of ${key.indicator} of ${key.asOf} that stands`,
          },
          { argument: 'input', value: key.asOf },
        )
      },
      { touches: () => new Set([key.unit]) },
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

const STATUS_NAMES = { estimate: 'ước thực hiện', preliminary: 'sơ bộ', official: 'chính thức' } as const
