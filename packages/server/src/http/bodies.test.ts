import { Bodies } from './bodies.ts'

test('what all send together is bounded, and what one network sends', () => {
  const bodies = new Bodies(100, 40)
  expect([bodies.take('a', 30), bodies.take('a', 20), bodies.take('a', 10)]).toEqual([true, false, true])
  expect([bodies.take('b', 40), bodies.take('c', 30), bodies.take('c', 20)]).toEqual([true, false, true])
  expect(bodies.held).toBe(100)
  bodies.free('b', 40)
  expect([bodies.take('a', 1), bodies.take('c', 20)]).toEqual([false, true])
  bodies.free('a', 40)
  bodies.free('c', 40)
  expect(bodies.held).toBe(0)
})
