import type { Text } from '@dienbien/targets'
import { errors } from 'jose'
import { z } from 'zod'
import { ClientError } from '../errors/client-error.ts'
import type { Verifier } from './verifier.ts'

export const ROLES = ['analyst', 'reporter', 'head', 'council', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** Those whose token names the unit that they act for. */
export const ROLES_OF_UNITS: readonly Role[] = ['reporter', 'head']

/** Who asks, by a valid token. */
export interface Viewer {
  readonly subject: string
  readonly role: Role
  /** The unit that a reporter reports for, with all below it. */
  readonly unit: string | null
}

/** No control characters, nothing that is invisible or half a character: the subject is kept in the trail and read there. */
const word = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{C}+$/u)
/** What a token says of its holder, as it is taken here. */
export const claims = z.object({
  sub: word(200),
  role: z.enum(ROLES),
  unit: word(50).optional(),
})

/**
 * Reads the bearer token of an `Authorization` header; null where there is none.
 * @throws {ClientError} `UNAUTHENTICATED` (HTTP 401) where the token is not valid, saying why without telling secrets
 */
export async function viewerOf(header: string | null | undefined, verify: Verifier): Promise<Viewer | null> {
  if (!header) return null
  const [, token] = /^Bearer (\S+)$/i.exec(header) ?? []
  if (!token) throw unauthenticated(NO_BEARER)
  try {
    const { sub, role, unit } = claims.parse(await verify(token))
    return { subject: sub, role, unit: unit ?? null }
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthenticated(EXPIRED)
    if (error instanceof errors.JWTClaimValidationFailed) throw unauthenticated(badClaim(error.claim))
    if (error instanceof errors.JOSEError) throw unauthenticated(NOT_VALID)
    if (error instanceof z.ZodError) throw unauthenticated(badClaim(String(error.issues[0]?.path[0])))
    throw error
  }
}

const NO_BEARER: Text = {
  vi: 'tiêu đề Authorization phải là "Bearer <token>"',
  en: 'the Authorization header must be "Bearer <token>"',
}
const EXPIRED: Text = { vi: 'mã truy cập đã hết hạn: hãy lấy mã mới', en: 'the token has expired: get a new one' }
const NOT_VALID: Text = { vi: 'mã truy cập không hợp lệ ở đây', en: 'the token is not valid here' }
const badClaim = (claim: string): Text => ({
  vi: `mục "${claim}" của mã truy cập không đúng`,
  en: `the token's claim "${claim}" is not right`,
})

export const unauthenticated = (why: Text): ClientError =>
  new ClientError('UNAUTHENTICATED', why, {}, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
