// Who has signed in. The token stays in this module's memory: no other page of the site can read it, nothing keeps it after
// a reload, and no part of the view is handed it.
import { useSyncExternalStore } from 'react'

export interface Session {
  /** Tells one signing-in from the next. */
  readonly number: number
  /** What the token says of who holds it; whether it may do anything is the server's to say. */
  readonly subject: string | null
  readonly role: string | null
  readonly unit: string | null
  readonly until: Date | null
}

let token: string | null = null
let session: Session | null = null
let number = 0
const watchers = new Set<() => void>()

export function signIn(given: string): void {
  token = given
  session = { number: ++number, ...claimsOf(given) }
  for (const tell of watchers) tell()
}

export function signOut(): void {
  token = null
  session = null
  for (const tell of watchers) tell()
}

export const authorization = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

export const useSession = (): Session | null => useSyncExternalStore(watch, () => session)

function watch(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

interface Claims {
  readonly sub?: string
  readonly role?: string
  readonly unit?: string
  readonly exp?: number
}

function claimsOf(jwt: string): Omit<Session, 'number'> {
  const { sub, role, unit, exp } = read(jwt)
  return {
    subject: sub ?? null,
    role: role ?? null,
    unit: unit ?? null,
    until: exp === undefined ? null : new Date(exp * 1000),
  }
}

function read(jwt: string): Claims {
  try {
    const part = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)))) as Claims
  } catch {
    return {}
  }
}

// Versions before this one kept it for as long as the tab was open.
sessionStorage.removeItem('dienbien-token')
