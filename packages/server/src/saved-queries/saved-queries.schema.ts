// Queries that people name, describe, share and keep in versions.
import type { Text } from '@dienbien/targets'
import type { GraphQLSchema } from 'graphql'
import { whoMay } from '../accounts/rights.ts'
import { expectState } from '../database/write.ts'
import { ClientError } from '../errors/client-error.ts'
import { inputError } from '../errors/input-error.ts'
import type { SavedQuery } from '../generated/prisma/client.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change, EXPECTED, idempotencyKey } from '../graphql/change.ts'
import type { Context } from '../graphql/context.ts'
import { ROW, ROWS } from '../graphql/cost.ts'
import { readDocument, validateDocument } from '../graphql/read.ts'
import { newestSavedQuery, ownerOf, visibleSavedQueries } from './saved-queries.ts'

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
      description:
        'Whether this version is a trusted document: clients may send `documentId` with its slug instead of the text, whatever newer versions there are.',
    }),
    savedAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ savedAt }) => savedAt.toISOString() }),
    savedBy: t.string({
      nullable: true,
      description: 'By whom. Null for those who do not sign in.',
      resolve: ({ savedBy }, _, { viewer }) => (viewer ? savedBy : null),
    }),
  }),
})

const visible = ({ shared, savedBy }: SavedQuery, { viewer }: Context) => shared || viewer?.subject === savedBy

builder.queryFields((t) => ({
  savedQueries: t.field({
    type: [SavedQueryRef],
    nullable: true,
    ...ROWS,
    description: 'The shared ones and your own, by slug: the newest version of each that the viewer may see.',
    resolve: (_, __, { prisma, viewer }) => visibleSavedQueries(prisma, viewer?.subject ?? null),
  }),
  savedQuery: t.field({
    type: SavedQueryRef,
    ...ROW,
    nullable: true,
    description: 'One, or null where there is none that the viewer may see.',
    args: {
      slug: t.arg.string({ required: true, description: 'Its name in links.' }),
      version: t.arg.int({ description: 'Default: the newest that the viewer may see.' }),
    },
    resolve: async (_, { slug, version }, context) => {
      const { prisma, viewer } = context
      const found =
        version === null || version === undefined
          ? await newestSavedQuery(prisma, slug, viewer?.subject ?? null)
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
    description: t.string({
      required: true,
      description: 'What it answers; may be empty.',
      extensions: { ...LONG_TEXT.extensions, mayBeBlank: true },
    }),
    text: t.string({ required: true, description: 'The operation.', extensions: { maxLength: 100_000 } }),
    variables: t.string({ description: 'As JSON.', extensions: { maxLength: 100_000, mayBeBlank: true } }),
    shared: t.boolean({ defaultValue: false, description: 'Whether everyone sees it.' }),
    expected: t.int({ description: `The newest version that you saw, 0 for none. ${EXPECTED}` }),
    idempotencyKey: t.field(idempotencyKey),
  }),
})

builder.mutationFields((t) => ({
  saveQuery: t.field({
    type: SavedQueryRef,
    description: `Saves a query under a name, or a new version of one of your own: of whoever saved it first, or an administrator. A new version is not trusted before it is promoted; one that is stays so. ${whoMay('SAVE_QUERY')}`,
    args: { input: t.arg({ type: SaveQueryInput, required: true, description: 'The query.' }) },
    authScopes: () => ({ may: { action: 'SAVE_QUERY' } }),
    resolve: async (_, args, context, info) => {
      const { input } = args
      const { slug, title, description, text } = input
      const variables = input.variables ?? ''
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
        throw inputError(
          'BAD_INPUT',
          {
            vi: 'tên trong liên kết (slug) chỉ gồm chữ thường không dấu, chữ số và gạch nối',
            en: 'a slug is small letters, digits and dashes',
          },
          {
            argument: 'input.slug',
            value: slug,
          },
        )
      }
      const problems = problemsOf(text, info.schema)
      if (problems.length > 0) {
        const joined = { vi: problems.map(({ vi }) => vi).join('; '), en: problems.map(({ en }) => en).join('; ') }
        throw inputError('BAD_INPUT', joined, { argument: 'input.text', value: text.slice(0, 80) })
      }
      if (variables && !isJsonObject(variables)) {
        throw inputError(
          'BAD_INPUT',
          { vi: 'variables phải là một đối tượng JSON', en: 'variables must be a JSON object' },
          {
            argument: 'input.variables',
            value: variables,
          },
        )
      }
      const { answer } = await change(
        { context, info, args, reason: description },
        async (transaction, { subject }) => {
          const last = await transaction.savedQuery.findFirst({ where: { slug }, orderBy: { version: 'desc' } })
          const owner = await ownerOf(transaction, slug)
          if (owner !== null && owner !== subject && context.viewer?.role !== 'administrator') {
            throw new ClientError(
              'FORBIDDEN',
              {
                vi: `"${slug}" là của người khác: chọn tên khác`,
                en: `"${slug}" is somebody else's: choose another name`,
              },
              { argument: 'input.slug', value: slug },
            )
          }
          const version = last?.version ?? 0
          expectState(input.expected, version, {
            vi: `phiên bản mới nhất của "${slug}"`,
            en: `the newest version of "${slug}"`,
          })
          const data = { slug, version: version + 1, title, description, text, variables, savedBy: subject }
          return transaction.savedQuery.create({ data: { ...data, shared: input.shared ?? false } })
        },
      )
      return answer
    },
  }),
  trustQuery: t.field({
    type: SavedQueryRef,
    description: `Makes the version of a saved query that was read a trusted document, in place of the version that is one, or takes that back. ${whoMay('TRUST_QUERY')}`,
    args: {
      slug: t.arg.string({ required: true, description: 'Its name.' }),
      version: t.arg.int({ required: true, description: 'The version that was read: no other is trusted by this.' }),
      trusted: t.arg.boolean({ required: true, description: 'Whether clients may send its slug alone.' }),
      idempotencyKey: t.arg(idempotencyKey),
    },
    authScopes: () => ({ may: { action: 'TRUST_QUERY' } }),
    resolve: async (_, args, context, info) => {
      const { slug, version, trusted } = args
      const { answer } = await change({ context, info, args, reason: slug }, async (transaction) => {
        const found = await transaction.savedQuery.findUnique({ where: { slug_version: { slug, version } } })
        if (!found) {
          throw inputError(
            'BAD_INPUT',
            {
              vi: `truy vấn đã lưu "${slug}" không có phiên bản ${version}`,
              en: `no version ${version} of a saved query is called "${slug}"`,
            },
            {
              argument: 'version',
              value: version,
            },
          )
        }
        if (trusted) {
          const others = { slug, trusted: true, NOT: { version } }
          await transaction.savedQuery.updateMany({ where: others, data: { trusted: false } })
        }
        return transaction.savedQuery.update({
          where: { slug_version: { slug, version } },
          data: { trusted, shared: found.shared || trusted },
        })
      })
      return answer
    },
  }),
}))

function problemsOf(text: string, schema: GraphQLSchema): Text[] {
  try {
    return validateDocument(schema, readDocument(text)).map(textOf)
  } catch (error) {
    return [error instanceof ClientError ? error.text : textOf(error as Error)]
  }
}

/** The library that reads queries speaks English. */
const textOf = ({ message }: Error): Text => ({ vi: `truy vấn chưa đúng: ${message}`, en: message })

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
