// Metrics in Prometheus' format, on a port of their own: they are for who runs the server, not for who asks it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FigureStore } from '../figures/store.ts'
import type { AnswerWay } from '../request-scope.ts'

/** Names are chosen by clients: past so many different ones the rest count as "other". */
const MOST_OPERATIONS = 200

interface Done {
  readonly operation: string
  readonly status: number
  readonly seconds: number
  readonly way: AnswerWay | null
  readonly codes: Iterable<string>
}

export interface Metrics {
  readonly registry: Registry
  /** A request has come; call what it returns when it is over. */
  began(): (done: Done) => void
}

export function createMetrics(pool: Pool, store: FigureStore): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'dienbien_request_duration_seconds',
    help: 'Requests by operation and HTTP status, and how long they took.',
    labelNames: ['operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const errors = new Counter({
    name: 'dienbien_errors_total',
    help: 'Requests in which the client was told an error, by code.',
    labelNames: ['code'],
    registers,
  })
  const answers = new Counter({
    name: 'dienbien_answers_total',
    help: 'Answers of the API by their way: kept from before, made directly, or by the library.',
    labelNames: ['way'],
    registers,
  })
  const inFlight = new Gauge({
    name: 'dienbien_requests_in_flight',
    help: 'Requests and subscriptions that are not over.',
    registers,
  })
  gaugesOfState(registers, pool, store)
  const names = new Set<string>()
  const known = (operation: string) => {
    if (names.size < MOST_OPERATIONS) names.add(operation)
    return names.has(operation) ? operation : 'other'
  }
  return {
    registry,
    began() {
      inFlight.inc()
      return ({ operation, status, seconds, way, codes }) => {
        inFlight.dec()
        if (way) answers.inc({ way })
        duration.observe({ operation: known(operation), status }, seconds)
        for (const code of codes) errors.inc({ code })
      }
    },
  }
}

/** What is read at the moment when the metrics are asked for. */
function gaugesOfState(registers: Registry[], pool: Pool, store: FigureStore): void {
  gauge('dienbien_pool_waiting', 'Statements that wait for a connection to the database.', [], (set) =>
    set({}, pool.waitingCount),
  )
  gauge('dienbien_pool_connections', 'Connections to the database.', ['state'], (set) => {
    set({ state: 'idle' }, pool.idleCount)
    set({ state: 'used' }, pool.totalCount - pool.idleCount)
  })
  gauge('dienbien_figures_bytes', 'Memory taken by the figures of a year.', ['year'], (set) => {
    for (const { year, bytes } of store.loaded()) set({ year: String(year) }, bytes)
  })
  gauge('dienbien_figures', 'Figures of a year in memory.', ['year'], (set) => {
    for (const { year, size } of store.loaded()) set({ year: String(year) }, size)
  })
  gauge('dienbien_figures_age_seconds', 'Since the figures of a year were last read.', ['year'], (set) => {
    for (const { year, readAt } of store.loaded()) set({ year: String(year) }, (Date.now() - readAt) / 1000)
  })

  function gauge(
    name: string,
    help: string,
    labelNames: string[],
    read: (set: (labels: Record<string, string>, value: number) => void) => void,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        read((labels, value) => this.set(labels, value))
      },
    })
  }
}

/**
 * Serves `/metrics`.
 * @param listen makes it listen
 */
export async function serveMetrics(
  { registry }: Metrics,
  listen: (server: Server) => Promise<void>,
): Promise<{ readonly port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
  })
  await listen(server)
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
