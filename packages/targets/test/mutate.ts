// Random changes to a JSON document: keys that go, are misspelt or are too many, values of other types or out of range.
import fc from 'fast-check'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    '',
    'x',
    'leave-out',
    [],
    {},
    [[]],
    [null],
    { x: 1 },
    '__proto__',
    '2022-02-30',
  ),
  fc.constantFrom<Json>(0, -0, -1, 0.5, 1, 1.5, 2, 100, 501, 1e6, 1e7, 1e9, 1e10, -1e7, 1e300, Number.MIN_VALUE),
  fc.integer({ min: -3, max: 120 }),
  fc.string({ maxLength: 4 }),
)
const key = fc.oneof(
  fc.constantFrom(
    'value',
    'vi',
    'extra',
    'kind',
    'name',
    '__proto__',
    'constructor',
    'toString',
    '$schema',
    'all',
    'low',
  ),
  fc.string({ maxLength: 3 }),
)

export const mutation = fc.record({
  kind: fc.constantFrom('remove', 'replace', 'misspell', 'add', 'double', 'graft', 'empty'),
  at: fc.nat(),
  from: fc.nat(),
  key,
  junk,
})
export type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never

type Parent = Json[] | { [key: string]: Json }
interface Place {
  readonly parent: Parent
  readonly key: string
}

function placesIn(value: Json, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places
  for (const changed of Object.keys(value)) {
    places.push({ parent: value, key: changed })
    placesIn((value as Record<string, Json>)[changed] as Json, places)
  }
  return places
}

/** As JSON has it: `__proto__` is a key like any other. */
const put = (parent: Parent, name: string, value: Json): void => {
  Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true })
}
const copy = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value))

/** A copy of a document with some changes. */
export function mutated(document: Json, mutations: readonly Mutation[]): Json {
  const root = copy(document)
  for (const { kind, at, from, key: name, junk: value } of mutations) {
    const places = placesIn(root)
    if (places.length === 0) break
    const place = places[at % places.length] as Place
    const parent = place.parent as Record<string, Json>
    const old = parent[place.key] as Json
    const isList = Array.isArray(place.parent)
    if (kind === 'remove' || kind === 'misspell') {
      if (isList) (place.parent as Json[]).splice(Number(place.key), 1)
      else {
        delete parent[place.key]
        if (kind === 'misspell') put(parent, name.length > 2 ? name : `${place.key}${name}`, old)
      }
    } else if (kind === 'add') {
      if (isList) (place.parent as Json[]).push(copy(value))
      else put(parent, name, copy(value))
    } else if (kind === 'double' && isList) (place.parent as Json[]).push(copy(old))
    else if (kind === 'graft') {
      const other = places[from % places.length] as Place
      put(parent, place.key, copy((other.parent as Record<string, Json>)[other.key] as Json))
    } else if (kind === 'empty' && typeof old === 'object' && old !== null) {
      put(parent, place.key, Array.isArray(old) ? [] : {})
    } else put(parent, place.key, copy(value))
  }
  return root
}
