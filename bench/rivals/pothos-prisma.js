// Pothos with its Prisma plugin as its documentation has it: t.relation all the way down.
process.env.NODE_ENV = 'production'
const { createServer } = await import('node:http')
const { default: SchemaBuilder } = await import('@pothos/core')
const { default: PrismaPlugin } = await import('@pothos/plugin-prisma')
const { PrismaPg } = await import('@prisma/adapter-pg')
const { createYoga } = await import('graphql-yoga')
const { PrismaClient } = await import('../../packages/server/dist/generated/prisma/client.js')
const { getDatamodel } = await import('../../packages/server/dist/generated/pothos.js')

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const builder = new SchemaBuilder({ plugins: [PrismaPlugin], prisma: { client: prisma, dmmf: getDatamodel() } })
const Indicator = builder
  .objectRef('Indicator')
  .implement({ fields: (t) => ({ id: t.string({ resolve: (id) => id }) }) })
builder.prismaObject('Measurement', {
  fields: (t) => ({
    indicator: t.field({ type: Indicator, select: { indicatorId: true }, resolve: ({ indicatorId }) => indicatorId }),
    value: t.exposeFloat('value'),
    asOf: t.string({ select: { asOf: true }, resolve: ({ asOf }) => asOf.toISOString().slice(0, 10) }),
    status: t.string({ select: { status: true }, resolve: ({ status }) => status.toUpperCase() }),
  }),
})
builder.prismaObject('Unit', {
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    measurements: t.relation('measurements', { query: { where: { year: 2022 } } }),
  }),
})
builder.prismaObject('Membership', { fields: (t) => ({ unit: t.relation('unit') }) })
builder.prismaObject('Cluster', {
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    memberships: t.relation('memberships', { query: { where: { year: 2022 } } }),
  }),
})
builder.queryType({
  fields: (t) => ({
    clusters: t.prismaField({
      type: ['Cluster'],
      resolve: (query) => prisma.cluster.findMany({ ...query, orderBy: { code: 'asc' } }),
    }),
  }),
})
createServer(createYoga({ schema: builder.toSchema(), logging: false })).listen(0, '127.0.0.1', function () {
  console.log(`ready http://127.0.0.1:${this.address().port}/graphql`)
})
