// A database that was set up by a workbook before anything was loaded: nothing of Điện Biên is loaded into it, ever.
import type { Prisma } from '../../generated/prisma/client.ts'

/** Stands among the data sets of such a database. */
export const SET_UP = 'set-up'

/** Marks a database that has no data set; one that has some is set up on top of them. */
export async function markSetUp(transaction: Prisma.TransactionClient): Promise<void> {
  if ((await transaction.dataSet.count()) === 0) await transaction.dataSet.create({ data: { name: SET_UP } })
}
