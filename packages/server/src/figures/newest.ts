import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'
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
  readonly synthetic: boolean
  /** ISO date and time. */
  readonly recordedAt: string
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
): Promise<Figure[]> {
  return prisma.$queryRaw<Figure[]>(Prisma.sql`
    select distinct on (unit_code, indicator_id)
      unit_code as "unitCode", year, indicator_id as "indicatorId", as_of::text as "asOf", status::text as status,
      revision, value, source, note, synthetic, ${RECORDED_AT}
    from measurements
    where year = ${year} and as_of <= ${asOf}::date and unit_code = any(${units})
    order by unit_code, indicator_id, as_of desc, measurements.status desc, revision desc`)
}

const RECORDED_AT = Prisma.sql`to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"`

/** Every revision of one indicator's figures of a year, the one that counts first. One SQL statement for all units. */
export async function allRevisions(
  prisma: PrismaClient,
  units: readonly string[],
  year: number,
  indicatorId: string,
): Promise<Figure[]> {
  return prisma.$queryRaw<Figure[]>(Prisma.sql`
    select
      unit_code as "unitCode", year, indicator_id as "indicatorId", as_of::text as "asOf", status::text as status,
      revision, value, source, note, synthetic, ${RECORDED_AT}
    from measurements
    where year = ${year} and indicator_id = ${indicatorId} and unit_code = any(${units})
    order by unit_code, as_of desc, measurements.status desc, revision desc`)
}
