// Live answers: how many there may be, what each event costs, and that one write does not keep the server busy for long.

import { AsyncResource } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Text } from '@dienbien/targets'
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, type GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf } from '../errors/client-errors.ts'
import type { Context } from '../graphql/context.ts'
import { currentScope } from '../request-scope.ts'
import { isLargerThan, MOST_CHARACTERS, tooLarge } from './answer-size.ts'
import { CHARACTER_BYTES, sizeOf } from './document-cache.ts'
import { payerOf, type RateLimit } from './rate-limit.ts'

interface SubscriptionLimits {
  readonly most: number
  /** Of one token, or of one address without. */
  readonly mostPerPayer: number
}

const SUBSCRIPTIONS: SubscriptionLimits = { most: 1000, mostPerPayer: 100 }

/** What is kept of one for as long as it is open: some five hundred words. */
const MOST_BYTES_OF_ONE = 200_000

/**
 * Does one piece of work at a time and lets others have the event loop between two of them. What is asked for under a name
 * that waits or is being done is done once, for all who asked.
 */
export class SharedQueue<Result> {
  readonly #pending = new Map<string, Promise<Result>>()
  #last: Promise<unknown> = Promise.resolve()
  #lastTold: Promise<unknown> = Promise.resolve()

  /** @returns what came of it, to each who asked in a turn of the event loop of its own: writing it out is work too */
  async run(name: string, work: () => Promise<Result> | Result): Promise<Result> {
    const result = await this.#share(name, work)
    this.#lastTold = this.#lastTold.then(() => setImmediate())
    await this.#lastTold
    return result
  }

  #share(name: string, work: () => Promise<Result> | Result): Promise<Result> {
    const known = this.#pending.get(name)
    if (known) return known
    const bound = AsyncResource.bind(work)
    const done = this.#last.then(async () => {
      await setImmediate()
      return bound()
    })
    this.#pending.set(name, done)
    this.#last = done.then(
      () => this.#pending.delete(name),
      () => this.#pending.delete(name),
    )
    return done
  }
}

type Shared = ExecutionResult & { stringify?: (result: unknown) => string }

const withinSize = (result: ExecutionResult): ExecutionResult =>
  isLargerThan(MOST_CHARACTERS, result.data) ? { errors: [tooLarge()] } : result

/** Written out once for all who get it. */
function withOneText(result: ExecutionResult): Shared {
  if (result.errors) return result
  let text: string | null = null
  return Object.defineProperty({ ...result }, 'stringify', {
    value: () => {
      text ??= JSON.stringify(result)
      return text
    },
  })
}

/**
 * Subscriptions by our own hand: events are executed one after the other, the same one of the same operation, variables
 * and viewer once; each is paid for by its reader; and no event is computed for a reader who has not taken the one before.
 */
export function subscriptions(limit: RateLimit | null, { most, mostPerPayer } = SUBSCRIPTIONS): Plugin<Context> {
  const queue = new SharedQueue<ExecutionResult>()
  const perPayer = new Map<string, number>()
  let open = 0
  /** Why there is no room for another; else it is there, and `leave` makes room again. */
  const enter = (payer: string): GraphQLError | null => {
    const count = perPayer.get(payer) ?? 0
    if (count >= mostPerPayer) {
      return tooMany({
        vi: `mã truy cập hoặc địa chỉ của bạn đã mở ${mostPerPayer} luồng theo dõi`,
        en: `${mostPerPayer} subscriptions are open for your token or address already`,
      })
    }
    if (open >= most) {
      return tooMany({
        vi: `máy chủ này đã mở ${most} luồng theo dõi`,
        en: `${most} subscriptions are open on this server already`,
      })
    }
    open++
    perPayer.set(payer, count + 1)
    return null
  }
  const leave = (payer: string) => {
    open--
    const left = (perPayer.get(payer) ?? 1) - 1
    if (left > 0) perPayer.set(payer, left)
    else perPayer.delete(payer)
  }
  return {
    async onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const context = args.contextValue
      const scope = currentScope()
      const cost = scope?.cost.complexity ?? 0
      const charge = async () => {
        const error = (await limit?.charge(context, cost)) ?? null
        if (error) scope?.codes.add(String(error.extensions.code))
        return error
      }
      const unpaid = await charge()
      if (unpaid) return setResultAndStopExecution({ errors: [unpaid] })
      setSubscribeFn(async (executionArgs: ExecutionArgs) => {
        const { viewer, origin } = context
        const { document, operationName, variableValues } = executionArgs
        const variables = JSON.stringify(variableValues ?? null)
        if (sizeOf(document) + variables.length * CHARACTER_BYTES > MOST_BYTES_OF_ONE) return { errors: [tooLong()] }
        const payer = payerOf(viewer, origin)
        const full = enter(payer)
        if (full) return { errors: [full] }
        const source = await createSourceEventStream(executionArgs).catch((error: unknown) => {
          leave(payer)
          throw error
        })
        if (!(Symbol.asyncIterator in source)) {
          leave(payer)
          return source
        }
        const who = viewer && [viewer.subject, viewer.role, viewer.unit]
        const name = digest([document.loc?.source.body, operationName ?? null, variables, who])
        return eventsOf(source, {
          answer: (event) =>
            queue.run(`${name} ${JSON.stringify(event)}`, async () =>
              withOneText(withinSize(await execute({ ...executionArgs, rootValue: event }))),
            ),
          pay: charge,
          leave: () => leave(payer),
        })
      })
    },
  }
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64')

const tooMany = ({ vi, en }: Text) => {
  const text = { vi: `${vi}: đóng bớt, hoặc thử lại sau`, en: `${en}: close some, or try again later` }
  const http = { status: 429, headers: { 'retry-after': '30' } }
  return graphQLErrorOf(new ClientError('TOO_MANY_SUBSCRIPTIONS', text, {}, http))
}

const tooLong = () => graphQLErrorOf(new ClientError('TOO_LARGE', TOO_LONG, {}, { status: 413 }))

const TOO_LONG: Text = {
  vi: 'truy vấn theo dõi và các biến của nó quá dài để lưu giữ',
  en: 'the text of this subscription and its variables are too long to be kept',
}

interface Steps {
  answer(event: unknown): Promise<ExecutionResult>
  /** The error to end with where an event cannot be paid. */
  pay(): Promise<GraphQLError | null>
  leave(): void
}

/** An event is asked for when the answer before it has been taken: what happens meanwhile is one event. */
function eventsOf(
  source: AsyncIterable<unknown>,
  { answer, pay, leave }: Steps,
): AsyncIterableIterator<ExecutionResult> {
  const events = source[Symbol.asyncIterator]()
  let over = false
  const end = () => {
    if (over) return
    over = true
    leave()
  }
  const done: IteratorResult<ExecutionResult> = { done: true, value: undefined }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (over) return done
      try {
        const event = await events.next()
        if (event.done || over) {
          end()
          return done
        }
        const unpaid = await pay()
        if (!unpaid) return { done: false, value: await answer(event.value) }
        end()
        await events.return?.()
        return { done: false, value: { errors: [unpaid] } }
      } catch (error) {
        end()
        await events.return?.()
        throw error
      }
    },
    async return() {
      end()
      await events.return?.()
      return done
    },
    async throw(error) {
      end()
      await events.return?.()
      throw error
    },
  }
}
