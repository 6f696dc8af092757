// The point tables of a cluster: every version, who said what to it, and which one is in force.

import { type PointNode, type PointTable, type PrintedAs, printPointTable, ruleInWords } from '@dienbien/targets/points'
import { pointRows, writeXlsx } from '@dienbien/targets/table'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { nothingWith } from '../../errors/input-error.ts'
import { lastDay } from '../../figures/years.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { FEW_ROWS, list, STATEMENT_OF_FEW, work } from '../../graphql/cost.ts'
import { textOf } from '../../graphql/enums.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { findCluster } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { ofCriteria, perCriterion } from './cost.ts'
import { PointRuleRef } from './point-rules.schema.ts'
import {
  inForceOf,
  readableTables,
  type StoredTable,
  tableId,
  tableNamed,
  tableOf,
  tablesLoader,
  type VersionWithSteps,
  WITH_STEPS,
} from './point-tables.ts'
import { type ClusterTables, notAgreeing, stateOf } from './state.ts'

const StateRef = builder.enumType('PointTableState', {
  description: 'Where a version of a point table stands.',
  values: {
    DRAFT: { value: 'draft', description: 'Members have yet to agree.' },
    AGREED: { value: 'agreed', description: 'All members agree; nobody has adopted it yet.' },
    ADOPTED: { value: 'adopted', description: 'In force: rankings are frozen by it and by no other.' },
    SUPERSEDED: { value: 'superseded', description: 'A later version took its place.' },
  } as const,
})

const PrintedAsRef = builder.enumType('PrintedAs', {
  description: 'How something is printed.',
  values: {
    MARKDOWN: { value: 'markdown' as PrintedAs, description: 'A table in Markdown.' },
    TEXT: { value: 'text' as PrintedAs, description: 'Columns parted by tabs.' },
    HTML: { value: 'html' as PrintedAs, description: 'A table in HTML.' },
  },
})

/** A node with how deep it lies, and the table that names what its rule looks at. */
interface Criterion extends PointNode {
  readonly depth: number
  readonly table: PointTable
}

const criteriaOf = (table: PointTable, nodes: readonly PointNode[], depth = 0): Criterion[] =>
  nodes.flatMap((node) => [{ ...node, depth, table }, ...criteriaOf(table, node.children ?? [], depth + 1)])

const CriterionRef = builder.objectRef<Criterion>('PointCriterion').implement({
  description: 'A criterion of a point table, as an office prints it.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'As printed, unique in the table.' }),
    name: t.exposeString('name', { description: 'The criterion as printed.' }),
    depth: t.exposeInt('depth', { description: 'The level of the criterion in the table: 0 for the first.' }),
    points: t.float({
      nullable: true,
      description: 'The maximum as printed.',
      resolve: ({ points }) => points ?? null,
    }),
    outside: t.boolean({
      description: 'A bonus or a deduction, outside the scale.',
      resolve: (node) => node.outside ?? false,
    }),
    ruleKind: t.field({
      type: PointRuleRef,
      nullable: true,
      description: 'What its rule goes by; null where its children bring the points.',
      resolve: ({ rule }) => rule?.kind ?? null,
    }),
    kind: t.string({
      ...textOf('ruleKind'),
      nullable: true,
      description: "The rule's kind; null where its children bring the points.",
      resolve: ({ rule }) => rule?.kind ?? null,
    }),
    rule: t.string({
      description: 'How points are given, in words.',
      resolve: ({ table, ...node }) => ruleInWords(node, table),
    }),
    evidence: t.string({ nullable: true, description: 'What proves it.', resolve: ({ evidence }) => evidence ?? null }),
    assessor: t.string({ nullable: true, description: 'Who judges it.', resolve: ({ by }) => by ?? null }),
  }),
})

/** By whom, where the viewer may know. */
const byWhom = async (subject: string, cluster: string, year: number, context: Context) =>
  (await may({ action: 'READ_RANKINGS', cluster, year }, context)) ? subject : null
const WITHHELD = `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RANKINGS')}`

const AnswerRef = builder.prismaObject('PointTableStep', {
  variant: 'PointTableAnswer',
  description: 'What a member said to a version. The last answer of each member counts.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that answered.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode as string, context, lastDay(year)),
    }),
    agrees: t.boolean({ description: 'Whether it agrees.', resolve: ({ kind }) => kind === 'agreement' }),
    note: t.exposeString('note', { description: 'The document, or why not.' }),
    answeredAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was recorded.' }),
    answeredBy: t.string({
      nullable: true,
      description: WITHHELD,
      resolve: ({ takenBy, clusterCode, year }, _, context) => byWhom(takenBy, clusterCode, year, context),
    }),
  }),
})

const AdoptionRef = builder.prismaObject('PointTableStep', {
  variant: 'PointTableAdoption',
  description: 'The decision that put a version in force.',
  fields: (t) => ({
    number: t.string({ description: 'The number of the decision.', resolve: (step) => step.decisionNumber ?? '' }),
    date: t.field({
      type: 'Date',
      description: 'The day of the decision.',
      resolve: (step) => isoDay(step.decidedOn as Date),
    }),
    note: t.exposeString('note', { description: 'The document, or why.' }),
    recordedAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was recorded.' }),
    recordedBy: t.string({
      nullable: true,
      description: WITHHELD,
      resolve: ({ takenBy, clusterCode, year }, _, context) => byWhom(takenBy, clusterCode, year, context),
    }),
  }),
})

/** The version of a global id, for those who may see it. */
async function visibleTable(id: string, context: Context): Promise<Prisma.PointTableVersionWhereUniqueInput> {
  const named = tableNamed(id)
  const readable = named && (await readableTables(named, context))
  if (!named || !readable?.some(({ row }) => row.version === named.version)) throw nothingWith(id)
  const { cluster: clusterCode, year, version } = named
  return { clusterCode_year_version: { clusterCode, year, version } }
}

/** All that is known of the tables of a version's cluster and year, on which it depends where it stands. */
async function tablesBeside(
  { clusterCode: cluster, year }: VersionWithSteps,
  context: Context,
): Promise<ClusterTables> {
  const [newest] = await tablesLoader(context).load({ cluster, year })
  return (newest as StoredTable).tables
}

export const PointTableRef = builder.prismaNode('PointTableVersion', {
  name: 'PointTable',
  description:
    'A version of the point table of a cluster in a year. An amendment is the next version; nothing is overwritten.',
  id: { resolve: (row) => tableId(row), description: 'The global id, as `node` takes it.' },
  nullable: true,
  findUnique: visibleTable,
  // Answers and adoption are both among them.
  include: WITH_STEPS,
  fields: (t) => ({
    code: t.string({
      description: 'year-cluster-version, as frozen rankings name it.',
      resolve: (row) => tableId(row),
    }),
    clusterCode: t.exposeString('clusterCode', { description: 'The slug of the cluster whose table it is.' }),
    cluster: t.field({
      type: ClusterRef,
      description: 'The cluster whose members are scored by it.',
      resolve: async (row, _, context) => ({
        ...(await findCluster(row.clusterCode, 'cluster', context)),
        year: row.year,
      }),
    }),
    year: t.exposeInt('year', { description: 'The emulation year.' }),
    version: t.exposeInt('version', { description: 'Counts the versions of a cluster and year from 1.' }),
    state: t.field({
      type: StateRef,
      description: 'Whether it is a draft, agreed, in force or superseded.',
      resolve: async (row, _, context) => stateOf(row.version, await tablesBeside(row, context)),
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of its canonical JSON (RFC 8785).' }),
    copiedFrom: t.exposeString('copiedFrom', {
      nullable: true,
      description: 'The code of the version that it is a copy of.',
    }),
    reason: t.exposeString('reason', { description: 'Why it was drafted.' }),
    draftedAt: t.expose('draftedAt', { type: 'DateTime', description: 'When it was drafted.' }),
    draftedBy: t.string({
      nullable: true,
      description: WITHHELD,
      resolve: ({ draftedBy, clusterCode, year }, _, context) => byWhom(draftedBy, clusterCode, year, context),
    }),
    answers: t.field({
      type: [AnswerRef],
      ...list(10),
      description: 'All that members said to it, in order.',
      resolve: ({ steps }) => steps.filter(({ kind }) => kind !== 'adoption'),
    }),
    notAgreed: t.field({
      type: [UnitRef],
      ...list(5),
      description: 'The members that have not agreed to it, or object.',
      resolve: async (row, _, context) => {
        const units = notAgreeing(row.version, await tablesBeside(row, context))
        return Promise.all(units.map((id) => storedUnit(id, context, lastDay(row.year))))
      },
    }),
    adoption: t.field({
      type: AdoptionRef,
      nullable: true,
      description: 'The decision that put it in force; null where none did.',
      resolve: ({ steps }) => steps.findLast(({ kind }) => kind === 'adoption') ?? null,
    }),
  }),
})

/** What the table says itself. */
builder.objectFields(PointTableRef, (t) => ({
  title: t.string({ description: 'As the table says it.', resolve: (row) => tableOf(row).title }),
  note: t.string({ description: 'Whose table it is, as it says itself.', resolve: (row) => tableOf(row).note }),
  total: t.float({ description: 'The points of the scale, as printed.', resolve: (row) => tableOf(row).total }),
  table: t.field({
    type: 'JSON',
    ...ofCriteria(50, 8),
    description: 'The whole table, by the schema `points.schema.json` of @dienbien/targets.',
    resolve: (row) => tableOf(row),
  }),
  criteria: t.field({
    type: [CriterionRef],
    ...perCriterion(0, 8),
    description: 'All criteria, parents before their children, in the order of the table.',
    resolve: (row) => {
      const table = tableOf(row)
      return criteriaOf(table, table.nodes)
    },
  }),
  printed: t.string({
    ...ofCriteria(200, 30),
    description: 'The table as an office prints it.',
    args: {
      as: t.arg({ type: PrintedAsRef, defaultValue: 'markdown', description: 'The form in which it is printed.' }),
    },
    resolve: (row, { as }) => printPointTable(tableOf(row), as ?? 'markdown'),
  }),
  xlsx: t.string({
    ...ofCriteria(1000, 35),
    description: 'An XLSX file to edit and draft from again, in Base64.',
    resolve: (row) => Buffer.from(writeXlsx(pointRows(tableOf(row)))).toString('base64'),
  }),
}))

builder.objectFields(ClusterRef, (t) => ({
  pointTable: t.field({
    type: PointTableRef,
    ...work(STATEMENT_OF_FEW),
    nullable: true,
    description:
      "The point table that is adopted for the year; null where none is, and rankings then go by this project's default policy.",
    resolve: async ({ code: cluster, year }, _, context) =>
      inForceOf(await tablesLoader(context).load({ cluster, year }))?.row ?? null,
  }),
  pointTables: t.field({
    type: [PointTableRef],
    ...FEW_ROWS,
    description: `All versions of its point table in the year, newest first: the adopted one for everyone, the others not. ${whoMay('READ_RANKINGS')}`,
    resolve: async ({ code: cluster, year }, _, context) =>
      (await readableTables({ cluster, year }, context)).map(({ row }) => row),
  }),
}))
