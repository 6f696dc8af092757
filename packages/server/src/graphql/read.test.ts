import { MAX_NESTING, readDocument, refuseOutsizeValues } from './read.ts'

const nested = (times: number, open: string, close: string) => `${open.repeat(times)}1${close.repeat(times)}`

test.each([
  ['lists in a value', `{ a(b: ${nested(2000, '[', ']')}) }`],
  ['objects in a value', `{ a(b: ${nested(1000, '{a: ', '}')}) }`],
  ['lists in a type', `query ($a: ${'['.repeat(2000)}Int${']'.repeat(2000)}) { a }`],
  ['selections', `${'{ a '.repeat(1000)}${'}'.repeat(1000)}`],
  ['brackets that never close', '['.repeat(4000)],
])('%s nested too deep are refused by name', (_, text) => {
  expect(() => readDocument(text)).toThrow(/nested more than 100 times/)
})

test('what people write is read, and too many words are not', () => {
  const deep = `{ a(b: ${nested(MAX_NESTING - 3, '[', ']')}) }`
  expect(readDocument(deep).definitions).toHaveLength(1)
  expect(readDocument('{ a(b: "[[[[", c: """{{{{""") } # ((((').definitions).toHaveLength(1)
  expect(() => readDocument(`{ ${'a '.repeat(6000)} }`)).toThrow(/5000 tokens/)
  expect(() => readDocument('{ a "')).toThrow(/Unterminated/)
})

test('a text of more than a hundred thousand characters is refused, whatever they are', () => {
  for (const much of ['#\n'.repeat(50_000), ' '.repeat(100_000)])
    expect(() => readDocument(`${much}{ a }`)).toThrow(/100000 are allowed/)
  expect(readDocument(`${'#\n'.repeat(49_000)}{ a }`).definitions).toHaveLength(1)
})

test('a name of more than 200 characters is refused', () => {
  expect(readDocument(`{ ${'a'.repeat(200)}: b }`).definitions).toHaveLength(1)
  expect(() => readDocument(`{ ${'a'.repeat(201)}: b }`)).toThrow(/a name of 201 characters/)
})

test('variables nested a hundred thousand times are refused by name', () => {
  expect(() => refuseOutsizeValues(JSON.parse(`{"a":${nested(100_000, '[', ']')}}`))).toThrow(/a variable .* 100 times/)
  expect(() => refuseOutsizeValues({ a: JSON.parse(nested(90, '[', ']')), b: [1, 'x', null] })).not.toThrow()
  expect(() => refuseOutsizeValues(undefined)).not.toThrow()
})

test('variables of more than a hundred thousand values are refused by name', () => {
  expect(() => refuseOutsizeValues({ a: Array(100_000).fill(1) })).toThrow(/more than 100000 values/)
  expect(() => refuseOutsizeValues({ a: Array(60_000).fill({ b: {} }) })).toThrow(/more than 100000 values/)
  expect(() => refuseOutsizeValues({ a: Array(99_000).fill(1), b: new Uint8Array(200_000) })).not.toThrow()
})
