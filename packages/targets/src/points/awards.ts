// Which awards the members of a cluster are proposed for by its table.
import { compilePolicy } from '../emulation/compile-policy.ts'
import type { Policy } from '../emulation/policy.ts'
import { parsePointTable } from './check.ts'
import type { PointTable } from './table.ts'
import { withAwards } from './with-awards.ts'

/**
 * A policy whose awards are those of a table, for `commend` and the steps that follow from it; the policy itself where the
 * table names none. Members are ranked by `rankPoints`, never by it.
 */
export function awardPolicy(table: PointTable, policy: Policy): Policy {
  parsePointTable(table)
  compilePolicy(policy)
  return withAwards(table, policy)
}
