import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { recordRefusal } from '../database/write.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { Context } from '../schema/context.ts'

const REFUSALS = ['UNAUTHENTICATED', 'FORBIDDEN']
/** A flood of refused requests must not become a flood of writes. */
const MOST_A_MINUTE = 120

export type RefusalRecorder = (error: unknown, viewer: Context['viewer'], origin: string | null) => Promise<void>

/** Writes refused attempts into the trail, at most so many a minute; the others go to the log only. */
export function refusalRecorder(prisma: PrismaClient, logger: Logger): RefusalRecorder {
  let minute = 0
  let written = 0
  return async (error, viewer, origin) => {
    if (!(error instanceof GraphQLError) || !REFUSALS.includes(String(error.extensions.code))) return
    const { message, path, extensions } = error
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) [minute, written] = [now, 0]
    // Who it was is in the trail; the log keeps no personal data.
    logger.warn({ code: extensions.code, role: viewer?.role, path }, 'refused')
    if (++written > MOST_A_MINUTE) return
    const author = { subject: viewer?.subject ?? 'anonymous', role: viewer?.role ?? '', origin, reason: message }
    const { code, action, unit, cluster, year } = extensions as Record<string, string | number | undefined>
    await recordRefusal(prisma, author, {
      code: code ?? null,
      field: path?.join('.') ?? null,
      action: action ?? null,
      unit: unit ?? null,
      cluster: cluster ?? null,
      year: year ?? null,
    }).catch((problem: unknown) => logger.error({ err: problem }, 'a refusal was not recorded'))
  }
}

/** Records what fields refused. */
export function refusalPlugin(record: RefusalRecorder): Plugin<Context> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: async ({ result }) => {
        if (Symbol.asyncIterator in result || !result.errors) return
        const { viewer, origin } = args.contextValue
        for (const error of result.errors) await record(error, viewer, origin)
      },
    }),
  }
}
