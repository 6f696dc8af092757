import { pino } from 'pino'
import { readConfig } from './config.ts'
import { openDatabase } from './database/open.ts'
import { startServer } from './http/server.ts'
import { currentScope } from './request-scope.ts'

const STDERR = 2

/** Starts the server by its settings, prints the one line that says so, and stops at SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  const config = readConfig()
  const logger = pino(
    { level: config.logLevel, mixin: () => ({ requestId: currentScope()?.id }) },
    pino.destination({ fd: STDERR, sync: true }),
  )
  // Where a field of a list fails at once, the interpreter forgets what the fields beside it have begun. Their answer has
  // been told by then; Node would end the process.
  process.on('unhandledRejection', (error) => logger.warn({ err: error }, 'a failure that nobody waited for'))
  const database = await openDatabase(config)
  if (database.socketFolder) logger.info({ socketFolder: database.socketFolder }, 'the embedded database')
  const server = await startServer(config, database, logger).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      // Who says it twice does not want to wait: what is under way is cut, and the database is closed as it should be.
      if (stopping) return server.hurry()
      stopping = true
      logger.info({ signal }, 'stopping')
      await server.close()
      await database.close()
      process.exit(0)
    })
  }
  console.log(`ready ${server.url}`)
}
