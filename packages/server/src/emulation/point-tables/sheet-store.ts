// Score sheets as the database keeps them.
import DataLoader from 'dataloader'
import { type Author, EditConflict, expectState, NEWEST_REVISION, takeTurns } from '../../database/write.ts'
import { inputError } from '../../errors/input-error.ts'
import type { Prisma, ScoreSheet } from '../../generated/prisma/client.ts'
import type { Context } from '../../graphql/context.ts'
import { loaderOf } from '../../graphql/loaders.ts'
import { adoptedTable, loaderKey, type OfCluster, type StoredTable, tableOf } from './point-tables.ts'
import { checkLines, checkStage, type SheetLine } from './score-sheets.ts'

/** A sheet to be kept. */
export interface NewSheet extends Pick<ScoreSheet, 'year' | 'stage' | 'assessor' | 'signedBy' | 'evidence'> {
  readonly unit: string
  readonly cluster: string
  /** ISO date. */
  readonly scoredOn: string
  readonly lines: readonly SheetLine[]
}

type Reader = Pick<Prisma.TransactionClient, 'scoreSheet'>

/** The newest revision of each stage and assessor, of all members of some clusters, by stage. */
const newestSheets = (year: number, clusters: readonly string[], { scoreSheet }: Reader): Promise<ScoreSheet[]> =>
  scoreSheet.findMany({
    where: { year, clusterCode: { in: [...clusters] } },
    orderBy: [{ unitCode: 'asc' }, { stage: 'asc' }, { assessor: 'asc' }, { revision: 'desc' }],
    distinct: ['unitCode', 'stage', 'assessor'],
  })

/** Sheets by a table that is no longer in force say nothing of the one that is. */
export const sheetsBy = (sheets: readonly ScoreSheet[], { row }: StoredTable): ScoreSheet[] =>
  sheets.filter(({ tableVersion }) => tableVersion === row.version)

/** The newest sheets of a cluster and year: for one request, and those of all clusters that it asks about at once. */
export const sheetsLoader = loaderOf(
  ({ prisma }: Pick<Context, 'prisma' | 'loaders'>) =>
    new DataLoader<OfCluster, ScoreSheet[], string>((keys) => readAll(keys, prisma), { cacheKeyFn: loaderKey }),
)

async function readAll(keys: readonly OfCluster[], database: Reader): Promise<ScoreSheet[][]> {
  const years = [...new Set(keys.map(({ year }) => year))]
  const sheets = new Map<number, readonly ScoreSheet[]>()
  for (const year of years) {
    const clusters = keys.filter((key) => key.year === year).map(({ cluster }) => cluster)
    sheets.set(year, await newestSheets(year, clusters, database))
  }
  return keys.map(({ year, cluster }) => (sheets.get(year) ?? []).filter(({ clusterCode }) => clusterCode === cluster))
}

/** A body has one sheet of a stage, and several people who may write it: none replaces another's unseen. */
const ofAnother = (revision: number) =>
  new EditConflict(
    {
      vi: `phiếu này do người khác của cùng đơn vị ghi (bản ${revision}): ghi expected (bản đã thấy) để sửa`,
      en: `somebody else of the same body wrote this sheet (revision ${revision}): give expected, the revision that you have seen, to correct it`,
    },
    { argument: 'input.expected', expected: null, found: revision },
  )

/**
 * Stores a sheet as the next revision of its stage and assessor.
 * @param expected the revision that its author saw, 0 for none; null expects nothing
 * @throws `BAD_INPUT` where no table is adopted, or the stage is over; {InputProblems} for its lines
 * @throws {EditConflict} where another revision stands, or one that somebody else wrote and the author did not say to have seen
 */
export async function storeSheet(
  transaction: Prisma.TransactionClient,
  author: Author,
  { unit, cluster, lines, scoredOn, ...sheet }: NewSheet,
  expected: number | null,
): Promise<ScoreSheet> {
  const { year, stage, assessor } = sheet
  await takeTurns(transaction, `score sheets of ${year} ${unit}`)
  const adopted = await adoptedTable({ cluster, year }, transaction)
  if (!adopted) {
    const text = {
      vi: `${cluster} chưa ban hành bảng tiêu chí năm ${year}: chấm theo bảng mặc định bằng submitScore`,
      en: `${cluster} adopted no point table for ${year}: submitScore takes a score by the default policy`,
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.unit', value: unit })
  }
  const sheets = sheetsBy(await newestSheets(year, [cluster], transaction), adopted).filter(
    ({ unitCode }) => unitCode === unit,
  )
  checkStage(stage, new Set(sheets.map((sheet) => sheet.stage)))
  checkLines(tableOf(adopted.row), lines)
  const key = { unitCode: unit, year, stage, assessor }
  const last = await transaction.scoreSheet.findFirst({
    where: key,
    orderBy: { revision: 'desc' },
    select: { revision: true, recordedBy: true },
  })
  const revision = last?.revision ?? 0
  expectState(expected, revision, NEWEST_REVISION)
  if (expected === null && last && last.recordedBy !== author.subject) throw ofAnother(revision)
  return transaction.scoreSheet.create({
    data: {
      ...sheet,
      unitCode: unit,
      clusterCode: cluster,
      tableVersion: adopted.row.version,
      revision: revision + 1,
      scoredOn: new Date(scoredOn),
      lines: lines as unknown as Prisma.InputJsonValue,
      recordedBy: author.subject,
    },
  })
}
