// What an argument may hold, whatever the field: how long a text, how many items, how large a number. Declared in the
// schema and checked for a whole operation before anything of it runs, so that a new argument is safe by default.
import type { Text } from '@dienbien/targets'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { InputError } from '../errors/input-error.ts'
import { numberProblem } from '../numbers.ts'
import { isBlank, unseenProblem } from '../unseen.ts'
import { fragmentsOf } from './fragments.ts'

/** What an argument or an input field may say of itself, in its `extensions`, where the defaults do not fit. */
export interface InputLimits {
  /** Of a text, in UTF-16 units; each text in it where it is a list or JSON. */
  readonly maxLength: number
  /** Of a list, or of the members of a JSON object. */
  readonly maxItems: number
  /** Of a number in a question; null: any. */
  readonly least: number | null
  readonly most: number | null
  /** Whether it takes a text that is empty or blank. */
  readonly mayBeBlank: boolean
  /** Whether a question takes a list of it that is empty. What a mutation makes of one is data of its payload. */
  readonly mayBeEmpty: boolean
}

/** Names, codes, ids, slugs, numbers of documents: nobody's is longer. */
const DEFAULTS: InputLimits = {
  maxLength: 200,
  maxItems: 1000,
  least: null,
  most: null,
  mayBeBlank: false,
  mayBeEmpty: false,
}

/** A number of a question that goes from one to another, or without end. */
export const between = (least: number, most: number | null = null) => ({ extensions: { least, most } }) as const

/** Texts that people write: reasons, sources, evidence, descriptions. */
export const LONG_TEXT = { extensions: { maxLength: 10_000 } } as const

export const limitsOf = ({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): InputLimits => ({
  ...DEFAULTS,
  ...(extensions as Partial<InputLimits>),
})

/** A variable where a document uses it. */
interface VariableUse {
  readonly name: string
  readonly type: GraphQLInputType
  readonly limits: InputLimits
  readonly argument: string
}

/** Stands in a literal for a variable. */
class Variable {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Where a document takes variables, and what they may hold there. */
export interface DocumentLimits {
  readonly uses: ReadonlyMap<OperationDefinitionNode | FragmentDefinitionNode, readonly VariableUse[]>
  readonly spreads: ReadonlyMap<OperationDefinitionNode | FragmentDefinitionNode, ReadonlySet<string>>
}

/** @param problem the end of a sentence that begins with the argument */
const refusal = (argument: string, { vi, en }: Text, value: unknown): InputError =>
  new InputError(
    'BAD_INPUT',
    { vi: `${argument} ${vi}`, en: `${argument} ${en}` },
    { argument, value: shortened(value), http: { status: 400 } },
  )

const tooMany = (value: number, most: number, what: Text): Text => ({
  vi: `có ${value} ${what.vi}, chỉ được có ${most}`,
  en: `has ${value} ${what.en} and may have ${most}`,
})
const CHARACTERS: Text = { vi: 'ký tự', en: 'characters' }
const ITEMS: Text = { vi: 'mục', en: 'items' }
const MEMBERS: Text = { vi: 'trường', en: 'members' }

const EMPTY: Text = { vi: 'không được để trống', en: 'must not be empty' }
const ofMember = ({ vi, en }: Text): Text => ({ vi: `có trường mà tên ${vi}`, en: `has a member whose name ${en}` })

const shortened = (value: unknown) =>
  typeof value === 'string'
    ? `${[...value.slice(0, 40)].map((char) => (unseenProblem(char) ? '\ufffd' : char)).join('')}${value.length > 40 ? '…' : ''}`
    : typeof value === 'number'
      ? String(value)
      : null

/**
 * Checks the literals of a document's arguments, and finds where it takes variables.
 * @throws {InputError} `BAD_INPUT` with the path of the argument and its limit
 */
export function checkLiterals(schema: GraphQLSchema, document: DocumentNode): DocumentLimits {
  const uses = new Map<OperationDefinitionNode | FragmentDefinitionNode, VariableUse[]>()
  const spreads = new Map<OperationDefinitionNode | FragmentDefinitionNode, Set<string>>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    const used: VariableUse[] = []
    const spread = new Set<string>()
    uses.set(definition, used)
    spreads.set(definition, spread)
    const written = definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation'
    const typeInfo = new TypeInfo(schema)
    visit(
      definition,
      visitWithTypeInfo(typeInfo, {
        VariableDefinition: ({ variable, defaultValue }) => {
          if (defaultValue) checkWords(plain(defaultValue), `$${variable.name.value}`)
          return false
        },
        FragmentSpread: ({ name }) => void spread.add(name.value),
        Argument: ({ name, value }) => {
          const argument = typeInfo.getArgument()
          const literal = plain(value)
          checkWords(literal, name.value)
          // An argument that does not exist is refused by validation, which says so better.
          if (argument) check(literal, argument.type, limitsOf(argument), name.value, written, used)
          return false
        },
      }),
    )
  }
  return { uses, spreads }
}

/**
 * Checks the variables of an operation where it uses them.
 * @param document of {@link checkLiterals}
 * @throws {InputError} `BAD_INPUT` as it does
 */
export function checkVariables(
  document: DocumentNode,
  { uses, spreads }: DocumentLimits,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const fragments = fragmentsOf(document)
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  )
  const seen = new Set<OperationDefinitionNode | FragmentDefinitionNode>([operation])
  for (const definition of seen) {
    for (const { name, type, limits, argument } of uses.get(definition) ?? []) {
      const byDefault = defaults.get(name)
      const value = Object.hasOwn(variables, name) ? variables[name] : byDefault ? plain(byDefault) : undefined
      check(value, type, limits, argument, operation.operation === 'mutation', null)
    }
    for (const spread of spreads.get(definition) ?? []) {
      const fragment = fragments.get(spread)
      if (fragment) seen.add(fragment)
    }
  }
}

/**
 * Refuses what is no text anywhere in a value: in its texts, in the names of its members, in the names of files. It goes on
 * without calling itself: the depth may be the sender's. So may the number: a body holds half a million numbers, so only
 * what has parts is remembered, and a path is put together where something is refused.
 * @param what names the value in the message
 * @throws {InputError} `BAD_INPUT` with the path
 */
export function checkWords(value: unknown, what: string): void {
  interface At {
    readonly value: object
    readonly name: string | number
    readonly parent: At | null
  }
  const pathOf = (name: string | number, parent: At | null): string => {
    const names = [name]
    for (let at = parent; at; at = at.parent) names.push(at.name)
    const parts = names.reverse().map((name) => (typeof name === 'number' ? `[${name}]` : name.slice(0, 41)))
    return parts.join('').slice(0, 400)
  }
  const open: At[] = []
  const look = (value: unknown, name: string | number, parent: At | null): void => {
    if (typeof value === 'string') {
      const problem = unseenProblem(value)
      if (problem) throw refusal(pathOf(name, parent), problem, value)
    } else if (typeof value === 'object' && value !== null) open.push({ value: value, name, parent })
  }
  look(value, what, null)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (Array.isArray(at.value)) {
      for (let i = 0; i < at.value.length; i++) look(at.value[i], i, at)
    } else if (isFile(at.value)) {
      look(at.value.name, "'s file name", at)
    } else {
      for (const [key, member] of Object.entries(at.value)) {
        const problem = unseenProblem(key)
        if (problem) throw refusal(pathOf(at.name, at.parent), ofMember(problem), key)
        look(member, `.${key}`, at)
      }
    }
  }
}

/** A file of an upload; whose class it is depends on who reads the form. */
const isFile = (value: object): value is { readonly name?: unknown } =>
  typeof (value as Partial<File>).arrayBuffer === 'function'

/** A literal as the value that it stands for, variables kept as {@link Variable}. */
function plain(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return new Variable(node.name.value)
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value)
    case Kind.LIST:
      return node.values.map(plain)
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, plain(value)]))
    case Kind.NULL:
      return null
    default:
      return node.value
  }
}

/**
 * @param written of a mutation: then a text is not blank
 * @param uses where variables are noted; null where there are none left
 */
function check(
  value: unknown,
  type: GraphQLInputType,
  limits: InputLimits,
  argument: string,
  written: boolean,
  uses: VariableUse[] | null,
): void {
  if (isNonNullType(type)) {
    check(value, type.ofType, limits, argument, written, uses)
    return
  }
  if (value instanceof Variable) {
    uses?.push({ name: value.name, type, limits, argument })
    return
  }
  if (typeof value === 'string') {
    if (value.length > limits.maxLength) {
      throw refusal(argument, tooMany(value.length, limits.maxLength, CHARACTERS), value)
    }
    if (written && !limits.mayBeBlank && isBlank(value)) throw refusal(argument, EMPTY, value)
  }
  if (typeof value === 'number') {
    const problem = numberProblem(value)
    if (problem) throw refusal(argument, problem, value)
  }
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    if (value.length > limits.maxItems) {
      throw refusal(argument, tooMany(value.length, limits.maxItems, ITEMS), null)
    }
    const itemType = isListType(type) ? type.ofType : type
    value.forEach((item, i) => {
      check(item, itemType, limits, `${argument}[${i}]`, written, uses)
    })
    return
  }
  if (isFile(value)) {
    const { name } = value
    check(name, type, { ...DEFAULTS, mayBeBlank: true }, `${argument}'s file name`, written, uses)
    return
  }
  // A list type takes a single item too.
  const inner = isListType(type) ? type.ofType : type
  const named = isNonNullType(inner) ? inner.ofType : inner
  const fields = isInputObjectType(named) ? named.getFields() : {}
  const entries = Object.entries(value)
  if (entries.length > limits.maxItems) {
    throw refusal(argument, tooMany(entries.length, limits.maxItems, MEMBERS), null)
  }
  for (const [key, member] of entries) {
    if (key.length > DEFAULTS.maxLength) {
      throw refusal(argument, ofMember(tooMany(key.length, DEFAULTS.maxLength, CHARACTERS)), key)
    }
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    check(member, field?.type ?? named, field ? limitsOf(field) : limits, `${argument}.${key}`, written, uses)
  }
}

/** Says in the descriptions of arguments and input fields what they may hold where that is not the default. */
export function describeLimits(schema: GraphQLSchema): GraphQLSchema {
  const describe = (argument: GraphQLArgument | GraphQLInputField) => {
    const { maxLength, maxItems, least, most, mayBeBlank, mayBeEmpty } = argument.extensions as Partial<InputLimits>
    const ofTexts = getNamedType(argument.type) === GraphQLString ? 'At most' : 'A text in it has at most'
    const limits = [
      ...(maxLength ? [`${ofTexts} ${maxLength.toLocaleString('en')} characters.`] : []),
      ...(maxItems ? [`At most ${maxItems.toLocaleString('en')} items.`] : []),
      ...(typeof least === 'number' ? [`From ${least} ${most ? `to ${most.toLocaleString('en')}` : 'up'}.`] : []),
      ...(mayBeBlank || mayBeEmpty ? ['May be empty.'] : []),
    ]
    if (limits.length > 0) argument.description = [argument.description, ...limits].join(' ')
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !('getFields' in type)) continue
    for (const field of Object.values(type.getFields())) {
      if (isInputObjectType(type)) describe(field)
      else if ('args' in field) field.args.forEach(describe)
    }
  }
  return schema
}
