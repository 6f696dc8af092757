import type { PointTable } from '@dienbien/targets/points'
import { directiveOf, lastDay } from '../../figures/years.ts'
import type { EligibilityFact } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit, unitDuring, unitIdDuring } from '../../units/units.ts'
import { inForceOf, tableOf, tablesLoader } from '../point-tables/point-tables.ts'
import { checkFact, storeFact } from './facts.ts'
import { CHANGED_UNIT, REVISION_SEEN } from './filings.schema.ts'

/** A row of the year in memory. */
export const FactRef = builder.objectRef<EligibilityFact>('EligibilityFact').implement({
  description: 'A recorded fact of eligibility, with its evidence.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Whose: ask here for what it changed, and a cache is right.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    year: t.exposeInt('year', { description: 'The emulation year.' }),
    fact: t.exposeString('fact', { description: 'As the policy names it.' }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'True, false, a number or a text; null took it back to unknown.',
      resolve: ({ value }) => value,
    }),
    evidence: t.exposeString('source', { description: 'A document or a link.' }),
    revision: t.exposeInt('revision', { description: 'The revision, from 1: the newest counts.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When this revision was recorded.' }),
    recordedBy: t.exposeString('recordedBy', { description: 'The subject of the token that recorded it.' }),
  }),
})

/** The facts that the adopted point table of a unit's cluster asks for. */
async function declaredFor(unit: string, year: number, context: Context): Promise<PointTable['facts']> {
  const cluster = await context.clusterOf(unit, year)
  const adopted = cluster === null ? null : inForceOf(await tablesLoader(context).load({ cluster, year }))
  return adopted ? tableOf(adopted.row).facts : undefined
}

mutation('recordFact', {
  description: "Records what decides a unit's eligibility: discipline, an open case, counted works.",
  right: 'RECORD_FACT',
  input: {
    description: 'A fact of eligibility.',
    fields: (t) => ({
      unit: t.string({ required: true, description: 'The code of the unit.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      on: onDay(t),
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
      expected: expected(t, 'Int', REVISION_SEEN),
    }),
  },
  demand: async ({ unit, year, on }, context) => ({
    action: 'RECORD_FACT',
    unit: await unitIdDuring(unit, context, { year, on }),
    year,
  }),
  work: async ({ unit: code, fact, value, evidence, ...input }, call) => {
    const { year } = directiveOf(input.year)
    const unit = await unitDuring(code, 'input.unit', call.context, { year, on: input.on })
    const recorded = { unit: unit.id, year, fact, value, evidence }
    checkFact(recorded, await declaredFor(unit.id, year, call.context))
    const { answer } = await change(
      { ...call, reason: evidence },
      (transaction, author) => storeFact(transaction, author, recorded, input.expected ?? null),
      { touches: () => new Set([unit.id]) },
    )
    return { fact: answer, unit }
  },
  payload: {
    fields: (t) => ({
      fact: t.expose('fact', { type: FactRef, nullable: true, description: 'The fact as it was recorded.' }),
      unit: t.expose('unit', { ...CHANGED_UNIT, nullable: true }),
    }),
  },
})
