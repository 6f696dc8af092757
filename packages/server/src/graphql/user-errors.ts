// What was wrong in the input of a mutation: data of its payload, so that a form can show each error where it belongs. What
// is not the input's (no token, no right, no database) stays an error of GraphQL.
import type { TargetsErrorCode, Text } from '@dienbien/targets'
import { mistakeOf, type Said } from '../errors/client-errors.ts'
import type { InputErrorCode, UnitProblemCode } from '../errors/input-error.ts'
import { currentLocale } from '../request-scope.ts'
import { builder } from './builder.ts'
import { clientLocaleArg } from './scalars.ts'

export type UserErrorCode =
  | InputErrorCode
  | TargetsErrorCode
  | 'EMPTY'
  | 'DUPLICATE_INDICATOR'
  | 'EDIT_CONFLICT'
  | 'IDEMPOTENCY_CONFLICT'
  | UnitProblemCode

const CODES: Readonly<Record<UserErrorCode, { readonly description: string }>> = {
  UNKNOWN_UNIT: { description: 'No unit has this code.' },
  AMBIGUOUS_UNIT: { description: 'Two units had this code in that year: say on which day (`on`).' },
  UNKNOWN_CLUSTER: { description: 'No cluster or bloc has this slug.' },
  UNKNOWN_YEAR: { description: 'No directive, and no figures, belong to this year.' },
  UNKNOWN_INDICATOR: { description: 'No indicator has this id.' },
  UNKNOWN_SECTION: { description: 'The directive has no such section.' },
  NO_DIRECTIVE: { description: 'No directive is published here yet.' },
  UNKNOWN_VERSION: { description: 'No version of a directive has this code.' },
  MIXED_DIRECTIVES: { description: 'The members of the cluster are judged by several directives.' },
  UNKNOWN_DUTY: { description: 'No duty has this id.' },
  UNKNOWN_RANKING: { description: 'There is no such frozen ranking, or none that you may see.' },
  RANKING_FROZEN: {
    description: 'A frozen ranking that stands rests on it; `nearest` names the ranking. Withdraw that one first.',
  },
  UNKNOWN_FACT: { description: 'No fact of eligibility is called so, or none that can be recorded.' },
  NOT_FOUND: { description: 'There is nothing by this name or id.' },
  BAD_DATE: { description: 'The day does not lie in the year, or cannot be what it is given as.' },
  BAD_INPUT: { description: 'The value cannot be that; the message says what would be right.' },
  BAD_OPTION: { description: 'An option of an evaluation cannot be that.' },
  BAD_DIRECTIVE: { description: 'A directive that contradicts itself, or is not of the form that its schema says.' },
  BAD_POLICY: { description: 'A policy that contradicts itself, or is not of the form that its schema says.' },
  BAD_CONDITION: { description: 'A condition of a policy that cannot be read.' },
  BAD_POINTS: { description: 'A point table that contradicts itself, or is not of the form that its schema says.' },
  BAD_DOCUMENT: { description: 'A text that is neither JSON nor YAML.' },
  BAD_TABLE: { description: 'A file or a table that cannot be read.' },
  BAD_STEP: { description: 'A step towards awards that says what cannot be.' },
  IMPOSSIBLE_STEP: { description: 'The state does not allow the step; `possible` has those that it does.' },
  EMPTY: { description: 'There is no value in it.' },
  DUPLICATE_INDICATOR: { description: 'The indicator is given twice.' },
  WRONG_TYPE: { description: 'A milestone takes 1 or 0; a figure is a number from −10^15 to 10^15.' },
  NOT_FINITE: { description: 'The value is no finite number.' },
  OUT_OF_RANGE: {
    description:
      'A count is whole and not negative, nor is a total that is no balance; a share lies between 0 and 100.',
  },
  NOT_MEASURED: { description: 'The indicator is not measured at the level of the unit.' },
  EDIT_CONFLICT: { description: 'Somebody else changed the same since you looked: read again.' },
  CODE_TAKEN: { description: 'Two units would have one code on one day.' },
  OVERLAP: { description: 'The same is changed or ended already, from that day or a later one.' },
  CYCLE: { description: 'A unit would belong to itself.' },
  PARENT_MISSING: { description: 'The unit that it would belong to does not stand for all of the time.' },
  UNITS_BELOW: { description: 'Units would still belong to it beyond its last day.' },
  PREDECESSOR_STANDS: { description: 'A unit that was merged or renamed would still stand.' },
  FIGURES_AFTER: { description: 'There are figures of the unit after its last day.' },
  IDEMPOTENCY_CONFLICT: { description: 'The key was used before, with other content.' },
}

const UserErrorCodeRef = builder.enumType('UserErrorCode', {
  description: 'What was wrong in an input, for programs.',
  values: CODES,
})

export interface UserError {
  readonly type: 'InputError' | 'EditConflict' | 'ImpossibleStep'
  readonly code: UserErrorCode
  readonly text: Text
  /** From `input` down. */
  readonly path: readonly string[]
  /** What programs are told besides, as in the extensions of an error of GraphQL. */
  readonly details: Readonly<Record<string, unknown>>
}

export const UserErrorRef = builder.interfaceRef<UserError>('UserError').implement({
  description:
    "Why a mutation changed nothing: what was wrong in its input, where, and what would be right. What the schema itself refuses (a type, a text that is blank or too long) and what is not the input's (no token, no right, no database) are errors of GraphQL.",
  resolveType: ({ type }) => type,
  fields: (t) => ({
    path: t.stringList({
      description: 'Where, from `input` down; a number is a place in a list.',
      resolve: ({ path }) => [...path],
    }),
    code: t.field({
      type: UserErrorCodeRef,
      description: 'The kind of mistake, for programs.',
      resolve: ({ code }) => code,
    }),
    message: t.string({
      description: 'The same in words, with what would be right.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? currentLocale()],
    }),
    nearest: t.string({
      nullable: true,
      description: 'The nearest right value; null where none is near.',
      resolve: ({ details }) => (details.nearest as string | undefined) ?? null,
    }),
  }),
})

builder.objectRef<UserError>('InputError').implement({
  description: 'A value that cannot be stored as it is.',
  interfaces: [UserErrorRef],
  fields: (t) => ({
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value; null where it is none, or too large to be repeated.',
      resolve: ({ details }) => details.value,
    }),
  }),
})

builder.objectRef<UserError>('EditConflict').implement({
  description: 'Somebody else was there first: another state stands than the one that the input expected.',
  interfaces: [UserErrorRef],
  fields: (t) => ({
    expected: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the input expected; null where it did not say.',
      resolve: ({ details }) => details.expected,
    }),
    found: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What stands; null where nothing does, or both changed it at one moment.',
      resolve: ({ details }) => details.found,
    }),
  }),
})

const TYPES: Partial<Record<UserErrorCode, UserError['type']>> = {
  EDIT_CONFLICT: 'EditConflict',
  IMPOSSIBLE_STEP: 'ImpossibleStep',
}

const isUserErrorCode = (code: unknown): code is UserErrorCode => typeof code === 'string' && Object.hasOwn(CODES, code)

/** An error that a mutation finds by itself, beside others. */
export const userError = (
  code: UserErrorCode,
  text: Text,
  path: readonly string[],
  details: UserError['details'] = {},
): UserError => ({ type: TYPES[code] ?? 'InputError', code, text, path, details })

/** What was thrown, where it was wrong in the input of a mutation; null where it is anything else. */
export function userErrorOf(error: unknown, input: object): UserError | null {
  const said = mistakeOf(error)
  if (!said) return null
  const { text, extensions } = said
  const { code } = extensions
  return isUserErrorCode(code) ? userError(code, text, pathOf(said, input), extensions) : null
}

/** The names in `input.targets[2].value`. */
export const namesIn = (place: string): string[] => place.split(/[.[\]]+/).filter((name) => name !== '')

/** The package says the place in what it was given, which is the input or stands under a name of its own. */
function pathOf({ extensions: { argument, where } }: Said, input: object): string[] {
  const [first, ...rest] = namesIn(String(argument ?? where ?? ''))
  if (first === undefined || first === 'input') return ['input', ...rest]
  return argument !== undefined || Object.hasOwn(input, first) ? ['input', first, ...rest] : ['input']
}
