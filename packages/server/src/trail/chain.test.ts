import { generateKeyPairSync, sign } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Batch, BatchHash, type Entry, isSigned, linkHash, signedText } from './chain.ts'
import { believeTrailKey, readTrailKey } from './key.ts'

const batch: Batch = {
  id: '17',
  at: '2022-10-01T01:02:03.004Z',
  subject: 'reporter-102',
  role: 'reporter',
  origin: '10.0.0.1',
  reason: 'Báo cáo quý III',
  action: 'INSERT',
  table: 'measurements',
  rowCount: 1,
}
const entry: Entry = { before: null, after: { unit_code: '102', value: 1000.5, source: 'Niên giám "2022"' } }

function hashOf(batch: Batch, entries: readonly Entry[]): string {
  const hash = new BatchHash(batch)
  for (const each of entries) hash.add(each)
  return hash.digest()
}

test('a batch is hashed as canonical JSON, a line for it and one for each row: by hand with any SHA-256', () => {
  // printf '%s\n%s' '{"action":…}' '{"after":…,"before":null}' | sha256sum
  expect(hashOf(batch, [entry])).toBe('5495537f8126459dc55a1979494cd253b6ce2c7beaba1b6032aca7c8c9c259e0')
})

test('the order of keys in a row does not count; the order of rows, and each word, does', () => {
  const turned: Entry = { after: Object.fromEntries(Object.entries(entry.after as object).reverse()), before: null }
  expect(hashOf(batch, [turned])).toBe(hashOf(batch, [entry]))
  const other: Entry = { before: null, after: { unit_code: '103' } }
  const hashes = [
    hashOf(batch, [entry]),
    hashOf(batch, [entry, other]),
    hashOf(batch, [other, entry]),
    hashOf(batch, []),
    ...Object.keys(batch).map((key) => hashOf({ ...batch, [key]: key === 'rowCount' ? 2 : 'x' }, [entry])),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a link depends on the one before it and on its number', () => {
  const content = hashOf(batch, [entry])
  expect(new Set([linkHash('', 1, content), linkHash('', 2, content), linkHash('a', 1, content)]).size).toBe(3)
})

describe('the key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-trail-key-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const unsigned = { number: 3, at: '2022-10-01T01:02:04.000Z', size: 40, hash: 'ab', previousHash: 'cd' }

  test('is made once, for its owner only, and signs what anyone can check; another word is another signature', () => {
    const file = join(folder, 'trail-key')
    const key = readTrailKey(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readTrailKey(file).publicKey).toBe(key.publicKey)
    const head = { ...unsigned, publicKey: key.publicKey, signature: key.sign(signedText(unsigned)) }
    expect(signedText(head)).toBe(
      '{"at":"2022-10-01T01:02:04.000Z","hash":"ab","number":3,"previousHash":"cd","size":40}',
    )
    expect(isSigned(head)).toBe(true)
    expect(isSigned({ ...head, size: 39 })).toBe(false)
    expect(isSigned({ ...head, signature: 'AAAA' })).toBe(false)
    expect(isSigned({ ...head, publicKey: 'no key' })).toBe(false)
  })

  test.each([0o644, 0o660, 0o602])('others may not read or write it: mode %s is refused', (mode) => {
    const file = join(folder, `open-${mode}`)
    readTrailKey(file)
    chmodSync(file, mode)
    expect(() => readTrailKey(file)).toThrow(/others may read or write it \(mode 6\d\d\): run chmod 600/)
  })

  test('keys of before are believed where they stand below it', () => {
    const file = join(folder, 'second')
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const earlier = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const signature = sign(null, Buffer.from(signedText(unsigned)), privateKey).toString('base64')
    expect(isSigned({ ...unsigned, publicKey: earlier, signature })).toBe(true)
    const trailKey = readTrailKey(file)
    expect(trailKey.known.has(earlier)).toBe(false)
    believeTrailKey(file, earlier)
    believeTrailKey(file, earlier)
    expect([...readTrailKey(file).known]).toEqual([trailKey.publicKey, earlier])
  })
})
