import type { PrismaClient } from '../generated/prisma/client.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What a request's resolvers share. */
export interface Context {
  readonly prisma: PrismaClient
  readonly loaders: Loaders
}

export function createContext(prisma: PrismaClient): Context {
  return { prisma, loaders: createLoaders(prisma) }
}
