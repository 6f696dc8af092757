// Views that are tables on the screen, as drawings to take away.
import type { PlotOptions } from '@observablehq/plot'
import type { ComplianceStatus, MatrixQuery } from '../generated/api.ts'
import type { ShownResult } from './results.tsx'
import { SIGNS } from './status.tsx'

export type Plot = typeof import('@observablehq/plot')

const VARIABLES: Record<ComplianceStatus, string> = {
  MET: '--met',
  IN_PROGRESS: '--progress',
  NOT_MET: '--missed',
  UNDECIDED: '--quiet',
  NO_DATA: '--none',
  NOT_APPLICABLE: '--paper',
}

/** The colour that the page has for it. */
const colourOf = (status: ComplianceStatus) =>
  getComputedStyle(document.documentElement).getPropertyValue(VARIABLES[status]).trim()

const CELL = 34
const MARGIN = 230
/** Letters that fit into it. */
const LONGEST = 36

/** Units by indicators; only indicators of which somebody has a status to show. */
export function heatMap(
  plot: Plot,
  { units, indicators, statuses, completions }: NonNullable<MatrixQuery['matrix']>,
  percent: (value: number) => string,
): PlotOptions {
  const shown = indicators.flatMap((indicator, i) =>
    statuses.some((row) => row[i] !== 'NO_DATA' && row[i] !== 'NOT_APPLICABLE') ? [{ ...indicator, i }] : [],
  )
  const cells = units.flatMap((unit, row) =>
    shown.map(({ name, i }) => {
      const status = statuses[row]?.[i] ?? 'NO_DATA'
      const completion = completions[row]?.[i] ?? null
      const text = completion !== null && status !== 'MET' ? percent(completion) : SIGNS[status]
      return { unit: unit.name, indicator: name, fill: colourOf(status), text }
    }),
  )
  return {
    width: MARGIN + shown.length * CELL,
    height: MARGIN + units.length * 22,
    marginLeft: MARGIN - 40,
    marginTop: MARGIN,
    padding: 0.04,
    x: {
      axis: 'top',
      label: null,
      tickRotate: -90,
      domain: shown.map(({ name }) => name),
      tickFormat: (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name),
    },
    y: { label: null, domain: units.map(({ name }) => name) },
    marks: [
      plot.cell(cells, { x: 'indicator', y: 'unit', fill: 'fill' }),
      plot.text(cells, { x: 'indicator', y: 'unit', text: 'text' }),
    ],
  }
}

/** Completion of each indicator against the share of the year that is over. */
export function paces(plot: Plot, results: readonly ShownResult[], elapsed: number): PlotOptions {
  const known = results.filter(({ completion }) => completion !== null)
  return {
    width: 900,
    height: known.length * 26 + 60,
    marginLeft: 330,
    x: { tickFormat: '%', grid: true, label: null },
    y: { label: null, domain: known.map(({ indicator }) => indicator.name) },
    marks: [
      plot.barX(known, {
        x: 'completion',
        y: ({ indicator }) => indicator.name,
        fill: ({ status }) => (status === 'MET' ? '#1a7f37' : '#1f6fb2'),
      }),
      plot.ruleX([elapsed], { stroke: '#b35a00', strokeWidth: 2 }),
    ],
  }
}
