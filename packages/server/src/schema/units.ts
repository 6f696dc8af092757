import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import type { Prisma, Unit } from '../generated/prisma/client.ts'
import { searchKey } from '../search-key.ts'
import { builder, MAX_PAGE } from './builder.ts'
import { findCluster, findUnit } from './lookups.ts'
import { checkPage, pageOf } from './paging.ts'
import { localeArg } from './scalars.ts'

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

export const UnitRef = builder.prismaNode('Unit', {
  description: 'A territory or an agency that is measured.',
  id: { field: 'code', description: 'Global id.' },
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

builder.prismaObjectFields(UnitRef, (t) => ({
  parent: t.field({
    type: UnitRef,
    nullable: true,
    description: 'The unit that it belongs to; null for the province.',
    resolve: ({ parentCode }, _, { loaders }) => (parentCode ? loaders.unit.load(parentCode) : null),
  }),
  children: t.connection(
    {
      type: UnitRef,
      description: 'The units that belong to it, by level and code.',
      resolve: async ({ code }, page, { loaders }) => pageOf(await loaders.children.load(code), page),
    },
    UnitConnection,
  ),
}))

builder.queryFields((t) => ({
  units: t.connection(
    {
      type: UnitRef,
      description: 'The units, by level and code.',
      args: {
        level: t.arg({ type: UnitLevelRef, description: 'Only of this level.' }),
        cluster: t.arg.string({ description: 'Only members of this cluster in 2022.' }),
        parent: t.arg.string({ description: 'Only those that belong to this unit.' }),
        search: t.arg.string({ description: 'Only those whose name holds this; case and diacritics do not matter.' }),
      },
      resolve: async (_, { level, cluster, parent, search, ...page }, context) => {
        checkPage(page)
        if (cluster) await findCluster(cluster, 'cluster', context)
        if (parent) await findUnit(parent, 'parent', context)
        if (page.after) await findUnit(page.after, 'after', context)
        if (page.before) await findUnit(page.before, 'before', context)
        const { prisma } = context
        const where = unitFilter({ level, cluster, parent, search })
        const connection = await resolveCursorConnection(
          { args: page, toCursor: (unit: Unit) => unit.code, defaultSize: MAX_PAGE, maxSize: MAX_PAGE },
          async ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Promise<Unit[]> => {
            const from = inverted ? before : after
            const units = await prisma.unit.findMany({
              where,
              orderBy: [{ level: 'asc' }, { code: 'asc' }],
              take: inverted ? -limit : limit,
              ...(from ? { cursor: { code: from }, skip: 1 } : {}),
            })
            return inverted ? units.reverse() : units
          },
        )
        return { ...connection, totalCount: () => prisma.unit.count({ where }) }
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
    },
    resolve: (_, { code }, context) => findUnit(code, 'code', context),
  }),
}))

interface UnitFilter {
  readonly level?: 'province' | 'district' | 'commune' | 'department' | 'organisation' | null | undefined
  readonly cluster?: string | null | undefined
  readonly parent?: string | null | undefined
  readonly search?: string | null | undefined
}

/** The year in which `units(cluster:)` asks for membership. */
const CLUSTER_YEAR = 2022

export function unitFilter({ level, cluster, parent, search }: UnitFilter): Prisma.UnitWhereInput {
  return {
    ...(level ? { level } : {}),
    ...(parent ? { parentCode: parent } : {}),
    ...(cluster ? { memberships: { some: { clusterCode: cluster, year: CLUSTER_YEAR } } } : {}),
    ...(search ? { searchKey: { contains: searchKey(search) } } : {}),
  }
}
