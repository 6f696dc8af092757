import { defaultPolicy, type Nominee, type Ranked, replay } from '@dienbien/targets/emulation'
import { nominationsAbove } from './nominations.ts'

/** The first unit of each cluster qualifies for the provincial flag, with all met and half exceeded. */
const ranking = (cluster: number): Ranked[] =>
  [0, 1, 2].map((i) => ({
    unit: `${cluster}-${i}`,
    rank: i + 1,
    tied: false,
    score: 95 - i - cluster / 10,
    eligible: true,
    reasons: [],
    met: 2,
    exceeded: 1,
    noData: 0,
    counted: 2,
    there: 2,
    facts: { metRatio: 1, exceededRatio: 0.5 },
  }))
const commendations = [0, 1, 2, 3, 4, 5].map((cluster) => replay(ranking(cluster), [], defaultPolicy))

test('the best of the clusters is proposed, with its score there', () => {
  const [first] = nominationsAbove(commendations)
  expect(first).toMatchObject({ unit: '0-0', score: 95 })
})

test.each<[string, Partial<Nominee>]>([
  ['excluded', { verdict: 'exclude', revoked: null }],
  ['stripped of its award', { verdict: 'agree', revoked: 'Kê khai không đúng' }],
])('a unit that was %s is proposed for nothing above', (_, finding) => {
  const [first, ...others] = commendations
  const nominees = [{ unit: '0-0', ...finding }] as Nominee[]
  const above = nominationsAbove([{ ranking: first?.ranking ?? [], nominees }, ...others])
  expect(above.map(({ unit }) => unit)).not.toContain('0-0')
})
