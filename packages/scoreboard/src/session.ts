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

/** @param names how the token names the role and the unit of who holds it */
export function signIn(key: string, names = { role: 'role', unit: 'unit' }): void {
  token = key
  session = { number: ++number, ...claimsOf(key, names) }
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

type Claims = Readonly<Record<string, unknown>>

function claimsOf(jwt: string, names: { readonly role: string; readonly unit: string }): Omit<Session, 'number'> {
  const claims = read(jwt)
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null)
  const { exp } = claims
  return {
    subject: text('sub'),
    role: text(names.role),
    unit: text(names.unit),
    until: typeof exp === 'number' ? new Date(exp * 1000) : null,
  }
}

function read(jwt: string): Claims {
  try {
    const part = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const claims: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0))),
    )
    return typeof claims === 'object' && claims !== null ? (claims as Claims) : {}
  } catch {
    return {}
  }
}

// Versions before this one kept it for as long as the tab was open.
sessionStorage.removeItem('dienbien-token')
