import { readTarget } from './target.ts'

const read = (target: string, more: { method?: string; hosts?: string[]; httpVersion?: string } = {}) =>
  readTarget({ method: 'GET', target, hosts: ['localhost:4000'], httpVersion: '1.1', ...more })

test.each<[string, string, string, string]>([
  ['/graphql', 'api', '/graphql', ''],
  ['/graphql/', 'api', '/graphql/', ''],
  ['/graphql?query={a}', 'api', '/graphql', '?query={a}'],
  ['/./graphql', 'api', '/graphql', ''],
  ['/x/../graphql', 'api', '/graphql', ''],
  ['/x/%2e%2E/graphql', 'api', '/graphql', ''],
  ['/%2e/graphql?a=/../b', 'api', '/graphql', '?a=/../b'],
  ['/../../graphql', 'api', '/graphql', ''],
  ['http://127.0.0.1:4000/graphql', 'api', '/graphql', ''],
  ['HTTPS://[::1]:4000/./graphql?x', 'api', '/graphql', '?x'],
  ['http://localhost', 'pages', '/', ''],
  ['http://localhost?a', 'pages', '/', '?a'],
  // Other paths, none of which is the API's.
  ['//graphql', 'pages', '//graphql', ''],
  ['/%2fgraphql', 'pages', '/%2fgraphql', ''],
  ['/graph%71l', 'pages', '/graph%71l', ''],
  ['/GraphQL', 'pages', '/GraphQL', ''],
  ['/graphql;x', 'pages', '/graphql;x', ''],
  ['/graphql%20', 'pages', '/graphql%20', ''],
  ['/x/graphql', 'pages', '/x/graphql', ''],
  ['/?/graphql', 'pages', '/', '?/graphql'],
  ['/graphql/x', 'below', '/graphql/x', ''],
  ['/graphql/../health/ready', 'health', '/health/ready', ''],
  ['/health/live?x', 'health', '/health/live', '?x'],
  ['/health', 'pages', '/health', ''],
  ['/graphql#/../x', 'api', '/graphql', ''],
])('%s is of %s', (target, route, path, search) => {
  expect(read(target)).toEqual({ route, path, search })
})

test.each<[string, RegExp]>([
  ['', /begins with/],
  ['graphql', /begins with/],
  ['\\graphql', /begins with/],
  ['/\\graphql', /backslash/],
  ['/x\\..\\graphql', /backslash/],
  ['ftp://localhost/graphql', /http address/],
  ['javascript://localhost/graphql', /http address/],
  ['http:///graphql', /host/],
  ['http://user@localhost/graphql', /host/],
  ['http://user:secret@localhost/graphql', /host/],
  ['http://localhost\\@x/graphql', /backslash/],
  ['http://[/graphql', /host/],
  ['http://localhost:99999/graphql', /host/],
  ['/graphql%', /%/],
  ['/%zz', /%/],
  ['/graphql%00', /the path holds the character U\+0000/],
  ['/%e2%80%ae', /the path holds .* U\+202E/],
  ['/don-vi/%1B[31m', /the path holds .* U\+001B/],
  ['/graphql?saved=%00', /"saved" in the address holds .* U\+0000/],
  ['/graphql?a=b&saved=x%e2%80%ae', /"saved" in the address holds .* U\+202E/],
  ['/graphql?%07=1', /name of a parameter in the address holds .* U\+0007/],
  ['/?x=%7f', /"x" in the address holds .* U\+007F/],
  ['*', /OPTIONS/],
])('%s cannot be read', (target, says) => {
  expect(read(target)).toEqual({ problem: { vi: expect.any(String), en: expect.stringMatching(says) } })
})

test('OPTIONS * asks about the server', () => {
  expect(read('*', { method: 'OPTIONS' })).toEqual({ route: 'server', path: '*', search: '' })
})

test.each<[string[]]>([
  [['[']],
  [['%']],
  [['']],
  [['a b']],
  [['user@localhost']],
  [['localhost/graphql']],
  [['localhost:99999']],
  [['localhost', 'localhost']],
  [[]],
])('Host %j is refused', (hosts) => {
  expect(read('/graphql', { hosts })).toEqual({
    problem: { vi: expect.stringMatching(/Host/), en: expect.stringMatching(/Host/) },
  })
})

test.each([['x'], ['xn--bcher-kva.example'], ['127.0.0.1'], ['[::1]:4000'], ['localhost:'], ['a_b.local:80']])(
  'Host %s is taken',
  (host) => {
    expect(read('/graphql', { hosts: [host] })).toMatchObject({ route: 'api' })
  },
)

test('HTTP/1.0 needs no Host', () => {
  expect(read('/graphql', { hosts: [], httpVersion: '1.0' })).toMatchObject({ route: 'api' })
})
