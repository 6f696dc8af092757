import type { Measure } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'

/** A figure with what it counts; a milestone has no number: it is held or it is not. */
export function Figure({
  value,
  of: { measure, unit },
  isWithdrawn = false,
}: {
  readonly value: number | null
  readonly of: { readonly measure: Measure; readonly unit: { readonly name: string } }
  readonly isWithdrawn?: boolean
}) {
  const { t, number } = useSettings()
  if (value === null) return <span className="quiet">–</span>
  const text = measure === 'MILESTONE' ? t(value === 1 ? 'yes' : 'no') : number(value)
  return (
    <>
      {isWithdrawn ? <s>{text}</s> : text}
      {measure !== 'MILESTONE' && (
        <>
          {/^[%‰]/.test(unit.name) ? '' : ' '}
          <span className="quiet">{unit.name}</span>
        </>
      )}
    </>
  )
}
