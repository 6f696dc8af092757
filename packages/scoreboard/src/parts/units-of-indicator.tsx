import { useMemo } from 'react'
import { Link } from 'wouter'
import type { IndicatorPageQuery as Answer } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Chart } from './chart.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { COLORS } from './palette.ts'
import { Day, Source } from './source.tsx'
import { Bar, elapsedOn, STATUSES, Status, Synthetic } from './status.tsx'
import { Trend, trendText } from './trend.tsx'

type Unit = NonNullable<Answer['units']>['nodes'][number]
type Row = Omit<Unit, 'evaluation' | 'targets'> &
  Unit['evaluation']['results'][number] & { readonly hasInventedTarget: boolean }

/** The figure is, or what it is judged by. */
const isInvented = ({ measurement, hasInventedTarget }: Row): boolean =>
  hasInventedTarget || (measurement?.synthetic ?? false)

/** More bars than that are a wall; the table has them all. */
const MOST_BARS = 30

/** How each unit of a level does on one indicator. */
export function UnitsOf({
  indicator,
  units,
}: {
  readonly indicator: NonNullable<Answer['indicator']>
  readonly units: readonly Unit[]
}) {
  const { t, percent, asOf } = useSettings()
  const columns = useColumns(indicator.unit.name)
  const rows = useMemo(
    () =>
      units
        .flatMap(({ code, name, series, targets, evaluation }): Row[] => {
          const hasInventedTarget = targets.some(({ synthetic }) => synthetic)
          const [result] = evaluation.results
          // Of those without a figure, who was given a target of its own.
          return result && result.status !== 'NOT_APPLICABLE' && (result.value !== null || result.inherited === null)
            ? [{ code, name, hasInventedTarget, series: series.filter(({ asOf: day }) => day <= asOf), ...result }]
            : []
        })
        .sort((a, b) => (b.completion ?? -1) - (a.completion ?? -1)),
    [units, asOf],
  )
  if (rows.length === 0) return <p className="state">{t('noneOfUnits')}</p>
  const bars = rows.filter(({ completion }) => completion !== null).slice(0, MOST_BARS)
  return (
    <>
      {bars.length > 0 && (
        <Chart
          name={`chi-tieu-${indicator.id}`}
          label={`${indicator.name}: ${bars.map(({ name, completion }) => `${name} ${percent(completion)}`).join(', ')}`}
          told={{
            title: `${indicator.name}: ${t('completion')}`,
            legend: STATUSES.filter((status) => bars.some((bar) => bar.status === status)).map(
              (status) => [COLORS[status], t(status)] as const,
            ),
            sources: rows.flatMap(({ measurement }) => measurement?.source ?? []),
            synthetic: rows.some(isInvented),
          }}
          draw={(Plot, width) => ({
            height: bars.length * 26 + 50,
            marginLeft: Math.min(210, width / 2),
            marginTop: 10,
            x: { label: null, tickFormat: percent, grid: true, ticks: width < 500 ? 3 : 8 },
            y: { label: null, domain: bars.map(({ name }) => name) },
            marks: [
              Plot.barX(bars, { x: 'completion', y: 'name', fill: ({ status }: Row) => COLORS[status] }),
              Plot.ruleX([1], { stroke: 'currentColor', strokeDasharray: '4 3' }),
            ],
          })}
        />
      )}
      <DataTable
        label={indicator.name}
        file={`chi-tieu-${indicator.id}-${asOf}`}
        rows={rows}
        columns={columns}
        keyOf={({ code }) => code}
      />
    </>
  )
}

function useColumns(unit: string): readonly Column<Row>[] {
  const settings = useSettings()
  return useMemo(() => {
    const { t, to, number, date } = settings
    return [
      {
        id: 'unit',
        head: t('unit'),
        names: true,
        text: ({ name }) => name,
        cell: ({ code, name }) => <Link href={to(`/don-vi/${code}`)}>{name}</Link>,
      },
      {
        id: 'value',
        head: `${t('value')} (${unit})`,
        numeric: true,
        text: ({ value }) => value,
        cell: ({ value }) => number(value),
      },
      {
        id: 'trend',
        head: t('trend'),
        text: ({ series }) => trendText(series, settings),
        cell: ({ series }) => <Trend points={series} />,
      },
      {
        id: 'day',
        head: t('figureDay'),
        text: ({ measurement }) => (measurement ? date(measurement.asOf) : null),
        cell: ({ measurement }) => <Day of={measurement} />,
      },
      {
        id: 'target',
        head: t('target'),
        text: ({ target, inherited }) => `${target?.text ?? ''}${inherited ? ` (${t(inherited)})` : ''}`,
        cell: ({ target, inherited, hasInventedTarget }) => (
          <>
            {target?.text} {inherited && <span className="quiet">{t(inherited)}</span>}{' '}
            <Synthetic show={hasInventedTarget} />
          </>
        ),
      },
      {
        id: 'completion',
        head: t('completion'),
        numeric: true,
        text: ({ completion }) => completion,
        cell: ({ completion, measurement }) => (
          <Bar completion={completion} {...(measurement ? { elapsed: elapsedOn(measurement.asOf) } : {})} />
        ),
      },
      {
        id: 'status',
        head: t('status'),
        text: ({ status, pace }) => `${STATUSES.indexOf(status) + 1}. ${t(status)}${pace ? `, ${t(pace)}` : ''}`,
        cell: ({ status, pace }) => <Status status={status} pace={pace} />,
      },
      {
        id: 'source',
        head: t('source'),
        long: true,
        text: ({ measurement }) => measurement?.source ?? null,
        cell: ({ measurement }) => (
          <span className="quiet">
            <Source of={measurement} />
          </span>
        ),
      },
      {
        id: 'synthetic',
        head: t('synthetic'),
        hidden: true,
        text: (row) => (isInvented(row) ? t('synthetic') : null),
      },
    ]
  }, [settings, unit])
}
