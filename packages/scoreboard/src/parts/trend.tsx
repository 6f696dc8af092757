import { useSettings } from '../settings.tsx'
import { elapsedOn } from './status.tsx'

export interface Point {
  readonly asOf: string
  readonly value: number
  readonly synthetic: boolean
}
const [WIDTH, HEIGHT, MARGIN] = [96, 24, 3] as const

/** The figures of a line in words, as a screen reader and a file have them. */
export const trendText = (
  points: readonly Point[],
  { t, date, number }: Pick<ReturnType<typeof useSettings>, 't' | 'date' | 'number'>,
): string =>
  points
    .map(({ asOf, value, synthetic }) => `${date(asOf)}: ${number(value)}${synthetic ? ` (${t('synthetic')})` : ''}`)
    .join('; ')

/** A unit's figures through the year as a small line: its width is the whole year, its height from the least to the most. */
export function Trend({ points }: { readonly points: readonly Point[] }) {
  const settings = useSettings()
  if (points.length < 2) return <span className="quiet">–</span>
  const values = points.map(({ value }) => value)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const x = (asOf: string) => MARGIN + elapsedOn(asOf) * (WIDTH - 2 * MARGIN)
  // Where nothing has changed, the line runs through the middle.
  const y = (value: number) =>
    HEIGHT - MARGIN - (most === least ? 0.5 : (value - least) / (most - least)) * (HEIGHT - 2 * MARGIN)
  const isInvented = points.some(({ synthetic }) => synthetic)
  return (
    <svg className="trend" width={WIDTH} height={HEIGHT} role="img" aria-label={trendText(points, settings)}>
      <title>{trendText(points, settings)}</title>
      <polyline
        points={points.map(({ asOf, value }) => `${x(asOf)},${y(value)}`).join(' ')}
        {...(isInvented ? { strokeDasharray: '4 2' } : {})}
      />
      {points.map(({ asOf, value }) => (
        <circle key={asOf} cx={x(asOf)} cy={y(value)} r={2} />
      ))}
    </svg>
  )
}
