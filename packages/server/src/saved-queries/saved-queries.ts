// Queries that people name, describe, share and keep in versions.
import type { Text } from '@dienbien/targets'
import type { GraphQLSchema } from 'graphql'
import { type Author, expectState } from '../database/write.ts'
import { ClientError } from '../errors/client-error.ts'
import { inputError } from '../errors/input-error.ts'
import type { Prisma, PrismaClient, SavedQuery } from '../generated/prisma/client.ts'
import { readDocument, validateDocument } from '../graphql/read.ts'

/** What somebody sees: what is shared, and the own; of nobody what is shared. */
const visibleTo = (subject: string | null): Prisma.SavedQueryWhereInput =>
  subject === null ? { shared: true } : { OR: [{ shared: true }, { savedBy: subject }] }

/** By slug, the newest version of each that somebody may see. */
export const newestOfEach = (subject: string | null) =>
  ({
    where: visibleTo(subject),
    orderBy: [{ slug: 'asc' }, { version: 'desc' }],
    distinct: ['slug'],
  }) satisfies Prisma.SavedQueryFindManyArgs

/** The newest version that somebody may see. */
export const newestVersion = (slug: string, subject: string | null) =>
  ({ where: { slug, ...visibleTo(subject) }, orderBy: { version: 'desc' } }) satisfies Prisma.SavedQueryFindFirstArgs

/** A version, for those who may see it. */
export const visibleVersion = (slug: string, version: number, subject: string | null) =>
  ({ slug_version: { slug, version }, ...visibleTo(subject) }) satisfies Prisma.SavedQueryWhereUniqueInput

/** Who saved the first version: the name is theirs. Null where there is none. */
async function ownerOf(transaction: Prisma.TransactionClient, slug: string): Promise<string | null> {
  const first = await transaction.savedQuery.findFirst({ where: { slug }, orderBy: { version: 'asc' } })
  return first?.savedBy ?? null
}

/** The version that an administrator vouches for, whatever newer ones there are; null where there is none. */
export function trustedQuery(prisma: PrismaClient, slug: string): Promise<SavedQuery | null> {
  return prisma.savedQuery.findFirst({ where: { slug, trusted: true } })
}

export function trustedQueries(prisma: PrismaClient): Promise<SavedQuery[]> {
  return prisma.savedQuery.findMany({ where: { trusted: true } })
}

/** A query as somebody wants to keep it. */
export type QueryToSave = Pick<SavedQuery, 'slug' | 'title' | 'description' | 'text' | 'variables' | 'shared'>

/** @throws {InputError} where its slug, its text or its variables are none */
export function checkQueryToSave({ slug, text, variables }: QueryToSave, schema: GraphQLSchema): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const words = {
      vi: 'tên trong liên kết (slug) chỉ gồm chữ thường không dấu, chữ số và gạch nối',
      en: 'a slug is small letters, digits and dashes',
    }
    throw inputError('BAD_INPUT', words, { argument: 'input.slug', value: slug })
  }
  const problems = problemsOf(text, schema)
  if (problems.length > 0) {
    const joined = { vi: problems.map(({ vi }) => vi).join('; '), en: problems.map(({ en }) => en).join('; ') }
    throw inputError('BAD_INPUT', joined, { argument: 'input.text', value: text.slice(0, 80) })
  }
  if (variables && !isJsonObject(variables)) {
    const words = { vi: 'variables phải là một đối tượng JSON', en: 'variables must be a JSON object' }
    throw inputError('BAD_INPUT', words, { argument: 'input.variables', value: variables })
  }
}

/**
 * Stores a query, or the next version of one.
 * @param mayTakeOver whether its author may write under a name that is somebody else's
 * @param expected the newest version that its author saw, 0 for none; null: whichever there is
 * @throws {ClientError} FORBIDDEN where the name is somebody else's; {EditConflict} where another version came in since
 */
export async function storeQuery(
  transaction: Prisma.TransactionClient,
  { subject }: Author,
  query: QueryToSave,
  { mayTakeOver, expected }: { readonly mayTakeOver: boolean; readonly expected: number | null },
): Promise<SavedQuery> {
  const { slug } = query
  const last = await transaction.savedQuery.findFirst({ where: { slug }, orderBy: { version: 'desc' } })
  const owner = await ownerOf(transaction, slug)
  if (owner !== null && owner !== subject && !mayTakeOver) {
    throw new ClientError(
      'FORBIDDEN',
      { vi: `"${slug}" là của người khác: chọn tên khác`, en: `"${slug}" is somebody else's: choose another name` },
      { argument: 'input.slug', value: slug },
    )
  }
  const version = last?.version ?? 0
  expectState(expected, version, { vi: `phiên bản mới nhất của "${slug}"`, en: `the newest version of "${slug}"` })
  return transaction.savedQuery.create({ data: { ...query, version: version + 1, savedBy: subject } })
}

/**
 * Makes one version the trusted document of its name, in place of the version that is, or takes that back.
 * @throws {InputError} where there is no such version
 */
export async function storeTrust(
  transaction: Prisma.TransactionClient,
  { slug, version, trusted }: Pick<SavedQuery, 'slug' | 'version' | 'trusted'>,
): Promise<SavedQuery> {
  const where = { slug_version: { slug, version } }
  const found = await transaction.savedQuery.findUnique({ where })
  if (!found) {
    const words = {
      vi: `truy vấn đã lưu "${slug}" không có phiên bản ${version}`,
      en: `no version ${version} of a saved query is called "${slug}"`,
    }
    throw inputError('BAD_INPUT', words, { argument: 'input.version', value: version })
  }
  if (trusted) {
    const others = { slug, trusted: true, NOT: { version } }
    await transaction.savedQuery.updateMany({ where: others, data: { trusted: false } })
  }
  return transaction.savedQuery.update({ where, data: { trusted, shared: found.shared || trusted } })
}

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
