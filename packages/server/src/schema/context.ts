import type { Viewer } from '../accounts/viewer.ts'
import type { Author } from '../database/write.ts'
import type { Changes } from '../figures/changes.ts'
import type { FigureStore } from '../figures/store.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What a request's resolvers share. */
export interface Context {
  readonly prisma: PrismaClient
  readonly loaders: Loaders
  /** Null: nobody says who asks. */
  readonly viewer: Viewer | null
  /** The address that asks; null where there is none. */
  readonly origin: string | null
  readonly changes: Changes
  readonly store: FigureStore
}

export function createContext(
  prisma: PrismaClient,
  viewer: Viewer | null,
  origin: string | null,
  changes: Changes,
  store: FigureStore,
): Context {
  return { prisma, loaders: createLoaders(prisma, store), viewer, origin, changes, store }
}

/** Who a change is written for. Only after the field's rights were checked. */
export function authorOf({ viewer, origin }: Context, reason: string | null = null): Author {
  if (!viewer) throw new Error('a change without a viewer')
  return { subject: viewer.subject, role: viewer.role, origin, reason }
}
