import type { Deadline, EligibilityFact, Filing } from '../generated/prisma/client.ts'
import type { YearFigures } from './year-figures.ts'

export type KnownFacts = Readonly<Record<string, boolean | number | null>>

/** Days from a deadline to a filing; 0 where it is in time. */
export function daysLate(filedOn: Date, dueOn: Date): number {
  return Math.max(0, Math.round((filedOn.getTime() - dueOn.getTime()) / 86_400_000))
}

/**
 * What is known of a unit's eligibility: what was recorded and, where nothing was, what follows from its filings. A
 * filing that is not there is no proof that there is none: the fact stays unknown.
 * @param recorded the newest revision of each fact
 * @param filings the newest revision of each
 */
export function knownFacts(
  recorded: readonly Pick<EligibilityFact, 'fact' | 'value'>[],
  filings: readonly Pick<Filing, 'kind' | 'filedOn'>[],
  deadlines: readonly Pick<Deadline, 'kind' | 'dueOn'>[],
): KnownFacts {
  const filed = (kind: Filing['kind']) => filings.some((filing) => filing.kind === kind)
  const due = new Map(deadlines.map(({ kind, dueOn }) => [kind, dueOn]))
  const late = filings.filter(({ kind, filedOn }) => {
    const dueOn = due.get(kind)
    return dueOn !== undefined && daysLate(filedOn, dueOn) > 0
  })
  return {
    ...(filed('pact') ? { pactSigned: true } : {}),
    ...(filed('plan') ? { planIssued: true } : {}),
    ...(filed('midterm') && filed('final') ? { reviewsSubmitted: true } : {}),
    ...(filings.length > 0 ? { lateReports: late.length } : {}),
    ...Object.fromEntries(
      recorded.flatMap(({ fact, value }) => (value === null ? [] : [[fact, value as boolean | number]])),
    ),
  }
}

/** {@link knownFacts} of a unit, from memory. */
export function factsOf(figures: YearFigures, code: string): KnownFacts {
  return knownFacts(figures.recordedFacts(code), figures.filings(code), figures.deadlinesFor(code))
}
