// Days of the calendar as ISO writes them.
const DAY_MS = 86_400_000

/** A day that the database keeps, as ISO writes it. */
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10)

/** {@link isoDay} where there may be none. */
export const isoDayOrNull = (date: Date | null): string | null => date && isoDay(date)

export const dayAfter = (day: string): string => isoDay(new Date(Date.parse(day) + DAY_MS))
export const dayBefore = (day: string): string => isoDay(new Date(Date.parse(day) - DAY_MS))
