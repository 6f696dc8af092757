// The columns of a table of many units, and the figures that follow from them, a block of rows at a time.
import type { Condition } from '../rules/conditions.ts'
import { figuresOf, partsOf } from './figures.ts'
import { reckoned } from './known.ts'
import { factsIn } from './named-figures.ts'
import type { Figure, PointNode, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** A declared fact by its name, or what an indicator comes to; `completion` is a percentage of the target. */
export type PointColumn =
  | string
  | { readonly indicator: string; readonly take: 'value' | 'target' | 'completion' | 'margin' }

/** Rows that are worked on together: their numbers stay in the processor's near memory. */
export const BLOCK = 128
/** From column to column of a block: not a power of two, which would put all of them into the same places of that memory. */
const STRIDE = BLOCK + 8

/** Rows of a table that are worked on now. */
export interface Block {
  readonly first: number
  readonly count: number
}

/** The figures of the rows of a block, column after column: rules look at one figure of all rows. */
export class Columns {
  readonly all: readonly PointColumn[]
  readonly #values: Float64Array

  constructor(all: readonly PointColumn[]) {
    this.all = all
    this.#values = new Float64Array(all.length * STRIDE)
  }

  /** Where the figures of a column stand while a block is worked on. */
  of(column: PointColumn): Float64Array {
    const at = this.all.findIndex((pointColumn) => keyOf(pointColumn) === keyOf(column))
    return this.#values.subarray(at * STRIDE, at * STRIDE + BLOCK)
  }

  /** Takes in some columns of the rows of a block. */
  takeOnly(columns: Int32Array, values: Float64Array, { first, count }: Block): void {
    const width = this.all.length
    const into = this.#values
    const all = columns.length
    // Row by row, as they lie: each line of memory is fetched once.
    for (let row = 0, i = first * width; row < count; row++, i += width) {
      for (let k = 0; k < all; k++) {
        const column = columns[k] as number
        into[column * STRIDE + row] = values[i + column] as number
      }
    }
  }

  /** Where columns stand that figures ask for. */
  asked(figures: readonly (Figure | number)[]): Int32Array {
    const keys = new Set(figures.flatMap(columnsIn).map(keyOf))
    return Int32Array.from(this.all.flatMap((column, i) => (keys.has(keyOf(column)) ? [i] : [])))
  }

  /** Takes in the rows of a block. */
  take(values: Float64Array, { first, count }: Block): void {
    const width = this.all.length
    const into = this.#values
    for (let row = 0, i = first * width; row < count; row++) {
      for (let at = row, end = i + width; i < end; i++, at += STRIDE) into[at] = values[i] as number
    }
  }
}

/** A figure of the rows of a block: NaN where it is not known. */
export interface Source {
  readonly figures: Float64Array
  /** Computes it for the block that was taken in; null where it stands there already. */
  readonly compute: ((count: number) => void) | null
}

const keyOf = (column: PointColumn) =>
  typeof column === 'string' ? `fact ${column}` : `indicator ${column.indicator} ${column.take}`

function columnsIn(figure: Figure | number): PointColumn[] {
  if (typeof figure === 'number') return []
  if (typeof figure === 'string') return [figure]
  if ('indicator' in figure) return [{ indicator: figure.indicator, take: figure.take ?? 'value' }]
  return partsOf(figure).flatMap(columnsIn)
}

/** Those that stand at a node, and in its cases. */
function conditionsOf({ when, rule }: PointNode): Condition[] {
  const inRule = (rule: Rule | undefined): Condition[] =>
    rule?.kind === 'cases' ? rule.cases.flatMap((each) => [each.when, ...inRule(each.rule)]) : []
  return [...(when ? [when] : []), ...inRule(rule)]
}

/** All that the rules and conditions of a table look at: facts in the order of their declaration, then indicators in that of the nodes. */
export function columnsOf(table: PointTable): PointColumn[] {
  const { figures = {}, conditions = {} } = table
  const inConditions = (node: PointNode): PointColumn[] =>
    conditionsOf(node).flatMap((condition) =>
      factsIn(condition, conditions).flatMap((name) =>
        columnsIn(Object.hasOwn(figures, name) ? (figures[name] ?? 0) : name),
      ),
    )
  const asked = [...walk(table.nodes)].flatMap(({ node }) => [
    ...figuresOf(node.rule).flatMap(columnsIn),
    ...inConditions(node),
  ])
  const facts = Object.keys(table.facts ?? {}).filter((name) => asked.includes(name))
  const indicators = asked.filter((pointColumn) => typeof pointColumn !== 'string')
  return [...new Map([...facts, ...indicators].map((figure) => [keyOf(figure), figure])).values()]
}

/** Where a figure is found among the columns, or how it follows from them. */
export function sourceOf(figure: Figure | number, columns: Columns): Source {
  if (typeof figure === 'number') return { figures: new Float64Array(BLOCK).fill(figure), compute: null }
  if (typeof figure === 'string' || 'indicator' in figure) {
    const [column] = columnsIn(figure)
    return { figures: columns.of(column as PointColumn), compute: null }
  }
  const parts = partsOf(figure).map((part) => sourceOf(part, columns))
  const known = parts.map((part) => part.figures)
  const combine = combinationOf(figure)
  const figures = new Float64Array(BLOCK)
  return {
    figures,
    compute(count) {
      for (const part of parts) part.compute?.(count)
      for (let row = 0; row < count; row++) figures[row] = combine(known, row)
    },
  }
}

/** As {@link figureOf} combines them: nothing follows from what is not known, but for the latest. */
function combinationOf(figure: Exclude<Figure, string>): (parts: readonly Float64Array[], row: number) => number {
  const at = (parts: readonly Float64Array[], i: number, row: number) => (parts[i] as Float64Array)[row] as number
  if ('latest' in figure) {
    return (parts, row) => {
      for (let i = parts.length - 1; i >= 0; i--) if (!Number.isNaN(at(parts, i, row))) return at(parts, i, row)
      return Number.NaN
    }
  }
  const finite = (value: number) => reckoned(value) ?? Number.NaN
  if ('ratio' in figure) {
    const { times = 1 } = figure
    return (parts, row) => finite((at(parts, 0, row) / at(parts, 1, row)) * times)
  }
  if ('change' in figure) {
    return (parts, row) => {
      const [now, before] = [at(parts, 0, row), at(parts, 1, row)]
      return finite(((now - before) / Math.abs(before)) * 100)
    }
  }
  if ('difference' in figure) return (parts, row) => finite(at(parts, 0, row) - at(parts, 1, row))
  if ('greatest' in figure || 'least' in figure || 'product' in figure) {
    const of = 'greatest' in figure ? Math.max : 'least' in figure ? Math.min : (a: number, b: number) => a * b
    return (parts, row) => {
      let value = at(parts, 0, row)
      for (let i = 1; i < parts.length; i++) value = of(value, at(parts, i, row))
      return finite(value)
    }
  }
  const weights = 'periods' in figure ? figure.periods.map(({ weight }) => weight) : []
  const all = 'periods' in figure ? weights.reduce((sum, weight) => sum + weight, 0) : 1
  return (parts, row) => {
    let sum = 0
    for (let i = 0; i < parts.length; i++) sum += at(parts, i, row) * (weights[i] ?? 1)
    return finite(sum / all)
  }
}
