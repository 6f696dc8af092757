import { useSettings } from '../settings.tsx'
import { Synthetic } from './status.tsx'

interface Before {
  readonly year: number
  readonly value: number | null
  readonly synthetic: boolean
  /** Why the series breaks there. */
  readonly reason: string | null
  readonly of: readonly { readonly code: string; readonly name: string }[]
}

/** What it came to in the year before, by whose figures, or why that is not known. */
export function YearBefore({
  of: before,
  unit,
  code,
}: {
  readonly of: Before | null | undefined
  /** Of the figure. */
  readonly unit: string
  /** Whose page it is. */
  readonly code: string
}) {
  const { t, quantity } = useSettings()
  if (!before || (before.value === null && before.reason === null)) return null
  const others = before.of.filter((unit) => unit.code !== code).map(({ name }) => name)
  return (
    <p className="quiet">
      {t('yearBefore')} ({before.year}): {before.reason ?? quantity(before.value, unit)}
      {others.length > 0 && ` (${t('predecessors')}: ${others.join(', ')})`} <Synthetic show={before.synthetic} />
    </p>
  )
}
