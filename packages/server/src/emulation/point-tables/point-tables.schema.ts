// The point tables of a cluster: every version, who said what to it, and which one is in force.

import { type PointNode, type PointTable, type PrintedAs, printPointTable, ruleInWords } from '@dienbien/targets/points'
import { pointRows, writeXlsx } from '@dienbien/targets/table'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { nothingWith } from '../../errors/input-error.ts'
import { lastDay } from '../../figures/years.ts'
import type { PointTableStep } from '../../generated/prisma/client.ts'
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
import { inForceOf, readableTables, type StoredTable, tableId, tableOf, tablesLoader } from './point-tables.ts'
import { notAgreeing, stateOf } from './state.ts'

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
    name: t.exposeString('name', { description: 'As printed.' }),
    depth: t.exposeInt('depth', { description: '0 for the first level.' }),
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
const WITHHELD = `By whom. Null where that is withheld: ${whoMay('READ_RANKINGS')}`

const AnswerRef = builder.objectRef<PointTableStep>('PointTableAnswer').implement({
  description: 'What a member said to a version. The last answer of each member counts.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
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

const AdoptionRef = builder.objectRef<PointTableStep>('PointTableAdoption').implement({
  description: 'The decision that put a version in force.',
  fields: (t) => ({
    number: t.string({ description: 'Of the decision.', resolve: (step) => step.decisionNumber ?? '' }),
    date: t.field({ type: 'Date', description: 'Of the decision.', resolve: (step) => isoDay(step.decidedOn as Date) }),
    note: t.exposeString('note', { description: 'The document, or why.' }),
    recordedAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was recorded.' }),
    recordedBy: t.string({
      nullable: true,
      description: WITHHELD,
      resolve: ({ takenBy, clusterCode, year }, _, context) => byWhom(takenBy, clusterCode, year, context),
    }),
  }),
})

/** The year, the version, and the cluster between them, as a global id says it. */
const ID = /^(\d{4})-(.+)-(\d+)$/

/** @throws `NOT_FOUND` where there is none that the viewer may see */
async function tableBy(id: string, context: Context): Promise<StoredTable> {
  const [, year, cluster = '', version] = ID.exec(id) ?? []
  const all = year ? await readableTables({ cluster, year: Number(year) }, context) : []
  const found = all.find(({ row }) => row.version === Number(version))
  if (!found) throw nothingWith(id)
  return found
}

export const PointTableRef = builder.objectRef<StoredTable>('PointTable')
builder.node(PointTableRef, {
  description:
    'A version of the point table of a cluster in a year. An amendment is the next version; nothing is overwritten.',
  id: { resolve: ({ row }) => tableId(row), description: 'Global id.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'tables' in value && 'row' in value,
  loadOne: tableBy,
  fields: (t) => ({
    code: t.string({
      description: 'year-cluster-version, as frozen rankings name it.',
      resolve: ({ row }) => tableId(row),
    }),
    clusterCode: t.string({ description: 'Whose it is, by its slug.', resolve: ({ row }) => row.clusterCode }),
    cluster: t.field({
      type: ClusterRef,
      description: 'Whose it is.',
      resolve: async ({ row }, _, context) => ({
        ...(await findCluster(row.clusterCode, 'cluster', context)),
        year: row.year,
      }),
    }),
    year: t.int({ description: 'Of the emulation.', resolve: ({ row }) => row.year }),
    version: t.int({
      description: 'Counts the versions of a cluster and year from 1.',
      resolve: ({ row }) => row.version,
    }),
    state: t.field({
      type: StateRef,
      description: 'Where it stands.',
      resolve: ({ row, tables }) => stateOf(row.version, tables),
    }),
    hash: t.string({ description: 'SHA-256 of its canonical JSON (RFC 8785).', resolve: ({ row }) => row.hash }),
    copiedFrom: t.string({
      nullable: true,
      description: 'The code of the version that it is a copy of.',
      resolve: ({ row }) => row.copiedFrom,
    }),
    reason: t.string({ description: 'Why it was drafted.', resolve: ({ row }) => row.reason }),
    draftedAt: t.field({ type: 'DateTime', description: 'When it was drafted.', resolve: ({ row }) => row.draftedAt }),
    draftedBy: t.string({
      nullable: true,
      description: WITHHELD,
      resolve: ({ row }, _, context) => byWhom(row.draftedBy, row.clusterCode, row.year, context),
    }),
    answers: t.field({
      type: [AnswerRef],
      ...list(10),
      description: 'All that members said to it, in order.',
      resolve: ({ row }) => row.steps.filter(({ kind }) => kind !== 'adoption'),
    }),
    notAgreed: t.field({
      type: [UnitRef],
      ...list(5),
      description: 'The members that have not agreed to it, or object.',
      resolve: ({ row, tables }, _, context) =>
        Promise.all(notAgreeing(row.version, tables).map((id) => storedUnit(id, context, lastDay(row.year)))),
    }),
    adoption: t.field({
      type: AdoptionRef,
      nullable: true,
      description: 'The decision that put it in force; null where none did.',
      resolve: ({ row }) => row.steps.findLast(({ kind }) => kind === 'adoption') ?? null,
    }),
  }),
})

/** What the table says itself. */
builder.objectFields(PointTableRef, (t) => ({
  title: t.string({ description: 'As the table says it.', resolve: ({ row }) => tableOf(row).title }),
  note: t.string({ description: 'Whose table it is, as it says itself.', resolve: ({ row }) => tableOf(row).note }),
  total: t.float({ description: 'The points of the scale, as printed.', resolve: ({ row }) => tableOf(row).total }),
  table: t.field({
    type: 'JSON',
    ...ofCriteria(50, 8),
    description: 'The whole table, by the schema `points.schema.json` of @dienbien/targets.',
    resolve: ({ row }) => tableOf(row),
  }),
  criteria: t.field({
    type: [CriterionRef],
    ...perCriterion(0, 8),
    description: 'All criteria, parents before their children, in the order of the table.',
    resolve: ({ row }) => {
      const table = tableOf(row)
      return criteriaOf(table, table.nodes)
    },
  }),
  printed: t.string({
    ...ofCriteria(200, 30),
    description: 'The table as an office prints it.',
    args: { as: t.arg({ type: PrintedAsRef, defaultValue: 'markdown', description: 'In which form.' }) },
    resolve: ({ row }, { as }) => printPointTable(tableOf(row), as ?? 'markdown'),
  }),
  xlsx: t.string({
    ...ofCriteria(1000, 35),
    description: 'An XLSX file to edit and draft from again, in Base64.',
    resolve: ({ row }) => Buffer.from(writeXlsx(pointRows(tableOf(row)))).toString('base64'),
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
      inForceOf(await tablesLoader(context).load({ cluster, year })),
  }),
  pointTables: t.field({
    type: [PointTableRef],
    ...FEW_ROWS,
    description: `All versions of its point table in the year, newest first: the adopted one for everyone, the others not. ${whoMay('READ_RANKINGS')}`,
    resolve: ({ code: cluster, year }, _, context) => readableTables({ cluster, year }, context),
  }),
}))
