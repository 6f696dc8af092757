// Who has signed in. The token stays in this module's memory: no other page of the site can read it, nothing keeps it after
// a reload, and no part of the view is handed it.
import { useSyncExternalStore } from 'react'

export interface Session {
  /** Tells one signing-in from the next. */
  readonly number: number
  /** The unit that the token speaks for, to begin with it; whether it may is the server's to say. */
  readonly unit: string | null
}

let token: string | null = null
let session: Session | null = null
let number = 0
const watchers = new Set<() => void>()

export function signIn(given: string): void {
  token = given
  session = { number: ++number, unit: unitOf(given) }
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

function unitOf(jwt: string): string | null {
  try {
    const part = jwt.split('.')[1] ?? ''
    return (JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/'))) as { unit?: string }).unit ?? null
  } catch {
    return null
  }
}

// Versions before this one kept it for as long as the tab was open.
sessionStorage.removeItem('dienbien-token')
