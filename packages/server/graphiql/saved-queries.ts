// The saved queries that the viewer may see, as the page's parts share them.
import { useSyncExternalStore } from 'react'
import { ask, messagesOf } from './api.ts'
import SAVE from './operations/save-query.graphql?raw'
import LIST from './operations/saved-queries.graphql?raw'
import { options, type SavedQuery } from './options.ts'
import { signOut as forgetToken, keepToken } from './session.ts'

let list: readonly SavedQuery[] = options.saved
const watchers = new Set<() => void>()

export const useSavedQueries = (): readonly SavedQuery[] => useSyncExternalStore(watch, () => list)

function watch(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

/** @returns what went wrong; empty: nothing */
async function reload(headers: Record<string, string> = {}): Promise<string> {
  const answer = await ask({ query: LIST }, headers)
  const found = answer.data?.savedQueries
  if (found) {
    list = found as readonly SavedQuery[]
    for (const tell of watchers) tell()
  }
  return messagesOf(answer)
}

/**
 * Signs in where the server takes the token.
 * @returns what went wrong; empty: nothing
 */
export async function signIn(given: string): Promise<string> {
  const token = given.trim().replace(/^Bearer\s+/i, '')
  const problem = await reload({ authorization: `Bearer ${token}` })
  if (!problem) keepToken(token)
  return problem
}

export async function signOut(): Promise<void> {
  forgetToken()
  await reload()
}

export interface ToSave {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly text: string
  readonly variables: string
  readonly shared: boolean
  readonly expected: number
}

export type Saved = Pick<SavedQuery, 'slug' | 'version' | 'shared'>

interface SavePayload {
  readonly savedQuery: Saved | null
  readonly errors: readonly { readonly message: string }[]
}

export async function save(input: ToSave): Promise<Saved | string> {
  const answer = await ask({ query: SAVE, variables: { input } })
  const payload = answer.data?.saveQuery as SavePayload | null | undefined
  if (!payload?.savedQuery) return messagesOf(payload ?? answer)
  await reload()
  return payload.savedQuery
}
