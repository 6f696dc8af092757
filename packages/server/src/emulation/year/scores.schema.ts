import { whoMay } from '../../accounts/rights.ts'
import { directiveOf, lastDay } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { findUnit, unitIdOn } from '../../units/units.ts'
import { FilingRef, revisionSeen, store } from './filings.schema.ts'
import { checkItems, scoreOf } from './scores.ts'

const ScoreSheetLineInput = builder.inputType('ScoreSheetLineInput', {
  description: 'Points for one indicator or criterion.',
  fields: (t) => ({
    item: t.string({ required: true, description: "An indicator's id, or a criterion's in the policy." }),
    points: t.float({ required: true, description: "On the policy's scale." }),
    evidence: t.string({ ...LONG_TEXT, description: 'A link or a text.' }),
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
    evidence: t.string({ ...LONG_TEXT, required: true, description: 'The document: a link or its number.' }),
    ...revisionSeen(t),
  }),
})

builder.mutationField('submitScore', (t) =>
  t.field({
    type: FilingRef,
    description: `Stores a self-score (${whoMay('FILE')}) or an appraised score (${whoMay('APPRAISE_SCORE')}) beside it.`,
    args: { input: t.arg({ type: SubmitScoreInput, required: true, description: 'The sheet.' }) },
    authScopes: async (_, { input: { unit: code, year, stage } }, context) => {
      const unit = await unitIdOn(code, lastDay(year), context)
      return { may: { action: stage === 'self_score' ? 'FILE' : 'APPRAISE_SCORE', unit, year } }
    },
    resolve: async (_, args, context, info) => {
      const { expected, ...sheet } = args.input
      checkItems(sheet.lines)
      const { year } = directiveOf(sheet.year)
      const { id } = await findUnit(sheet.unit, 'input.unit', context, lastDay(year))
      const evaluation = await context.loaders.evaluation.load({ unit: id, year, asOf: lastDay(year) })
      return store(scoreOf({ ...sheet, unit: id }, evaluation), expected, { context, info, args })
    },
  }),
)
