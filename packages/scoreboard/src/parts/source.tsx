import { useSettings } from '../settings.tsx'
import { Synthetic } from './status.tsx'

export interface Origin {
  readonly asOf: string
  readonly source: string | null
  readonly synthetic: boolean
  readonly recordedBy?: string | null
}

/** A source begins with its address, or holds one. */
const ADDRESS = /https?:\/\/[^\s;,)]+|^(?:[a-z0-9-]+\.)+(?:vn|com|org|net)\b/i

/** Where a figure comes from, as a link where it has an address. */
export function Source({ of }: { readonly of: Origin | null | undefined }) {
  if (!of) return null
  const text = of.source ?? of.recordedBy ?? ''
  const found = ADDRESS.exec(text)
  const [address] = found ?? []
  if (!found || !address) return <span>{text}</span>
  return (
    <span>
      {text.slice(0, found.index)}
      <a className="outside" href={/^https?:/.test(address) ? address : `https://${address}`} rel="noreferrer">
        {address}
      </a>
      {text.slice(found.index + address.length)}
    </span>
  )
}

/** The day that a figure stands for, and the mark of one that is invented. */
export function Day({ of }: { readonly of: Origin | null | undefined }) {
  const { date } = useSettings()
  if (!of) return <span className="quiet">–</span>
  return (
    <>
      {date(of.asOf)} <Synthetic show={of.synthetic} />
    </>
  )
}
