import type { Text } from '@dienbien/targets'

/** What a client is told of a failure of the database, and what its server's operator should. */
interface DatabaseFailure {
  readonly code:
    | 'DATABASE_UNAVAILABLE'
    | 'DATABASE_BUSY'
    | 'DATABASE_FULL'
    | 'DATABASE_READ_ONLY'
    | 'DATABASE_DENIED'
    | 'DATABASE_UNFIT'
    | 'DATABASE_FAILED'
    | 'EDIT_CONFLICT'
    | 'BAD_INPUT'
  readonly text: Text
  /** HTTP status, where it is not an answer to the question itself. */
  readonly status?: number
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number
  /** Somebody has to look at the server or its code. */
  readonly alarming?: true
}

const UNAVAILABLE: DatabaseFailure = {
  code: 'DATABASE_UNAVAILABLE',
  text: {
    vi: 'Hiện không kết nối được cơ sở dữ liệu: hãy thử lại.',
    en: 'The database cannot be reached at the moment: try again.',
  },
  status: 503,
  retryAfter: 2,
}
const BUSY: DatabaseFailure = {
  code: 'DATABASE_BUSY',
  text: {
    vi: 'Cơ sở dữ liệu đang bận hoặc chờ người khác: chưa lưu gì. Hãy thử lại.',
    en: 'The database is too busy, or waits for somebody else: nothing was stored. Try again.',
  },
  status: 503,
  retryAfter: 1,
}
const FULL: DatabaseFailure = {
  code: 'DATABASE_FULL',
  text: {
    vi: 'Ổ đĩa của cơ sở dữ liệu đã đầy: chưa lưu gì. Vẫn đọc được; hãy thử lại khi có chỗ trống.',
    en: "The database's disk is full: nothing was stored. Reading goes on; try again when there is room.",
  },
  status: 507,
}
const READ_ONLY: DatabaseFailure = {
  code: 'DATABASE_READ_ONLY',
  text: {
    vi: 'Cơ sở dữ liệu hiện chỉ cho đọc: chưa lưu gì. Hãy thử lại sau.',
    en: 'The database can only be read at the moment: nothing was stored. Try again later.',
  },
  status: 503,
  retryAfter: 30,
}
const DENIED: DatabaseFailure = {
  code: 'DATABASE_DENIED',
  text: {
    vi: 'Máy chủ thiếu quyền trong cơ sở dữ liệu: chưa lưu gì. Người vận hành máy chủ cần kiểm tra.',
    en: "The server's role in the database lacks a right: nothing was stored. Whoever runs the server must look.",
  },
  status: 503,
  alarming: true,
}
const UNFIT: DatabaseFailure = {
  code: 'DATABASE_UNFIT',
  text: {
    vi: 'Cơ sở dữ liệu không đúng phiên bản của máy chủ. Người vận hành máy chủ cần kiểm tra.',
    en: "The database is not of this server's version. Whoever runs the server must look.",
  },
  status: 503,
  alarming: true,
}
const FAILED: DatabaseFailure = {
  code: 'DATABASE_FAILED',
  text: {
    vi: 'Cơ sở dữ liệu gặp sự cố: chưa lưu gì. Người vận hành máy chủ cần kiểm tra.',
    en: 'The database failed: nothing was stored. Whoever runs the server must look.',
  },
  status: 503,
  alarming: true,
}
const TAKEN: DatabaseFailure = {
  code: 'EDIT_CONFLICT',
  text: {
    vi: 'Người khác vừa sửa cùng nội dung này: chưa lưu gì. Đọc lại rồi thử lại.',
    en: 'Somebody else changed the same at this moment: nothing was stored. Read it again, then try again.',
  },
}
const REFUSED: DatabaseFailure = {
  code: 'BAD_INPUT',
  text: {
    vi: 'Cơ sở dữ liệu không giữ được một trong các giá trị: chưa lưu gì.',
    en: 'The database cannot keep one of the values: nothing was stored.',
  },
  alarming: true,
}

/** By PostgreSQL's codes, or their first letters; the longest that fits counts. */
const BY_POSTGRES: Readonly<Record<string, DatabaseFailure>> = {
  '08': UNAVAILABLE, // connections
  '22': REFUSED, // values: out of range, not of the type, a text that it can't keep
  '23': REFUSED, // its rules for values
  '23503': TAKEN, // refers to what is gone
  '23505': TAKEN, // taken
  '25006': READ_ONLY, // a standby, or set so
  '25P03': BUSY, // the transaction did nothing for too long
  '25P04': BUSY, // the transaction took too long
  '28': UNAVAILABLE, // sign-in
  '3D': UNAVAILABLE, // no such database
  '40': BUSY, // deadlocks and conflicts of transactions
  '42501': DENIED,
  '42703': UNFIT, // no such column
  '42P01': UNFIT, // no such table
  '42883': UNFIT, // no such function
  '53': BUSY, // memory, connections
  '53100': FULL,
  '54': REFUSED, // too long, too deep
  '55000': UNAVAILABLE, // a database that does not take connections
  '55P03': BUSY, // a lock that did not come
  '57014': BUSY, // a statement that took too long
  '57': UNAVAILABLE, // shut down, starting, crashed
  '58': FAILED, // the system under it
  XX: FAILED, // defects and damage
}

/** Of Prisma itself. */
const BY_PRISMA: Readonly<Record<string, DatabaseFailure>> = {
  P1: UNAVAILABLE,
  P2002: TAKEN,
  P2003: TAKEN,
  P2021: UNFIT,
  P2022: UNFIT,
  P2020: REFUSED,
  P2024: BUSY, // no connection came free
  P2028: BUSY, // a transaction that could not begin, or took too long
  P2034: BUSY,
  P2037: BUSY,
}

/** What Prisma's adapter calls what the driver said without a code. */
const BY_KIND: Readonly<Record<string, DatabaseFailure>> = {
  DatabaseNotReachable: UNAVAILABLE,
  ConnectionClosed: UNAVAILABLE,
  SocketTimeout: UNAVAILABLE,
  TlsConnectionError: UNAVAILABLE,
  TransactionWriteConflict: BUSY,
  TooManyConnections: BUSY,
}

const OF_THE_NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/
/** The pool, the driver and the embedded database's socket say some of it in words only. */
const WORDS: readonly (readonly [RegExp, DatabaseFailure])[] = [
  [/^timeout exceeded when trying to connect|^Query read timeout/, BUSY],
  [
    /Connection terminated|connection error and is not queryable|Client was closed and is not queryable|not currently accepting connections|Client has already been|Handler disconnected/,
    UNAVAILABLE,
  ],
]
const POSTGRES_CODE = /^[0-9A-Z]{5}$/

interface Shape {
  readonly name?: unknown
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
  readonly kind?: unknown
  readonly originalCode?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown } | undefined
}

/** @returns null where it is no failure of a database */
export function databaseFailure(error: unknown, depth = 0): DatabaseFailure | null {
  if (typeof error !== 'object' || error === null || depth > 4) return null
  const { name, code, message, cause, errors, kind, originalCode, meta } = error as Shape
  // What is deepest was said by the database itself.
  for (const inner of [meta?.driverAdapterError, cause, ...(Array.isArray(errors) ? errors : [])]) {
    const failure = databaseFailure(inner, depth + 1)
    if (failure) return failure
  }
  for (const cause of [originalCode, code]) {
    if (typeof cause !== 'string') continue
    if (OF_THE_NETWORK.test(cause)) return UNAVAILABLE
    const found = /^P\d{4}$/.test(cause)
      ? longest(BY_PRISMA, cause)
      : POSTGRES_CODE.test(cause) && longest(BY_POSTGRES, cause)
    if (found) return found
  }
  if (typeof kind === 'string' && BY_KIND[kind]) return BY_KIND[kind]
  if (name === 'PrismaClientInitializationError') return UNAVAILABLE
  if (typeof message !== 'string' || !(error instanceof Error)) return null
  return WORDS.find(([words]) => words.test(message))?.[1] ?? null
}

function longest(table: Readonly<Record<string, DatabaseFailure>>, code: string): DatabaseFailure | null {
  for (let length = code.length; length > 1; length--) {
    const failure = table[code.slice(0, length)]
    if (failure) return failure
  }
  return null
}
