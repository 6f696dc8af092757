import SchemaBuilder, { decodeBase64, encodeBase64 } from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { type Demand, refusalOf } from '../accounts/rights.ts'
import { indicatorOfKey } from '../directive/indicators.ts'
import { nothingWith } from '../errors/input-error.ts'
import type PrismaTypes from '../generated/pothos.ts'
import { getDatamodel } from '../generated/pothos.ts'
import type { Context } from './context.ts'

/** Every list that is cut into pages: the largest page, and the one given when none is asked for. */
export const MAX_PAGE = 200

/** Found again by its own id, which reads better and is stable over the years. */
const INDICATOR = 'Indicator'
/** What other global ids may be of: a type and an id in Base64. */
const NODES = ['Unit', 'Cluster', 'FrozenRanking', 'Measurement', 'Filing', 'SavedQuery', 'Directive', 'PointTable']

/** What a thing is found again by, whatever its type. */
export const globalId = (type: string, id: string): string => (type === INDICATOR ? id : encodeBase64(`${type}:${id}`))

export const builder = new SchemaBuilder<{
  Context: Context
  /** What a field demands of its viewer. */
  AuthScopes: { may: Demand }
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  Scalars: {
    Date: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date | string }
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
    encodeGlobalID: (type, id) => globalId(type, String(id)),
    decodeGlobalID: (globalId) => {
      if (indicatorOfKey(globalId)) return { typename: INDICATOR, id: globalId }
      const [, typename, id] = /^(\w+):(.+)$/s.exec(decodeBase64(globalId)) ?? []
      if (typename === undefined || id === undefined || !NODES.includes(typename)) throw nothingWith(globalId)
      return { typename, id }
    },
    cursorType: 'String',
    nodesOnConnection: { description: 'The items of the page.' },
    idFieldOptions: { description: 'The global id, as `node` takes it.' },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    nodeQueryOptions: {
      description: 'Anything by its global id. NOT_FOUND where there is nothing with it.',
      args: { id: { description: 'A global id that this API gave.' } },
      // Prisma's nodes are null where there is none, or none that the viewer may see.
      resolve: async (_, { id }, __, ___, load) => (await load(id)) ?? Promise.reject(nothingWith(id.id)),
    },
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: 'Where a page of a list stands in the whole.' },
    hasNextPageFieldOptions: { description: 'Whether more follow.' },
    hasPreviousPageFieldOptions: { description: 'Whether more go before.' },
    startCursorFieldOptions: { description: 'The cursor of the first, for `before`.' },
    endCursorFieldOptions: { description: 'The cursor of the last, for `after`.' },
    firstArgOptions: {
      description: `How many at most, from the start: up to ${MAX_PAGE}, and ${MAX_PAGE} by default; 0 for \`totalCount\` alone.`,
    },
    lastArgOptions: { description: `How many at most, from the end: up to ${MAX_PAGE}.` },
    afterArgOptions: { description: 'The cursor after which to go on.' },
    beforeArgOptions: { description: 'The cursor before which to end.' },
    edgesFieldOptions: { description: 'The page, each with its cursor.' },
    pageInfoFieldOptions: { description: 'Where the page stands in the whole.' },
    cursorFieldOptions: { description: 'The place of the item in the list, for `after` and `before`.' },
    nodeFieldOptions: { description: 'The item itself.' },
  },
  prisma: {
    client: ({ prisma }) => prisma,
    dmmf: getDatamodel(),
  },
})

builder.queryType({
  description:
    'Reading what is published is open to everyone; a field that is withheld from the viewer says so and is null. Where an argument does not say otherwise, a text in it has at most 200 characters and a list at most 1,000 items; numbers go from −10^15 to 10^15.',
})
