// What a client needs to sign people in here: the metadata of a protected resource (RFC 9728).
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OidcSettings } from '../accounts/verifier.ts'

const PATH = '/.well-known/oauth-protected-resource'

/** How the pages sign people in: a public client of the provider, by authorization code and PKCE. */
export interface PagesClient {
  readonly id: string
  readonly scope: string
}

/**
 * @param oidc null: tokens are this server's own, and nobody is named who gives them
 * @param client null: the provider knows no client for the pages, which then take tokens only
 * @returns what answers that address, and leaves every other to `otherwise`
 */
export function resourceMetadata(oidc: OidcSettings | null, client: PagesClient | null) {
  const body = Buffer.from(
    JSON.stringify({ bearer_methods_supported: ['header'], ...(oidc && providerOf(oidc, client)) }),
  )
  return (request: IncomingMessage, response: ServerResponse, otherwise: () => void): void => {
    if (request.url?.split('?', 1)[0] !== PATH) {
      otherwise()
      return
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
      'cache-control': 'no-cache',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

function providerOf({ issuer, audience, roleClaim, unitClaim }: OidcSettings, client: PagesClient | null): object {
  return {
    // An identifier is an address; a provider that knows this server by another word is asked by `audience`.
    ...(URL.canParse(audience) ? { resource: audience } : {}),
    authorization_servers: [issuer],
    audience,
    role_claim: roleClaim,
    unit_claim: unitClaim,
    ...(client ? { client_id: client.id, scopes_supported: client.scope.split(' ') } : {}),
  }
}
