import type { UnitLevel } from '@dienbien/targets'
import { defaultPolicy, type Policy } from '@dienbien/targets/emulation'
import type { InputError } from '../../errors/input-error.ts'
import { Register } from '../../figures/register.ts'
import { YearFigures } from '../../figures/year-figures.ts'
import type { Cluster, Membership, Unit } from '../../generated/prisma/client.ts'
import { checkPolicy } from './policies.ts'
import { aheadOf, rankAll, standingIn } from './ranking.ts'
import { checkTried, type TriedFigure } from './tried-figures.ts'

const unit = (code: string, level: UnitLevel, parentId: string | null) =>
  ({ id: code, code, level, parentId, name: code, searchKey: code }) as Unit
const cluster = (code: string) => ({ code, name: code, kind: 'cluster' }) as Cluster
const member = (unitCode: string, clusterCode: string, year = 2022) => ({ unitCode, clusterCode, year }) as Membership

const DISTRICTS = ['096', '097', '098', '099', '100', '101']
const REGISTER = new Register(
  { units: [unit('11', 'province', null), ...DISTRICTS.map((code) => unit(code, 'district', '11'))] },
  ['cao', 'thap', 'trong'].map(cluster),
  [
    ...['096', '097', '098'].map((code) => member(code, 'cao')),
    ...['099', '100'].map((code) => member(code, 'thap')),
    member('101', 'trong', 2021),
  ],
)
const REGISTRY = REGISTER.on('2022-12-31')
const years: Parameters<typeof rankAll>[2] = {
  store: { registry: () => REGISTRY, year: () => new YearFigures(2022, REGISTER) },
  memory: { dayIn: (figures, asOf, kinds) => figures.on(asOf, kinds) },
  loaders: {
    unitsAsKnown: { load: async () => new YearFigures(2022, REGISTER) },
  },
}
const YEAR_END = { year: 2022, asOf: '2022-12-31' }
/** Asks for no papers and no share of figures, and counts the province's targets. */
const LENIENT: Policy = {
  ...defaultPolicy,
  id: 'thử-xếp-hạng',
  weights: { default: 0, indicators: { 'grid-electricity': 1 } },
  inheritedLevels: 'count',
  leastShare: 0,
  eligibility: [],
}
const electricity = (code: string, value: number): TriedFigure => ({ unit: code, indicator: 'grid-electricity', value })
const places = (clusters: Awaited<ReturnType<typeof rankAll>>) =>
  Object.fromEntries(
    clusters.map((cluster) => [cluster.cluster.code, cluster.members.map(({ unit, rank }) => `${rank} ${unit}`)]),
  )

describe('clusters of a year are ranked', () => {
  test('those that have members in it; nobody has a rank where there are no figures, and each is told why', async () => {
    const clusters = await rankAll(YEAR_END, defaultPolicy, years)
    expect(clusters.map((cluster) => [cluster.cluster.code, cluster.rank, cluster.members.length]).sort()).toEqual([
      ['cao', null, 3],
      ['thap', null, 2],
    ])
    for (const cluster of clusters) {
      expect(cluster.reasons.length).toBeGreaterThan(0)
      for (const { rank, reasons } of cluster.members) {
        expect(rank).toBeNull()
        expect(reasons.length).toBeGreaterThan(0)
      }
    }
  })

  test('by figures that are tried, each only in its own cluster; equal ones share a rank', async () => {
    const tried = [
      electricity('097', 95),
      electricity('096', 80),
      electricity('098', 80),
      electricity('100', 93),
      electricity('099', 40),
    ]
    const clusters = await rankAll(YEAR_END, LENIENT, years, tried)
    expect(places(clusters)).toEqual({ cao: ['1 097', '2 096', '2 098'], thap: ['1 100', '2 099'] })
    const other = await rankAll(YEAR_END, LENIENT, years, [...tried.slice(1), electricity('097', 30)])
    expect(places(other)).toEqual({ cao: ['1 096', '1 098', '3 097'], thap: ['1 100', '2 099'] })
  })

  test('and a unit stands in one of them: behind whom, nobody where it is first', async () => {
    const clusters = await rankAll(YEAR_END, LENIENT, years, [
      electricity('097', 95),
      electricity('096', 85),
      electricity('098', 75),
    ])
    const ahead = (code: string) => {
      const standing = standingIn(clusters, code)
      return standing && (aheadOf(standing.cluster, standing.own)?.unit ?? 'nobody')
    }
    expect(['097', '096', '098', '101', '11'].map(ahead)).toEqual(['nobody', '097', '096', null, null])
  })
})

describe('figures to try', () => {
  const codes = (figures: readonly TriedFigure[]) => {
    try {
      checkTried(figures, 2022, REGISTRY)
      return null
    } catch (error) {
      const { code, details } = error as InputError
      return `${code} ${details.argument}`
    }
  }
  test.each<[string, TriedFigure[], string | null]>([
    ['two of two units', [electricity('096', 1), electricity('097', 1)], null],
    ['one twice', [electricity('096', 1), electricity('096', 2)], 'BAD_INPUT figures[1]'],
    ['a unit that there is not', [electricity('096', 1), electricity('999', 1)], 'UNKNOWN_UNIT figures[1].unit'],
    ['a unit that is in no cluster that year', [electricity('101', 1)], 'BAD_INPUT figures[0].unit'],
    ['a share of 101%', [electricity('098', 101)], 'OUT_OF_RANGE figures[0].value'],
    [
      'an indicator that there is not',
      [{ ...electricity('098', 1), indicator: 'grid-electricty' }],
      'UNKNOWN_INDICATOR figures[0].indicator',
    ],
  ])('%s', (_, figures, expected) => {
    expect(codes(figures)).toBe(expected)
  })
})

describe('a policy', () => {
  test('is the default where none is given', () => {
    for (const none of [null, undefined]) expect(checkPolicy(none)).toBe(defaultPolicy)
    expect(checkPolicy(LENIENT)).toBe(LENIENT)
  })
  test.each([
    [{ weights: { default: 1, indicators: { 'grid-electricty': 2 } } }, 'policy.weights.indicators'],
    [
      {
        weights: {
          default: 1,
          groups: [
            { id: 'g', name: { vi: 'nhóm', en: 'group' }, indicators: ['grid-electricity', 'export'], weight: 2 },
          ],
        },
      },
      'policy.weights.groups',
    ],
  ])('that weighs what is no indicator is refused: %j', (changes, argument) => {
    expect(() => checkPolicy({ ...LENIENT, ...changes })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_INDICATOR', details: expect.objectContaining({ argument }) }),
    )
  })
})
