// The signed heads of the trail, and what does not hold in it.
import { whoMay } from '../accounts/rights.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import { list, PLAIN_STATEMENT, perPage, work } from '../graphql/cost.ts'
import { enumOfWords } from '../graphql/enums.ts'
import { signedText } from './chain.ts'
import { GAPS, type Gap } from './gaps.ts'

const HeadRef = builder.prismaObject('AuditHead', {
  name: 'TrailHead',
  description:
    'A signed end of the chain, made within a second of a change. Note one elsewhere: a trail that was cut or rewritten before it shows against it, whoever did it.',
  fields: (t) => ({
    number: t.int({ description: '1, 2, 3 …', resolve: ({ number }) => Number(number) }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was sealed.' }),
    size: t.int({
      description: 'How many batches the chain has up to here.',
      resolve: ({ size }) => Number(size),
    }),
    hash: t.exposeString('hash', {
      description: 'The hash of the newest batch under this head, which holds those before it.',
    }),
    previousHash: t.exposeString('previousHash', {
      description: 'The hash of the head before it; empty for the first.',
    }),
    publicKey: t.exposeString('publicKey', { description: 'The Ed25519 key that signed it: SPKI in base64.' }),
    signature: t.exposeString('signature', { description: 'The signature of `signedText`, in base64.' }),
    signedText: t.string({
      description: 'Number, at, size, hash and previousHash as canonical JSON (RFC 8785).',
      resolve: ({ number, at, size, hash, previousHash }) =>
        signedText({ number: Number(number), at: at.toISOString(), size: Number(size), hash, previousHash }),
    }),
  }),
})

const NotedHead = builder.inputType('NotedTrailHead', {
  description: 'A head as it was noted elsewhere.',
  fields: (t) => ({
    number: t.int({ required: true, description: 'The number of the head that was noted.' }),
    hash: t.string({ required: true, description: 'The hash that was noted with it.' }),
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

builder.queryFields((t) => ({
  trailGaps: t.field({
    type: [GapRef],
    nullable: true,
    ...list(10, 450_000),
    description: `Checks the whole trail, its heads and their signatures, and every row of the tables against what the trail says of it: empty where all of it holds, else a thousand gaps at most. It reads all of the trail. ${whoMay('READ_TRAIL')}`,
    args: {
      noted: t.arg({
        type: [NotedHead],
        extensions: { mayBeEmpty: true },
        description:
          'Heads that were noted elsewhere: whether they still stand. The one that this server saw last is checked anyway.',
      }),
    },
    authScopes: () => ({ may: { action: 'READ_TRAIL' } }),
    resolve: (_, { noted }, { trail }) => trail.gaps(noted ?? []),
  }),
  trailHead: t.prismaField({
    type: HeadRef,
    nullable: true,
    ...work(PLAIN_STATEMENT),
    description: 'The newest head of the trail, or the one of a number; null where there is none. Open to everyone.',
    args: { number: t.arg.int({ description: 'Which; by default the newest.', ...between(1) }) },
    resolve: (query, _, { number }, { prisma }) =>
      prisma.auditHead.findFirst({ ...query, where: number ? { number } : {}, orderBy: { number: 'desc' } }),
  }),
  trailHeads: t.prismaField({
    type: [HeadRef],
    nullable: true,
    ...perPage(100, PLAIN_STATEMENT),
    description: 'Heads of the trail in their order. Open to everyone.',
    args: {
      after: t.arg.int({ defaultValue: 0, description: 'Those after this number.', ...between(0) }),
      first: t.arg.int({ defaultValue: 100, description: 'How many at most.', ...between(1, MAX_PAGE) }),
    },
    resolve: (query, _, { after, first }, { prisma }) =>
      prisma.auditHead.findMany({
        ...query,
        where: { number: { gt: after ?? 0 } },
        orderBy: { number: 'asc' },
        take: first ?? 100,
      }),
  }),
}))
