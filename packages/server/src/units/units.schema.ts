import { nothingWith } from '../errors/input-error.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import { whenReady } from '../figures/when-ready.ts'
import { lastDay, newestYear } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { perPage, UNITS } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { checkPage, pageOf, pageOfPart } from '../graphql/paging.ts'
import { localeArg } from '../graphql/scalars.ts'
import { searchKey } from '../search-key.ts'
import { findCluster } from './clusters.ts'
import { findUnit } from './units.ts'

export const UnitLevelRef = builder.enumType('UnitLevel', {
  description: 'What kind of unit it is.',
  values: {
    NATION: { value: 'nation', description: 'Cả nước' },
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
  id: { resolve: ({ id }) => id, description: 'The global id, as `node` takes it.' },
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

const unitArgs = {
  level: { type: UnitLevelRef, description: 'Only of this level.' },
  search: {
    type: 'String',
    description: 'Only those of which a name that they have or had holds this; case and diacritics do not matter.',
  },
} as const

/** Of units, wherever they are listed. */
export const unitOrder = orderOf<Unit>('UnitOrder', 'by level and code', {
  CODE: { description: 'By the code, as texts are sorted.', of: ({ code }) => code },
  NAME: {
    description: 'By name, as Vietnamese sorts it: without the word for its kind.',
    of: ({ name, kind }) => withoutKind(name, kind),
  },
})

/** "Huyện Mường Nhé" stands under M. */
const withoutKind = (name: string, kind: string): string =>
  name.startsWith(`${kind} `) ? name.slice(kind.length + 1) : name

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
    description: 'The unit that it belonged to on the day on which it was looked up; null for the highest.',
    resolve: ({ parentId, on }, _, { store }) =>
      parentId === null ? null : whenReady(store.registry(on), (registry) => registry.keptUnit(parentId) ?? null),
  }),
  children: t.connection(
    {
      type: UnitRef,
      description: 'The units that belonged to it on the day on which it was looked up.',
      ...perPage(14),
      args: {
        level: t.arg(unitArgs.level),
        search: t.arg(unitArgs.search),
        orderBy: t.arg(unitOrder.args.orderBy),
        descending: t.arg(unitOrder.args.descending),
      },
      resolve: ({ id, on }, { level, search, orderBy, descending, ...page }, { store }) =>
        whenReady(store.registry(on), (registry) => {
          const children = registry.children(id).filter(namedLike(registry, { level, search }))
          return pageOf([...unitOrder.sort(children, { orderBy, descending })], page)
        }),
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
      description: 'The units that stand on a day.',
      ...UNITS,
      args: {
        level: t.arg(unitArgs.level),
        cluster: t.arg.string({
          description: "Only members of this cluster in the year of `on`, by default the newest directive's.",
        }),
        parent: t.arg.string({ description: 'Only those that belong to this unit.' }),
        search: t.arg(unitArgs.search),
        on: t.arg(onArg),
        orderBy: t.arg(unitOrder.args.orderBy),
        descending: t.arg(unitOrder.args.descending),
      },
      resolve: async (_, { level, cluster, parent, search, on, orderBy, descending, ...page }, context) => {
        checkPage(page)
        const day = on ?? lastDay()
        if (cluster) await findCluster(cluster, 'cluster', context)
        if (parent) await findUnit(parent, 'parent', context, day)
        if (page.after) await findUnit(page.after, 'after', context, day)
        if (page.before) await findUnit(page.before, 'before', context, day)
        const registry = await context.store.registry(day)
        const part = filterUnits(registry, { level, cluster, parent, search }, Number(day.slice(0, 4)))
        const whole = unitOrder.sort(registry.units, { orderBy, descending })
        return unitPage(part, whole, registry, page)
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
  readonly level?: Unit['level'] | null | undefined
  readonly cluster?: string | null | undefined
  readonly parent?: string | null | undefined
  readonly search?: string | null | undefined
}

/** A page of some of the units that stand on a day: its cursors are codes, and may be of any of them. */
function unitPage(
  part: readonly Unit[],
  whole: readonly Unit[],
  registry: Registry,
  page: Parameters<typeof pageOfPart>[1],
) {
  const isUsual = whole === registry.units
  const places = isUsual ? null : new Map(whole.map(({ id }, place) => [id, place]))
  return pageOfPart(isUsual ? part : inOrderOf(whole, part), page, {
    size: whole.length,
    cursorOf: ({ code }) => code,
    placeOf: ({ id }) => (places ? places.get(id) : registry.rowOf(id)) as number,
    itemAt: (code) => registry.unit(code),
  })
}

function inOrderOf(whole: readonly Unit[], part: readonly Unit[]): Unit[] {
  const wanted = new Set(part)
  return whole.filter((unit) => wanted.has(unit))
}

/** Whether a unit is of a level and has, or had, a name that holds a text. */
function namedLike(registry: Registry, { level, search }: Pick<UnitFilter, 'level' | 'search'>) {
  const key = search ? searchKey(search) : ''
  return (unit: Unit): boolean => (!level || unit.level === level) && registry.searchKeyOf(unit).includes(key)
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
  const isNamedLike = namedLike(registry, { level, search })
  const above = parent ? registry.unit(parent)?.id : undefined
  return registry.units.filter(
    (unit) =>
      (!parent || unit.parentId === above) &&
      (!cluster || registry.membership(unit.id, year)?.clusterCode === cluster) &&
      isNamedLike(unit),
  )
}
