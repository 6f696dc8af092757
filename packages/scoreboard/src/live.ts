// What others change shows without a reload. One tab of a browser listens for all: over HTTP/1.1 a browser has six
// connections to a server, and a tab that keeps one each would leave the seventh tab none.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ENDPOINT } from './client.ts'
import { Changes } from './generated/api.ts'

const NAME = 'dienbien-changes'
/** Many changes in a row are asked about at most so often. */
const PAUSE_MS = 1000

/** Asks anew for everything shown when something has changed, while the tab is seen. */
export function useLive(): void {
  const client = useQueryClient()
  useEffect(() => follow(client), [client])
}

function follow(client: QueryClient): () => void {
  const channel = new BroadcastChannel(NAME)
  let listening: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void client.invalidateQueries()
    }, PAUSE_MS / 4)
  }
  // What a hidden tab hears it asks about when it is seen again, as then nobody may have listened.
  channel.onmessage = () => document.visibilityState === 'visible' && refresh()
  const look = () => {
    if (document.visibilityState === 'hidden') {
      listening?.abort()
      listening = null
    } else if (!listening) {
      listening = new AbortController()
      listen(listening.signal, () => {
        channel.postMessage('changed')
        refresh()
      })
    }
  }
  const seen = () => {
    if (document.visibilityState === 'visible') refresh()
    look()
  }
  look()
  document.addEventListener('visibilitychange', seen)
  return () => {
    document.removeEventListener('visibilitychange', seen)
    listening?.abort()
    clearTimeout(timer)
    channel.close()
  }
}

/** Listens until told to stop, once it is this tab's turn: who holds the lock listens for the others. */
function listen(signal: AbortSignal, changed: () => void): void {
  const open = () =>
    new Promise<void>((resolve) => {
      const source = new EventSource(`${ENDPOINT}?${new URLSearchParams({ query: Changes.text })}`)
      source.addEventListener('next', changed)
      source.addEventListener('complete', () => source.close())
      const end = () => {
        source.close()
        resolve()
      }
      if (signal.aborted) end()
      signal.addEventListener('abort', end)
    })
  // Browsers have no locks on a page that came without TLS from another machine: then each tab that is seen listens.
  if (!('locks' in navigator)) void open()
  else navigator.locks.request(NAME, { signal }, open).catch(() => undefined)
}
