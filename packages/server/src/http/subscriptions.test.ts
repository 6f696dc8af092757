import { SharedQueue } from './subscriptions.ts'

test('what is asked for under one name is done once', async () => {
  const queue = new SharedQueue<number>()
  let done = 0
  const answers = await Promise.all(Array.from({ length: 150 }, () => queue.run('same', () => ++done)))
  expect(new Set(answers)).toEqual(new Set([1]))
  expect(await queue.run('same', () => ++done)).toBe(2)
})

test('others get the event loop between two pieces of work', async () => {
  const queue = new SharedQueue<void>()
  const order: string[] = []
  const work = Array.from({ length: 5 }, (_, i) => queue.run(`${i}`, () => void order.push(`work ${i}`)))
  let turns = 0
  const turn = () => {
    turns++
    order.push('another')
    if (turns < 20) setImmediate(turn)
  }
  setImmediate(turn)
  await Promise.all(work)
  for (let i = 1; i < 5; i++) {
    const between = order.slice(order.indexOf(`work ${i - 1}`), order.indexOf(`work ${i}`))
    expect(between).toContain('another')
  }
})

test('one that fails fails for those who asked for it, and the next is done', async () => {
  const queue = new SharedQueue<number>()
  const failing = queue.run('a', () => Promise.reject(new Error('no')))
  const next = queue.run('b', () => 2)
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe(2)
})
