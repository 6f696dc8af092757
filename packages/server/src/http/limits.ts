// What a stranger may ask at most, so that nobody can keep the server from the others.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, getOperationAST, Kind, parse } from 'graphql'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import { unseenCharacter } from '../unseen.ts'
import { noteCost } from './request-scope.ts'

/** A text with more is no question of a person or a program that means well; introspection takes 200. */
const MAX_TOKENS = 5000
/** As deep as GraphiQL's own introspection, which is the deepest ready query. */
const MAX_DEPTH = 20
const MAX_BODY_BYTES = 1_000_000
const MAX_UPLOAD_BYTES = 50_000_000

/** Stops reading a text that is too long before it becomes a tree, and refuses what no database can keep. */
export const textLimits: Plugin = {
  onParams({ params }) {
    const { query, variables } = params ?? {}
    const texts = `${typeof query === 'string' ? query : ''}${JSON.stringify(variables ?? null)}`
    const found = unseenCharacter(texts)
    if (found) {
      const message = `a text holds the character ${found}, which is not seen and changes what is: leave it out`
      throw createGraphQLError(message, { extensions: { code: 'BAD_INPUT', http: { status: 400 } } })
    }
  },
  onParse({ setParseFn }) {
    setParseFn((source: string, options: object) => parse(source, { ...options, maxTokens: MAX_TOKENS }))
  },
}

type Complexity = ReturnType<typeof complexityFromQuery>

/**
 * Estimates what an operation costs from its fields, pages and arguments, tells it in `extensions.cost.complexity`, and
 * refuses what costs too much, saying by how much.
 */
export function complexityLimit(most: number): Plugin {
  const known = new WeakMap<DocumentNode, Map<string, Complexity>>()
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { operationName, schema, contextValue, variableValues } = args
      const document: DocumentNode = args.document
      const operation = getOperationAST(document, operationName)
      if (!operation) return
      const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
      const estimate = () =>
        complexityFromQuery(
          { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
          { schema, ctx: contextValue as object, variables: variableValues ?? {} },
        )
      // Without variables it is the same each time.
      const name = operation.variableDefinitions?.length ? null : (operationName ?? '')
      let cost = name === null ? undefined : known.get(document)?.get(name)
      if (!cost) {
        cost = estimate()
        if (name !== null) known.set(document, (known.get(document) ?? new Map()).set(name, cost))
      }
      const complexity = Math.round(cost.complexity)
      noteCost({ complexity })
      if (complexity > most) {
        const times = (complexity / most).toFixed(1)
        const message = `this operation costs ${complexity} and ${most} is allowed: ${times} times that. Ask for fewer fields, in smaller pages (first), or for a matrix`
        setResultAndStopExecution({ errors: [tooMuch(message, { complexity, allowed: most })] })
      } else if (cost.depth > MAX_DEPTH) {
        const message = `this operation is ${cost.depth} levels deep and ${MAX_DEPTH} are allowed`
        setResultAndStopExecution({ errors: [tooMuch(message, { depth: cost.depth, allowed: MAX_DEPTH })] })
      }
    },
  }
}

const tooMuch = (message: string, details: object) =>
  createGraphQLError(message, { extensions: { code: 'TOO_COMPLEX', ...details, http: { status: 400 } } })

/**
 * Refuses a body that is too large: at once where it says so, else when it has become so, and what follows is not read.
 * @returns whether the request goes on
 */
export function limitBody(request: IncomingMessage, response: ServerResponse): boolean {
  const upload = request.headers['content-type']?.startsWith('multipart/form-data')
  const most = upload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES
  const refuse = () => {
    if (response.headersSent) return void request.destroy()
    const message = `the body has more than ${most} bytes`
    response.writeHead(413, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'TOO_LARGE' } }] }), () => request.destroy())
  }
  if (Number(request.headers['content-length'] ?? 0) > most) {
    refuse()
    return false
  }
  // Counted where Node hands the body on: a listener of our own would begin to read it before its reader does.
  const push = request.push.bind(request)
  let bytes = 0
  request.push = (chunk: Buffer | null, ...rest) => {
    bytes += chunk?.length ?? 0
    if (bytes <= most) return push(chunk, ...rest)
    refuse()
    return false
  }
  return true
}

/** For the pages; an API client does not mind. */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
]
