// A backup is what can be restored: here it is, and the servers on both databases answer the same.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-backup-'))
const file = join(folder, 'dienbien.gz')
afterAll(async () => {
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

function command(name: 'backup' | 'restore', path: string, environment: Record<string, string>) {
  const { DATABASE_URL: _, DATA_DIR: __, ...rest } = process.env
  const { status, stderr } = spawnSync(process.execPath, [DIENBIEN, name, path], {
    env: { ...rest, NODE_OPTIONS: '', NODE_ENV: 'production', ...environment },
    encoding: 'utf8',
  })
  return { status, stderr: stderr.trim() }
}

const EVERYTHING = `{
  matrix { units { code } indicators { id } values statuses }
  ranking { clusters { score members { rank score } } }
  unit(code: "102") { history(indicator: "macadamia-planted") { value revision reason source recordedAt } }
  savedQueries { slug text }
  trail(first: 5) { totalCount nodes { id at hash } }
  trailGaps { __typename }
}`

async function answers(server: RunningServer, headers: Record<string, string>): Promise<unknown> {
  const { data, errors } = await server.query(EVERYTHING, {}, headers)
  expect(errors).toBeUndefined()
  return data
}

test('what was written is in the backup, and a server on the restored database answers as the first did', async () => {
  const environment: Record<string, string> = { DATA_DIR: join(folder, 'first'), ...(await ownDatabase('demo')) }
  let server = await start(environment)
  const headers = bearer(tokens(() => environment)('--role', 'administrator'))
  for (const value of [0.1 + 0.2, 812.5]) {
    const { errors } = await server.query(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
      {
        input: {
          unit: '102',
          year: 2022,
          asOf: '2022-09-30',
          status: 'OFFICIAL',
          source: 'Báo cáo "quý III"\n\tdòng 2 \\. \\N',
          reason: 'sửa',
          values: [{ indicator: 'macadamia-planted', value }],
        },
      },
      headers,
    )
    expect(errors).toBeUndefined()
  }
  const sealed = async () =>
    !JSON.stringify((await server.query('{ trail(first: 5) { nodes { hash } } }', {}, headers)).data).includes('null')
  while (!(await sealed())) await new Promise((resolve) => setTimeout(resolve, 50))
  const before = await answers(server, headers)
  await server.stop()
  expect(command('backup', file, environment)).toMatchObject({ status: 0 })
  expect(command('backup', file, environment).stderr).toBe(`${file} đã có: đặt tên khác`)

  // From a PostgreSQL server into the embedded database where the tests run on one; the other way is the same file.
  const restored = { DATA_DIR: join(folder, 'second'), ...(environment.DATABASE_URL ? {} : await ownDatabase(null)) }
  const half = join(folder, 'half.gz')
  const text = gunzipSync(readFileSync(file))
  writeFileSync(half, gzipSync(text.subarray(0, text.length * 0.7)))
  expect(command('restore', half, restored)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/bản sao lưu bị cắt giữa chừng: chưa khôi phục gì$/),
  })
  // One value changed: told by the digest, and by name, since the trail in the file tells of another.
  const tampered = join(folder, 'tampered.gz')
  const changed = text.toString().replace(/("indicator_id":"macadamia-planted".*"value":)812\.5/, '$1999')
  expect(changed).not.toBe(text.toString())
  writeFileSync(tampered, gzipSync(changed))
  expect(command('restore', tampered, restored)).toEqual({
    status: 1,
    stderr: expect.stringMatching(
      /đã bị sửa sau khi lập.*dòng đã bị sửa, measurements, 102 2022 macadamia-planted 2022-09-30 official \d.*chưa khôi phục gì/,
    ),
  })
  expect(command('restore', file, restored)).toMatchObject({ status: 0 })
  expect(command('restore', file, restored).stderr).toBe(
    'cơ sở dữ liệu không trống: hãy khôi phục vào cơ sở dữ liệu mới',
  )

  server = await start({ ...restored, DEMO: '1' })
  const again = bearer(tokens(() => restored)('--role', 'administrator'))
  expect(await answers(server, again)).toEqual(before)
  // Numbers that the database gives go on, and so does the chain.
  await server.change(
    'mutation { saveQuery(input: { slug: "sau-khi-khoi-phuc", title: "Sau", description: "", text: "{ __typename }" }) { savedQuery { slug } } }',
    {},
    again,
  )
  const { data } = await server.query('{ trailGaps { __typename } savedQueries { slug } }', {}, again)
  expect(data).toEqual({ trailGaps: [], savedQueries: [{ slug: 'sau-khi-khoi-phuc' }] })
  await server.stop()
  record({
    suite: 'fault',
    done: `backup of ${environment.DATABASE_URL ? 'PostgreSQL, restored into the embedded database' : 'the embedded database, restored'}`,
    times: 1,
    found:
      'every answer the same, the chain of the trail unbroken; half a file restores nothing, one with a changed value neither, and names it',
  })
})
