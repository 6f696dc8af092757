import { parseDate } from '@internationalized/date'
import type { RefObject } from 'react'
import { Button } from 'react-aria-components/Button'
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'

interface DaysProps {
  readonly label: string
  /** ISO dates. */
  readonly value: string
  readonly min: string
  readonly max: string
  readonly onChange: (day: string) => void
  /** What it was opened by. */
  readonly beside: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** The months of a date field, in which days outside its bounds cannot be chosen. */
export default function Days({ label, value, min, max, beside, onChange, onClose }: DaysProps) {
  return (
    <Popover className="popover calendar" triggerRef={beside} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog className="dialog" aria-label={label}>
        <Calendar
          aria-label={label}
          autoFocus
          value={parseDate(value)}
          minValue={parseDate(min)}
          maxValue={parseDate(max)}
          onChange={(day) => {
            onChange(day.toString())
            onClose()
          }}
        >
          <div className="calendar-head">
            <Button slot="previous">◀</Button>
            <CalendarHeading />
            <Button slot="next">▶</Button>
          </div>
          <CalendarGrid>
            <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
            <CalendarGridBody>{(day) => <CalendarCell className="calendar-day" date={day} />}</CalendarGridBody>
          </CalendarGrid>
        </Calendar>
      </Dialog>
    </Popover>
  )
}
