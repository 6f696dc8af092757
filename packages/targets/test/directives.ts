// Directives of one or a few invented indicators, for tests.
import {
  type Better,
  type Directive,
  type IndicatorInput,
  type Measure,
  parseDirective,
  type Target,
} from '../src/core.ts'

const text = { vi: 'x', en: 'x' }

export interface Sketch extends Partial<Omit<IndicatorInput, 'target'>> {
  readonly target: Target
  readonly measure?: Measure
  readonly better?: Better
}

/** An indicator with what does not matter filled in. */
export const indicatorOf = (id: string, sketch: Sketch): IndicatorInput => ({
  id,
  name: { vi: `Chỉ tiêu ${id}`, en: `Indicator ${id}` },
  section: '1',
  unit: { code: 'case', vi: 'vụ', en: 'cases' },
  quote: 'x',
  measure: sketch.target.comparator === 'maintained' ? 'milestone' : 'level',
  extent: 'extensive',
  levels: ['nation', 'province', 'district', 'commune', 'department', 'organisation'],
  checkedOn: '2026-11-24',
  ...sketch,
})

export const directiveOf = (
  sketches: Readonly<Record<string, Sketch>>,
  { year = 2022, ...rest }: Partial<Directive> = {},
): Directive =>
  parseDirective({
    id: 'invented',
    title: text,
    issuer: text,
    issuedOn: `${year}-01-15`,
    year,
    indicators: Object.entries(sketches).map(([id, sketch]) => indicatorOf(id, sketch)),
    ...rest,
  })

/** "<= 31.10", "between 6.5 7", "maintained". */
export function targetOf(words: string): Target {
  const [comparator = '', ...numbers] = words.split(' ')
  if (comparator === 'maintained') return { comparator, value: true }
  if (comparator === 'between') return { comparator, low: Number(numbers[0]), high: Number(numbers[1]) }
  return { comparator, value: Number(numbers[0]) } as Target
}
