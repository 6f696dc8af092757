import type { Viewer } from '../accounts/viewer.ts'
import { nothingWith } from '../errors/input-error.ts'
import type { SavedQuery } from '../generated/prisma/client.ts'
import { between, LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change } from '../graphql/change.ts'
import { LONG, ROW, ROWS } from '../graphql/cost.ts'
import { expected, mutation } from '../graphql/mutation.ts'
import {
  checkQueryToSave,
  newestOfEach,
  newestVersion,
  storeQuery,
  storeTrust,
  visibleVersion,
} from './saved-queries.ts'

const subjectOf = (viewer: Viewer | null) => viewer?.subject ?? null

const KEY = /^([1-9]\d{0,8}):([a-z0-9-]+)$/

const SavedQueryRef = builder.prismaNode('SavedQuery', {
  description: 'A query that somebody saved: the newest version, or one asked for.',
  id: { resolve: ({ slug, version }) => `${version}:${slug}`, description: 'Global id: of this version.' },
  nullable: true,
  findUnique: (id, { viewer }) => {
    const [, version, slug] = KEY.exec(id) ?? []
    if (slug === undefined) throw nothingWith(id)
    return visibleVersion(slug, Number(version), subjectOf(viewer))
  },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in links: /graphql?saved=slug opens it in GraphiQL.' }),
    version: t.exposeInt('version', { description: 'Counts from 1; earlier ones are kept.' }),
    title: t.exposeString('title', { description: 'What people see the query under.' }),
    description: t.exposeString('description', { description: 'The question that the query answers.' }),
    text: t.exposeString('text', { ...LONG, description: 'The GraphQL operation.' }),
    variables: t.exposeString('variables', {
      ...LONG,
      description: 'An example of its variables, as JSON; empty for none.',
    }),
    shared: t.exposeBoolean('shared', { description: 'Seen by everyone; otherwise by who saved it.' }),
    trusted: t.exposeBoolean('trusted', {
      description:
        'Whether this version is a trusted document: clients may send `documentId` with its slug instead of the text, whatever newer versions there are.',
    }),
    savedAt: t.expose('savedAt', { type: 'DateTime', description: 'When this version was saved.' }),
    savedBy: t.string({
      nullable: true,
      description: 'Who it was, by the subject of the token. Null for those who do not sign in.',
      resolve: ({ savedBy }, _, { viewer }) => (viewer ? savedBy : null),
    }),
  }),
})

builder.queryFields((t) => ({
  savedQueries: t.prismaField({
    type: [SavedQueryRef],
    nullable: true,
    ...ROWS,
    description: 'The shared ones and your own, by slug: the newest version of each that the viewer may see.',
    resolve: (query, _, __, { prisma, viewer }) =>
      prisma.savedQuery.findMany({ ...query, ...newestOfEach(subjectOf(viewer)) }),
  }),
  savedQuery: t.prismaField({
    type: SavedQueryRef,
    ...ROW,
    nullable: true,
    description: 'One, or null where there is none that the viewer may see.',
    args: {
      slug: t.arg.string({ required: true, description: 'The slug of the query, as links name it.' }),
      version: t.arg.int({ description: 'Default: the newest that the viewer may see.', ...between(1) }),
    },
    resolve: (query, _, { slug, version }, { prisma, viewer }) =>
      version === null || version === undefined
        ? prisma.savedQuery.findFirst({ ...query, ...newestVersion(slug, subjectOf(viewer)) })
        : prisma.savedQuery.findUnique({ ...query, where: visibleVersion(slug, version, subjectOf(viewer)) }),
  }),
}))

/** What both mutations answer. */
const SAVED = {
  fields: (t: PayloadFields) => ({
    savedQuery: t.expose('savedQuery', {
      type: SavedQueryRef,
      nullable: true,
      description: 'The version that changed.',
    }),
  }),
}
type PayloadFields = PothosSchemaTypes.ObjectFieldBuilder<
  typeof builder.$inferSchemaTypes,
  { readonly savedQuery?: SavedQuery }
>

mutation('saveQuery', {
  description:
    'Saves a query under a name, or a new version of one of your own: of whoever saved it first, or an administrator. A new version is not trusted before it is promoted; one that is stays so.',
  right: 'SAVE_QUERY',
  input: {
    description: 'A query to keep.',
    fields: (t) => ({
      slug: t.string({
        required: true,
        description: 'Small letters, digits and dashes. An existing one of yours gets a new version.',
      }),
      title: t.string({ required: true, description: 'What people see the query under.' }),
      description: t.string({
        required: true,
        description: 'The question that the query answers.',
        extensions: { ...LONG_TEXT.extensions, mayBeBlank: true },
      }),
      text: t.string({ required: true, description: 'The GraphQL operation.', extensions: { maxLength: 100_000 } }),
      variables: t.string({ description: 'As JSON.', extensions: { maxLength: 100_000, mayBeBlank: true } }),
      shared: t.boolean({ defaultValue: false, description: 'Whether everyone sees it.' }),
      expected: expected(t, 'Int', 'The newest version that you saw, 0 for none.'),
    }),
  },
  demand: () => ({ action: 'SAVE_QUERY' }),
  work: async ({ expected: seen, idempotencyKey: _, ...fields }, call) => {
    const query = { ...fields, variables: fields.variables ?? '', shared: fields.shared ?? false }
    checkQueryToSave(query, call.info.schema)
    const limits = { mayTakeOver: call.context.viewer?.role === 'administrator', expected: seen ?? null }
    const { answer } = await change({ ...call, reason: query.description }, (transaction, author) =>
      storeQuery(transaction, author, query, limits),
    )
    return { savedQuery: answer }
  },
  payload: SAVED,
})

mutation('trustQuery', {
  description:
    'Makes the version of a saved query that was read a trusted document, in place of the version that is one, or takes that back.',
  right: 'TRUST_QUERY',
  input: {
    description: 'Which version of a saved query is trusted, or no longer.',
    fields: (t) => ({
      slug: t.string({ required: true, description: 'The slug of the query.' }),
      version: t.int({ required: true, description: 'The version that was read: no other is trusted by this.' }),
      trusted: t.boolean({ required: true, description: 'Whether clients may send its slug alone.' }),
    }),
  },
  demand: () => ({ action: 'TRUST_QUERY' }),
  work: async (input, call) => {
    const { answer } = await change({ ...call, reason: input.slug }, (transaction) => storeTrust(transaction, input))
    return { savedQuery: answer }
  },
  payload: SAVED,
})
