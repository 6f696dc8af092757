// The image and the compose file, held to what the README promises of them.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { settings } from '../packages/server/src/config.ts'

const read = (name: string) => readFileSync(new URL(`../docker/${name}`, import.meta.url), 'utf8')

interface Service {
  readonly image?: string
  readonly user?: string
  readonly environment: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}
const compose = read('compose.yaml')
const { services } = parse(compose, { merge: true }) as { services: Record<string, Service> }
const dockerfile = read('Dockerfile')

test.each(Object.entries(services))(
  '%s has no right that it does not need, a bound on memory, and comes back',
  (_, service) => {
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      pids_limit: expect.any(Number),
    })
    expect(service.privileged).toBeUndefined()
    expect(service.cap_add).toBeUndefined()
    for (const port of (service.ports as string[] | undefined) ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  },
)

test('no user is root', () => {
  expect(services.postgres?.user).toBe('postgres')
  expect(services.server).toMatchObject({ read_only: true })
  expect(dockerfile).toMatch(/^USER node$/m)
})

test('no password has a default: compose stops and says so', () => {
  const uses = [...compose.matchAll(/\$\{(\w*PASSWORD\w*)([^}]*)\}/g)]
  expect(uses.length).toBeGreaterThan(0)
  for (const [, , otherwise] of uses) expect(otherwise).toMatch(/^:\?\S.*/)
  for (const { environment } of Object.values(services)) {
    for (const [name, value] of Object.entries(environment)) {
      if (/PASSWORD|SECRET|TOKEN/.test(name)) expect(value).toMatch(/^\$\{\w+:\?/)
      expect(value).not.toMatch(/:\/\/[^:/]+:(?!\$\{)[^@]+@/)
    }
  }
})

test('every setting of the server can be passed, but for those that the image fixes', () => {
  const fixed = ['HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'MIGRATION_DATABASE_URL']
  for (const name of Object.keys(settings.shape).filter((one) => !fixed.includes(one))) {
    expect([name, services.server?.environment[name]]).toEqual([name, expect.stringMatching(`^\\$\\{${name}:-`)])
  }
})

test('versions are whole, and of a Node that is supported', () => {
  const [, node] = /^ARG NODE_IMAGE=node:(\S+)$/m.exec(dockerfile) ?? []
  expect(node).toMatch(/^24\.\d+\.\d+-bookworm-slim(@sha256:[0-9a-f]{64})?$/)
  for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/^\$\{NODE_IMAGE\}$/)
  expect(dockerfile).toMatch(/pnpm@\d+\.\d+\.\d+/)
  expect(dockerfile).not.toMatch(/npx/)
  expect(services.postgres?.image).toMatch(/^\$\{POSTGRES_IMAGE:-postgres:15\.\d+-bookworm(@sha256:[0-9a-f]{64})?\}$/)
})
