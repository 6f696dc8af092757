import type { Text, UnitLevel } from '@dienbien/targets'
import type { Outcome } from '../database/once.ts'
import { findIndicator } from '../directive/indicators.ts'
import { givenTwice, InputError } from '../errors/input-error.ts'
import type { Figure } from '../figures/newest.ts'
import type { Unit } from '../figures/registry.ts'
import { directiveMeasuring, hasFigures, lastDay, momentOf } from '../figures/years.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { askedIn, type Change, change, type Work } from '../graphql/change.ts'
import { authorOf } from '../graphql/context.ts'
import { perRow } from '../graphql/cost.ts'
import { mutation } from '../graphql/mutation.ts'
import { localeArg } from '../graphql/scalars.ts'
import { type UserError, type UserErrorCode, userError, userErrorOf } from '../graphql/user-errors.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnit, unitIdOn } from '../units/units.ts'
import { dayProblem, figureProblem, valueProblem } from './figure-rules.ts'
import { MeasurementRef, MeasurementStatusRef, shown } from './measurements.schema.ts'
import { type Stored, type Submission, storedAnything, storeSubmission } from './submit.ts'
import type { FigureWarning } from './warnings.ts'

interface Submitted {
  /** Null where there is none of that code. */
  readonly unit: Unit | null
  readonly measurements: readonly Figure[]
  readonly unchanged: readonly string[]
  readonly warnings: readonly FigureWarning[]
  readonly replayed: boolean
  readonly errors: readonly UserError[]
}

const WarningRef = builder.objectRef<FigureWarning>('SubmissionWarning').implement({
  description:
    'Figures that were stored and do not agree, with each other or with what was there; nothing is corrected.',
  fields: (t) => ({
    indicators: t.stringList({
      description: 'The ids of the indicators that do not agree.',
      resolve: ({ indicators }) => [...indicators],
    }),
    message: t.string({
      description: 'What does not agree, with the arithmetic.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ message }, { locale }) => message[locale ?? 'vi'],
    }),
  }),
})

const ValueInput = builder.inputType('MeasurementValueInput', {
  description: 'A figure of one indicator.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1 or 0." }),
    revision: t.int({
      description:
        'The revision that you saw and correct, 0 for none: EDIT_CONFLICT where another one came in since. Without it the newest is corrected, whichever it is.',
    }),
  }),
})

builder.mutationType({ description: 'Writing always needs a token.' })

mutation('submitMeasurements', {
  description:
    'Stores figures, all or none, each as a new revision; nothing is overwritten, and what stands already is not stored again.',
  right: 'REPORT_FIGURES',
  cost: perRow(({ values }: { readonly values: readonly unknown[] }) => values.length),
  input: {
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
    }),
  },
  demand: async (input, context) => ({
    action: 'REPORT_FIGURES',
    unit: await unitIdOn(input.unit, dayOf(input), context),
  }),
  work: async (input, call): Promise<Submitted> => {
    const found = await collect(['unit'], () => findUnit(input.unit, 'unit', call.context, dayOf(input)))
    const errors = [...found.errors, ...(await collect(['year'], () => momentOf(input.year, null))).errors]
    const outside = dayProblem(input.asOf, input.year)
    if (outside) errors.push(problem(['asOf'], 'BAD_DATE', outside))
    errors.push(...(await problemsOf(input.values, found.value?.level ?? null, input.year)))
    const about = { unit: found.value }
    if (errors.length > 0) return { ...about, ...NOTHING, errors }

    const { year, asOf, status, source = null, reason = null } = input
    const { id: unit } = found.value as Unit
    const values = input.values.map(({ indicator, value, revision }) => ({
      indicator: findIndicator(indicator, 'indicator').id,
      value,
      revision: revision ?? null,
    }))
    try {
      const submission = { unit, year, asOf, status, values, source, reason }
      const { answer, replayed } = await store(submission, { ...call, reason: reason ?? source })
      return { ...about, ...answerOf(answer), errors: [], replayed }
    } catch (error) {
      const refused = userErrorOf(error, input)
      if (!refused) throw error
      return { ...about, ...NOTHING, errors: [refused] }
    }
  },
  payload: {
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
        resolve: ({ measurements = [] }) => measurements.map(shown),
      }),
      unchanged: t.stringList({
        description:
          'The ids of the indicators of which the same value from the same source stood already: nothing was stored of them, and `measurements` has the revision that stands.',
        resolve: ({ unchanged = [] }) => [...unchanged],
      }),
      warnings: t.field({
        type: [WarningRef],
        description: 'What was stored nevertheless.',
        resolve: ({ warnings = [] }) => [...warnings],
      }),
      replayed: t.boolean({
        description:
          'The idempotency key was used before: `measurements` are what was stored then. They may have been corrected or withdrawn since; nothing was stored now.',
        resolve: ({ replayed = false }) => replayed,
      }),
    }),
  },
})

/** The day on which a unit has the code by which it is named: that of its figures, which may lie in another year by mistake. */
const dayOf = ({ year, asOf }: { readonly year: number; readonly asOf: string }): string =>
  asOf.startsWith(`${year}-`) ? asOf : lastDay(year)

const NOTHING = { measurements: [], unchanged: [], warnings: [], replayed: false } as const

/** Answers that were kept under a key before there was `unchanged` do not have it. */
const answerOf = ({ stored, unchanged = [], warnings }: Stored) => ({ measurements: stored, unchanged, warnings })

/** With others in one commit where that goes, else alone. */
async function store(submission: Submission, asked: Change): Promise<Outcome<Stored>> {
  const { context, reason } = asked
  const offered = { author: authorOf(context, reason), asked: askedIn(asked), submission }
  const together = await context.submissions?.offer(offered)
  if (together) return together
  // Before anything is stored: what was there is what the new figures are held against.
  const before = await context.memory.figures(submission)
  const work: Work<Stored> = (transaction, author) => storeSubmission(transaction, author, submission, before)
  return change(asked, work, {
    retryTaken: true,
    touches: (answer) => (storedAnything(answer) ? new Set([submission.unit]) : undefined),
  })
}

const problem = (path: readonly string[], code: UserErrorCode, text: Text): UserError =>
  userError(code, text, ['input', ...path])

/** What a look-up found, or its typed error as an error of the payload. */
async function collect<T>(
  path: readonly string[],
  look: () => T | Promise<T>,
): Promise<{ readonly value: T | null; readonly errors: readonly UserError[] }> {
  try {
    return { value: await look(), errors: [] }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { value: null, errors: [userError(error.code, error.text, ['input', ...path], error.details)] }
  }
}

/** @param level of the unit; null where there is none, which was told already */
async function problemsOf(
  values: readonly { readonly indicator: string; readonly value: number }[],
  level: UnitLevel | null,
  year: number,
): Promise<UserError[]> {
  // What no directive of that year measures would be stored and never shown.
  const directive = hasFigures(year) ? directiveMeasuring(year) : undefined
  if (values.length === 0)
    return [problem(['values'], 'EMPTY', { vi: 'ghi ít nhất một số liệu', en: 'give at least one value' })]
  const seen = new Set<string>()
  const problems: UserError[] = []
  for (const [i, { indicator: id, value }] of values.entries()) {
    const path = ['values', String(i)]
    const { value: indicator, errors } = await collect([...path, 'indicator'], () =>
      findIndicator(id, 'indicator', directive),
    )
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
