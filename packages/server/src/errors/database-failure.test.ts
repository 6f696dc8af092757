// The shapes are those that PostgreSQL 15, node-postgres 8 and Prisma 7 gave when they were provoked.
import { databaseFailure } from './database-failure.ts'

const postgres = (code: string, message = 'x') => Object.assign(new Error(message), { code, severity: 'ERROR' })
const prisma = (code: string, cause?: object, message = 'Raw query failed') =>
  Object.assign(new Error(message), {
    name: 'PrismaClientKnownRequestError',
    code,
    meta: cause ? { driverAdapterError: Object.assign(new Error('x'), { name: 'DriverAdapterError', cause }) } : {},
  })
const raw = (originalCode: string, kind = 'postgres') => prisma('P2010', { originalCode, originalMessage: 'x', kind })

const BOTH: readonly (readonly [code: string, kind: string, told: string])[] = [
  ['40P01', 'TransactionWriteConflict', 'DATABASE_BUSY'],
  ['40001', 'TransactionWriteConflict', 'DATABASE_BUSY'],
  ['55P03', 'postgres', 'DATABASE_BUSY'],
  ['57014', 'postgres', 'DATABASE_BUSY'],
  ['25P03', 'postgres', 'DATABASE_BUSY'],
  ['53200', 'postgres', 'DATABASE_BUSY'],
  ['53300', 'TooManyConnections', 'DATABASE_BUSY'],
  ['53100', 'postgres', 'DATABASE_FULL'],
  ['25006', 'postgres', 'DATABASE_READ_ONLY'],
  ['57P01', 'postgres', 'DATABASE_UNAVAILABLE'],
  ['57P02', 'postgres', 'DATABASE_UNAVAILABLE'],
  ['57P03', 'postgres', 'DATABASE_UNAVAILABLE'],
  ['08006', 'postgres', 'DATABASE_UNAVAILABLE'],
  ['28000', 'DatabaseAccessDenied', 'DATABASE_UNAVAILABLE'],
  ['28P01', 'AuthenticationFailed', 'DATABASE_UNAVAILABLE'],
  ['3D000', 'DatabaseDoesNotExist', 'DATABASE_UNAVAILABLE'],
  ['42501', 'postgres', 'DATABASE_DENIED'],
  ['42P01', 'TableDoesNotExist', 'DATABASE_UNFIT'],
  ['58030', 'postgres', 'DATABASE_FAILED'],
  ['XX000', 'postgres', 'DATABASE_FAILED'],
  ['22003', 'ValueOutOfRange', 'BAD_INPUT'],
  ['22P02', 'InvalidInputValue', 'BAD_INPUT'],
  ['22021', 'postgres', 'BAD_INPUT'],
  ['23514', 'postgres', 'BAD_INPUT'],
  ['54000', 'postgres', 'BAD_INPUT'],
  ['23505', 'UniqueConstraintViolation', 'EDIT_CONFLICT'],
  ['23503', 'ForeignKeyConstraintViolation', 'EDIT_CONFLICT'],
]

test.each(BOTH)('%s is told the same of the driver and of Prisma (%s): %s', (code, kind, message) => {
  expect(databaseFailure(postgres(code))?.code).toBe(message)
  expect(databaseFailure(raw(code, kind))?.code).toBe(message)
})

test.each([
  ['a pool that waits for ever', new Error('timeout exceeded when trying to connect'), 'DATABASE_BUSY'],
  [
    'a connection that was lost between two statements',
    new Error('Client has encountered a connection error and is not queryable'),
    'DATABASE_UNAVAILABLE',
  ],
  ['a connection that ended', new Error('Connection terminated unexpectedly'), 'DATABASE_UNAVAILABLE'],
  ['a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'DATABASE_UNAVAILABLE'],
  [
    'a host of two addresses that refuse',
    new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })], ''),
    'DATABASE_UNAVAILABLE',
  ],
  ['raw SQL on a refused connection', prisma('P2010', { kind: 'DatabaseNotReachable' }), 'DATABASE_UNAVAILABLE'],
  ['a query on a refused connection', prisma('P1001', { kind: 'DatabaseNotReachable' }), 'DATABASE_UNAVAILABLE'],
  ['a connection that Prisma saw close', prisma('P1017', { kind: 'ConnectionClosed' }), 'DATABASE_UNAVAILABLE'],
  ['a transaction that took too long', prisma('P2028'), 'DATABASE_BUSY'],
  ['too many connections', prisma('P2037', { originalCode: '53300', kind: 'TooManyConnections' }), 'DATABASE_BUSY'],
  ['a failure in another', new Error('the refresh failed', { cause: postgres('57P01') }), 'DATABASE_UNAVAILABLE'],
] as const)('%s', (_, error, message) => {
  expect(databaseFailure(error)?.code).toBe(message)
})

test.each([
  new Error('something else'),
  new TypeError("Cannot read properties of undefined (reading 'x')"),
  prisma('P2025'),
  Object.assign(new Error('no such file'), { code: 'ENOENT' }),
  null,
  'text',
])('%s is no failure of the database', (error) => {
  expect(databaseFailure(error)).toBeNull()
})

test('whoever must wait is told how long, and what somebody has to look at goes to the log', () => {
  expect(databaseFailure(postgres('40P01'))).toMatchObject({ status: 503, retryAfter: 1 })
  expect(databaseFailure(postgres('57P01'))).toMatchObject({ status: 503, retryAfter: 2 })
  expect(databaseFailure(postgres('42501'))).toMatchObject({ alarming: true })
  expect(databaseFailure(postgres('57P01'))).not.toHaveProperty('alarming')
})
