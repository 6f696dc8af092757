import type { PointTable } from '@dienbien/targets/points'
import { whoMay } from '../../accounts/rights.ts'
import { directiveOf } from '../../figures/years.ts'
import type { EligibilityFact } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { findUnit, storedUnit } from '../../units/units.ts'
import { inForceOf, tableOf, tablesLoader } from '../point-tables/point-tables.ts'
import { checkFact, storeFact } from './facts.ts'
import { revisionSeen } from './filings.schema.ts'

export const FactRef = builder.objectRef<EligibilityFact>('EligibilityFact').implement({
  description: 'A recorded fact of eligibility, with its evidence.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Whose: ask here for what it changed, and a cache is right.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    year: t.exposeInt('year', { description: 'Of the emulation.' }),
    fact: t.exposeString('fact', { description: 'As the policy names it.' }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'True, false, a number or a text; null took it back to unknown.',
      resolve: ({ value }) => value,
    }),
    evidence: t.exposeString('source', { description: 'A document or a link.' }),
    revision: t.exposeInt('revision', { description: 'Counts from 1.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When this revision was recorded.' }),
    recordedBy: t.exposeString('recordedBy', { description: 'By whom.' }),
  }),
})

const RecordFactInput = builder.inputType('RecordFactInput', {
  description: 'A fact of eligibility.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    year: t.int({ required: true, description: 'Of the emulation.' }),
    fact: t.string({
      required: true,
      description:
        'disciplined, underInspection, advancedModels …, or a fact that the adopted point table of its cluster declares.',
    }),
    value: t.field({
      type: 'JSON',
      description:
        'True, false or a count, or what the point table declares: a number, a text. Null takes it back to unknown.',
    }),
    evidence: t.string({ ...LONG_TEXT, required: true, description: 'A document or a link.' }),
    ...revisionSeen(t),
  }),
})

/** The facts that the adopted point table of a unit's cluster asks for. */
async function declaredFor(unit: string, year: number, context: Context): Promise<PointTable['facts']> {
  const cluster = await context.clusterOf(unit, year)
  const adopted = cluster === null ? null : inForceOf(await tablesLoader(context).load({ cluster, year }))
  return adopted ? tableOf(adopted.row).facts : undefined
}

builder.mutationField('recordFact', (t) =>
  t.field({
    type: FactRef,
    description: `Records what decides a unit's eligibility: discipline, an open case, counted works. ${whoMay('RECORD_FACT')}`,
    args: { input: t.arg({ type: RecordFactInput, required: true, description: 'The fact.' }) },
    authScopes: (_, { input: { unit, year } }) => ({ may: { action: 'RECORD_FACT', unit, year } }),
    resolve: async (_, args, context, info) => {
      const { expected, fact, value, evidence, ...input } = args.input
      const { year } = directiveOf(input.year)
      const { code: unit } = await findUnit(input.unit, 'input.unit', context)
      const recorded = { unit, year, fact, value, evidence }
      checkFact(recorded, await declaredFor(unit, year, context))
      const { answer } = await change(
        { context, info, args, reason: evidence },
        (transaction, author) => storeFact(transaction, author, recorded, expected ?? null),
        { touches: () => new Set([unit]) },
      )
      return answer
    },
  }),
)
