// What has been typed and not been stored yet, for as long as the page is open.
import { useCallback, useEffect, useState } from 'react'

export interface Draft {
  readonly texts: Readonly<Record<string, string>>
  readonly source: string
  readonly reason: string
}

const EMPTY: Draft = { texts: {}, source: '', reason: '' }
const drafts = new Map<string, Draft>()

const isTyped = ({ texts }: Draft) => Object.values(texts).some((text) => text.trim() !== '')

/** The draft of a unit's figures of a day: going to another view and back keeps it, leaving the page asks first. */
export function useDraft(key: string): readonly [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState(drafts.get(key) ?? EMPTY)
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...(drafts.get(key) ?? EMPTY), ...part }
      drafts.set(key, next)
      setDraft(next)
    },
    [key],
  )
  const clear = useCallback(() => {
    drafts.delete(key)
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
