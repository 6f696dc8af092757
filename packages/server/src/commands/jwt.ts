// Prints a token for a server with its own key: `npx pnpm@12 jwt --role reporter --unit 096`.
import { parseArgs } from 'node:util'
import { SignJWT } from 'jose'
import { ALGORITHM, AUDIENCE, ISSUER, tokenKey } from '../accounts/token-key.ts'
import { ROLES, type Role } from '../accounts/viewer.ts'
import { readConfig } from '../config.ts'

const USAGE = `usage: jwt --role ${ROLES.join('|')} [--unit CODE] [--subject NAME] [--expires 8h]`

try {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      unit: { type: 'string' },
      subject: { type: 'string' },
      expires: { type: 'string', default: '8h' },
    },
  })
  const { role, unit, expires } = values
  if (!role || !ROLES.includes(role as Role)) throw new Error(`--role must be one of ${ROLES.join(', ')}`)
  if ((role === 'reporter' || role === 'head') && !unit) throw new Error(`--role ${role} needs --unit, for example 096`)
  const token = await new SignJWT({ role, ...(unit ? { unit } : {}) })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(values.subject ?? `${role}${unit ? `-${unit}` : ''}`)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(tokenKey(readConfig().dataDir))
  console.log(token)
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`)
  process.exit(1)
}
