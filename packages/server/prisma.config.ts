// For Prisma's own commands. The server itself connects through a driver adapter (src/database/).
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: '../../prisma/schema.prisma',
  migrations: { path: '../../prisma/migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
})
