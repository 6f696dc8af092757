import { parseDate } from '@internationalized/date'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components/DateField'
import { useSettings } from '../settings.tsx'
import { InLanguage } from './in-language.tsx'

/** Fetched by who opens it, and by nobody's first view: React Aria's own DatePicker brings it along. */
const Days = lazy(() => import('./days.tsx'))

export interface DayFieldProps {
  readonly label: string
  /** ISO dates. */
  readonly value: string
  readonly min: string
  readonly max: string
  readonly onChange: (day: string) => void
}

/** A day, typed or from a calendar, as the page's language writes it; told when it is a whole one between its bounds. */
export default function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const { t } = useSettings()
  const [typed, setTyped] = useState<ReturnType<typeof parseDate> | null>(() => parseDate(value))
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => setTyped(parseDate(value)), [value])
  const tell = (day: string | undefined) => {
    if (day && day >= min && day <= max && day !== value) onChange(day)
  }
  return (
    <InLanguage>
      <span className="day">
        <DateField
          className="day"
          value={typed}
          minValue={parseDate(min)}
          maxValue={parseDate(max)}
          shouldForceLeadingZeros
          onChange={(day) => {
            setTyped(day)
            tell(day?.toString())
          }}
        >
          <Label>{label}</Label>{' '}
          <DateInput className="day-input">
            {(segment) => <DateSegment className="segment" segment={segment} />}
          </DateInput>
        </DateField>
        <button
          ref={button}
          type="button"
          className="calendar-button"
          aria-label={`${t('calendar')}: ${label}`}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        >
          <CalendarSign />
        </button>
      </span>
      {isOpen && (
        <Suspense>
          <Days
            label={label}
            value={value}
            min={min}
            max={max}
            beside={button}
            onChange={tell}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </InLanguage>
  )
}

function CalendarSign() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
      <path d="M2 4.5h12v9H2zM2 7.5h12M5 2.5v3M11 2.5v3" />
    </svg>
  )
}
