// What a mutation is: who may call it, one `input`, one payload with what changed and `errors`. Each is declared by its
// parts, and gets from here what all have in common.
import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import { type Action, type Demand, refusalOf, whoMay } from '../accounts/rights.ts'
import { builder } from './builder.ts'
import { idempotencyKey } from './change.ts'
import type { Context } from './context.ts'
import { list } from './cost.ts'
import type { Cost } from './estimate.ts'
import { type UserError, UserErrorRef, userErrorOf } from './user-errors.ts'

type Types = typeof builder.$inferSchemaTypes
type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>
type PayloadFields<Changed> = PothosSchemaTypes.ObjectFieldBuilder<Types, Partial<Changed>>
/** What came in. */
type Input<Fields extends InputFieldMap> = InputShapeFromFields<Fields> & {
  readonly idempotencyKey?: string | null | undefined
}

interface Payload {
  readonly errors?: readonly UserError[]
}

/** The call of a mutation: with a reason it is what `change` takes. */
export interface Call<Given> {
  readonly context: Context
  readonly info: GraphQLResolveInfo
  readonly args: { readonly input: Given }
}

interface MutationParts<Fields extends InputFieldMap, Changed extends object> {
  /** What it does; who may call it is said behind it. */
  readonly description: string
  /** The right that it takes; where it depends on the input, what the input says and which right that takes. */
  readonly right: Action | Readonly<Record<string, Action>>
  /** Its `idempotencyKey` comes from here, and its {@link expected} where it builds on a state. */
  readonly input: { readonly description: string; readonly fields: (t: InputFields) => Fields }
  /** The right that this input takes, and what it is done to. */
  readonly demand: (input: Input<Fields>, context: Context) => Demand | Promise<Demand>
  /**
   * Does it, by `change`. What is wrong in the input it throws where it finds it, or gives as `errors` where it found several.
   * @returns what changed, under the names of the payload's fields
   */
  readonly work: (input: Input<Fields>, call: Call<Input<Fields>>) => Promise<Changed & Payload>
  /** The objects that changed, and those by which a client's cache finds what changed with them: null with errors. */
  readonly payload: { readonly description?: string; readonly fields: (t: PayloadFields<Changed>) => FieldMap }
  /** What it costs, of `cost.ts`, beside what every change does. */
  readonly cost?: { readonly complexity: Cost | ((args: never, context: Context) => Cost) }
}

const rightsOf = (right: Action | Readonly<Record<string, Action>>): readonly Action[] =>
  typeof right === 'string' ? [right] : Object.values(right)

const whoMayCall = (right: Action | Readonly<Record<string, Action>>): string =>
  typeof right === 'string'
    ? whoMay(right)
    : Object.entries(right)
        .map(([when, action]) => `${when}: ${whoMay(action)}`)
        .join(' ')

/**
 * @throws {ClientError} `UNAUTHENTICATED` or `FORBIDDEN`, or what the demand itself finds wrong in the input
 */
async function checkRight(
  name: string,
  rights: readonly Action[],
  demand: () => Demand | Promise<Demand>,
  context: Context,
) {
  // Who does not sign in is told nothing of what there is.
  const demanded = context.viewer ? await demand() : { action: rights[0] as Action }
  if (!rights.includes(demanded.action)) throw new Error(`${name} does not say that it takes ${demanded.action}`)
  const refusal = await refusalOf(demanded, context)
  if (refusal) throw refusal
}

/** Adds a mutation to the schema, with its `…Input` and `…Payload`. */
export function mutation<Fields extends InputFieldMap, Changed extends object>(
  name: string,
  { description, right, input, demand, work, payload, cost }: MutationParts<Fields, Changed>,
): void {
  const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const rights = rightsOf(right)
  const InputRef = builder.inputType(`${typeName}Input`, {
    description: input.description,
    fields: (t) => ({ ...input.fields(t), idempotencyKey: t.field(idempotencyKey) }),
  })
  const PayloadRef = builder.objectRef<Payload>(`${typeName}Payload`).implement({
    description: payload.description ?? 'What changed; null where `errors` says why nothing did.',
    fields: (t) => ({
      ...payload.fields(t as unknown as PayloadFields<Changed>),
      errors: t.field({
        type: [UserErrorRef],
        ...list(1, 1),
        description: 'What was wrong in the input: nothing was stored then. Empty where the change was made.',
        resolve: ({ errors = [] }) => [...errors],
      }),
    }),
  })
  builder.mutationField(name, (t) =>
    t.field({
      type: PayloadRef,
      // Where it is a function it takes the arguments that are declared here.
      ...(cost as { readonly complexity: Cost } | undefined),
      description: `${description} ${whoMayCall(right)}`,
      extensions: { rights },
      args: { input: t.arg({ type: InputRef, required: true, description: input.description }) },
      resolve: (_, args, context, info) =>
        answered({ context, info, args: args as unknown as Call<Input<Fields>>['args'] }),
    }),
  )

  /** What is wrong in the input becomes data; anything else is thrown on. */
  async function answered(call: Call<Input<Fields>>): Promise<Payload> {
    const { input } = call.args
    try {
      await checkRight(name, rights, () => demand(input, call.context), call.context)
      return await work(input, call)
    } catch (error) {
      const wrong = userErrorOf(error, input)
      if (!wrong) throw error
      return { errors: [wrong] }
    }
  }
}

/**
 * The field `expected` of the input of a change that builds on a state.
 * @param says what its author saw
 */
export const expected = <Type extends 'Int' | 'String' | 'Date'>(t: InputFields, type: Type, says: string) =>
  t.field({ type, description: `${says} ${EXPECTED}`, ...(type === 'String' ? MAY_BE_BLANK : {}) })

/** The field `on` of the input of a change that names a unit and a year. */
export const onDay = (t: InputFields) =>
  t.field({
    type: 'Date',
    description:
      'A day of that year on which the unit has the code: needed only where the code stood for two units in it (AMBIGUOUS_UNIT).',
  })

/** For the descriptions of `expected`. */
export const EXPECTED =
  'EDIT_CONFLICT, with what stands, where that is no longer so. Without it the change is made whatever stands.'

/** An empty text expects nothing to be there. */
const MAY_BE_BLANK = { extensions: { mayBeBlank: true } } as const
