import { tidy } from '../decimal.ts'
import type { IndicatorResult } from '../evaluation/result.ts'
import { targetNumber } from '../rules/interval.ts'
import { checkShapeOnce } from './arguments.ts'
import type { Figure } from './table.ts'

/** What is known of one unit. */
export interface Known {
  readonly facts: Readonly<Record<string, boolean | number | string | null | undefined>>
  readonly results: ReadonlyMap<string, IndicatorResult>
}

const ofIndicator = (result: IndicatorResult | undefined, take: string): number | null => {
  if (result === undefined) return null
  if (take === 'completion') return result.completion === null ? null : tidy(result.completion * 100)
  if (take === 'margin') return result.margin
  if (take === 'value') return result.value === null ? null : Number(result.value)
  return result.target === null ? null : targetNumber(result.target)
}

/** The value of a figure; null where what is known does not give it. */
export function figureOf(figure: Figure | number, known: Known): number | null {
  if (typeof figure === 'number') return figure
  if (typeof figure === 'string') {
    const value = known.facts[figure]
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null
  }
  if ('indicator' in figure) return ofIndicator(known.results.get(figure.indicator), figure.take ?? 'value')
  if ('latest' in figure) {
    return figure.latest.reduce<number | null>((last, figure) => figureOf(figure, known) ?? last, null)
  }
  const parts =
    'periods' in figure
      ? figure.periods.map(({ of }) => of)
      : (Object.values(figure)[0] as readonly (Figure | number)[])
  const values = parts.map((part) => figureOf(part, known))
  if (values.some((value) => value === null)) return null
  const result = combined(figure, values as number[])
  return result === null || !Number.isFinite(result) ? null : tidy(result)
}

function combined(figure: Exclude<Figure, string>, values: readonly number[]): number | null {
  const [a = 0, b = 0] = values
  if ('ratio' in figure) return b === 0 ? null : (a / b) * (figure.times ?? 1)
  if ('change' in figure) return b === 0 ? null : ((a - b) / Math.abs(b)) * 100
  if ('difference' in figure) return a - b
  if ('periods' in figure) {
    const weights = figure.periods.map(({ weight }) => weight)
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / all
  }
  return values.reduce((sum, value) => sum + value, 0)
}

/** The names of the facts and indicators that a figure asks for. */
export function namesIn(figure: Figure | number): { facts: string[]; indicators: string[] } {
  checkShapeOnce('figure', figure)
  if (typeof figure === 'number') return { facts: [], indicators: [] }
  if (typeof figure === 'string') return { facts: [figure], indicators: [] }
  if ('indicator' in figure) return { facts: [], indicators: [figure.indicator] }
  const parts =
    'periods' in figure
      ? figure.periods.map(({ of }) => of)
      : (Object.values(figure)[0] as readonly (Figure | number)[])
  const named = parts.map(namesIn)
  return { facts: named.flatMap(({ facts }) => facts), indicators: named.flatMap(({ indicators }) => indicators) }
}
