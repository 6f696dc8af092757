// Who has signed in, for all tabs. The token stays in this module's memory: no other page of the site can read it, and it is
// gone with the page.
import { useSyncExternalStore } from 'react'

export interface Session {
  readonly subject: string
  readonly role: string
  readonly unit: string | null
  /** When the token ends; null: it does not say. */
  readonly until: Date | null
}

let token: string | null = null
let session: Session | null = null
const watchers = new Set<() => void>()

export const authorization = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

/** Whether it is good is the server's to say. */
export function keepToken(given: string): void {
  token = given
  session = sessionOf(given)
  for (const tell of watchers) tell()
}

export function signOut(): void {
  token = null
  session = null
  for (const tell of watchers) tell()
}

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

function claimsOf(jwt: string): Claims {
  try {
    const bytes = Uint8Array.from(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')), (sign) =>
      sign.charCodeAt(0),
    )
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims
  } catch {
    return {}
  }
}

function sessionOf(jwt: string): Session {
  const { sub, role, unit, exp } = claimsOf(jwt)
  return {
    subject: sub ?? '',
    role: role ?? '',
    unit: unit ?? null,
    until: exp === undefined ? null : new Date(exp * 1000),
  }
}
