// What has been typed and not been stored yet: for as long as the tab is open, a reload or a crash included.
import { useCallback, useEffect, useState } from 'react'

export interface Draft {
  readonly texts: Readonly<Record<string, string>>
  readonly source: string
  readonly reason: string
}

const EMPTY: Draft = { texts: {}, source: '', reason: '' }
const KEPT_AS = 'dienbien-drafts'
const drafts = new Map<string, Draft>(read())

function read(): readonly (readonly [string, Draft])[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]') as (readonly [string, Draft])[]
  } catch {
    return []
  }
}

function keep(): void {
  try {
    if (drafts.size === 0) sessionStorage.removeItem(KEPT_AS)
    else sessionStorage.setItem(KEPT_AS, JSON.stringify([...drafts]))
  } catch {
    // A browser that keeps nothing for pages: they live as long as this one.
  }
}

const isTyped = ({ texts }: Draft) => Object.values(texts).some((text) => text.trim() !== '')

/** The draft of a unit's figures of a day: going to another view and back keeps it, leaving the page asks first. */
export function useDraft(key: string): readonly [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState(drafts.get(key) ?? EMPTY)
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...(drafts.get(key) ?? EMPTY), ...part }
      drafts.set(key, next)
      keep()
      setDraft(next)
    },
    [key],
  )
  const clear = useCallback(() => {
    drafts.delete(key)
    keep()
    setDraft(EMPTY)
  }, [key])
  const isOpen = isTyped(draft)
  useEffect(() => {
    if (!isOpen) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isOpen])
  return [draft, change, clear]
}
