// A unit's score sheets beside each other, and beside what the table gives.
import { type PointScore, scorePoints } from '@dienbien/targets/points'
import type { ScoreSheetStage } from '../../generated/prisma/enums.ts'
import { tidy } from '../../numbers.ts'
import type { MembersByTable } from './members-by-table.ts'
import { tableOf } from './point-tables.ts'
import { appraised, settled, stagePoints } from './score-sheets.ts'
import { entryOf } from './table-ranking.ts'

/** A criterion as each stage has it. */
export interface Comparison {
  readonly code: string
  readonly name: string
  readonly depth: number
  readonly outOf: number
  readonly byTable: number
  readonly stages: Readonly<Record<ScoreSheetStage, number | null>>
  /** What counts: the latest appraisal's; null where nobody appraised it. */
  readonly appraised: number | null
}

export interface UnitSheets {
  readonly unit: string
  readonly found: MembersByTable
}

export const rowsOf = ({ unit, found }: UnitSheets) =>
  found.members.find((member) => member.unit === unit)?.sheets ?? []

/** All criteria, as the table gives them and as each stage has them. */
export function comparisons({ unit, found }: UnitSheets): Comparison[] {
  const table = tableOf(found.stored.row)
  const sheets = rowsOf({ unit, found })
  const entries = found.members.map((member) => ({ ...entryOf(table, member), given: {} }))
  const { lines } = scorePoints(table, entries).find((scorePoint) => scorePoint.unit === unit) as PointScore
  const stage = (of: ScoreSheetStage) => stagePoints(table, settled(table, sheets, of))
  const ownStages = { self: stage('self'), first: stage('first'), explanation: stage('explanation') }
  const appraisals = { second: stage('second'), final: stage('final') }
  const counts = stagePoints(table, appraised(table, sheets).given)
  return lines.map(({ code, name, depth, coefficient, ...line }) => {
    // Sheets are filled in before coefficients.
    const written = (value: number) => (coefficient === 0 ? 0 : tidy(value / coefficient))
    const at = (points: ReadonlyMap<string, number>) => points.get(code) ?? null
    const stages = {
      ...{ self: at(ownStages.self), first: at(ownStages.first), explanation: at(ownStages.explanation) },
      ...{ second: at(appraisals.second), final: at(appraisals.final) },
    }
    return {
      code,
      name,
      depth,
      outOf: written(line.outOf),
      byTable: written(line.points),
      stages,
      appraised: at(counts),
    }
  })
}
