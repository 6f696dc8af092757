import { StartFailure } from './errors/failure.ts'

// Yoga and GraphQL read it when they are imported.
process.env.NODE_ENV ??= 'production'

const { start } = await import('./start.ts')
try {
  await start()
} catch (error) {
  if (error instanceof StartFailure) {
    console.error(`không khởi động được: ${error.text.vi}`)
    console.error(`cannot start: ${error.text.en}`)
  } else console.error('cannot start:', error)
  process.exit(1)
}
