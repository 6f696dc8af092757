// Every text of a request, before any rule runs: its characters, how long its names and arguments.
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  type Source,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf, refusing } from '../errors/client-errors.ts'
import { checkLiterals, checkVariables, checkWords, type DocumentLimits } from '../graphql/argument-limits.ts'
import { MAX_NAME } from '../graphql/read.ts'

export interface RequestTexts {
  readonly plugin: Plugin
  /** @throws {ClientError} where a variable is not what its arguments take */
  refuseVariables(document: DocumentNode, operation: OperationDefinitionNode, variables: unknown): void
}

/**
 * Refuses, by name, words that are no words, in the text of an operation (as its parser reads it: an escape or a block
 * string is no way round), its variables, its name, the id of its document and the names of its files; and arguments that
 * are longer, larger or more than the schema says.
 */
export function requestTexts(schema: GraphQLSchema): RequestTexts {
  const limits = new WeakMap<DocumentNode, DocumentLimits>()
  const refuseVariables = (document: DocumentNode, operation: OperationDefinitionNode, variables: unknown) => {
    const known = limits.get(document) ?? checkLiterals(schema, document)
    limits.set(document, known)
    checkVariables(document, known, operation, (variables ?? {}) as Readonly<Record<string, unknown>>)
  }
  const onRun = ({
    args: { document, operationName, variableValues },
    setResultAndStopExecution,
  }: {
    args: { document: DocumentNode; operationName?: string | null; variableValues?: unknown }
    setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void
  }) => {
    const operation = getOperationAST(document, operationName)
    if (!operation?.variableDefinitions?.length) return
    try {
      refuseVariables(document, operation, variableValues)
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      setResultAndStopExecution({ errors: [graphQLErrorOf(error)] })
    }
  }
  const plugin: Plugin = {
    onParams({ params }) {
      for (const [name, value] of Object.entries(params ?? {})) {
        refusing(() => checkWords(value, name))
        if (typeof value === 'string' && name !== 'query' && value.length > MAX_NAME) {
          throw tooLong(name, value.length)
        }
      }
    },
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | Source, options: object) => {
        const document: DocumentNode = parseFn(source, options)
        limits.set(
          document,
          refusing(() => checkLiterals(schema, document)),
        )
        return document
      })
    },
    onExecute: onRun,
    onSubscribe: onRun,
  }
  return { plugin, refuseVariables }
}

const tooLong = (argument: string, length: number) =>
  graphQLErrorOf(
    new ClientError(
      'BAD_INPUT',
      {
        vi: `${argument} có ${length} ký tự, chỉ được có ${MAX_NAME}`,
        en: `${argument} has ${length} characters and may have ${MAX_NAME}`,
      },
      { argument },
      { status: 400 },
    ),
  )
