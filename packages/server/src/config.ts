import { resolve } from 'node:path'
import { z } from 'zod'
import { StartFailure } from './failure.ts'

const settings = z.object({
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
  DEMO: z.enum(['0', '1'], { error: 'must be 1 or 0' }).default('0'),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be silent, fatal, error, warn, info, debug or trace',
    })
    .default('warn'),
})

export interface Config {
  readonly port: number
  readonly host: string
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
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
    demo: data.DEMO === '1',
    logLevel: data.LOG_LEVEL,
  }
}
