// A query that was read, checked and compiled before is answered without the library's requests, responses and promises, which
// take longer than a small question itself. Whatever is not as usual goes the library's way, and is told by it.
import { type GraphQLSchema, getVariableValues } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Viewer } from '../accounts/viewer.ts'
import { ClientError } from '../errors/client-error.ts'
import type { MaybePromise } from '../figures/when-ready.ts'
import { checkWords } from '../graphql/argument-limits.ts'
import type { Context } from '../graphql/context.ts'
import { refuseOutsizeValues } from '../graphql/read.ts'
import type { RequestScope } from '../request-scope.ts'
import { isLargerThan, MOST_CHARACTERS, MOST_COUNTED_FOR_BYTE } from './answer-size.ts'
import type { CompiledExecution, CompiledOperation } from './compiled.ts'
import type { DocumentCache } from './document-cache.ts'
import { TooManyBytes } from './json-bytes.ts'
import type { ComplexityLimit } from './limits.ts'
import { shownOperation } from './observe.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestTexts } from './request-texts.ts'

/** Clients say in so many ways what they accept. */
const MOST_TYPES = 100
const LONGEST_ACCEPT = 200

/** The rules of the library's way that every question passes. */
export interface DirectRules {
  readonly schema: GraphQLSchema
  readonly documents: DocumentCache
  readonly execution: CompiledExecution
  readonly texts: RequestTexts
  readonly complexity: ComplexityLimit
  /** Null: nothing is counted. */
  readonly limit: RateLimit | null
  /** Whether anybody may ask with such a text. */
  isFree(text: string): boolean
  /** @throws {ClientError} where the header's token is none */
  viewerOf(authorization: string | undefined): Promise<Viewer | null>
  contextOf(viewer: Viewer | null): MaybePromise<Context>
}

interface Question {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | null
}

export class DirectAnswers {
  readonly #rules: DirectRules
  /** The type of the library's answers to a query without errors, by what a client accepts. */
  readonly #types = new LRUCache<string, string>({ max: MOST_TYPES })

  constructor(rules: DirectRules) {
    this.#rules = rules
  }

  /** To be told of what the library answered to a query without errors. */
  learn(accept = '', type: string): void {
    if (accept.length <= LONGEST_ACCEPT && /[/+]json\b/.test(type)) this.#types.set(accept, type)
  }

  /** The type of an answer in JSON for who accepts that; undefined where nobody who does was answered yet. */
  typeFor(accept = ''): string | undefined {
    return this.#types.get(accept)
  }

  /**
   * Answers the body of a request; null where the library has to. What was executed then is noted in the scope, so that it
   * is only told.
   */
  async answer(text: string, authorization: string | undefined, scope: RequestScope): Promise<Buffer | null> {
    const { schema, documents, execution, limit, complexity, isFree, contextOf } = this.#rules
    const question = questionOf(text)
    if (!question || !isFree(question.query)) return null
    const { query, variables, operationName } = question
    const document = documents.get(query)
    const compiled = document && execution.of(document, operationName)
    if (!document || !compiled) return null
    const { node: operation } = compiled
    const coerced = this.#coerced(question, compiled)
    if (!coerced) return null
    let viewer: Viewer | null = null
    try {
      if (authorization !== undefined) viewer = await this.#rules.viewerOf(authorization)
    } catch (error) {
      if (error instanceof ClientError) return null
      throw error
    }
    scope.operation = shownOperation(operation)
    const making = contextOf(viewer)
    const context = making instanceof Promise ? await making : making
    if (complexity.judge({ schema, document, operation, coerced, context })) return null
    if (limit && (await limit.charge(context, scope.cost.complexity ?? 0))) return null
    scope.cost.executor = 'compiled'
    return run(compiled, { context, variables, coerced }, scope)
  }

  /** The variables as resolvers get them; null where anything about them is wrong. */
  #coerced({ variables }: Question, { node, document }: CompiledOperation): Record<string, unknown> | null {
    const { schema, texts } = this.#rules
    try {
      refuseOutsizeValues(variables)
      checkWords(variables, 'variables')
      if (node.variableDefinitions?.length) texts.refuseVariables(document, node, variables)
    } catch (error) {
      if (error instanceof ClientError) return null
      throw error
    }
    return getVariableValues(schema, node.variableDefinitions ?? [], variables).coerced ?? null
  }
}

/** Whether nobody would refuse an answer for its size. */
const isSurelySmall = (answer: Buffer): boolean => answer.length * MOST_COUNTED_FOR_BYTE < MOST_CHARACTERS

async function run(
  compiled: CompiledOperation,
  {
    context,
    variables,
    coerced,
  }: Readonly<Record<'variables' | 'coerced', Question['variables']>> & { context: Context },
  scope: RequestScope,
): Promise<Buffer | null> {
  const extensions = () => ({ cost: { ...scope.cost, sqlStatements: scope.statements } })
  const mostBytes = MOST_CHARACTERS
  try {
    const answer = await compiled.runAtOnce({ context, variables: coerced, extensions, mostBytes })
    if (answer && isSurelySmall(answer)) return answer
  } catch (error) {
    if (!(error instanceof TooManyBytes)) throw error
  }
  const running = compiled.run(context, variables)
  const result = running instanceof Promise ? await running : running
  try {
    const answer = result.errors ? null : compiled.write(result.data, extensions(), mostBytes)
    if (answer && (isSurelySmall(answer) || !isLargerThan(MOST_CHARACTERS, result.data))) return answer
  } catch (error) {
    if (!(error instanceof TooManyBytes)) throw error
  }
  scope.executed = result
  return null
}

/** The plainest form of a body: a text, variables, a name, and nothing else. */
function questionOf(text: string): Question | null {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null
  const { query, variables = null, operationName = null, ...others } = body as Readonly<Record<string, unknown>>
  if (typeof query !== 'string' || Object.keys(others).length > 0) return null
  if (operationName !== null && typeof operationName !== 'string') return null
  if (typeof variables !== 'object' || Array.isArray(variables)) return null
  return { query, operationName, variables: (variables ?? {}) as Question['variables'] }
}
