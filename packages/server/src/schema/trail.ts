// The trail: who changed what, when, from where and why, as the database wrote it.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import { whoMay } from '../accounts/rights.ts'
import { type AuditBatch, Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { WORK } from './cost.ts'
import { inputError } from './errors.ts'
import { checkPage } from './paging.ts'

const EntryRef = builder.prismaObject('AuditEntry', {
  name: 'TrailEntry',
  description: 'One row before and after.',
  fields: (t) => ({
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null where it is new.',
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

const BatchRef = builder.prismaObject('AuditBatch', {
  name: 'TrailBatch',
  description: 'What one statement changed, or an attempt that was refused.',
  fields: (t) => ({
    id: t.string({ description: 'Counts upwards.', resolve: ({ id }) => String(id) }),
    at: t.string({ description: 'ISO 8601, UTC.', resolve: ({ at }) => at.toISOString() }),
    subject: t.exposeString('subject', { description: 'Who, as the token says; database where nobody did.' }),
    role: t.exposeString('role', { description: 'In which role.' }),
    origin: t.exposeString('origin', { description: 'From which address.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    action: t.exposeString('action', { description: 'INSERT, UPDATE, DELETE or REFUSED.' }),
    table: t.exposeString('tableName', { description: 'Of what; access for a refused attempt.' }),
    rowCount: t.exposeInt('rowCount', { description: 'How many rows.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the batch, its entries and the hash before it.' }),
    previousHash: t.exposeString('previousHash', { description: 'Of the batch before it.' }),
    entries: t.relation('entries', {
      type: EntryRef,
      description: 'Its rows.',
      args: { first: t.arg.int({ defaultValue: 100, description: 'How many at most, up to 1,000.' }) },
      query: ({ first }) => {
        const take = first ?? 100
        if (take < 0 || take > 1000) {
          throw inputError('BAD_INPUT', `first goes from 0 to 1000, not ${take}`, { argument: 'first', value: take })
        }
        return { orderBy: { number: 'asc' }, take }
      },
    }),
  }),
})

interface GapOf {
  readonly id: string
  readonly what: string
}

const GapRef = builder.objectRef<GapOf>('TrailGap').implement({
  description: 'A place where the chain of hashes does not hold.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Of the batch.' }),
    what: t.exposeString('what', {
      description: 'changed: it is not what was written; gap: the one before it is missing.',
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
      description: `The trail of changes and refused attempts, newest first. ${whoMay('READ_TRAIL')}`,
      authScopes: () => ({ may: { action: 'READ_TRAIL' } }),
      args: {
        table: t.arg.string({ description: 'Only of this table: measurements, filings, unit_targets … or access.' }),
        subject: t.arg.string({ description: 'Only what this subject did.' }),
        unit: t.arg.string({ description: 'Only what touched this unit, by code.' }),
      },
      resolve: async (_, { table, subject, unit, ...page }, context, info) => {
        const { prisma } = context
        checkPage(page)
        const where: Prisma.AuditBatchWhereInput = {
          ...(table ? { tableName: table } : {}),
          ...(subject ? { subject } : {}),
          ...(unit
            ? {
                entries: {
                  some: {
                    OR: [
                      { after: { path: ['unit_code'], equals: unit } },
                      { before: { path: ['unit_code'], equals: unit } },
                      { after: { path: ['unit'], equals: unit } },
                    ],
                  },
                },
              }
            : {}),
        }
        // Brings the entries along in the statements of the page, where they are asked for.
        const { include } = queryFromInfo({ context, info, path: ['nodes'], paths: [['edges', 'node']] })
        const connection = await resolveCursorConnection(
          { args: page, toCursor: ({ id }: AuditBatch) => String(id), defaultSize: 50, maxSize: 200 },
          async ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Promise<AuditBatch[]> => {
            const bounds = { ...(after ? { lt: toId(after) } : {}), ...(before ? { gt: toId(before) } : {}) }
            const id = Object.keys(bounds).length > 0 ? { id: bounds } : {}
            return prisma.auditBatch.findMany({
              ...(include ? { include: include as Prisma.AuditBatchInclude } : {}),
              where: { AND: [where, id] },
              orderBy: { id: inverted ? 'asc' : 'desc' },
              take: limit,
            })
          },
        )
        return { ...connection, totalCount: () => prisma.auditBatch.count({ where }) }
      },
    },
    trailConnection,
  ),
  trailGaps: t.field({
    type: [GapRef],
    ...WORK,
    description: `Checks the whole chain of hashes: empty where nothing was changed or removed. The end of the chain can only be held against a hash that was noted elsewhere. ${whoMay('READ_TRAIL')}`,
    authScopes: () => ({ may: { action: 'READ_TRAIL' } }),
    resolve: (_, __, { prisma }) =>
      prisma.$queryRaw<GapOf[]>(Prisma.sql`
        select id::text, case when intact then 'gap' else 'changed' end as what
        from (
          select b.id, b.previous_hash = coalesce(lag(b.hash) over (order by b.id), '') as follows,
            b.hash = audit_hash(b.at, b.subject, b.role, b.origin, b.reason, b.action, b.table_name, e.entries, b.previous_hash)
              as intact
          from audit_batches b
          left join lateral (
            select array_agg(jsonb_build_object('before', before, 'after', after) order by number) as entries
            from audit_entries where batch_id = b.id
          ) e on true
        ) checked
        where not (follows and intact)
        order by id`),
  }),
}))

function toId(cursor: string): bigint {
  if (/^\d{1,18}$/.test(cursor)) return BigInt(cursor)
  throw inputError('BAD_INPUT', `"${cursor}" is no cursor of the trail`, { argument: 'after', value: cursor })
}
