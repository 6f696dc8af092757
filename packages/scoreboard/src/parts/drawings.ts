// Views that are tables on the screen, as drawings to take away.
import type { PlotOptions } from '@observablehq/plot'
import { type Grid, textOf } from './grid.ts'
import { COLORS, PATH } from './palette.ts'
import type { ShownResult } from './results.tsx'

export type Plot = typeof import('@observablehq/plot')

/** Completion of each indicator against the share of the year that was over on the day of its figure. */
export function paces(
  plot: Plot,
  results: readonly ShownResult[],
  elapsed: (day: string) => number,
  percent: (value: number) => string,
): PlotOptions {
  const known = results.filter(({ completion, measurement }) => completion !== null && measurement !== null)
  return {
    width: 900,
    height: known.length * 26 + 60,
    marginLeft: 330,
    x: { tickFormat: percent, grid: true, label: null },
    y: { label: null, domain: known.map(({ indicator }) => indicator.name) },
    marks: [
      plot.barX(known, {
        x: 'completion',
        y: ({ indicator }: ShownResult) => indicator.name,
        fill: ({ status }: ShownResult) => COLORS[status],
        fillOpacity: ({ measurement }: ShownResult) => (measurement?.synthetic ? 0.6 : 1),
      }),
      plot.tickX(known, {
        x: ({ measurement }: ShownResult) => elapsed(measurement?.asOf ?? ''),
        y: ({ indicator }: ShownResult) => indicator.name,
        stroke: PATH,
        strokeWidth: 3,
      }),
    ],
  }
}

const CELL = 46
const HEAD = 300
const NAMES = 210

/** Units by indicators, as the screen has them. */
export function heatMap(plot: Plot, { rows, columns }: Grid, percent: (value: number) => string): PlotOptions {
  const cells = rows.flatMap((row) =>
    columns.map(({ id, name }) => {
      const result = row.cells.get(id)
      return {
        unit: row.name,
        indicator: name,
        fill: COLORS[result?.status ?? 'NOT_APPLICABLE'],
        text: textOf(result, percent),
      }
    }),
  )
  return {
    width: NAMES + columns.length * CELL + 20,
    height: HEAD + rows.length * 24,
    marginLeft: NAMES,
    marginTop: HEAD,
    padding: 0.04,
    x: { axis: 'top', label: null, tickRotate: -90, domain: columns.map(({ name }) => name) },
    y: { label: null, domain: rows.map(({ name }) => name) },
    marks: [
      plot.cell(cells, { x: 'indicator', y: 'unit', fill: 'fill', fillOpacity: 0.45 }),
      plot.text(cells, { x: 'indicator', y: 'unit', text: 'text' }),
    ],
  }
}
