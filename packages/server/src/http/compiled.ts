// Queries are compiled: five times the speed of the interpreter on wide answers.
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { CompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import { compiledSize } from '../graphql/expansion.ts'
import { currentScope, noteCost } from '../request-scope.ts'
import { type AnswerWriter, answerWriter } from './answer-writer.ts'
import { atOnce, type Execution, hasDirectives } from './at-once.ts'

/** An operation that was asked for once may never be again, and compiling takes longer than interpreting it. */
const COMPILE_FROM = 2
/**
 * The largest that is compiled, with its fragments expanded: ten lines of them expand to a million fields and would take
 * minutes and the memory of the machine. The largest of our own pages has 250.
 */
const MOST_COMPILED = 1000
/** What compiling takes, in the cost of interpreting: it pays only for what was asked for so often. */
const COST_OF_COMPILING = 3
/** Of all that are kept compiled, counted in the same way: the newest that were asked for. */
const MOST_KEPT = 20_000

interface Operation {
  uses: number
  /** The cost of its uses until now. */
  spent: number
  /** Null: not counted yet. */
  size: number | null
  /** Whether it was settled how it runs. */
  judged: boolean
}

/** A query that only reads memory, compiled. */
export interface CompiledOperation {
  readonly document: DocumentNode
  readonly node: OperationDefinitionNode
  /** @param variables right by their types, as they were sent */
  run(context: unknown, variables: Readonly<Record<string, unknown>>): MaybePromise<ExecutionResult>
  readonly write: AnswerWriter
  /** Runs it and writes its answer in one go, where that is worth trying; null where it was not, or did not go. */
  runAtOnce(execution: Execution): MaybePromise<Buffer | null>
}

export interface CompiledExecution {
  readonly plugin: Plugin
  /** What an operation is run by without anything else, where it is compiled by now. */
  of(document: DocumentNode, operationName: string | null): CompiledOperation | undefined
}

/** As graphql counts lines. */
const LINE_END = /\r\n|[\n\r]/g

const UNKNOWN: Readonly<Operation> = { uses: 0, spent: 0, size: null, judged: false }

/**
 * Compiles an operation that is small with its fragments expanded, when it is asked for the second time or, where it costs
 * little, when it has been asked for often enough. Mutations, subscriptions, what the compiler gets wrong and what asks
 * Prisma for relations stay with the interpreter: in compiled code the Prisma plugin cannot find its prepared selections,
 * and would read them row by row. What is no longer kept begins anew.
 */
export function compiledExecution(): CompiledExecution {
  // A start need not wait for the compiler: it is there before anybody asks for the same thing twice.
  let compiler: typeof import('graphql-jit') | null = null
  void import('graphql-jit').then((loaded) => {
    compiler = loaded
  })
  const known = new WeakMap<OperationDefinitionNode, Operation>()
  const kept = new LRUCache<Operation, CompiledOperation>({
    maxSize: MOST_KEPT,
    dispose: (_, operation) => Object.assign(operation, UNKNOWN),
  })

  /** Compiles an operation once it pays. */
  function judge(operation: Operation, node: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema) {
    if (!compiler || operation.judged || operation.uses < COMPILE_FROM) return
    operation.size ??= compiledSize(schema, document, node)
    const tooLarge = operation.size > MOST_COMPILED
    operation.judged = tooLarge || operation.spent >= operation.size * COST_OF_COMPILING
    if (!operation.judged || tooLarge || node.operation !== 'query') return
    if (isCompiledWrong(document) || asksRelations(schema, document)) return
    const compiled = compiler.compileQuery(schema, document, node.name?.value)
    if (!compiler.isCompiledQuery(compiled)) return
    kept.set(operation, compiledOperation(schema, document, node, compiled), { size: Math.max(1, operation.size) })
  }

  const plugin: Plugin = {
    onExecute({ args, setExecuteFn }) {
      const executed = currentScope()?.executed
      if (executed) return void setExecuteFn(() => executed)
      const { document, operationName, schema, variableValues } = args
      // By what the document holds, not by the name that was asked for, of which there is no end.
      const node = getOperationAST(document, operationName)
      if (!node) return
      const operation: Operation = known.get(node) ?? { ...UNKNOWN }
      known.set(node, operation)
      operation.uses++
      operation.spent += currentScope()?.cost.complexity ?? 0
      judge(operation, node, document, schema)
      // What is wrong with variables is told by the interpreter, in the same words and with the same status as ever.
      const areRight = () => !getVariableValues(schema, node.variableDefinitions ?? [], variableValues ?? {}).errors
      const compiled = kept.has(operation) && areRight() ? kept.get(operation) : undefined
      noteCost({ executor: compiled ? 'compiled' : 'interpreted' })
      if (!compiled) return
      setExecuteFn(({ contextValue }: ExecutionArgs) => compiled.run(contextValue, variableValues ?? {}))
    },
  }
  return {
    plugin,
    of(document, operationName) {
      const node = getOperationAST(document, operationName)
      const operation = node && known.get(node)
      return operation ? kept.get(operation) : undefined
    },
  }
}

/** Uses after which what did not go at once is tried again, and at most. */
const [FIRST_REST, LONGEST_REST] = [4, 1024]

function compiledOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
  { query }: CompiledQuery,
): CompiledOperation {
  const atOnceToo = atOnce(schema, document, node)
  // Who asks the database is not asked twice.
  let isFromMemory = false
  let rest = 0
  let nextRest = FIRST_REST
  return {
    document,
    node,
    write: answerWriter(schema, document, node),
    run(context, variables) {
      const before = currentScope()?.statements
      return whenReady(query(undefined, context, withDefaults(node, variables)), (result: ExecutionResult) => {
        isFromMemory = currentScope()?.statements === before
        return withOwnErrors(result, document)
      })
    },
    async runAtOnce(execution) {
      if (!atOnceToo || !isFromMemory || rest-- > 0) return null
      const answer = await atOnceToo(execution)
      if (answer) nextRest = FIRST_REST
      else {
        rest = nextRest
        nextRest = Math.min(nextRest * 2, LONGEST_REST)
      }
      return answer
    },
  }
}

/**
 * The compiler takes a variable without a value for missing where its type is not null, even if it has a default; and one
 * that is called as something that every object has (`$constructor`) for given.
 */
function withDefaults(
  { variableDefinitions }: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const variables: Record<string, unknown> = Object.assign(Object.create(null), values)
  for (const { variable, defaultValue } of variableDefinitions ?? []) {
    const name = variable.name.value
    if (defaultValue && variables[name] === undefined) variables[name] = valueFromASTUntyped(defaultValue)
  }
  return variables
}

/** The compiler's errors are of a class of its own, whose properties cannot be set: as graphql's they go further. */
function withOwnErrors({ errors, ...result }: ExecutionResult, { loc }: DocumentNode): ExecutionResult {
  if (!errors) return result
  const source = loc?.source
  const lines = [0, ...Array.from(source?.body.matchAll(LINE_END) ?? [], ({ index, 0: end }) => index + end.length)]
  const offset = ({ line, column }: { line: number; column: number }) => (lines[line - 1] ?? 0) + column - 1
  const own = errors.map(({ message, path, locations, originalError, extensions }) => {
    const positions = locations?.map(offset)
    return new GraphQLError(message, { source, positions, path, originalError, extensions })
  })
  // In the order in which graphql tells them.
  return { errors: own, ...result }
}

/**
 * Whether the compiler would answer otherwise than GraphQL. It notes a condition at the field that it is for, and a fragment
 * has one field for all places where it stands: what is left out of one is left out of the others. And a name that is no
 * key of its objects is lost.
 */
function isCompiledWrong(document: DocumentNode): boolean {
  let wrong = hasDirectives(document)
  visit(document, {
    Name({ value }) {
      if (value === '__proto__') wrong = true
    },
  })
  return wrong
}

/** Whether Prisma is asked for more than the rows that a field gives: for relations of theirs. */
function asksRelations(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema)
  let relations = false
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        if (types.getFieldDef()?.extensions.pothosPrismaSelect) relations = true
      },
    }),
  )
  return relations
}
