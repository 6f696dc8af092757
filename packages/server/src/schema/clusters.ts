import type { Cluster, Membership } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { findCluster, storedUnit } from './lookups.ts'
import { pageOf } from './paging.ts'
import { localeArg } from './scalars.ts'
import { UnitConnection, UnitRef } from './units.ts'
import { directiveOf } from './years.ts'

/** A cluster as it stood in a year. */
export interface ClusterInYear extends Cluster {
  readonly year: number
}

const ClusterKindRef = builder.enumType('ClusterKind', {
  description: 'Who competes.',
  values: {
    CLUSTER: { value: 'cluster', description: 'Cụm thi đua: territories.' },
    BLOC: { value: 'bloc', description: 'Khối thi đua: agencies.' },
  } as const,
})

const MemberRef = builder.objectRef<Membership>('ClusterMember').implement({
  description: 'A unit in a cluster in a year.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    inferred: t.exposeBoolean('inferred', { description: 'No source names it: it follows from the other members.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

export const ClusterRef = builder.objectRef<ClusterInYear>('Cluster')
builder.node(ClusterRef, {
  description: 'An emulation cluster of territories, or a bloc of agencies, as it stood in a year.',
  id: { resolve: ({ code, year }) => `${year}:${code}`, description: 'Global id.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && 'year' in value,
  loadOne: async (id, context) => {
    const [year, code] = [Number(id.slice(0, 4)), id.slice(5)]
    return clusterInYear(await findCluster(code, 'id', context), year)
  },
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable slug.' }),
    name: t.string({
      description: 'The name.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    kind: t.field({ type: ClusterKindRef, description: 'Who competes.', resolve: ({ kind }) => kind }),
    year: t.exposeInt('year', { description: 'The year of its membership.' }),
    source: t.exposeString('source', { description: 'Who says that it exists.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    members: t.field({
      type: [MemberRef],
      description: 'Its members, by code, with the source of each membership.',
      resolve: (cluster, _, context) => members(cluster, context),
    }),
    units: t.connection(
      {
        type: UnitRef,
        description: 'The units that are its members, by code.',
        resolve: async (cluster, page, context) => {
          const memberships = await members(cluster, context)
          return pageOf(await Promise.all(memberships.map(({ unitCode }) => storedUnit(unitCode, context))), page)
        },
      },
      UnitConnection,
    ),
  }),
})

const ClusterConnection = builder.connectionObject(
  {
    type: ClusterRef,
    name: 'ClusterConnection',
    description: 'A page of clusters.',
  },
  { name: 'ClusterEdge', description: 'A cluster in a page.' },
)

const members = ({ code, year }: ClusterInYear, { loaders }: Context) => loaders.members.load({ code, year })

export function clusterInYear(cluster: Cluster, year: number): ClusterInYear {
  directiveOf(year)
  return { ...cluster, year }
}

/** The clusters that have members in a year, by code. */
export async function clustersOf(year: number, { prisma }: Context): Promise<ClusterInYear[]> {
  directiveOf(year)
  const clusters = await prisma.cluster.findMany({
    where: { memberships: { some: { year } } },
    orderBy: { code: 'asc' },
  })
  return clusters.map((cluster) => clusterInYear(cluster, year))
}

builder.queryFields((t) => ({
  clusters: t.connection(
    {
      type: ClusterRef,
      description: 'The clusters and blocs that have members in a year.',
      args: { year: t.arg.int({ defaultValue: 2022, description: 'The year.' }) },
      resolve: async (_, { year, ...page }, context) => pageOf(await clustersOf(year ?? 2022, context), page),
    },
    ClusterConnection,
  ),
  cluster: t.field({
    type: ClusterRef,
    nullable: true,
    description: 'One cluster. UNKNOWN_CLUSTER, with the nearest code, where there is none.',
    args: {
      code: t.arg.string({ required: true, description: 'Its slug, for example "cum-vung-cao".' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of its membership.' }),
    },
    resolve: async (_, { code, year }, context) =>
      clusterInYear(await findCluster(code, 'code', context), year ?? 2022),
  }),
}))

builder.prismaObjectField(UnitRef, 'cluster', (t) =>
  t.field({
    type: ClusterRef,
    nullable: true,
    description: 'The cluster or bloc in which it competes; null where it is in none.',
    args: { year: t.arg.int({ defaultValue: 2022, description: 'The year of membership.' }) },
    resolve: async ({ code }, { year }, { loaders }) => {
      const inThatYear = year ?? 2022
      directiveOf(inThatYear)
      const [membership] = await loaders.membership.load({ code, year: inThatYear })
      const cluster = membership ? await loaders.cluster.load(membership.clusterCode) : null
      return cluster ? clusterInYear(cluster, inThatYear) : null
    },
  }),
)
