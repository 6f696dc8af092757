// Queries that people name, describe, share and keep in versions.
import { GraphQLError, parse, validate } from 'graphql'
import { whoMay } from '../accounts/rights.ts'
import { isTaken, writeAs } from '../database/write.ts'
import type { SavedQuery } from '../generated/prisma/client.ts'
import { newestSavedQueries, newestSavedQuery } from '../queries/saved.ts'
import { builder } from './builder.ts'
import { authorOf, type Context } from './context.ts'
import { inputError } from './errors.ts'

const SavedQueryRef = builder.objectRef<SavedQuery>('SavedQuery').implement({
  description: 'A query that somebody saved: the newest version, or one asked for.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in links: /graphql?saved=slug opens it in GraphiQL.' }),
    version: t.exposeInt('version', { description: 'Counts from 1; earlier ones are kept.' }),
    title: t.exposeString('title', { description: 'For people.' }),
    description: t.exposeString('description', { description: 'What it answers.' }),
    text: t.exposeString('text', { description: 'The operation.' }),
    variables: t.exposeString('variables', { description: 'As JSON; empty for none.' }),
    shared: t.exposeBoolean('shared', { description: 'Seen by everyone; otherwise by who saved it.' }),
    trusted: t.exposeBoolean('trusted', {
      description: 'A trusted document: clients may send `documentId` with its slug instead of the text.',
    }),
    savedAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ savedAt }) => savedAt.toISOString() }),
    savedBy: t.exposeString('savedBy', { description: 'By whom.' }),
  }),
})

const visible = ({ shared, savedBy }: SavedQuery, { viewer }: Context) => shared || viewer?.subject === savedBy

builder.queryFields((t) => ({
  savedQueries: t.field({
    type: [SavedQueryRef],
    description: 'The shared ones and your own, by slug.',
    resolve: async (_, __, context) =>
      (await newestSavedQueries(context.prisma)).filter((one) => visible(one, context)),
  }),
  savedQuery: t.field({
    type: SavedQueryRef,
    nullable: true,
    description: 'One, or null where there is none that the viewer may see.',
    args: {
      slug: t.arg.string({ required: true, description: 'Its name in links.' }),
      version: t.arg.int({ description: 'Default: the newest.' }),
    },
    resolve: async (_, { slug, version }, context) => {
      const { prisma } = context
      const found =
        version === null || version === undefined
          ? await newestSavedQuery(prisma, slug)
          : await prisma.savedQuery.findUnique({ where: { slug_version: { slug, version } } })
      return found && visible(found, context) ? found : null
    },
  }),
}))

const SaveQueryInput = builder.inputType('SaveQueryInput', {
  description: 'A query to keep.',
  fields: (t) => ({
    slug: t.string({
      required: true,
      description: 'Small letters, digits and dashes. An existing one of yours gets a new version.',
    }),
    title: t.string({ required: true, description: 'For people.' }),
    description: t.string({ required: true, description: 'What it answers.' }),
    text: t.string({ required: true, description: 'The operation.' }),
    variables: t.string({ description: 'As JSON.' }),
    shared: t.boolean({ defaultValue: false, description: 'Whether everyone sees it.' }),
  }),
})

builder.mutationFields((t) => ({
  saveQuery: t.field({
    type: SavedQueryRef,
    description: `Saves a query under a name, or a new version of one of your own. A new version is not trusted before it is promoted again. ${whoMay('SAVE_QUERY')}`,
    args: { input: t.arg({ type: SaveQueryInput, required: true, description: 'The query.' }) },
    authScopes: () => ({ may: { action: 'SAVE_QUERY' } }),
    resolve: async (_, { input }, context, { schema }) => {
      const { slug, title, description, text } = input
      const variables = input.variables ?? ''
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
        throw inputError('BAD_INPUT', 'a slug is small letters, digits and dashes', {
          argument: 'input.slug',
          value: slug,
        })
      }
      const problems = problemsOf(text, schema)
      if (problems.length > 0) {
        throw inputError('BAD_INPUT', problems.join('; '), { argument: 'input.text', value: text.slice(0, 80) })
      }
      if (variables && !isJsonObject(variables)) {
        throw inputError('BAD_INPUT', 'variables must be a JSON object', {
          argument: 'input.variables',
          value: variables,
        })
      }
      const author = authorOf(context, description)
      const last = await newestSavedQuery(context.prisma, slug)
      if (last && last.savedBy !== author.subject && context.viewer?.role !== 'administrator') {
        throw new GraphQLError(`"${slug}" is ${last.savedBy}'s: choose another name`, {
          extensions: { code: 'FORBIDDEN' },
        })
      }
      const data = { slug, version: (last?.version ?? 0) + 1, title, description, text, variables }
      return save({ ...data, shared: input.shared ?? false, trusted: false, savedBy: author.subject }, context)
    },
  }),
  trustQuery: t.field({
    type: SavedQueryRef,
    description: `Makes the newest version of a saved query a trusted document, or takes that back. ${whoMay('TRUST_QUERY')}`,
    args: {
      slug: t.arg.string({ required: true, description: 'Its name.' }),
      trusted: t.arg.boolean({ required: true, description: 'Whether clients may send its slug alone.' }),
    },
    authScopes: () => ({ may: { action: 'TRUST_QUERY' } }),
    resolve: async (_, { slug, trusted }, context) => {
      const last = await newestSavedQuery(context.prisma, slug)
      if (!last) throw inputError('BAD_INPUT', `no saved query is called "${slug}"`, { argument: 'slug', value: slug })
      const { savedAt: _at, ...data } = last
      return save({ ...data, version: last.version + 1, trusted, shared: last.shared || trusted }, context)
    },
  }),
}))

async function save(data: Omit<SavedQuery, 'savedAt'>, context: Context): Promise<SavedQuery> {
  try {
    return await writeAs(context.prisma, authorOf(context, data.title), (transaction) =>
      transaction.savedQuery.create({ data }),
    )
  } catch (error) {
    if (!isTaken(error)) throw error
    throw inputError('EDIT_CONFLICT', 'somebody saved the same query at the same time: read again', {
      argument: 'slug',
      value: data.slug,
    })
  }
}

function problemsOf(text: string, schema: Parameters<typeof validate>[0]): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message)
  } catch (error) {
    return [(error as Error).message]
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
