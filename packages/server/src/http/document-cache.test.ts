import { parse } from 'graphql'
import { documentCache, sizeOf } from './document-cache.ts'

const padded = (i: number, length: number) => `{ a${i} } # ${'x'.repeat(length)}`

test('a text is counted, and each token that stays with its tree', () => {
  expect(sizeOf(parse('{ a }'))).toBeLessThan(3000)
  expect(sizeOf(parse(padded(1, 900_000)))).toBeGreaterThan(1_800_000)
  expect(sizeOf(parse(`{ a }${'\n#'.repeat(100_000)}`))).toBeGreaterThan(40_000_000)
})

test('the newest documents are kept, within the bytes', () => {
  const cache = documentCache(10_000_000, 2_000_000)
  for (let i = 0; i < 100; i++) cache.set(padded(i, 400_000), parse(padded(i, 400_000)))
  expect(cache.calculatedSize).toBeLessThanOrEqual(10_000_000)
  expect(cache.size).toBeGreaterThan(5)
  expect(cache.get(padded(99, 400_000))).toBeDefined()
  expect(cache.get(padded(0, 400_000))).toBeUndefined()
})

test('one that is too large is not kept, and pushes nothing out', () => {
  const cache = documentCache(10_000_000, 2_000_000)
  cache.set('{ a }', parse('{ a }'))
  const large = `{ a }${'\n#'.repeat(100_000)}`
  cache.set(large, parse(large))
  expect(cache.get(large)).toBeUndefined()
  expect(cache.get('{ a }')).toBeDefined()
})
