import { useEffect, useMemo } from 'react'
import { Link } from 'wouter'
import { useFrame } from '../frame.ts'
import { type IndicatorsQuery as Answer, Duties, Indicators, Ranking } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Downloads } from '../parts/downloads.tsx'
import { dutyAnchor } from '../parts/duty-anchor.ts'
import { type Policy, PolicyInWords } from '../parts/policy.tsx'
import { Arithmetic, Quoted } from '../parts/quoted.tsx'
import { SIGNS, STATUSES } from '../parts/status.tsx'
import { useSettings } from '../settings.tsx'
import { measureKey } from '../text.ts'

type Indicator = NonNullable<Answer['directive']>['indicators'][number]

/** How it is reckoned: statuses, policy, what the text means, what each figure is, and the data to take away. */
export default function Methodology() {
  const { t, year, asOf, locale } = useSettings()
  const frame = useFrame()
  const ranking = useApi(Ranking, { year, asOf, locale })
  const text = useApi(Duties, { year, locale })
  const indicators = useApi(Indicators, { year, locale })
  usePageTitle(t('methodology'))
  return (
    <>
      <h1>
        {t('methodology')} {year}
      </h1>
      <p className="lead">
        {frame?.title}, {frame?.number}, {frame?.issuer}.
      </p>
      <section aria-labelledby="judging">
        <h2 id="judging">{t('judging')}</h2>
        <dl className="policy">
          {STATUSES.map((status) => (
            <div key={status}>
              <dt>
                <span aria-hidden="true">{SIGNS[status]}</span> {t(status)}
              </dt>
              <dd>{t(`${status}_HELP`)}</dd>
            </div>
          ))}
        </dl>
        <p>{t('paceLong')}</p>
        <p>{t('lowerUnits')}</p>
      </section>
      <section aria-labelledby="policy">
        <h2 id="policy">{t('policy')}</h2>
        <Shown of={ranking}>{({ ranking: { policy } }) => <PolicyInWords policy={policy as Policy} />}</Shown>
      </section>
      <Downloads />
      <section aria-labelledby="dictionary">
        <h2 id="dictionary">{t('dictionary')}</h2>
        <Shown of={indicators}>{({ directive }) => <Dictionary indicators={directive.indicators} />}</Shown>
      </section>
      <Shown of={text}>{({ directive: { errata, duties } }) => <TextOf errata={errata} duties={duties} />}</Shown>
    </>
  )
}

function Dictionary({ indicators }: { readonly indicators: readonly Indicator[] }) {
  const settings = useSettings()
  const columns = useMemo((): readonly Column<Indicator>[] => {
    const { t, to, date } = settings
    return [
      { id: 'id', head: t('identifier'), text: ({ id }) => id, cell: ({ id }) => <code>{id}</code> },
      {
        id: 'name',
        head: t('indicator'),
        names: true,
        text: ({ name }) => name,
        cell: ({ id, name }) => <Link href={to(`/chi-tieu/${id}`)}>{name}</Link>,
      },
      { id: 'unit', head: t('unitOfValue'), text: ({ unit }) => unit.name },
      { id: 'target', head: t('target'), text: ({ target }) => target.text },
      {
        id: 'measure',
        head: t('measure'),
        long: true,
        text: ({ measure, extent }) => `${t(measureKey(measure))}, ${t(extent)}`,
      },
      { id: 'levels', head: t('level'), text: ({ levels }) => levels.map((level) => t(level)).join(', ') },
      { id: 'interpretation', head: t('interpretation'), long: true, text: ({ interpretation }) => interpretation },
      {
        id: 'checked',
        head: t('checkedOn'),
        text: ({ checkedOn }) => checkedOn,
        cell: ({ checkedOn }) => date(checkedOn),
      },
    ]
  }, [settings])
  return (
    <DataTable
      label={settings.t('dictionary')}
      file={`chi-tieu-dinh-nghia-${settings.year}`}
      rows={indicators}
      columns={columns}
      keyOf={({ id }) => id}
    />
  )
}

interface TextProps {
  readonly errata: readonly {
    readonly id: string
    readonly section: string
    readonly quote: string
    readonly intended: string | null
    readonly arithmetic: string | null
    readonly reading: string
  }[]
  readonly duties: readonly {
    readonly id: string
    readonly section: string
    readonly quote: string
    readonly intended: string | null
    readonly who: string
    readonly due: string
    readonly evidence: string
  }[]
}

function TextOf({ errata, duties }: TextProps) {
  const { t, date } = useSettings()
  useEffect(() => {
    // What the address names was not there yet when the browser looked for it.
    document.getElementById(location.hash.slice(1))?.focus()
  }, [])
  return (
    <>
      <section aria-labelledby="errata">
        <h2 id="errata">{t('errata')}</h2>
        <ul className="cards">
          {errata.map(({ id, section, quote, intended, arithmetic, reading }) => (
            <li key={id}>
              {t('quoteSection')} {section}: <Quoted quote={quote} intended={intended} /> <Arithmetic of={arithmetic} />{' '}
              {reading}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="duties">
        <h2 id="duties">{t('duties')}</h2>
        <ul className="cards">
          {duties.map(({ id, section, quote, intended, who, due, evidence }) => (
            <li key={id} id={dutyAnchor(id)} tabIndex={-1}>
              {section}: <Quoted quote={quote} intended={intended} />
              <p className="quiet">
                {who}. {t('due')} {date(due)}. {t('evidence')}: {evidence}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
