import type { NumericComparator } from '@dienbien/targets'
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'

/** A unit's own target, as it stood on a date. */
export interface AssignedTarget {
  readonly unitCode: string
  readonly indicatorId: string
  readonly comparator: NumericComparator
  readonly value: number
  readonly baseline: number | null
  readonly validFrom: string
  readonly source: string
  readonly synthetic: boolean
}

/** The targets assigned to units for a year that are in force on a date, in one SQL statement. */
export async function assignedTargets(
  prisma: PrismaClient,
  units: readonly string[],
  year: number,
  asOf: string,
): Promise<AssignedTarget[]> {
  return prisma.$queryRaw<AssignedTarget[]>(Prisma.sql`
    select distinct on (unit_code, indicator_id)
      unit_code as "unitCode", indicator_id as "indicatorId", comparator, value, baseline,
      valid_from::text as "validFrom", source, synthetic
    from unit_targets
    where year = ${year} and valid_from <= ${asOf}::date and unit_code = any(${units})
    order by unit_code, indicator_id, valid_from desc`)
}
