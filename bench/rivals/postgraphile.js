// PostGraphile 5 with its own preset. Needs Node 22 or newer.
process.env.NODE_ENV = 'production'
process.env.GRAPHILE_ENV = 'production'
const { createServer } = await import('node:http')
const { postgraphile } = await import('postgraphile')
const { grafserv } = await import('postgraphile/grafserv/node')
const { makePgService } = await import('postgraphile/adaptors/pg')
const { PostGraphileAmberPreset } = await import('postgraphile/presets/amber')

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public'] })],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
})
const server = createServer()
server.on('error', (error) => console.error(error))
await pgl.createServ(grafserv).addTo(server)
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}/graphql`))
