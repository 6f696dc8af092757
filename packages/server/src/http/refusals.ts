import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { clientErrorOf } from '../errors/client-errors.ts'
import type { Context } from '../graphql/context.ts'
import { payerOf } from './rate-limit.ts'

const REFUSALS = ['UNAUTHENTICATED', 'FORBIDDEN']
/** Written one by one for each viewer, or network of addresses without one, in a minute; more are counted. */
const EACH = 20
const MINUTE_MS = 60_000
const FLUSH_MS = 500
/** Waiting to be written: while the database does not take them, more are counted only. */
const WAITING = 1000
/** Viewers that are counted apart, and addresses; further addresses are counted together. */
const APART = 5000
/** Characters of a text in the trail: names and paths are shorter, and nobody else writes there. */
const LONG = 200

/** A refused attempt as the trail keeps it. */
export interface Refusal {
  readonly at: string
  readonly subject: string
  readonly role: string
  readonly origin: string
  readonly reason: string
  readonly times: number
  readonly details: Readonly<Record<string, string | number | null>>
}

type Who = Pick<Refusal, 'subject' | 'role' | 'origin'>

/** Who is refused, and how often in this minute. */
interface Count extends Who {
  all: number
  /** Not written one by one. */
  more: number
}

/**
 * Writes refused attempts into the trail, aside: nobody waits for it, and it never takes more than one connection. Each
 * viewer, or address without one, has so many a minute; what is over is counted and told as one row when the minute ends,
 * so that a flood by one hides nobody else's.
 */
export class Refusals {
  readonly #pool: Pool
  readonly #logger: Logger
  #counts = new Map<string, Count>()
  #waiting: Refusal[] = []
  #minute = Date.now()
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> | null = null

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool
    this.#logger = logger
  }

  /** Takes an error; one that is no refusal is left. */
  add(error: unknown, viewer: Context['viewer'], origin: string | null): void {
    const refused = clientErrorOf(error)
    if (!refused || !REFUSALS.includes(refused.code)) return
    const { code, message, details, text } = refused
    const path = error instanceof GraphQLError ? error.path : undefined
    // Who it was is in the trail; the log keeps no personal data.
    this.#logger.warn({ code, role: viewer?.role, path: path && short(path.join('.')) }, 'refused')
    const count = this.#countOf(viewer, origin)
    this.#timer ??= setTimeout(() => this.#turn(), FLUSH_MS).unref()
    if (++count.all > EACH || this.#waiting.length >= WAITING) {
      count.more++
      return
    }
    this.#waiting.push(refusalOf({ message, path, extensions: { code, ...details } }, count, new Date(), text.vi))
  }

  #countOf(viewer: Context['viewer'], origin: string | null): Count {
    const full = this.#counts.size >= APART
    // By network: who has one IPv6 address has billions, and what is in the trail stays there.
    const name = viewer || !full ? payerOf(viewer, origin) : 'addresses'
    let count = this.#counts.get(name)
    if (!count) {
      count = { ...whoOf(viewer, viewer || !full ? origin : 'many addresses'), all: 0, more: 0 }
      this.#counts.set(name, count)
    }
    return count
  }

  #turn(): void {
    this.#timer = null
    if (Date.now() - this.#minute >= MINUTE_MS) this.#sumUp()
    void this.#flush().finally(() => {
      if (this.#waiting.length > 0 || this.#counts.size > 0)
        this.#timer ??= setTimeout(() => this.#turn(), FLUSH_MS).unref()
    })
  }

  /** Ends the minute: what was only counted becomes a row for each. */
  #sumUp(): void {
    for (const { all: _, more, ...who } of this.#counts.values()) {
      if (more === 0) continue
      const reason = `and ${more.toLocaleString('en')} more`
      this.#waiting.push({ at: new Date().toISOString(), ...who, reason, times: more, details: { more } })
    }
    this.#counts = new Map()
    this.#minute = Date.now()
  }

  async #flush(): Promise<void> {
    await this.#writing
    const some = this.#waiting.slice(0, WAITING)
    if (some.length === 0) return
    // Not by Prisma: a function of the database writes each batch with its entry, numbered by its sequence, in one statement.
    this.#writing = this.#pool.query('select audit_refusals($1)', [JSON.stringify(some)]).then(
      () => {
        this.#waiting = this.#waiting.slice(some.length)
      },
      (error: unknown) => this.#logger.error({ err: error }, 'refusals were not recorded; trying again'),
    )
    await this.#writing
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#sumUp()
    for (let before = Number.POSITIVE_INFINITY; this.#waiting.length > 0 && this.#waiting.length < before; ) {
      before = this.#waiting.length
      await this.#flush()
    }
  }
}

/** Who is refused, in as many characters as the trail takes of each. */
export const whoOf = (viewer: Context['viewer'], origin: string | null): Who => ({
  subject: viewer ? short(viewer.subject) : 'anonymous',
  role: viewer?.role ?? '',
  origin: short(origin ?? ''),
})

type Refused = Pick<GraphQLError, 'message' | 'path' | 'extensions'>

/**
 * The row of one refused attempt. What it takes from a request is shortened, each text for itself.
 * @param vi the reason in Vietnamese, which stands beside the English one
 */
export function refusalOf({ message, path, extensions }: Refused, who: Who, at: Date, vi?: string): Refusal {
  const { subject, role, origin } = who
  const { code, action, unit, cluster, year } = extensions
  return {
    at: at.toISOString(),
    subject,
    role,
    origin,
    reason: short(message),
    times: 1,
    details: {
      code: plain(code),
      field: path ? short(path.join('.')) : null,
      action: plain(action),
      unit: plain(unit),
      cluster: plain(cluster),
      year: plain(year),
      ...(vi === undefined ? {} : { vi: short(vi) }),
    },
  }
}

/** As much of a text as tells what was tried. */
function short(text: string): string {
  return text.length <= LONG ? text : `${text.slice(0, LONG - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

const plain = (value: unknown): string | number | null =>
  typeof value === 'string' ? short(value) : typeof value === 'number' ? value : null

/** Records what fields refused. */
export function refusalPlugin(refusals: Refusals): Plugin<Context> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result }) => {
        if (Symbol.asyncIterator in result || !result.errors) return
        const { viewer, origin } = args.contextValue
        for (const error of result.errors) refusals.add(error, viewer, origin)
      },
    }),
  }
}
