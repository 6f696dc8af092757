import DataLoader from 'dataloader'
import { nothingWith } from '../errors/input-error.ts'
import type { Counting } from '../figures/counting.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { factsOf } from '../figures/facts.ts'
import {
  allRevisions,
  type Figure,
  figureRows,
  figuresByDay,
  newestFigures,
  type ReportedFigure,
} from '../figures/newest.ts'
import type { FigureStore } from '../figures/store.ts'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'
import type { YearFigures } from '../figures/year-figures.ts'
import type { Moment } from '../figures/years.ts'
import type { ClusterHead, PrismaClient } from '../generated/prisma/client.ts'

/** A unit's state on a date of a year. */
export interface UnitMoment extends Moment {
  readonly unit: string
}
export interface InYear {
  readonly code: string
  readonly year: number
}

/** A unit's year as it was known at a moment. */
export interface AsKnown extends InYear {
  readonly recordedBefore: Date
}

/** A year of some units as it was known at a moment. */
export interface UnitsAsKnown extends Omit<AsKnown, 'code'> {
  readonly units: readonly string[]
}

export interface OfIndicator {
  readonly unit: string
  readonly year: number
  readonly indicator: string
}

export type Loaders = ReturnType<typeof createLoaders>

/** A figure of the store, by the key of its row. */
export type FigureRow = Pick<Figure, 'unitCode' | 'year' | 'indicatorId' | 'asOf' | 'status' | 'revision'>

/**
 * The reads of one request: from the store what it holds in memory, else batched, so that the number of SQL statements
 * does not grow with the objects of a query.
 */
export function createLoaders(prisma: PrismaClient, store: FigureStore) {
  // What was made of figures that were read again since is let go: a question that follows changes asks for days.
  const kept = new WeakMap<YearFigures, { readonly version: number; readonly days: Map<string, DayFigures> }>()
  /**
   * A day of a year, as it stands or as it was known: kept for the request, however many it asks about, until what it was
   * made of changes.
   */
  const dayIn = (figures: YearFigures, asOf: string, kinds: Counting['statuses'] = null): DayFigures => {
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
  const on = <T>({ year, asOf }: Moment, read: (day: DayFigures) => T): MaybePromise<T> =>
    whenReady(store.year(year), (figures) => read(dayIn(figures, asOf)))
  /** By identity: on the day of questions that name none or, where it did not stand then, on the nearest of its own. */
  const unit = reader((id: string) => whenReady(store.registry(), (registry) => registry.keptUnit(id) ?? null))
  const cluster = reader((code: string) => whenReady(store.registry(), (registry) => registry.cluster(code) ?? null))
  const members = reader(({ code, year }: InYear) =>
    whenReady(store.registry(), (registry) => registry.members(code, year)),
  )
  const membership = reader(({ code, year }: InYear) =>
    whenReady(store.registry(), (registry) => registry.membership(code, year) ?? null),
  )
  const figures = reader(({ unit: code, ...moment }: UnitMoment) => on(moment, (day) => day.figures(code)))
  const targets = reader(({ unit: code, ...moment }: UnitMoment) => on(moment, (day) => day.targets(code)))
  const evaluation = reader(({ unit: code, ...moment }: UnitMoment) => on(moment, (day) => day.evaluation(code)))
  /** With what only the database keeps: when and by whom they were recorded. */
  const recordedFigures = byMoment<ReportedFigure[]>((units, year, asOf) => newestFigures(prisma, units, year, asOf))
  const recorded = new DataLoader<FigureRow, Figure, string>(
    async (keys) => {
      const rows = await figureRows(prisma, keys)
      const byKey = new Map(rows.map((row) => [figureKey(row), row]))
      return keys.map((key) => byKey.get(figureKey(key)) ?? nothingWith(figureKey(key)))
    },
    { cacheKeyFn: figureKey },
  )
  const history = new DataLoader<OfIndicator, Figure[], string>(
    (keys) =>
      grouped(
        keys,
        ({ year, indicator }) => `${year} ${indicator}`,
        async (group) => {
          const { year, indicator } = group[0] as OfIndicator
          const codes = group.map(({ unit: code }) => code)
          return inOrder(codes, await allRevisions(prisma, codes, year, indicator), ({ unitCode }) => unitCode)
        },
      ),
    { cacheKeyFn: ({ unit: code, year, indicator }) => `${code} ${year} ${indicator}` },
  )
  const daysOfYear = byYear<Figure>(
    (year, codes) => figuresByDay(prisma, codes, year),
    ({ unitCode }) => unitCode,
  )
  const head = byYear<ClusterHead>(
    (year, codes) => prisma.clusterHead.findMany({ where: { year, clusterCode: { in: codes } } }),
    ({ clusterCode }) => clusterCode,
  )
  /** The newest frozen ranking of each cluster. */
  const newestRanking = byYear<{ readonly id: string; readonly clusterCode: string }>(
    (year, codes) =>
      prisma.frozenRanking.findMany({
        where: { year, clusterCode: { in: codes } },
        orderBy: [{ clusterCode: 'asc' }, { number: 'desc' }],
        distinct: ['clusterCode'],
        select: { id: true, clusterCode: true },
      }),
    ({ clusterCode }) => clusterCode,
  )
  /** The clusters of which a ranking was published. */
  const published = byYear<{ readonly clusterCode: string }>(
    (year, codes) =>
      prisma.frozenRanking.findMany({
        where: { year, clusterCode: { in: codes }, steps: { some: { step: { path: ['kind'], equals: 'publish' } } } },
        select: { clusterCode: true },
      }),
    ({ clusterCode }) => clusterCode,
  )
  /** A year as it was known at a moment, read once for all units that are asked about together. */
  const asKnown = new DataLoader<AsKnown, YearFigures, string>(
    (keys) =>
      grouped(
        keys,
        ({ year, recordedBefore }) => `${year} ${recordedBefore.getTime()}`,
        async (group) => {
          const { year, recordedBefore } = group[0] as (typeof group)[number]
          const known = await store.yearAsKnown(
            year,
            group.map(({ code }) => code),
            recordedBefore,
          )
          return group.map(() => known)
        },
      ),
    { cacheKeyFn: ({ code, year, recordedBefore }) => `${code} ${year} ${recordedBefore.getTime()}` },
  )
  /** The same of the units that somebody names together: rankings and tables of one question share it. */
  const unitsAsKnown = new DataLoader<UnitsAsKnown, YearFigures, string>(
    (keys) =>
      Promise.all(keys.map(({ year, units, recordedBefore }) => store.yearAsKnown(year, units, recordedBefore))),
    { cacheKeyFn: ({ year, units, recordedBefore }) => `${year} ${recordedBefore.getTime()} ${units.join(' ')}` },
  )
  /** A unit's day of a year, by the figures that are to count. */
  const day = (
    { unit: code, year, asOf }: UnitMoment,
    { statuses, recordedBefore }: Counting,
  ): MaybePromise<DayFigures> =>
    whenReady(recordedBefore ? asKnown.load({ code, year, recordedBefore }) : store.year(year), (figures) =>
      dayIn(figures, asOf, statuses),
    )
  const recordedFacts = reader(({ code, year }: InYear) =>
    whenReady(store.year(year), (figures) => figures.recordedFacts(code)),
  )
  const filings = reader(({ code, year }: InYear) => whenReady(store.year(year), (figures) => figures.filings(code)))
  /** Those that hold for a cluster, without one for everyone. */
  const deadlines = reader(({ cluster: code, year }: { readonly cluster: string | null; readonly year: number }) =>
    whenReady(store.year(year), (figures) => figures.deadlines(code)),
  )
  /** Those that hold for a unit. */
  const unitDeadlines = reader(({ code, year }: InYear) =>
    whenReady(store.year(year), (figures) => figures.deadlinesFor(code)),
  )
  const facts = reader(({ code, year }: InYear) => whenReady(store.year(year), (figures) => factsOf(figures, code)))
  return {
    unit,
    figures,
    history,
    daysOfYear,
    targets,
    evaluation,
    cluster,
    membership,
    members,
    head,
    published,
    newestRanking,
    recordedFacts,
    filings,
    deadlines,
    unitDeadlines,
    facts,
    recordedFigures,
    asKnown,
    unitsAsKnown,
    dayIn,
    day,
    recorded,
  }
}

const figureKey = ({ unitCode, year, indicatorId, asOf, status, revision }: FigureRow) =>
  `${unitCode} ${year} ${indicatorId} ${asOf} ${status} ${revision}`

/** Reads memory: at once with `now`, where what it needs is loaded. */
function reader<Key, Value>(now: (key: Key) => MaybePromise<Value>) {
  return { now, load: async (key: Key): Promise<Value> => now(key) }
}

const momentKey = ({ unit, year, asOf }: UnitMoment) => `${unit} ${year} ${asOf}`

/** A loader that runs one statement for each year and date that a batch asks about. */
function byMoment<Rows extends { readonly unitCode: string }[]>(
  load: (units: string[], year: number, asOf: string) => Promise<Rows>,
): DataLoader<UnitMoment, Rows[number][], string> {
  return new DataLoader<UnitMoment, Rows[number][], string>(
    (moments) =>
      grouped(
        moments,
        ({ year, asOf }) => `${year} ${asOf}`,
        async (group) => {
          const { year, asOf } = group[0] as UnitMoment
          const codes = group.map(({ unit }) => unit)
          return inOrder(codes, await load(codes, year, asOf), ({ unitCode }) => unitCode)
        },
      ),
    { cacheKeyFn: momentKey },
  )
}

/** A loader that runs one statement for each year that a batch asks about. */
function byYear<Row>(
  load: (year: number, codes: string[]) => Promise<Row[]>,
  codeOf: (row: Row) => string,
): DataLoader<InYear, Row[], string> {
  return new DataLoader<InYear, Row[], string>(
    (keys) =>
      grouped(
        keys,
        ({ year }) => String(year),
        async (group) => {
          const codes = group.map(({ code }) => code)
          return inOrder(codes, await load((group[0] as InYear).year, codes), codeOf)
        },
      ),
    { cacheKeyFn: ({ code, year }) => `${code} ${year}` },
  )
}

/** Answers keys group by group, in the order of the keys. */
async function grouped<Key, Value>(
  keys: readonly Key[],
  groupOf: (key: Key) => string,
  answer: (group: Key[]) => Promise<Value[]>,
): Promise<Value[]> {
  const groups = new Map<string, Key[]>()
  for (const key of keys) {
    const name = groupOf(key)
    groups.set(name, [...(groups.get(name) ?? []), key])
  }
  const answers = new Map<Key, Value>()
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const values = await answer(group)
      group.forEach((key, i) => {
        answers.set(key, values[i] as Value)
      })
    }),
  )
  return keys.map((key) => answers.get(key) as Value)
}

/** The rows of each code, in the order of the codes. */
function inOrder<Row>(codes: readonly string[], rows: readonly Row[], codeOf: (row: Row) => string): Row[][] {
  const byCode = new Map<string, Row[]>(codes.map((code) => [code, []]))
  for (const row of rows) byCode.get(codeOf(row))?.push(row)
  return codes.map((code) => byCode.get(code) as Row[])
}
