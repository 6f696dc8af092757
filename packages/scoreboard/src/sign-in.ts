// Signing in with the office's own provider (OpenID Connect): authorization code with PKCE, by a public client. The token
// goes to this module's caller and nowhere else; what is kept while the provider is visited is of no use without it.
import * as oauth from 'oauth4webapi'

/** What the server says of the provider, at the address that RFC 9728 names. */
export interface Provider {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly resource: string | null
  readonly audience: string
  /** How its tokens name the role and the unit. */
  readonly claims: { readonly role: string; readonly unit: string }
}

interface Metadata {
  readonly authorization_servers?: readonly [string, ...string[]]
  readonly client_id?: string
  readonly scopes_supported?: readonly string[]
  readonly resource?: string
  readonly audience?: string
  readonly role_claim?: string
  readonly unit_claim?: string
}

/** Null where people sign in by a token alone. */
export async function readProvider(): Promise<Provider | null> {
  const response = await fetch('/.well-known/oauth-protected-resource', { headers: { accept: 'application/json' } })
  if (!response.ok) return null
  const metadata = (await response.json()) as Metadata
  const { authorization_servers: [issuer] = [], client_id: clientId, audience = '' } = metadata
  if (issuer === undefined || clientId === undefined) return null
  return {
    issuer,
    clientId,
    scope: metadata.scopes_supported?.join(' ') ?? 'openid',
    resource: metadata.resource ?? null,
    audience,
    claims: { role: metadata.role_claim ?? 'role', unit: metadata.unit_claim ?? 'unit' },
  }
}

/** What waits here while the provider is visited. */
interface Waiting {
  readonly state: string
  readonly verifier: string
  readonly nonce: string
  /** What stood in the address. */
  readonly search: string
}
const WAITING = 'dienbien-sign-in'
/** As the provider has it written down: an address without what a view has chosen. */
const redirectUri = () => `${location.origin}/bao-cao`

const allowing = ({ issuer }: Provider) => ({
  [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
})

async function serverOf(provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer)
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, allowing(provider)))
}

/** What tells the provider for which server the token is meant. */
const meantFor = ({ resource, audience }: Provider) => ({ audience, ...(resource ? { resource } : {}) })

/** Leaves the page for the provider's. @throws {Error} where it can't be reached */
export async function goToProvider(provider: Provider): Promise<void> {
  const server = await serverOf(provider)
  if (!server.authorization_endpoint) throw new Error(`${provider.issuer}: authorization_endpoint?`)
  const waiting: Waiting = {
    state: oauth.generateRandomState(),
    verifier: oauth.generateRandomCodeVerifier(),
    nonce: oauth.generateRandomNonce(),
    search: location.search,
  }
  sessionStorage.setItem(WAITING, JSON.stringify(waiting))
  const target = new URL(server.authorization_endpoint)
  const asked = {
    client_id: provider.clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: provider.scope,
    state: waiting.state,
    nonce: waiting.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(waiting.verifier),
    code_challenge_method: 'S256',
    ...meantFor(provider),
  }
  for (const [name, value] of Object.entries(asked)) target.searchParams.set(name, value)
  location.assign(target)
}

/** Whether the page was opened by the provider, with its answer. */
export const isReturning = (): boolean =>
  sessionStorage.getItem(WAITING) !== null && new URLSearchParams(location.search).has('state')

/**
 * Takes the provider's answer out of the address, where no history keeps it, and what stood there before back in.
 * @returns the access token
 * @throws {Error} where the provider refused, or the answer is not to what was asked here
 */
export async function takeToken(provider: Provider): Promise<string> {
  const waiting = JSON.parse(sessionStorage.getItem(WAITING) ?? 'null') as Waiting | null
  sessionStorage.removeItem(WAITING)
  const answer = new URL(location.href)
  history.replaceState(null, '', `${location.pathname}${waiting?.search ?? ''}`)
  if (!waiting) throw new Error('state')
  const server = await serverOf(provider)
  const client: oauth.Client = { client_id: provider.clientId }
  const parameters = oauth.validateAuthResponse(server, client, answer, waiting.state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    waiting.verifier,
    { ...allowing(provider), additionalParameters: meantFor(provider) },
  )
  const isOpenId = provider.scope.split(' ').includes('openid')
  const { access_token: token } = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    response,
    isOpenId ? { expectedNonce: waiting.nonce, requireIdToken: true } : {},
  )
  return token
}
