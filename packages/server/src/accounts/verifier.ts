import { GraphQLError } from 'graphql'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { ALGORITHM, AUDIENCE, ISSUER } from './token-key.ts'

/**
 * Checks a token's signature, issuer, audience and time.
 * @throws {errors.JOSEError} where it is not valid here; {GraphQLError} `AUTH_UNAVAILABLE` where that can't be told now
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
const REQUIRED = ['exp', 'sub']

/** Tokens that the `jwt` command signs with this server's own key. */
export function localVerifier(key: Uint8Array): Verifier {
  return async (token) => {
    const { payload } = await jwtVerify(token, key, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
      requiredClaims: REQUIRED,
    })
    return payload
  }
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })

/** Tokens of a provider, whose key set is found by its discovery document and kept. */
export function oidcVerifier({ issuer, audience, roleClaim, unitClaim }: OidcSettings): Verifier {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null
  const find = async () => {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    if (!response.ok) throw new Error(`its discovery document answers ${response.status}`)
    const found = discovery.parse(await response.json())
    if (found.issuer !== issuer) throw new Error(`it says that it is ${found.issuer}`)
    return createRemoteJWKSet(new URL(found.jwks_uri))
  }
  return async (token) => {
    keys ??= find()
    try {
      const options = { issuer, audience, algorithms: ALGORITHMS, requiredClaims: REQUIRED }
      const { payload } = await jwtVerify(token, await keys, options)
      return { ...payload, role: payload[roleClaim], unit: payload[unitClaim] }
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) throw error
      keys = null // the next request asks again
      throw new GraphQLError(`the provider ${issuer} cannot be asked for its keys: ${(error as Error).message}`, {
        extensions: { code: 'AUTH_UNAVAILABLE', http: { status: 503, headers: { 'retry-after': '5' } } },
      })
    }
  }
}
