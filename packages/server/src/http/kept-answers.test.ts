import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Changes } from '../figures/changes.ts'
import { type KeptAnswer, KeptAnswers } from './kept-answers.ts'

const answer = (text: string): KeptAnswer => ({
  status: 200,
  headers: {},
  body: Buffer.from(text),
  isOpen: true,
  operation: null,
  packed: new Map(),
})

test('an answer is gone with the next change', async () => {
  const changes = new Changes()
  const kept = new KeptAnswers(changes)
  kept.keep('question', answer('820'), kept.version)
  expect((await kept.find('question'))?.body.toString()).toBe('820')
  changes.announce(new Set(['096']))
  expect(await kept.find('question')).toBeUndefined()
})

test('an answer that was begun before a change is not kept after it', async () => {
  const changes = new Changes()
  const kept = new KeptAnswers(changes)
  const { version } = kept
  changes.announce(null)
  kept.keep('question', answer('820'), version)
  expect(await kept.find('question')).toBeUndefined()
})

test('a change that comes while the database is asked is heeded', async () => {
  const changes = new Changes()
  const kept = new KeptAnswers(changes)
  kept.keep('question', answer('820'), kept.version)
  changes.unheard = () => Promise.resolve()
  const found = kept.find('question')
  changes.announce(null)
  expect(await found).toBeUndefined()
})

test('more than fits is not kept', async () => {
  const kept = new KeptAnswers(new Changes())
  kept.keep('large', answer('x'.repeat(5_000_000)), kept.version)
  expect(await kept.find('large')).toBeUndefined()
  for (let i = 0; i < 20; i++) kept.keep(`${i}`, answer('x'.repeat(3_000_000)), kept.version)
  expect(await kept.find('0')).toBeUndefined()
  expect(await kept.find('19')).toBeDefined()
})

/** What reads the clock and is no part of a query's answer; `today` notes it for the others. */
const CLOCKS = [
  /^(?:accounts|commands|database|http|trail)\//,
  /^figures\/(?:store|year-figures)\.ts$/,
  /^measurements\/(?:submit|withdrawals|live\.schema)\.ts$/,
  /^days\.ts$/,
]

test('no query reads a clock of its own: an answer that depends on it would be kept', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('generated'))
    .map((file) => relative(root, `${root}/${file}`))
    .filter((file) =>
      /Date\.now\(\)|new Date\(\)|performance\.now\(\)|Math\.random\(\)/.test(readFileSync(`${root}/${file}`, 'utf8')),
    )
    .filter((file) => !CLOCKS.some((clock) => clock.test(file)))
  expect(found).toEqual([])
})
