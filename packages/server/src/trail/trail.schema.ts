// The trail: who changed what, when, from where and why, as the database wrote it.

import { nearest } from '@dienbien/targets'
import { queryFromInfo } from '@pothos/plugin-prisma'
import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import { whoMay } from '../accounts/rights.ts'
import { inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { AuditBatch, Prisma } from '../generated/prisma/client.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import { list, PLAIN_STATEMENT, perPage, work } from '../graphql/cost.ts'
import { enumOfWords, textOf } from '../graphql/enums.ts'
import { checkPage, counted } from '../graphql/paging.ts'
import { findUnit } from '../units/units.ts'
import { batchesAbout } from './batches.ts'
import { type Head, signedText } from './chain.ts'
import { GAPS, type Gap } from './gaps.ts'
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
    id: t.string({ description: 'Counts upwards.', resolve: ({ id }) => String(id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
    subject: t.exposeString('subject', { description: 'Who, as the token says; database where nobody did.' }),
    role: t.exposeString('role', { description: 'In which role.' }),
    origin: t.exposeString('origin', { description: 'From which address.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    kind: t.field({ type: BatchKind, description: 'What was done.', resolve: ({ action }) => action as BatchAction }),
    action: t.exposeString('action', {
      ...textOf('kind'),
      description: 'INSERT, UPDATE, DELETE, REFUSED; BASELINE for what was there before the trail.',
    }),
    table: t.exposeString('tableName', { description: 'Of what; access for a refused attempt.' }),
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
      description: 'Its rows.',
      args: {
        first: t.arg.int({ defaultValue: ENTRIES, description: 'How many at most.', ...between(1, MOST_ENTRIES) }),
      },
      // Read with the batch, before anybody says that it is too many.
      query: ({ first }) => ({ orderBy: { number: 'asc' }, take: Math.min(first ?? ENTRIES, MOST_ENTRIES) }),
    }),
  }),
})

const HeadRef = builder.objectRef<Head>('TrailHead').implement({
  description:
    'A signed end of the chain, made within a second of a change. Note one elsewhere: a trail that was cut or rewritten before it shows against it, whoever did it.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1, 2, 3 …' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was sealed.' }),
    size: t.exposeInt('size', { description: 'How many batches the chain has up to here.' }),
    hash: t.exposeString('hash', { description: 'Of the last of them.' }),
    previousHash: t.exposeString('previousHash', {
      description: 'The hash of the head before it; empty for the first.',
    }),
    publicKey: t.exposeString('publicKey', { description: 'The Ed25519 key that signed it: SPKI in base64.' }),
    signature: t.exposeString('signature', { description: 'Of signedText, base64.' }),
    signedText: t.string({
      description: 'Number, at, size, hash and previousHash as canonical JSON (RFC 8785).',
      resolve: (head) => signedText(head),
    }),
  }),
})

const NotedHead = builder.inputType('NotedTrailHead', {
  description: 'A head as it was noted elsewhere.',
  fields: (t) => ({
    number: t.int({ required: true, description: 'Its number.' }),
    hash: t.string({ required: true, description: 'Its hash.' }),
  }),
})

const GapKind = enumOfWords<Gap['what']>('TrailGapKind', 'What does not hold.', GAPS)

const GapRef = builder.objectRef<Gap>('TrailGap').implement({
  description: 'A place where the trail, or a table beside it, does not hold.',
  fields: (t) => ({
    what: t.field({ type: GapKind, description: 'What does not hold.', resolve: ({ what }) => what }),
    batch: t.exposeString('id', {
      nullable: true,
      description: 'The id of the batch; null where none tells of it. Several gaps may be of one.',
    }),
    id: t.exposeString('id', {
      nullable: true,
      description: 'The same as `batch`.',
      deprecationReason: 'It is no identity of the gap: several may be of one batch. Ask for `batch`.',
    }),
    head: t.exposeInt('head', { nullable: true, description: 'The number of the head, where it is about one.' }),
    table: t.exposeString('table', { nullable: true, description: 'The table, where it is about one.' }),
    row: t.string({
      nullable: true,
      description: 'The key of the row, its parts separated by spaces.',
      resolve: ({ row }) => row?.join(' ') ?? null,
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
        const { prisma } = context
        checkPage(page)
        checkSpan(since, until)
        if (typeof table === 'string') checkTable(table)
        if (typeof unit === 'string') await findUnit(unit, 'unit', context)
        const where = batchesAbout({ table, kinds, subject, unit, since, until })
        // Brings the entries along in the statements of the page, where they are asked for.
        const { include } = queryFromInfo({ context, info, path: ['nodes'], paths: [['edges', 'node']] })
        const connection = await resolveCursorConnection(
          { args: page, toCursor: ({ id }: AuditBatch) => String(id), defaultSize: 50, maxSize: 200 },
          ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Promise<AuditBatch[]> =>
            prisma.auditBatch.findMany({
              ...(include ? { include: include as Prisma.AuditBatchInclude } : {}),
              where: {
                AND: [
                  where,
                  { id: { ...(after ? { lt: toId(after) } : {}), ...(before ? { gt: toId(before) } : {}) } },
                ],
              },
              orderBy: { id: inverted ? 'asc' : 'desc' },
              take: limit,
            }),
        )
        return counted(connection, () => prisma.auditBatch.count({ where }))
      },
    },
    trailConnection,
  ),
}))

builder.queryFields((t) => ({
  trailGaps: t.field({
    type: [GapRef],
    nullable: true,
    ...list(10, 450_000),
    description: `Checks the whole trail, its heads and their signatures, and every row of the tables against what the trail says of it: empty where all of it holds, else a thousand gaps at most. It reads all of the trail. ${whoMay('READ_TRAIL')}`,
    args: {
      noted: t.arg({
        type: [NotedHead],
        description:
          'Heads that were noted elsewhere: whether they still stand. The one that this server saw last is checked anyway.',
      }),
    },
    authScopes: () => ({ may: { action: 'READ_TRAIL' } }),
    resolve: (_, { noted }, { trail }) => trail.gaps(noted ?? []),
  }),
  trailHead: t.field({
    type: HeadRef,
    nullable: true,
    ...work(PLAIN_STATEMENT),
    description: 'The newest head of the trail, or the one of a number; null where there is none. Open to everyone.',
    args: { number: t.arg.int({ description: 'Which; by default the newest.', ...between(1) }) },
    resolve: (_, { number }, { trail }) => trail.head(number ?? null),
  }),
  trailHeads: t.field({
    type: [HeadRef],
    nullable: true,
    ...perPage(100, PLAIN_STATEMENT),
    description: 'Heads of the trail in their order. Open to everyone.',
    args: {
      after: t.arg.int({ defaultValue: 0, description: 'Those after this number.', ...between(0) }),
      first: t.arg.int({ defaultValue: 100, description: 'How many at most.', ...between(1, MAX_PAGE) }),
    },
    resolve: (_, { after, first }, { trail }) => trail.heads(after ?? 0, first ?? 100),
  }),
}))

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
