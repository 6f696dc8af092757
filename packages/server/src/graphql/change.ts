// What all mutations have in common: who changes something, why, and once for each idempotency key.
import type { GraphQLResolveInfo } from 'graphql'
import { type Asked, type Outcome, writeOnce } from '../database/once.ts'
import type { Author, WriteOptions } from '../database/write.ts'
import { inputError } from '../errors/input-error.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { authorOf, type Context } from './context.ts'

/** Every mutation takes one in its input. */
export const idempotencyKey = {
  type: 'String',
  description:
    'Of your choice, for sending the same again safely: the same key with the same content stores once and answers with what was stored then, whatever became of it since; with other content it is refused (IDEMPOTENCY_CONFLICT). Keys belong to a subject and a mutation and do not expire; a change that failed uses none up.',
} as const

interface Args {
  readonly input: { readonly idempotencyKey?: string | null | undefined }
}

export interface Change {
  readonly context: Context
  readonly info: Pick<GraphQLResolveInfo, 'fieldName'>
  readonly args: Args
  readonly reason: string | null
  /** All that was given, where that is not plain data. Default: the input. */
  readonly content?: object
}

export type Work<T> = (transaction: Prisma.TransactionClient, author: Author) => Promise<T>

/** What is asked for, by its idempotency key; null without one. */
export function askedIn({ info, args, content }: Pick<Change, 'info' | 'args' | 'content'>): Asked | null {
  const { idempotencyKey: key, ...answer } = args.input
  return key === null || key === undefined
    ? null
    : { mutation: info.fieldName, key, content: content ?? { input: answer } }
}

/** @throws `BAD_INPUT` for a dry run that names an idempotency key: it would keep what was not stored */
export function checkDryRun({
  dryRun,
  idempotencyKey: key,
}: Args['input'] & { readonly dryRun?: boolean | null | undefined }): void {
  if (!dryRun || !key) return
  const text = { vi: 'chạy thử không lưu gì nên không nhận khóa', en: 'a dry run stores nothing: it takes no key' }
  throw inputError('BAD_INPUT', text, { argument: 'input.idempotencyKey', value: key })
}

interface ChangeOptions<T> extends WriteOptions {
  /** What it changed of what servers keep in memory: units by their codes, null for all, undefined for nothing. */
  readonly touches?: (answer: T) => ReadonlySet<string> | null | undefined
}

/**
 * Makes a change in one transaction and tells what it touched, or answers as it did when its idempotency key came first:
 * then nothing has changed, and nothing is told.
 */
export async function change<T>(
  requested: Change,
  work: Work<T>,
  { touches, ...options }: ChangeOptions<T> = {},
): Promise<Outcome<T>> {
  const author = authorOf(requested.context, requested.reason)
  const asked = askedIn(requested)
  const outcome = await writeOnce(
    requested.context.prisma,
    author,
    asked,
    (transaction) => work(transaction, author),
    options,
  )
  const touched = outcome.replayed ? undefined : touches?.(outcome.answer)
  if (touched !== undefined) requested.context.changes.announce(touched)
  return outcome
}
