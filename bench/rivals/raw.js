// node:http and one json_agg statement, with the shape of the nested answer.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const SQL = `
  select json_build_object('data', json_build_object('clusters', json_build_object('nodes', json_agg(c order by c.code))))::text as body
  from (
    select c.code, c.name, json_build_object('nodes', (
      select json_agg(json_build_object('code', u.code, 'name', u.name, 'measurements', (
        select json_agg(json_build_object('indicator', json_build_object('id', m.indicator_id), 'value', m.value, 'asOf', m.as_of, 'status', upper(m.status::text)))
        from measurements m where m.unit_code = u.code and m.year = 2022
      )) order by u.code)
      from memberships s join units u on u.code = s.unit_code where s.cluster_code = c.code and s.year = 2022
    )) as units
    from clusters c
  ) c`

createServer(async (request, response) => {
  request.resume()
  const { rows } = await pool.query({ name: 'nested', text: SQL })
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(rows[0].body)
}).listen(0, '127.0.0.1', function () {
  console.log(`ready http://127.0.0.1:${this.address().port}/graphql`)
})
