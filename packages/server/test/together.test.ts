// Submissions that share a transaction: what one of them is told does not depend on the others, nor on the door it came by.
import type { Pool, PoolClient } from 'pg'
import type { Asked } from '../dist/database/once.js'
import { KeyReused, writeOnce } from '../dist/database/once.js'
import { type Database, openDatabase } from '../dist/database/open.js'
import { EditConflict } from '../dist/database/write.js'
import { Changes } from '../dist/figures/changes.js'
import { SubmissionQueue } from '../dist/measurements/submission-queue.js'
import { type Submission, storeSubmission } from '../dist/measurements/submit.js'
import { storeTogether } from '../dist/measurements/submit-together.js'
import { cleanUp, onPostgres, ownDatabase } from './harness.ts'

let database: Database
const onServer = onPostgres() ? test : test.skip

beforeAll(async () => {
  const { DATABASE_URL, DATA_DIR } = await ownDatabase('plain')
  database = await openDatabase({ databaseUrl: DATABASE_URL ?? null, dataDir: DATA_DIR ?? '', demo: false })
})
afterAll(async () => {
  await database.close()
  await cleanUp()
})

const offered = (
  asOf: string,
  value: number,
  more: { key?: string; by?: string; unit?: string; seen?: number } = {},
) => {
  const { key, by = 'phòng thống kê', unit = '102', seen = null } = more
  const submission: Submission = {
    unit,
    year: 2022,
    asOf,
    status: 'estimate',
    source: 'Báo cáo',
    reason: 'Đính chính',
    values: [{ indicator: 'forest-cover', value, revision: seen }],
  }
  const asked: Asked | null = key ? { mutation: 'submitMeasurements', key, content: { asOf, value } } : null
  return { author: { subject: by, role: 'reporter', origin: null, reason: null }, asked, submission }
}
type OneOffered = ReturnType<typeof offered>

const together = (...group: OneOffered[]) => storeTogether(database.groupPool, group)
const alone = ({ author, asked, submission }: OneOffered) =>
  writeOnce(
    database.writer,
    author,
    asked,
    (transaction: Parameters<typeof storeSubmission>[0]) => storeSubmission(transaction, author, submission, []),
    { retryTaken: true },
  )
/** Revision and value, what was wrong, or null. */
const seen = (outcomes: Awaited<ReturnType<typeof storeTogether>>) =>
  outcomes.map((outcome) =>
    outcome instanceof Error || !outcome
      ? (outcome?.name ?? null)
      : `${outcome.replayed ? 'again ' : ''}${outcome.answer.stored.map(({ revision, value }) => `${revision}: ${value}`)}`,
  )
async function stored(asOf: string): Promise<string[]> {
  const { rows } = await database.pool.query(
    `select revision || ': ' || value as one from measurements where as_of = $1 order by unit_code, revision`,
    [asOf],
  )
  return rows.map(({ one: outcome }) => outcome)
}

test('in one group, each key stores once: the same again is told the same, other content is refused', async () => {
  const day = '2022-01-31'
  const outcomes = await together(
    offered(day, 40, { key: 'a' }),
    offered(day, 41, { key: 'b' }),
    offered(day, 40, { key: 'a' }),
    offered(day, 42, { key: 'a' }),
    offered(day, 43, { key: 'a', by: 'một người khác' }),
    offered(day, 44),
  )
  expect(seen(outcomes)).toEqual(['1: 40', '2: 41', 'again 1: 40', 'KeyReused', '3: 43', '4: 44'])
  expect(await stored(day)).toEqual(['1: 40', '2: 41', '3: 43', '4: 44'])
})

test('a key that was used by one door is known at the other', async () => {
  const day = '2022-02-28'
  const [first, second] = [offered(day, 50, { key: 'c' }), offered(day, 51, { key: 'd' })]
  expect(seen(await together(first))).toEqual(['1: 50'])
  expect(seen([await alone(first)])).toEqual(['again 1: 50'])
  await expect(alone(offered(day, 52, { key: 'c' }))).rejects.toThrow(KeyReused)
  expect(seen([await alone(second)])).toEqual(['2: 51'])
  expect(seen(await together(second, offered(day, 53, { key: 'd' })))).toEqual(['again 2: 51', 'KeyReused'])
  expect(await stored(day)).toEqual(['1: 50', '2: 51'])
})

test('who expected another revision than the group left is told, and the others are stored', async () => {
  const day = '2022-03-31'
  const outcomes = await together(
    offered(day, 1, { seen: 0 }),
    offered(day, 2, { seen: 0 }),
    offered(day, 3, { seen: 1 }),
    offered(day, 4),
  )
  expect(seen(outcomes)).toEqual(['1: 1', 'EditConflict', '2: 3', '3: 4'])
  expect(outcomes[1]).toBeInstanceOf(EditConflict)
})

test('a group with rows that the database refuses stores the others, each under its own author in the trail', async () => {
  const day = '2022-04-30'
  const changed: string[] = []
  const changes = new Changes()
  changes.subscribe((units: ReadonlySet<string> | null) => changed.push(...(units ?? ['?'])))
  const queue = new SubmissionQueue(database.groupPool, changes)
  const offers = Array.from({ length: 9 }, (_, i) =>
    offered(day, i, { by: `cán bộ ${i}`, key: `e${i}`, ...(i % 4 === 3 && { unit: 'nowhere' }) }),
  )
  const outcomes = await Promise.all(offers.map((offer) => queue.offer(offer)))
  expect(outcomes.map((outcome) => outcome?.answer.stored[0]?.value ?? null)).toEqual([0, 1, 2, null, 4, 5, 6, null, 8])
  expect(await stored(day)).toEqual(['1: 0', '2: 1', '3: 2', '4: 4', '5: 5', '6: 6', '7: 8'])
  const { rows } = await database.pool.query(
    `select b.subject, e.after ->> 'recorded_by' as "by" from audit_batches b join audit_entries e on e.batch_id = b.id
     where e.after ->> 'as_of' = $1`,
    [day],
  )
  expect(rows).toHaveLength(7)
  for (const { subject, by } of rows) expect(subject).toBe(by)
  expect(new Set(changed)).toEqual(new Set(['102']))
})

test('twenty who store the same figure at once, alone and in groups, each get the next revision', async () => {
  const day = '2022-05-31'
  const queue = new SubmissionQueue(database.groupPool, new Changes())
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const submission = offered(day, i)
      return (i % 2 === 0 && (await queue.offer(submission))) || alone(submission)
    }),
  )
  const revisions = outcomes.map(({ answer }) => answer.stored[0]?.revision as number)
  expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test('warnings hold against what counted on that day, in a group as alone', async () => {
  const day = '2022-06-30'
  await alone(offered(day, 400))
  const [outcomes] = await together(offered(day, 4))
  if (outcomes instanceof Error || !outcomes) throw new Error('not stored')
  expect(outcomes.answer.warnings.map(({ message }) => message.en)).toEqual([
    expect.stringContaining('far from the 400'),
  ])
})

onServer('what others hold is left to wait alone, and the others of the group are stored', async () => {
  const day = '2022-07-31'
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let holding: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    holding = resolve
  })
  const { author, asked } = offered(day, 60, { key: 'f', unit: '103' })
  const holder = writeOnce(database.writer, author, asked, async () => {
    holding()
    await held
    return { stored: [], warnings: [] }
  })
  await begun
  expect(seen(await together(offered(day, 60, { key: 'f' }), offered(day, 61, { key: 'g' })))).toEqual([null, '1: 61'])
  letGo()
  await holder
  expect(seen(await together(offered(day, 60, { key: 'f' })))).toEqual(['again '])
})

describe('a connection that breaks at the end of a group', () => {
  /** The pool, but for what happens at the commit. */
  const breaking = (commit: (client: PoolClient) => Promise<unknown>): Pool => {
    const connect = async () => {
      const client = await database.groupPool.connect()
      const query = (text: string, values?: unknown[]) =>
        text === 'commit' ? commit(client) : client.query(text, values)
      return { query, release: (broken: boolean) => client.release(broken) }
    }
    return { connect } as unknown as Pool
  }
  const lost = () => Promise.reject(Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' }))
  const offerTwice = async (pool: Pool, submission: OneOffered) => {
    await expect(new SubmissionQueue(pool, new Changes()).offer(submission)).rejects.toThrow('Connection terminated')
    return seen([await new SubmissionQueue(database.groupPool, new Changes()).offer(submission)])
  }

  test('before the commit: nothing is stored, and the same key stores it', async () => {
    const submission = offered('2022-08-31', 70, { key: 'h' })
    expect(await offerTwice(breaking(lost), submission)).toEqual(['1: 70'])
  })

  test('after the commit: who sends it again with its key is told what was stored', async () => {
    const submission = offered('2022-10-15', 71, { key: 'i' })
    const after = (client: PoolClient) => client.query('commit').then(lost)
    expect(await offerTwice(breaking(after), submission)).toEqual(['again 1: 71'])
    expect(await stored('2022-10-15')).toEqual(['1: 71'])
  })
})
