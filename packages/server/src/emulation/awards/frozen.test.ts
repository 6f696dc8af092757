import { directive2022 } from '@dienbien/targets'
import { defaultPolicy } from '@dienbien/targets/emulation'
import type { Viewer } from '../../accounts/viewer.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import {
  type FrozenReader,
  findFrozen,
  frozenDocument,
  frozenRankings,
  isUsual,
  newestFrozen,
  possibleOn,
} from './frozen.ts'

const document = JSON.stringify({ result: { ranking: [] }, policy: defaultPolicy, members: [] })
const row = (number: number, ...steps: object[]) => ({
  id: `2022-cao-${number}`,
  clusterCode: 'cao',
  year: 2022,
  number,
  document,
  steps: steps.map((step) => ({ step })),
})

/** A database that holds these rankings of one cluster, newest first. */
function readerOf(rows: readonly ReturnType<typeof row>[], viewer: Viewer | null): FrozenReader {
  const frozenRanking = {
    findUnique: async ({ where }: { where: { id: string } }) => rows.find(({ id }) => id === where.id) ?? null,
    findFirstOrThrow: async () => rows[0],
    findMany: async () => rows,
  }
  return {
    viewer,
    ownUnit: () => viewer?.unit ?? null,
    parentOf: () => null,
    clusterOf: async () => 'cao',
    headOf: async () => '101',
    prisma: { frozenRanking } as unknown as PrismaClient,
  }
}
const analyst: Viewer = { subject: 'a', role: 'analyst', unit: null }

test('what is not published is for those who may read rankings, and says nothing of itself to others', async () => {
  const rows = [row(2), row(1)]
  expect(await frozenRankings(2022, 'cao', readerOf(rows, null))).toEqual([])
  await expect(findFrozen('2022-cao-2', 'code', readerOf(rows, null))).rejects.toThrow(/no frozen ranking "2022-cao-2"/)
  expect((await findFrozen('2022-cao-1', 'code', readerOf(rows, analyst))).inForce).toBe('2022-cao-2')
})

test('the newest of a cluster is in force, whether it may be seen or not', async () => {
  const rows = [row(10), row(9)]
  expect([...(await newestFrozen(2022, null, readerOf(rows, analyst))).keys()]).toEqual(['cao'])
  expect((await newestFrozen(2022, null, readerOf(rows, analyst))).get('cao')?.id).toBe('2022-cao-10')
  expect((await newestFrozen(2022, null, readerOf(rows, null))).size).toBe(0)
})

test('on a superseded ranking nothing is possible but to revoke', () => {
  const commendation = { possible: ['nominate', 'revoke'] } as unknown as Parameters<
    typeof possibleOn
  >[0]['commendation']
  expect(possibleOn({ id: 'a', inForce: 'a', withdrawn: null, commendation })).toEqual(['nominate', 'revoke'])
  expect(possibleOn({ id: 'a', inForce: 'b', withdrawn: null, commendation })).toEqual(['revoke'])
  expect(possibleOn({ id: 'a', inForce: 'a', withdrawn: 'Nhầm thành viên', commendation })).toEqual([])
})

test.each<[unknown, string | null, boolean]>([
  [null, null, true],
  [structuredClone(defaultPolicy), '2022-12-31', true],
  [{ ...defaultPolicy, scale: 10 }, null, false],
  [null, '2022-12-30', false],
])('a policy and a day are the usual ones or not', (policy, asOf, usual) => {
  expect(isUsual(policy, asOf, 2022)).toBe(usual)
})

test('a cluster without members has no ranking to freeze', () => {
  const judged = { directive: directive2022, directiveVersion: '2022-1' }
  const ranking = {
    cluster: 'cao',
    year: 2022,
    asOf: '2022-12-31',
    ...judged,
    policy: defaultPolicy,
    isPolicyNew: false,
  }
  expect(() => frozenDocument(ranking, [], null)).toThrow(/cao has no members in 2022/)
})
