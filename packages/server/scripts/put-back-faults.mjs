// What `pnpm trust` says does no harm, each with the fault that would let it: a row of its table or a reproduction of the
// security review, where the guard stands, what it becomes without, and the test that must then fail.
import { SENT } from './put-back-sent.mjs'

const http = 'packages/server/src/http'
const server = 'packages/server/src'

const RIGHTS = [
  {
    words: 'a head that proposes its own unit',
    source: `${server}/accounts/right-table.ts`,
    text: "roles: { head: 'headed', administrator: 'any' },\n    notOwn: 'unit',",
    becomes: "roles: { head: 'headed', administrator: 'any' },",
    suite: 'test/rights',
    test: 'a head cannot propose its own unit',
  },
  {
    words: 'a head that freezes by a policy of its own',
    source: `${server}/accounts/right-table.ts`,
    text: "roles: { council: 'any', administrator: 'any' },\n    notOwn: 'cluster',\n  },\n  PROPOSE",
    becomes: "roles: { head: 'headed', council: 'any', administrator: 'any' },\n  },\n  PROPOSE",
    suite: 'test/rights',
    test: 'freezeRanking, by another policy',
  },
  {
    words: 'what is recorded of another unit',
    source: `${server}/accounts/right-table.ts`,
    text: "roles: { analyst: 'any', reporter: 'own', head: ['unit', 'headed']",
    becomes: "roles: { analyst: 'any', reporter: 'any', head: ['unit', 'headed']",
    suite: 'test/rights',
    test: 'what is recorded of a unit',
  },
  {
    words: 'a ranking that is not published',
    source: `${server}/accounts/right-table.ts`,
    text: "roles: { analyst: 'any', reporter: 'member', head: 'member'",
    becomes: "roles: { analyst: 'any', reporter: 'any', head: 'member'",
    suite: 'test/rights',
    test: 'a ranking that is not published',
  },
]

const AT_ONCE = [
  {
    words: 'sixty facts at once',
    // The second of two guards: the first is `UNIQUE_VIOLATION` of database/write.ts.
    source: `${server}/errors/database-failure.ts`,
    text: "'23505': TAKEN,",
    becomes: '',
    project: 'units',
    suite: 'errors/database-failure',
    test: '.',
  },
  {
    words: 'an idempotency key with other content',
    source: `${server}/database/once.ts`,
    text: 'kept && kept.contentHash !== contentHash',
    becomes: 'kept && kept.contentHash === ""',
    suite: 'test/at-once',
    test: 'reason and expected revision are content too',
  },
  {
    words: 'the same idempotency key once more',
    source: `${server}/database/once.ts`,
    text: 'if (kept) return',
    becomes: 'if (kept && key === "") return',
    suite: 'test/at-once',
    test: 'an idempotency key',
  },
]

const TRAIL = [
  {
    words: 'a flood of refusals',
    source: `${http}/refusals.ts`,
    text: 'const EACH = 20',
    becomes: 'const EACH = 20_000',
    suite: 'test/trail',
    test: 'a flood of refusals by one is counted',
  },
  {
    words: 'a long alias in the trail',
    source: `${http}/refusals.ts`,
    text: 'const LONG = 200',
    becomes: 'const LONG = 2_000_000',
    project: 'units',
    suite: 'http/refusals',
    test: '.',
  },
  {
    words: 'the end of the trail cut off',
    source: `${server}/trail/gaps.ts`,
    text: "if (!head) yield gap('cut', { head: number })",
    becomes: 'if (!head) continue',
    suite: 'test/trail',
    test: 'an end that is cut off shows',
    onPostgres: true,
  },
  {
    words: 'the middle of the trail rewritten',
    source: `${server}/trail/gaps.ts`,
    text: 'else if (head.hash !== hash)',
    becomes: 'else if (head && head.hash === "")',
    suite: 'test/trail',
    test: 'a middle that is rewritten',
    onPostgres: true,
  },
  {
    words: 'rows changed past the triggers',
    source: `${server}/trail/gaps.ts`,
    text: 'of Object.keys(AUDITED)',
    becomes: 'of Object.keys(AUDITED).slice(0, 0)',
    suite: 'test/trail',
    test: 'rows that are changed, added, removed',
    onPostgres: true,
  },
  {
    words: 'the application against its own trail',
    source: `${server}/database/grants.ts`,
    text: 'audit_batches: GROWS',
    becomes: "audit_batches: 'select, insert, update, delete, truncate'",
    suite: 'test/trail',
    test: 'as the application, nothing that only grows',
    onPostgres: true,
  },
  {
    words: 'a transaction that somebody leaves open',
    source: `${server}/database/pool.ts`,
    text: 'lock_timeout: 4000',
    becomes: 'lock_timeout: 0',
    suite: 'test/trail',
    test: 'a transaction of somebody else that stays open',
    onPostgres: true,
  },
  {
    words: 'a backup that was changed',
    source: `${server}/database/backup.ts`,
    text: 'if (!end) problems.push(',
    becomes: 'if (end === undefined) problems.push(',
    suite: 'test/backup',
    test: '.',
  },
]

const FAULT = [
  {
    words: 'five processes at once on one DATA_DIR',
    source: `${server}/database/lock.ts`,
    text: '(other && isAlive(other))',
    becomes: 'attempt > 3',
    suite: 'test/faults',
    test: 'five processes at once',
  },
  {
    words: 'another user of the machine',
    source: `${server}/database/private-folder.ts`,
    text: 'chmodSync(path, entry.isFile()',
    becomes: 'void (entry.isFile()',
    suite: 'test/faults',
    test: 'another user of the machine',
  },
  {
    words: 'backup on a full disk',
    source: `${server}/commands/backup.ts`,
    text: 'rmSync(part, { force: true })',
    becomes: '',
    suite: 'test/faults',
    test: 'a backup or a report that finds no room',
  },
  {
    words: 'a migration that fails half-way',
    source: `${server}/database/migrate.ts`,
    text: "'begin; set local lock_timeout = 0; set local statement_timeout = 0'",
    becomes: "'set lock_timeout = 0; set statement_timeout = 0'",
    suite: 'test/faults',
    test: 'a migration that fails half-way',
  },
  {
    words: 'a connection that listens and is half dead',
    source: `${server}/figures/changes.ts`,
    text: 'PULSES_MISSED = 2',
    becomes: 'PULSES_MISSED = 2_000_000',
    suite: 'test/second-servers',
    test: 'second servers|freeze|half dead',
    onPostgres: true,
  },
  {
    words: 'no connection can listen for changes',
    source: `${server}/figures/changes.ts`,
    text: 'if (this.#heard) return undefined',
    becomes: 'if (this.#heard || this.#followed) return undefined',
    suite: 'test/second-servers',
    test: 'freeze|half dead|no connection can listen',
    onPostgres: true,
  },
  {
    words: 'the rate limit of one server, gone on with at another',
    source: `${http}/rate-limit.ts`,
    text: '= redisUrl ? await',
    becomes: '= redisUrl === "" ? await',
    suite: 'test/shared-limits',
    test: 'two servers count together',
  },
  {
    words: 'PostgreSQL away under load',
    source: `${server}/errors/database-failure.ts`,
    text: 'Connection terminated|',
    becomes: '',
    project: 'units',
    suite: 'errors/database-failure',
    test: '.',
  },
]

const NAMES = [
  {
    words: 'facts called as what every object has',
    source: 'packages/targets/src/emulation/policy-facts.ts',
    text: '!(fact in Object.prototype)',
    becomes: 'fact !== ""',
    project: 'targets',
    suite: 'test/emulation',
    test: 'which every object has',
  },
]

export const FAULTS = [...SENT, ...RIGHTS, ...AT_ONCE, ...TRAIL, ...FAULT, ...NAMES]
