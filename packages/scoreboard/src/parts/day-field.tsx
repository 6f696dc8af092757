import { parseDate } from '@internationalized/date'
import { useEffect, useState } from 'react'
import { DateField, DateInput, DateSegment, I18nProvider, Label } from 'react-aria-components'
import { useSettings } from '../settings.tsx'

export interface DayFieldProps {
  readonly label: string
  /** ISO dates. */
  readonly value: string
  readonly min: string
  readonly max: string
  readonly onChange: (day: string) => void
}

/** A day, as the page's language writes it, whatever the browser's; told when it is a whole one between its bounds. */
export default function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const { language } = useSettings()
  const [typed, setTyped] = useState<ReturnType<typeof parseDate> | null>(() => parseDate(value))
  useEffect(() => setTyped(parseDate(value)), [value])
  return (
    <I18nProvider locale={language === 'vi' ? 'vi-VN' : 'en-GB'}>
      <DateField
        className="day"
        value={typed}
        minValue={parseDate(min)}
        maxValue={parseDate(max)}
        shouldForceLeadingZeros
        onChange={(day) => {
          setTyped(day)
          const text = day?.toString()
          if (text && text >= min && text <= max && text !== value) onChange(text)
        }}
      >
        <Label>{label}</Label>{' '}
        <DateInput className="day-input">
          {(segment) => <DateSegment className="segment" segment={segment} />}
        </DateInput>
      </DateField>
    </I18nProvider>
  )
}
