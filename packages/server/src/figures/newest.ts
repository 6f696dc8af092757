// Figures as the database has them, for what it alone keeps of them, and for what is stored beside them.
// Not by Prisma is the rule which figure counts, the first of each unit and indicator in an order, among rows that no other
// row takes back: its `distinct` would bring every row here to choose, and its filters hold no row against another.
import { isoDay } from '../days.ts'
import { type Measurement, Prisma, type PrismaClient } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'

/** The figure that counts for a unit and an indicator on a date. */
export interface Figure {
  readonly unitCode: string
  readonly year: number
  readonly indicatorId: string
  /** ISO date. */
  readonly asOf: string
  readonly status: MeasurementStatus
  readonly revision: number
  readonly value: number
  readonly source: string | null
  readonly note: string | null
  /** Takes back all revisions up to this one. */
  readonly withdrawn: boolean
  /** Why it was corrected or withdrawn. */
  readonly reason: string | null
  readonly synthetic: boolean
  /** ISO date and time. */
  readonly recordedAt: string
  readonly recordedBy: string
}

/** A figure that counts, and when somebody first reported the day that it stands for. */
export interface ReportedFigure extends Figure {
  /** ISO date and time: of the first revision, not of its correction. */
  readonly firstRecordedAt: string
}

/**
 * For each unit and indicator the newest figure of a year on or before a date; on the same date official beats preliminary
 * beats estimate, then the newest revision. One SQL statement, whatever the number of units.
 * @param asOf ISO date
 */
export async function newestFigures(
  prisma: PrismaClient,
  units: readonly string[],
  year: number,
  asOf: string,
): Promise<ReportedFigure[]> {
  const reported = Prisma.sql`(
    select *, min(recorded_at) over (partition by unit_code, indicator_id, as_of) as first_recorded_at
    from measurements where ${upTo(Prisma.sql`any(${units})`, year, asOf)})`
  return prisma.$queryRaw<ReportedFigure[]>(Prisma.sql`
    select distinct on (unit_code, indicator_id) ${COLUMNS},
      to_char(first_recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstRecordedAt"
    from ${reported} m where ${Prisma.raw(STANDS)} ${NEWEST_FIRST}`)
}

/** Newest figures as a part of another statement. @param units what a unit's code must equal */
export const newestFiguresSql = (units: Prisma.Sql, year: number, asOf: string): Prisma.Sql => Prisma.sql`
    select distinct on (unit_code, indicator_id) ${COLUMNS}
    from measurements m where ${upTo(units, year, asOf)} and ${Prisma.raw(STANDS)} ${NEWEST_FIRST}`

const upTo = (units: Prisma.Sql, year: number, asOf: string): Prisma.Sql =>
  Prisma.sql`year = ${year} and as_of <= ${asOf}::date and unit_code = ${units}`
const NEWEST_FIRST = Prisma.raw('order by unit_code, indicator_id, as_of desc, m.status desc, revision desc')

/** In SQL, of a row `m`: what {@link Figure} has. */
export const FIGURE_FIELDS = `
  unit_code as "unitCode", year, indicator_id as "indicatorId", as_of::text as "asOf", m.status::text as status,
  revision, value, source, note, withdrawn, reason, synthetic, recorded_by as "recordedBy",
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"`
const COLUMNS = Prisma.raw(FIGURE_FIELDS)

/** In SQL, of a row `m`: neither withdrawn nor taken back by a later revision. */
export const STANDS = `not m.withdrawn and not exists (
  select from measurements w
  where w.withdrawn and w.unit_code = m.unit_code and w.year = m.year and w.indicator_id = m.indicator_id
    and w.as_of = m.as_of and w.status = m.status and w.revision > m.revision)`

/** For each unit, indicator and day of a year the figure that counts. One SQL statement for all units. */
export async function figuresByDay(prisma: PrismaClient, units: readonly string[], year: number): Promise<Figure[]> {
  return prisma.$queryRaw<Figure[]>(Prisma.sql`
    select distinct on (unit_code, indicator_id, as_of) ${COLUMNS}
    from measurements m
    where year = ${year} and unit_code = any(${units}) and ${Prisma.raw(STANDS)}
    order by unit_code, indicator_id, as_of, m.status desc, revision desc`)
}

/**
 * The rows of figures by their keys. One SQL statement, whatever their number. Not by Prisma, whose condition would be an `or`
 * of six columns for each, and ends at 32,767 values.
 */
export async function figureRows(
  prisma: PrismaClient,
  keys: readonly Pick<Figure, 'unitCode' | 'year' | 'indicatorId' | 'asOf' | 'status' | 'revision'>[],
): Promise<Figure[]> {
  return prisma.$queryRaw<Figure[]>(Prisma.sql`
    select ${COLUMNS}
    from measurements m
    join unnest(${keys.map((key) => key.unitCode)}::text[], ${keys.map((key) => key.year)}::int[],
      ${keys.map((key) => key.indicatorId)}::text[], ${keys.map((key) => key.asOf)}::date[],
      ${keys.map((key) => key.status)}::text[], ${keys.map((key) => key.revision)}::int[])
      as k(k_unit, k_year, k_indicator, k_as_of, k_status, k_revision)
      on unit_code = k_unit and year = k_year and indicator_id = k_indicator and as_of = k_as_of
        and m.status = k_status::measurement_status and revision = k_revision`)
}

/** A row as the API's figures have it. */
const figureOf = ({ asOf, recordedAt, ...row }: Measurement): Figure => ({
  ...row,
  asOf: isoDay(asOf),
  recordedAt: recordedAt.toISOString(),
})

/** Every revision of one indicator's figures of a year, the one that counts first. One SQL statement for all units. */
export async function allRevisions(
  prisma: PrismaClient,
  units: readonly string[],
  year: number,
  indicatorId: string,
): Promise<Figure[]> {
  const rows = await prisma.measurement.findMany({
    where: { year, indicatorId, unitCode: { in: [...units] } },
    orderBy: [{ unitCode: 'asc' }, { asOf: 'desc' }, { status: 'desc' }, { revision: 'desc' }],
  })
  return rows.map(figureOf)
}

/** A unit's figures of a year as they were recorded, the last one first: corrected and withdrawn ones too. */
export async function recordedFigures(
  prisma: PrismaClient,
  { unit, year }: { readonly unit: string; readonly year: number },
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Figure[]> {
  const rows = await prisma.measurement.findMany({
    where: { unitCode: unit, year },
    orderBy: [
      { recordedAt: 'desc' },
      { indicatorId: 'asc' },
      { asOf: 'desc' },
      { status: 'desc' },
      { revision: 'desc' },
    ],
    skip: offset,
    take: limit,
  })
  return rows.map(figureOf)
}
