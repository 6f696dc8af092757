// What the server wrote into the page.

export interface ReadyQuery {
  readonly name: string
  readonly about: string
  readonly text: string
  /** As JSON; empty for none. */
  readonly variables: string
  readonly kind: 'query' | 'mutation' | 'subscription'
}

export interface SavedQuery {
  readonly slug: string
  readonly version: number
  readonly title: string
  readonly description: string
  readonly text: string
  readonly variables: string
  readonly shared: boolean
}

export interface Opened {
  readonly text: string
  readonly variables: string
}

interface Options {
  readonly ready: readonly ReadyQuery[]
  readonly saved: readonly SavedQuery[]
  /** What the address asks for by `?saved=`; null: nothing. */
  readonly opened: Opened | null
}

export const options = JSON.parse(document.querySelector('#options')?.textContent ?? '') as Options

/** What the address asks for: by the name of a saved query, or by the text itself. */
export function openedByAddress(): Opened | null {
  if (options.opened) return options.opened
  const asked = new URLSearchParams(location.search)
  const text = asked.get('query')
  return text ? { text, variables: asked.get('variables') ?? '' } : null
}
