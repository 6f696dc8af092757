// The year of a unit in its cluster: pact, plan, reviews, reports on duties, scores, facts and deadlines.
import { type Duty, directive2022, nearest } from '@dienbien/targets'
import { defaultPolicy, ELIGIBILITY_FACTS, examplePolicy1000 } from '@dienbien/targets/emulation'
import { whoMay } from '../../accounts/rights.ts'
import { writeAs } from '../../database/write.ts'
import { tidy } from '../../decimal.ts'
import { daysLate } from '../../emulation/facts.ts'
import {
  type NewFiling,
  pointsOf,
  type RegisteredTarget,
  registeredTargets,
  type ScoreSheetLine,
  scoreLines,
  storeFiling,
} from '../../emulation/filings.ts'
import { type Deadline, type EligibilityFact, type Filing, Prisma } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { builder } from '../builder.ts'
import { ClusterRef, clusterInYear } from '../clusters.ts'
import { authorOf, type Context } from '../context.ts'
import { editConflict, inputError } from '../errors.ts'
import { DutyRef, IndicatorRef } from '../indicators.ts'
import { findCluster, findIndicator, findUnit, storedUnit } from '../lookups.ts'
import { UnitRef } from '../units.ts'
import { directiveOf } from '../years.ts'

const FilingKindRef = builder.enumType('FilingKind', {
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

interface RegisteredOf extends RegisteredTarget {
  readonly filing: Filing
}

const RegisteredTargetRef = builder.objectRef<RegisteredOf>('RegisteredTarget').implement({
  description: 'What a unit promised in its pact. It does not change the target that the unit is judged by.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'Of what.',
      resolve: ({ indicator }) => findIndicator(indicator, 'indicator'),
    }),
    value: t.exposeFloat('value', { description: "In the indicator's unit." }),
    assigned: t.float({
      nullable: true,
      description: "The unit's own assigned target at the end of the year; null where it has none.",
      resolve: async ({ indicator, filing }, _, { loaders }) => {
        const { unitCode, year } = filing
        const targets = await loaders.targets.load({ unit: unitCode, year, asOf: `${year}-12-31` })
        return targets.find(({ indicatorId }) => indicatorId === indicator)?.value ?? null
      },
    }),
  }),
})

const ScoreSheetLineRef = builder.objectRef<ScoreSheetLine>('ScoreSheetLine').implement({
  description: 'Points for one indicator or criterion.',
  fields: (t) => ({
    item: t.exposeString('item', { description: "An indicator's id, or a criterion's in the policy." }),
    points: t.exposeFloat('points', { description: "On the policy's scale." }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'A link or a text.' }),
  }),
})

const FilingRef = builder.objectRef<Filing>('Filing').implement({
  description: 'Something that was filed: the newest revision counts, earlier ones are kept.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What it is.', resolve: ({ kind }) => kind }),
    unit: t.field({
      type: UnitRef,
      description: 'Whose it is.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    year: t.exposeInt('year', { description: 'Of the emulation.' }),
    duty: t.field({
      type: DutyRef,
      nullable: true,
      description: 'The duty that a report is about.',
      resolve: ({ kind, subject }) => (kind === 'duty' ? findDuty(subject) : null),
    }),
    filedOn: t.field({
      type: 'Date',
      description: 'The day on which it was signed or filed.',
      resolve: ({ filedOn }) => isoDate(filedOn),
    }),
    signedBy: t.exposeString('signedBy', { description: 'The person who signed.' }),
    evidence: t.exposeString('evidence', { description: 'A link or a text.' }),
    targets: t.field({
      type: [RegisteredTargetRef],
      description: 'Registered in a pact; empty otherwise.',
      resolve: (filing) => registeredTargets(filing).map((one) => ({ ...one, filing })),
    }),
    lines: t.field({
      type: [ScoreSheetLineRef],
      description: 'Of a score; empty otherwise.',
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
      resolve: async ({ kind, year }, _, context) => {
        const deadline = await deadlineOf(kind, year, context)
        return deadline ? isoDate(deadline.dueOn) : null
      },
    }),
    daysLate: t.int({
      description: '0 where it came in time or no deadline is set.',
      resolve: async ({ kind, year, filedOn }, _, context) => {
        const deadline = await deadlineOf(kind, year, context)
        return deadline ? daysLate(filedOn, deadline.dueOn) : 0
      },
    }),
    revision: t.exposeInt('revision', { description: 'Counts from 1.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    recordedAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ recordedAt }) => recordedAt.toISOString() }),
    recordedBy: t.exposeString('recordedBy', { description: 'By whom.' }),
  }),
})

const isoDate = (date: Date) => date.toISOString().slice(0, 10)

async function deadlineOf(kind: FilingKind, year: number, { loaders }: Context): Promise<Deadline | undefined> {
  return (await loaders.deadlines.load(year)).find((one) => one.kind === kind)
}

function findDuty(id: string): Duty {
  const duty = directive2022.duties.find((one) => one.id === id)
  if (duty) return duty
  const near = nearest(
    id,
    directive2022.duties.map((one) => one.id),
  )
  throw inputError('UNKNOWN_DUTY', `no duty "${id}"${near ? `; did you mean "${near}"?` : ''}`, {
    argument: 'input.duty',
    value: id,
    nearest: near,
  })
}

const FactRef = builder.objectRef<EligibilityFact>('EligibilityFact').implement({
  description: 'A recorded fact of eligibility, with its evidence.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'As the policy names it.' }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'True, false or a count; null took it back to unknown.',
      resolve: ({ value }) => value,
    }),
    evidence: t.exposeString('source', { description: 'A document or a link.' }),
    revision: t.exposeInt('revision', { description: 'Counts from 1.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    recordedAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ recordedAt }) => recordedAt.toISOString() }),
    recordedBy: t.exposeString('recordedBy', { description: 'By whom.' }),
  }),
})

const DeadlineRef = builder.objectRef<Deadline>('Deadline').implement({
  description: 'By when something is due. The directive sets no days: each says who did.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What is due.', resolve: ({ kind }) => kind }),
    year: t.exposeInt('year', { description: 'Of the emulation.' }),
    dueOn: t.field({ type: 'Date', description: 'The last day in time.', resolve: ({ dueOn }) => isoDate(dueOn) }),
    source: t.exposeString('source', { description: 'Who set it.' }),
  }),
})

interface DueOf {
  readonly deadline: Deadline
  readonly filing: Filing | undefined
  readonly on: string
}

const DueStateRef = builder.enumType('DueState', {
  description: 'Where a filing stands against its deadline.',
  values: {
    FILED: { description: 'In time.' },
    LATE: { description: 'After the deadline.' },
    MISSING: { description: 'Not there, and the deadline has passed.' },
    OPEN: { description: 'Not there yet.' },
  } as const,
})

const DueRef = builder.objectRef<DueOf>('Due').implement({
  description: 'A deadline and what became of it.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What is due.', resolve: ({ deadline }) => deadline.kind }),
    dueOn: t.field({
      type: 'Date',
      description: 'The last day in time.',
      resolve: ({ deadline }) => isoDate(deadline.dueOn),
    }),
    state: t.field({
      type: DueStateRef,
      description: 'Where it stands.',
      resolve: ({ deadline, filing, on }) => {
        if (filing) return daysLate(filing.filedOn, deadline.dueOn) > 0 ? 'LATE' : 'FILED'
        return on > isoDate(deadline.dueOn) ? 'MISSING' : 'OPEN'
      },
    }),
    filing: t.field({
      type: FilingRef,
      nullable: true,
      description: 'What was filed.',
      resolve: ({ filing }) => filing ?? null,
    }),
  }),
})

interface DutyReportOf {
  readonly duty: Duty
  readonly filing: Filing | undefined
}

const DutyReportRef = builder.objectRef<DutyReportOf>('DutyReport').implement({
  description: 'A duty without a number, and the report on it.',
  fields: (t) => ({
    duty: t.field({ type: DutyRef, description: 'The duty.', resolve: ({ duty }) => duty }),
    filing: t.field({
      type: FilingRef,
      nullable: true,
      description: 'Null where nothing was reported.',
      resolve: ({ filing }) => filing ?? null,
    }),
  }),
})

interface EmulationYearOf {
  readonly unit: string
  readonly year: number
  readonly filings: readonly Filing[]
}

const byKind = (filings: readonly Filing[], kind: FilingKind) => filings.find((one) => one.kind === kind)

const EmulationYearRef = builder.objectRef<EmulationYearOf>('EmulationYear').implement({
  description: "A unit's year in its cluster.",
  fields: (t) => {
    const filing = (kind: FilingKind, description: string) =>
      t.field({
        type: FilingRef,
        nullable: true,
        description,
        resolve: ({ filings }) => byKind(filings, kind) ?? null,
      })
    return {
      pact: filing('pact', 'The pact that it signed.'),
      plan: filing('plan', 'Its plan.'),
      midterm: filing('midterm', 'Its mid-term review.'),
      final: filing('final', 'Its final review.'),
      selfScore: filing('self_score', 'The score that it gave itself.'),
      appraisedScore: filing('appraised_score', 'The score that its appraisers gave it.'),
      scoreDifference: t.float({
        nullable: true,
        description: 'Self-score − appraised score; null where one of them is missing.',
        resolve: ({ filings }) => {
          const [self, appraised] = [byKind(filings, 'self_score'), byKind(filings, 'appraised_score')]
          return self && appraised ? tidy(pointsOf(self) - pointsOf(appraised)) : null
        },
      }),
      dutyReports: t.field({
        type: [DutyReportRef],
        description: 'All duties in the order of the directive, with its reports on them.',
        resolve: ({ filings, year }) =>
          directiveOf(year).duties.map((duty) => ({
            duty,
            filing: filings.find(({ kind, subject }) => kind === 'duty' && subject === duty.id),
          })),
      }),
      facts: t.field({
        type: [FactRef],
        description: 'What was recorded of its eligibility, by name.',
        resolve: async ({ unit, year }, _, { loaders }) => [
          ...(await loaders.recordedFacts.load({ code: unit, year })),
        ],
      }),
      knownFacts: t.field({
        type: 'JSON',
        description: 'What a ranking knows of it: the recorded facts and those that follow from its filings.',
        resolve: ({ unit, year }, _, { loaders }) => loaders.facts.load({ code: unit, year }),
      }),
      due: t.field({
        type: [DueRef],
        description: 'Every deadline but that of the duties, by date, and what became of it.',
        args: { on: t.arg({ type: 'Date', description: 'The day of the question. Default: today.' }) },
        resolve: async ({ filings, year }, { on }, { loaders }) =>
          (await loaders.deadlines.load(year))
            .filter(({ kind }) => kind !== 'duty')
            .map((deadline) => ({
              deadline,
              filing: byKind(filings, deadline.kind),
              on: on ?? isoDate(new Date()),
            })),
      }),
    }
  },
})

builder.objectField(UnitRef, 'emulationYear', (t) =>
  t.field({
    type: EmulationYearRef,
    description: 'Its pact, plan, reviews, scores, facts and deadlines of a year.',
    args: { year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }) },
    resolve: async ({ code }, { year: asked }, { loaders }) => {
      const { year } = directiveOf(asked ?? 2022)
      return { unit: code, year, filings: await loaders.filings.load({ code, year }) }
    },
  }),
)

builder.objectField(ClusterRef, 'head', (t) =>
  t.field({
    type: UnitRef,
    nullable: true,
    description: 'The unit that heads it in its year; null where nobody says.',
    resolve: async ({ code, year }, _, context) => {
      const [head] = await context.loaders.head.load({ code, year })
      return head ? storedUnit(head.unitCode, context) : null
    },
  }),
)

builder.queryField('deadlines', (t) =>
  t.field({
    type: [DeadlineRef],
    description: 'The deadlines of a year, by date.',
    args: { year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }) },
    resolve: async (_, { year }, { loaders }) => [...(await loaders.deadlines.load(directiveOf(year ?? 2022).year))],
  }),
)

const RegisteredTargetInput = builder.inputType('RegisteredTargetInput', {
  description: 'A target to register in a pact.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1." }),
  }),
})

const SignPactInput = builder.inputType('SignPactInput', {
  description: "A unit's emulation pact of a year.",
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit that signs.' }),
    year: t.int({ required: true, description: 'Of the emulation.' }),
    signedOn: t.field({ type: 'Date', required: true, description: 'The day of the signature.' }),
    signedBy: t.string({ required: true, description: 'The person who signed.' }),
    targets: t.field({ type: [RegisteredTargetInput], required: true, description: 'Each indicator at most once.' }),
    evidence: t.string({ required: true, description: 'The document: a link or its number.' }),
  }),
})

builder.mutationField('signPact', (t) =>
  t.field({
    type: FilingRef,
    description: `Records the pact that a member of a cluster signed, with the targets that it registered. ${whoMay('FILE')}`,
    args: { input: t.arg({ type: SignPactInput, required: true, description: 'The pact.' }) },
    authScopes: (_, { input }) => ({ may: { action: 'FILE', unit: input.unit } }),
    resolve: async (_, { input }, context) => {
      input.targets.forEach(({ indicator }, i) => {
        const path = `input.targets[${i}].indicator`
        findIndicator(indicator, path)
        refuseTwin(
          input.targets.map((one) => one.indicator),
          i,
          path,
        )
      })
      const { unit, year, signedOn, signedBy, targets, evidence } = input
      const filing = { unit, year, kind: 'pact', subject: '', filedOn: signedOn, signedBy, evidence } as const
      return store({ ...filing, content: targets }, context)
    },
  }),
)

const FileDocumentInput = builder.inputType('FileDocumentInput', {
  description: 'A plan, a review, or a report on a duty.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'Of the emulation.' }),
    kind: t.field({ type: FilingKindRef, required: true, description: 'PLAN, MIDTERM, FINAL or DUTY.' }),
    duty: t.string({ description: 'The id of the duty, with DUTY only.' }),
    filedOn: t.field({ type: 'Date', required: true, description: 'The day of the document.' }),
    signedBy: t.string({ required: true, description: 'The person who signed.' }),
    evidence: t.string({ required: true, description: 'A link or a text.' }),
  }),
})

builder.mutationField('fileDocument', (t) =>
  t.field({
    type: FilingRef,
    description: `Files a plan, a mid-term or final review, or a report on a duty with its evidence. ${whoMay('FILE')}`,
    args: { input: t.arg({ type: FileDocumentInput, required: true, description: 'The document.' }) },
    authScopes: (_, { input }) => ({ may: { action: 'FILE', unit: input.unit } }),
    resolve: async (_, { input: { duty, kind, ...input } }, context) => {
      if (!['plan', 'midterm', 'final', 'duty'].includes(kind)) {
        throw inputError('BAD_INPUT', `a ${kind} has a mutation of its own: signPact or submitScore`, {
          argument: 'input.kind',
          value: kind,
        })
      }
      if ((kind === 'duty') !== (duty !== null && duty !== undefined)) {
        throw inputError('BAD_INPUT', kind === 'duty' ? 'say which duty' : 'a duty goes with kind DUTY only', {
          argument: 'input.duty',
          value: duty,
        })
      }
      return store({ ...input, kind, subject: duty ? findDuty(duty).id : '', content: [] }, context)
    },
  }),
)

const ScoreSheetLineInput = builder.inputType('ScoreSheetLineInput', {
  description: 'Points for one indicator or criterion.',
  fields: (t) => ({
    item: t.string({ required: true, description: "An indicator's id, or a criterion's in the policy." }),
    points: t.float({ required: true, description: "On the policy's scale." }),
    evidence: t.string({ description: 'A link or a text.' }),
  }),
})

const ScoreStageRef = builder.enumType('ScoreStage', {
  description: 'Who scored.',
  values: {
    SELF: { value: 'self_score', description: 'The unit itself.' },
    APPRAISED: { value: 'appraised_score', description: 'Its appraisers: the head of the cluster, or the council.' },
  } as const,
})

const SubmitScoreInput = builder.inputType('SubmitScoreInput', {
  description: 'A score sheet.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit that is scored.' }),
    year: t.int({ required: true, description: 'Of the emulation.' }),
    stage: t.field({ type: ScoreStageRef, required: true, description: 'Who scored.' }),
    scoredOn: t.field({ type: 'Date', required: true, description: 'The day of the sheet.' }),
    signedBy: t.string({ required: true, description: 'The person who signed.' }),
    lines: t.field({ type: [ScoreSheetLineInput], required: true, description: 'Each item at most once.' }),
    evidence: t.string({ required: true, description: 'The document: a link or its number.' }),
  }),
})

/** What a score sheet may name besides indicators: the criteria of the policies at hand. */
const criteriaIds = [defaultPolicy, examplePolicy1000].flatMap(({ criteria = [] }) => criteria.map(({ id }) => id))

builder.mutationField('submitScore', (t) =>
  t.field({
    type: FilingRef,
    description: `Stores a self-score (${whoMay('FILE')}) or an appraised score (${whoMay('APPRAISE_SCORE')}) beside it.`,
    args: { input: t.arg({ type: SubmitScoreInput, required: true, description: 'The sheet.' }) },
    authScopes: (_, { input: { unit, year, stage } }) => ({
      may: { action: stage === 'self_score' ? 'FILE' : 'APPRAISE_SCORE', unit, year },
    }),
    resolve: async (_, { input: { stage, scoredOn, lines, ...input } }, context) => {
      if (lines.length === 0)
        throw inputError('BAD_INPUT', 'give at least one line', { argument: 'input.lines', value: [] })
      lines.forEach(({ item, points }, i) => {
        const path = `input.lines[${i}]`
        if (!criteriaIds.includes(item)) findIndicator(item, `${path}.item`)
        refuseTwin(
          lines.map((one) => one.item),
          i,
          `${path}.item`,
        )
        if (!Number.isFinite(points)) {
          throw inputError('BAD_INPUT', 'points must be a number', { argument: `${path}.points`, value: points })
        }
      })
      const content = lines.map(({ item, points, evidence }) => ({ item, points, evidence: evidence ?? null }))
      return store({ ...input, kind: stage, subject: '', filedOn: scoredOn, content }, context)
    },
  }),
)

function refuseTwin(names: readonly string[], i: number, argument: string): void {
  const name = names[i] as string
  if (names.indexOf(name) < i) throw inputError('BAD_INPUT', `"${name}" is given twice`, { argument, value: name })
}

async function store(filing: NewFiling, context: Context): Promise<Filing> {
  directiveOf(filing.year)
  const { code } = await findUnit(filing.unit, 'input.unit', context)
  for (const field of ['signedBy', 'evidence'] as const) {
    if (filing[field].trim() === '') {
      throw inputError('BAD_INPUT', `${field} must not be empty`, { argument: `input.${field}`, value: filing[field] })
    }
  }
  const stored = await storeFiling(context.prisma, authorOf(context, filing.evidence), filing)
  if (!stored) throw editConflict('input')
  context.changes.announce(new Set([code]))
  return stored
}

const RecordFactInput = builder.inputType('RecordFactInput', {
  description: 'A fact of eligibility.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'Of the emulation.' }),
    fact: t.string({ required: true, description: 'disciplined, underInspection, advancedModels …' }),
    value: t.field({ type: 'JSON', description: 'True, false or a count; null takes it back to unknown.' }),
    evidence: t.string({ required: true, description: 'A document or a link.' }),
  }),
})

/** Those that follow from figures cannot be reported. */
const REPORTED_FACTS = [
  ...new Set([
    ...ELIGIBILITY_FACTS.filter((fact) => !['score', 'metRatio', 'noDataRatio'].includes(fact)),
    ...[defaultPolicy, examplePolicy1000].flatMap(({ criteria = [] }) => criteria.map(({ fact }) => fact)),
  ]),
]

/** A policy may ask for a fact of its own, so any name is taken but one that follows from figures, or a near miss. */
function refuseSlip(fact: string): void {
  if (REPORTED_FACTS.includes(fact)) return
  const near = nearest(fact, REPORTED_FACTS)
  const computed = ['score', 'metRatio', 'noDataRatio'].includes(fact)
  if (!computed && near === undefined && /^[a-z][A-Za-z0-9]*$/.test(fact)) return
  const why = computed
    ? 'follows from the figures and cannot be recorded'
    : near
      ? `is unknown; did you mean "${near}"?`
      : 'is no name of a fact: write it like advancedModels'
  throw inputError('UNKNOWN_FACT', `"${fact}" ${why}`, { argument: 'input.fact', value: fact, nearest: near })
}

builder.mutationField('recordFact', (t) =>
  t.field({
    type: FactRef,
    description: `Records what decides a unit's eligibility: discipline, an open case, counted works. ${whoMay('RECORD_FACT')}`,
    args: { input: t.arg({ type: RecordFactInput, required: true, description: 'The fact.' }) },
    authScopes: (_, { input: { unit, year } }) => ({ may: { action: 'RECORD_FACT', unit, year } }),
    resolve: async (_, { input }, context) => {
      const { fact, value, evidence } = input
      const { year } = directiveOf(input.year)
      const { code } = await findUnit(input.unit, 'input.unit', context)
      refuseSlip(fact)
      if (value !== null && value !== undefined && typeof value !== 'boolean' && typeof value !== 'number') {
        throw inputError('BAD_INPUT', 'value must be true, false, a count or null', { argument: 'input.value', value })
      }
      if (evidence.trim() === '') {
        throw inputError('BAD_INPUT', 'evidence must not be empty', { argument: 'input.evidence', value: evidence })
      }
      const author = authorOf(context, evidence)
      const key = { unitCode: code, year, fact }
      const stored = await writeAs(context.prisma, author, async (transaction) => {
        const last = await transaction.eligibilityFact.aggregate({ where: key, _max: { revision: true } })
        return transaction.eligibilityFact.create({
          data: {
            ...key,
            revision: (last._max.revision ?? 0) + 1,
            value: (value as boolean | number | null | undefined) ?? Prisma.DbNull,
            source: evidence,
            recordedBy: author.subject,
          },
        })
      })
      context.changes.announce(new Set([code]))
      return stored
    },
  }),
)

builder.mutationField('setClusterHead', (t) =>
  t.field({
    type: ClusterRef,
    description: `Says which member heads a cluster in a year. ${whoMay('MANAGE_YEAR')}`,
    args: {
      cluster: t.arg.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.arg.int({ required: true, description: 'Of the emulation.' }),
      unit: t.arg.string({ required: true, description: 'The code of one of its members.' }),
      source: t.arg.string({ required: true, description: 'Who decided so.' }),
    },
    authScopes: (_, { cluster, year }) => ({ may: { action: 'MANAGE_YEAR', cluster, year } }),
    resolve: async (_, { cluster, year: asked, unit, source }, context) => {
      const { year } = directiveOf(asked)
      const found = await findCluster(cluster, 'cluster', context)
      const { code } = await findUnit(unit, 'unit', context)
      const members = await context.loaders.members.load({ code: found.code, year })
      if (!members.some(({ unitCode }) => unitCode === code)) {
        throw inputError('BAD_INPUT', `${code} is no member of ${found.code} in ${year}: a member heads its cluster`, {
          argument: 'unit',
          value: unit,
        })
      }
      await writeAs(context.prisma, authorOf(context, source), (transaction) =>
        transaction.clusterHead.upsert({
          where: { clusterCode_year: { clusterCode: found.code, year } },
          create: { clusterCode: found.code, year, unitCode: code, source },
          update: { unitCode: code, source, synthetic: false },
        }),
      )
      context.loaders.head.clear({ code: found.code, year })
      return { ...found, year }
    },
  }),
)

builder.mutationField('setMembership', (t) =>
  t.field({
    type: ClusterRef,
    description: `Puts a unit into a cluster for a year; from another cluster it moves. Other years stay as they are. ${whoMay('MANAGE_YEAR')}`,
    args: {
      cluster: t.arg.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.arg.int({ required: true, description: 'Of the emulation.' }),
      unit: t.arg.string({ required: true, description: 'The code of the unit.' }),
      source: t.arg.string({ required: true, description: 'Who decided so.' }),
    },
    authScopes: (_, { cluster, year }) => ({ may: { action: 'MANAGE_YEAR', cluster, year } }),
    resolve: async (_, { cluster, year: asked, unit, source }, context) => {
      const { year } = directiveOf(asked)
      const { code: clusterCode } = await findCluster(cluster, 'cluster', context)
      const { code: unitCode } = await findUnit(unit, 'unit', context)
      const [head] = await context.prisma.clusterHead.findMany({ where: { unitCode, year, NOT: { clusterCode } } })
      if (head) {
        throw inputError(
          'BAD_INPUT',
          `${unitCode} heads ${head.clusterCode} in ${year}: set another head there first`,
          {
            argument: 'unit',
            value: unit,
          },
        )
      }
      const data = { clusterCode, source, inferred: false, synthetic: false }
      await writeAs(context.prisma, authorOf(context, source), (transaction) =>
        transaction.membership.upsert({
          where: { unitCode_year: { unitCode, year } },
          create: { unitCode, year, ...data },
          update: data,
        }),
      )
      context.changes.announce(null)
      return clusterInYear(await findCluster(clusterCode, 'cluster', context), year)
    },
  }),
)

builder.mutationField('setDeadline', (t) =>
  t.field({
    type: DeadlineRef,
    description: `Says by when a kind of filing is due in a year. ${whoMay('MANAGE_YEAR')}`,
    args: {
      year: t.arg.int({ required: true, description: 'Of the emulation.' }),
      kind: t.arg({ type: FilingKindRef, required: true, description: 'What is due.' }),
      dueOn: t.arg({ type: 'Date', required: true, description: 'The last day in time.' }),
      source: t.arg.string({ required: true, description: 'Who set it.' }),
    },
    authScopes: (_, { year }) => ({ may: { action: 'MANAGE_YEAR', year } }),
    resolve: async (_, { year: asked, kind, dueOn, source }, context) => {
      const { year } = directiveOf(asked)
      const data = { dueOn: new Date(dueOn), source }
      const deadline = await writeAs(context.prisma, authorOf(context, source), (transaction) =>
        transaction.deadline.upsert({
          where: { year_kind: { year, kind } },
          create: { year, kind, ...data },
          update: data,
        }),
      )
      context.changes.announce(null)
      return deadline
    },
  }),
)
