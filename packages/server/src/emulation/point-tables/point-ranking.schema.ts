// A cluster ranked by the point table that it adopted, every point with the clause that it comes from.
import { defaultPolicy, type Nomination } from '@dienbien/targets/emulation'
import {
  comparePoints,
  type PointEntry,
  type PointLine,
  type PointRank,
  type PointTable,
  pointFairness,
  pointsItTakes,
  rankPoints,
} from '@dienbien/targets/points'
import { whoMay } from '../../accounts/rights.ts'
import { builder } from '../../graphql/builder.ts'
import { work } from '../../graphql/cost.ts'
import { textOf } from '../../graphql/enums.ts'
import { asOfArg, localeArg, localized } from '../../graphql/scalars.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { noMember } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { findUnit, storedUnit } from '../../units/units.ts'
import { documentOf } from '../awards/commendations.ts'
import { FrozenRankingRef } from '../awards/frozen.schema.ts'
import { judgedBy } from '../awards/frozen.ts'
import { tableMemberOf } from '../ranking/freeze.ts'
import { OF_SCORED_MEMBERS, PARTING, POINT_FAIRNESS, POINTS_IT_TAKES, perCriterion, SCORED_MEMBERS } from './cost.ts'
import { checkReadable, type MembersByTable, membersByTable } from './members-by-table.ts'
import { PointAwardRef } from './point-awards.schema.ts'
import { awardsBy, nominationsBy } from './point-awards.ts'
import { PointFairnessRef } from './point-fairness.schema.ts'
import { PointClauseRef } from './point-rules.schema.ts'
import { PointTableRef } from './point-tables.schema.ts'
import { tableOf, tablesLoader } from './point-tables.ts'
import { PointsItTakesRef } from './points-it-takes.schema.ts'
import { entryOf, type TableMember } from './table-ranking.ts'

/** A place, and all that it was made with. */
interface PointPlace extends PointRank {
  readonly all: readonly PointRank[]
  /** The day of the ranking, on which units have the codes by which they are named. */
  readonly on: string
  readonly entries: readonly PointEntry[]
  readonly table: PointTable
  /** What it is proposed for; null for nothing. Reckoned for all members together, when the first is asked about. */
  readonly nomination: () => Nomination | null
}

/** The places of all members, best first; awards are those of the table, else of the policy. */
function placesOf(
  table: PointTable,
  members: readonly TableMember[],
  on: string,
  policy = defaultPolicy,
): PointPlace[] {
  const entries = members.map((member) => entryOf(table, member))
  const all = rankPoints(table, entries)
  let nominations: Map<string, Nomination> | undefined
  const nominationOf = (unit: string) => {
    nominations ??= nominationsBy(table, members, policy)
    return nominations.get(unit) ?? null
  }
  return all.map((rank) => ({ ...rank, all, entries, table, on, nomination: () => nominationOf(rank.unit) }))
}

const PointLineRef = builder.objectRef<PointLine>('PointLine').implement({
  description:
    'What one criterion of a point table brought, and by which clause. points = own + its children + limited.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The code of the criterion, as printed.' }),
    name: t.exposeString('name', { description: 'The criterion as printed.' }),
    depth: t.exposeInt('depth', { description: 'The level of the criterion in the table: 0 for the first.' }),
    points: t.exposeFloat('points', { description: 'The points that were earned, children included.' }),
    outOf: t.exposeFloat('outOf', { description: 'To be had: the printed maximum, changed by what was not assigned.' }),
    coefficient: t.exposeFloat('coefficient', {
      description: 'What all of it was multiplied by: its coefficient, and those of the criteria above it.',
    }),
    own: t.exposeFloat('own', { description: 'Earned by its own rule, or given by an assessor.' }),
    limited: t.exposeFloat('limited', {
      description: 'What caps, floors, lateness, rounding and the leader added; mostly negative.',
    }),
    value: t.exposeFloat('value', { nullable: true, description: 'The figure that the rule looked at.' }),
    decidedBy: t.field({ type: PointClauseRef, description: 'What gave the points.', resolve: ({ clause }) => clause }),
    clause: t.exposeString('clause', {
      ...textOf('decidedBy'),
      description: "The rule's kind; or given (by an assessor), children, missing, not-assigned, condition.",
    }),
    counted: t.exposeBoolean('counted', {
      description: 'False where only the best of several count, and it is not among them.',
    }),
    outside: t.exposeBoolean('outside', { description: 'A bonus or a deduction, outside the scale.' }),
  }),
})

interface PointDifference {
  readonly code: string
  readonly own: number
  readonly other: number
  readonly difference: number
}

const PointDifferenceRef = builder.objectRef<PointDifference>('PointDifference').implement({
  description: 'What one criterion itself brought to a unit and to another.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The code of the criterion.' }),
    own: t.exposeFloat('own', { description: 'Points of the unit.' }),
    other: t.exposeFloat('other', { description: 'Points of the other.' }),
    difference: t.exposeFloat('difference', { description: 'own − other.' }),
  }),
})

const PointPlaceRef = builder.objectRef<PointPlace>('PointPlace').implement({
  description: 'The place of a unit by a point table.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that has the place.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    rank: t.exposeInt('rank', {
      nullable: true,
      description: '1, 2, 2, 4. Null where the table does not grade the unit at all; the reasons say why.',
    }),
    tied: t.exposeBoolean('tied', { description: 'Shares its rank: to be settled by ballot.' }),
    points: t.exposeFloat('points', { description: 'The points that it has, on the scale of the table.' }),
    outOf: t.exposeFloat('outOf', { description: 'The points that were to be had inside the scale.' }),
    grade: t.string({
      nullable: true,
      description: 'As the table names it; null where it gives none.',
      resolve: ({ grade, table }) => table.grades?.find(({ id }) => id === grade)?.name ?? null,
    }),
    award: t.string({
      nullable: true,
      ...work(3000),
      description: 'What it is proposed for within the seats and conditions of `awards`: its code, or ballot.',
      resolve: ({ nomination }) => nomination()?.award ?? null,
    }),
    awardReasons: t.stringList({
      ...work(3000),
      description: 'Why it is proposed.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ nomination }, { locale }) => localized(nomination()?.reasons ?? [], locale),
    }),
    reasons: t.stringList({
      description: 'What stood in the way of a better grade, or of any: in the words of the table.',
      resolve: ({ reasons }) => [...reasons],
    }),
    lines: t.field({
      type: [PointLineRef],
      ...perCriterion(20),
      description: 'Why these points: every criterion, parents before their children. The place to ask "why not us".',
      resolve: ({ lines }) => [...lines],
    }),
    whatItTakes: t.field({
      type: PointsItTakesRef,
      ...POINTS_IT_TAKES,
      description: 'To rise by one place, the others staying as they are.',
      resolve: ({ table, entries, unit, on }) => ({ ...pointsItTakes(table, entries, unit), on }),
    }),
    comparedWith: t.field({
      type: [PointDifferenceRef],
      ...PARTING,
      description: 'Where its points part from those of another member, the greatest difference first; they add up.',
      args: { unit: t.arg.string({ required: true, description: 'The code of another member.' }) },
      resolve: async (pointPlace, { unit }, context) => {
        const { id, code } = await findUnit(unit, 'unit', context, pointPlace.on)
        const other = pointPlace.all.find((rank) => rank.unit === id)
        if (!other) throw noMember(code, unit)
        return comparePoints(pointPlace, other)
      },
    }),
  }),
})

const entriesOf = ({ stored, members }: MembersByTable) => {
  const table = tableOf(stored.row)
  return members.map((member) => entryOf(table, member))
}

const PointRankingRef = builder.objectRef<MembersByTable>('PointRanking').implement({
  description: 'The members of a cluster in the order of the point table that it adopted.',
  fields: (t) => ({
    pointTable: t.field({
      type: PointTableRef,
      description: 'The table that it is by: which version, and its hash.',
      resolve: ({ stored }) => stored.row,
    }),
    asOf: t.field({
      type: 'Date',
      description: 'The date that the figures stand for.',
      resolve: ({ moment }) => moment.asOf,
    }),
    members: t.field({
      type: [PointPlaceRef],
      ...SCORED_MEMBERS,
      description: 'Best first; those that the table does not grade last.',
      resolve: (found) => placesOf(tableOf(found.stored.row), found.members, found.moment.asOf),
    }),
    awards: t.field({
      type: [PointAwardRef],
      ...OF_SCORED_MEMBERS,
      description:
        "The awards that members are proposed for, best first: the table's own, or where it names none those of the default policy.",
      resolve: ({ stored, members }) => awardsBy(tableOf(stored.row), members),
    }),
    fairness: t.field({
      type: [PointFairnessRef],
      ...POINT_FAIRNESS,
      description: 'How robust the order is, after the OECD and JRC Handbook on Constructing Composite Indicators.',
      resolve: (found) =>
        pointFairness(tableOf(found.stored.row), entriesOf(found)).map((range) => ({
          ...range,
          on: found.moment.asOf,
        })),
    }),
  }),
})

builder.objectField(ClusterRef, 'pointRanking', (t) =>
  t.field({
    type: PointRankingRef,
    ...work(12_000),
    nullable: true,
    description: `Its members by its adopted point table: by figures, recorded facts and, line by line, what appraisers gave. Null where no table is adopted; \`ranking\` then ranks by this project's default policy. Once appraisers have scored it is withheld until a ranking of the cluster is published, but: ${whoMay('READ_RANKINGS')}`,
    args: { asOf: t.arg(asOfArg) },
    resolve: async ({ code: cluster, year }, { asOf }, context) => {
      const found = await membersByTable({ cluster, year }, asOf, context)
      if (found) await checkReadable(found, { cluster, year }, context)
      return found
    },
  }),
)

builder.objectFields(FrozenRankingRef, (t) => ({
  pointTable: t.field({
    type: PointTableRef,
    ...work(1000),
    nullable: true,
    description: 'The adopted point table that it was frozen by; null where the policy ranked.',
    resolve: async (row, _, context) => {
      const { pointTable } = documentOf(row)
      if (!pointTable) return null
      const all = await tablesLoader(context).load({ cluster: row.clusterCode, year: row.year })
      return all.find(({ row: { version } }) => version === pointTable.version)?.row ?? null
    },
  }),
  places: t.field({
    type: [PointPlaceRef],
    ...SCORED_MEMBERS,
    description:
      'Where a point table ranked: grades and every point, made anew from the frozen inputs, before any ballot. Else empty.',
    resolve: (row) => {
      const document = documentOf(row)
      const { pointTable, members, asOf, policy } = document
      if (!pointTable) return []
      const directive = judgedBy(document)
      return placesOf(
        pointTable.table,
        members.map((member) => tableMemberOf(member, directive, asOf)),
        asOf,
        policy,
      )
    },
  }),
}))
