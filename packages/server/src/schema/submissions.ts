import { GraphQLError } from 'graphql'
import { whoMay } from '../accounts/rights.ts'
import type { Figure } from '../figures/newest.ts'
import { type Submission, storeSubmission, storeWithdrawal } from '../figures/submit.ts'
import type { FigureWarning } from '../figures/warnings.ts'
import { builder } from './builder.ts'
import { authorOf } from './context.ts'
import { inputError } from './errors.ts'
import { findIndicator, findUnit } from './lookups.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.ts'
import { localeArg } from './scalars.ts'
import { momentOf } from './years.ts'

const CODES = {
  UNKNOWN_UNIT: { description: 'No unit has this code.' },
  UNKNOWN_YEAR: { description: 'No figures belong to this year.' },
  BAD_DATE: { description: 'The date does not lie in the year.' },
  EMPTY: { description: 'There is no value in it.' },
  UNKNOWN_INDICATOR: { description: 'No indicator has this id.' },
  DUPLICATE_INDICATOR: { description: 'The indicator is given twice.' },
  WRONG_TYPE: { description: 'A milestone takes 1 or 0; a figure is finite.' },
  IDEMPOTENCY_CONFLICT: { description: 'The key was used before, with other content.' },
  EDIT_CONFLICT: { description: 'Somebody else corrected one of the figures at the same time: read again.' },
} as const
const ErrorCode = builder.enumType('SubmissionErrorCode', {
  description: 'Why a submission was refused.',
  values: CODES,
})

interface SubmissionError {
  readonly path: readonly string[]
  readonly code: keyof typeof CODES
  readonly message: string
}
interface Payload {
  readonly measurements: readonly Figure[]
  readonly errors: readonly SubmissionError[]
  readonly warnings: readonly FigureWarning[]
}

const ErrorRef = builder.objectRef<SubmissionError>('SubmissionError').implement({
  description: 'What was wrong in a submission, where, and what would be right.',
  fields: (t) => ({
    path: t.stringList({ description: 'Where, from `input` down.', resolve: ({ path }) => [...path] }),
    code: t.field({ type: ErrorCode, description: 'Why.', resolve: ({ code }) => code }),
    message: t.exposeString('message', { description: 'The same in words.' }),
  }),
})

const WarningRef = builder.objectRef<FigureWarning>('SubmissionWarning').implement({
  description:
    'Figures that were stored and do not agree, with each other or with what was there; nothing is corrected.',
  fields: (t) => ({
    indicators: t.stringList({ description: 'Their ids.', resolve: ({ indicators }) => [...indicators] }),
    message: t.string({
      description: 'What does not agree, with the arithmetic.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ message }, { locale }) => message[locale ?? 'vi'],
    }),
  }),
})

const PayloadRef = builder.objectRef<Payload>('SubmitMeasurementsPayload').implement({
  description: 'Either all values were stored, or none and `errors` says why.',
  fields: (t) => ({
    measurements: t.field({
      type: [MeasurementRef],
      description: 'What was stored, in the order given.',
      resolve: ({ measurements }) => measurements.map(shown),
    }),
    errors: t.field({ type: [ErrorRef], description: 'Every problem.', resolve: ({ errors }) => [...errors] }),
    warnings: t.field({
      type: [WarningRef],
      description: 'What was stored nevertheless.',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
})

const ValueInput = builder.inputType('MeasurementValueInput', {
  description: 'One figure.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1 or 0." }),
    revision: t.int({
      description:
        'The revision that you saw and correct, 0 for none: EDIT_CONFLICT where another one came in since. Without it the newest is corrected, whichever it is.',
    }),
  }),
})

const SubmitMeasurementsInput = builder.inputType('SubmitMeasurementsInput', {
  description: "A unit's figures of one date.",
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'The year that the figures belong to.' }),
    asOf: t.field({ type: 'Date', required: true, description: 'The day that they stand for, in that year.' }),
    status: t.field({ type: MeasurementStatusRef, required: true, description: 'How final they are.' }),
    source: t.string({ description: 'Who published them, where and when.' }),
    reason: t.string({
      description: 'Why figures that are there already are corrected. Without it a correction is warned about.',
    }),
    values: t.field({ type: [ValueInput], required: true, description: 'Each indicator at most once.' }),
    idempotencyKey: t.string({
      description:
        'The same key with the same content stores once and answers the same; with other content it is refused.',
    }),
  }),
})

builder.mutationType({ description: 'Writing always needs a token.' })

builder.mutationField('submitMeasurements', (t) =>
  t.field({
    type: PayloadRef,
    description: `Stores figures, all or none, each as a new revision; nothing is overwritten. ${whoMay('REPORT_FIGURES')}`,
    authScopes: (_, { input }) => ({ may: { action: 'REPORT_FIGURES', unit: input.unit } }),
    args: { input: t.arg({ type: SubmitMeasurementsInput, required: true, description: 'The figures.' }) },
    resolve: async (_, { input }, context): Promise<Payload> => {
      const errors = [
        ...(await collect(['unit'], () => findUnit(input.unit, 'unit', context))),
        ...(await collect(['year'], () => momentOf(input.year, null))),
      ]
      if (!input.asOf.startsWith(`${input.year}-`)) {
        errors.push(problem(['asOf'], 'BAD_DATE', `asOf ${input.asOf} does not lie in ${input.year}`))
      }
      errors.push(...(await problemsOf(input.values)))
      if (errors.length > 0) return { measurements: [], errors, warnings: [] }

      const { unit, year, asOf, status } = input
      const values = input.values.map(({ indicator, value, revision }) => ({
        indicator,
        value,
        revision: revision ?? null,
      }))
      // Before anything is stored: what was there is what the new figures are held against.
      const before = await context.loaders.figures.load({ unit, year, asOf })
      const outcome = await storeSubmission(
        context.prisma,
        authorOf(context, input.reason ?? input.source ?? null),
        {
          unit,
          year,
          asOf,
          status,
          values,
          source: input.source ?? null,
          reason: input.reason ?? null,
          idempotencyKey: input.idempotencyKey ?? null,
        } satisfies Submission,
        before,
      )
      if ('refused' in outcome) {
        const path = outcome.refused === 'IDEMPOTENCY_CONFLICT' ? ['idempotencyKey'] : ['values']
        const error = problem(path, outcome.refused, CODES[outcome.refused].description)
        return { measurements: [], errors: [error], warnings: [] }
      }
      context.changes.announce(new Set([unit]))
      return { measurements: outcome.stored, errors: [], warnings: outcome.warnings }
    },
  }),
)

const WithdrawInput = builder.inputType('WithdrawMeasurementInput', {
  description: 'A figure to take back.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'The year that it belongs to.' }),
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    asOf: t.field({ type: 'Date', required: true, description: 'The day that it stands for.' }),
    status: t.field({ type: MeasurementStatusRef, required: true, description: 'How final it is.' }),
    reason: t.string({ required: true, description: 'Why: kept in its history.' }),
  }),
})

builder.mutationField('withdrawMeasurement', (t) =>
  t.field({
    type: MeasurementRef,
    description: `Takes a figure of one date and status back, all its revisions: the one before it counts again. Nothing is deleted. ${whoMay('REPORT_FIGURES')}`,
    args: { input: t.arg({ type: WithdrawInput, required: true, description: 'Which, and why.' }) },
    authScopes: (_, { input }) => ({ may: { action: 'REPORT_FIGURES', unit: input.unit } }),
    resolve: async (_, { input: { reason, ...key } }, context) => {
      await findUnit(key.unit, 'input.unit', context)
      findIndicator(key.indicator, 'input.indicator')
      if (reason.trim() === '') {
        throw inputError('BAD_INPUT', 'a withdrawal takes a reason', { argument: 'input.reason', value: reason })
      }
      const withdrawn = await storeWithdrawal(context.prisma, authorOf(context, reason), key)
      if (withdrawn) {
        context.changes.announce(new Set([key.unit]))
        return shown(withdrawn)
      }
      throw inputError(
        'BAD_INPUT',
        `${key.unit} has no ${key.status} figure of ${key.indicator} of ${key.asOf} that stands, or it just changed`,
        { argument: 'input', value: key.asOf },
      )
    },
  }),
)

const problem = (path: readonly string[], code: keyof typeof CODES, message: string): SubmissionError => ({
  path: ['input', ...path],
  code,
  message,
})

/** The typed error of a look-up as an error of the payload. */
async function collect(path: readonly string[], look: () => unknown): Promise<SubmissionError[]> {
  try {
    await look()
    return []
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return [problem(path, error.extensions.code as keyof typeof CODES, error.message)]
  }
}

async function problemsOf(
  values: readonly { readonly indicator: string; readonly value: number }[],
): Promise<SubmissionError[]> {
  if (values.length === 0) return [problem(['values'], 'EMPTY', 'give at least one value')]
  const seen = new Set<string>()
  const problems: SubmissionError[] = []
  for (const [i, { indicator: id, value }] of values.entries()) {
    const path = ['values', String(i)]
    const unknown = await collect([...path, 'indicator'], () => findIndicator(id, 'indicator'))
    problems.push(...unknown)
    if (unknown.length > 0) continue
    if (seen.has(id)) problems.push(problem([...path, 'indicator'], 'DUPLICATE_INDICATOR', `"${id}" is given twice`))
    else if (!Number.isFinite(value)) {
      problems.push(problem([...path, 'value'], 'WRONG_TYPE', `"${id}" takes a finite number`))
    } else if (findIndicator(id, 'indicator').measure === 'milestone' && value !== 0 && value !== 1) {
      problems.push(problem([...path, 'value'], 'WRONG_TYPE', `"${id}" takes 1 (maintained) or 0, not ${value}`))
    }
    seen.add(id)
  }
  return problems
}
