import fc from 'fast-check'
import { directive2022 } from './directive/2022/index.ts'
import { nearest } from './nearest.ts'

const ids = directive2022.indicators.map(({ id }) => id)

test.each([
  ['poverty-rat', 'poverty-rate'],
  ['Poverty-Rate', 'poverty-rate'],
  ['exports-of-services-and-so-forth', undefined],
  ['', undefined],
  ['96', '096'],
  ['Điện Biên'.normalize('NFD'), 'Điện Biên'],
])('the nearest to "%s" is %s', (name, found) => {
  expect(nearest(name, [...ids, '096', 'Điện Biên'])).toBe(found)
})

test('what is found is as near as comparing every letter says', () => {
  const distance = (a: string, b: string): number => {
    if (!a || !b) return a.length + b.length
    const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
    const at = (i: number, j: number) => rows[i]?.[j] as number
    for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j
    for (let i = 1; i <= a.length; i++)
      for (let j = 1; j <= b.length; j++)
        (rows[i] as number[])[j] = Math.min(
          at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]),
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
        )
    return at(a.length, b.length)
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ư', '-'), maxLength: 12 })
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 6 }), (name, candidates) => {
      const most = Math.max(2, Math.floor(name.length / 3))
      const best = Math.min(...candidates.map((candidate) => distance(name, candidate)))
      const found = nearest(name, candidates)
      if (found === undefined) expect(best).toBeGreaterThan(most)
      else expect(distance(name, found)).toBe(best)
    }),
  )
})

test('none is looked for above 64 characters, however near it lies', () => {
  expect(nearest('x'.repeat(64), ['x'.repeat(63)])).toBe('x'.repeat(63))
  expect(nearest('x'.repeat(65), ['x'.repeat(64)])).toBeUndefined()
  expect(nearest('x'.repeat(65), ['x'.repeat(65)])).toBeUndefined()
  const untouched = {
    [Symbol.iterator]: (): Iterator<string> => {
      throw new Error('candidates were looked at')
    },
  }
  expect(nearest('x'.repeat(900_000), untouched)).toBeUndefined()
})
