import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { type Demand, refusalOf } from '../accounts/rights.ts'
import type PrismaTypes from '../generated/pothos.ts'
import { getDatamodel } from '../generated/pothos.ts'
import type { Context } from './context.ts'

/** Every list that is cut into pages: the largest page, and the one given when none is asked for. */
export const MAX_PAGE = 200

export const builder = new SchemaBuilder<{
  Context: Context
  /** What a field demands of its viewer. */
  AuthScopes: { may: Demand }
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  Scalars: {
    Date: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    File: { Input: File; Output: never }
  }
}>({
  defaultFieldNullability: false,
  plugins: [ScopeAuthPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  // Counted, and held against the limit, before an operation runs: http/limits.ts.
  complexity: { defaultComplexity: 1, defaultListMultiplier: 10 },
  scopeAuth: {
    authScopes: (context) => ({
      may: async (demand) => {
        const refusal = await refusalOf(demand, context)
        if (refusal) throw refusal
        return true
      },
    }),
    cacheKey: (demand) => JSON.stringify(demand),
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    nodesOnConnection: { description: 'The page.' },
    idFieldOptions: { description: 'Global id.' },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    nodeQueryOptions: {
      description: 'Anything by its global id. NOT_FOUND where there is nothing with it.',
      args: { id: { description: 'A global id that this API gave.' } },
    },
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: 'Where a page of a list stands in the whole.' },
    hasNextPageFieldOptions: { description: 'Whether more follow.' },
    hasPreviousPageFieldOptions: { description: 'Whether more go before.' },
    startCursorFieldOptions: { description: 'The cursor of the first, for `before`.' },
    endCursorFieldOptions: { description: 'The cursor of the last, for `after`.' },
    firstArgOptions: {
      description: `How many at most, from the start: up to ${MAX_PAGE}, and ${MAX_PAGE} by default.`,
    },
    lastArgOptions: { description: `How many at most, from the end: up to ${MAX_PAGE}.` },
    afterArgOptions: { description: 'The cursor after which to go on.' },
    beforeArgOptions: { description: 'The cursor before which to end.' },
    edgesFieldOptions: { description: 'The page, each with its cursor.' },
    pageInfoFieldOptions: { description: 'Where the page stands in the whole.' },
    cursorFieldOptions: { description: 'Its place in the list.' },
    nodeFieldOptions: { description: 'What stands there.' },
  },
  prisma: {
    client: ({ prisma }) => prisma,
    dmmf: getDatamodel(),
  },
})

builder.queryType({ description: 'Reading is open to everyone.' })
