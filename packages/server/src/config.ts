import { resolve } from 'node:path'
import { z } from 'zod'
import type { OidcSettings } from './accounts/verifier.ts'
import { StartFailure } from './failure.ts'

const settings = z
  .object({
    PORT: z.coerce
      .number({ error: 'must be a whole number from 0 to 65535' })
      .int('must be a whole number from 0 to 65535')
      .min(0, 'must be a whole number from 0 to 65535')
      .max(65535, 'must be a whole number from 0 to 65535')
      .default(4000),
    HOST: z.string().min(1, 'must be a host name or an address').default('127.0.0.1'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .optional(),
    DATA_DIR: z.string().min(1, 'must be a folder').default('.data'),
    OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the address of an OpenID Connect provider' }).optional(),
    OIDC_AUDIENCE: z.string().min(1).optional(),
    OIDC_ROLE_CLAIM: z.string().min(1).default('role'),
    OIDC_UNIT_CLAIM: z.string().min(1).default('unit'),
    FIGURES_MEMORY_MB: z.coerce
      .number({ error: 'must be a number of megabytes, 1 or more' })
      .min(1, 'must be a number of megabytes, 1 or more')
      .default(512),
    MAX_COMPLEXITY: z.coerce
      .number({ error: 'must be a number, 1000 or more' })
      .min(1000, 'must be a number, 1000 or more')
      .default(500_000),
    DEMO: z.enum(['0', '1'], { error: 'must be 1 or 0' }).default('0'),
    LOG_LEVEL: z
      .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
        error: 'must be silent, fatal, error, warn, info, debug or trace',
      })
      .default('warn'),
  })
  .refine(({ OIDC_ISSUER, OIDC_AUDIENCE }) => (OIDC_ISSUER === undefined) === (OIDC_AUDIENCE === undefined), {
    path: ['OIDC_AUDIENCE'],
    error: 'goes with OIDC_ISSUER: set both or none',
  })

export interface Config {
  readonly port: number
  readonly host: string
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** Null: tokens are signed by this server's own key. */
  readonly oidc: OidcSettings | null
  /** Bytes that the figures of all years may take in memory. */
  readonly figuresMemory: number
  /** What an operation may cost, by estimate: about the values that it brings. */
  readonly maxComplexity: number
  readonly demo: boolean
  readonly logLevel: string
}

/**
 * Reads every setting from the environment; an empty one is unset.
 * @throws {StartFailure} naming all settings that are wrong, and what would be right
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return `${name} ${message}, not ${JSON.stringify(given[name])}`
    })
    throw new StartFailure(`settings: ${wrong.join('; ')}`)
  }
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: resolve(data.DATA_DIR),
    oidc: data.OIDC_ISSUER
      ? {
          issuer: data.OIDC_ISSUER,
          audience: data.OIDC_AUDIENCE as string,
          roleClaim: data.OIDC_ROLE_CLAIM,
          unitClaim: data.OIDC_UNIT_CLAIM,
        }
      : null,
    figuresMemory: data.FIGURES_MEMORY_MB * 1_000_000,
    maxComplexity: data.MAX_COMPLEXITY,
    demo: data.DEMO === '1',
    logLevel: data.LOG_LEVEL,
  }
}
