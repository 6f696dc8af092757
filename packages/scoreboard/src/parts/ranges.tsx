import type { FairnessRangesQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'
import { Chart } from './chart.tsx'

export type Fairness = NonNullable<FairnessRangesQuery['ranking']>['clusters'][number]
type UnitRange = Fairness['fairness']['units'][number]

const KINDS = ['weights', 'leaveOneOut', 'missing'] as const
const COLORS = { weights: '#3b82c4', leaveOneOut: '#c06a0a', missing: '#8b6fb8' } as const

/** The range of ranks of each member, drawn and in words. */
export function Ranges({
  units,
  cluster,
  name,
  synthetic,
  help = 'rangeHelp',
  leftOut = 'leaveOneOut',
}: {
  readonly units: readonly UnitRange[]
  /** Its code. */
  readonly cluster: string
  readonly name: string
  readonly synthetic: boolean
  readonly help?: TextKey
  readonly leftOut?: TextKey
}) {
  const { t } = useSettings()
  const bars = units.flatMap((unit) =>
    KINDS.map((kind) => ({ unit: unit.unit.name, kind, from: unit[kind].best, to: unit[kind].worst })),
  )
  const label = `${t('range')}, ${name}: ${units.map((unit) => `${unit.unit.name} ${unit.weights.best}–${unit.weights.worst}`).join('; ')}`
  return (
    <details open>
      <summary>{t('range')}</summary>
      <p className="quiet">{t(help)}</p>
      <Chart
        name={`khoang-hang-${cluster}`}
        label={label}
        told={{
          title: `${t('range')}: ${name}`,
          lines: [t(help)],
          legend: KINDS.map((kind) => [COLORS[kind], t(kind === 'leaveOneOut' ? leftOut : kind)] as const),
          synthetic,
        }}
        draw={(Plot, width) => ({
          height: units.length * 36 + 64,
          marginBottom: 44,
          marginLeft: Math.min(210, width / 2),
          x: {
            domain: [0.5, units.length + 0.5],
            ticks: units.map((_, i) => i + 1),
            label: t('rank'),
            labelOffset: 34,
            tickFormat: 'd',
          },
          y: { label: null, domain: units.map((unit) => unit.unit.name) },
          marks: [
            Plot.gridX({ ticks: units.map((_, i) => i + 1) }),
            ...KINDS.map((kind, i) =>
              Plot.link(
                bars.filter((bar) => bar.kind === kind),
                {
                  x1: 'from',
                  x2: 'to',
                  y: 'unit',
                  stroke: COLORS[kind],
                  strokeWidth: 4,
                  strokeLinecap: 'round',
                  dy: (i - 1) * 7,
                },
              ),
            ),
            Plot.dot(units, {
              x: 'rank',
              y: (entry) => entry.unit.name,
              r: 5,
              fill: 'currentColor',
              filter: (entry) => entry.rank !== null,
            }),
          ],
        })}
      />
    </details>
  )
}
