// What is known of the members of a cluster on a day, for its point table.
import { refusalOf } from '../../accounts/rights.ts'
import { factsOf } from '../../figures/known-facts.ts'
import { judgedMoment, type Moment } from '../../figures/years.ts'
import type { Context } from '../../graphql/context.ts'
import { directiveOfCluster } from '../../units/clusters.ts'
import { inForceOf, type OfCluster, type StoredTable, tablesLoader } from './point-tables.ts'
import { isOwnStage } from './score-sheets.ts'
import { sheetsBy, sheetsLoader } from './sheet-store.ts'
import type { TableMember } from './table-ranking.ts'

/** A cluster's members before its adopted table. */
export interface MembersByTable {
  readonly moment: Moment
  readonly stored: StoredTable
  readonly members: readonly TableMember[]
}

/** @returns null where no table is adopted */
export async function membersByTable(
  of: OfCluster,
  asOf: string | null | undefined,
  context: Context,
): Promise<MembersByTable | null> {
  const stored = inForceOf(await tablesLoader(context).load(of))
  if (!stored) return null
  const moment = judgedMoment(of.year, asOf)
  const sheets = sheetsBy(await sheetsLoader(context).load(of), stored)
  const figures = await context.store.year(of.year)
  const day = context.memory.dayIn(figures, moment.asOf)
  // Members who are judged by several directives cannot be compared.
  directiveOfCluster(day.registry, of.cluster, moment.year)
  const members = figures.registry.members(of.cluster, of.year).map(
    ({ unitCode: unit }): TableMember => ({
      unit,
      facts: factsOf(figures, unit),
      evaluation: day.evaluation(unit),
      sheets: sheets.filter(({ unitCode }) => unitCode === unit),
    }),
  )
  return { moment, stored, members }
}

/**
 * What figures and facts make of a ranking is for everyone; where appraisers' sheets count it is withheld until a ranking
 * of the cluster is published, as their scores are.
 * @throws `FORBIDDEN`, `UNAUTHENTICATED`
 */
export async function checkReadable(found: MembersByTable, of: OfCluster, context: Context): Promise<void> {
  const refusal = await refusalToRead(found, of, context)
  if (refusal) throw refusal
}

/** Whether {@link checkReadable} lets the viewer read it. */
export const mayRead = async (found: MembersByTable, of: OfCluster, context: Context): Promise<boolean> =>
  !(await refusalToRead(found, of, context))

async function refusalToRead({ members }: MembersByTable, of: OfCluster, context: Context) {
  if (!members.some(({ sheets }) => sheets.some(({ stage }) => !isOwnStage(stage)))) return null
  if ((await context.loaders.published.load({ code: of.cluster, year: of.year })).length > 0) return null
  return refusalOf({ action: 'READ_RANKINGS', ...of }, context)
}
