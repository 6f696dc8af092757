// A change that may be sent again: the same idempotency key with the same content stores once and answers the same.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { ClientError } from '../errors/client-error.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { type Author, takeTurns, type WriteOptions, writeAs } from './write.ts'

/** What was asked for, by the key that its author gave it. */
export interface Asked {
  /** The mutation: each has keys of its own. */
  readonly mutation: string
  readonly key: string
  /** All that was given, the reason and the expected state included. */
  readonly content: object
}

export interface Outcome<T> {
  readonly answer: T
  /** The key was used before: this is what was stored then, whatever became of it since. */
  readonly replayed: boolean
}

/** The key was used before, for something else. */
export class KeyReused extends ClientError {
  override readonly name = 'KeyReused'

  constructor(key: string) {
    const quoted = JSON.stringify(key)
    super(
      'IDEMPOTENCY_CONFLICT',
      {
        vi: `khóa chống gửi trùng ${quoted} đã dùng với nội dung khác: dùng khóa mới`,
        en: `the idempotency key ${quoted} was used before, with other content: take a new one`,
      },
      { argument: 'input.idempotencyKey', value: key },
    )
  }
}

/**
 * {@link writeAs}, once for each key of an author: what comes with a key that was used answers as it did the first time.
 * A change that failed uses no key up. Keys do not expire.
 * @param asked null: without a key it is done each time
 * @param work answers with plain data and dates
 * @throws {KeyReused} where the key came with other content before
 */
export function writeOnce<T>(
  prisma: PrismaClient,
  author: Author,
  asked: Asked | null,
  work: (transaction: Prisma.TransactionClient) => Promise<T>,
  options?: WriteOptions,
): Promise<Outcome<T>> {
  if (!asked) return writeAs(prisma, author, async (transaction) => once(await work(transaction)), options)
  const { mutation, key } = asked
  const { subject } = author
  const contentHash = hashOf(asked.content)
  return writeAs(
    prisma,
    author,
    async (transaction) => {
      // Who sends the same twice at once waits here, and then finds the answer.
      await takeTurns(transaction, turnOf(author, asked))
      const kept = await transaction.idempotencyKey.findUnique({
        where: { subject_mutation_key: { subject, mutation, key } },
      })
      if (kept && kept.contentHash !== contentHash) throw new KeyReused(key)
      if (kept) return { answer: fromText<T>(kept.answer), replayed: true }
      const answer = await work(transaction)
      const data = { subject, mutation, key, contentHash, answer: toText(answer) }
      await transaction.idempotencyKey.create({ data })
      return once(answer)
    },
    options,
  )
}

const once = <T>(answer: T): Outcome<T> => ({ answer, replayed: false })

/** Whoever uses a key takes this turn first, whatever it is for. */
export const turnOf = ({ subject }: Pick<Author, 'subject'>, { mutation, key }: Asked): string =>
  JSON.stringify([subject, mutation, key])

export const hashOf = (content: object): string =>
  createHash('sha256')
    .update(canonicalize(content) as string)
    .digest('hex')

/** JSON in which dates stay dates. */
export function toText(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, value: unknown) {
    const raw = this[name]
    return raw instanceof Date ? { $date: raw.toISOString() } : value
  })
}

export function fromText<T>(text: string): T {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && '$date' in value ? new Date(value.$date as string) : value,
  ) as T
}
