// Taking a figure back.
import { whoMay } from '../accounts/rights.ts'
import { findIndicator } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change, EXPECTED, idempotencyKey } from '../graphql/change.ts'
import { findUnit, unitIdOn } from '../units/units.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.schema.ts'
import { storeWithdrawal } from './submit.ts'

const WithdrawInput = builder.inputType('WithdrawMeasurementInput', {
  description: 'A figure to take back.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'The year that it belongs to.' }),
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    asOf: t.field({ type: 'Date', required: true, description: 'The day that it stands for.' }),
    status: t.field({ type: MeasurementStatusRef, required: true, description: 'How final it is.' }),
    reason: t.string({ ...LONG_TEXT, required: true, description: 'Why: kept in its history.' }),
    expected: t.int({ description: `The newest revision that you saw. ${EXPECTED}` }),
    idempotencyKey: t.field(idempotencyKey),
  }),
})

builder.mutationField('withdrawMeasurement', (t) =>
  t.field({
    type: MeasurementRef,
    description: `Takes a figure of one date and status back, all its revisions: the one before it counts again. Nothing is deleted. ${whoMay('REPORT_FIGURES')}`,
    args: { input: t.arg({ type: WithdrawInput, required: true, description: 'Which, and why.' }) },
    authScopes: async (_, { input: { unit, asOf } }, context) => ({
      may: { action: 'REPORT_FIGURES', unit: await unitIdOn(unit, asOf, context) },
    }),
    resolve: async (_, args, context, info) => {
      const { reason, expected, idempotencyKey: _key, unit, ...figure } = args.input
      const { id } = await findUnit(unit, 'input.unit', context, figure.asOf)
      const key = { ...figure, unit: id }
      findIndicator(key.indicator, 'input.indicator')
      const { answer } = await change(
        { context, info, args, reason },
        async (transaction, author) => {
          const withdrawn = await storeWithdrawal(transaction, author, key, expected ?? null)
          if (withdrawn) return withdrawn
          throw inputError(
            'BAD_INPUT',
            {
              vi: `${key.unit} không có số liệu ${STATUS_NAMES[key.status]} của ${key.indicator} ngày ${key.asOf} đang có hiệu lực`,
              en: `${key.unit} has no ${key.status} figure of ${key.indicator} of ${key.asOf} that stands`,
            },
            { argument: 'input', value: key.asOf },
          )
        },
        { touches: () => new Set([key.unit]) },
      )
      return shown(answer)
    },
  }),
)

const STATUS_NAMES = { estimate: 'ước thực hiện', preliminary: 'sơ bộ', official: 'chính thức' } as const
