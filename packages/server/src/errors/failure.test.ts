import { unreachable } from './failure.ts'

const PLACE = { vi: 'cơ sở dữ liệu', en: 'the database' }
const refused = (address: string) =>
  Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' })

test.each([
  ['of one address', refused('127.0.0.1:1'), 'connect ECONNREFUSED 127.0.0.1:1'],
  [
    'of several, whose error says nothing itself',
    new AggregateError([refused('::1:1'), refused('127.0.0.1:1')], ''),
    'connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1',
  ],
  ['without words', Object.assign(new Error(''), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
])('why a database cannot be reached is told: %s', (_, error, why) => {
  expect(unreachable(PLACE, error).text).toEqual({
    vi: `không kết nối được cơ sở dữ liệu: ${why}`,
    en: `the database cannot be reached: ${why}`,
  })
})
