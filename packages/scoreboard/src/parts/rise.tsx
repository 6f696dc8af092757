// Where a unit stands in its cluster, and what would lift it.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Aim, PointsItTakesQuery, UnitPageQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'
import { usePointPlaces, usePointsItTakes } from './use-point-places.ts'

type Unit = NonNullable<UnitPageQuery['unit']>
type ByTable = NonNullable<NonNullable<PointsItTakesQuery['cluster']>['pointRanking']>['members'][number]['whatItTakes']

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
        {t('rank')} {own.rank !== null ? `${own.rank}/${cluster.members.length}` : '–'}
        {(own.rank !== null || own.score > 0) && `, ${inPoints(own.score)} ${t('points')}`}
        {own.reasons.length > 0 && ` (${own.reasons.join('; ')})`}
      </p>
      {whatItTakes.gap >= 0.005 && (
        <p>
          {t('gap')}: {inPoints(whatItTakes.gap)} {t('points')}
        </p>
      )}
      <p>
        {t(
          (whatItTakes.aim === 'NOTHING' && own.rank !== 1) || (whatItTakes.aim === 'RANK' && own.rank === null)
            ? 'goalNone'
            : GOALS[whatItTakes.aim],
        )}
      </p>
      <ul>
        {whatItTakes.facts.map(({ fact }) => (
          <li key={fact}>{known(fact)}</li>
        ))}
        {whatItTakes.figures.map(({ indicator, from, to: reach, points }) => (
          <li key={indicator.id}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>:{' '}
            {from === null ? t('NO_DATA').toLowerCase() : number(from)} → {reach}
            {points >= 0.005 && ` (+${inPoints(points)} ${t('points')})`}
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
  const takes = usePointsItTakes(cluster).data?.cluster.pointRanking?.members.find(
    (member) => member.unit.code === unit,
  )?.whatItTakes
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
          {member.awardReasons.length > 0 && `. ${member.awardReasons.join('; ')}`}
        </p>
      )}
      {takes && <RiseByTable takes={takes} rank={member?.rank ?? null} />}
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

/** Digits of a figure that is just enough: one that is rounded may be too little. */
const WRITTEN = 9

/** What would lift it by the table: which criteria, from how many points to how many, and what figure that wants. */
function RiseByTable({ takes, rank }: { readonly takes: ByTable; readonly rank: number | null }) {
  const { t, to, number, points } = useSettings()
  const { aim, gap, passing, changes, reachable } = takes
  return (
    <>
      <h3>{t('whatItTakes')}</h3>
      {!passing && (
        <p>{t((aim === 'NOTHING' && rank !== 1) || (aim === 'RANK' && rank === null) ? 'goalNone' : GOALS[aim])}</p>
      )}
      {passing && (
        <p>
          {t('passing')} <Link href={to(`/don-vi/${passing.code}`)}>{passing.name}</Link>
          {gap >= 0.005 && `, ${t('gap').toLowerCase()}: ${points(gap)} ${t('points')}`}
        </p>
      )}
      <ul>
        {changes.map(({ code, name, from, to: reach, value }) => (
          <li key={code}>
            {code} {name}: {points(from)} → {points(reach)} {t('points')}
            {typeof value === 'number' && ` (${t('figureOf')} ${number(value, WRITTEN)})`}
          </li>
        ))}
      </ul>
      {!reachable && <p className="quiet">{t('notReachable')}</p>}
    </>
  )
}
