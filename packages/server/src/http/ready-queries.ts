// The queries with which GraphiQL opens: one for each operation of the files in `queries/`.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, visit } from 'graphql'

const FOLDER = fileURLToPath(new URL('../../queries/', import.meta.url))

export interface ReadyQuery {
  /** In Vietnamese, the first line of its comment. */
  readonly name: string
  /** What it answers, in Vietnamese: the second line. */
  readonly about: string
  readonly text: string
  /** An example, as JSON; empty for none. */
  readonly variables: string
  readonly kind: OperationDefinitionNode['operation']
}

type Variables = Readonly<Record<string, object>>

const read = (file: string) => readFileSync(`${FOLDER}${file}`, 'utf8')

/** The files, in the order of their numbers. */
export function readyFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(read)
}

export function readyQueries(): ReadyQuery[] {
  const variables = JSON.parse(read('variables.json')) as Variables
  return readyFiles().flatMap((text) => operationsOf(text, variables))
}

/** Each operation with the comment right above it and the fragments that it uses. */
function operationsOf(text: string, variables: Variables): ReadyQuery[] {
  const { definitions } = parse(text)
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  )
  return operations.map((operation) => {
    const comment = commentAbove(text, operation.loc?.start ?? 0)
    const parts = [`${comment}\n${sourceOf(operation, text)}`]
    for (const fragment of used(operation, fragments)) parts.push(sourceOf(fragment, text))
    const [name = '', about = ''] = comment.split('\n').map((line) => line.replace(/^#\s*/, ''))
    const example = variables[operation.name?.value ?? '']
    return {
      name,
      about,
      text: operations.length === 1 ? text : `${parts.join('\n\n')}\n`,
      variables: example ? JSON.stringify(example, null, 2) : '',
      kind: operation.operation,
    }
  })
}

const sourceOf = ({ loc }: OperationDefinitionNode | FragmentDefinitionNode, text: string) =>
  text.slice(loc?.start, loc?.end)

function commentAbove(text: string, start: number): string {
  const lines = text.slice(0, start).trimEnd().split('\n')
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('#')) + 1).join('\n')
}

/** Those that it names, and those that these name. */
function used(
  definition: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): Set<FragmentDefinitionNode> {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value)
      if (!fragment || found.has(fragment)) return
      found.add(fragment)
      used(fragment, fragments, found)
    },
  })
  return found
}
