import { whenReady } from '../figures/when-ready.ts'
import { directiveOf, lastDay } from '../figures/years.ts'
import type { ClusterName, Membership } from '../generated/prisma/client.ts'
import { builder } from '../graphql/builder.ts'
import { list, PER_MEMBER, perPage } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { pageOf } from '../graphql/paging.ts'
import { localeArg, yearArg } from '../graphql/scalars.ts'
import {
  type ClusterInYear,
  clusterInYear,
  clusterOf,
  clustersExistingIn,
  clustersIn,
  findCluster,
} from './clusters.ts'
import { UnitConnection, UnitRef, unitOrder } from './units.schema.ts'
import { storedUnit } from './units.ts'

export const ClusterKindRef = builder.enumType('ClusterKind', {
  description: 'Who competes.',
  values: {
    CLUSTER: { value: 'cluster', description: 'Cụm thi đua: territories.' },
    BLOC: { value: 'bloc', description: 'Khối thi đua: agencies.' },
  } as const,
})

/** A row of the register in memory. */
export const MemberRef = builder.objectRef<Membership>('ClusterMember').implement({
  description: 'A unit in a cluster in a year.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that competes, as it stood at the end of that year.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    inferred: t.exposeBoolean('inferred', { description: 'No source names it: it follows from the other members.' }),
    source: t.exposeString('source', { description: 'The decision or document that makes it a member.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

/** A row of the register in memory. */
const ClusterNameRef = builder.objectRef<ClusterName>('ClusterName').implement({
  description: 'What a cluster is called from a year on.',
  fields: (t) => ({
    fromYear: t.exposeInt('fromYear', { description: 'The first year of that name.' }),
    name: t.string({
      description: 'What the cluster is called.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    source: t.exposeString('source', { description: 'The decision that named it so.' }),
  }),
})

/** What the global id of a cluster is made of. */
export const clusterKey = ({ code, year }: ClusterInYear): string => `${year}:${code}`

export const ClusterRef = builder.objectRef<ClusterInYear>('Cluster')
builder.node(ClusterRef, {
  description: 'An emulation cluster of territories, or a bloc of agencies, as it stood in a year.',
  id: { resolve: clusterKey, description: 'The global id, as `node` takes it.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'nameEn' in value && 'year' in value,
  loadOne: async (id, context) => {
    const [year, code] = [Number(id.slice(0, 4)), id.slice(5)]
    return clusterInYear(await findCluster(code, 'id', context), year)
  },
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The slug of the cluster, the same in every year.' }),
    name: t.string({
      description: 'The name that it has in its year.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name, nameEn }, { locale }) => (locale === 'en' ? nameEn : name),
    }),
    renamings: t.field({
      type: [ClusterNameRef],
      ...list(1),
      description: 'The names that it was given after its first one, the first first.',
      resolve: ({ names = [] }) => [...new Map(names.map((name) => [name.fromYear, name])).values()],
    }),
    firstYear: t.exposeInt('firstYear', {
      nullable: true,
      description: 'The first year in which it competes; null where nobody says.',
    }),
    lastYear: t.exposeInt('lastYear', {
      nullable: true,
      description: 'The last year in which it competes; null while it goes on.',
    }),
    closingDecision: t.exposeString('closingDecision', {
      nullable: true,
      description: 'The decision that closed it after its last year; null while it goes on.',
    }),
    kind: t.field({
      type: ClusterKindRef,
      description: 'Whether territories or agencies compete in it.',
      resolve: ({ kind }) => kind,
    }),
    year: t.exposeInt('year', { description: 'The year of its membership.' }),
    source: t.exposeString('source', { description: 'Who says that it exists.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
    members: t.field({
      type: [MemberRef],
      ...PER_MEMBER,
      description: 'Its members, by code, with the source of each membership.',
      resolve: ({ code, year }, _, { store }) =>
        whenReady(store.registry(), (registry) => [...registry.members(code, year)]),
    }),
    units: t.connection(
      {
        type: UnitRef,
        description: 'The units that are its members.',
        ...perPage(15),
        args: {
          orderBy: t.arg(unitOrder.args.orderBy),
          descending: t.arg(unitOrder.args.descending),
        },
        resolve: ({ code, year }, { orderBy, descending, ...page }, { store }) =>
          whenReady(store.registry(lastDay(year)), (registry) => {
            const units = registry.members(code, year).flatMap(({ unitCode }) => registry.keptUnit(unitCode) ?? [])
            return pageOf([...unitOrder.sort(units, { orderBy, descending })], page)
          }),
      },
      UnitConnection,
    ),
  }),
})

/** A row of the register in memory. */
const MembershipRef = builder.objectRef<Membership>('UnitMembership').implement({
  description: 'The cluster of a unit in a year.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year in which the unit competes there.' }),
    cluster: t.field({
      type: ClusterRef,
      description: 'The cluster in which it competes that year.',
      resolve: async ({ clusterCode, year }, _, context) =>
        clusterOf(await findCluster(clusterCode, 'cluster', context), year),
    }),
    inferred: t.exposeBoolean('inferred', { description: 'No source names it: it follows from the other members.' }),
    source: t.exposeString('source', { description: 'The decision or document that makes the unit a member.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

builder.objectField(UnitRef, 'memberships', (t) =>
  t.field({
    type: [MembershipRef],
    description: 'The clusters in which it has competed, the last year first.',
    resolve: ({ id }, _, { store }) => whenReady(store.registry(), (registry) => [...registry.membershipsOf(id)]),
  }),
)

const clusterOrder = orderOf<ClusterInYear>('ClusterOrder', 'by slug', {
  CODE: { description: 'By slug.', of: ({ code }) => code },
  NAME: { description: 'By name, as Vietnamese sorts it.', of: ({ name }) => name },
})

const ClusterConnection = builder.connectionObject(
  {
    type: ClusterRef,
    name: 'ClusterConnection',
    description: 'A page of clusters.',
  },
  { name: 'ClusterEdge', description: 'A cluster in a page.' },
)

builder.queryFields((t) => ({
  clusters: t.connection(
    {
      type: ClusterRef,
      nullable: true,
      description: 'The clusters and blocs that have members in a year.',
      ...perPage(10, 10),
      args: {
        year: t.arg(yearArg),
        kind: t.arg({ type: ClusterKindRef, description: 'Only clusters, or only blocs.' }),
        orderBy: t.arg(clusterOrder.args.orderBy),
        descending: t.arg(clusterOrder.args.descending),
        withoutMembers: t.arg.boolean({
          defaultValue: false,
          description: 'All that exist in that year: also those that have no members in it yet.',
        }),
      },
      resolve: (_, { year, kind, withoutMembers, orderBy, descending, ...page }, { store }) => {
        const inThatYear = directiveOf(year).year
        return whenReady(store.registry(), (registry) => {
          const clusters = (withoutMembers ? clustersExistingIn : clustersIn)(registry, inThatYear)
          const ofKind = clusters.filter((cluster) => !kind || cluster.kind === kind)
          return pageOf([...clusterOrder.sort(ofKind, { orderBy, descending })], page)
        })
      },
    },
    ClusterConnection,
  ),
  cluster: t.field({
    type: ClusterRef,
    nullable: true,
    description: 'One cluster. UNKNOWN_CLUSTER, with the nearest code, where there is none.',
    args: {
      code: t.arg.string({ required: true, description: 'Its slug, for example "cum-vung-cao".' }),
      year: t.arg(yearArg),
    },
    resolve: async (_, { code, year }, context) => clusterInYear(await findCluster(code, 'code', context), year),
  }),
}))

builder.objectField(UnitRef, 'cluster', (t) =>
  t.field({
    type: ClusterRef,
    nullable: true,
    description: 'The cluster or bloc in which it competes; null where it is in none.',
    args: { year: t.arg(yearArg) },
    resolve: ({ id }, { year }, { store }) => {
      const inThatYear = directiveOf(year).year
      return whenReady(store.registry(), (registry) => {
        const membership = registry.membership(id, inThatYear)
        const cluster = membership && registry.cluster(membership.clusterCode)
        return cluster ? clusterInYear(cluster, inThatYear) : null
      })
    },
  }),
)
