// Where a unit stands in its cluster, and what would lift it.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Aim, UnitPageQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'
import { usePointPlaces } from './use-point-places.ts'

type Unit = NonNullable<UnitPageQuery['unit']>

/** Facts of the default policy, which the page has words for. */
const FACTS = ['pactSigned', 'planIssued', 'reviewsSubmitted', 'disciplined', 'underInspection'] as const
const GOALS: Readonly<Record<Aim, TextKey>> = {
  RANK: 'goalRank',
  ELIGIBILITY: 'goalEligible',
  NOTHING: 'goalNothing',
}

export function Rise({ standing }: { readonly standing: Unit['standing'] }) {
  const { t, to, number, points: inPoints } = useSettings()
  if (!standing) return null
  const { own, cluster } = standing
  const { whatItTakes } = own
  if (own.rank === null && whatItTakes.figures.length === 0) {
    return (
      <>
        <h2>{t('rank')}</h2>
        <p className="quiet">{own.reasons.at(-1) ?? t('notRanked')}</p>
      </>
    )
  }
  const known = (fact: string) => {
    const key = FACTS.find((one) => one === fact)
    return key ? t(key) : fact
  }
  return (
    <>
      <h2>{t('whatItTakes')}</h2>
      <p>
        {t('rank')} {own.rank !== null ? `${own.rank}/${cluster.members.length}` : '–'}, {inPoints(own.score)}{' '}
        {t('points')}
        {own.reasons.length > 0 && ` (${own.reasons.join('; ')})`}
      </p>
      <p>
        {t(
          (whatItTakes.aim === 'NOTHING' && own.rank !== 1) || (whatItTakes.aim === 'RANK' && own.rank === null)
            ? 'goalNone'
            : GOALS[whatItTakes.aim],
        )}
      </p>
      {whatItTakes.gap >= 0.005 && (
        <p>
          {t('gap')}: {inPoints(whatItTakes.gap)} {t('points')}
        </p>
      )}
      <ul>
        {whatItTakes.facts.map(({ fact }) => (
          <li key={fact}>{known(fact)}</li>
        ))}
        {whatItTakes.figures.map(({ indicator, from, to: reach, points }) => (
          <li key={indicator.id}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>: {number(from)} → {reach}
            {points >= 0.005 && ` (+${inPoints(points)})`}
          </li>
        ))}
      </ul>
      {!whatItTakes.reachable && <p className="quiet">{t('notReachable')}</p>}
    </>
  )
}

/** Its place by the table of its cluster; that by the default policy stands below, to compare. */
export function PlaceByTable({
  cluster,
  unit,
  table,
  children,
}: {
  readonly cluster: string
  readonly unit: string
  readonly table: string
  readonly children: ReactNode
}) {
  const { t, to, points } = useSettings()
  const places = usePointPlaces(cluster)
  const members = places.data?.cluster.pointRanking?.members ?? []
  const member = members.find((member) => member.unit.code === unit)
  return (
    <>
      <h2>{t('rank')}</h2>
      <p>
        {t('byTable')}: <strong>{table}</strong>
      </p>
      {places.error && <p className="quiet">{t('withheldPoints')}</p>}
      {member && (
        <p>
          {t('rank')} {member.rank ?? '–'}/{members.length}, {points(member.points)} {t('points')},{' '}
          {member.grade ?? t('noGrade')}
          {member.reasons.length > 0 && ` (${member.reasons.join('; ')})`}
        </p>
      )}
      <p>
        <Link href={to('/xep-hang', { bang: cluster, diem: unit })}>{t('seeRanking')}</Link>
      </p>
      <details>
        <summary>{t('besideDefault')}</summary>
        {children}
      </details>
    </>
  )
}
