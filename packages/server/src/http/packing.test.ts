import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { codingOf, isWorthPacking, pack } from './packing.ts'

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0', null],
  ['identity', null],
  ['identity;q=0.5, gzip;q=0.2', null],
  ['*', 'br'],
  ['*;q=0', null],
  ['zstd', null],
  ['', null],
  [undefined, null],
])('of "%s" it takes %s', (header, coding) => {
  expect(codingOf({ headers: { 'accept-encoding': header } })).toBe(coding)
})

test.each([
  ['application/json; charset=utf-8', 2000, true],
  ['application/graphql-response+json; charset=utf-8', 2000, true],
  ['text/csv; charset=utf-8', 2000, true],
  ['application/json; charset=utf-8', 1000, false],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 20_000, false],
])('%s of %d bytes is worth it: %s', (type, bytes, is) => {
  expect(isWorthPacking(type, bytes)).toBe(is)
})

test('what is packed is the same when it is unpacked', async () => {
  const text = Buffer.from('Huyện Mường Nhé, '.repeat(500))
  expect(brotliDecompressSync(await pack(text, 'br')).equals(text)).toBe(true)
  expect(gunzipSync(await pack(text, 'gzip')).equals(text)).toBe(true)
})
