import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tokenKey } from './token-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made at first use, for its owner alone, and stays', () => {
  const key = tokenKey(folder)
  expect(key.length).toBe(32)
  expect(statSync(join(folder, 'token-key')).mode & 0o777).toBe(0o600)
  expect(tokenKey(folder)).toEqual(key)
})

test.each(['61', 'ab'.repeat(31), '', 'no hexadecimal digits at all, but long enough to be a key of thirty-two'])(
  'a key that can be guessed or read wrongly is refused: "%s"',
  (text) => {
    writeFileSync(join(folder, 'token-key'), text, { mode: 0o600 })
    expect(() => tokenKey(folder)).toThrow(/token-key must hold 32 bytes or more in hexadecimal digits/)
  },
)

test.each([0o644, 0o660, 0o604])('a key that others may read or write is refused: mode %s', (mode) => {
  tokenKey(folder)
  chmodSync(join(folder, 'token-key'), mode)
  expect(() => tokenKey(folder)).toThrow(/others may read or write it \(mode 6\d\d\): run chmod 600/)
})
