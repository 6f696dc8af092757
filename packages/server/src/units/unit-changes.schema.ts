// One mutation for what becomes of units: a set of changes, all or none.

import { dayBefore, isoDayOrNull } from '../days.ts'
import type { Register } from '../figures/register.ts'
import type { Unit } from '../figures/registry.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change, checkDryRun } from '../graphql/change.ts'
import { perRow } from '../graphql/cost.ts'
import { mutation } from '../graphql/mutation.ts'
import { type UserError, userError } from '../graphql/user-errors.ts'
import { storeUnitChanges, tryUnitChanges, UnitChangesRefused } from './store-units.ts'
import type { UnitChanges, UnitPlan, UnitProblem } from './unit-changes.ts'
import { SuccessionKindRef } from './unit-history.schema.ts'
import { UnitLevelRef, UnitRef } from './units.schema.ts'
import { storedUnit } from './units.ts'

/** The communes of a large province at once. */
const MOST = { extensions: { maxItems: 10_000 } } as const
const unitOn = (day: string) => ({ required: true, description: `The code that the unit has on ${day}.` }) as const
const DECISION = 'The decision of this change, where it is another than that of the whole.'

const NewUnitInput = builder.inputType('NewUnitInput', {
  description: 'A unit that is made.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description:
        'GSO code or, for an agency, a stable slug. One that stood for another unit before may be used again.',
    }),
    name: t.string({ required: true, description: 'The full name, with its kind: "Phường Điện Biên Phủ".' }),
    nameEn: t.string({ description: 'In English. Default: made of name and kind.' }),
    kind: t.string({ required: true, description: 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …' }),
    level: t.field({ type: UnitLevelRef, required: true, description: 'What kind of unit it is; it never changes.' }),
    parent: t.string({ description: 'The code, on its first day, of the unit that it belongs to. Default: none.' }),
    from: t.field({ type: 'Date', description: 'Its first day. Default: it has always been there.' }),
    predecessors: t.stringList({
      description:
        'The codes, on the day before, of the units whose place it takes. With MERGED and RENAMED each ends on that day.',
    }),
    succession: t.field({ type: SuccessionKindRef, defaultValue: 'merged', description: 'How it takes their place.' }),
    decision: t.string({ ...LONG_TEXT, description: DECISION }),
  }),
})

const LaterStateInput = builder.inputType('UnitStateInput', {
  description: 'What is otherwise of a unit from a day on. What is left out stays as it was.',
  fields: (t) => ({
    unit: t.string(unitOn('the day before')),
    from: t.field({ type: 'Date', required: true, description: 'From this day on.' }),
    code: t.string({ description: 'Its new code.' }),
    name: t.string({ description: 'Its new full name.' }),
    nameEn: t.string({ description: 'Its new full name in English.' }),
    kind: t.string({ description: 'Its new kind.' }),
    parent: t.string({ description: 'The code, on that day, of the unit that it belongs to then; null for none.' }),
    decision: t.string({ ...LONG_TEXT, description: DECISION }),
  }),
})

const ClosingInput = builder.inputType('UnitClosingInput', {
  description: 'A unit that ends.',
  fields: (t) => ({
    unit: t.string(unitOn('its last day')),
    lastDay: t.field({ type: 'Date', required: true, description: 'Its last day.' }),
  }),
})

const AliasInput = builder.inputType('UnitAliasInput', {
  description: 'Another name under which a unit is to be found.',
  fields: (t) => ({
    unit: t.string(unitOn('that day')),
    on: t.field({ type: 'Date', required: true, description: 'A day on which it has that code.' }),
    name: t.string({ required: true, description: 'The name under which the unit is to be found.' }),
    source: t.string({ ...LONG_TEXT, required: true, description: 'Who writes it so.' }),
  }),
})

/** A unit that changed, and the day of it. */
interface ChangedUnit {
  readonly id: string
  readonly on: string | null
}

/** Of a plan that was stored. */
const changedIn = ({ units, states, aliases, lastDays }: UnitPlan): ChangedUnit[] => [
  ...units.map(({ id, validFrom }) => ({ id, on: isoDayOrNull(validFrom) })),
  ...states.map(({ unitId: id, validFrom }) => ({ id, on: isoDayOrNull(validFrom) })),
  ...aliases.map(({ unitId: id }) => ({ id, on: null })),
  ...[...lastDays].map(([id, { day }]) => ({ id, on: day })),
]

/** The identities of the units that there are and that are to change, end, be followed, or get another name. */
function concernedBy(
  { create, change: later, close, aliases }: Omit<UnitChanges, 'decision'>,
  register: Register,
): string[] {
  const named = [
    ...(close ?? []).map(({ unit, lastDay }) => [unit, lastDay] as const),
    ...(later ?? []).map(({ unit, from }) => [unit, dayBefore(from)] as const),
    ...(aliases ?? []).map(({ unit, on }) => [unit, on] as const),
    ...(create ?? []).flatMap(({ from, predecessors }) =>
      from ? (predecessors ?? []).map((code) => [code, dayBefore(from)] as const) : [],
    ),
  ]
  return [...new Set(named.flatMap(([code, day]) => register.on(day).unit(code)?.id ?? []))]
}

type Lists = { readonly [List in 'create' | 'change' | 'close' | 'aliases']?: readonly unknown[] | null | undefined }

/** All units are read and checked besides, which is as much as some rows. */
const rowsIn = ({ create, change: later, close, aliases }: Lists): number =>
  [create, later, close, aliases].reduce((sum, list) => sum + (list?.length ?? 0), 25)

/** What stands against changes, as errors of the input. */
const errorsOf = (problems: readonly UnitProblem[]): UserError[] =>
  problems.map(({ path, code, text }) => userError(code, text, ['input', ...path.map(String)]))

interface Changed {
  readonly changed: readonly ChangedUnit[]
  readonly replayed: boolean
}

mutation('changeUnits', {
  description:
    'Makes, renames, recodes, moves, merges and ends units, all or none; nothing is overwritten, so that each day keeps its units.',
  right: 'CHANGE_UNITS',
  cost: perRow(rowsIn),
  input: {
    description: 'What becomes of units, all of it at once.',
    fields: (t) => ({
      decision: t.string({
        ...LONG_TEXT,
        required: true,
        description: 'Its number and date, and who took it: kept with each change that does not name its own.',
      }),
      create: t.field({ ...MOST, type: [NewUnitInput], description: 'Units that are made.' }),
      change: t.field({ ...MOST, type: [LaterStateInput], description: 'Units that are renamed, recoded or moved.' }),
      close: t.field({ ...MOST, type: [ClosingInput], description: 'Units that end.' }),
      aliases: t.field({
        ...MOST,
        type: [AliasInput],
        description: 'Names under which units are to be found besides.',
      }),
      dryRun: t.boolean({ defaultValue: false, description: 'Only checks and reports: nothing is stored.' }),
    }),
  },
  demand: async (input, { store }) => ({ action: 'CHANGE_UNITS', units: concernedBy(input, await store.register()) }),
  work: async (input, call): Promise<Changed & { errors: UserError[] }> => {
    checkDryRun(input)
    const { dryRun, idempotencyKey: _, ...changes } = input
    if (dryRun) {
      const { problems } = await tryUnitChanges(call.context.prisma, changes)
      return { ...NOTHING, errors: errorsOf(problems) }
    }
    try {
      const { answer, replayed } = await change(
        { ...call, reason: changes.decision },
        async (transaction) => changedIn(await storeUnitChanges(transaction, changes)),
        { touches: () => null },
      )
      return { changed: answer, replayed, errors: [] }
    } catch (error) {
      if (!(error instanceof UnitChangesRefused)) throw error
      return { ...NOTHING, errors: errorsOf(error.problems) }
    }
  },
  payload: {
    description: 'Either all changes were stored, or none and `errors` has all that stands against it.',
    fields: (t) => ({
      units: t.field({
        type: [UnitRef],
        nullable: true,
        description:
          'The units that were made, changed, named or ended, each as on the first day of it, or its last. Empty where nothing was stored.',
        resolve: ({ changed = [] }, _, context): Promise<Unit[]> =>
          Promise.all(changed.map(async ({ id, on }) => storedUnit(id, context, on ?? undefined))),
      }),
      replayed: t.boolean({
        nullable: true,
        description: 'The idempotency key was used before: nothing was stored now.',
        resolve: ({ replayed = false }) => replayed,
      }),
    }),
  },
})

const NOTHING: Changed = { changed: [], replayed: false }
