// GraphQL over HTTP, by the audits of its reference implementation.
import { serverAudits } from 'graphql-http'
import { shared } from './harness.ts'

const audits = serverAudits({ url: shared('plain').url })

test('there are audits to pass', () => {
  expect(audits.length).toBeGreaterThan(50)
})

test.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn()
  expect(result.status === 'ok' ? '' : `${result.status}: ${result.reason}`).toBe('')
})
