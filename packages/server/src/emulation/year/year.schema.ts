// The year of a unit in its cluster: pact, plan, reviews, reports on duties, scores, facts and deadlines.

import type { Duty } from '@dienbien/targets'
import { may, whoMay } from '../../accounts/rights.ts'
import { today } from '../../days.ts'
import { DutyRef } from '../../directive/duties.schema.ts'
import { whenReady } from '../../figures/when-ready.ts'
import { directiveOf, lastDay } from '../../figures/years.ts'
import type { Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { between } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { FILINGS, ofAllMembers } from '../../graphql/cost.ts'
import { orderOf } from '../../graphql/order.ts'
import { yearArg } from '../../graphql/scalars.ts'
import { findCluster, membersIn } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { DueRef, DueStateRef, type ReadableDue } from './deadlines.schema.ts'
import { duesOf } from './deadlines.ts'
import { FactRef } from './facts.schema.ts'
import { FilingKindRef, FilingRef } from './filings.schema.ts'
import { dutyReports, filingOfKind } from './filings.ts'
import {
  isScore,
  mayReadScores,
  readableFilings,
  type ScoreComparison,
  scoreComparison,
  scoresApart,
} from './scores.ts'

const DutyReportRef = builder
  .objectRef<{ readonly duty: Duty; readonly filing: Filing | undefined }>('DutyReport')
  .implement({
    description: 'A duty without a number, and the report on it.',
    fields: (t) => ({
      duty: t.field({ type: DutyRef, description: 'The duty that the directive orders.', resolve: ({ duty }) => duty }),
      filing: t.field({
        type: FilingRef,
        nullable: true,
        description: 'The report on it; null where there is none.',
        resolve: ({ filing }) => filing ?? null,
      }),
    }),
  })

interface EmulationYear {
  readonly unit: string
  readonly year: number
  readonly filings: readonly Filing[]
}

const readsRecords = ({ unit, year }: EmulationYear, context: Context) =>
  may({ action: 'READ_RECORDS', unit, year }, context)

const readableIn = ({ filings, unit, year }: EmulationYear, context: Context) =>
  readableFilings(filings, unit, year, context)

/** A unit's deadlines on a day, by default today, each with its filing where the viewer may read it. */
async function duesIn(
  emulationYear: EmulationYear,
  on: string | null | undefined,
  context: Context,
): Promise<ReadableDue[]> {
  const readable = new Set(await readableIn(emulationYear, context))
  const { unit: code, year } = emulationYear
  const deadlines = await context.memory.unitDeadlines({ code, year })
  return duesOf(deadlines, emulationYear.filings, on ?? today()).map((due) => ({
    ...due,
    readable: due.filing && readable.has(due.filing) ? due.filing : null,
  }))
}

const WITHHELD_SCORE = `Null before the ranking of its cluster is published, but: ${whoMay('READ_RECORDS')}`

const EmulationYearRef = builder.objectRef<EmulationYear>('EmulationYear').implement({
  description: "A unit's year in its cluster.",
  fields: (t) => {
    const filing = (kind: FilingKind, description: string) =>
      t.field({
        type: FilingRef,
        nullable: true,
        description,
        resolve: async (year, _, context) =>
          filingOfKind(isScore(kind) ? await readableIn(year, context) : year.filings, kind) ?? null,
      })
    return {
      pact: filing('pact', 'The pact that it signed.'),
      plan: filing('plan', 'The emulation plan that it issued.'),
      midterm: filing('midterm', 'Its mid-term review.'),
      final: filing('final', 'Its final review.'),
      selfScore: filing('self_score', `The score that it gave itself. ${WITHHELD_SCORE}`),
      appraisedScore: filing('appraised_score', `The score that its appraisers gave it. ${WITHHELD_SCORE}`),
      scoreDifference: t.float({
        nullable: true,
        description: 'Self-score − appraised score; null where one of them is missing or withheld.',
        resolve: async (year, _, context) => scoreComparison(await readableIn(year, context))?.difference ?? null,
      }),
      dutyReports: t.field({
        type: [DutyReportRef],
        description: 'All duties in the order of the directive, with its reports on them.',
        resolve: ({ unit, filings, year }, _, { store }) =>
          whenReady(store.registry(lastDay(year)), (registry) => [
            ...dutyReports(filings, registry.judging(unit, year)),
          ]),
      }),
      facts: t.field({
        type: [FactRef],
        nullable: true,
        description: `What was recorded of its eligibility, by name, with the evidence. Null where it is withheld (a ranking tells everyone which requirement a unit fails, without the evidence): ${whoMay('READ_RECORDS')}`,
        resolve: async (emulationYear, _, context) => {
          const { unit: code, year } = emulationYear
          if (!(await readsRecords(emulationYear, context))) return null
          return [...(await context.memory.recordedFacts({ code, year }))]
        },
      }),
      withheld: t.stringList({
        description: 'The fields that are withheld from the viewer: facts, knownFacts, selfScore, appraisedScore.',
        resolve: async (emulationYear, _, context) => [
          ...((await readsRecords(emulationYear, context)) ? [] : ['facts', 'knownFacts']),
          ...((await mayReadScores(emulationYear.unit, emulationYear.year, context))
            ? []
            : ['selfScore', 'appraisedScore']),
        ],
      }),
      knownFacts: t.field({
        type: 'JSON',
        nullable: true,
        description: `What a ranking knows of it: the recorded facts and those that follow from its filings. Null where it is withheld: ${whoMay('READ_RECORDS')}`,
        resolve: async (emulationYear, _, context) => {
          const { unit: code, year } = emulationYear
          return (await readsRecords(emulationYear, context)) ? context.memory.facts({ code, year }) : null
        },
      }),
      due: t.field({
        type: [DueRef],
        description: 'Every deadline but that of the duties, by date, and what became of it.',
        args: { on: t.arg({ type: 'Date', description: 'The day of the question. Default: today.' }) },
        resolve: (emulationYear, { on }, context) => duesIn(emulationYear, on, context),
      }),
    }
  },
})

/** Every kind of filing but the reports on duties has a deadline of its own. */
const KINDS_DUE = 6

type OfUnit<T> = T & { readonly unit: string; readonly year: number }

const UnitDueRef = builder.objectRef<OfUnit<ReadableDue>>('UnitDue').implement({
  description: 'A deadline and what became of it in a unit.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that has to file it.',
      resolve: ({ unit, year }, _, context) => storedUnit(unit, context, lastDay(year)),
    }),
    due: t.field({ type: DueRef, description: 'What is due, and its state.', resolve: (due) => due }),
  }),
})

type MemberScores = ScoreComparison & { readonly unit: string }

const ScoreComparisonRef = builder.objectRef<MemberScores>('ScoreComparison').implement({
  description: 'The score that a unit gave itself beside the one that its appraisers gave it.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that was scored.',
      resolve: ({ unit, selfScore: { year } }, _, context) => storedUnit(unit, context, lastDay(year)),
    }),
    selfScore: t.expose('selfScore', { type: FilingRef, description: 'The score that it gave itself.' }),
    appraisedScore: t.expose('appraisedScore', { type: FilingRef, description: 'The score that it was given.' }),
    difference: t.exposeFloat('difference', { description: 'Self-score − appraised score.' }),
  }),
})

const dueOrder = orderOf<OfUnit<ReadableDue>>('DueOrder', 'by unit and date', {
  DUE_ON: { description: 'By the last day.', of: ({ deadline }) => deadline.dueOn.getTime() },
})

const comparisonOrder = orderOf<MemberScores>(
  'ScoreComparisonOrder',
  'the greatest difference first, in either direction',
  {
    DIFFERENCE: { description: 'By self-score − appraised score.', of: ({ difference }) => difference },
  },
)

/** The members of the clusters of a year, or of one of them. */
async function yearsOfMembers(
  year: number,
  cluster: string | null | undefined,
  context: Context,
): Promise<EmulationYear[]> {
  if (cluster) await findCluster(cluster, 'cluster', context)
  return Promise.all(
    membersIn(await context.store.registry(), year, cluster).map(async (unit) => ({
      unit,
      year,
      filings: await context.memory.filings({ code: unit, year }),
    })),
  )
}

builder.queryFields((t) => ({
  dues: t.field({
    type: [UnitDueRef],
    nullable: true,
    ...ofAllMembers(KINDS_DUE),
    description: 'What the members of the clusters have to file, and where each stands: who is late with what.',
    args: {
      year: t.arg(yearArg),
      cluster: t.arg.string({ description: 'Only of the members of this cluster.' }),
      states: t.arg({ type: [DueStateRef], description: 'Only these, for example LATE and MISSING.' }),
      kinds: t.arg({ type: [FilingKindRef], description: 'Only what is of these kinds.' }),
      on: t.arg({ type: 'Date', description: 'The day of the question. Default: today.' }),
      orderBy: t.arg(dueOrder.args.orderBy),
      descending: t.arg(dueOrder.args.descending),
    },
    resolve: async (_, { year: asked, cluster, states, kinds, on, ...order }, context) => {
      const { year } = directiveOf(asked)
      const members = await yearsOfMembers(year, cluster, context)
      const dues = await Promise.all(
        members.map(async (member) =>
          (await duesIn(member, on, context)).map((due) => ({ ...due, unit: member.unit, year })),
        ),
      )
      const wanted = dues
        .flat()
        .filter(
          ({ state, deadline }) => (!states || states.includes(state)) && (!kinds || kinds.includes(deadline.kind)),
        )
      return [...dueOrder.sort(wanted, order)]
    },
  }),
  scoreComparisons: t.field({
    type: [ScoreComparisonRef],
    nullable: true,
    ...ofAllMembers(1),
    description: `Self-scores beside appraised scores, the greatest difference first: of those members that have both, and that the viewer may see. Left out before the ranking of its cluster is published, but: ${whoMay('READ_RECORDS')}`,
    args: {
      year: t.arg(yearArg),
      cluster: t.arg.string({ description: 'Only of the members of this cluster.' }),
      atLeast: t.arg.float({
        description: 'Only where they are so many points apart or more, in either direction.',
        ...between(0),
      }),
      orderBy: t.arg(comparisonOrder.args.orderBy),
      descending: t.arg(comparisonOrder.args.descending),
    },
    resolve: async (_, { year: asked, cluster, atLeast, ...order }, context) => {
      const { year } = directiveOf(asked)
      const members = await yearsOfMembers(year, cluster, context)
      const compared = await Promise.all(
        members.map(async (member): Promise<MemberScores[]> => {
          const comparison = scoreComparison(await readableIn(member, context))
          return comparison ? [{ unit: member.unit, ...comparison }] : []
        }),
      )
      return [...comparisonOrder.sort(scoresApart(compared.flat(), atLeast ?? 0), order)]
    },
  }),
}))

builder.objectField(UnitRef, 'emulationYear', (t) =>
  t.field({
    type: EmulationYearRef,
    ...FILINGS,
    description: 'Its pact, plan, reviews, scores, facts and deadlines of a year.',
    args: { year: t.arg(yearArg) },
    resolve: async ({ id }, { year: asked }, { memory }) => {
      const { year } = directiveOf(asked)
      return { unit: id, year, filings: await memory.filings({ code: id, year }) }
    },
  }),
)
