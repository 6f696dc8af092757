// What a request reads from memory: units, clusters, figures, facts, filings and deadlines as the register and the years hold
// them, for nothing where they are loaded. What the database is asked for stands in `loaders.ts`.
import type { Counting } from '../figures/counting.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { factsOf } from '../figures/known-facts.ts'
import type { Registry } from '../figures/registry.ts'
import type { FigureStore } from '../figures/store.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import type { YearFigures } from '../figures/year-figures.ts'
import type { Moment } from '../figures/years.ts'
import type { InYear, Loaders, UnitMoment } from './loaders.ts'

export type Memory = ReturnType<typeof createMemory>

/** The memory of the server, with the days that one request has had made of it. */
export function createMemory(store: FigureStore, { asKnown }: Pick<Loaders, 'asKnown'>) {
  const dayIn = daysKept()
  const inRegister = <T>(read: (registry: Registry) => T): MaybePromise<T> => whenReady(store.registry(), read)
  const inYear = <T>(year: number, read: (figures: YearFigures) => T): MaybePromise<T> =>
    whenReady(store.year(year), read)
  const on = <T>({ year, asOf }: Moment, read: (day: DayFigures) => T): MaybePromise<T> =>
    inYear(year, (figures) => read(dayIn(figures, asOf)))
  return {
    dayIn,
    /** A unit's day of a year, by the figures that are to count; as it was known at a moment, that is read first. */
    day: ({ unit: code, year, asOf }: UnitMoment, { statuses, recordedBefore }: Counting): MaybePromise<DayFigures> =>
      whenReady(recordedBefore ? asKnown.load({ code, year, recordedBefore }) : store.year(year), (figures) =>
        dayIn(figures, asOf, statuses),
      ),
    /** By identity: on the day of questions that name none or, where it did not stand then, on the nearest of its own. */
    unit: (id: string) => inRegister((registry) => registry.keptUnit(id) ?? null),
    members: ({ code, year }: InYear) => inRegister((registry) => registry.members(code, year)),
    membership: ({ code, year }: InYear) => inRegister((registry) => registry.membership(code, year) ?? null),
    figures: ({ unit, ...moment }: UnitMoment) => on(moment, (day) => day.figures(unit)),
    targets: ({ unit, ...moment }: UnitMoment) => on(moment, (day) => day.targets(unit)),
    evaluation: ({ unit, ...moment }: UnitMoment) => on(moment, (day) => day.evaluation(unit)),
    recordedFacts: ({ code, year }: InYear) => inYear(year, (figures) => figures.recordedFacts(code)),
    facts: ({ code, year }: InYear) => inYear(year, (figures) => factsOf(figures, code)),
    filings: ({ code, year }: InYear) => inYear(year, (figures) => figures.filings(code)),
    /** Those that hold for a cluster, without one for everyone. */
    deadlines: ({ cluster, year }: { readonly cluster: string | null; readonly year: number }) =>
      inYear(year, (figures) => figures.deadlines(cluster)),
    /** Those that hold for a unit. */
    unitDeadlines: ({ code, year }: InYear) => inYear(year, (figures) => figures.deadlinesFor(code)),
  }
}

/**
 * Days of years, as they stand or as they were known: kept for a request, however many it asks about, until what they were
 * made of changes.
 */
export function daysKept() {
  // What was made of figures that were read again since is let go: a question that follows changes asks for days.
  const kept = new WeakMap<YearFigures, { readonly version: number; readonly days: Map<string, DayFigures> }>()
  return (figures: YearFigures, asOf: string, kinds: Counting['statuses'] = null): DayFigures => {
    let ofYear = kept.get(figures)
    if (ofYear?.version !== figures.version) {
      ofYear = { version: figures.version, days: new Map() }
      kept.set(figures, ofYear)
    }
    const key = `${asOf} ${kinds?.join() ?? ''}`
    const day = ofYear.days.get(key) ?? figures.on(asOf, kinds)
    ofYear.days.set(key, day)
    return day
  }
}
