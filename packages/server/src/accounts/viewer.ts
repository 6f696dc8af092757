import { GraphQLError } from 'graphql'
import { errors } from 'jose'
import { z } from 'zod'
import type { Verifier } from './verifier.ts'

export const ROLES = ['analyst', 'reporter', 'head', 'council', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** Who asks, by a valid token. */
export interface Viewer {
  readonly subject: string
  readonly role: Role
  /** The unit that a reporter reports for, with all below it. */
  readonly unit: string | null
}

const claims = z.object({
  sub: z.string().min(1),
  role: z.enum(ROLES),
  unit: z.string().min(1).optional(),
})

/**
 * Reads the bearer token of a request; null where it has none.
 * @throws {GraphQLError} `UNAUTHENTICATED` (HTTP 401) where the token is not valid, saying why without telling secrets
 */
export async function viewerOf(request: Request, verify: Verifier): Promise<Viewer | null> {
  const header = request.headers.get('authorization')
  if (!header) return null
  const [, token] = /^Bearer (\S+)$/i.exec(header) ?? []
  if (!token) throw unauthenticated('the Authorization header must be "Bearer <token>"')
  try {
    const { sub, role, unit } = claims.parse(await verify(token))
    return { subject: sub, role, unit: unit ?? null }
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthenticated('the token has expired: get a new one')
    if (error instanceof errors.JWTClaimValidationFailed)
      throw unauthenticated(`the token's claim "${error.claim}" is not right`)
    if (error instanceof errors.JOSEError) throw unauthenticated('the token is not valid here')
    if (error instanceof z.ZodError)
      throw unauthenticated(`the token's claim "${String(error.issues[0]?.path[0])}" is not right`)
    throw error
  }
}

export function unauthenticated(why: string): GraphQLError {
  return new GraphQLError(why, {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
  })
}
