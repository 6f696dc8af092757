// What a stranger may ask at most, so that nobody can keep the server from the others.
import type { Text } from '@dienbien/targets'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf, refusing } from '../errors/client-errors.ts'
import { type Estimate, estimate } from '../graphql/estimate.ts'
import { readDocument, refuseOutsizeValues, validateDocument } from '../graphql/read.ts'
import { inVietnamese } from '../numbers.ts'
import { noteCost } from '../request-scope.ts'

/** As deep as GraphiQL's own introspection, which is the deepest ready query. */
const MAX_DEPTH = 20

/** Stops reading a text that is too long, or nested too deep, before it becomes a tree, and validates it in bounded time. */
export const textLimits: Plugin = {
  onParams({ params }) {
    // All of them: what a text ought to be may be an array, and is looked at before it is said to be none.
    for (const value of Object.values(params ?? {})) refusing(() => refuseOutsizeValues(value))
  },
  onParse({ setParseFn }) {
    setParseFn((text: string, options: object) => refusing(() => readDocument(text, options)))
  },
  onValidate({ setValidationFn }) {
    setValidationFn(validateDocument)
  },
}

/** An operation and what it is asked with. */
interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  /** As the executor takes them. */
  readonly coerced: Readonly<Record<string, unknown>>
  readonly context: object
}

export interface ComplexityLimit {
  readonly plugin: Plugin
  /** Notes what an operation costs; why it may not run, or null. */
  judge(asked: Asked): GraphQLError | null
}

/**
 * Estimates what an operation costs from its fields, pages and arguments, tells it in `extensions.cost.complexity`, and
 * refuses what costs too much, saying by how much.
 */
export function complexityLimit(most: number): ComplexityLimit {
  // What is kept of those that were read is kept with them.
  const read = new WeakSet<DocumentNode>()
  // A subscription is judged by one event.
  return { plugin: { onExecute: stopOrGoOn, onSubscribe: stopOrGoOn }, judge }

  function stopOrGoOn({
    args,
    setResultAndStopExecution,
  }: Pick<Parameters<NonNullable<Plugin['onExecute']>>[0], 'args' | 'setResultAndStopExecution'>): void {
    const { schema, document, operationName, contextValue: context, variableValues } = args
    const operation = getOperationAST(document, operationName)
    if (!operation) return
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {})
    // Variables that are not what they should be: the executor runs nothing, and says so.
    const error = coerced ? judge({ schema, document, operation, coerced, context: context as object }) : null
    if (error) setResultAndStopExecution({ errors: [error] })
  }

  function judge({ schema, document, operation, coerced, context }: Asked): GraphQLError | null {
    let cost: Estimate
    try {
      cost = estimate(schema, document, operation, coerced, context)
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return error
    }
    const complexity = Math.round(cost.complexity + (read.has(document) ? 0 : cost.reading))
    read.add(document)
    noteCost({ complexity })
    if (complexity > most) {
      const times = Math.round((complexity / most) * 10) / 10
      const text = {
        vi: `truy vấn này tốn ${inVietnamese(complexity)}, mức cho phép là ${inVietnamese(most)}: gấp ${inVietnamese(times)} lần. Hãy hỏi ít trường hơn, trang nhỏ hơn (first), hoặc dùng matrix`,
        en: `this operation costs ${complexity} and ${most} is allowed: ${times.toFixed(1)} times that. Ask for fewer fields, in smaller pages (first), or for a matrix`,
      }
      return tooMuch(text, { complexity, allowed: most })
    }
    if (cost.depth <= MAX_DEPTH) return null
    const text = {
      vi: `truy vấn này sâu ${cost.depth} tầng, chỉ được ${MAX_DEPTH}`,
      en: `this operation is ${cost.depth} levels deep and ${MAX_DEPTH} are allowed`,
    }
    return tooMuch(text, { depth: cost.depth, allowed: MAX_DEPTH })
  }
}

const tooMuch = (text: Text, details: Readonly<Record<string, number>>) =>
  graphQLErrorOf(new ClientError('TOO_COMPLEX', text, details, { status: 400 }))

/** On every answer; a page says which scripts and styles are its own. */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
]
