// The trail: who changed what, when, from where and why, as the database wrote it.

import { nearest } from '@dienbien/targets'
import { queryFromInfo } from '@pothos/plugin-prisma'
import {
  type DefaultConnectionArguments,
  type ResolveCursorConnectionArgs,
  resolveCursorConnection,
} from '@pothos/plugin-relay'
import type { GraphQLResolveInfo } from 'graphql'
import { whoMay } from '../accounts/rights.ts'
import { inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { AuditBatch, Prisma } from '../generated/prisma/client.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { perPage } from '../graphql/cost.ts'
import { enumOfWords, textOf } from '../graphql/enums.ts'
import { checkPage, counted } from '../graphql/paging.ts'
import { findUnit } from '../units/units.ts'
import { batchesAbout } from './batches.ts'
import { AUDITED } from './tables.ts'

/** How many rows of a batch are told where nobody says. */
const ENTRIES = 100
const MOST_ENTRIES = 1000

const EntryRef = builder.prismaObject('AuditEntry', {
  name: 'TrailEntry',
  description: 'One row before and after.',
  fields: (t) => ({
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The row as it was; null where it is new.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null where it was removed; of a refused attempt, what was tried.',
      resolve: ({ after }) => after,
    }),
  }),
})

type BatchAction = 'INSERT' | 'UPDATE' | 'DELETE' | 'REFUSED' | 'BASELINE'

const BatchKind = enumOfWords<BatchAction>('TrailBatchKind', 'What was done.', {
  INSERT: 'Rows were added.',
  UPDATE: 'Rows were changed.',
  DELETE: 'Rows were removed.',
  REFUSED: 'An attempt was refused.',
  BASELINE: 'What was there before the trail.',
})

const BatchRef = builder.prismaObject('AuditBatch', {
  name: 'TrailBatch',
  description: 'What one statement changed, or an attempt that was refused.',
  fields: (t) => ({
    id: t.string({ description: 'A number that rises from batch to batch.', resolve: ({ id }) => String(id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
    subject: t.exposeString('subject', { description: 'Who, as the token says; database where nobody did.' }),
    role: t.exposeString('role', { description: 'The role of the author at that time.' }),
    origin: t.exposeString('origin', { description: 'The network address from which the change came.' }),
    reason: t.exposeString('reason', {
      description: 'Why the author made the change; empty where no reason was given.',
    }),
    kind: t.field({ type: BatchKind, description: 'What was done.', resolve: ({ action }) => action as BatchAction }),
    action: t.exposeString('action', {
      ...textOf('kind'),
      description: 'INSERT, UPDATE, DELETE, REFUSED; BASELINE for what was there before the trail.',
    }),
    table: t.exposeString('tableName', { description: 'The table that was changed; "access" for a refused attempt.' }),
    rowCount: t.exposeInt('rowCount', {
      description: 'How many rows; of refused attempts, how many like it this stands for.',
    }),
    number: t.int({
      nullable: true,
      description: 'Its place in the chain, counted without a gap; null for the moment until it is sealed.',
      select: { link: true },
      resolve: ({ link }) => (link ? Number(link.number) : null),
    }),
    hash: t.string({
      nullable: true,
      description:
        'SHA-256 of the hash of the number before it, its number, and the batch with its entries; null until it is sealed.',
      select: { link: true },
      resolve: ({ link }) => link?.hash ?? null,
    }),
    entries: t.relation('entries', {
      type: EntryRef,
      complexity: ({ first }) => ({ field: 1000, multiplier: Math.max(1, Math.min(first ?? ENTRIES, MOST_ENTRIES)) }),
      description: 'The rows that were changed.',
      args: {
        first: t.arg.int({ defaultValue: ENTRIES, description: 'How many at most.', ...between(1, MOST_ENTRIES) }),
      },
      // Read with the batch, before anybody says that it is too many.
      query: ({ first }) => ({ orderBy: { number: 'asc' }, take: Math.min(first ?? ENTRIES, MOST_ENTRIES) }),
    }),
  }),
})

const trailConnection = builder.connectionObject(
  { type: BatchRef, name: 'TrailConnection', description: 'A page of the trail.' },
  { name: 'TrailEdge', description: 'A batch in a page.' },
)

builder.queryFields((t) => ({
  trail: t.connection(
    {
      type: BatchRef,
      nullable: true,
      ...perPage(50, 1000),
      description: `The trail of changes and refused attempts, newest first. ${whoMay('READ_TRAIL')}`,
      authScopes: () => ({ may: { action: 'READ_TRAIL' } }),
      args: {
        table: t.arg.string({ description: 'Only of this table: measurements, filings, unit_targets … or access.' }),
        kinds: t.arg({ type: [BatchKind], description: 'Only what was done so.' }),
        subject: t.arg.string({ description: 'Only what this subject did.' }),
        unit: t.arg.string({ description: 'Only what touched this unit, by code.' }),
        since: t.arg({ type: 'DateTime', description: 'Only what was written then or later.' }),
        until: t.arg({ type: 'DateTime', description: 'Only what was written before.' }),
      },
      resolve: async (_, { table, kinds, subject, unit, since, until, ...page }, context, info) => {
        checkSpan(since, until)
        if (typeof table === 'string') checkTable(table)
        if (typeof unit === 'string') await findUnit(unit, 'unit', context)
        const where = batchesAbout({ table, kinds, subject, unit, since, until })
        return pageOfTrail(where, page, context, info)
      },
    },
    trailConnection,
  ),
  ownTrail: t.connection(
    {
      type: BatchRef,
      nullable: true,
      ...perPage(50, 1000),
      description:
        'What the viewer has changed, and tried and been refused, newest first. Null for whoever has not signed in.',
      args: { refused: t.arg.boolean({ description: 'True: only what was refused. False: only what was done.' }) },
      resolve: (_, { refused, ...page }, context, info) => {
        if (!context.viewer) return null
        const action = refused === null || refused === undefined ? {} : { action: refused ? REFUSED : { not: REFUSED } }
        return pageOfTrail({ subject: context.viewer.subject, ...action }, page, context, info)
      },
    },
    trailConnection,
  ),
}))

const REFUSED = 'REFUSED'

/** A page of batches, newest first. */
async function pageOfTrail(
  where: Prisma.AuditBatchWhereInput,
  page: DefaultConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { prisma } = context
  checkPage(page)
  // Brings the entries along in the statements of the page, where they are asked for.
  const { include } = queryFromInfo({ context, info, path: ['nodes'], paths: [['edges', 'node']] })
  const connection = await resolveCursorConnection(
    { args: page, toCursor: ({ id }: AuditBatch) => String(id), defaultSize: 50, maxSize: 200 },
    ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Promise<AuditBatch[]> =>
      prisma.auditBatch.findMany({
        ...(include ? { include: include as Prisma.AuditBatchInclude } : {}),
        where: {
          AND: [where, { id: { ...(after ? { lt: toId(after) } : {}), ...(before ? { gt: toId(before) } : {}) } }],
        },
        orderBy: { id: inverted ? 'asc' : 'desc' },
        take: limit,
      }),
  )
  return counted(connection, () => prisma.auditBatch.count({ where }))
}

/** Of refused attempts, which no table of its own keeps. */
const TABLES = [...Object.keys(AUDITED), 'access']

function checkTable(table: string): void {
  if (TABLES.includes(table)) return
  const near = nearest(table, TABLES)
  const text = suggesting(
    {
      vi: `nhật ký không có bảng ${quoted(table)}, chỉ có ${TABLES.join(', ')}`,
      en: `the trail has no table ${quoted(table)}, only ${TABLES.join(', ')}`,
    },
    near,
  )
  throw inputError('BAD_INPUT', text, { argument: 'table', value: table, nearest: near })
}

/** Turned round it would look as if nothing had changed. */
function checkSpan(since: Date | null | undefined, until: Date | null | undefined): void {
  if (!since || !until || since < until) return
  const [from, to] = [since.toISOString(), until.toISOString()]
  const text = { vi: `since ${from} phải đứng trước until ${to}`, en: `since ${from} must lie before until ${to}` }
  throw inputError('BAD_DATE', text, { argument: 'since', value: from })
}

function toId(cursor: string): bigint {
  if (/^\d{1,18}$/.test(cursor)) return BigInt(cursor)
  throw inputError(
    'BAD_INPUT',
    {
      vi: `"${cursor}" không phải là con trỏ của nhật ký`,
      en: `"${cursor}" is no cursor of the trail`,
    },
    { argument: 'after', value: cursor },
  )
}
