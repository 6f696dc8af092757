import { Link } from 'wouter'
import { type IndicatorPageQuery as Answer, IndicatorPage, Indicators } from '../generated/api.ts'
import { Chart } from '../parts/chart.tsx'
import { Shown, useApi, useLive } from '../parts/data.tsx'
import { Exports } from '../parts/export.tsx'
import { Quoted } from '../parts/quoted.tsx'
import { Bar, Status, Synthetic } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { useSettings } from '../settings.tsx'

/** One indicator: what the text says, how it is read, and how everybody does. */
export default function IndicatorView({ id }: { readonly id: string }) {
  const { t, asOf, locale, number, date } = useSettings()
  const variables = { id, asOf, locale }
  const answer = useApi(IndicatorPage, variables)
  useLive({ unit: '11' })
  return (
    <Shown of={answer}>
      {(data) => {
        const { indicator, province } = data
        if (!indicator) return <p className="state">{t('nothing')}</p>
        const result = province?.evaluation.results.find((one) => one.indicator.id === id)
        const allocation = data.allocation.find((one) => one.indicator.id === id)
        return (
          <>
            <div className="heading">
              <h1>{indicator.name}</h1>
              <Exports document={IndicatorPage} variables={variables} name={`chi-tieu-${id}-${asOf}`} />
            </div>
            <p>
              {t('target')}: <strong>{indicator.target.text}</strong>
              {indicator.baseline !== null &&
                `. ${t('baseline')}: ${number(indicator.baseline)} ${indicator.unit.name}`}
            </p>
            <Quote id={id} quote={indicator.quote} intended={indicator.intended} section={indicator.section} />
            <p className="quiet">
              {t('checkedOn')} {date(indicator.checkedOn)}
            </p>
            {indicator.interpretation && (
              <p>
                <strong>{t('interpretation')}:</strong> {indicator.interpretation}
              </p>
            )}
            {indicator.errata.map(({ id: erratum, quote, intended, arithmetic, reading, section }) => (
              <div key={erratum} className="note">
                <strong>
                  {t('erratum')}, {t('quoteSection')} {section}:
                </strong>{' '}
                <q>
                  <Quoted quote={quote} intended={intended} />
                </q>{' '}
                {arithmetic && <code>{arithmetic}</code>} {reading}
              </div>
            ))}
            {result && (
              <section aria-labelledby="province">
                <h2 id="province">{t('province')}</h2>
                <p>
                  <Status status={result.status} /> {result.explanation}
                </p>
              </section>
            )}
            <Districts matrix={data.matrix} indicator={indicator} />
            {allocation && <AllocationOf allocation={allocation} unit={indicator.unit.name} />}
          </>
        )
      }}
    </Shown>
  )
}

/** The quote between the quotes that stand before and after it in the text. */
function Quote({
  id,
  quote,
  intended,
  section,
}: {
  readonly id: string
  readonly quote: string
  readonly intended: string | null
  readonly section: string
}) {
  const { t, to, locale } = useSettings()
  const all = useApi(Indicators, { locale }).data?.indicators.nodes ?? []
  const at = all.findIndex((one) => one.id === id)
  const beside = (i: number) => {
    const one = all[i]
    return one && at >= 0 && one.section === section && one.quote !== quote ? (
      <Link className="quiet" href={to(`/chi-tieu/${one.id}`)} lang="vi">
        … {one.intended ?? one.quote} …
      </Link>
    ) : null
  }
  return (
    <figure className="quote">
      <figcaption>
        {t('quote')}, {t('quoteSection')} {section}
      </figcaption>
      {beside(at - 1)}
      <blockquote>
        <Quoted quote={quote} intended={intended} />
      </blockquote>
      {beside(at + 1)}
    </figure>
  )
}

function Districts({
  matrix,
  indicator,
}: {
  readonly matrix: NonNullable<Answer['matrix']>
  readonly indicator: NonNullable<Answer['indicator']>
}) {
  const { t, to, number, percent } = useSettings()
  const column = matrix.indicators.findIndex((one) => one.id === indicator.id)
  const rows = matrix.units
    .map((unit, i) => ({
      ...unit,
      status: matrix.statuses[i]?.[column] ?? 'NO_DATA',
      completion: matrix.completions[i]?.[column] ?? null,
      value: matrix.values[i]?.[column] ?? null,
    }))
    .sort((a, b) => (b.completion ?? -1) - (a.completion ?? -1))
  const known = rows.filter(({ completion }) => completion !== null)
  return (
    <section aria-labelledby="districts">
      <h2 id="districts">{t('districts')}</h2>
      {known.length === 0 ? (
        <p className="state">{t('noFigures')}</p>
      ) : (
        <>
          <Chart
            name={`chi-tieu-${indicator.id}`}
            label={`${indicator.name}: ${known.map(({ name, completion }) => `${name} ${percent(completion)}`).join(', ')}`}
            draw={(Plot, width) => ({
              height: known.length * 26 + 40,
              marginLeft: Math.min(170, width / 3),
              x: { label: t('completion'), tickFormat: '%', grid: true },
              y: { label: null, domain: known.map(({ name }) => name) },
              marks: [
                Plot.barX(known, {
                  x: 'completion',
                  y: 'name',
                  fill: (one) => (one.status === 'MET' ? '#1a7f37' : '#1f6fb2'),
                }),
                Plot.ruleX([1], { stroke: '#b35a00', strokeDasharray: '4 3' }),
              ],
            })}
          />
          <Table label={t('districts')} head={['unit', 'value', 'completion', 'status']}>
            {rows.map(({ code, name, synthetic, status, completion, value }) => (
              <tr key={code}>
                <th scope="row">
                  <Link href={to(`/don-vi/${code}`)}>{name}</Link> <Synthetic show={synthetic} />
                </th>
                <td className="number">{number(value)}</td>
                <td>
                  <Bar completion={completion} />
                </td>
                <td>
                  <Status status={status} />
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </section>
  )
}

function AllocationOf({
  allocation,
  unit,
}: {
  readonly allocation: NonNullable<Answer['allocation']>[number]
  readonly unit: string
}) {
  const { t, to, number } = useSettings()
  return (
    <section aria-labelledby="allocation">
      <h2 id="allocation">{t('allocation')}</h2>
      <p>
        {number(allocation.assigned)} / {number(allocation.target)} {unit} {t('assigned')}; {number(allocation.missing)}{' '}
        {t('unassigned')}
      </p>
      <ul>
        {allocation.holders.map(({ unit: holder, value, source, synthetic }) => (
          <li key={holder.code}>
            <Link href={to(`/don-vi/${holder.code}`)}>{holder.name}</Link>: {number(value)} {unit} – {source}{' '}
            <Synthetic show={synthetic} />
          </li>
        ))}
      </ul>
    </section>
  )
}
