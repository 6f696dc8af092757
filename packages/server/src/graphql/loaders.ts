import DataLoader from 'dataloader'
import { PUBLISHED } from '../emulation/awards/frozen-guard.ts'
import { nothingWith } from '../errors/input-error.ts'
import {
  allRevisions,
  type Figure,
  figureRows,
  figuresByDay,
  newestFigures,
  type ReportedFigure,
} from '../figures/newest.ts'
import type { FigureStore } from '../figures/store.ts'
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
 * What a request asks the database for, batched, so that the number of SQL statements does not grow with the objects of a
 * query. What stands in memory is in `memory.ts`.
 * @param store where years are made of what was known at a moment: those are read for whoever asks
 */
export function createLoaders(prisma: PrismaClient, store: Pick<FigureStore, 'yearAsKnown'>) {
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
        where: { year, clusterCode: { in: codes }, ...PUBLISHED },
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
          const figures = await store.yearAsKnown(
            year,
            group.map(({ code }) => code),
            recordedBefore,
          )
          return group.map(() => figures)
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
  return {
    history,
    daysOfYear,
    head,
    published,
    newestRanking,
    recordedFigures,
    recorded,
    asKnown,
    unitsAsKnown,
    /** Those whose SQL stands in the folder of their thing, by what makes them: see {@link loaderOf}. */
    ofThings: new Map<object, DataLoader<never, unknown, string>>(),
  }
}

/** A loader whose SQL stands in the folder of its thing: one for each request. */
export const loaderOf =
  <Asking extends { readonly loaders: Pick<Loaders, 'ofThings'> }, Key, Value>(
    make: (asking: Asking) => DataLoader<Key, Value, string>,
  ) =>
  (asking: Asking): DataLoader<Key, Value, string> => {
    const { ofThings } = asking.loaders
    const loader = (ofThings.get(make) as DataLoader<Key, Value, string> | undefined) ?? make(asking)
    ofThings.set(make, loader as DataLoader<never, unknown, string>)
    return loader
  }

/** What was read is from before a change: it is asked for anew. */
export function forgetReads({ ofThings, ...loaders }: Loaders): void {
  for (const loader of [...Object.values(loaders), ...ofThings.values()]) loader.clearAll()
}

const figureKey = ({ unitCode, year, indicatorId, asOf, status, revision }: FigureRow) =>
  `${unitCode} ${year} ${indicatorId} ${asOf} ${status} ${revision}`

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
