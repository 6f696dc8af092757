import { useMemo } from 'react'
import { Link } from 'wouter'
import { type IndicatorsQuery as Answer, Indicators as IndicatorsQuery, Overview } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Quoted } from '../parts/quoted.tsx'
import { STATUSES, Status } from '../parts/status.tsx'
import { useSettings } from '../settings.tsx'

type Indicator = NonNullable<Answer['directive']>['indicators'][number]

/** All indicators, as the directive orders them, and how the province does on each. */
export default function Indicators() {
  const settings = useSettings()
  const { t, year, asOf, since, locale } = settings
  const { code } = settings.province
  const answer = useApi(IndicatorsQuery, { year, locale })
  const province = useApi(Overview, { province: code, year, asOf, since, locale }).data?.unit
  usePageTitle(t('indicators'))
  const columns = useMemo((): readonly Column<Indicator>[] => {
    const { to } = settings
    const results = new Map(province?.now.results.map((result) => [result.indicator.id, result]))
    return [
      { id: 'section', head: t('section'), text: ({ section }) => section },
      {
        id: 'indicator',
        head: t('indicator'),
        names: true,
        text: ({ name }) => name,
        cell: ({ id, name }) => <Link href={to(`/chi-tieu/${id}`)}>{name}</Link>,
      },
      { id: 'target', head: t('target'), text: ({ target }) => target.text },
      {
        id: 'status',
        head: t(settings.below === 'PROVINCE' ? 'nation' : 'province'),
        text: ({ id }) => {
          const result = results.get(id)
          return result ? `${STATUSES.indexOf(result.status) + 1}. ${t(result.status)}` : null
        },
        cell: ({ id }) => {
          const result = results.get(id)
          return result && <Status status={result.status} pace={result.pace} />
        },
      },
      {
        id: 'quote',
        head: t('quote'),
        long: true,
        text: ({ quote, intended }) => intended ?? quote,
        cell: ({ quote, intended }) => <Quoted quote={quote} intended={intended} />,
      },
    ]
  }, [settings, t, province])
  return (
    <>
      <h1>
        {t('indicators')} {year}
      </h1>
      <Shown of={answer}>
        {({ directive: { indicators } }) => (
          <DataTable
            label={t('indicators')}
            file={`chi-tieu-${year}`}
            rows={indicators}
            columns={columns}
            keyOf={({ id }) => id}
          />
        )}
      </Shown>
    </>
  )
}
