// Score sheets by the adopted point table: stage by stage, line by line, and where they part.

import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { inputError } from '../../errors/input-error.ts'
import { directiveOf, lastDay } from '../../figures/years.ts'
import type { ScoreSheet } from '../../generated/prisma/client.ts'
import type { ScoreSheetStage } from '../../generated/prisma/enums.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { list, work } from '../../graphql/cost.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { yearArg } from '../../graphql/scalars.ts'
import { tidy } from '../../numbers.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit, unitDuring, unitIdDuring } from '../../units/units.ts'
import { documentDayProblem } from '../year/day-rules.ts'
import { REVISION_SEEN } from '../year/filings.schema.ts'
import { mayReadScores } from '../year/scores.ts'
import { perCriterion, SCORED_SHEETS } from './cost.ts'
import { membersByTable } from './members-by-table.ts'
import { PointTableRef } from './point-tables.schema.ts'
import { outcomeOf } from './problems.schema.ts'
import { isOwnStage, linesOf, type SheetLine } from './score-sheets.ts'
import { type Comparison, comparisons, rowsOf, type UnitSheets } from './sheet-comparison.ts'
import { sheetsLoader, storeSheet } from './sheet-store.ts'

const StageRef = builder.enumType('ScoreSheetStage', {
  description: 'Who scores by a point table, in the order of the year. No stage is written after a later one.',
  values: {
    SELF: { value: 'self', description: 'The unit itself, with its evidence.' },
    FIRST: { value: 'first', description: 'Its appraisers: the head of the cluster, other members, the council.' },
    EXPLANATION: { value: 'explanation', description: 'The unit answers to the first score.' },
    SECOND: {
      value: 'second',
      description: 'Its appraisers, after the explanation: the lines that change are enough.',
    },
    FINAL: { value: 'final', description: 'What counts in the end: the lines that change are enough.' },
  } as const,
})

const SheetLineRef = builder.objectRef<SheetLine>('PointSheetLine').implement({
  description: 'What a sheet says of one criterion.',
  fields: (t) => ({
    code: t.exposeString('node', { description: 'The code of the criterion.' }),
    points: t.exposeFloat('points', {
      nullable: true,
      description:
        'The points that it gives; null where it only says that the criterion was not assigned, or came late.',
    }),
    notAssigned: t.exposeBoolean('notAssigned', { description: 'It was not assigned to the unit.' }),
    late: t.exposeBoolean('late', { description: 'It came late: the table says what that costs.' }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'A link or a text.' }),
  }),
})

const SheetRef = builder.prismaObject('ScoreSheet', {
  name: 'PointSheet',
  description:
    'A score sheet by a point table. Append-only: a correction is the next revision of its stage and assessor.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that is scored.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    year: t.exposeInt('year', { description: 'The emulation year.' }),
    stage: t.field({
      type: StageRef,
      description: 'The stage of scoring at which it was written.',
      resolve: ({ stage }) => stage,
    }),
    assessor: t.exposeString('assessor', { description: 'Who scored: the unit itself, or the body that appraised.' }),
    tableVersion: t.exposeInt('tableVersion', { description: 'The version of the point table that it is by.' }),
    scoredOn: t.field({
      type: 'Date',
      description: 'The day of the sheet.',
      resolve: ({ scoredOn }) => isoDay(scoredOn),
    }),
    signedBy: t.exposeString('signedBy', { description: 'The person who signed.' }),
    evidence: t.exposeString('evidence', { description: 'The document: a link or its number.' }),
    lines: t.field({
      type: [SheetLineRef],
      ...perCriterion(5),
      description: 'The lines as they were written.',
      resolve: (sheet) => [...linesOf(sheet)],
    }),
    points: t.float({
      description: 'The sum of its lines, without the bounds of the table.',
      resolve: (sheet) => tidy(linesOf(sheet).reduce((sum, { points }) => sum + (points ?? 0), 0)),
    }),
    revision: t.exposeInt('revision', { description: 'The revision of the sheet, from 1: the newest counts.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When this revision was recorded.' }),
    recordedBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RECORDS')}`,
      resolve: async ({ unitCode: unit, year, recordedBy }, _, context) =>
        (await may({ action: 'READ_RECORDS', unit, year }, context)) ? recordedBy : null,
    }),
  }),
})

const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : tidy(a - b))

const ComparisonRef = builder.objectRef<Comparison>('PointSheetComparison').implement({
  description:
    'A criterion as the table gives it and as each stage scored it; several assessors made one. A sub-total adds up what is written below it.',
  fields: (t) => {
    const stage = (of: ScoreSheetStage, description: string) =>
      t.float({ nullable: true, description, resolve: ({ stages }) => stages[of] })
    return {
      code: t.exposeString('code', { description: 'The code of the criterion.' }),
      name: t.exposeString('name', { description: 'The criterion as printed.' }),
      depth: t.exposeInt('depth', { description: 'The level of the criterion in the table: 0 for the first.' }),
      outOf: t.exposeFloat('outOf', { description: 'The most points that the criterion can bring.' }),
      byTable: t.exposeFloat('byTable', {
        description: 'The points by the rules of the table from figures and facts, whatever anybody scored.',
      }),
      self: stage('self', 'The points that the unit gave itself.'),
      first: stage('first', 'The points of the first score.'),
      explanation: stage('explanation', 'The points that the unit still claims in its answer.'),
      second: stage('second', 'The points of the second score.'),
      final: stage('final', 'The points of the final score.'),
      appraised: t.exposeFloat('appraised', {
        nullable: true,
        description: 'What counts: by the latest appraisal of it.',
      }),
      difference: t.float({
        nullable: true,
        description: 'Self-score − what counts: how far the unit and its appraisers part.',
        resolve: ({ stages, appraised: counts }) => minus(stages.self, counts),
      }),
      departure: t.float({
        nullable: true,
        description: 'What counts − what the table gives: where an assessor went beyond the table, and by how much.',
        resolve: ({ byTable, appraised: counts }) => minus(counts, byTable),
      }),
    }
  },
})

const UnitSheetsRef = builder.objectRef<UnitSheets>('PointSheets').implement({
  description: "A unit's score sheets of a year, by the point table that its cluster adopted.",
  fields: (t) => ({
    pointTable: t.field({
      type: PointTableRef,
      description: 'The adopted point table that the sheets are by.',
      resolve: ({ found }) => found.stored.row,
    }),
    sheets: t.field({
      type: [SheetRef],
      ...list(6),
      description: 'The newest revision of each stage and assessor, in the order of the stages.',
      resolve: (unitSheets) => rowsOf(unitSheets) as ScoreSheet[],
    }),
    lines: t.field({
      type: [ComparisonRef],
      ...SCORED_SHEETS,
      description: 'Every criterion, parents before their children.',
      resolve: comparisons,
    }),
  }),
})

builder.objectField(UnitRef, 'pointSheets', (t) =>
  t.field({
    type: UnitSheetsRef,
    ...work(1000),
    nullable: true,
    description: `Its score sheets by the point table of its cluster. Null where none is adopted, or the scores are withheld, as they are before a ranking of the cluster is published, but: ${whoMay('READ_RECORDS')}`,
    args: { year: t.arg(yearArg) },
    resolve: async ({ id: unit }, { year: asked }, context) => {
      const { year } = directiveOf(asked)
      const cluster = await context.clusterOf(unit, year)
      if (cluster === null || !(await mayReadScores(unit, year, context))) return null
      const found = await membersByTable({ cluster, year }, null, context)
      return found && { unit, found }
    },
  }),
)

const LineInput = builder.inputType('PointSheetLineInput', {
  description: 'Points for one criterion, or what an assessor says of it.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'The code of the criterion, as the table has it.' }),
    points: t.float({
      description: 'What is below it is then not added. An assessor may go beyond its maximum: that is shown.',
    }),
    notAssigned: t.boolean({ defaultValue: false, description: 'It was not assigned to the unit.' }),
    late: t.boolean({ defaultValue: false, description: 'It came late.' }),
    evidence: t.string({ ...LONG_TEXT, description: 'A link or a text.' }),
  }),
})

/** The cluster of a unit, by whose table it is scored. */
async function clusterOf(unit: string, year: number, context: Context): Promise<string> {
  const cluster = await context.clusterOf(unit, year)
  if (cluster !== null) return cluster
  const text = {
    vi: `${unit} không thuộc cụm, khối nào năm ${year}`,
    en: `${unit} is in no cluster in ${year}`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.unit', value: unit })
}

/** Nobody appraises in the name of another; an administrator records sheets that others wrote on paper. */
function appraiserOf(named: string | null | undefined, { viewer }: Context): string {
  const assessor = viewer?.unit ?? viewer?.subject ?? ''
  if (named === null || named === undefined || named === assessor || viewer?.role === 'administrator')
    return named ?? assessor
  const text = {
    vi: `người chấm là "${assessor}": không ghi điểm thay "${named}"`,
    en: `the assessor is "${assessor}": nobody scores in the name of "${named}"`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.assessor', value: named, nearest: assessor })
}

mutation('submitScoreSheet', {
  description: "Stores a score sheet by the adopted point table of the unit's cluster.",
  right: { 'SELF and EXPLANATION': 'FILE', 'FIRST and SECOND': 'APPRAISE_SCORE', FINAL: 'FINAL_SCORE' },
  cost: work(45_000),
  input: {
    description: 'A score sheet by the adopted point table.',
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit that is scored.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      on: onDay(t),
      stage: t.field({ type: StageRef, required: true, description: 'The stage of scoring that the sheet is of.' }),
      assessor: t.string({
        description:
          'Whose sheet it is: the unit of the viewer or, without one, the viewer; a body has one sheet of a stage, whoever of it writes. Only an administrator, who records what others wrote on paper, may name another body.',
      }),
      scoredOn: t.field({ type: 'Date', required: true, description: 'The day of the sheet.' }),
      signedBy: t.string({ required: true, description: 'The person who signed.' }),
      evidence: t.string({ ...LONG_TEXT, required: true, description: 'The document: a link or its number.' }),
      lines: t.field({
        type: [LineInput],
        required: true,
        description: 'Each criterion at most once, none below another one.',
      }),
      expected: expected(
        t,
        'Int',
        `${REVISION_SEEN} What somebody else of the same body wrote is corrected with it only.`,
      ),
    }),
  },
  demand: async ({ unit, year, on, stage }, context) => ({
    action: isOwnStage(stage) ? 'FILE' : stage === 'final' ? 'FINAL_SCORE' : 'APPRAISE_SCORE',
    unit: await unitIdDuring(unit, context, { year, on }),
    year,
  }),
  work: ({ expected: seen, lines, assessor, on, idempotencyKey: _key, ...input }, call) =>
    outcomeOf(async () => {
      const { context } = call
      const { id: unit } = await unitDuring(input.unit, 'input.unit', context, { year: input.year, on })
      const wrongDay = documentDayProblem(input.scoredOn, input.year)
      if (wrongDay) throw inputError('BAD_DATE', wrongDay, { argument: 'input.scoredOn', value: input.scoredOn })
      const appraiser = appraiserOf(assessor, context)
      const sheet = {
        ...input,
        unit,
        cluster: await clusterOf(unit, input.year, context),
        assessor: isOwnStage(input.stage) ? unit : appraiser,
        lines: lines.map(({ code, points, notAssigned, late, evidence }) => ({
          ...{ node: code, points: points ?? null, evidence: evidence ?? null },
          ...{ notAssigned: notAssigned ?? false, late: late ?? false },
        })),
      }
      const { answer } = await change({ ...call, reason: sheet.evidence }, (transaction, author) =>
        storeSheet(transaction, author, sheet, seen ?? null),
      )
      sheetsLoader(context).clearAll()
      return answer
    }),
  payload: {
    description: 'The sheet that was stored, or all that was wrong.',
    fields: (t) => ({
      sheet: t.field({
        type: SheetRef,
        nullable: true,
        description: 'The sheet; null where something was wrong.',
        resolve: ({ changed }) => changed ?? null,
      }),
    }),
  },
})
