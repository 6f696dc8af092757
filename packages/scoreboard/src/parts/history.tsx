import { type HistoryQuery as Answer, History } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Chart } from './chart.tsx'
import { Shown, useApi } from './data.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { FIGURES, PATH, TARGET } from './palette.ts'
import { Day, Source } from './source.tsx'
import { YearBefore } from './year-before.tsx'

type Recorded = NonNullable<Answer['unit']>['history'][number]

/** What counts on a day where there are several: official before preliminary before estimate, then the newest revision. */
const KINDS = ['OFFICIAL', 'PRELIMINARY', 'ESTIMATE'] as const
const KIND_COLORS = { OFFICIAL: FIGURES[0], PRELIMINARY: FIGURES[3], ESTIMATE: FIGURES[2] } as const
const SYMBOLS = { OFFICIAL: 'circle', PRELIMINARY: 'diamond', ESTIMATE: 'triangle' } as const

const dayOf = (iso: string) => new Date(`${iso}T00:00:00Z`)

/** One unit's figures of one indicator through the year, against the way to its target. */
export function HistoryOf({
  code,
  name,
  indicator: id,
  target: judgedBy,
}: {
  readonly code: string
  readonly name: string
  readonly indicator: string
  /** By what it is judged. */
  readonly target: string | null
}) {
  const { year, asOf, locale } = useSettings()
  const answer = useApi(History, { code, indicator: id, year, asOf, locale })
  return (
    <Shown of={answer}>
      {({ unit, indicator }) => <Drawn name={name} code={code} unit={unit} indicator={indicator} judgedBy={judgedBy} />}
    </Shown>
  )
}

interface DrawnProps {
  readonly code: string
  readonly name: string
  readonly unit: NonNullable<Answer['unit']>
  readonly indicator: NonNullable<Answer['indicator']>
  readonly judgedBy: string | null
}

function Drawn({ code, name, unit, indicator, judgedBy }: DrawnProps) {
  const { t, year, asOf, number, date, province } = useSettings()
  const assigned = unit.targets.find((target) => target.indicator.id === indicator.id)
  const isProvince = code === province.code
  const isFlow = indicator.measure === 'FLOW'
  // A lower unit is not judged by the province's number.
  const target = assigned?.value ?? (isProvince ? indicator.target.value : null)
  const start = isFlow ? 0 : (assigned?.baseline ?? (isProvince ? indicator.baseline : null))
  // What was not there on the day that is asked about is not drawn.
  const seen = unit.history.filter(({ asOf: day }) => day <= asOf)
  const counting = countingOf(seen)
  const known = seen
    .filter(({ withdrawn }) => !withdrawn)
    .map((figure) => ({ ...figure, day: dayOf(figure.asOf), counts: counting.includes(figure) }))
  const before = unit.evaluation.results[0]?.yearBefore
  if (seen.length === 0)
    return (
      <>
        <p className="state">{t('noHistory')}</p>
        <YearBefore of={before} unit={indicator.unit.name} code={code} />
      </>
    )
  const [from, to] = [dayOf(`${year}-01-01`), dayOf(`${year}-12-31`)]
  const path =
    target === null || start === null
      ? []
      : [
          { day: from, value: start },
          { day: to, value: target },
        ]
  const kinds = KINDS.filter((kind) => known.some(({ status }) => status === kind))
  const label = `${indicator.name}, ${name}: ${counting.map((figure) => `${date(figure.asOf)} ${number(figure.value)} (${t(figure.status)})`).join(', ')}; ${t('target')} ${judgedBy ?? '–'}`
  return (
    <>
      <Chart
        name={`${code}-${indicator.id}`}
        label={label}
        told={{
          title: `${indicator.name}: ${name}`,
          lines: [`${t('target')}: ${judgedBy ?? '–'}`, ...(known.some(({ counts }) => !counts) ? [t('hollow')] : [])],
          legend: [
            ...kinds.map((kind) => [KIND_COLORS[kind], t(kind)] as const),
            ...(path.length > 0 ? [[PATH, t('path'), 'line'] as const] : []),
            ...(target === null ? [] : [[TARGET, t('target'), 'line'] as const]),
          ],
          sources: known.flatMap(({ source }) => source ?? []),
          synthetic: known.some(({ synthetic }) => synthetic),
        }}
        draw={(Plot, width) => ({
          height: 280,
          marginLeft: 64,
          x: {
            type: 'utc',
            domain: [from, to],
            label: null,
            ticks: width < 420 ? 'quarter' : 'month',
            tickFormat: (day: Date) =>
              `${day.getUTCMonth() + 1}/${year}`.slice(0, width < 700 ? 2 : 7).replace('/', width < 700 ? '' : '/'),
          },
          y: {
            label: indicator.unit.name,
            grid: true,
            zero: isFlow,
            nice: true,
            tickFormat: (value: number) => number(value),
          },
          marks: [
            ...(path.length > 0
              ? [Plot.line(path, { x: 'day', y: 'value', stroke: PATH, strokeDasharray: '6 4', strokeWidth: 2 })]
              : []),
            ...(target === null ? [] : [Plot.ruleY([target], { stroke: TARGET, strokeWidth: 1.5 })]),
            Plot.ruleX([dayOf(asOf)], { stroke: '#8b97a3' }),
            Plot.line(
              known.filter(({ counts }) => counts).sort((a, b) => Number(a.day) - Number(b.day)),
              { x: 'day', y: 'value', stroke: '#8b97a3', strokeWidth: 1.5 },
            ),
            ...kinds.map((kind) =>
              Plot.dot(
                known.filter(({ status }) => status === kind),
                {
                  x: 'day',
                  y: 'value',
                  symbol: SYMBOLS[kind],
                  stroke: KIND_COLORS[kind],
                  fill: ({ counts }: { counts: boolean }) => (counts ? KIND_COLORS[kind] : 'none'),
                  r: 5,
                  title: (figure: Recorded) => `${date(figure.asOf)}: ${number(figure.value)} (${t(figure.status)})`,
                },
              ),
            ),
          ],
        })}
      />
      <YearBefore of={before} unit={indicator.unit.name} code={code} />
      <Figures code={code} figures={seen} counting={counting} indicator={indicator} />
    </>
  )
}

function countingOf(figures: readonly Recorded[]): readonly Recorded[] {
  const best = new Map<string, Recorded>()
  for (const shown of figures) {
    if (shown.withdrawn) continue
    const held = best.get(shown.asOf)
    const order = (figure: Recorded) => KINDS.indexOf(figure.status)
    if (!held || order(shown) < order(held) || (order(shown) === order(held) && shown.revision > held.revision))
      best.set(shown.asOf, shown)
  }
  return [...best.values()]
}

interface FiguresProps {
  readonly code: string
  readonly figures: readonly Recorded[]
  readonly counting: readonly Recorded[]
  readonly indicator: NonNullable<Answer['indicator']>
}

function Figures({ code, figures, counting, indicator }: FiguresProps) {
  const { t, date } = useSettings()
  const state = (figure: Recorded) =>
    t(figure.withdrawn ? 'withdrawn' : counting.includes(figure) ? 'counts' : 'superseded')
  const isPlain = figures.every((figure) => figure.revision === 1 && counting.includes(figure))
  const columns: readonly Column<Recorded>[] = [
    { id: 'day', head: t('figureDay'), names: true, text: ({ asOf }) => asOf, cell: (figure) => <Day of={figure} /> },
    {
      id: 'value',
      head: t('value'),
      numeric: true,
      text: ({ value }) => value,
      cell: (figure) => <Figure value={figure.value} of={indicator} isWithdrawn={figure.withdrawn} />,
    },
    { id: 'kind', head: t('statusOfFigures'), text: ({ status }) => t(status) },
    {
      id: 'state',
      head: t('revision'),
      // That each was recorded once, and counts, is no news.
      hidden: isPlain,
      text: (figure) => `${figure.revision}, ${state(figure)}`,
    },
    {
      id: 'recorded',
      head: t('recorded'),
      text: (figure) => figure.recordedAt.slice(0, 10),
      cell: (figure) => `${date(figure.recordedAt.slice(0, 10))}${figure.recordedBy ? `, ${figure.recordedBy}` : ''}`,
    },
    {
      id: 'source',
      head: t('source'),
      long: true,
      text: ({ source, reason }) => `${source ?? ''}${reason ? ` (${reason})` : ''}`,
      cell: (figure) => (
        <>
          <Source of={figure} /> {figure.reason && <span className="quiet">({figure.reason})</span>}
        </>
      ),
    },
    {
      id: 'synthetic',
      head: t('synthetic'),
      hidden: true,
      text: ({ synthetic }) => (synthetic ? t('synthetic') : null),
    },
  ]
  return (
    <DataTable
      label={`${t('history')}: ${indicator.name}`}
      file={`${code}-${indicator.id}`}
      rows={figures}
      columns={columns}
      keyOf={(figure) => `${figure.asOf} ${figure.status} ${figure.revision}`}
    />
  )
}
