import { toTable } from './tabular.ts'

const ENOUGH = { cells: 1000, characters: 1000 }

test('a row repeats what stands around it, and a list beside another has columns of its own', () => {
  const units = [
    { code: '11', parent: null, figures: [{ value: 1 }, { value: 2 }], states: [{ name: 'A' }] },
    { code: '096', parent: { name: 'P' }, figures: [], states: [{ name: 'B' }] },
    { code: '097', parent: { name: 'Q' }, figures: [{ value: 3 }], states: [] },
  ]
  const { columns, rows } = toTable({ units: { nodes: units } }, ENOUGH)
  expect(columns).toEqual(['code', 'parent', 'value', 'states.name', 'parent.name'])
  expect(rows).toEqual([
    ['11', null, 1, null, null],
    ['11', null, 2, null, null],
    ['11', null, null, 'A', null],
    ['096', null, null, 'B', 'P'],
    ['097', null, 3, null, 'Q'],
  ])
})

test('a list of one in an object of one belongs to what is around it', () => {
  const data = {
    unit: { name: 'A', evaluation: { summary: { met: 1 } }, one: [{ inner: { list: [{ x: 1 }, { x: 2 }] } }] },
  }
  const { rows } = toTable(data, ENOUGH)
  expect(rows).toEqual([
    ['A', 1, 1],
    ['A', 1, 2],
  ])
})

test('how much a table holds is limited in cells and in characters', () => {
  const list = { name: 'x'.repeat(50), items: Array.from({ length: 30 }, (_, i) => ({ i })) }
  expect(() => toTable(list, ENOUGH)).toThrow(/more than 1000 characters/)
  expect(() => toTable(list, { cells: 59, characters: 10_000 })).toThrow(/30 rows and 2 columns, more than 59 cells/)
  expect(toTable(list, { cells: 60, characters: 10_000 }).rows).toHaveLength(30)
})
