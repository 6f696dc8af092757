import { Link } from 'wouter'
import { useFrame } from '../frame.ts'
import { type OverviewQuery as Answer, Overview as OverviewQuery } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { DayChoice } from '../parts/day-choice.tsx'
import { DistrictTiles } from '../parts/district-tiles.tsx'
import { paces } from '../parts/drawings.ts'
import { Exports } from '../parts/export.tsx'
import { Leaders } from '../parts/leaders.tsx'
import { COLORS, PATH } from '../parts/palette.ts'
import { Results } from '../parts/results.tsx'
import { elapsedOn, SIGNS, STATUSES, Status, Synthetic } from '../parts/status.tsx'
import { after, within } from '../plain.ts'
import { useSettings } from '../settings.tsx'

type Unit = NonNullable<Answer['unit']>
type Result = Unit['now']['results'][number]

/** The province at a glance: what this is, how it does, what is not known, what needs attention. */
export function Overview() {
  const { t, year, asOf, since, locale, percent, date, province } = useSettings()
  const frame = useFrame()
  const variables = { province: province.code, year, asOf, since, locale }
  const answer = useApi(OverviewQuery, variables)
  usePageTitle(t('overview'))
  const unit = answer.data?.unit
  const results = unit?.now.results ?? []
  return (
    <>
      <div className="heading">
        <h1>
          {unit?.name ?? t('overview')}: {t('targetsOf')} {year}
        </h1>
        <Exports
          document={OverviewQuery}
          variables={variables}
          name={`tong-quan-${asOf}`}
          draw={unit && ((plot) => paces(plot, results, elapsedOn, percent))}
          told={{
            title: `${unit?.name}: ${t('pace')}`,
            lines: [t('paceHelp')],
            legend: [
              ...STATUSES.slice(0, 4).map((status) => [COLORS[status], t(status)] as const),
              [PATH, t('yearElapsed')] as const,
            ],
            sources: results.flatMap(({ measurement }) => measurement?.source ?? []),
            synthetic: results.some(({ measurement }) => measurement?.synthetic),
          }}
        />
      </div>
      <p className="lead">
        {frame?.title} ({frame?.number}, {frame?.issuer}, {frame && date(frame.issuedOn)}).
      </p>
      <Shown of={answer}>
        {(data) => (
          <>
            <Summary unit={data.unit} />
            <div className="columns">
              <section aria-labelledby="attention">
                <h2 id="attention">{t('attention')}</h2>
                <Attention results={data.unit.now.results} />
              </section>
              <div>
                <DistrictTiles />
                <Leaders />
              </div>
            </div>
            <Changed unit={data.unit} />
            <section aria-labelledby="pace">
              <h2 id="pace">{t('pace')}</h2>
              <p className="quiet">
                <span className="mark-key" aria-hidden="true" /> {t('paceHelp')}
              </p>
              <Results
                label={t('pace')}
                file={`tong-quan-${asOf}`}
                results={data.unit.now.results.filter(({ value }) => value !== null)}
              />
            </section>
            <Unknown results={data.unit.now.results} />
          </>
        )}
      </Shown>
    </>
  )
}

/** One sentence, then the counts behind it. */
function Summary({ unit }: { readonly unit: Unit }) {
  const { t, asOf, date, language } = useSettings()
  const { summary, results } = unit.now
  const total = summary.total - summary.notApplicable
  const days = results.flatMap(({ measurement }) => measurement?.asOf ?? []).sort()
  const [first, last] = [days[0], days.at(-1)]
  const counts = {
    MET: summary.met,
    IN_PROGRESS: summary.inProgress,
    NOT_MET: summary.notMet,
    UNDECIDED: summary.undecided,
    NO_DATA: summary.noData,
    // The directive's projection is no target.
    NOT_APPLICABLE: 0,
  }
  const parts =
    language === 'vi'
      ? [
          `đạt ${summary.met}/${total} chỉ tiêu${summary.exceeded > 0 ? ` (trong đó vượt ${summary.exceeded})` : ''}`,
          summary.notMet > 0 && `không đạt ${summary.notMet}`,
          summary.inProgress > 0 && `${summary.inProgress} đang thực hiện`,
          summary.undecided > 0 && `${summary.undecided} chưa có số liệu cuối năm`,
          summary.noData > 0 && `${summary.noData} chưa có số liệu công bố`,
        ]
      : [
          `${summary.met} of ${total} targets are met${summary.exceeded > 0 ? ` (${summary.exceeded} of them exceeded)` : ''}`,
          summary.notMet > 0 && `${summary.notMet} missed`,
          summary.inProgress > 0 && `${summary.inProgress} in progress`,
          summary.undecided > 0 && `${summary.undecided} without a figure for the end of the year`,
          summary.noData > 0 && `${summary.noData} without a published figure`,
        ]
  return (
    <>
      <p className="answer">
        {t('upTo')} {date(asOf)}, {parts.filter(Boolean).join(', ')}.{' '}
        {first && last && (
          <span className="quiet">
            {t('figuresFrom')} {first === last ? date(last) : `${date(first)} – ${date(last)}`}.
          </span>
        )}
      </p>
      <ul className="counts">
        {STATUSES.filter((status) => counts[status] > 0).map((status) => (
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
          <span key={status} style={{ flexGrow: counts[status], background: COLORS[status] }} />
        ))}
      </div>
    </>
  )
}

/** How many are shown. */
const FEW = 6
/** Missed, then behind, then those that an end of the year without a figure leaves open. */
const urgencyOf = ({ status, pace, completion }: Result): number =>
  status === 'NOT_MET'
    ? 3
    : status === 'IN_PROGRESS' && pace === 'BEHIND'
      ? 2
      : status === 'UNDECIDED' && (completion ?? 1) < 1
        ? 1
        : 0

function Attention({ results }: { readonly results: readonly Result[] }) {
  const { t, to, date } = useSettings()
  const worst = results
    .filter((result) => urgencyOf(result) > 0)
    .sort((a, b) => urgencyOf(b) - urgencyOf(a) || (a.completion ?? 0) - (b.completion ?? 0))
  if (worst.length === 0) {
    const isKnown = results.some(({ value }) => value !== null)
    return <p className="quiet">{t(isKnown ? 'attentionNone' : 'NO_DATA')}</p>
  }
  return (
    <>
      <ol className="cards">
        {worst.slice(0, FEW).map(({ indicator, status, pace, explanation, forecast, measurement }) => (
          <li key={indicator.id}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link> <Status status={status} pace={pace} />{' '}
            <Synthetic show={measurement?.synthetic ?? false} />
            <p>{after(indicator.name, explanation)}</p>
            {forecast && measurement && (
              <p className="quiet">
                {t('forecastFrom')} {date(measurement.asOf)}: {within(indicator.name, forecast.explanation)}
              </p>
            )}
          </li>
        ))}
      </ol>
      {worst.length > FEW && (
        <p className="on-screen">
          <a href="#pace">
            {t('more')}: {worst.length - FEW}
          </a>
        </p>
      )}
    </>
  )
}

function Changed({ unit }: { readonly unit: Unit }) {
  const { t, to, year, asOf, since, set, number, quantity, date } = useSettings()
  const before = new Map(unit.before.results.map((result) => [result.indicator.id, result]))
  const changed = unit.now.results.flatMap((result) => {
    const old = before.get(result.indicator.id)
    return old && old.value !== result.value ? [{ result, old }] : []
  })
  return (
    <details>
      <summary>
        {t('changed')} {date(since)}: {changed.length}
      </summary>
      <DayChoice
        label={t('since')}
        min={`${year}-01-01`}
        max={asOf}
        value={since}
        onChange={(day) => set({ since: day })}
      />
      <ul className="cards">
        {changed.map(({ result, old }) => (
          <li key={result.indicator.id}>
            <Link href={to(`/chi-tieu/${result.indicator.id}`)}>{result.indicator.name}</Link>:{' '}
            {old.value === null ? t('newFigure') : `${number(old.value)} →`}{' '}
            <strong>{quantity(result.value, result.indicator.unit.name)}</strong>{' '}
            <Synthetic show={result.measurement?.synthetic ?? false} />{' '}
            {old.status !== result.status && old.value !== null && (
              <>
                <Status status={old.status} /> → <Status status={result.status} />
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What nobody has published: names, not a wall of rows. */
function Unknown({ results }: { readonly results: readonly Result[] }) {
  const { t, to } = useSettings()
  const missing = results.filter(({ status }) => status === 'NO_DATA')
  if (missing.length === 0) return null
  return (
    <details>
      <summary>
        {t('gaps')}: {missing.length}
      </summary>
      <ul className="lists">
        {missing.map(({ indicator, target }) => (
          <li key={indicator.id}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>{' '}
            <span className="quiet">{target?.text}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
