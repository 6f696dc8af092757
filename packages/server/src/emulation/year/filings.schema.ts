import type { FieldMap } from '@pothos/core'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { DutyRef } from '../../directive/duties.schema.ts'
import { indicatorInYear } from '../../directive/indicators.ts'
import { nothingWith } from '../../errors/input-error.ts'
import type { Unit } from '../../figures/registry.ts'
import { hasFigures, lastDay } from '../../figures/years.ts'
import type { Filing } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { type Change, change } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit, unitDuring, unitIdDuring } from '../../units/units.ts'
import {
  documentOf,
  findDuty,
  lateness,
  type NewFiling,
  pactOf,
  type RegisteredTarget,
  registeredTargets,
  type ScoreSheetLine,
  storeFiling,
} from './filings.ts'
import { pointsOf, readableFilings, scoreLines } from './scores.ts'

export const FilingKindRef = builder.enumType('FilingKind', {
  description: 'What is filed in an emulation year.',
  values: {
    PACT: { value: 'pact', description: 'Giao ước thi đua, with the registered targets.' },
    PLAN: { value: 'plan', description: 'Kế hoạch thi đua.' },
    MIDTERM: { value: 'midterm', description: 'Báo cáo sơ kết.' },
    FINAL: { value: 'final', description: 'Báo cáo tổng kết.' },
    DUTY: { value: 'duty', description: 'A report on a duty without a number, sections 3.4 to 4.4.' },
    SELF_SCORE: { value: 'self_score', description: 'Điểm tự chấm.' },
    APPRAISED_SCORE: { value: 'appraised_score', description: 'Điểm thẩm định.' },
  } as const,
})

const RegisteredTargetRef = builder
  .objectRef<RegisteredTarget & { readonly filing: Filing }>('RegisteredTarget')
  .implement({
    description: 'What a unit promised in its pact. It does not change the target that the unit is judged by.',
    fields: (t) => ({
      indicator: t.field({
        type: IndicatorRef,
        description: 'The indicator that the unit pledged a value of.',
        resolve: ({ indicator, filing: { year } }) => indicatorInYear(indicator, year),
      }),
      value: t.exposeFloat('value', { description: "In the indicator's unit." }),
      assigned: t.float({
        nullable: true,
        description: "The unit's own assigned target at the end of the year; null where it has none.",
        resolve: async ({ indicator, filing: { unitCode, year } }, _, { memory }) => {
          const targets = await memory.targets({ unit: unitCode, year, asOf: `${year}-12-31` })
          return targets.find(({ indicatorId }) => indicatorId === indicator)?.value ?? null
        },
      }),
    }),
  })

const ScoreSheetLineRef = builder.objectRef<ScoreSheetLine>('ScoreSheetLine').implement({
  description: 'Points for one indicator or criterion.',
  fields: (t) => ({
    item: t.exposeString('item', { description: "An indicator's id, or a criterion's in the policy." }),
    points: t.exposeFloat('points', { description: "The points, on the policy's scale." }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'A link or a text.' }),
  }),
})

const deadlineOf = async ({ kind, unitCode: code, year }: Filing, { memory }: Context) =>
  (await memory.unitDeadlines({ code, year })).find((deadline) => deadline.kind === kind)

/** What was filed, whichever its newest revision is, as a global id says it. */
const FILING = /^(\d{4}):([a-z_]+):([^:]*):(.+)$/

async function filingBy(id: string, context: Context): Promise<Filing> {
  const [, year, kind, subject, unit = ''] = FILING.exec(id) ?? []
  if (!hasFigures(Number(year))) throw nothingWith(id)
  const at = { code: unit, year: Number(year) }
  const readable = await readableFilings(await context.memory.filings(at), unit, at.year, context)
  const found = readable.find((filing) => filing.kind === kind && filing.subject === subject)
  if (!found) throw nothingWith(id)
  return found
}

/** Prisma's rows, but of the year in memory: as facts and deadlines, rankings ask for them by the thousand. */
export const FilingRef = builder.objectRef<Filing>('Filing')
builder.node(FilingRef, {
  description: 'Something that was filed: the newest revision counts, earlier ones are kept.',
  id: {
    resolve: ({ year, kind, subject, unitCode }) => [year, kind, subject, unitCode].join(':'),
    description: 'Global id: of what was filed, whichever its newest revision is.',
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'filedOn' in value,
  loadOne: filingBy,
  fields: (t) => ({
    kind: t.field({
      type: FilingKindRef,
      description: 'Whether it is a pact, a plan, a review, a report or a score.',
      resolve: ({ kind }) => kind,
    }),
    unit: t.field({
      type: UnitRef,
      description: 'The unit that filed it, as it stood at the end of that year.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    year: t.exposeInt('year', { description: 'The emulation year.' }),
    duty: t.field({
      type: DutyRef,
      nullable: true,
      description: 'The duty that a report is about.',
      resolve: ({ kind, subject, year }) => (kind === 'duty' ? findDuty(subject, year) : null),
    }),
    filedOn: t.field({
      type: 'Date',
      description: 'The day on which it was signed or filed.',
      resolve: ({ filedOn }) => isoDay(filedOn),
    }),
    signedBy: t.exposeString('signedBy', { description: 'The person who signed.' }),
    evidence: t.exposeString('evidence', { description: 'A link or a text.' }),
    targets: t.field({
      type: [RegisteredTargetRef],
      description: 'The targets that a pact registers; empty otherwise.',
      resolve: (filing) => registeredTargets(filing).map((target) => ({ ...target, filing })),
    }),
    lines: t.field({
      type: [ScoreSheetLineRef],
      description: 'The lines of a score; empty otherwise.',
      resolve: (filing) => [...scoreLines(filing)],
    }),
    points: t.float({
      nullable: true,
      description: 'The sum of the lines of a score.',
      resolve: (filing) => (scoreLines(filing).length > 0 ? pointsOf(filing) : null),
    }),
    dueOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'By when it was due; null without a deadline.',
      resolve: async (filing, _, context) => {
        const deadline = await deadlineOf(filing, context)
        return deadline ? isoDay(deadline.dueOn) : null
      },
    }),
    daysLate: t.int({
      description: '0 where it came in time or no deadline is set.',
      resolve: async (filing, _, { memory }) =>
        lateness(filing, await memory.unitDeadlines({ code: filing.unitCode, year: filing.year })),
    }),
    revision: t.exposeInt('revision', { description: 'The revision, from 1: the newest counts.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When this revision was recorded.' }),
    recordedBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RECORDS')}`,
      resolve: async ({ unitCode: unit, year, recordedBy }, _, context) =>
        (await may({ action: 'READ_RECORDS', unit, year }, context)) ? recordedBy : null,
    }),
  }),
})

/** What the author of something with revisions says to have seen. */
export const REVISION_SEEN = 'The newest revision that you saw, 0 for none.'

/** Of the payload of what changes a unit. */
export const CHANGED_UNIT = {
  type: UnitRef,
  description: 'The unit, as it is now: ask here for what the change made of it, and a cache is right.',
} as const

/** What a mutation that files something answers. */
export const FILED = {
  fields: (t: PayloadFields): FieldMap => ({
    filing: t.expose('filing', { type: FilingRef, nullable: true, description: 'What was filed, as it was filed.' }),
    unit: t.expose('unit', { ...CHANGED_UNIT, nullable: true }),
  }),
}
type PayloadFields = PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Partial<Filed>>

interface Filed {
  readonly filing: Filing
  readonly unit: Unit
}

/** Stores a filing that the rules let through. */
export async function store(
  filing: NewFiling,
  unit: Unit,
  expected: number | null | undefined,
  call: Omit<Change, 'reason'>,
): Promise<Filed> {
  const { answer } = await change(
    { ...call, reason: filing.evidence },
    (transaction, author) => storeFiling(transaction, author, filing, expected ?? null),
    { touches: () => new Set([filing.unit]) },
  )
  return { filing: answer, unit }
}

const RegisteredTargetInput = builder.inputType('RegisteredTargetInput', {
  description: 'A target to register in a pact.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1." }),
  }),
})

mutation('signPact', {
  description: 'Records the pact that a member of a cluster signed, with the targets that it registered.',
  right: 'FILE',
  input: {
    description: "A unit's emulation pact of a year.",
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit that signs.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      on: onDay(t),
      signedOn: t.field({ type: 'Date', required: true, description: 'The day of the signature.' }),
      signedBy: t.string({ required: true, description: 'The person who signed.' }),
      targets: t.field({ type: [RegisteredTargetInput], required: true, description: 'Each indicator at most once.' }),
      evidence: t.string({ ...LONG_TEXT, required: true, description: 'The document: a link or its number.' }),
      expected: expected(t, 'Int', REVISION_SEEN),
    }),
  },
  demand: async ({ unit, ...during }, context) => ({ action: 'FILE', unit: await unitIdDuring(unit, context, during) }),
  work: async ({ expected: seen, ...pact }, call) => {
    const unit = await unitDuring(pact.unit, 'input.unit', call.context, pact)
    return store(pactOf({ ...pact, unit: unit.id }, unit.level), unit, seen, call)
  },
  payload: FILED,
})

mutation('fileDocument', {
  description: 'Files a plan, a mid-term or final review, or a report on a duty with its evidence.',
  right: 'FILE',
  input: {
    description: 'A plan, a review, or a report on a duty.',
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      on: onDay(t),
      kind: t.field({ type: FilingKindRef, required: true, description: 'PLAN, MIDTERM, FINAL or DUTY.' }),
      duty: t.string({ description: 'The id of the duty, with DUTY only.' }),
      filedOn: t.field({ type: 'Date', required: true, description: 'The day of the document.' }),
      signedBy: t.string({ required: true, description: 'The person who signed.' }),
      evidence: t.string({ ...LONG_TEXT, required: true, description: 'A link or a text.' }),
      expected: expected(t, 'Int', REVISION_SEEN),
    }),
  },
  demand: async ({ unit, ...during }, context) => ({ action: 'FILE', unit: await unitIdDuring(unit, context, during) }),
  work: async ({ expected: seen, duty, ...document }, call) => {
    const filing = documentOf({ ...document, duty: duty ?? null })
    const unit = await unitDuring(document.unit, 'input.unit', call.context, document)
    return store({ ...filing, unit: unit.id }, unit, seen, call)
  },
  payload: FILED,
})
