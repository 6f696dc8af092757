// One rule of a table as a loop over a block of rows, and what the nodes of a table share while they are compiled.
import { TargetsError } from '../errors.ts'
import { ConditionCode } from '../rules/condition-table.ts'
import { BLOCK, type Block, type Columns, sourceOf, testOf } from './columns.ts'
import { figuresOf } from './figures.ts'
import { type Kernel, kernelOf } from './kernels.ts'
import { isOfCluster, LeaderOf, type LeaderOfNode } from './leaders.ts'
import type { FigureRule } from './rules.ts'
import type { PointNode, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** Adds the points of a node, or of a list of them, to what is there for each row of a block. */
export interface Part {
  run(block: Block, out: Float64Array): void
  /** What must be known of all rows first. */
  readonly leaders: readonly LeaderOf[]
  /** What must be known next, one after the other: what nodes come to whose points go by the leader's. */
  readonly scaled: readonly LeaderOfNode[]
}

/** One for each use and level: nodes of a level run one after the other, and all of it stays in the nearest memory. */
export class Buffers {
  readonly #known = new Map<string, Float64Array>()

  of(name: string, depth = 0): Float64Array {
    const key = `${name} ${depth}`
    const known = this.#known.get(key) ?? new Float64Array(BLOCK)
    this.#known.set(key, known)
    return known
  }
}

export interface Compiling {
  readonly table: PointTable
  readonly columns: Columns
  readonly buffers: Buffers
  /** Whether all that a node stands in counts for a row of the block. */
  counts(row: number): boolean
}

/** A rule, and which rows of a block have no figure for it. */
export interface RulePart extends Part {
  readonly missing: Float64Array
  readonly mayBeNegative: boolean
  mark(count: number): void
}

/** @param missing a place for which rows have no figure */
export function compileRule(rule: Rule, node: PointNode, compiling: Compiling, missing: Float64Array): RulePart {
  if (rule.kind === 'cases') return compileCases(rule, node, compiling, missing)
  const { table, columns } = compiling
  const { points = 0 } = node
  if (rule.kind === 'full') return constant(rule.points ?? points, missing)
  if (rule.kind === 'share') {
    const kept = rule.what === 'earned' ? columns.earned.get(rule.node) : undefined
    if (kept) return shareOf(kept, rule.share, missing)
    const other = [...walk(table.nodes)].find((place) => place.node.code === rule.node)
    return constant((other?.node.points ?? 0) * rule.share, missing)
  }
  const ruled = rule as FigureRule
  const absent = (node.missing ?? table.missing ?? 'zero') === 'full' ? points : 0
  const kernel: Kernel = kernelOf(ruled, points, absent)
  const [of, asked] = figuresOf(ruled)
  const source = atNode(node, () => sourceOf(of ?? 0, columns))
  const target = atNode(node, () => sourceOf(asked ?? 0, columns))
  const needsTarget = ruled.kind === 'proportion' || ruled.kind === 'per-percent'
  const leader = isOfCluster(ruled) ? new LeaderOf(ruled, source, target) : null
  return {
    missing,
    leaders: leader ? [leader] : [],
    scaled: [],
    mayBeNegative: !node.outside && mayBeNegative(ruled),
    mark(count) {
      for (let i = 0; i < count; i++) {
        const unknown =
          Number.isNaN(source.figures[i] as number) || (needsTarget && Number.isNaN(target.figures[i] as number))
        missing[i] = unknown ? 1 : 0
      }
    },
    run({ count, first }, out) {
      source.compute?.(count)
      target.compute?.(count)
      kernel(source.figures, target.figures, out, count, first, leader?.found ?? null)
    },
  }
}

/**
 * What is compiled for a node; what it refuses names the node.
 * @throws {TargetsError} `BAD_OPTION`
 */
export function atNode<Made>({ code }: PointNode, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    const { vi, en } = error.text
    throw new TargetsError('BAD_OPTION', { vi: `mục "${code}": ${vi}`, en: `node "${code}": ${en}` }, error.path)
  }
}

const constant = (points: number, missing: Float64Array): RulePart => ({
  missing,
  leaders: [],
  scaled: [],
  mayBeNegative: points < 0,
  mark: (count) => void missing.fill(0, 0, count),
  run({ count }, out) {
    for (let i = 0; i < count; i++) out[i] = (out[i] as number) + points
  },
})

const shareOf = (earned: Float64Array, share: number, missing: Float64Array): RulePart => ({
  missing,
  leaders: [],
  scaled: [],
  mayBeNegative: true,
  mark: (count) => void missing.fill(0, 0, count),
  run({ count }, out) {
    for (let i = 0; i < count; i++) out[i] = (out[i] as number) + (earned[i] as number) * share
  },
})

/** Each row by the first case whose condition holds; none: 0, and nothing is missing. */
function compileCases(
  { cases }: Extract<Rule, { kind: 'cases' }>,
  node: PointNode,
  compiling: Compiling,
  missing: Float64Array,
): RulePart {
  const parts = cases.map(({ when, rule }) => ({
    test: atNode(node, () => testOf(when, compiling.columns)),
    rule: compileRule(rule, node, compiling, new Float64Array(BLOCK)),
  }))
  const fitting = new Int32Array(BLOCK)
  const column = new Float64Array(BLOCK)
  return {
    missing,
    leaders: [],
    scaled: [],
    mayBeNegative: parts.some(({ rule }) => rule.mayBeNegative),
    mark(count) {
      parts.forEach(({ rule }) => {
        rule.mark(count)
      })
      for (let i = 0; i < count; i++) missing[i] = parts[fitting[i] as number]?.rule.missing[i] ?? 0
    },
    run(block, out) {
      fitting.fill(-1, 0, block.count)
      parts.forEach(({ test, rule }, k) => {
        const holds = test(block.count)
        column.fill(0, 0, block.count)
        rule.run(block, column)
        for (let i = 0; i < block.count; i++) {
          if (fitting[i] !== -1 || holds[i] !== ConditionCode.TRUE) continue
          fitting[i] = k
          out[i] = (out[i] as number) + (column[i] as number)
        }
      })
    },
  }
}

/** Whether a rule may take points where the node may not go below 0. */
function mayBeNegative(rule: FigureRule): boolean {
  const amounts = [
    ...('each' in rule ? [rule.each] : []),
    ...('base' in rule ? [rule.base] : []),
    ...('first' in rule ? [rule.first] : []),
    ...('points' in rule ? [rule.points] : []),
    ...('places' in rule ? rule.places : []),
    ...('otherwise' in rule ? [rule.otherwise] : []),
    ...('least' in rule ? [rule.least] : []),
    ...('most' in rule ? [rule.most] : []),
    ...('steps' in rule ? rule.steps.map(({ points }) => points) : []),
    ...('line' in rule ? rule.line.map(({ points }) => points) : []),
  ]
  return amounts.some((amount) => amount !== undefined && amount < 0)
}
