import { lazy, Suspense } from 'react'
import { useSettings } from '../settings.tsx'
import type { DayFieldProps } from './day-field.tsx'

const DayField = lazy(() => import('./day-field.tsx'))

/** A field for a day, with the day as text until it is there: the first view does not wait for it. */
export function DayChoice(props: DayFieldProps) {
  const { date } = useSettings()
  return (
    <Suspense
      fallback={
        <span>
          {props.label} {date(props.value)}
        </span>
      }
    >
      <DayField {...props} />
    </Suspense>
  )
}
