import type { Text, UnitLevel } from '@dienbien/targets'
import { whoMay } from '../accounts/rights.ts'
import { KeyReused, type Outcome } from '../database/once.ts'
import { EditConflict } from '../database/write.ts'
import { findIndicator } from '../directive/indicators.ts'
import { givenTwice, InputError } from '../errors/input-error.ts'
import type { Figure } from '../figures/newest.ts'
import type { Unit } from '../figures/registry.ts'
import { lastDay, momentOf } from '../figures/years.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { askedIn, type Change, change, idempotencyKey, type Work } from '../graphql/change.ts'
import { authorOf } from '../graphql/context.ts'
import { perRow } from '../graphql/cost.ts'
import { clientLocaleArg, localeArg } from '../graphql/scalars.ts'
import { currentLocale } from '../http/request-scope.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnit, unitIdOn } from '../units/units.ts'
import { dayProblem, figureProblem, valueProblem } from './figure-rules.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.schema.ts'
import { type Stored, type Submission, storedAnything, storeSubmission } from './submit.ts'
import type { FigureWarning } from './warnings.ts'

const CODES = {
  UNKNOWN_UNIT: { description: 'No unit has this code.' },
  UNKNOWN_YEAR: { description: 'No figures belong to this year.' },
  BAD_DATE: { description: 'The date does not lie in the year.' },
  EMPTY: { description: 'There is no value in it.' },
  UNKNOWN_INDICATOR: { description: 'No indicator has this id.' },
  DUPLICATE_INDICATOR: { description: 'The indicator is given twice.' },
  WRONG_TYPE: { description: 'A milestone takes 1 or 0; a figure is a number from −10^15 to 10^15.' },
  OUT_OF_RANGE: { description: 'A count is whole and not negative, nor is a total; a share lies between 0 and 100.' },
  NOT_MEASURED: { description: 'The indicator is not measured at the level of the unit.' },
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
  readonly text: Text
}
interface Payload {
  /** Null where there is none of that code. */
  readonly unit: Unit | null
  readonly measurements: readonly Figure[]
  readonly errors: readonly SubmissionError[]
  readonly unchanged: readonly string[]
  readonly warnings: readonly FigureWarning[]
  readonly replayed: boolean
}

const ErrorRef = builder.objectRef<SubmissionError>('SubmissionError').implement({
  description: 'What was wrong in a submission, where, and what would be right.',
  fields: (t) => ({
    path: t.stringList({ description: 'Where, from `input` down.', resolve: ({ path }) => [...path] }),
    code: t.field({ type: ErrorCode, description: 'Why.', resolve: ({ code }) => code }),
    message: t.string({
      description: 'The same in words.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? currentLocale()],
    }),
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
    unit: t.field({
      type: UnitRef,
      nullable: true,
      description:
        'The unit, as it is now: ask here for what the figures changed, and a cache is right. Null where there is none of that code.',
      resolve: ({ unit }) => unit,
    }),
    measurements: t.field({
      type: [MeasurementRef],
      description: 'Of each value the figure that stands for it now, in the order given.',
      resolve: ({ measurements }) => measurements.map(shown),
    }),
    unchanged: t.stringList({
      description:
        'The ids of the indicators of which the same value from the same source stood already: nothing was stored of them, and `measurements` has the revision that stands.',
      resolve: ({ unchanged }) => [...unchanged],
    }),
    errors: t.field({ type: [ErrorRef], description: 'Every problem.', resolve: ({ errors }) => [...errors] }),
    warnings: t.field({
      type: [WarningRef],
      description: 'What was stored nevertheless.',
      resolve: ({ warnings }) => [...warnings],
    }),
    replayed: t.exposeBoolean('replayed', {
      description:
        'The idempotency key was used before: `measurements` are what was stored then. They may have been corrected or withdrawn since; nothing was stored now.',
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
    source: t.string({ ...LONG_TEXT, description: 'Who published them, where and when.' }),
    reason: t.string({
      ...LONG_TEXT,
      description: 'Why figures that are there already are corrected. Without it a correction is warned about.',
    }),
    values: t.field({ type: [ValueInput], required: true, description: 'Each indicator at most once.' }),
    idempotencyKey: t.field(idempotencyKey),
  }),
})

builder.mutationType({ description: 'Writing always needs a token.' })

builder.mutationField('submitMeasurements', (t) =>
  t.field({
    type: PayloadRef,
    ...perRow(({ values }: { readonly values: readonly unknown[] }) => values.length),
    description: `Stores figures, all or none, each as a new revision; nothing is overwritten, and what stands already is not stored again. ${whoMay('REPORT_FIGURES')}`,
    authScopes: async (_, { input }, context) => ({
      may: { action: 'REPORT_FIGURES', unit: await unitIdOn(input.unit, dayOf(input), context) },
    }),
    args: { input: t.arg({ type: SubmitMeasurementsInput, required: true, description: 'The figures.' }) },
    resolve: async (_, args, context, info): Promise<Payload> => {
      const { input } = args
      const found = await collect(['unit'], () => findUnit(input.unit, 'unit', context, dayOf(input)))
      const errors = [...found.errors, ...(await collect(['year'], () => momentOf(input.year, null))).errors]
      const outside = dayProblem(input.asOf, input.year)
      if (outside) errors.push(problem(['asOf'], 'BAD_DATE', outside))
      errors.push(...(await problemsOf(input.values, found.value?.level ?? null)))
      const about = { unit: found.value }
      if (errors.length > 0) return { ...about, ...NOTHING, errors, replayed: false }

      const { year, asOf, status } = input
      const { id: unit } = found.value as Unit
      const values = input.values.map(({ indicator, value, revision }) => ({
        indicator,
        value,
        revision: revision ?? null,
      }))
      const reason = input.reason ?? input.source ?? null
      const submission: Submission = {
        unit,
        year,
        asOf,
        status,
        values,
        source: input.source ?? null,
        reason: input.reason ?? null,
      }
      const call = { context, info, args, reason }
      const offered = { author: authorOf(context, reason), asked: askedIn(call), submission }
      try {
        // With others in one commit where that goes, else alone.
        const together = await context.submissions?.offer(offered)
        const { answer, replayed } = together ?? (await storeAlone(call, submission))
        return { ...about, ...answerOf(answer), errors: [], replayed }
      } catch (error) {
        const refused =
          error instanceof KeyReused
            ? problem(['idempotencyKey'], 'IDEMPOTENCY_CONFLICT', error.text)
            : error instanceof EditConflict
              ? problem(['values'], 'EDIT_CONFLICT', error.text)
              : null
        if (!refused) throw error
        return { ...about, ...NOTHING, errors: [refused], replayed: false }
      }
    },
  }),
)

/** The day on which a unit has the code by which it is named: that of its figures, which may lie in another year by mistake. */
const dayOf = ({ year, asOf }: { readonly year: number; readonly asOf: string }): string =>
  asOf.startsWith(`${year}-`) ? asOf : lastDay(year)

const NOTHING = { measurements: [], unchanged: [], warnings: [] } as const

/** Answers that were kept under a key before there was `unchanged` do not have it. */
const answerOf = ({ stored, unchanged = [], warnings }: Stored) => ({ measurements: stored, unchanged, warnings })

async function storeAlone(call: Change, submission: Submission): Promise<Outcome<Stored>> {
  const { loaders } = call.context
  // Before anything is stored: what was there is what the new figures are held against.
  const before = await loaders.figures.load(submission)
  const work: Work<Stored> = (transaction, author) => storeSubmission(transaction, author, submission, before)
  return change(call, work, {
    retryTaken: true,
    touches: (answer) => (storedAnything(answer) ? new Set([submission.unit]) : undefined),
  })
}

const problem = (path: readonly string[], code: keyof typeof CODES, text: Text): SubmissionError => ({
  path: ['input', ...path],
  code,
  text,
})

/** What a look-up found, or its typed error as an error of the payload. */
async function collect<T>(
  path: readonly string[],
  look: () => T | Promise<T>,
): Promise<{ readonly value: T | null; readonly errors: readonly SubmissionError[] }> {
  try {
    return { value: await look(), errors: [] }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { value: null, errors: [problem(path, error.code as keyof typeof CODES, error.text)] }
  }
}

/** @param level of the unit; null where there is none, which was told already */
async function problemsOf(
  values: readonly { readonly indicator: string; readonly value: number }[],
  level: UnitLevel | null,
): Promise<SubmissionError[]> {
  if (values.length === 0)
    return [problem(['values'], 'EMPTY', { vi: 'ghi ít nhất một số liệu', en: 'give at least one value' })]
  const seen = new Set<string>()
  const problems: SubmissionError[] = []
  for (const [i, { indicator: id, value }] of values.entries()) {
    const path = ['values', String(i)]
    const { value: indicator, errors } = await collect([...path, 'indicator'], () => findIndicator(id, 'indicator'))
    problems.push(...errors)
    if (!indicator) continue
    const wrong = level ? figureProblem(indicator, level, value) : valueProblem(indicator, value)
    if (seen.has(id))
      problems.push(problem([...path, 'indicator'], 'DUPLICATE_INDICATOR', givenTwice(id, 'indicator').text))
    else if (wrong) {
      const place = wrong.code === 'NOT_MEASURED' ? 'indicator' : 'value'
      problems.push(problem([...path, place], wrong.code, wrong.text))
    }
    seen.add(id)
  }
  return problems
}
