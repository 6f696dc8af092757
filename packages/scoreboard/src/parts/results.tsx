import { useMemo } from 'react'
import { Link } from 'wouter'
import type { ComplianceStatus, Inheritance, Measure, MeasurementStatus, Pace } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { Day, type Origin, Source } from './source.tsx'
import { Bar, elapsedOn, STATUSES, Status } from './status.tsx'
import { Trend, trendText } from './trend.tsx'
import type { Trends } from './use-trends.ts'

export interface ShownResult {
  readonly indicator: {
    readonly id: string
    readonly name: string
    readonly measure: Measure
    readonly unit: { readonly name: string }
  }
  readonly value: number | null
  readonly target: { readonly text: string } | null
  readonly completion: number | null
  readonly status: ComplianceStatus
  readonly pace: Pace | null
  readonly inherited: Inheritance | null
  readonly measurement: (Origin & { readonly status: MeasurementStatus }) | null
}

/** A unit's figures against its targets, each with its day and source. */
export function Results({
  label,
  file,
  results,
  trends,
}: {
  readonly label: string
  readonly file: string
  readonly results: readonly ShownResult[]
  /** The figures of the year by indicator, where they are shown as lines. */
  readonly trends?: Trends | undefined
}) {
  const { t } = useSettings()
  const columns = useColumns(trends)
  if (results.length === 0) return <p className="state">{t('noFiguresYet')}</p>
  return (
    <DataTable label={label} file={file} rows={results} columns={columns} keyOf={({ indicator }) => indicator.id} />
  )
}

function useColumns(trends: Trends | undefined): readonly Column<ShownResult>[] {
  const settings = useSettings()
  return useMemo(() => {
    const { t, to, date } = settings
    return [
      {
        id: 'indicator',
        head: t('indicator'),
        names: true,
        text: ({ indicator }) => indicator.name,
        cell: ({ indicator }) => <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>,
      },
      {
        id: 'value',
        head: t('value'),
        numeric: true,
        text: ({ value }) => value,
        cell: ({ indicator, value }) => <Figure value={value} of={indicator} />,
      },
      ...(trends
        ? [
            {
              id: 'trend',
              head: t('trend'),
              text: ({ indicator }: ShownResult) => trendText(trends.get(indicator.id) ?? [], settings),
              cell: ({ indicator }: ShownResult) => <Trend points={trends.get(indicator.id) ?? []} />,
            },
          ]
        : []),
      { id: 'unit', head: t('unitOfValue'), hidden: true, text: ({ indicator }) => indicator.unit.name },
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
        cell: ({ target, inherited }) => (
          <>
            {target?.text} {inherited && <span className="quiet">{t(inherited)}</span>}
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
        cell: ({ status, pace, completion }) => (
          <>
            <Status status={status} pace={pace} />{' '}
            {status === 'NOT_MET' && completion !== null && completion >= 0.9999 && (
              <span className="quiet">{t('mustExceed')}</span>
            )}
          </>
        ),
      },
      {
        id: 'source',
        head: t('source'),
        long: true,
        text: ({ measurement }) => (measurement ? `${measurement.source ?? ''} (${t(measurement.status)})` : null),
        cell: ({ measurement }) => (
          <span className="quiet">
            <Source of={measurement} /> {measurement && `(${t(measurement.status)})`}
          </span>
        ),
      },
      {
        id: 'synthetic',
        head: t('synthetic'),
        hidden: true,
        text: ({ measurement }) => (measurement?.synthetic ? t('synthetic') : null),
      },
    ]
  }, [settings, trends])
}
