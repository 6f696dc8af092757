import { useDeferredValue, useMemo } from 'react'
import { Link } from 'wouter'
import {
  type RankingQuery as Answer,
  FairnessRanges,
  type FairnessRangesQuery,
  Indicators,
  Ranking as RankingQuery,
} from '../generated/api.ts'
import { Chart } from '../parts/chart.tsx'
import { Shown, useApi, useLive } from '../parts/data.tsx'
import { Exports } from '../parts/export.tsx'
import { Synthetic } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { useSettings } from '../settings.tsx'

type ClusterRank = NonNullable<Answer['ranking']>['clusters'][number]
interface Policy {
  readonly weights: object
  readonly quotas: readonly { readonly award: string; readonly name: { readonly vi: string; readonly en: string } }[]
}

/** Sections of the directive whose indicators are weighed together by the sliders. */
const GROUPS = [
  { id: 'economy', section: '3.1', name: { vi: 'Kinh tế (3.1)', en: 'Economy (3.1)' } },
  { id: 'society', section: '3.2', name: { vi: 'Xã hội và môi trường (3.2)', en: 'Society and environment (3.2)' } },
] as const

/** Clusters and their members, how sure the ranks are, and what other weights would do. */
export default function Ranking() {
  const { t, asOf, locale, get } = useSettings()
  const variables = { asOf, locale }
  const answer = useApi(RankingQuery, variables)
  const fairness = useApi(FairnessRanges, variables)
  const indicators = useApi(Indicators, { locale })
  useLive({ unit: '11' })
  const weights = useDeferredValue(GROUPS.map(({ id }) => Number(get(id) ?? 50)).join(' '))
  const policy = useMemo(() => {
    const base = answer.data?.ranking.policy
    const all = indicators.data?.indicators.nodes
    const chosen = weights.split(' ').map(Number)
    if (!base || !all || chosen.every((weight) => weight === 50)) return null
    const groups = GROUPS.map(({ id, section, name }, i) => ({
      id,
      name,
      weight: chosen[i],
      indicators: all.filter((one) => one.section.startsWith(section)).map((one) => one.id),
    }))
    return { ...(base as Policy), id: 'thu', weights: { ...(base as Policy).weights, groups } }
  }, [answer.data, indicators.data, weights])
  const other = useApi(RankingQuery, { ...variables, policy }, { enabled: policy !== null })
  const changed = policy ? other.data?.ranking.clusters : undefined
  return (
    <>
      <div className="heading">
        <h1>{t('ranking')}</h1>
        <Exports document={RankingQuery} variables={variables} name={`xep-hang-${asOf}`} />
      </div>
      <p className="quiet">{t('policyNote')}</p>
      <WhatIf />
      {other.error && (
        <p className="state" role="alert">
          {other.error.message}
        </p>
      )}
      <Shown of={answer}>
        {({ ranking }) =>
          ranking.clusters.map((cluster) => (
            <ClusterTable
              key={cluster.cluster.code}
              cluster={cluster}
              policy={ranking.policy as Policy}
              other={changed?.find((one) => one.cluster.code === cluster.cluster.code)}
              fairness={fairness.data?.ranking.clusters.find((one) => one.cluster.code === cluster.cluster.code)}
            />
          ))
        }
      </Shown>
    </>
  )
}

function WhatIf() {
  const { t, get, set, language } = useSettings()
  return (
    <fieldset className="what-if">
      <legend>{t('whatIf')}</legend>
      {GROUPS.map(({ id, name }) => (
        <label key={id}>
          {name[language]}{' '}
          <input
            type="range"
            min="0"
            max="100"
            step="5"
            value={get(id) ?? '50'}
            onChange={({ target }) => set({ [id]: target.value === '50' ? null : target.value })}
          />{' '}
          <output>{get(id) ?? '50'}</output>
        </label>
      ))}
      <button
        type="button"
        className="small"
        onClick={() => set(Object.fromEntries(GROUPS.map(({ id }) => [id, null])))}
      >
        {t('reset')}
      </button>
    </fieldset>
  )
}

type Fairness = NonNullable<FairnessRangesQuery['ranking']>['clusters'][number]

function ClusterTable({
  cluster: { rank, score, cluster, members },
  policy,
  other,
  fairness,
}: {
  readonly cluster: ClusterRank
  readonly policy: Policy
  readonly other: ClusterRank | undefined
  readonly fairness: Fairness | undefined
}) {
  const { t, to, number, percent, language } = useSettings()
  const id = `cluster-${cluster.code}`
  const award = (code: string | null) => policy.quotas.find((one) => one.award === code)?.name[language] ?? code
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {rank === null ? '' : `${rank}. `}
        {cluster.name} <Synthetic show={cluster.synthetic} />{' '}
        <small className="quiet">
          {score !== null && `${number(score)} ${t('points')}`}
          {cluster.completeness !== null && `, ${t('complete')} ${percent(cluster.completeness)}`}
        </small>
      </h2>
      <Table label={cluster.name} head={['rank', 'unit', 'score', 'award']}>
        {members.map(({ unit, rank: place, tied, eligible, score: points, reasons, award: proposed, awardReasons }) => {
          const then = other?.members.find((one) => one.unit.code === unit.code)
          return (
            <tr key={unit.code} className={then && then.rank !== place ? 'moved' : undefined}>
              <td className="number">
                {then ? (then.rank ?? '–') : (place ?? '–')}
                {then && then.rank !== place && (
                  <span className="quiet">
                    {' '}
                    ({t('was')} {place})
                  </span>
                )}
                {tied && !then && <span className="quiet"> {t('tied')}</span>}
              </td>
              <th scope="row">
                <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link> <Synthetic show={unit.synthetic} />
                {(!eligible || place === null) && <p className="quiet">{reasons.join('; ')}</p>}
              </th>
              <td className="number">{number(then?.score ?? points)}</td>
              <td>
                {award((then ?? { award: proposed }).award)}
                {!then && awardReasons.length > 0 && <p className="quiet">{awardReasons.join('; ')}</p>}
              </td>
            </tr>
          )
        })}
      </Table>
      {fairness && fairness.fairness.units.length > 1 && <Ranges fairness={fairness} name={cluster.name} />}
    </section>
  )
}

/** The range of ranks of each member, drawn and in words. */
function Ranges({ fairness, name }: { readonly fairness: Fairness; readonly name: string }) {
  const { t } = useSettings()
  const { units } = fairness.fairness
  const kinds = ['weights', 'leaveOneOut', 'missing'] as const
  const bars = units.flatMap((one) =>
    kinds.map((kind, i) => ({
      unit: one.unit.name,
      kind: t(kind),
      from: one[kind].best,
      to: one[kind].worst,
      offset: (i - 1) * 6,
    })),
  )
  const label = `${t('range')}, ${name}: ${units.map((one) => `${one.unit.name} ${one.weights.best}–${one.weights.worst}`).join('; ')}`
  return (
    <details open>
      <summary>{t('range')}</summary>
      <p className="quiet">{t('rangeHelp')}</p>
      <Chart
        name={`khoang-hang-${fairness.cluster.code}`}
        label={label}
        draw={(Plot, width) => ({
          height: units.length * 36 + 50,
          marginLeft: Math.min(170, width / 3),
          x: {
            domain: [0.5, units.length + 0.5],
            ticks: units.map((_, i) => i + 1),
            label: t('rank'),
            tickFormat: 'd',
          },
          y: { label: null, domain: units.map((one) => one.unit.name) },
          color: { legend: true, domain: kinds.map((kind) => t(kind)), range: ['#1f6fb2', '#b35a00', '#5b5b5b'] },
          marks: [
            Plot.gridX({ ticks: units.map((_, i) => i + 1) }),
            ...kinds.map((kind, i) =>
              Plot.link(
                bars.filter((bar) => bar.kind === t(kind)),
                {
                  x1: 'from',
                  x2: 'to',
                  y: 'unit',
                  stroke: 'kind',
                  strokeWidth: 4,
                  strokeLinecap: 'round',
                  dy: (i - 1) * 7,
                },
              ),
            ),
            Plot.dot(units, {
              x: 'rank',
              y: (one) => one.unit.name,
              r: 5,
              fill: '#111',
              filter: (one) => one.rank !== null,
            }),
          ],
        })}
      />
    </details>
  )
}
