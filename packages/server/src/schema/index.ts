// Each file adds what a user talks about to the one builder; the schema is the sum.
import './scalars.ts'
import './units.ts'
import './indicators.ts'
import './measurements.ts'
import './evaluation.ts'
import './clusters.ts'
import './matrix.ts'
import './allocation.ts'
import './ranking.ts'
import './fairness.ts'
import './submissions.ts'
import './emulation/rights.ts'
import './emulation/year.ts'
import './emulation/commendation.ts'
import './emulation/report.ts'
import { builder } from './builder.ts'

export const schema = builder.toSchema()
