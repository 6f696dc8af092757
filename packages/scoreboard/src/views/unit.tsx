import { Link } from 'wouter'
import { type Comparison, type ComplianceStatus, UnitPage, type UnitPageQuery } from '../generated/api.ts'
import { Choice } from '../parts/choice.tsx'
import { ShownView, useApi } from '../parts/data.tsx'
import { DistrictMap } from '../parts/district-map.tsx'
import { Exports } from '../parts/export.tsx'
import { HistoryOf } from '../parts/history.tsx'
import { Results } from '../parts/results.tsx'
import { PlaceByTable, Rise } from '../parts/rise.tsx'
import { Source } from '../parts/source.tsx'
import { isInvented, STATUSES, Status, Synthetic } from '../parts/status.tsx'
import { useTrends } from '../parts/use-trends.ts'
import { useUnits } from '../parts/use-units.ts'
import { useSettings } from '../settings.tsx'

const SIGNS: Readonly<Record<Comparison, string>> = {
  AT_LEAST: '≥',
  MORE_THAN: '>',
  AT_MOST: '≤',
  LESS_THAN: '<',
  EXACTLY: '=',
  ABOUT: '≈',
  BETWEEN: '',
  MAINTAINED: '',
}

type Unit = NonNullable<UnitPageQuery['unit']>

function countOf({ evaluation: { summary } }: Unit, status: ComplianceStatus): number {
  const counts = {
    MET: summary.met,
    IN_PROGRESS: summary.inProgress,
    NOT_MET: summary.notMet,
    UNDECIDED: summary.undecided,
    NO_DATA: summary.noData,
    NOT_APPLICABLE: summary.notApplicable,
  }
  return counts[status]
}

/** One unit. */
export default function UnitView({ code }: { readonly code: string }) {
  const { t, to, year, asOf, locale, date, below } = useSettings()
  const variables = { code, year, asOf, locale }
  const answer = useApi(UnitPage, variables)
  const units = useUnits()
  const districts = units.data?.filter(({ level }) => level === below) ?? []
  return (
    <ShownView
      of={answer}
      heading={`${t('units')} ${year}`}
      title={({ unit }) => unit.name}
      description={({ unit: { name, evaluation } }) =>
        `${name}, ${date(asOf)}: ${evaluation.summary.met} ${t('MET').toLowerCase()}, ${evaluation.summary.notMet} ${t('NOT_MET').toLowerCase()}`
      }
    >
      {({ unit }) => (
        <>
          <div className="heading">
            <h1>
              {unit.name}{' '}
              <small className="quiet">
                {t('ofYear')} {year}
              </small>{' '}
              <Synthetic show={unit.synthetic || isInvented(unit.evaluation)} />
            </h1>
            <Exports document={UnitPage} variables={variables} name={`don-vi-${code}-${asOf}`} />
          </div>
          <p className="quiet">
            {unit.parent && (
              <>
                <Link href={to(`/don-vi/${unit.parent.code}`)}>{unit.parent.name}</Link> ·{' '}
              </>
            )}
            {unit.cluster && (
              <>
                <Link href={to('/xep-hang')}>{unit.cluster.name}</Link> ·{' '}
              </>
            )}
            <Link className="on-screen" href={to('/so-sanh', { units: unit.code })}>
              {t('compareIt')}
            </Link>
          </p>
          <p className="answer">
            {STATUSES.filter((status) => countOf(unit, status) > 0 && status !== 'NOT_APPLICABLE').map((status) => (
              <span key={status} className="count">
                <Status status={status} /> {countOf(unit, status)}
              </span>
            ))}
          </p>
          <div className="columns">
            {hasFigures(unit) ? (
              <section aria-labelledby="history">
                <h2 id="history">{t('history')}</h2>
                <History unit={unit} />
              </section>
            ) : (
              <p className="state">{t('nothingPublished')}</p>
            )}
            <aside>
              <h2 className="on-screen">{t('map')}</h2>
              <DistrictMap districts={districts} here={code} />
              {unit.cluster?.pointTable ? (
                <PlaceByTable cluster={unit.cluster.code} unit={unit.code} table={unit.cluster.pointTable.title}>
                  <Rise standing={unit.standing} />
                </PlaceByTable>
              ) : (
                <Rise standing={unit.standing} />
              )}
            </aside>
          </div>
          <Judged unit={unit} />
          <OwnTargets unit={unit} />
        </>
      )}
    </ShownView>
  )
}

const hasFigures = (unit: Unit) => unit.evaluation.results.some(({ value }) => value !== null)

function History({ unit }: { readonly unit: Unit }) {
  const { t, get, set } = useSettings()
  const known = unit.evaluation.results.filter(({ value }) => value !== null)
  const chosen = known.find(({ indicator }) => indicator.id === get('indicator')) ?? known[0]
  if (!chosen) return <p className="state">{t('noHistory')}</p>
  return (
    <>
      <Choice
        label={t('indicator')}
        value={chosen.indicator.id}
        options={known.map(({ indicator }) => [indicator.id, indicator.name] as const)}
        onChange={(id) => set({ indicator: id })}
      />
      <HistoryOf
        code={unit.code}
        name={unit.name}
        indicator={chosen.indicator.id}
        target={chosen.target?.text ?? null}
      />
    </>
  )
}

function Judged({ unit }: { readonly unit: Unit }) {
  const trends = useTrends(unit.code)
  const { t, to, get, set, asOf } = useSettings()
  const judged = unit.evaluation.results.filter(({ status }) => status !== 'NOT_APPLICABLE' && status !== 'NO_DATA')
  const present = STATUSES.filter((value) => judged.some(({ status }) => status === value))
  const chosen = present.find((status) => status === get('status'))
  const missing = unit.evaluation.results.filter(({ status }) => status === 'NO_DATA')
  const invented = new Set(unit.targets.filter(({ synthetic }) => synthetic).map(({ indicator }) => indicator.id))
  return (
    <>
      {judged.length > 0 && (
        <section aria-labelledby="results">
          <h2 id="results">{t('results')}</h2>
          {present.length > 1 && (
            <Choice
              label={t('status')}
              value={chosen ?? ''}
              options={[['', t('all')], ...present.map((status) => [status, t(status)] as const)]}
              onChange={(value) => set({ status: value })}
            />
          )}
          <Results
            label={t('results')}
            file={`don-vi-${unit.code}-${asOf}`}
            results={chosen ? judged.filter(({ status }) => status === chosen) : judged}
            trends={trends}
          />
        </section>
      )}
      {/* Where there is no figure yet, what it will be judged by is all that can be said of it. */}
      <details open={judged.length === 0}>
        <summary>
          {t('gaps')}: {missing.length}
        </summary>
        <ul className="lists">
          {missing.map(({ indicator, target }) => (
            <li key={indicator.id}>
              <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>
              {target && <span className="quiet">: {target.text}</span>} <Synthetic show={invented.has(indicator.id)} />
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function OwnTargets({ unit }: { readonly unit: Unit }) {
  const { t, to, quantity, date } = useSettings()
  if (unit.targets.length === 0) return null
  const names = new Map(unit.evaluation.results.map(({ indicator }) => [indicator.id, indicator]))
  return (
    <details>
      <summary>
        {t('ownTargets')}: {unit.targets.length}
      </summary>
      <ul>
        {unit.targets.map(({ indicator, comparison, value, source, synthetic, validFrom }) => (
          <li key={`${indicator.id} ${validFrom}`}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{names.get(indicator.id)?.name}</Link>: {SIGNS[comparison]}{' '}
            {quantity(value, names.get(indicator.id)?.unit.name ?? '')}, {date(validFrom)} –{' '}
            <Source of={{ asOf: validFrom, source, synthetic }} /> <Synthetic show={synthetic} />
          </li>
        ))}
      </ul>
    </details>
  )
}
