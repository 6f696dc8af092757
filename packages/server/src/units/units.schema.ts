import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import { inputError, nothingWith } from '../errors/input-error.ts'
import type { Registry } from '../figures/registry.ts'
import { whenReady } from '../figures/when-ready.ts'
import { newestDirective } from '../figures/years.ts'
import type { Unit } from '../generated/prisma/client.ts'
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
  id: { resolve: ({ code }) => code, description: 'Global id.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'searchKey' in value,
  loadOne: (id, { store }) =>
    whenReady(store.registry(), (registry) => {
      const unit = registry.unit(id)
      if (!unit) throw nothingWith(id)
      return unit
    }),
  fields: (t) => ({
    code: t.exposeString('code', { description: 'GSO code ("11", "096", "03124") or, for an agency, a stable slug.' }),
    name: t.string({
      description: 'The full name.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    kind: t.exposeString('kind', { description: 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …' }),
    level: t.field({ type: UnitLevelRef, description: 'What kind of unit it is.', resolve: ({ level }) => level }),
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
    description: 'The unit that it belongs to; null for the province.',
    resolve: ({ parentCode }, _, { loaders }) => (parentCode ? loaders.unit.now(parentCode) : null),
  }),
  children: t.connection(
    {
      type: UnitRef,
      description: 'The units that belong to it, by level and code.',
      ...perPage(14),
      resolve: ({ code }, page, { store }) =>
        whenReady(store.registry(), (registry) => pageOf([...registry.children(code)], page)),
    },
    UnitConnection,
  ),
}))

/** The last day before districts went and 129 communes became 45, some of them under codes of others (prisma/seed/units.csv). */
const UNITS_STOOD_UNTIL = '2025-06-30'

builder.queryFields((t) => ({
  units: t.connection(
    {
      type: UnitRef,
      nullable: true,
      description: 'The units, by level and code.',
      ...UNITS,
      args: {
        level: t.arg({ type: UnitLevelRef, description: 'Only of this level.' }),
        cluster: t.arg.string({ description: "Only members of this cluster in the newest directive's year." }),
        parent: t.arg.string({ description: 'Only those that belong to this unit.' }),
        search: t.arg.string({ description: 'Only those whose name holds this; case and diacritics do not matter.' }),
      },
      resolve: async (_, { level, cluster, parent, search, ...page }, context) => {
        checkPage(page)
        if (cluster) await findCluster(cluster, 'cluster', context)
        if (parent) await findUnit(parent, 'parent', context)
        if (page.after) await findUnit(page.after, 'after', context)
        if (page.before) await findUnit(page.before, 'before', context)
        const registry = await context.store.registry()
        const units = filterUnits(registry, { level, cluster, parent, search })
        const rowOf = (code: string | null | undefined) => (code ? (registry.rowOf(code) as number) : null)
        const connection = await resolveCursorConnection(
          { args: page, toCursor: (unit: Unit) => unit.code, defaultSize: MAX_PAGE, maxSize: MAX_PAGE },
          ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Unit[] => {
            const [least, most] = [rowOf(after) ?? -1, rowOf(before) ?? registry.units.length]
            const between = units.filter(({ code }) => {
              const row = registry.rowOf(code) as number
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
    description: 'One unit. UNKNOWN_UNIT, with the nearest code, where there is none.',
    args: {
      code: t.arg.string({ required: true, description: 'GSO code, for example "096", or the slug of an agency.' }),
      on: t.arg({
        type: 'Date',
        description: `The day on which it had that code, since codes are used again for other units. Default: the last day of the newest directive's year. Known are the units that stood until ${UNITS_STOOD_UNTIL}: BAD_DATE for a later day.`,
      }),
    },
    resolve: (_, { code, on }, context) => {
      if (on && on > UNITS_STOOD_UNTIL) {
        const message = {
          vi: `danh mục đơn vị ở đây có hiệu lực đến ${UNITS_STOOD_UNTIL}: không rõ đơn vị nào mang mã "${code}" vào ngày ${on}`,
          en: `the units known here stood until ${UNITS_STOOD_UNTIL}: what had the code "${code}" on ${on} is not known`,
        }
        throw inputError('BAD_DATE', message, { argument: 'on', value: on, nearest: UNITS_STOOD_UNTIL })
      }
      return findUnit(code, 'code', context)
    },
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
  year = newestDirective().year,
): Unit[] {
  const key = search ? searchKey(search) : ''
  return registry.units.filter(
    (unit) =>
      (!level || unit.level === level) &&
      (!parent || unit.parentCode === parent) &&
      (!cluster || registry.membership(unit.code, year)?.clusterCode === cluster) &&
      unit.searchKey.includes(key),
  )
}
