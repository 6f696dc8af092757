// What became of a unit: its codes, names and parents by time, its other names, whom it followed and who followed it.
import { BEGINNING } from '../figures/register.ts'
import type { Succession, UnitState } from '../figures/registry.ts'
import { whenReady } from '../figures/when-ready.ts'
import type { UnitAlias } from '../generated/prisma/client.ts'
import { builder } from '../graphql/builder.ts'
import { list } from '../graphql/cost.ts'
import { localeArg } from '../graphql/scalars.ts'
import { UnitRef } from './units.schema.ts'
import { storedUnit } from './units.ts'

const StateRef = builder.objectRef<UnitState>('UnitState').implement({
  description: 'What a unit was called and belonged to for a time.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Its code then.' }),
    name: t.string({
      description: 'Its full name then.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    kind: t.exposeString('kind', { description: 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …' }),
    parent: t.field({
      type: UnitRef,
      nullable: true,
      description: 'The unit that it belonged to, as it was on the first day.',
      resolve: ({ parentId, from, to }, _, context) =>
        parentId === null ? null : storedUnit(parentId, context, from ?? to ?? BEGINNING),
    }),
    from: t.expose('from', {
      type: 'Date',
      nullable: true,
      description: 'The first day; null where nobody knows of a time before.',
    }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The last day; null where it goes on.' }),
    source: t.exposeString('source', { description: 'Who says so: of a change the decision.' }),
  }),
})

const AliasRef = builder.objectRef<UnitAlias>('UnitAlias').implement({
  description: 'Another name under which a unit is found.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The further name.' }),
    source: t.exposeString('source', { description: 'Who writes it so.' }),
  }),
})

export const SuccessionKindRef = builder.enumType('SuccessionKind', {
  description: 'How a unit took the place of another.',
  values: {
    MERGED: { value: 'merged', description: 'Sáp nhập: the whole of it went into the other.' },
    SPLIT: { value: 'split', description: 'Chia tách: a part of it became the other.' },
    MOVED: { value: 'moved', description: 'Điều chỉnh địa giới: a part of it went to the other.' },
    RENAMED: { value: 'renamed', description: 'Đổi tên: the other is the same under a new identity.' },
  } as const,
})

/** A succession as one of both sees it. */
interface Followed extends Succession {
  readonly other: string
}

const SuccessionRef = builder.objectRef<Followed>('UnitSuccession').implement({
  description: 'That a unit took the place of another, or of a part of it.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The other unit, as it stood then.',
      resolve: ({ other, on }, _, context) => storedUnit(other, context, on),
    }),
    on: t.expose('on', { type: 'Date', description: 'The first day of the successor in that place.' }),
    kind: t.expose('kind', {
      type: SuccessionKindRef,
      description: 'In what way the one took the place of the other.',
    }),
    decision: t.exposeString('decision', { description: 'Its number and date, and who took it.' }),
  }),
})

builder.objectFields(UnitRef, (t) => ({
  states: t.field({
    type: [StateRef],
    ...list(2, 10),
    description: 'Its codes, names, kinds and parents, each with its time, the first first.',
    resolve: ({ id }, _, { store }) => whenReady(store.register(), (register) => [...register.statesOf(id)]),
  }),
  aliases: t.field({
    type: [AliasRef],
    ...list(1, 10),
    description: 'Other names under which it is found, by name.',
    resolve: ({ id }, _, { store }) => whenReady(store.register(), (register) => [...register.aliasesOf(id)]),
  }),
  predecessors: t.field({
    type: [SuccessionRef],
    ...list(3, 10),
    description: 'Whose place it took, wholly or in part, the first first.',
    resolve: ({ id }, _, { store }) =>
      whenReady(store.register(), (register) =>
        register.predecessorsOf(id).map((succession): Followed => ({ ...succession, other: succession.predecessorId })),
      ),
  }),
  successors: t.field({
    type: [SuccessionRef],
    ...list(1, 10),
    description: 'Who took its place, wholly or in part, the first first.',
    resolve: ({ id }, _, { store }) =>
      whenReady(store.register(), (register) =>
        register.successorsOf(id).map((succession): Followed => ({ ...succession, other: succession.successorId })),
      ),
  }),
}))
