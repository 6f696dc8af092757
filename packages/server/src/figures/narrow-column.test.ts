import fc from 'fast-check'
import { ByteIndex } from './byte-index.ts'
import { NarrowColumn } from './narrow-column.ts'

test('a narrow column keeps whatever is written, through growing and shrinking', () => {
  const value = fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(2 ** 31))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(19), value)), fc.integer({ min: 20, max: 60 }), (writes, length) => {
      const column = new NarrowColumn(20)
      const expected = new Array<number>(20).fill(0)
      for (const [i, value] of writes) {
        column.set(i, value)
        expected[i] = value
      }
      column.resize(length)
      expect(expected.map((_, i) => column.get(i))).toEqual(expected)
      expect(column.get(length - 1)).toBe(expected[length - 1] ?? 0)
    }),
  )
})

test('texts are numbered by their bytes, the same ones alike', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 400 }), (texts) => {
      const index = new ByteIndex()
      const numbers = texts.map((text) => {
        const bytes = Buffer.from(`#${text}#`)
        return index.add(bytes, 1, bytes.length - 1)
      })
      texts.forEach((text, i) => {
        expect(index.text(numbers[i] as number)).toBe(Buffer.from(text).toString())
        expect(numbers[i]).toBe(numbers[texts.indexOf(text)])
      })
      const missing = Buffer.from('not there at all')
      expect(index.get(missing, 0, missing.length)).toBe(-1)
    }),
  )
})
