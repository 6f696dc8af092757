import { directiveOf, lastDay } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { unitDuring, unitIdDuring } from '../../units/units.ts'
import { FILED, REVISION_SEEN, store } from './filings.schema.ts'
import { checkItems, scoreOf } from './scores.ts'

const ScoreSheetLineInput = builder.inputType('ScoreSheetLineInput', {
  description: 'Points for one indicator or criterion.',
  fields: (t) => ({
    item: t.string({ required: true, description: "An indicator's id, or a criterion's in the policy." }),
    points: t.float({ required: true, description: "The points, on the policy's scale." }),
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

mutation('submitScore', {
  description: 'Stores a self-score, or an appraised score beside it.',
  right: { 'A self-score': 'FILE', 'An appraised score': 'APPRAISE_SCORE' },
  input: {
    description: 'A score sheet.',
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit that is scored.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      on: onDay(t),
      stage: t.field({
        type: ScoreStageRef,
        required: true,
        description: 'Whether the unit itself scored, or its appraisers.',
      }),
      scoredOn: t.field({ type: 'Date', required: true, description: 'The day of the sheet.' }),
      signedBy: t.string({ required: true, description: 'The person who signed.' }),
      lines: t.field({ type: [ScoreSheetLineInput], required: true, description: 'Each item at most once.' }),
      evidence: t.string({ ...LONG_TEXT, required: true, description: 'The document: a link or its number.' }),
      expected: expected(t, 'Int', REVISION_SEEN),
    }),
  },
  demand: async ({ unit, year, on, stage }, context) => ({
    action: stage === 'self_score' ? 'FILE' : 'APPRAISE_SCORE',
    unit: await unitIdDuring(unit, context, { year, on }),
    year,
  }),
  work: async ({ expected: seen, ...sheet }, call) => {
    const { context } = call
    checkItems(sheet.lines)
    const { year } = directiveOf(sheet.year)
    const unit = await unitDuring(sheet.unit, 'input.unit', context, { year, on: sheet.on })
    const evaluation = await context.memory.evaluation({ unit: unit.id, year, asOf: lastDay(year) })
    return store(scoreOf({ ...sheet, unit: unit.id }, evaluation), unit, seen, call)
  },
  payload: FILED,
})
