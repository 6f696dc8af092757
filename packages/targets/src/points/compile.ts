import { round9 } from '../decimal.ts'
import { TargetsError, wrongType } from '../errors.ts'
import { figuresOf, parsePointTable, walk } from './check.ts'
import { BLOCK, type Block, Columns, columnsOf, type PointColumn, sourceOf } from './columns.ts'
import { type Kernel, kernelOf } from './kernels.ts'
import { LeaderOf } from './leaders.ts'
import { withoutNames } from './named-figures.ts'
import type { FigureRule } from './rules.ts'
import type { PointNode, PointTable } from './table.ts'

/** A table of points compiled for many units. */
export interface PointProgram {
  /** The columns of a table: the declared facts, then the indicators that rules ask for. */
  readonly columns: readonly PointColumn[]
  /**
   * The points of each row, as `scorePoints` gives them: true and false are 1 and 0, NaN is not known. All is assigned to
   * all, and nothing came late.
   * @param groups the cluster of each row, numbered from 0, for rules against its leader; absent: all are in one
   * @param out receives the points; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit
   */
  scoreTable(values: Float64Array, groups?: Int32Array, out?: Float64Array): Float64Array
}

/**
 * Compiles a table of points into loops over typed arrays: a fiftieth of the time of `scorePoints`, for a country of units
 * or thousands of trials.
 * @throws {TargetsError} `BAD_POINTS`; `BAD_OPTION` where the table asks for what no column holds: conditions, a policy, the
 *   best of several, shares of what another node earned, points that are shared or scaled up where a figure is missing
 */
export function compilePoints(given: PointTable): PointProgram {
  const table = withoutNames(parsePointTable(given))
  for (const { node, path } of walk(table.nodes)) refuse(table, node, path)
  const columns = new Columns(columnsOf(table))
  const root = compileNodes(table.nodes, { table, columns, buffers: new Buffers() }, 0)
  const { floor = 0, cap = Infinity } = table
  const points = new Float64Array(BLOCK)
  return {
    columns: columns.all,
    scoreTable(values, groups, out) {
      const width = columns.all.length
      const rows = !(values instanceof Float64Array)
        ? Number.NaN
        : width === 0
          ? (groups?.length ?? 0)
          : values.length / width
      const scores = out ?? new Float64Array(Number.isInteger(rows) ? rows : 0)
      if (!Number.isInteger(rows) || scores.length < rows || (groups !== undefined && groups.length !== rows)) {
        throw new TargetsError('BAD_TABLE', {
          vi: `${values?.length} giá trị không thành hàng đủ ${width} cột, hoặc groups không đủ hàng`,
          en: `${values?.length} values are no whole rows of ${width} columns, or groups has another number of rows`,
        })
      }
      const blocks = Array.from({ length: Math.ceil(rows / BLOCK) }, (_, i): Block => {
        return { first: i * BLOCK, count: Math.min(BLOCK, rows - i * BLOCK) }
      })
      if (root.leaders.length > 0) {
        const all = groups ?? new Int32Array(rows)
        const led = columns.asked(root.leaders.flatMap(({ asks }) => asks))
        for (const leader of root.leaders) leader.begin(all)
        for (const block of blocks) {
          columns.takeOnly(led, values, block)
          for (const leader of root.leaders) leader.read(block)
        }
      }
      for (const block of blocks) {
        columns.take(values, block)
        points.fill(0)
        root.run(block, points)
        for (let i = 0; i < block.count; i++) {
          scores[block.first + i] = round9(Math.min(Math.max(points[i] as number, floor), cap))
        }
      }
      return scores
    },
  }
}

function refuse(table: PointTable, node: PointNode, path: string): void {
  const say = (vi: string, en: string): never => {
    throw new TargetsError('BAD_OPTION', { vi: `${path}: ${vi}`, en: `${path}: ${en}` }, path)
  }
  const { rule, best, when } = node
  if (when || rule?.kind === 'cases')
    say('điều kiện không tính theo bảng số được', 'conditions are for scorePoints only')
  if (rule?.kind === 'policy') say('bảng tiêu chí một dòng không tính ở đây', 'a policy is for scorePoints only')
  if (best !== undefined) say('best không tính theo bảng số được', 'the best of several are for scorePoints only')
  if (rule?.kind === 'share' && rule.what === 'earned')
    say('phần điểm đã đạt không tính ở đây', 'shares of what was earned are for scorePoints only')
  const missing = node.missing ?? table.missing ?? 'zero'
  if (rule && figuresOf(rule).length > 0 && (missing === 'share' || missing === 'scale')) {
    say(`missing "${missing}" không tính theo bảng số được`, `missing "${missing}" is for scorePoints only`)
  }
}

/** Adds the points of a node, or of a list of them, to what is there for each row of a block. */
interface Part {
  run(block: Block, out: Float64Array): void
  /** What must be known of all rows first. */
  readonly leaders: readonly LeaderOf[]
}

/** One for each use and level: nodes of a level run one after the other, and all of it stays in the nearest memory. */
class Buffers {
  readonly #known = new Map<string, Float64Array>()

  of(name: string, depth = 0): Float64Array {
    const key = `${name} ${depth}`
    const known = this.#known.get(key) ?? new Float64Array(BLOCK)
    this.#known.set(key, known)
    return known
  }
}

interface Compiling {
  readonly table: PointTable
  readonly columns: Columns
  readonly buffers: Buffers
}

function compileNodes(
  nodes: readonly PointNode[],
  compiling: Compiling,
  depth: number,
  limits: Pick<PointNode, 'mostAdded' | 'mostDeducted'> = {},
): Part {
  const inside = nodes.filter(({ outside }) => !outside).map((node) => compileNode(node, compiling, depth))
  const beside = nodes.filter(({ outside }) => outside).map((node) => compileNode(node, compiling, depth))
  const { buffers } = compiling
  const own = buffers.of('own', depth)
  const [added, deducted] = [buffers.of('added', depth), buffers.of('deducted', depth)]
  const { mostAdded = Infinity, mostDeducted = Infinity } = limits
  return {
    leaders: [...inside, ...beside].flatMap(({ leaders }) => leaders),
    run(block, out) {
      for (const part of inside) part.run(block, out)
      if (beside.length === 0) return
      const { count } = block
      added.fill(0, 0, count)
      deducted.fill(0, 0, count)
      for (const part of beside) {
        own.fill(0, 0, count)
        part.run(block, own)
        for (let i = 0; i < count; i++) {
          const points = own[i] as number
          if (points > 0) added[i] = (added[i] as number) + points
          else deducted[i] = (deducted[i] as number) + points
        }
      }
      for (let i = 0; i < count; i++) {
        const bounded = Math.min(added[i] as number, mostAdded) + Math.max(deducted[i] as number, -mostDeducted)
        out[i] = (out[i] as number) + bounded
      }
    },
  }
}

function compileNode(node: PointNode, compiling: Compiling, depth: number): Part {
  const { children = [], cap = Infinity } = node
  const floor = node.floor ?? (node.outside ? -Infinity : 0)
  const rule = compileRule(node, compiling, depth)
  // Most leaves have no bounds but their rule's own.
  const isBounded = node.cap !== undefined || node.floor !== undefined || rule?.mayBeNegative
  if (rule && children.length === 0 && !isBounded) return rule
  const below = children.length > 0 ? compileNodes(children, compiling, depth + 1, node) : null
  const { buffers } = compiling
  const [sum, ruled] = [buffers.of('sum', depth), buffers.of('ruled', depth)]
  return {
    leaders: [...(rule?.leaders ?? []), ...(below?.leaders ?? [])],
    run(block, out) {
      const { count } = block
      sum.fill(0, 0, count)
      rule?.run(block, sum)
      rule?.mark(count)
      if (rule) ruled.set(sum)
      below?.run(block, sum)
      for (let i = 0; i < count; i++) {
        // A leaf without a figure has what its absence gives, and nothing is added or bounded.
        const points =
          rule && rule.missing[i] === 1 ? (ruled[i] as number) : Math.min(Math.max(sum[i] as number, floor), cap)
        out[i] = (out[i] as number) + points
      }
    },
  }
}

/** A rule, and which rows of a block have no figure for it. */
interface RulePart extends Part {
  readonly missing: Float64Array
  readonly mayBeNegative: boolean
  mark(count: number): void
}

function compileRule(node: PointNode, { table, columns, buffers }: Compiling, depth: number): RulePart | null {
  const { rule, points = 0 } = node
  if (!rule) return null
  const missing = buffers.of('missing', depth)
  const constant = (own: number): RulePart => ({
    missing,
    leaders: [],
    mayBeNegative: own < 0,
    mark: (count) => void missing.fill(0, 0, count),
    run({ count }, out) {
      for (let i = 0; i < count; i++) out[i] = (out[i] as number) + own
    },
  })
  if (rule.kind === 'full') return constant(points)
  if (rule.kind === 'share') {
    const other = [...walk(table.nodes)].find((one) => one.node.code === rule.node)
    return constant((other?.node.points ?? 0) * rule.share)
  }
  const ruled = rule as FigureRule
  const absent = (node.missing ?? table.missing ?? 'zero') === 'full' ? points : 0
  const kernel: Kernel = kernelOf(ruled, points, absent)
  const [of, asked] = figuresOf(ruled)
  const own = sourceOf(of ?? 0, columns)
  const target = sourceOf(asked ?? 0, columns)
  const needsTarget = ruled.kind === 'proportion' || ruled.kind === 'per-percent'
  const against = ruled.kind === 'leader' || ruled.kind === 'excess'
  const leader = against ? new LeaderOf(ruled, own, target) : null
  return {
    missing,
    leaders: leader ? [leader] : [],
    mayBeNegative: !node.outside && mayBeNegative(ruled),
    mark(count) {
      for (let i = 0; i < count; i++) {
        const unknown =
          Number.isNaN(own.figures[i] as number) || (needsTarget && Number.isNaN(target.figures[i] as number))
        missing[i] = unknown ? 1 : 0
      }
    },
    run({ count, first }, out) {
      own.compute?.(count)
      target.compute?.(count)
      kernel(own.figures, target.figures, out, count, first, leader?.found ?? null)
    },
  }
}

/** Whether a rule may take points where the node may not go below 0. */
function mayBeNegative(rule: FigureRule): boolean {
  const amounts = [
    ...('each' in rule ? [rule.each] : []),
    ...('first' in rule ? [rule.first] : []),
    ...('points' in rule ? [rule.points] : []),
    ...('otherwise' in rule ? [rule.otherwise] : []),
    ...('least' in rule ? [rule.least] : []),
    ...('most' in rule ? [rule.most] : []),
    ...('steps' in rule ? rule.steps.map(({ points }) => points) : []),
    ...('line' in rule ? rule.line.map(({ points }) => points) : []),
  ]
  return amounts.some((one) => one !== undefined && one < 0)
}

/**
 * Lays what units report out as a table of a program.
 * @throws {TargetsError} `WRONG_TYPE` where these are no facts of units
 */
export function toPointTable(
  program: PointProgram,
  rows: readonly Readonly<Record<string, boolean | number | null | undefined>>[],
): Float64Array {
  if (!Array.isArray(program?.columns))
    throw wrongType('program', 'kết quả của compilePoints', 'what compilePoints gave', program)
  if (!Array.isArray(rows)) throw wrongType('rows', 'một danh sách', 'a list', rows)
  const { columns } = program
  const values = new Float64Array(rows.length * columns.length).fill(Number.NaN)
  rows.forEach((row, r) => {
    columns.forEach((column, c) => {
      const value = typeof column === 'string' ? row?.[column] : null
      if (typeof value === 'number' || typeof value === 'boolean') values[r * columns.length + c] = Number(value)
    })
  })
  return values
}
