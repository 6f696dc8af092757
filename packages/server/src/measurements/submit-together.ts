// Submissions of many authors in one transaction, each under its own in the trail, each with its own idempotency key.
// Not by Prisma: turns that are taken at once or not at all, the newest of each of many keys by the index, and a function of
// the database that writes rows under the names of several authors; each is one statement for the whole group.

import type { Pool, PoolClient } from 'pg'
import { type Asked, fromText, hashOf, KeyReused, type Outcome, toText, turnOf } from '../database/once.ts'
import { inTransaction } from '../database/pool.ts'
import { type Author, EditConflict, WRITES_CHANNEL } from '../database/write.ts'
import { FIGURE_FIELDS, type Figure, STANDS } from '../figures/newest.ts'
import { directiveMeasuring } from '../figures/years.ts'
import {
  checkExpected,
  type Newest,
  nextFigures,
  placeOf,
  type Stored,
  type Submission,
  unchangedOf,
} from './submit.ts'
import { heldAgainst, warningsOf } from './warnings.ts'

/** A submission as it comes in. */
export interface Offered {
  readonly author: Author
  /** By its idempotency key; null without one. */
  readonly asked: Asked | null
  readonly submission: Submission
}

/** A group does not wait for what somebody else holds: those who want that wait alone. */
const LOCK_TIMEOUT_MS = 200

type Told = Outcome<Stored> | EditConflict | KeyReused | null

/**
 * Stores what goes smoothly, in one transaction.
 * @returns what to tell each one's author; null: somebody else is at the same figures or key, it has to wait for them alone
 * @throws the driver's error where the database refuses any of them: nothing is stored
 */
export const storeTogether = (pool: Pool, group: readonly Offered[]): Promise<Told[]> =>
  inTransaction(pool, `begin; set local lock_timeout = ${LOCK_TIMEOUT_MS}`, (client) => storeIn(client, group))

async function storeIn(client: PoolClient, group: readonly Offered[]): Promise<Told[]> {
  const turnsTaken = await takeTurnsAtOnce(client, group)
  // From here on nobody else stores with these keys or as the next revision of these figures.
  const ours = group.filter((_, i) => turnsTaken[i])
  const answers = await answersKept(client, ours)
  const revisions = await newestRevisions(client, ours)
  const before = await figuresBefore(client, ours)
  const stored: Kept[] = []

  const store = (offer: Offered): Outcome<Stored> => {
    const { author, asked, submission } = offer
    const turn = asked && turnOf(author, asked)
    const contentHash = asked && hashOf(asked.content)
    const known = turn === null ? undefined : answers.get(turn)
    if (asked && known) {
      if (known.contentHash !== contentHash) throw new KeyReused(asked.key)
      return { answer: fromText<Stored>(known.answer), replayed: true }
    }
    const newest: Newest = (indicator) => revisions.get(keyOf(submission, indicator))
    checkExpected(submission, newest)
    const { figures, fresh } = nextFigures(author, submission, newest)
    const warnings = warningsOf(figures, before.get(offer) ?? [], directiveMeasuring(submission.year))
    const answer = { stored: figures, unchanged: unchangedOf(figures, fresh), warnings }
    // The next one of the group builds on it, or repeats it.
    for (const figure of fresh) revisions.set(keyOf(submission, figure.indicatorId), figure)
    const kept = contentHash === null ? null : { contentHash, answer: toText(answer) }
    if (turn !== null && kept) answers.set(turn, kept)
    if (fresh.length > 0 || kept) stored.push({ ...offer, fresh, kept })
    return { answer, replayed: false }
  }
  const outcomes = group.map((offer, i): Told => {
    if (!turnsTaken[i]) return null
    try {
      return store(offer)
    } catch (error) {
      if (error instanceof EditConflict || error instanceof KeyReused) return error
      throw error
    }
  })
  if (stored.length > 0) await insert(client, stored)
  return outcomes
}

/** What a key answered. */
interface Answered {
  readonly contentHash: string
  readonly answer: string
}

interface Kept extends Offered {
  readonly fresh: readonly Figure[]
  readonly kept: Answered | null
}

/** {@link takeTurns} by the same names, without waiting. @returns for each whether it has got its turns */
async function takeTurnsAtOnce(client: PoolClient, group: readonly Offered[]): Promise<boolean[]> {
  const names = group.map(({ author, asked, submission }) => [
    placeOf(submission),
    ...(asked ? [turnOf(author, asked)] : []),
  ])
  const { rows } = await client.query<{ name: string; mine: boolean }>(
    'select name, pg_try_advisory_xact_lock(hashtextextended(name, 0)) as mine from unnest($1::text[]) n(name)',
    [[...new Set(names.flat())]],
  )
  const taken = new Set(rows.filter((row) => row.mine).map(({ name }) => name))
  return names.map((some) => some.every((name) => taken.has(name)))
}

/** By turn. */
async function answersKept(client: PoolClient, group: readonly Offered[]): Promise<Map<string, Answered>> {
  const keyed = group.flatMap(({ author, asked }) => (asked ? [{ author, asked }] : []))
  if (keyed.length === 0) return new Map()
  const { rows } = await client.query<Answered & { turn: string }>(
    `select k.turn, i.content_hash as "contentHash", i.answer
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) k(turn, subject, mutation, key)
     join idempotency_keys i on i.subject = k.subject and i.mutation = k.mutation and i.key = k.key`,
    [
      keyed.map(({ author, asked }) => turnOf(author, asked)),
      keyed.map(({ author }) => author.subject),
      keyed.map(({ asked }) => asked.mutation),
      keyed.map(({ asked }) => asked.key),
    ],
  )
  return new Map(rows.map(({ turn, contentHash, answer }) => [turn, { contentHash, answer }]))
}

/** The newest revision of each figure that the group names, withdrawn or not. */
async function newestRevisions(client: PoolClient, group: readonly Offered[]): Promise<Map<string, Figure>> {
  const named = group.flatMap(({ submission }) =>
    submission.values.map(({ indicator }) => ({ ...submission, indicator, key: keyOf(submission, indicator) })),
  )
  const { rows } = await client.query<{ key: string } & Figure>(
    `select k.key, m.*
     from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::date[], $6::text[]) k(key, unit, year, indicator, as_of, status)
     cross join lateral (
       select ${FIGURE_FIELDS} from measurements m
       where m.unit_code = k.unit and m.year = k.year and m.indicator_id = k.indicator and m.as_of = k.as_of
         and m.status = k.status::measurement_status
       order by revision desc limit 1
     ) m`,
    [
      named.map(({ key }) => key),
      named.map(({ unit }) => unit),
      named.map(({ year }) => year),
      named.map(({ indicator }) => indicator),
      named.map(({ asOf }) => asOf),
      named.map(({ status }) => status),
    ],
  )
  return new Map(rows.map(({ key, ...figure }) => [key, figure]))
}

type Before = Pick<Figure, 'indicatorId' | 'value' | 'asOf' | 'status'>

/** The figures that counted on each submission's date and that its own are held against: a few steps in the index for each. */
async function figuresBefore(client: PoolClient, group: readonly Offered[]): Promise<Map<Offered, Before[]>> {
  const wanted = group.flatMap(({ submission: { unit, year, asOf, values } }, n) =>
    heldAgainst(
      values.map(({ indicator }) => indicator),
      directiveMeasuring(year),
    ).map((indicator) => ({ n, unit, year, asOf, indicator })),
  )
  const { rows } = await client.query<Before & { n: number }>(
    `select k.n, k.indicator as "indicatorId", b.value, b.as_of::text as "asOf", b.status::text as status
     from unnest($1::int[], $2::text[], $3::int[], $4::date[], $5::text[]) k(n, unit, year, as_of, indicator)
     cross join lateral (
       select m.value, m.as_of, m.status from measurements m
       where m.unit_code = k.unit and m.year = k.year and m.indicator_id = k.indicator and m.as_of <= k.as_of and ${STANDS}
       order by m.as_of desc, m.status desc, m.revision desc limit 1
     ) b`,
    [
      wanted.map(({ n }) => n),
      wanted.map(({ unit }) => unit),
      wanted.map(({ year }) => year),
      wanted.map(({ asOf }) => asOf),
      wanted.map(({ indicator }) => indicator),
    ],
  )
  const before = new Map(group.map((offer): [Offered, Before[]] => [offer, []]))
  for (const { n, ...figure } of rows) before.get(group[n] as Offered)?.push(figure)
  return before
}

async function insert(client: PoolClient, stored: readonly Kept[]): Promise<void> {
  const parts = stored
    .filter(({ fresh }) => fresh.length > 0)
    .map(({ author, fresh }) => ({ ...author, rows: fresh.map(toRow) }))
  const keys = stored.flatMap(({ author: { subject }, asked, kept }) =>
    asked && kept
      ? [{ subject, mutation: asked.mutation, key: asked.key, content_hash: kept.contentHash, answer: kept.answer }]
      : [],
  )
  await client.query(
    `with kept as (
       insert into idempotency_keys (subject, mutation, key, content_hash, answer)
       select * from jsonb_to_recordset($2) k(subject text, mutation text, key text, content_hash text, answer text)
     ) select insert_measurements_as($1), pg_notify('${WRITES_CHANNEL}', '')`,
    [JSON.stringify(parts), JSON.stringify(keys)],
  )
}

const keyOf = (submission: Submission, indicator: string) => `${placeOf(submission)} ${indicator}`

const toRow = (figure: Figure) => ({
  unit_code: figure.unitCode,
  year: figure.year,
  indicator_id: figure.indicatorId,
  as_of: figure.asOf,
  status: figure.status,
  revision: figure.revision,
  value: figure.value,
  withdrawn: figure.withdrawn,
  reason: figure.reason,
  source: figure.source,
  note: figure.note,
  synthetic: figure.synthetic,
  recorded_at: figure.recordedAt,
  recorded_by: figure.recordedBy,
})
