import type { Asker } from '../accounts/rights.ts'
import type { Viewer } from '../accounts/viewer.ts'
import type { Author } from '../database/write.ts'
import { today } from '../days.ts'
import type { Changes } from '../figures/changes.ts'
import type { Register } from '../figures/register.ts'
import type { FigureStore } from '../figures/store.ts'
import { whenReady } from '../figures/when-ready.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { SubmissionQueue } from '../measurements/submission-queue.ts'
import type { Trail } from '../trail/trail.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import { createMemory, type Memory } from './memory.ts'

/** What a request's resolvers share. */
export interface Context extends Asker {
  readonly prisma: PrismaClient
  /** What the database is asked for. */
  readonly loaders: Loaders
  /** What is read from memory. */
  readonly memory: Memory
  /** The address that asks; null where there is none. */
  readonly origin: string | null
  readonly changes: Changes
  readonly store: FigureStore
  readonly trail: Trail
  /** Null: each submission is stored alone. */
  readonly submissions: SubmissionQueue | null
}

export function createContext(
  prisma: PrismaClient,
  viewer: Viewer | null,
  origin: string | null,
  changes: Changes,
  store: FigureStore,
  trail: Trail,
  submissions: SubmissionQueue | null = null,
): Context {
  const loaders = createLoaders(prisma, store)
  const memory = createMemory(store, loaders)
  return {
    prisma,
    loaders,
    memory,
    viewer,
    origin,
    changes,
    store,
    trail,
    submissions,
    ownUnit: () => (viewer?.unit ? whenReady(store.register(), (register) => unitOf(viewer, register)) : null),
    parentOf: async (unit) => (await memory.unit(unit))?.parentId ?? null,
    clusterOf: async (code, year) => (await memory.membership({ code, year }))?.clusterCode ?? null,
    headOf: async (code, year) => (await loaders.head.load({ code, year }))[0]?.unitCode ?? null,
  }
}

/** The unit of a token, which names it by its code: who has it today or had it last. */
const unitOf = ({ unit }: Viewer, register: Register): string | null =>
  unit === null ? null : (register.meant(unit, today()) ?? unit)

/** Who a change is written for. Only after the field's rights were checked. */
export function authorOf({ viewer, origin }: Context, reason: string | null = null): Author {
  if (!viewer) throw new Error('a change without a viewer')
  return { subject: viewer.subject, role: viewer.role, origin, reason }
}
