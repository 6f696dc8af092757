// Prints a token for a server with its own key: `npx pnpm@12 jwt --role reporter --unit 096`.
import { SignJWT } from 'jose'
import { ALGORITHM, AUDIENCE, ISSUER, tokenKey } from '../accounts/token-key.ts'
import { LONGEST_DAYS } from '../accounts/verifier.ts'
import { claims, ROLES_OF_UNITS, type Role } from '../accounts/viewer.ts'
import { readConfig } from '../config.ts'
import { say } from './spoken.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_557_600 }

export interface TokenOptions {
  readonly role: Role
  readonly unit?: string
  readonly subject?: string
  readonly expires: string
}

/** Prints a token that the server of this DATA_DIR takes. */
export async function printToken({ role, unit, subject, expires }: TokenOptions): Promise<void> {
  if (ROLES_OF_UNITS.includes(role) && !unit)
    throw new Error(say(`--role ${role} phải kèm --unit, ví dụ 096`, `--role ${role} needs --unit, for example 096`))
  const expiresAt = expiry(expires)
  const sub = subject ?? `${role}${unit ? `-${unit}` : ''}`
  // A token that no server takes is not printed.
  const wrong = claims.safeParse({ sub, role, unit }).error?.issues[0]?.path[0]
  if (wrong) {
    const option = `--${wrong === 'sub' ? 'subject' : String(wrong)}`
    throw new Error(
      say(`${option} phải là một đoạn chữ ngắn, nhìn thấy được`, `${option} must be a short text that is seen`),
    )
  }
  const token = await new SignJWT({ role, ...(unit ? { unit } : {}) })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(sub)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(tokenKey(readConfig().dataDir))
  console.log(token)
}

/** @param span for example "8h", "30d", "2 weeks" */
function expiry(span: string): Date {
  const [, number, unit] = /^(-?\d{1,6})\s*([smhdwy])[a-z]*$/i.exec(span.trim()) ?? []
  const seconds = Number(number) * (SECONDS[unit?.toLowerCase() ?? ''] ?? Number.NaN)
  if (seconds <= LONGEST_DAYS * 86_400) return new Date(Date.now() + seconds * 1000)
  throw new Error(
    say(
      `--expires phải là một khoảng thời gian không quá ${LONGEST_DAYS} ngày, ví dụ 8h hoặc 30d, không phải "${span}"`,
      `--expires must be a span up to ${LONGEST_DAYS} days, for example 8h or 30d, not "${span}"`,
    ),
  )
}
