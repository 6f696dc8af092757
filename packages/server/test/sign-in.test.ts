// Signing in on the pages with a real provider: oidc-provider, its own pages, a real browser.
import { mkdtempSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Provider from 'oidc-provider'
import type { Page } from 'playwright-core'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { settled } from './scoreboard-page.ts'

const AUDIENCE = 'https://chi-tieu.example.vn/api'
const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-sign-in-'))

let answer: (request: IncomingMessage, response: ServerResponse) => void
const listener = createServer((request, response) => answer(request, response))
let issuer: string
let server: RunningServer

beforeAll(async () => {
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  server = await start({
    DATA_DIR: dataDir,
    ...(await ownDatabase('demo')),
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_ROLE_CLAIM: 'vai_tro',
    OIDC_UNIT_CLAIM: 'don_vi',
    OIDC_CLIENT_ID: 'cac-trang',
  })
  answer = providerFor(server.origin).callback()
})
afterAll(async () => {
  await server.stop()
  await new Promise((resolve) => listener.close(resolve))
  await cleanUp()
})

function providerFor(origin: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'cac-trang',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${origin}/bao-cao`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    clientBasedCORS: (_, asking) => asking === origin,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Whose account has a unit's name reports for it; everyone else has no role here.
    extraTokenClaims: (_, token) =>
      'accountId' in token && token.accountId === 'muong-ang' ? { vai_tro: 'reporter', don_vi: '102' } : {},
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ audience: AUDIENCE, scope: '', accessTokenFormat: 'jwt' }),
      },
    },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  })
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByRole('button', { name: 'Đăng nhập qua' }).click()
  await page.locator('input[name=login]').fill(account)
  await page.locator('input[name=password]').fill('x')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(`${server.origin}/bao-cao*`)
}

test('a server with tokens of its own names nobody who gives them', async () => {
  const response = await fetch(`${shared('demo').origin}/.well-known/oauth-protected-resource`)
  expect([response.status, await response.json()]).toEqual([200, { bearer_methods_supported: ['header'] }])
})

test('what a client needs to sign people in stands at the address that RFC 9728 names', async () => {
  const response = await fetch(`${server.origin}/.well-known/oauth-protected-resource`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({
    resource: AUDIENCE,
    authorization_servers: [issuer],
    bearer_methods_supported: ['header'],
    audience: AUDIENCE,
    role_claim: 'vai_tro',
    unit_claim: 'don_vi',
    client_id: 'cac-trang',
    scopes_supported: ['openid'],
  })
  const { headers } = await fetch(`${server.origin}/bao-cao`)
  expect(headers.get('content-security-policy')).toContain(`connect-src 'self' ${issuer};`)
})

inBrowser('a reporter signs in with the provider, comes back to what stood in the address, and reports', () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/bao-cao?asOf=2022-09-30`)
    await settled(page)
    await signIn(page, 'muong-ang')
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
    await settled(page)
    expect(await page.textContent('main')).toContain('Đang dùng mã của muong-ang (người báo cáo, 102)')
    // Neither the code nor what waited is left behind, and what was chosen is chosen again.
    expect(page.url()).toBe(`${server.origin}/bao-cao?asOf=2022-09-30`)
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe('[{},{}]')
    // The server takes the token: the unit's own form is there.
    await page.getByRole('heading', { name: 'Huyện Mường Ảng' }).waitFor()
    await page.getByLabel('Số mới: Trồng mới cây mắc ca').waitFor()
  }),
)

inBrowser('somebody whom the provider knows and this server does not is told so', () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/bao-cao`)
    await settled(page)
    await signIn(page, 'khach')
    await page.getByText('mục "role" của mã truy cập không đúng').first().waitFor()
  }),
)

inBrowser('who turns back at the provider is told that nobody has signed in, and may try again', () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/bao-cao`)
    await settled(page)
    await page.getByRole('button', { name: 'Đăng nhập qua' }).click()
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByText('Chưa đăng nhập được').waitFor()
    expect(new URL(page.url()).search).toBe('')
    expect(await page.getByRole('button', { name: 'Đăng xuất' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Đăng nhập qua' }).isEnabled()).toBe(true)
  }),
)

inBrowser('an answer that was not asked for here signs nobody in', () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/bao-cao`)
    await settled(page)
    // As somebody else would send it in a link: with a code of their own, to have others report in their name.
    await page.goto(`${server.origin}/bao-cao?code=abc&state=def&iss=${encodeURIComponent(issuer)}`)
    await settled(page)
    await page.getByRole('button', { name: 'Đăng nhập qua' }).waitFor()
    expect(await page.getByRole('button', { name: 'Đăng xuất' }).count()).toBe(0)
  }),
)
