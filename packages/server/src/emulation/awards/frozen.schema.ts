import { takeStep } from '@dienbien/targets/emulation'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { FROZEN_DOCUMENT, POLICY, RIGHT, ROW_AND_MORE, ROWS } from '../../graphql/cost.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { clusterInYear, findCluster } from '../../units/clusters.ts'
import { changedSince, freeze } from '../ranking/freeze.ts'
import {
  ChangedFigureRef,
  DecisionRef,
  FrozenMemberRef,
  NomineeRef,
  onDay,
  PhaseRef,
  StepKindRef,
  StepRef,
} from './commendation.schema.ts'
import { commendationOf, documentOf, type FrozenWithSteps, WITH_STEPS, withdrawnBecause } from './commendations.ts'
import {
  canWithdraw,
  judgedBy,
  possibleOn,
  rankedUnits,
  type Standing,
  standingOf,
  unknownRanking,
  visibleOf,
  visibleRanking,
} from './frozen.ts'
import { WITHDRAWAL } from './frozen-guard.ts'
import { demandOf, proposedBy } from './step-rights.ts'

/** Where a ranking stands among those of its cluster and year, of which the newest is looked up. */
async function standing(row: FrozenWithSteps, { loaders }: Context): Promise<Standing> {
  const [newest] = await loaders.newestRanking.load({ code: row.clusterCode, year: row.year })
  return standingOf(row, newest?.id ?? row.id)
}

export const FrozenRankingRef = builder.prismaNode('FrozenRanking', {
  description:
    "A cluster's ranking as it stood when it was frozen, and what became of it. It stays as it is when figures are corrected later.",
  id: { resolve: ({ id }) => id, description: 'The global id, as `node` takes it.' },
  nullable: true,
  findUnique: (id, context) => visibleRanking(id, 'id', context),
  // Where it stands follows from its steps, whatever is asked of it.
  include: WITH_STEPS,
  fields: (t) => ({
    code: t.exposeString('id', { description: 'year-cluster-number, for example "2022-cum-vung-cao-1".' }),
    cluster: t.field({
      type: ClusterRef,
      description: 'The cluster whose members it ranks.',
      resolve: async ({ clusterCode, year }, _, context) =>
        clusterInYear(await findCluster(clusterCode, 'cluster', context), year),
    }),
    year: t.exposeInt('year', { description: 'The year of the directive.' }),
    asOf: t.field({
      type: 'Date',
      description: 'The date that its figures stand for.',
      resolve: ({ asOf }) => isoDay(asOf),
    }),
    policy: t.field({
      type: 'JSON',
      ...POLICY,
      description: 'The policy, whole.',
      resolve: (row) => documentOf(row).policy,
    }),
    members: t.field({
      type: [FrozenMemberRef],
      description: 'Best first; those that are not eligible last.',
      resolve: (row) => onDay(commendationOf(row).ranking, row.asOf),
    }),
    document: t.exposeString('document', {
      ...FROZEN_DOCUMENT,
      description: 'Inputs, policy and result as canonical JSON (RFC 8785): all that is needed to rank anew.',
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    reproducible: t.boolean({
      ...FROZEN_DOCUMENT,
      description: 'Whether ranking its inputs anew gives the same bytes.',
      resolve: (row) => freeze(documentOf(row), judgedBy(documentOf(row))).hash === row.hash,
    }),
    changedSince: t.field({
      type: [ChangedFigureRef],
      ...ROWS,
      description: 'Figures that were corrected or came in since. They change nothing here.',
      resolve: async (row, _, { memory }) => {
        const document = documentOf(row)
        const { members, year, asOf } = document
        const now = await Promise.all(members.map(({ unit }) => memory.figures({ unit, year, asOf })))
        const changed = changedSince(members, new Map(members.map(({ unit }, i) => [unit, now[i] ?? []])))
        return changed.map((figure) => ({ ...figure, on: asOf, directive: judgedBy(document) }))
      },
    }),
    reason: t.exposeString('reason', { description: 'Why it was frozen.' }),
    frozenAt: t.expose('frozenAt', { type: 'DateTime', description: 'When it was frozen.' }),
    frozenBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RANKINGS')}`,
      resolve: async ({ clusterCode: cluster, year, frozenBy }, _, context) =>
        (await may({ action: 'READ_RANKINGS', cluster, year }, context)) ? frozenBy : null,
    }),
    steps: t.relation('steps', {
      type: StepRef,
      description: 'All that was done, in order: who, when, why.',
      query: WITH_STEPS.steps,
      // What a mutation answers: as far as it had come by it, whatever was done since.
      resolve: (query, { id, steps }, _, { prisma }) =>
        prisma.commendationStep.findMany({ ...query, where: { rankingId: id, number: { lte: steps.length } } }),
    }),
  }),
})

/** Where it stands: by its own steps, and by the rankings beside it. */
builder.objectFields(FrozenRankingRef, (t) => ({
  supersededBy: t.string({
    nullable: true,
    description:
      'The code of the ranking that took its place; null while none did. A cluster has one in force a year, the newest, where that is not withdrawn.',
    resolve: async (row, _, context) => {
      const { inForce } = await standing(row, context)
      return inForce === row.id ? null : inForce
    },
  }),
  withdrawn: t.string({
    nullable: true,
    description: 'Why it was taken back; null while it was not.',
    resolve: (row) => withdrawnBecause(row),
  }),
  phase: t.field({
    type: PhaseRef,
    description: 'Where it stands on the way to awards.',
    resolve: (row) => commendationOf(row).phase,
  }),
  possible: t.field({
    type: [StepKindRef],
    description:
      'The steps towards awards that can be taken now; none on a withdrawn one, nor on a superseded one, but to revoke an award that stands. Whether it can be withdrawn says `viewerCan`.',
    resolve: async (row, _, context) => [...possibleOn(await standing(row, context))],
  }),
  viewerCan: t.boolean({
    ...RIGHT,
    description: 'Whether the viewer may take a step now, by the same rules as the mutations.',
    args: { step: t.arg({ type: StepKindRef, required: true, description: 'The step that the viewer would take.' }) },
    resolve: async (row, { step: kind }, context) => {
      const now = await standing(row, context)
      if (kind === WITHDRAWAL) return canWithdraw(now) && may(demandOf(kind, rankedUnits(row)), context)
      if (!possibleOn(now).includes(kind)) return false
      const units = kind === 'nominate' ? proposedBy(takeStep(now.commendation, { kind })) : []
      return may(demandOf(kind, rankedUnits(row), units), context)
    },
  }),
  nominees: t.field({
    type: [NomineeRef],
    description: 'Best first; excluded ones last, with their reason.',
    resolve: (row) => onDay(commendationOf(row).nominees, row.asOf),
  }),
  decisions: t.field({
    type: [DecisionRef],
    description: 'In the order in which they were taken.',
    resolve: (row) => [...commendationOf(row).decisions],
  }),
}))

builder.objectField(ClusterRef, 'frozenRankings', (t) =>
  t.prismaField({
    type: [FrozenRankingRef],
    ...ROWS,
    description: `Newest first, the one in force before those that it superseded: the published ones for everyone, the others not. ${whoMay('READ_RANKINGS')}`,
    resolve: async (query, { code, year }, _, context) => {
      const where = { year, ...(await visibleOf({ cluster: code, year }, context)) }
      // Prisma reads those of all clusters that are asked for so together.
      const cluster = context.prisma.cluster.findUnique({ where: { code } })
      return (await cluster.frozenRankings({ ...query, where, orderBy: { number: 'desc' } })) ?? []
    },
  }),
)

builder.queryFields((t) => ({
  frozenRanking: t.prismaField({
    type: FrozenRankingRef,
    ...ROW_AND_MORE,
    nullable: true,
    description: 'One frozen ranking. UNKNOWN_RANKING where there is none that the viewer may see.',
    args: {
      code: t.arg.string({
        required: true,
        description: 'The code of the ranking, for example "2022-cum-vung-cao-1".',
      }),
    },
    resolve: async (query, _, { code }, context) => {
      const where = await visibleRanking(code, 'code', context)
      const ranking = await context.prisma.frozenRanking.findUnique({ ...query, where })
      if (!ranking) throw unknownRanking(code, 'code')
      return ranking
    },
  }),
}))
