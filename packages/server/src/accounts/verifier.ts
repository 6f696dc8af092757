import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { ClientError } from '../errors/client-error.ts'
import { ProviderUnavailable, providerKeys } from './provider-keys.ts'
import { ALGORITHM, AUDIENCE, ISSUER } from './token-key.ts'

/**
 * Checks a token's signature, issuer, audience and time.
 * @throws {errors.JOSEError} where it is not valid here; {ClientError} `AUTH_UNAVAILABLE` where that can't be told now
 */
export type Verifier = (token: string) => Promise<JWTPayload>

/** An OpenID Connect provider, and how it names what this server asks of a token. */
export interface OidcSettings {
  readonly issuer: string
  readonly audience: string
  readonly roleClaim: string
  readonly unitClaim: string
}

/** Signatures that only the provider can make. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Clocks of servers differ by so many seconds at most. */
const CLOCK_TOLERANCE_S = 30
/** No token is good for longer: it could not be taken back. */
export const LONGEST_DAYS = 366

const common = { clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp', 'sub'] }

function checkLifetime(payload: JWTPayload): JWTPayload {
  const latest = Date.now() / 1000 + LONGEST_DAYS * 86_400 + CLOCK_TOLERANCE_S
  if ((payload.exp as number) <= latest) return payload
  throw new errors.JWTClaimValidationFailed(
    `"exp" is later than in ${LONGEST_DAYS} days`,
    payload,
    'exp',
    'check_failed',
  )
}

/** Tokens whose signatures were checked: who sends one sends it again, and to check it takes a sixth of a small request. */
const TOKENS_KEPT = 1000

/** Tokens that the `jwt` command signs with this server's own key, which stays the same as long as it runs. */
export function localVerifier(key: Uint8Array, now = () => Date.now()): Verifier {
  const options = { ...common, issuer: ISSUER, audience: AUDIENCE, algorithms: [ALGORITHM] }
  const checked = new LRUCache<string, JWTPayload>({ max: TOKENS_KEPT })
  return async (token) => {
    const claims = checked.get(token)
    if (claims && (claims.exp as number) > now() / 1000) return claims
    const payload = checkLifetime((await jwtVerify(token, key, { ...options, currentDate: new Date(now()) })).payload)
    checked.set(token, payload)
    return payload
  }
}

/** Tokens of a provider, whose key set is found by its discovery document and kept. */
export function oidcVerifier(
  { issuer, audience, roleClaim, unitClaim }: OidcSettings,
  now = () => performance.now(),
): Verifier {
  const keys = providerKeys(issuer, now)
  const options = { ...common, issuer, audience, algorithms: ALGORITHMS }
  return async (token) => {
    // What nobody could have signed is no reason to ask the provider.
    const alg = algorithmOf(token)
    if (!ALGORITHMS.includes(alg ?? '')) throw new errors.JOSEAlgNotAllowed('"alg" is not one of a provider')
    try {
      const payload = checkLifetime((await jwtVerify(token, keys, options)).payload)
      return { ...payload, role: payload[roleClaim], unit: payload[unitClaim] }
    } catch (error) {
      if (error instanceof errors.JOSEError) throw error
      const retryAfter = error instanceof ProviderUnavailable ? error.retryAfter : 5
      const text = error instanceof ProviderUnavailable ? error.text : unusable(issuer)
      const headers = { 'retry-after': String(retryAfter) }
      throw new ClientError('AUTH_UNAVAILABLE', text, {}, { status: 503, headers })
    }
  }
}

const unusable = (issuer: string) => ({
  vi: `không dùng được khóa của ${issuer}`,
  en: `the keys of ${issuer} cannot be used`,
})

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg
  } catch {
    throw new errors.JWTInvalid('no JWT')
  }
}
