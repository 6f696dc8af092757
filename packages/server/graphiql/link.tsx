// A link that brings a query back, to be copied; where the browser gives no clipboard, by hand.
import { Button } from '@graphiql/react'
import { useState } from 'react'
import { API } from './api.ts'

/** Longer addresses are cut or refused on their way, in mail and by servers. */
const LONGEST = 6000

const absolute = (parameters: Record<string, string>) =>
  `${location.origin}${API}?${new URLSearchParams(parameters).toString()}`

export const linkOfSaved = (slug: string): string => absolute({ saved: slug })

/** @returns null where it would be too long */
export function linkOf(text: string, variables: string): string | null {
  const link = absolute(variables.trim() ? { query: text, variables } : { query: text })
  return link.length > LONGEST ? null : link
}

export function Link({ address }: { readonly address: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(address)
    setCopied(true)
  }
  return (
    <div className="dienbien-link">
      <input readOnly aria-label="Liên kết" value={address} onFocus={(event) => event.target.select()} />
      {'clipboard' in navigator && (
        <Button type="button" onClick={() => void copy()}>
          {isCopied ? 'Đã sao chép' : 'Sao chép'}
        </Button>
      )}
    </div>
  )
}
