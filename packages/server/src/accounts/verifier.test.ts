// Against a small provider of keys on loopback, whose faults are set by name.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { localVerifier, oidcVerifier, type Verifier } from './verifier.ts'
import { viewerOf } from './viewer.ts'

type Fault = 'none' | 'is silent' | 'answers 500' | 'no document' | 'HTML' | 'another issuer' | 'no keys in it'
let fault: Fault = 'none'
let discoveries = 0
let server: Server
let issuer: string
const pair = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}
let first: Awaited<ReturnType<typeof pair>>
let second: Awaited<ReturnType<typeof pair>>
let served: object[]

beforeAll(async () => {
  first = await pair('first')
  second = await pair('second')
  server = createServer((request, response: ServerResponse) => {
    const send = (value: object, status = 200) => response.writeHead(status).end(JSON.stringify(value))
    if (request.url?.includes('openid')) {
      discoveries++
      if (fault === 'is silent') return // takes the connection, and never answers
      if (fault === 'no document') return send({}, 404)
      return send({ issuer: fault === 'another issuer' ? 'http://other' : issuer, jwks_uri: `${issuer}/keys` })
    }
    if (fault === 'answers 500') return send({}, 500)
    if (fault === 'HTML') return response.end('<html>')
    return send(fault === 'no keys in it' ? { sorry: true } : { keys: served })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  fault = 'none'
  discoveries = 0
  served = [first.jwk]
})

const provider = (clock?: () => number) =>
  oidcVerifier({ issuer, audience: 'api', roleClaim: 'role', unitClaim: 'unit' }, clock)
const now = () => Math.floor(Date.now() / 1000)
const token = (claims: JWTPayload = {}, key = first) =>
  new SignJWT({ sub: 'u', role: 'council', iss: issuer, aud: 'api', iat: now(), exp: now() + 600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .sign(key.privateKey)
const viewer = (verify: Verifier, jwt: string) => viewerOf(`Bearer ${jwt}`, verify)
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (error) => error.code,
  )

test('a token of the provider is taken, and its keys are asked for once', async () => {
  const verify = provider()
  await Promise.all(Array.from({ length: 20 }, async () => viewer(verify, await token())))
  expect(await viewer(verify, await token())).toEqual({ subject: 'u', role: 'council', unit: null })
  expect(discoveries).toBe(1)
})

test.each<Fault>(['answers 500', 'no document', 'HTML', 'another issuer', 'no keys in it'])(
  'a provider with a fault (%s) is told as such, not as a wrong token',
  async (how) => {
    fault = how
    await expect(viewer(provider(), await token())).rejects.toMatchObject({
      code: 'AUTH_UNAVAILABLE',
      http: { status: 503, headers: { 'retry-after': '1' } },
    })
  },
)

test('a provider that is down is asked a few times, whatever comes; what is no token does not ask it at all', async () => {
  fault = 'no document'
  const verify = provider()
  expect(await codeOf(viewer(verify, 'a.b.c'))).toBe('UNAUTHENTICATED')
  expect(discoveries).toBe(0)
  const jwt = await token()
  for (let i = 0; i < 50; i++) expect(await codeOf(viewer(verify, jwt))).toBe('AUTH_UNAVAILABLE')
  await Promise.all(Array.from({ length: 50 }, () => codeOf(viewer(verify, jwt))))
  expect(discoveries).toBeLessThanOrEqual(3)
})

test('a provider that takes the connection and never answers is waited for once, by all together, and then left alone', async () => {
  fault = 'is silent'
  const verify = provider()
  const jwt = await token()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => viewer(verify, jwt).catch((error: unknown) => error)),
  )
  for (const error of answers) {
    expect(error).toMatchObject({
      message: expect.stringMatching(/does not answer within 5 s/),
      code: 'AUTH_UNAVAILABLE',
      http: { status: 503 },
    })
  }
  expect(await codeOf(viewer(verify, jwt))).toBe('AUTH_UNAVAILABLE')
  expect(discoveries).toBe(1)
}, 30_000)

test('a provider that falls silent keeps nobody waiting whose key is known', async () => {
  let clock = 0
  const verify = provider(() => clock)
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
  fault = 'is silent'
  clock = 3_600_000
  // It is asked again, aside; nobody waits for what it says.
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
  while (discoveries < 2) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
})

test('keys that are known serve for a day while the provider is down; one that is not known is then no wrong token', async () => {
  let clock = 0
  const verify = provider(() => clock)
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
  fault = 'answers 500'
  for (clock of [1, 3_600_000, 86_000_000]) expect(await codeOf(viewer(verify, await token()))).toBe('taken')
  clock += 60_000
  expect(await codeOf(viewer(verify, await token({}, second)))).toBe('AUTH_UNAVAILABLE')
  clock = 90_000_000
  expect(await codeOf(viewer(verify, await token()))).toBe('AUTH_UNAVAILABLE')
  fault = 'none'
  clock += 60_000
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
})

test('a rotated key is taken within seconds, and keys that nobody has are no reason to ask each time', async () => {
  let clock = 0
  const verify = provider(() => clock)
  expect(await codeOf(viewer(verify, await token()))).toBe('taken')
  served = [second.jwk]
  const rotated = await token({}, second)
  for (let i = 0; i < 50; i++) expect(await codeOf(viewer(verify, rotated))).toBe('UNAUTHENTICATED')
  expect(discoveries).toBe(1)
  clock = 5001
  expect(await codeOf(viewer(verify, rotated))).toBe('taken')
  expect(await codeOf(viewer(verify, await token()))).toBe('UNAUTHENTICATED')
  expect(discoveries).toBe(2)
})

describe('what a token says', () => {
  const claims: [string, () => JWTPayload, string][] = [
    ['a clock that is 20 s ahead', () => ({ nbf: now() + 20, iat: now() + 20 }), 'taken'],
    ['a clock that is two minutes ahead', () => ({ nbf: now() + 120 }), 'UNAUTHENTICATED'],
    ['an end 20 s ago', () => ({ exp: now() - 20 }), 'taken'],
    ['an end a minute ago', () => ({ exp: now() - 60 }), 'UNAUTHENTICATED'],
    ['an end in ten months', () => ({ exp: now() + 300 * 86_400 }), 'taken'],
    ['an end in two years', () => ({ exp: now() + 730 * 86_400 }), 'UNAUTHENTICATED'],
    ['an end in 1e300 seconds', () => ({ exp: 1e300 }), 'UNAUTHENTICATED'],
    ['an empty subject', () => ({ sub: '' }), 'UNAUTHENTICATED'],
    ['a subject with NUL', () => ({ sub: 'a\u0000b' }), 'UNAUTHENTICATED'],
    ['a subject that turns the writing', () => ({ sub: 'a\u202eb' }), 'UNAUTHENTICATED'],
    ['a subject of 300 letters', () => ({ sub: 'a'.repeat(300) }), 'UNAUTHENTICATED'],
    ['a Vietnamese name', () => ({ sub: 'Điện Biên, Lò Văn Ếch' }), 'taken'],
    ['a unit with NUL', () => ({ unit: '\u0000' }), 'UNAUTHENTICATED'],
    ['two roles', () => ({ role: ['council'] }), 'UNAUTHENTICATED'],
  ]
  test.each(claims)('%s: of a provider and of this server', async (_, say, answers) => {
    const said = say()
    expect(await codeOf(viewer(provider(), await token(said)))).toBe(answers)
    const key = new Uint8Array(32).fill(7)
    const claims = { sub: 'u', role: 'council', iss: 'dienbien', aud: 'dienbien-api', exp: now() + 600, ...said }
    const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key)
    expect(await codeOf(viewer(localVerifier(key), jwt))).toBe(answers)
  })
})

describe('a token that this server has taken before', () => {
  const key = new Uint8Array(32).fill(7)
  const sign = () =>
    new SignJWT({ sub: 'u', role: 'council', iss: 'dienbien', aud: 'dienbien-api', exp: now() + 600 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(key)

  test('is taken again, and no longer when its time is over', async () => {
    let later = 0
    const verify = localVerifier(key, () => Date.now() + later)
    const jwt = await sign()
    expect([await codeOf(viewer(verify, jwt)), await codeOf(viewer(verify, jwt))]).toEqual(['taken', 'taken'])
    later = 700_000
    expect(await codeOf(viewer(verify, jwt))).toBe('UNAUTHENTICATED')
  })

  test('opens nothing for the same claims under another signature', async () => {
    const verify = localVerifier(key)
    const jwt = await sign()
    expect(await codeOf(viewer(verify, jwt))).toBe('taken')
    const [head, claims] = jwt.split('.')
    expect(await codeOf(viewer(verify, `${head}.${claims}.${'A'.repeat(43)}`))).toBe('UNAUTHENTICATED')
  })
})
