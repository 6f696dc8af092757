import { useMemo } from 'react'
import { Link } from 'wouter'
import { type RankingQuery as Answer, FairnessRanges, Ranking as RankingQuery } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Exports } from '../parts/export.tsx'
import { ByPointTable } from '../parts/point-ranking.tsx'
import { type Policy, PolicyInWords } from '../parts/policy.tsx'
import { type Fairness, Ranges } from '../parts/ranges.tsx'
import { isInvented, Synthetic } from '../parts/status.tsx'
import { useWeighed, WhatIf } from '../parts/what-if.tsx'
import { useSettings } from '../settings.tsx'

type ClusterRank = NonNullable<Answer['ranking']>['clusters'][number]
type Member = ClusterRank['members'][number]

/** Clusters and their members, by what policy, how sure the ranks are, and what other weights would do. */
export default function Ranking() {
  const { t, year, asOf, locale } = useSettings()
  const variables = { year, asOf, locale }
  const answer = useApi(RankingQuery, variables)
  const base = answer.data?.ranking
  const { groups, policy } = useWeighed(base?.policy as Policy | undefined)
  const other = useApi(RankingQuery, { ...variables, policy }, { enabled: policy !== null })
  // Rows, clusters and ranges move together: all are of the policy that is tried, once it has been.
  const tried = policy ? other.data?.ranking : undefined
  const shown = tried ?? base
  const fairness = useApi(FairnessRanges, tried ? { ...variables, policy } : variables)
  usePageTitle(t('ranking'))
  const isRanked = base?.clusters.some(({ members }) => members.some(({ rank }) => rank !== null))
  return (
    <>
      <div className="heading">
        <h1>
          {t('ranking')} {year}
        </h1>
        <Exports document={RankingQuery} variables={variables} name={`xep-hang-${asOf}`} />
      </div>
      {isRanked && <WhatIf groups={groups} />}
      {policy && !other.error && (
        <p className="warning" role="status">
          {t(tried ? 'whatIfShown' : 'loading')}
        </p>
      )}
      {other.error && (
        <p className="state" role="alert">
          {other.error.message}
        </p>
      )}
      <Shown of={answer}>
        {() =>
          shown?.clusters.map((cluster) => (
            <ClusterTable
              key={cluster.cluster.code}
              cluster={cluster}
              policy={shown.policy as Policy}
              before={tried ? base?.clusters.find((entry) => entry.cluster.code === cluster.cluster.code) : undefined}
              fairness={fairness.data?.ranking.clusters.find((entry) => entry.cluster.code === cluster.cluster.code)}
            />
          ))
        }
      </Shown>
      {shown && (
        <section aria-labelledby="policy">
          <h2 id="policy">{t('policy')}</h2>
          <PolicyInWords policy={shown.policy as Policy} />
        </section>
      )}
    </>
  )
}

interface ClusterProps {
  readonly cluster: ClusterRank
  readonly policy: Policy
  /** The same cluster by the policy in force, where another one is tried. */
  readonly before: ClusterRank | undefined
  readonly fairness: Fairness | undefined
}

function ClusterTable(props: ClusterProps) {
  const { rank, score, cluster, members, pointTable } = props.cluster
  const { t, points, percent } = useSettings()
  const id = `cluster-${cluster.code}`
  const invented = members.some(({ evaluation }) => isInvented(evaluation))
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {rank === null || pointTable ? '' : `${rank}. `}
        {cluster.name} <Synthetic show={cluster.synthetic || invented} />{' '}
        <small className="quiet">
          {[
            score !== null && !pointTable && `${t('mean')} ${points(score)} ${t('points')}`,
            cluster.completeness !== null && `${t('complete')} ${percent(cluster.completeness)}`,
          ]
            .filter(Boolean)
            .join(', ')}
        </small>
      </h2>
      {pointTable ? (
        <>
          <ByPointTable cluster={cluster.code} name={cluster.name} table={pointTable} synthetic={invented} />
          <details>
            <summary>{t('besideDefault')}</summary>
            <ByPolicy {...props} invented={invented} />
          </details>
        </>
      ) : (
        <>
          <p className="quiet">{t('byDefault')}</p>
          <ByPolicy {...props} invented={invented} />
        </>
      )}
      <p className="quiet">
        {t('membersFrom')}: {cluster.source}
      </p>
    </section>
  )
}

function ByPolicy({
  cluster: { reasons, cluster, members },
  policy,
  before,
  fairness,
  invented,
}: ClusterProps & { readonly invented: boolean }) {
  const { asOf } = useSettings()
  const columns = useColumns(policy, before)
  if (!members.some((member) => member.rank !== null)) return <Unranked reasons={reasons} members={members} />
  return (
    <>
      <DataTable
        label={cluster.name}
        file={`xep-hang-${cluster.code}-${asOf}`}
        rows={members}
        columns={columns}
        keyOf={({ unit }) => unit.code}
      />
      {fairness && fairness.fairness.units.length > 1 && (
        <Ranges units={fairness.fairness.units} cluster={cluster.code} name={cluster.name} synthetic={invented} />
      )}
    </>
  )
}

/** Nothing is ranked by nothing: who belongs to it, and why there is no order. */
function Unranked({ reasons, members }: { readonly reasons: readonly string[]; readonly members: readonly Member[] }) {
  const { t, to } = useSettings()
  return (
    <>
      <p className="state">{reasons.join('; ') || t('notRanked')}</p>
      <p>
        {t('membersOf')}:{' '}
        {members.map(({ unit }, i) => (
          <span key={unit.code}>
            {i > 0 && ', '}
            <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link>
          </span>
        ))}
      </p>
    </>
  )
}

function useColumns(policy: Policy, before: ClusterRank | undefined): readonly Column<Member>[] {
  const settings = useSettings()
  return useMemo(() => {
    const { t, to, language, points } = settings
    const award = (code: string | null) =>
      code === 'ballot' ? t('ballot') : (policy.quotas.find((quota) => quota.award === code)?.name[language] ?? code)
    const placeBefore = ({ unit }: Member) => before?.members.find((member) => member.unit.code === unit.code)?.rank
    return [
      {
        id: 'rank',
        head: t('rank'),
        numeric: true,
        text: ({ rank }) => rank,
        cell: (member) => {
          const was = placeBefore(member)
          const hasMoved = before !== undefined && was !== member.rank
          return (
            <span className={hasMoved ? 'moved' : undefined}>
              {member.rank ?? '–'}
              {hasMoved && (
                <span className="quiet">
                  {' '}
                  ({t('was')} {was ?? '–'})
                </span>
              )}
              {member.tied && member.rank !== null && <span className="quiet"> {t('tied')}</span>}
            </span>
          )
        },
      },
      {
        id: 'unit',
        head: t('unit'),
        names: true,
        text: ({ unit }) => unit.name,
        cell: ({ unit, rank, eligible, reasons, evaluation }) => (
          <>
            <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link>{' '}
            <Synthetic show={unit.synthetic || isInvented(evaluation)} />
            {(!eligible || rank === null) && <p className="quiet">{reasons.join('; ')}</p>}
          </>
        ),
      },
      {
        id: 'score',
        head: t('score'),
        numeric: true,
        text: ({ score }) => score,
        cell: (entry) => (entry.rank === null && entry.score === 0 ? '–' : points(entry.score)),
      },
      {
        id: 'award',
        head: t('award'),
        long: true,
        text: (entry) => award(entry.award),
        cell: (entry) => (
          <>
            {award(entry.award)}
            {entry.awardReasons.length > 0 && <p className="quiet">{entry.awardReasons.join('; ')}</p>}
          </>
        ),
      },
      {
        id: 'reasons',
        head: t('reasons'),
        hidden: true,
        text: ({ reasons, awardReasons }) => [...reasons, ...awardReasons].join('; '),
      },
      {
        id: 'synthetic',
        head: t('synthetic'),
        hidden: true,
        text: (entry) => (isInvented(entry.evaluation) ? t('synthetic') : null),
      },
    ]
  }, [settings, policy, before])
}
