import { resolve } from 'node:path'
import type { Text } from '@dienbien/targets'
import { compile } from 'proxy-addr'
import { z } from 'zod'
import type { OidcSettings } from './accounts/verifier.ts'
import { StartFailure, withoutPasswords } from './errors/failure.ts'
import { isLoopback } from './http/network.ts'
import type { PagesClient } from './http/resource-metadata.ts'

/**
 * An office of forty browsers behind one address, each with 250,000 a minute: three times the dearest ready query that needs
 * no token. By `bench/cost.js` 1,000 take 0.1 to 2.5 ms of the processor, 0.7 as a rule: whoever asks for as much as
 * is allowed takes about 7 s of each minute, and 25 s at worst.
 */
const DEFAULT_RATE_LIMIT = 10_000_000

/** What is wrong in both languages, in the one text that Zod hands on; {@link textOf} parts it. */
const both = (vi: string, en: string) => `${vi}\n${en}`
function textOf(message: string): Text {
  const [vi = '', en = vi] = message.split('\n')
  return { vi, en }
}

const mustBe = (vi: string, en: string) => both(`phải là ${vi}`, `must be ${en}`)

const number = (vi: string, en: string, least: number) => {
  const error = mustBe(vi, en)
  return z.coerce.number({ error }).min(least, error)
}
const port = () => {
  const error = mustBe('số nguyên từ 0 đến 65535', 'a whole number from 0 to 65535')
  return z.coerce.number({ error }).int(error).min(0, error).max(65535, error)
}
const flag = () => z.enum(['0', '1'], { error: mustBe('1 hoặc 0', '1 or 0') }).default('0')
const postgres = () =>
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, both('phải bắt đầu bằng postgresql://', 'must begin with postgresql://'))
    .optional()
const list = () =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .optional()

function areNetworks(values: readonly string[] | undefined): boolean {
  try {
    compile([...(values ?? [])])
    return true
  } catch {
    return false
  }
}

const NO_LIMIT = ['0 để không giới hạn, hoặc một số từ 1000 trở lên', '0 for none, or a number, 1000 or more'] as const
const SECONDS = ['số giây từ 0 đến 3600', 'a number of seconds from 0 to 3600'] as const

/** Every setting, with what the README says of it. */
export const settings = z.object({
  PORT: port().default(4000).describe('where to listen; 0 picks a free port'),
  HOST: z
    .string()
    .min(1, mustBe('tên máy hoặc địa chỉ', 'a host name or an address'))
    .default('127.0.0.1')
    .describe('where to listen'),
  DATABASE_URL: postgres().describe('a PostgreSQL 15+ server; unset means the embedded one'),
  MIGRATION_DATABASE_URL: postgres().describe(
    "the same database as its owner: migrations run by it, and `DATABASE_URL`'s role may then only add to what never changes",
  ),
  REPLICA_URLS: list().describe('streaming standbys of it that queries read from, separated by commas'),
  DATA_DIR: z
    .string()
    .min(1, mustBe('thư mục', 'a folder'))
    .default('.data')
    .describe('where the embedded database lives, and the keys that sign tokens and the trail'),
  TRAIL_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      "the Ed25519 key that signs the trail's heads, for several servers one; unset: `trail-key` in `DATA_DIR`",
    ),
  DEMO: flag().describe('`1` also loads the synthetic data set'),
  OIDC_ISSUER: z
    .url({
      protocol: /^https?$/,
      error: mustBe('địa chỉ của nơi cấp tài khoản OpenID Connect', 'the address of an OpenID Connect provider'),
    })
    .optional()
    .describe("an OpenID Connect provider; then this server's own tokens are not taken"),
  OIDC_AUDIENCE: z.string().min(1).optional().describe('what its tokens must be meant for'),
  OIDC_ROLE_CLAIM: z.string().min(1).default('role').describe('the claim that holds the role'),
  OIDC_UNIT_CLAIM: z.string().min(1).default('unit').describe('the claim that holds the unit'),
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe(
      'the public client by which people sign in on the pages (authorization code with PKCE, redirected to `/bao-cao`); unset: they take tokens only',
    ),
  OIDC_SCOPE: z.string().min(1).default('openid').describe('what that client asks for, separated by spaces'),
  MAX_COMPLEXITY: number('một số từ 1000 trở lên', 'a number, 1000 or more', 1000)
    .default(500_000)
    .describe(
      'what an operation may cost: one for each value that it brings and more for what has to be read or computed first, about a microsecond each; the ready queries take less than 150,000, but the one of the trail, which is held against all tables: nearly all of it',
    ),
  RATE_LIMIT: number(...NO_LIMIT, 0)
    .refine((cost) => cost === 0 || cost >= 1000, mustBe(...NO_LIMIT))
    .optional()
    .describe(
      'what a token, or an address without one, may ask for in a minute, in the same measure; `0`: no limit; unset: none where `HOST` is loopback, else 10,000,000',
    ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, both('phải bắt đầu bằng redis:// hoặc rediss://', 'must begin with redis:// or rediss://'))
    .optional()
    .describe(
      'a Redis or Valkey, in which many servers count `RATE_LIMIT` together; while it is away each counts alone',
    ),
  STOP_AFTER_S: number(...SECONDS, 0)
    .max(3600, mustBe(...SECONDS))
    .default(0)
    .describe(
      'from SIGTERM on, how long the server still listens with `/health/ready` at 503, so that a proxy can turn away',
    ),
  ONLY_TRUSTED: flag().describe(
    '`1` answers the ready queries, the pages and trusted documents only; administrators may ask anything',
  ),
  TRUSTED_PROXIES: list()
    .refine(
      areNetworks,
      mustBe(
        'địa chỉ, mạng, hoặc loopback, linklocal, uniquelocal, cách nhau bằng dấu phẩy',
        'addresses, networks, or loopback, linklocal, uniquelocal, separated by commas',
      ),
    )
    .describe(
      'addresses or networks (`loopback`, `10.0.0.0/8`, …), separated by commas, whose `X-Forwarded-For` is believed',
    ),
  FIGURES_MEMORY_MB: number('số megabyte, từ 1 trở lên', 'a number of megabytes, 1 or more', 1)
    .default(512)
    .describe('for figures in memory; 16 bytes each'),
  METRICS_PORT: port().optional().describe("where `/metrics` is served in Prometheus' format; unset: nowhere"),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: mustBe(
        'silent, fatal, error, warn, info, debug hoặc trace',
        'silent, fatal, error, warn, info, debug or trace',
      ),
    })
    .default('warn')
    .describe('of the log on standard error, JSON lines, silent to trace; `info` has a line for each request'),
})

const consistent = settings
  .refine(({ OIDC_ISSUER, OIDC_AUDIENCE }) => (OIDC_ISSUER === undefined) === (OIDC_AUDIENCE === undefined), {
    path: ['OIDC_AUDIENCE'],
    error: both('đi cùng OIDC_ISSUER: đặt cả hai hoặc không đặt', 'goes with OIDC_ISSUER: set both or none'),
  })
  .refine(({ OIDC_ISSUER, OIDC_CLIENT_ID }) => !OIDC_CLIENT_ID || OIDC_ISSUER, {
    path: ['OIDC_CLIENT_ID'],
    error: both(
      'đi cùng OIDC_ISSUER: là ứng dụng của nơi cấp tài khoản đó',
      'goes with OIDC_ISSUER: it is a client of that provider',
    ),
  })
  .refine(({ DATABASE_URL, REPLICA_URLS }) => !REPLICA_URLS || DATABASE_URL, {
    path: ['REPLICA_URLS'],
    error: both(
      'đi cùng DATABASE_URL: cơ sở dữ liệu đi kèm không có bản sao',
      'goes with DATABASE_URL: the embedded database has no replicas',
    ),
  })

  .refine(({ DATABASE_URL, MIGRATION_DATABASE_URL }) => !MIGRATION_DATABASE_URL || DATABASE_URL, {
    path: ['MIGRATION_DATABASE_URL'],
    error: both(
      'đi cùng DATABASE_URL: cơ sở dữ liệu đi kèm chỉ có một người dùng',
      'goes with DATABASE_URL: the embedded database has one user',
    ),
  })

export interface Config {
  readonly port: number
  readonly host: string
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  /** The same database as its owner; null: `databaseUrl` is. */
  readonly migrationUrl: string | null
  readonly replicaUrls: readonly string[]
  readonly dataDir: string
  /** Null: in `dataDir`. */
  readonly trailKeyFile: string | null
  /** Null: tokens are signed by this server's own key. */
  readonly oidc: OidcSettings | null
  /** By which people sign in on the pages; null: they take tokens only. */
  readonly pagesClient: PagesClient | null
  /** Bytes that the figures of all years may take in memory. */
  readonly figuresMemory: number
  /** What an operation may cost, by estimate: about the microseconds that it takes. */
  readonly maxComplexity: number
  /** Cost that a token or an address may ask for in a minute; null: any. */
  readonly rateLimit: number | null
  /** Where servers count together; null: each by itself. */
  readonly redisUrl: string | null
  /** From being told to stop until no new connection is taken. */
  readonly stopAfterMs: number
  readonly onlyTrusted: boolean
  readonly trustedProxies: readonly string[]
  /** Null: no metrics are served. */
  readonly metricsPort: number | null
  readonly demo: boolean
  readonly logLevel: string
}

/**
 * Reads every setting from the environment; an empty one is unset.
 * @throws {StartFailure} naming all settings that are wrong, and what would be right
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const values = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = consistent.safeParse(values)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      const { vi, en } = textOf(message)
      // One that another calls for was not given.
      if (values[name] === undefined) return { vi: `${name} ${vi}`, en: `${name} ${en}` }
      const value = withoutPasswords(JSON.stringify(values[name]))
      return { vi: `${name} ${vi}, không phải ${value}`, en: `${name} ${en}, not ${value}` }
    })
    throw new StartFailure({
      vi: `cài đặt: ${wrong.map(({ vi }) => vi).join('; ')}`,
      en: `settings: ${wrong.map(({ en }) => en).join('; ')}`,
    })
  }
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    migrationUrl: data.MIGRATION_DATABASE_URL ?? null,
    replicaUrls: data.REPLICA_URLS ?? [],
    dataDir: resolve(data.DATA_DIR),
    trailKeyFile: data.TRAIL_KEY_FILE ? resolve(data.TRAIL_KEY_FILE) : null,
    oidc: data.OIDC_ISSUER
      ? {
          issuer: data.OIDC_ISSUER,
          audience: data.OIDC_AUDIENCE as string,
          roleClaim: data.OIDC_ROLE_CLAIM,
          unitClaim: data.OIDC_UNIT_CLAIM,
        }
      : null,
    pagesClient: data.OIDC_CLIENT_ID ? { id: data.OIDC_CLIENT_ID, scope: data.OIDC_SCOPE } : null,
    figuresMemory: data.FIGURES_MEMORY_MB * 1_000_000,
    maxComplexity: data.MAX_COMPLEXITY,
    rateLimit: (data.RATE_LIMIT ?? (isLoopback(data.HOST) ? 0 : DEFAULT_RATE_LIMIT)) || null,
    redisUrl: data.REDIS_URL ?? null,
    stopAfterMs: data.STOP_AFTER_S * 1000,
    onlyTrusted: data.ONLY_TRUSTED === '1',
    trustedProxies: data.TRUSTED_PROXIES ?? [],
    metricsPort: data.METRICS_PORT ?? null,
    demo: data.DEMO === '1',
    logLevel: data.LOG_LEVEL,
  }
}
