import {
  adoptedVersion,
  agreeing,
  type ClusterTables,
  checkAdoption,
  checkDraft,
  checkMember,
  checkNewest,
  stateOf,
  type TableStep,
} from './state.ts'

const agrees = (unitCode: string, version = 1): TableStep => ({ version, kind: 'agreement', unitCode })
const objects = (unitCode: string, version = 1): TableStep => ({ version, kind: 'objection', unitCode })
const adopted = (version: number): TableStep => ({ version, kind: 'adoption', unitCode: null })
const tables = (newest: number, steps: TableStep[], signed: string[] = []): ClusterTables => ({
  ...{ cluster: 'khoi-noi-chinh', year: 2024, newest, steps, members: ['so-tu-phap', 'thanh-tra'], signed },
})
const ALL = [agrees('so-tu-phap'), agrees('thanh-tra')]

test('a drafted table is a draft until the last member agrees, and in force when it is adopted', () => {
  expect(stateOf(1, tables(1, []))).toBe('draft')
  expect(stateOf(1, tables(1, [agrees('thanh-tra')]))).toBe('draft')
  expect(stateOf(1, tables(1, ALL))).toBe('agreed')
  expect(stateOf(1, tables(1, [...ALL, adopted(1)]))).toBe('adopted')
})

test('the last answer of a member counts, and only to the version that it was given to', () => {
  const steps = [agrees('so-tu-phap'), objects('so-tu-phap'), objects('thanh-tra'), agrees('thanh-tra')]
  expect([...agreeing(1, steps)]).toEqual(['thanh-tra'])
  expect([...agreeing(2, ALL)]).toEqual([])
})

test('an amendment leaves the adopted version in force until it is adopted itself', () => {
  const steps = [...ALL, adopted(1)]
  expect([1, 2].map((version) => stateOf(version, tables(2, steps)))).toEqual(['adopted', 'draft'])
  const both = [...steps, agrees('so-tu-phap', 2), agrees('thanh-tra', 2), adopted(2)]
  expect([1, 2].map((version) => stateOf(version, tables(2, both)))).toEqual(['superseded', 'adopted'])
  expect([adoptedVersion([]), adoptedVersion(steps), adoptedVersion(both)]).toEqual([null, 1, 2])
})

test('what is in force is not amended once a member has signed the pact, which names who did', () => {
  expect(() => checkDraft(tables(1, ALL))).not.toThrow()
  // Who begins here in the midst of a year records what was signed on paper.
  expect(() => checkDraft(tables(0, [], ['thanh-tra']))).not.toThrow()
  // One that a member objected to is not the last word, while none is in force.
  expect(() => checkDraft(tables(1, [objects('thanh-tra')], ['thanh-tra']))).not.toThrow()
  expect(() => checkDraft(tables(1, [...ALL, adopted(1)], ['thanh-tra']))).toThrow(/thanh-tra signed the pact of 2024/)
})

test('what was agreed before the pact may be adopted after it, and nothing in its place', () => {
  expect(() => checkAdoption(1, tables(1, ALL, ['thanh-tra']))).not.toThrow()
  const amended = [...ALL, adopted(1), agrees('so-tu-phap', 2), agrees('thanh-tra', 2)]
  expect(() => checkAdoption(2, tables(2, amended))).not.toThrow()
  expect(() => checkAdoption(2, tables(2, amended, ['so-tu-phap']))).toThrow(/not amended any more/)
})

test('nobody adopts what a member has not agreed to, what was amended since, or the same twice', () => {
  expect(() => checkAdoption(1, tables(1, [agrees('so-tu-phap')]))).toThrow(/thanh-tra has not agreed to version 1/)
  expect(() => checkAdoption(1, tables(2, ALL))).toThrow(/the newest version of khoi-noi-chinh in 2024 is 2, not 1/)
  expect(() => checkAdoption(1, tables(1, [...ALL, adopted(1)]))).toThrow(/adopted already/)
  expect(() => checkNewest(1, tables(0, []))).toThrow(/has no point table of 2024/)
  expect(() => checkAdoption(1, { ...tables(1, []), members: [] })).toThrow(/has no members in 2024/)
})

test('only members are asked', () => {
  expect(() => checkMember('thanh-tra', tables(1, []))).not.toThrow()
  expect(() => checkMember('so-noi-vu', tables(1, []))).toThrow(/is no member of khoi-noi-chinh in 2024/)
})
