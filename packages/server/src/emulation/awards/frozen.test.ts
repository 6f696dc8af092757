import { directive2022 } from '@dienbien/targets'
import { defaultPolicy } from '@dienbien/targets/emulation'
import type { Viewer } from '../../accounts/viewer.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { type FrozenReader, frozenDocument, isUsual, newestFrozen, possibleOn, visibleRanking } from './frozen.ts'

const document = JSON.stringify({ result: { ranking: [] }, policy: defaultPolicy, members: [] })
const row = (number: number, ...steps: object[]) => ({
  id: `2022-cao-${number}`,
  clusterCode: 'cao',
  year: 2022,
  number,
  document,
  steps: steps.map((step) => ({ step, reason: 'Vì sao' })),
})

/** A database whose newest ranking of one cluster is this one. */
function readerOf(newest: ReturnType<typeof row>, viewer: Viewer | null): FrozenReader {
  const frozenRanking = { findMany: async () => [newest] }
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
  const published = { steps: { some: { step: { path: ['kind'], equals: 'publish' } } } }
  expect(await visibleRanking('2022-cao-2', 'code', readerOf(row(2), null))).toEqual({ id: '2022-cao-2', ...published })
  expect(await visibleRanking('2022-cao-2', 'code', readerOf(row(2), analyst))).toEqual({ id: '2022-cao-2' })
})

test.each(['', 'cao', '2022-cao', '2022--1', 'x2022-cao-1'])('no ranking has the id %j', async (id) => {
  await expect(visibleRanking(id, 'code', readerOf(row(2), analyst))).rejects.toThrow(/no frozen ranking/)
})

test('of the ranking in force is told who may see it, and nothing of one that is withdrawn', async () => {
  const seen = async (newest: ReturnType<typeof row>, viewer: Viewer | null) => [
    ...(await newestFrozen(2022, null, readerOf(newest, viewer))).keys(),
  ]
  expect(await seen(row(10), analyst)).toEqual(['cao'])
  expect(await seen(row(10), null)).toEqual([])
  expect(await seen(row(10, { kind: 'withdraw' }), analyst)).toEqual([])
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
