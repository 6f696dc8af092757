import { isLargerThan, MOST_CHARACTERS } from './answer-size.ts'

test('what is larger, written as JSON, is told without being written', () => {
  const document = { id: 'x'.repeat(60_000), parts: Array.from({ length: 100 }, (_, i) => ({ i, name: 'y' })) }
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, document]))
  expect(isLargerThan(MOST_CHARACTERS, many(400))).toBe(false)
  // The same object is written once for each of its names.
  expect(isLargerThan(MOST_CHARACTERS, many(600))).toBe(true)
})

test.each([
  ['names', Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}${'a'.repeat(100)}`, 1]))],
  ['texts in lists', [Array(100).fill('b'.repeat(100))]],
  ['numbers', Array(1300).fill(1234567)],
  ['a text alone', 'c'.repeat(10_001)],
])('%s count', (_, value) => {
  expect(JSON.stringify(value).length).toBeGreaterThan(10_000)
  expect(isLargerThan(10_000, value)).toBe(true)
  expect(isLargerThan(20_000, value)).toBe(false)
})

test('however deep it is', () => {
  let deep: object = {}
  for (let i = 0; i < 200_000; i++) deep = [deep]
  expect(isLargerThan(10_000_000, deep)).toBe(false)
  expect(isLargerThan(100_000, deep)).toBe(true)
})

test('nothing is not large', () => {
  for (const value of [null, undefined, {}, [], '', 0]) expect(isLargerThan(100, value)).toBe(false)
})
