// The columns of a table of many units, and the figures that follow from them, a block of rows at a time.
import { TargetsError } from '../errors.ts'
import { ConditionCode, compileConditionTable } from '../rules/condition-table.ts'
import type { Condition } from '../rules/conditions.ts'
import { askedPoints, conditionsAt } from './asked-points.ts'
import { pointsCode } from './fact-names.ts'
import { conditionsOf, figuresAt, partsOf, rulesIn } from './figures.ts'
import { reckoned } from './known.ts'
import { factsIn } from './named-figures.ts'
import type { Figure, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** A declared fact by its name, or what an indicator comes to; `completion` is a percentage of the target. */
export type PointColumn =
  | string
  | { readonly indicator: string; readonly take: 'value' | 'target' | 'completion' | 'margin' }

/** Rows that are worked on together: their numbers stay in the processor's near memory. */
export const BLOCK = 256
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
  readonly table: PointTable
  /** What the rows of a block have earned at the nodes of which others ask it, by code. */
  readonly earned: ReadonlyMap<string, Float64Array>
  readonly #values: Float64Array

  constructor(table: PointTable) {
    this.table = table
    this.all = columnsOf(table)
    const shares = [...walk(table.nodes)].flatMap(({ node }) => rulesIn(node.rule)).flatMap(sharedCode)
    const codes = [...askedPoints(table).codes, ...shares]
    this.earned = new Map(codes.map((code) => [code, new Float64Array(BLOCK)]))
    this.#values = new Float64Array(this.all.length * STRIDE)
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
    // Column by column: few of them stand on a line of memory together, and equal steps are fetched ahead.
    for (const column of columns) {
      for (let row = 0; row < count; row++) {
        into[column * STRIDE + row] = values[(first + row) * width + column] as number
      }
    }
  }

  /** Where columns stand that figures ask for. */
  asked(figures: readonly (Figure | number)[]): Int32Array {
    const keys = new Set(figures.flatMap((figure) => columnsIn(figure, this.table)).map(keyOf))
    return Int32Array.from(this.all.flatMap((column, i) => (keys.has(keyOf(column)) ? [i] : [])))
  }

  /** Takes in the rows of a block, eight at a time: of a column these fill a line of memory. */
  take(values: Float64Array, { first, count }: Block): void {
    const width = this.all.length
    const into = this.#values
    const last = count - (count % 8)
    for (let row = 0; row < last; row += 8) {
      const i = (first + row) * width
      for (let column = 0, at = row; column < width; column++, at += STRIDE) {
        const from = i + column
        into[at] = values[from] as number
        into[at + 1] = values[from + width] as number
        into[at + 2] = values[from + 2 * width] as number
        into[at + 3] = values[from + 3 * width] as number
        into[at + 4] = values[from + 4 * width] as number
        into[at + 5] = values[from + 5 * width] as number
        into[at + 6] = values[from + 6 * width] as number
        into[at + 7] = values[from + 7 * width] as number
      }
    }
    for (let row = last, i = (first + row) * width; row < count; row++) {
      for (let column = 0; column < width; column++, i++) into[column * STRIDE + row] = values[i] as number
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

/** The node of which a rule takes a share of what it earned. */
const sharedCode = (rule: Rule): string[] => (rule.kind === 'share' && rule.what === 'earned' ? [rule.node] : [])

/** What a figure asks for, its conditions included; what nodes have earned is no column. */
function columnsIn(figure: Figure | number, table: PointTable): PointColumn[] {
  if (typeof figure === 'number') return []
  if (typeof figure === 'string') return pointsCode(figure) === null ? [figure] : []
  if ('indicator' in figure) return [{ indicator: figure.indicator, take: figure.take ?? 'value' }]
  return [
    ...conditionsOf(figure).flatMap((when) => columnsOfCondition(when, table)),
    ...partsOf(figure).flatMap((part) => columnsIn(part, table)),
  ]
}

/** The facts that a condition asks for; in place of figures that the table names, what these follow from. */
function columnsOfCondition(condition: Condition, table: PointTable): PointColumn[] {
  const { figures = {}, conditions = {} } = table
  return factsIn(condition, conditions).flatMap((name) =>
    columnsIn(Object.hasOwn(figures, name) ? (figures[name] ?? 0) : name, table),
  )
}

/** All that the rules and conditions of a table look at: facts in the order of their declaration, then indicators in that of the nodes. */
function columnsOf(table: PointTable): PointColumn[] {
  const asked = [...walk(table.nodes)].flatMap(({ node }) => [
    ...figuresAt(node).flatMap((figure) => columnsIn(figure, table)),
    ...conditionsAt(node).flatMap((condition) => columnsOfCondition(condition, table)),
  ])
  const facts = Object.keys(table.facts ?? {}).filter((name) => asked.includes(name))
  const indicators = asked.filter((pointColumn) => typeof pointColumn !== 'string')
  return [...new Map([...facts, ...indicators].map((figure) => [keyOf(figure), figure])).values()]
}

/** Where a figure is found among the columns, or how it follows from them. */
export function sourceOf(figure: Figure | number, columns: Columns): Source {
  if (typeof figure === 'number') return { figures: new Float64Array(BLOCK).fill(figure), compute: null }
  const points = typeof figure === 'string' ? pointsCode(figure) : null
  if (points !== null) return { figures: columns.earned.get(points) as Float64Array, compute: null }
  if (typeof figure === 'string' || 'indicator' in figure) {
    const [column] = columnsIn(figure, columns.table)
    return { figures: columns.of(column as PointColumn), compute: null }
  }
  if ('cases' in figure) return casesSource(figure, columns)
  if ('holding' in figure) return holdingSource(figure, columns)
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

function casesSource({ cases, otherwise }: Extract<Figure, { cases: unknown }>, columns: Columns): Source {
  const options = cases.map(({ when, figure }) => ({ test: testOf(when, columns), of: sourceOf(figure, columns) }))
  const rest = sourceOf(otherwise ?? Number.NaN, columns)
  const figures = new Float64Array(BLOCK)
  return {
    figures,
    compute(count) {
      rest.compute?.(count)
      figures.set(rest.figures.subarray(0, count))
      // The first that holds is written last.
      for (const { test, of } of options.toReversed()) {
        const holds = test(count)
        of.compute?.(count)
        for (let row = 0; row < count; row++) {
          if (holds[row] === ConditionCode.TRUE) figures[row] = of.figures[row] as number
        }
      }
    },
  }
}

function holdingSource({ holding }: Extract<Figure, { holding: unknown }>, columns: Columns): Source {
  const tests = holding.map((when) => testOf(when, columns))
  const figures = new Float64Array(BLOCK)
  return {
    figures,
    compute(count) {
      figures.fill(Number.NaN, 0, count)
      for (const test of tests) {
        const holds = test(count)
        for (let row = 0; row < count; row++) {
          const sum = figures[row] as number
          if (holds[row] === ConditionCode.UNKNOWN) continue
          figures[row] = (Number.isNaN(sum) ? 0 : sum) + Number(holds[row] === ConditionCode.TRUE)
        }
      }
    },
  }
}

/**
 * What a condition comes to for each row of the block that was taken in, as `ConditionCode`.
 * @throws {TargetsError} `BAD_OPTION` where it asks for what no column of numbers holds
 */
export function testOf(condition: Condition, columns: Columns): (count: number) => Uint8Array {
  const { facts = {}, figures = {}, conditions = {} } = columns.table
  const asked = factsIn(condition, conditions)
  for (const name of asked) {
    const isNumber = pointsCode(name) !== null || (Object.hasOwn(facts, name) && facts[name]?.type !== 'text')
    if (Object.hasOwn(figures, name) || isNumber) continue
    const text = {
      vi: `điều kiện theo "${name}" không tính theo bảng số được`,
      en: `a condition over "${name}" is for scorePoints only`,
    }
    throw new TargetsError('BAD_OPTION', text, name)
  }
  // Its reader wants one column at least.
  const names = asked.length > 0 ? asked : ['-']
  const program = compileConditionTable(condition, { named: conditions, facts: names })
  const sources = asked.map((name) => {
    const figure = Object.hasOwn(figures, name) ? figures[name] : undefined
    return sourceOf(figure ?? name, columns)
  })
  const width = names.length
  const values = new Float64Array(BLOCK * width)
  const codes = new Uint8Array(BLOCK)
  return (count) => {
    sources.forEach((source, column) => {
      source.compute?.(count)
      for (let row = 0, i = column; row < count; row++, i += width) values[i] = source.figures[row] as number
    })
    return program.evaluateTable(values.subarray(0, count * width), codes)
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
