import { Link } from 'wouter'
import { Leaders as LeadersQuery } from '../generated/api.ts'
import { type Settings, useSettings } from '../settings.tsx'
import { Shown, useApi } from './data.tsx'
import { isInvented, Synthetic } from './status.tsx'
import { usePointFairness, usePointPlaces } from './use-point-places.ts'

/** Who leads each cluster, and how sure that is. */
export function Leaders() {
  const { t, to, year, asOf, locale, points, percent } = useSettings()
  const answer = useApi(LeadersQuery, { year, asOf, locale })
  // Where nobody competes, nobody leads.
  if (answer.data?.ranking.clusters.length === 0) return null
  return (
    <section aria-labelledby="leaders">
      <h2 id="leaders">{t('leaders')}</h2>
      <Shown of={answer}>
        {({ ranking }) => (
          <ul className="cards">
            {ranking.clusters.map(({ cluster, members, reasons, fairness, pointTable }) => {
              if (pointTable) return <LeaderByTable key={cluster.code} cluster={cluster} table={pointTable.title} />
              const first = members.filter(({ rank }) => rank === 1)
              const range = fairness.units.find((unit) => unit.unit.code === first[0]?.unit.code)
              return (
                <li key={cluster.code}>
                  <Link href={to('/xep-hang')}>{cluster.name}</Link>{' '}
                  {first.length === 0 ? (
                    <p className="quiet">{reasons.join('; ') || t('notRanked')}</p>
                  ) : (
                    <p>
                      {first.map(({ unit, score, evaluation }) => (
                        <span key={unit.code}>
                          <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link> ({points(score)} {t('points')}){' '}
                          <Synthetic show={isInvented(evaluation)} />{' '}
                        </span>
                      ))}
                      <span className="quiet">
                        {first.length > 1 ? t('tied') : range && surenessOf(range, t)}
                        {cluster.completeness !== null && `; ${t('complete')} ${percent(cluster.completeness)}`}
                      </span>
                    </p>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Shown>
      <p className="quiet">{t('policyNote')}</p>
    </section>
  )
}

interface Range {
  readonly weights: { readonly worst: number }
  readonly missing: { readonly worst: number }
}

/** Whether a leader stays so when weights change and missing figures come. */
function surenessOf({ weights, missing }: Range, t: Settings['t']): string {
  const worst = Math.max(weights.worst, missing.worst)
  return worst === 1 ? t('sure') : `${t('unsure')} ${worst}`
}

/** Who leads a cluster that has a point table of its own, where that may be seen. */
function LeaderByTable({
  cluster: { code, name },
  table,
}: {
  readonly cluster: { readonly code: string; readonly name: string }
  readonly table: string
}) {
  const { t, to, points } = useSettings()
  const places = usePointPlaces(code)
  const first = places.data?.cluster.pointRanking?.members.filter(({ rank }) => rank === 1) ?? []
  const range = usePointFairness(code).data?.cluster.pointRanking?.fairness.find(
    (entry) => entry.unit.code === first[0]?.unit.code,
  )
  return (
    <li>
      <Link href={to('/xep-hang')}>{name}</Link>{' '}
      <p>
        {first.map(({ unit, points: got, grade }) => (
          <span key={unit.code}>
            <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link> (
            {[`${points(got)} ${t('points')}`, grade].filter(Boolean).join(', ')}) <Synthetic
              show={unit.synthetic}
            />{' '}
          </span>
        ))}
        <span className="quiet">
          {first.length > 1 ? `${t('tied')}; ` : range && `${surenessOf(range, t)}; `}
          {t('byTable')}: {table}
          {places.error && `. ${t('withheldPoints')}`}
        </span>
      </p>
    </li>
  )
}
