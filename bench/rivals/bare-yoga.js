// Yoga alone: our schema's types, and the answers as constants behind its default resolvers.
process.env.NODE_ENV = 'production'
const { createServer } = await import('node:http')
const { readFileSync } = await import('node:fs')
const { createSchema, createYoga } = await import('graphql-yoga')

const typeDefs = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')
const constants = JSON.parse(readFileSync(process.env.CONSTANTS, 'utf8'))
const yoga = createYoga({
  schema: createSchema({
    typeDefs,
    resolvers: { Query: Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, () => value])) },
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
  }),
  logging: false,
})
createServer(yoga).listen(0, '127.0.0.1', function () {
  console.log(`ready http://127.0.0.1:${this.address().port}/graphql`)
})
