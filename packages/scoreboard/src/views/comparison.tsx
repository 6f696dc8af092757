import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { ask } from '../client.ts'
import { type ComparedQuery as Answer, Compared } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown } from '../parts/data.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Day } from '../parts/source.tsx'
import { isInvented, Status, Synthetic } from '../parts/status.tsx'
import { UnitPicker } from '../parts/unit-picker.tsx'
import { useUnits } from '../parts/use-units.ts'
import { useSettings } from '../settings.tsx'

type Unit = NonNullable<Answer['unit']>
type Result = Unit['evaluation']['results'][number]
interface Row {
  readonly id: string
  readonly name: string
  readonly unit: string
  /** Beside each other, in the order of the units. */
  readonly results: readonly (Result | undefined)[]
}

const MOST = 4

/** Two to four units beside each other, indicator by indicator. */
export default function Comparison() {
  const { t, year, asOf, locale, get, set, below } = useSettings()
  const all = useUnits()
  usePageTitle(t('comparison'))
  const known = all.data ?? []
  // To begin with: the first and the last of those right below.
  const territories = known.filter(({ level }) => level === below)
  const example = [territories[0], territories.at(-1)].flatMap((unit) => unit?.code ?? []).join(' ')
  const asked = [...new Set((get('units') ?? example).split(/[ ,]+/).filter(Boolean))]
  const isKnown = (code: string) => known.some((unit) => unit.code === code)
  const codes = asked.filter(isKnown).slice(0, MOST)
  const leftOut = asked.filter(isKnown).slice(MOST)
  const unknown = known.length > 0 ? asked.filter((code) => !isKnown(code)) : []
  const answers = useQueries({
    queries: codes.map((code) => {
      const variables = { code, year, asOf, locale }
      return { queryKey: [Compared.text, variables, 0], queryFn: () => ask(Compared, variables) }
    }),
  })
  const units = answers.flatMap(({ data }) => data?.unit ?? [])
  const choose = (chosen: readonly string[]) => set({ units: chosen.join(' ') })
  return (
    <>
      <h1>
        {t('comparison')} {year}
      </h1>
      <p className="quiet">{t('comparisonHelp')}</p>
      <Shown of={all}>
        {(nodes) => (
          <div className="filters">
            {codes.map((code) => (
              <span key={code} className="chosen">
                {nodes.find((node) => node.code === code)?.name}{' '}
                <button
                  type="button"
                  className="small"
                  aria-label={`${t('remove')} ${nodes.find((node) => node.code === code)?.name}`}
                  onClick={() => choose(codes.filter((unit) => unit !== code))}
                >
                  ✕
                </button>
              </span>
            ))}
            {codes.length < MOST && (
              <UnitPicker
                key={codes.join()}
                label={t('addUnit')}
                units={nodes.filter(({ code }) => !codes.includes(code))}
                onChoose={(code) => choose([...codes, code])}
              />
            )}
          </div>
        )}
      </Shown>
      {unknown.length > 0 && (
        <p className="warning" role="status">
          {t('unknownUnits')} “{unknown.join('”, “')}”.
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="warning" role="status">
          {t('comparedMost')} {leftOut.map((code) => known.find((unit) => unit.code === code)?.name).join(', ')}.
        </p>
      )}
      {answers.some(({ isError }) => isError) && (
        <p className="state" role="alert">
          {answers.find(({ error }) => error)?.error?.message}
        </p>
      )}
      {answers.some(({ isPending }) => isPending) && <p className="state">{t('loading')}</p>}
      {codes.length < 2 && known.length > 0 && <p className="state">{t('chooseTwo')}</p>}
      {units.length > 0 && units.length === codes.length && <Beside units={units} />}
    </>
  )
}

function Beside({ units }: { readonly units: readonly Unit[] }) {
  const { t, asOf } = useSettings()
  const columns = useColumns(units)
  const rows = useMemo(() => {
    const found = new Map<string, Row>()
    for (const { evaluation } of units) {
      for (const { indicator } of evaluation.results) {
        if (found.has(indicator.id)) continue
        const results = units.map((unit) =>
          unit.evaluation.results.find((result) => result.indicator.id === indicator.id),
        )
        // A row in which nobody has a figure compares nothing.
        if (results.some((result) => result?.value !== null && result !== undefined)) {
          found.set(indicator.id, { id: indicator.id, name: indicator.name, unit: indicator.unit.name, results })
        }
      }
    }
    return [...found.values()]
  }, [units])
  return (
    <>
      {rows.length > 0 && <Totals units={units} />}
      {rows.length === 0 ? (
        <p className="state">{t('nothingToCompare')}</p>
      ) : (
        <DataTable
          label={t('comparison')}
          file={`so-sanh-${units.map(({ code }) => code).join('-')}-${asOf}`}
          rows={rows}
          columns={columns}
          keyOf={({ id }) => id}
        />
      )}
    </>
  )
}

function Totals({ units }: { readonly units: readonly Unit[] }) {
  const { t, to, points } = useSettings()
  return (
    <ul className="counts">
      {units.map((unit) => (
        <li key={unit.code} className="status">
          <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link>
          <strong>{unit.evaluation.summary.met}</strong>
          <span>
            {t('MET').toLowerCase()}, {unit.evaluation.summary.notMet} {t('NOT_MET').toLowerCase()}
            {unit.standing && unit.standing.own.rank !== null && (
              <>
                ; {t('rank')} {unit.standing.own.rank}, {points(unit.standing.own.score)} {t('points')}
                {unit.cluster?.pointTable && ` (${t('rankByDefault')})`}
              </>
            )}{' '}
            <Synthetic show={isInvented(unit.evaluation)} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function useColumns(units: readonly Unit[]): readonly Column<Row>[] {
  const settings = useSettings()
  return useMemo(() => {
    const { t, to, number, percent } = settings
    return [
      {
        id: 'indicator',
        head: t('indicator'),
        names: true,
        text: ({ name }) => name,
        cell: ({ id, name, unit }) => (
          <>
            <Link href={to(`/chi-tieu/${id}`)}>{name}</Link> <span className="quiet">({unit})</span>
          </>
        ),
      },
      ...units.flatMap((unit, i): Column<Row>[] => [
        {
          id: unit.code,
          head: unit.name,
          text: ({ results }) => results[i]?.value ?? null,
          cell: ({ results }) => {
            const result = results[i]
            if (!result) return <span className="quiet">{t('NOT_APPLICABLE')}</span>
            return (
              <>
                <strong>
                  {result.indicator.measure === 'MILESTONE' && result.value !== null
                    ? t(result.value === 1 ? 'yes' : 'no')
                    : number(result.value)}
                </strong>{' '}
                <Status status={result.status} pace={result.pace} />
                <p className="quiet">
                  {[result.completion !== null && percent(result.completion), result.target?.text]
                    .filter(Boolean)
                    .join(' – ')}
                </p>
                {result.measurement && (
                  <p className="quiet">
                    <Day of={result.measurement} />
                  </p>
                )}
              </>
            )
          },
        },
        {
          id: `${unit.code}-status`,
          head: `${unit.name}: ${t('status')}`,
          hidden: true,
          text: ({ results }) => (results[i] ? t(results[i].status) : null),
        },
        {
          id: `${unit.code}-day`,
          head: `${unit.name}: ${t('figureDay')}`,
          hidden: true,
          text: ({ results }) => results[i]?.measurement?.asOf ?? null,
        },
        {
          id: `${unit.code}-synthetic`,
          head: `${unit.name}: ${t('synthetic')}`,
          hidden: true,
          text: ({ results }) => (results[i]?.measurement?.synthetic ? t('synthetic') : null),
        },
      ]),
    ]
  }, [settings, units])
}
