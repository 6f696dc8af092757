import { jsonBytes, putBytes, putValue, TooManyBytes } from './json-bytes.ts'

const written = (value: unknown, most = 1_000_000) => jsonBytes(most, () => putValue(value)).toString()

const NUMBERS = [
  ...[0, -0, 1, -1, 9, 10, 99, 100, 70.31, -0.01, 0.1, 0.29, 1.005, 12.5, 1 / 3, 1e-7, 1e21, 2 ** 53, 5e-324],
  ...[10_737_418.23, 10_737_418.24, -10_737_418.24, 21_474_836.48, 123_456_789.12, Number.MAX_VALUE],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
]
test.each(NUMBERS)('the number %p is written as JSON.stringify does', (value) => {
  expect(written(value)).toBe(JSON.stringify(value))
})

test('numbers of up to three decimals are written as JSON.stringify does', () => {
  for (let thousandths = -120_000; thousandths < 120_000; thousandths += 7) {
    const value = thousandths / 1000
    if (written(value) !== JSON.stringify(value)) expect(written(value)).toBe(JSON.stringify(value))
  }
})

const TEXTS = [
  ...['', 'OFFICIAL', 'Xã Mường Phăng', 'é', 'ก', '"', '\\', '\n', '\u0000', '\u007f', '\u2028', 'a"b', '🌾', 'x🌾y'],
  ...['\ud83c', '\udf3e\ud83c', `${'ữ'.repeat(200)}`, `${'ữ'.repeat(201)}`, `${'a'.repeat(201)}"`],
]
test.each(TEXTS)('the text %j is written as JSON.stringify does', (value) => {
  expect(written(value)).toBe(JSON.stringify(value))
})

test.each([null, true, undefined, new Date(0), { a: [1, 'x'], b: undefined }, []])(
  '%p is written as it stands in a list',
  (value) => {
    expect(`[${written(value)}]`).toBe(JSON.stringify([value]))
  },
)

test('an answer that outgrows its room is whole, and so is the next one', () => {
  const texts = Array.from({ length: 5000 }, (_, i) => `${'ờ'.repeat(i % 190)}${i}`)
  const putAll = () => {
    for (const text of texts) putValue(text)
  }
  const all = () => jsonBytes(10_000_000, putAll).toString()
  expect(all()).toBe(texts.map((text) => JSON.stringify(text)).join(''))
  expect(written('x')).toBe('"x"')
  expect(all()).toBe(texts.map((text) => JSON.stringify(text)).join(''))
})

test('writing ends where there is more than may be', () => {
  let pieces = 0
  const endless = () => {
    for (;;) {
      putBytes(Buffer.alloc(1000, 0x20))
      pieces++
    }
  }
  expect(() => jsonBytes(3_000_000, endless)).toThrow(TooManyBytes)
  expect(pieces).toBeLessThan(10_000)
  expect(written('x')).toBe('"x"')
})

test('an answer holds no more memory than its bytes', () => {
  expect(jsonBytes(100, () => putValue('x')).buffer.byteLength).toBe(3)
})
