import { Link } from 'wouter'
import { type OverviewQuery as Answer, Overview as OverviewQuery } from '../generated/api.ts'
import { Shown, useApi, useLive } from '../parts/data.tsx'
import { paces } from '../parts/drawings.ts'
import { Exports } from '../parts/export.tsx'
import { Results } from '../parts/results.tsx'
import { elapsedOn, SIGNS, STATUSES, Status } from '../parts/status.tsx'
import { useSettings } from '../settings.tsx'

type Result = NonNullable<Answer['unit']>['now']['results'][number]

/** The province at a glance. */
export function Overview() {
  const { t, asOf, since, locale, set, date } = useSettings()
  const variables = { asOf, since, locale }
  const answer = useApi(OverviewQuery, variables)
  useLive({ unit: '11' })
  const unit = answer.data?.unit ?? undefined
  return (
    <>
      <div className="heading">
        <h1>{t('overview')}</h1>
        <Exports
          document={OverviewQuery}
          variables={variables}
          name={`tong-quan-${asOf}`}
          draw={unit && ((plot) => paces(plot, unit.now.results, elapsedOn(asOf)))}
        />
      </div>
      <Shown of={answer}>
        {() =>
          unit && (
            <>
              <Counts summary={unit.now.summary} />
              <div className="columns">
                <section aria-labelledby="attention">
                  <h2 id="attention">{t('attention')}</h2>
                  <Attention results={unit.now.results} />
                </section>
                <section aria-labelledby="changed">
                  <h2 id="changed">
                    {t('changed')} {date(since)}
                  </h2>
                  <label className="quiet">
                    {t('since')}{' '}
                    <input
                      type="date"
                      min="2022-01-01"
                      max={asOf}
                      value={since}
                      onChange={({ target }) => target.value && set({ since: target.value })}
                    />
                  </label>
                  <Changes now={unit.now.results} before={unit.before.results} />
                </section>
              </div>
              <section aria-labelledby="pace">
                <h2 id="pace">{t('pace')}</h2>
                <Paces results={unit.now.results} />
              </section>
            </>
          )
        }
      </Shown>
    </>
  )
}

function Counts({ summary }: { readonly summary: NonNullable<Answer['unit']>['now']['summary'] }) {
  const { t, to } = useSettings()
  const counts = {
    MET: summary.met,
    IN_PROGRESS: summary.inProgress,
    NOT_MET: summary.notMet,
    UNDECIDED: summary.undecided,
    NO_DATA: summary.noData,
    NOT_APPLICABLE: summary.notApplicable,
  }
  return (
    <>
      <ul className="counts">
        {STATUSES.map((status) => (
          <li key={status} className={`status ${status}`}>
            <strong>{counts[status]}</strong>
            <span>
              <span aria-hidden="true">{SIGNS[status]}</span> {t(status)}
            </span>
          </li>
        ))}
      </ul>
      <div className="share" aria-hidden="true">
        {STATUSES.map((status) => (
          <span key={status} className={status} style={{ flexGrow: counts[status] }} />
        ))}
      </div>
      <p className="quiet">
        <Link href={to('/chi-tieu')}>
          {summary.total} {t('indicators').toLowerCase()}
        </Link>
      </p>
    </>
  )
}

/** Worst first: missed, then behind; how many are shown. */
const FEW = 6

function Attention({ results }: { readonly results: readonly Result[] }) {
  const { t, to } = useSettings()
  const worst = results
    .filter(({ status, pace }) => status === 'NOT_MET' || (status === 'IN_PROGRESS' && pace === 'BEHIND'))
    .sort(
      (a, b) =>
        Number(b.status === 'NOT_MET') - Number(a.status === 'NOT_MET') || (a.completion ?? 0) - (b.completion ?? 0),
    )
    .slice(0, FEW)
  if (worst.length === 0) return <p className="quiet">{t('attentionNone')}</p>
  return (
    <ol className="cards">
      {worst.map(({ indicator, status, pace, explanation }) => (
        <li key={indicator.id}>
          <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link> <Status status={status} pace={pace} />
          <p>{explanation}</p>
        </li>
      ))}
    </ol>
  )
}

function Changes({
  now,
  before,
}: {
  readonly now: readonly Result[]
  readonly before: NonNullable<Answer['unit']>['before']['results']
}) {
  const { t, to, number } = useSettings()
  const changed = now.flatMap((result, i) => {
    const old = before[i]
    return old && (old.status !== result.status || old.value !== result.value) ? [{ result, old }] : []
  })
  if (changed.length === 0) return <p className="quiet">{t('changedNone')}</p>
  return (
    <ul className="cards">
      {changed.map(({ result, old }) => (
        <li key={result.indicator.id}>
          <Link href={to(`/chi-tieu/${result.indicator.id}`)}>{result.indicator.name}</Link>
          <p>
            {number(old.value)} → <strong>{number(result.value)}</strong> {result.indicator.unit.name}
            {old.status !== result.status && (
              <>
                {' '}
                <Status status={old.status} /> → <Status status={result.status} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Paces({ results }: { readonly results: readonly Result[] }) {
  const { t, asOf, percent } = useSettings()
  return (
    <>
      <p className="quiet">
        <span className="mark-key" aria-hidden="true" /> {percent(elapsedOn(asOf))} {t('yearElapsed')}
      </p>
      <Results label={t('pace')} results={results.filter(({ completion }) => completion !== null)} />
    </>
  )
}
