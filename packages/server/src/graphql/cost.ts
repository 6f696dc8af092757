// What a field costs before it is asked: about the microseconds that it takes one core, one for each value that it brings.

import type { Counting } from '../figures/counting.ts'
import { figureYears, publishedDirectives } from '../figures/years.ts'
import { MAX_PAGE } from './builder.ts'
import type { Context } from './context.ts'
import { type Cost, LIST_MULTIPLIER } from './estimate.ts'

/** How many indicators a year's figures are of, of the widest year. */
const indicatorCount = (): number => publishedDirectives().width
/** Judging the figures of a unit on a date, and of one that was judged already. */
const JUDGE = 250
const JUDGED = 10
/** A statement that the database answers with a few rows, made of a question in objects and answered in objects. */
const STATEMENT = 1000

/** A list of about so many; `work` is what the field itself takes. */
export const list = (usual: number, work = 5) => ({ complexity: { field: work, multiplier: usual } })
/** Computed, whatever is asked of it. */
export const work = (cost: number) => ({ complexity: { field: cost, multiplier: 1 } })
/** Fields whose lists are as long as the directive. */
export const PER_INDICATOR = { complexity: (): Cost => ({ field: 5, multiplier: indicatorCount() }) }
/** Reads a few rows, and what belongs to them. */
export const ROWS = list(LIST_MULTIPLIER, 3 * STATEMENT)
/** A statement that finds a row or none, read together with those of other things. */
export const STATEMENT_OF_FEW = STATEMENT / 4
export const FEW_ROWS = list(LIST_MULTIPLIER, STATEMENT_OF_FEW)
export const ROW = work(STATEMENT)
/** A row, with what belongs to it and whether it is the newest. */
export const ROW_AND_MORE = work(3 * STATEMENT)
/** A statement that is written out. */
export const PLAIN_STATEMENT = STATEMENT / 2
/** Rows of one change: each is judged, inserted and written into the trail. */
export const perRow = <Input>(rows: (input: Input) => number) => ({
  complexity: ({ input }: { input: Input }): Cost => ({ field: 200 * rows(input) }),
})
/** Of a file nobody knows how long it is before it is read, which a thread aside does, one at a time. */
export const IMPORT = work(100_000)
/** How much is in a document: each part is held against a schema. */
function partsOf(document: unknown): number {
  let parts = 0
  // Without calling itself: the depth is the sender's.
  for (const left = [document]; left.length > 0; parts++) {
    const part = left.pop()
    if (typeof part === 'object' && part !== null) for (const size of Object.values(part)) left.push(size)
  }
  return parts
}
/** A directive as a document, written out: its indicators are most of it. */
export const DIRECTIVE_DOCUMENT = { complexity: (): Cost => ({ field: 30 * indicatorCount() }) }
/** A frozen ranking as a document, written out or ranked anew: all figures of all members. */
export const FROZEN_DOCUMENT = {
  complexity: (_: object, { store }: Context): Cost => ({ field: 6 * store.sizes.members * indicatorCount() }),
}
/** A policy, written out. */
export const POLICY = work(100)
/** A text or a document of which only its writer knows how long it is. */
export const LONG = work(300)
/** Whether somebody may do something: what a refusal would say is put together. */
export const RIGHT = work(40)
/** A document that is checked as a whole. */
export const DOCUMENT = {
  complexity: ({ document }: { readonly document?: unknown }): Cost => ({ field: 60 + 12 * partsOf(document) }),
}
/** What was filed in a year, read once for all units that are asked about. */
export const FILINGS = { complexity: (): Cost => ({ field: 20, once: { filings: STATEMENT } }) }
/** What was filed in a year, of each member of each cluster, `each` entries of one. */
export const ofAllMembers = (each: number) => ({
  complexity: (_: object, { store }: Context): Cost => {
    const all = store.sizes.clusters * store.sizes.members
    return { field: 100 + 8 * all, multiplier: all * each, once: { filings: STATEMENT } }
  },
})
/** Beside what is computed, all figures of the year before, once. */
export const FORECAST = { complexity: (): Cost => ({ field: 10, once: { daysOfYear: 2 * STATEMENT } }) }
/** What only the database keeps of a figure, read once for all that are asked about. */
export const RECORDED = { complexity: (): Cost => ({ field: 10, once: { recorded: STATEMENT } }) }

interface Page {
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
}

const sizeOf = ({ first, last }: Page, usual: number) => Math.max(1, Math.min(first ?? last ?? usual, MAX_PAGE))

/** A connection: as many as its page holds, or as there usually are. */
export const perPage = (usual: number, work = 20) => ({
  complexity: (page: Page) => ({ field: work, multiplier: sizeOf(page, usual) / LIST_MULTIPLIER }),
})

/** A list of which the first ones are asked for. */
export const firstOf = (usual: number) => ({
  complexity: (page: Page): Cost => ({ field: 5, multiplier: sizeOf(page, usual) }),
})

/** A page of units, for which all are looked at. */
export const UNITS = {
  complexity: (page: Page, { store }: Context): Cost => ({
    field: 30 + store.sizes.units / 10,
    multiplier: sizeOf(page, Math.min(store.sizes.units, MAX_PAGE)) / LIST_MULTIPLIER,
  }),
}

interface OnDay {
  readonly figureStatus?: Counting['statuses'] | undefined
  readonly recordedBefore?: Date | null | undefined
  readonly year?: number | null | undefined
  readonly asOf?: string | null | undefined
}

interface OnDates extends Pick<OnDay, 'figureStatus'> {
  readonly from: string
  readonly to: string
}

/** What a date asks for that is not in memory: once for an operation, whatever the number of its fields. */
function dayOf({ year, asOf, figureStatus, recordedBefore }: OnDay, { store }: Context) {
  // A question that names no year of several is refused where it is answered.
  const of = year ?? publishedDirectives().years.at(-1) ?? 0
  const day = asOf && asOf < `${of}-12-31` ? asOf : `${of}-12-31`
  const { units, clusters, members } = store.sizes
  const pending = store.pending(of, day, figureStatus ?? null)
  // What was known at a moment is in nobody's memory: it is read, and judged, for whoever asks.
  const { unjudged, ranked } = recordedBefore ? { unjudged: store.sizes.units, ranked: false } : pending
  /** Of judging so many units, of which the share is not judged yet that all the units have. */
  const judging = (count: number) => Math.round(count * (JUDGED + JUDGE * Math.min(1, unjudged / units)))
  const key = `${day} ${figureStatus ?? ''} ${recordedBefore?.getTime() ?? ''}`
  const read = recordedBefore
    ? { [`known ${key}`]: 8 * STATEMENT + units * indicatorCount() }
    : { [`figures ${key}`]: pending.figures === 0 ? 0 : 100 + pending.figures / 25 }
  const ranking = ranked ? {} : { [`ranking ${key}`]: 2000 + judging(clusters * members) }
  return { judging, read, ranking, all: { [`judged ${key}`]: judging(units) } }
}

/** A unit judged on a date. */
export const EVALUATION = {
  complexity: (args: OnDay, context: Context): Cost => {
    const { judging, read } = dayOf(args, context)
    return { field: judging(1), once: read }
  },
}

/** The figures of a unit on a date. */
export const FIGURES = {
  complexity: (
    { indicators, ...args }: OnDay & { indicators?: readonly string[] | null | undefined },
    context: Context,
  ): Cost => ({
    field: 20 + (indicators?.length ?? 0),
    multiplier: Math.min(indicators?.length ?? indicatorCount() / 2, indicatorCount()),
    once: dayOf(args, context).read,
  }),
}

/** A unit's figures at the end of each of some years. */
export const YEARLY = {
  complexity: (
    { from, to }: { readonly from?: number | null | undefined; readonly to?: number | null | undefined },
    context: Context,
  ): Cost => {
    const years = figureYears().filter((year) => year >= (from ?? year) && year <= (to ?? year))
    const once = years.map((year) => dayOf({ year }, context).read)
    return { field: 20 + 20 * years.length, multiplier: Math.max(1, years.length), once: Object.assign({}, ...once) }
  },
}

/** What one indicator of a unit came to at the end of the year before, by those whose place it took where it has none. */
export const YEAR_BEFORE = {
  complexity: (_: object, context: Context): Cost => ({
    field: 20,
    once: dayOf({ year: (publishedDirectives().years.at(-1) ?? 0) - 1 }, context).read,
  }),
}

/** A unit's figures beside those of the units below it: of each indicator, of each of them. */
export const ROLL_UPS = {
  complexity: (args: OnDay, context: Context): Cost => ({
    field: 600,
    multiplier: indicatorCount(),
    once: dayOf(args, context).read,
  }),
}

/** A place in the ranking of a date, which is made once. */
export const STANDING = {
  complexity: (args: OnDay, context: Context): Cost => {
    const { read, ranking } = dayOf(args, context)
    return { field: 10, once: { ...read, ...ranking } }
  },
}

/** Those of all clusters and their members; by another policy or with other figures it is made anew. */
export const RANKING = {
  complexity: (
    {
      policy,
      figures,
      weights,
      ...args
    }: OnDay & {
      policy?: unknown
      figures?: readonly unknown[] | null | undefined
      weights?: readonly unknown[] | null | undefined
    },
    context: Context,
  ): Cost => {
    const { judging, read, ranking } = dayOf(args, context)
    const { clusters, members } = context.store.sizes
    const whole = clusters * members
    // Each member with figures to try is judged anew; each criterion and condition is asked of each member.
    const tried = Math.min(figures?.length ?? 0, whole) * JUDGE + (figures?.length ?? 0) * members
    const anew =
      policy || figures?.length || weights ? 2000 + judging(whole) + tried + (partsOf(policy) * whole) / 20 : 10
    return { field: anew, once: { ...read, ...ranking } }
  },
}

/** As many as there are clusters. */
export const PER_CLUSTER = {
  complexity: (_: object, { store }: Context): Cost => ({ field: 5, multiplier: store.sizes.clusters }),
}
/** Members of a cluster. */
export const PER_MEMBER = {
  complexity: (_: object, { store }: Context): Cost => ({ field: 5, multiplier: store.sizes.members }),
}
/** The members of a cluster judged on a date. */
export const MEMBERS_JUDGED = {
  complexity: (args: OnDay, context: Context): Cost => {
    const { judging, read } = dayOf(args, context)
    return { field: judging(context.store.sizes.members), once: read }
  },
}

/** A report is made of the ranking; what it is written as costs besides. */
export const REPORT = {
  complexity: (args: OnDay, context: Context): Cost => {
    const { read, ranking } = dayOf(args, context)
    return { field: 60_000, once: { ...read, ...ranking } }
  },
}

/** All units judged on a date, each with `each` of work. */
export const allUnits = (each: number, perGroup: (args: never, units: number) => number) => ({
  complexity: (args: OnDay, context: Context): Cost => {
    const { read, all } = dayOf(args, context)
    const { units } = context.store.sizes
    return { field: 500 + units * each, multiplier: perGroup(args as never, units), once: { ...read, ...all } }
  },
})

/** One indicator of all units on two dates. */
export const COMPARISON = {
  complexity: ({ from, to, figureStatus }: OnDates, context: Context): Cost => {
    const of = (asOf: string) => dayOf({ year: Number(asOf.slice(0, 4)), asOf, figureStatus }, context).read
    return {
      field: 200 + 5 * context.store.sizes.units,
      multiplier: 1,
      once: { ...of(from), ...of(to) },
    }
  },
}

/** A table of units: what is asked below it is of each unit, or of each of half as many indicators. */
export const MATRIX = {
  complexity: (args: OnDay & RowsJudged, context: Context): Cost => ({
    // Where rows are chosen by what they come to, all of them are judged.
    field: 100 + (args.status || args.pace ? rowJudged() * context.store.sizes.units : 0),
    multiplier: Math.max(20, context.store.sizes.units),
    once: dayOf(args, context).read,
  }),
}
interface RowsJudged {
  readonly status?: readonly unknown[] | null | undefined
  readonly pace?: readonly unknown[] | null | undefined
}
const rowJudged = (): number => indicatorCount() / 2 + JUDGE / 8
/** A row of a matrix: a value for each indicator. */
export const ROW_OF_VALUES = { complexity: (): Cost => ({ field: indicatorCount() / 3 }) }
/** Statuses and completions are judged once for a date. */
export const ROW_OF_JUDGED = { complexity: (): Cost => ({ field: rowJudged() }) }
