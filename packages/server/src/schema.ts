// Each file adds what a user talks about to the one builder; the schema is the sum.
import './graphql/scalars.ts'
import './units/units.schema.ts'
import './directive/directive.schema.ts'
import './measurements/measurements.schema.ts'
import './evaluation/evaluation.schema.ts'
import './units/clusters.schema.ts'
import './evaluation/matrix.schema.ts'
import './allocation/allocation.schema.ts'
import './emulation/ranking/ranking.schema.ts'
import './emulation/ranking/standing.schema.ts'
import './emulation/ranking/fairness.schema.ts'
import './measurements/submissions.schema.ts'
import './measurements/withdrawals.schema.ts'
import './measurements/import.schema.ts'
import './evaluation/roll-up.schema.ts'
import './evaluation/completeness.schema.ts'
import './evaluation/groups.schema.ts'
import './evaluation/differences.schema.ts'
import './trail/trail.schema.ts'
import './saved-queries/saved-queries.schema.ts'
import './measurements/live.schema.ts'
import './emulation/rights.schema.ts'
import './emulation/year/year.schema.ts'
import './emulation/year/scores.schema.ts'
import './emulation/year/members.schema.ts'
import './emulation/awards/frozen.schema.ts'
import './emulation/awards/nominations.schema.ts'
import './emulation/awards/steps.schema.ts'
import './emulation/report/report.schema.ts'
import type { Unit } from './figures/registry.ts'
import { describeLimits } from './graphql/argument-limits.ts'
import { builder } from './graphql/builder.ts'
import { idsAtOnce } from './graphql/node-ids.ts'
import { figureKey } from './measurements/measurements.schema.ts'
import { clusterKey } from './units/clusters.schema.ts'

export const schema = idsAtOnce(describeLimits(builder.toSchema()), {
  Indicator: null,
  Measurement: figureKey,
  Unit: ({ id }: Unit) => id,
  Cluster: clusterKey,
})
