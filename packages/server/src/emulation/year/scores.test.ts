import { evaluate } from '@dienbien/targets'
import type { Viewer } from '../../accounts/viewer.ts'
import type { Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import {
  checkItems,
  pointsOf,
  readableFilings,
  type ScoreComparison,
  type ScoreReader,
  scoreComparison,
  scoreOf,
  scoresApart,
} from './scores.ts'

const filing = (kind: FilingKind, ...points: number[]) =>
  ({
    kind,
    content: points.map((value, i) => ({ item: `item-${i}`, points: value, evidence: null })),
  }) as unknown as Filing

test('a score is the sum of its lines, in decimals', () => {
  expect(pointsOf(filing('self_score', 0.1, 0.2))).toBe(0.3)
  expect(pointsOf(filing('pact', 1))).toBe(0)
})

test('the difference is what the unit gave itself beyond its appraisers, and none while one of both is missing', () => {
  const [self, appraised] = [filing('self_score', 60, 20.3), filing('appraised_score', 75.1)]
  expect(scoreComparison([filing('plan'), appraised, self])).toEqual({
    selfScore: self,
    appraisedScore: appraised,
    difference: 5.2,
  })
  expect(scoreComparison([appraised])).toBeNull()
  expect(scoreComparison([self])).toBeNull()
})

test('scores that lie furthest apart come first, whoever gave more', () => {
  const differences = [2, -5, 0, 3].map((points) => {
    const scores = [filing('self_score', 10 + points), filing('appraised_score', 10)]
    return scoreComparison(scores) as ScoreComparison
  })
  expect(scoresApart(differences, 0).map(({ difference }) => difference)).toEqual([-5, 3, 2, 0])
  expect(scoresApart(differences, 3).map(({ difference }) => difference)).toEqual([-5, 3])
})

describe('before the ranking of its cluster is published', () => {
  const filings = [filing('pact'), filing('self_score', 1), filing('appraised_score', 2), filing('final')]
  const reader = (viewer: Viewer | null, published: readonly string[] = []): ScoreReader => ({
    viewer,
    ownUnit: () => viewer?.unit ?? null,
    parentOf: (unit) => (unit.length > 3 ? unit.slice(0, 3) : null),
    clusterOf: async (unit) => (unit === '200' ? null : 'cao'),
    headOf: async () => '101',
    loaders: {
      published: { load: async ({ code, year }) => published.filter((cluster) => cluster === `${year} ${code}`) },
    },
  })
  const kinds = async (asking: ScoreReader, unit = '102') =>
    (await readableFilings(filings, unit, 2022, asking)).map(({ kind }) => kind)

  test('scores are for those who may read the records of the unit', async () => {
    expect(await kinds(reader(null))).toEqual(['pact', 'final'])
    expect(await kinds(reader({ subject: 'b', role: 'reporter', unit: '103' }))).toEqual(['pact', 'final'])
    expect(await kinds(reader({ subject: 'b', role: 'reporter', unit: '102' }))).toHaveLength(4)
    expect(await kinds(reader({ subject: 'b', role: 'head', unit: '101' }))).toHaveLength(4)
  })

  test('afterwards they are for everyone, of that cluster and that year', async () => {
    expect(await kinds(reader(null, ['2022 cao']))).toHaveLength(4)
    expect(await kinds(reader(null, ['2021 cao', '2022 thap']))).toEqual(['pact', 'final'])
    expect(await kinds(reader(null, ['2022 cao']), '200')).toEqual(['pact', 'final'])
  })
})

describe('a score sheet', () => {
  const lines = (...items: string[]) => items.map((item) => ({ item, points: 1 }))

  test('names indicators and criteria, each once', () => {
    expect(() => checkItems(lines('forest-cover', 'pact'))).not.toThrow()
    expect(() => checkItems([])).toThrow(/give at least one line/)
    expect(() => checkItems(lines('pact', 'forest-cover', 'pact'))).toThrow(/"pact" is given twice/)
    expect(() => checkItems(lines('forest-cove'))).toThrow(/did you mean "forest-cover"/)
  })

  const evaluation = evaluate({}, { unitLevel: 'district' })
  const sheet = (points: number, scoredOn = '2023-01-10') => ({
    unit: '102',
    year: 2022,
    stage: 'self_score' as const,
    scoredOn,
    signedBy: 'Giàng A Sử',
    evidence: 'Biên bản',
    lines: [{ item: 'pact', points }],
  })

  test('is filed as the kind of who scored, with no evidence where none was named', () => {
    expect(scoreOf(sheet(1.5), evaluation)).toMatchObject({
      kind: 'self_score',
      filedOn: '2023-01-10',
      content: [{ item: 'pact', points: 1.5, evidence: null }],
    })
  })

  test('gives no more than the policies do, and is not of tomorrow', () => {
    expect(() => scoreOf(sheet(1e6), evaluation)).toThrow(/"pact" brings from 0 to 50/)
    expect(() => scoreOf(sheet(1.5, '2999-01-01'), evaluation)).toThrow(/lies in the future/)
  })
})
