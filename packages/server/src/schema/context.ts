import type { Viewer } from '../accounts/viewer.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What a request's resolvers share. */
export interface Context {
  readonly prisma: PrismaClient
  readonly loaders: Loaders
  /** Null: nobody says who asks. */
  readonly viewer: Viewer | null
}

export function createContext(prisma: PrismaClient, viewer: Viewer | null): Context {
  return { prisma, loaders: createLoaders(prisma), viewer }
}
