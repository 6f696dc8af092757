import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import { nothingWith } from '../errors/input-error.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import { whenReady } from '../figures/when-ready.ts'
import { lastDay, newestYear } from '../figures/years.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import { perPage, UNITS } from '../graphql/cost.ts'
import { checkPage, counted, pageOf } from '../graphql/paging.ts'
import { localeArg } from '../graphql/scalars.ts'
import { searchKey } from '../search-key.ts'
import { findCluster } from './clusters.ts'
import { findUnit } from './units.ts'

export const UnitLevelRef = builder.enumType('UnitLevel', {
  description: 'What kind of unit it is.',
  values: {
    PROVINCE: { value: 'province', description: 'Tỉnh' },
    DISTRICT: { value: 'district', description: 'Huyện, thị xã, thành phố' },
    COMMUNE: { value: 'commune', description: 'Xã, phường, thị trấn' },
    DEPARTMENT: { value: 'department', description: 'Sở, ban, ngành' },
    ORGANISATION: { value: 'organisation', description: 'Tổ chức khác' },
  } as const,
})

export const UnitRef = builder.objectRef<Unit>('Unit')
builder.node(UnitRef, {
  description: 'A territory or an agency that is measured.',
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'searchKey' in value,
  loadOne: (id, { store }) =>
    whenReady(store.registry(), (registry) => {
      const unit = registry.keptUnit(id)
      if (!unit) throw nothingWith(id)
      return unit
    }),
  fields: (t) => ({
    code: t.exposeString('code', {
      description:
        'GSO code ("11", "096", "03124") or, for an agency, a stable slug. As name, kind and parent: on the day on which the unit was looked up.',
    }),
    name: t.string({
      description: 'The full name.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    kind: t.exposeString('kind', { description: 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …' }),
    level: t.field({ type: UnitLevelRef, description: 'What kind of unit it is.', resolve: ({ level }) => level }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: 'Its first day; null where nobody knows of a time before it.',
    }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Its last day; null where it goes on.',
    }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    source: t.exposeString('source', { description: 'Who says that it exists.' }),
  }),
})

export const UnitConnection = builder.connectionObject(
  {
    type: UnitRef,
    name: 'UnitConnection',
    description: 'A page of units.',
  },
  { name: 'UnitEdge', description: 'A unit in a page.' },
)

builder.objectFields(UnitRef, (t) => ({
  parent: t.field({
    type: UnitRef,
    nullable: true,
    description: 'The unit that it belonged to on the day on which it was looked up; null for the province.',
    resolve: ({ parentId, on }, _, { store }) =>
      parentId === null ? null : whenReady(store.registry(on), (registry) => registry.keptUnit(parentId) ?? null),
  }),
  children: t.connection(
    {
      type: UnitRef,
      description: 'The units that belonged to it on the day on which it was looked up, by level and code.',
      ...perPage(14),
      resolve: ({ id, on }, page, { store }) =>
        whenReady(store.registry(on), (registry) => pageOf([...registry.children(id)], page)),
    },
    UnitConnection,
  ),
}))

const onArg = {
  type: 'Date',
  description:
    "The day in question, since units and their codes change. Default: the last day of the newest directive's year.",
} as const

builder.queryFields((t) => ({
  units: t.connection(
    {
      type: UnitRef,
      nullable: true,
      description: 'The units that stand on a day, by level and code.',
      ...UNITS,
      args: {
        level: t.arg({ type: UnitLevelRef, description: 'Only of this level.' }),
        cluster: t.arg.string({
          description: "Only members of this cluster in the year of `on`, by default the newest directive's.",
        }),
        parent: t.arg.string({ description: 'Only those that belong to this unit.' }),
        search: t.arg.string({
          description:
            'Only those of which a name that they have or had holds this; case and diacritics do not matter.',
        }),
        on: t.arg(onArg),
      },
      resolve: async (_, { level, cluster, parent, search, on, ...page }, context) => {
        checkPage(page)
        const day = on ?? lastDay()
        if (cluster) await findCluster(cluster, 'cluster', context)
        if (parent) await findUnit(parent, 'parent', context, day)
        if (page.after) await findUnit(page.after, 'after', context, day)
        if (page.before) await findUnit(page.before, 'before', context, day)
        const registry = await context.store.registry(day)
        const units = filterUnits(registry, { level, cluster, parent, search }, Number(day.slice(0, 4)))
        const rowOf = (code: string | null | undefined) => {
          const unit = code ? registry.unit(code) : undefined
          return unit ? (registry.rowOf(unit.id) as number) : null
        }
        const connection = await resolveCursorConnection(
          { args: page, toCursor: (unit: Unit) => unit.code, defaultSize: MAX_PAGE, maxSize: MAX_PAGE },
          ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Unit[] => {
            const [least, most] = [rowOf(after) ?? -1, rowOf(before) ?? registry.units.length]
            const between = units.filter(({ id }) => {
              const row = registry.rowOf(id) as number
              return row > least && row < most
            })
            return inverted ? between.reverse().slice(0, limit) : between.slice(0, limit)
          },
        )
        return counted(connection, units.length)
      },
    },
    UnitConnection,
  ),
  unit: t.field({
    type: UnitRef,
    nullable: true,
    description:
      'One unit. UNKNOWN_UNIT, with the nearest code, where there is none; where a unit had that code at another time, it says who and when.',
    args: {
      code: t.arg.string({ required: true, description: 'GSO code, for example "096", or the slug of an agency.' }),
      on: t.arg({
        type: 'Date',
        description:
          "The day on which it has that code, since codes are used again for other units. Default: the last day of the newest directive's year.",
      }),
    },
    resolve: (_, { code, on }, context) => findUnit(code, 'code', context, on ?? lastDay()),
  }),
}))

export interface UnitFilter {
  readonly level?: 'province' | 'district' | 'commune' | 'department' | 'organisation' | null | undefined
  readonly cluster?: string | null | undefined
  readonly parent?: string | null | undefined
  readonly search?: string | null | undefined
}

/**
 * The units that a client asks for, by level and code.
 * @param year of membership in a cluster
 */
export function filterUnits(
  registry: Registry,
  { level, cluster, parent, search }: UnitFilter,
  year = newestYear(),
): Unit[] {
  const key = search ? searchKey(search) : ''
  const above = parent ? registry.unit(parent)?.id : undefined
  return registry.units.filter(
    (unit) =>
      (!level || unit.level === level) &&
      (!parent || unit.parentId === above) &&
      (!cluster || registry.membership(unit.id, year)?.clusterCode === cluster) &&
      registry.searchKeyOf(unit).includes(key),
  )
}
