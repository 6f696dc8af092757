import { Link } from 'wouter'
import { useFrame } from '../frame.ts'
import { type IndicatorPageQuery as Answer, IndicatorPage, Indicators } from '../generated/api.ts'
import { Choice } from '../parts/choice.tsx'
import { ShownView, useApi } from '../parts/data.tsx'
import { Exports } from '../parts/export.tsx'
import { HistoryOf } from '../parts/history.tsx'
import { Pages } from '../parts/pages.tsx'
import { Arithmetic, Quoted } from '../parts/quoted.tsx'
import { Day, Source } from '../parts/source.tsx'
import { Status, Synthetic } from '../parts/status.tsx'
import { UnitsOf } from '../parts/units-of-indicator.tsx'
import { after, within } from '../plain.ts'
import { useSettings } from '../settings.tsx'
import { measureKey } from '../text.ts'

/** The first two where a nation stands above the province, which else is the only one of its level. */
const LEVELS = ['NATION', 'PROVINCE', 'DISTRICT', 'COMMUNE', 'DEPARTMENT'] as const
type Indicator = NonNullable<Answer['indicator']>
type Result = NonNullable<Answer['province']>['evaluation']['results'][number]

/** One indicator: what the text says, how it is read, how the province goes, and how everybody does. */
export default function IndicatorView({ id }: { readonly id: string }) {
  const { t, year, asOf, locale, get, set, below, province: whole } = useSettings()
  const frame = useFrame()
  const levels = LEVELS.filter((level) =>
    level === 'DISTRICT' ? frame?.hasDistricts : level === 'NATION' || level === 'PROVINCE' ? frame?.hasNation : true,
  )
  const level = levels.find((level) => level === get('level')) ?? below
  const variables = { id, ids: [id], province: whole.code, year, asOf, level, locale, after: get('after') }
  const answer = useApi(IndicatorPage, variables)
  return (
    <ShownView
      of={answer}
      heading={`${t('indicators')} ${year}`}
      title={({ indicator }) => indicator.name}
      description={({ indicator: { name, target, quote } }) => `${name}: ${target.text}. ${quote}`}
    >
      {({ indicator, province, units, allocation }) => {
        const [result] = province.evaluation.results
        const shared = allocation.find((allotment) => allotment.indicator.id === id)
        return (
          <>
            <div className="heading">
              <h1>
                {indicator.name}{' '}
                <small className="quiet">
                  {t('ofYear')} {year}
                </small>
              </h1>
              <Exports document={IndicatorPage} variables={variables} name={`chi-tieu-${id}-${asOf}`} />
            </div>
            {result && <Province result={result} indicator={indicator} />}
            <div className="columns">
              <TextOf indicator={indicator} />
              <section aria-labelledby="history">
                <h2 id="history">{t('history')}</h2>
                <HistoryOf
                  code={whole.code}
                  name={whole.name || t('province')}
                  indicator={id}
                  target={result?.target?.text ?? indicator.target.text}
                />
              </section>
            </div>
            <section aria-labelledby="units">
              <h2 id="units">{t('unitsOf')}</h2>
              <Choice
                label={t('level')}
                value={level}
                options={levels.map((level) => [level, t(level)] as const)}
                onChange={(level) => set({ level: level === below ? null : level, after: null })}
              />
              <Pages of={units} />
              <UnitsOf indicator={indicator} units={units.nodes} />
            </section>
            {shared && <AllocationOf allocation={shared} unit={indicator.unit.name} />}
          </>
        )
      }}
    </ShownView>
  )
}

/** How the province does, with the day and the source of its figure, and how the year may end. */
function Province({ result, indicator }: { readonly result: Result; readonly indicator: Indicator }) {
  const { t, number, quantity, below } = useSettings()
  return (
    <section aria-labelledby="province" className="note">
      <h2 id="province">
        {t(below === 'PROVINCE' ? 'nation' : 'province')} <Status status={result.status} pace={result.pace} />
      </h2>
      <p className="answer">{after(indicator.name, result.explanation)}</p>
      {result.measurement && (
        <p className="quiet">
          {quantity(result.value, indicator.unit.name)}, {t('figureDay').toLowerCase()} <Day of={result.measurement} />{' '}
          ({t(result.measurement.status)}). {t('source')}: <Source of={result.measurement} />
        </p>
      )}
      {result.forecast && (
        <p>
          <strong>{t('forecast')}:</strong> {within(indicator.name, result.forecast.explanation)}
          {result.forecast.byLastYear !== null &&
            ` (${number(result.forecast.low)} – ${quantity(result.forecast.high, indicator.unit.name)})`}
          . <span className="quiet">{t('forecastHelp')}</span>
        </p>
      )}
    </section>
  )
}

function TextOf({ indicator }: { readonly indicator: Indicator }) {
  const { t, quantity, date } = useSettings()
  return (
    <section aria-labelledby="text">
      <h2 id="text">{t('quote')}</h2>
      <Quote indicator={indicator} />
      <p>
        {t('target')}: <strong>{indicator.target.text}</strong>
        {indicator.baseline !== null && `. ${t('baseline')}: ${quantity(indicator.baseline, indicator.unit.name)}`}
      </p>
      <p className="quiet">
        {t(measureKey(indicator.measure))}, {t(indicator.extent)}
        {indicator.role === 'PROJECTION' && `. ${t('projection')}`}. {t('checkedOn')} {date(indicator.checkedOn)}.
      </p>
      {indicator.interpretation && (
        <p>
          <strong>{t('interpretation')}:</strong> {indicator.interpretation}
        </p>
      )}
      {indicator.errata.map((erratum) => (
        <Erratum key={erratum.id} erratum={erratum} />
      ))}
    </section>
  )
}

function Erratum({
  erratum: { quote, intended, arithmetic, reading, section },
}: {
  readonly erratum: Indicator['errata'][number]
}) {
  const { t } = useSettings()
  return (
    <div className="note">
      <strong>
        {t('erratum')}, {t('quoteSection')} {section}:
      </strong>{' '}
      <q>
        <Quoted quote={quote} intended={intended} />
      </q>{' '}
      <Arithmetic of={arithmetic} /> {reading}
    </div>
  )
}

/** The quote between the quotes that stand before and after it in the text. */
function Quote({ indicator: { id, quote, intended, section, alsoIn } }: { readonly indicator: Indicator }) {
  const { t, to, locale, year } = useSettings()
  const all = useApi(Indicators, { year, locale }).data?.directive.indicators ?? []
  const at = all.findIndex((indicator) => indicator.id === id)
  const beside = (i: number) => {
    const indicator = all[i]
    return indicator && at >= 0 && indicator.section === section && indicator.quote !== quote ? (
      <Link className="quiet" href={to(`/chi-tieu/${indicator.id}`)} lang="vi">
        … {indicator.intended ?? indicator.quote} …
      </Link>
    ) : null
  }
  return (
    <figure className="quote">
      <figcaption>
        {t('quoteSection')} {[section, ...alsoIn].join(', ')}
      </figcaption>
      {beside(at - 1)}
      <blockquote>
        <Quoted quote={quote} intended={intended} />
      </blockquote>
      {beside(at + 1)}
    </figure>
  )
}

function AllocationOf({
  allocation,
  unit,
}: {
  readonly allocation: NonNullable<Answer['allocation']>[number]
  readonly unit: string
}) {
  const { t, to, number, quantity } = useSettings()
  return (
    <section aria-labelledby="allocation">
      <h2 id="allocation">{t('allocation')}</h2>
      <p>
        {number(allocation.assigned)} / {quantity(allocation.target, unit)} {t('assigned')};{' '}
        {number(allocation.missing)} {t('unassigned')}
      </p>
      <ul>
        {allocation.holders.map(({ unit: holder, value, source, synthetic }) => (
          <li key={holder.code}>
            <Link href={to(`/don-vi/${holder.code}`)}>{holder.name}</Link>: {quantity(value, unit)} –{' '}
            <Source of={{ asOf: '', source, synthetic }} /> <Synthetic show={synthetic} />
          </li>
        ))}
      </ul>
    </section>
  )
}
