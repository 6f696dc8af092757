import { round9, tidy } from '../decimal.ts'
import { TargetsError, wrongType } from '../errors.ts'
import { isRounded, rounderOf } from '../rounding.ts'
import { parsePointTable } from './check.ts'
import { BLOCK, type Block, Columns, type PointColumn } from './columns.ts'
import { compileNode } from './compile-node.ts'
import { Buffers, type Compiling, type Part } from './compile-rule.ts'
import { clusterFiguresIn, countsResults, figuresAt, rulesIn } from './figures.ts'
import { isOfCluster } from './leaders.ts'
import { withoutNames } from './named-figures.ts'
import type { PointNode, PointTable } from './table.ts'
import { walk } from './walk.ts'

/** A table of points compiled for many units. */
export interface PointProgram {
  /** The columns of a table: the declared facts, then the indicators that rules ask for. */
  readonly columns: readonly PointColumn[]
  /**
   * The points of each row, as `scorePoints` gives them: true and false are 1 and 0, NaN is not known. All is assigned to
   * all, and nothing came late.
   * @param groups the cluster of each row, numbered from 0, for rules against its leader; absent: all are in one
   * @param out receives the points; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit, or a group is below 0
   */
  scoreTable(values: Float64Array, groups?: Int32Array, out?: Float64Array): Float64Array
}

/**
 * Compiles a table of points into loops over typed arrays: a fiftieth of the time of `scorePoints`, for a country of units
 * or thousands of trials.
 * @throws {TargetsError} `BAD_POINTS`; `BAD_OPTION` where the table asks for what no column holds: a policy, conditions over
 *   texts or statuses of indicators, the leader of a case, figures of the whole cluster, counts of results, points that are shared or scaled up where a figure is missing
 */
export function compilePoints(pointTable: PointTable): PointProgram {
  const table = withoutNames(parsePointTable(pointTable))
  for (const { node, path } of walk(table.nodes)) refuse(table, node, path)
  const columns = new Columns(table)
  const root = compileNodes(table.nodes, { table, columns, buffers: new Buffers(), counts: () => true }, 0)
  const led = columns.asked(root.leaders.flatMap(({ asks }) => asks))
  const { floor = 0, cap = Infinity } = table
  const rounded = isRounded(table) ? rounderOf(table) : round9
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
      const wrong = groups?.findIndex((group) => !(group >= 0)) ?? -1
      if (wrong >= 0)
        throw wrongType(`groups[${wrong}]`, 'số thứ tự từ 0', 'a number from 0', groups?.[wrong], 'BAD_TABLE')
      const blocks = Array.from({ length: Math.ceil(rows / BLOCK) }, (_, i): Block => {
        return { first: i * BLOCK, count: Math.min(BLOCK, rows - i * BLOCK) }
      })
      const run = (block: Block) => {
        columns.take(values, block)
        points.fill(0)
        root.run(block, points)
      }
      if (root.leaders.length > 0 || root.scaled.length > 0) {
        const all = groups ?? new Int32Array(rows)
        let last = 0
        for (let i = 0; i < rows; i++) last = Math.max(last, all[i] as number)
        for (const leader of root.leaders) leader.begin(all, last + 1)
        for (const block of blocks) {
          columns.takeOnly(led, values, block)
          for (const leader of root.leaders) leader.read(block)
        }
        for (const leader of root.leaders) leader.end()
        // Children first, and what stands before: what leads may follow from them.
        for (const scaled of root.scaled) {
          scaled.begin(all, last + 1)
          for (const block of blocks) run(block)
          scaled.end()
        }
      }
      for (const block of blocks) {
        run(block)
        for (let i = 0; i < block.count; i++) {
          scores[block.first + i] = rounded(Math.min(Math.max(points[i] as number, floor), cap))
        }
      }
      return scores
    },
  }
}

/** What no column of numbers holds, and what is decided across the leaves of a unit. */
function refuse(table: PointTable, node: PointNode, path: string): void {
  const say = (vi: string, en: string): never => {
    throw new TargetsError('BAD_OPTION', { vi: `${path}: ${vi}`, en: `${path}: ${en}` }, path)
  }
  const { rule } = node
  const rules = rulesIn(rule)
  if (rules.some(({ kind }) => kind === 'policy'))
    say('bảng tiêu chí một dòng không tính ở đây', 'a policy is for scorePoints only')
  if (rule?.kind === 'cases' && rules.some(isOfCluster)) {
    say(
      'so với các đơn vị khác trong từng trường hợp không tính theo bảng số được',
      'a rule against the others whom a case judges is for scorePoints only',
    )
  }
  const asked = [...figuresAt(node), ...Object.values(table.figures ?? {})]
  if (asked.some((figure) => clusterFiguresIn(figure).length > 0)) {
    say('số chung của cụm không tính theo bảng số được', 'a figure of the whole cluster is for scorePoints only')
  }
  if (asked.some(countsResults)) {
    say('số chỉ tiêu đạt không tính theo bảng số được', 'a count of results is for scorePoints only')
  }
  const missing = node.missing ?? table.missing ?? 'zero'
  if (figuresAt(node).some((figure) => typeof figure !== 'number') && (missing === 'share' || missing === 'scale')) {
    say(`missing "${missing}" không tính theo bảng số được`, `missing "${missing}" is for scorePoints only`)
  }
}

function compileNodes(
  nodes: readonly PointNode[],
  compiling: Compiling,
  depth: number,
  limits: Pick<PointNode, 'mostAdded' | 'mostDeducted' | 'best'> = {},
): Part {
  // In the order of the table: what a node has earned may be asked for by a later one.
  const parts = nodes.map((node) => ({
    part: compileNode(node, compiling, depth, compileNodes),
    outside: node.outside === true,
  }))
  const leaders = parts.flatMap(({ part }) => part.leaders)
  const { buffers } = compiling
  const column = buffers.of('own', depth)
  const [added, deducted] = [buffers.of('added', depth), buffers.of('deducted', depth)]
  const { mostAdded = Infinity, mostDeducted = Infinity, best = Infinity } = limits
  const hasOutside = parts.some(({ outside }) => outside)
  const take = (points: number, outside: boolean, out: Float64Array, i: number) => {
    if (!outside) out[i] = (out[i] as number) + points
    else if (points > 0) added[i] = (added[i] as number) + points
    else deducted[i] = (deducted[i] as number) + points
  }
  const takeAll = (block: Block, out: Float64Array) => {
    for (const { part, outside } of parts) {
      if (!outside) part.run(block, out)
      else {
        column.fill(0, 0, block.count)
        part.run(block, column)
        for (let i = 0; i < block.count; i++) take(column[i] as number, true, out, i)
      }
    }
  }
  const each = best < parts.length ? parts.map(() => new Float64Array(BLOCK)) : []
  const takeBest = (block: Block, out: Float64Array) => {
    parts.forEach(({ part }, k) => {
      const points = each[k] as Float64Array
      points.fill(0, 0, block.count)
      part.run(block, points)
    })
    for (let i = 0; i < block.count; i++) {
      const order = each.map((points, k) => [tidy(points[i] as number), k] as const).sort((a, b) => b[0] - a[0])
      for (const [, k] of order.slice(0, best)) take(each[k]?.[i] as number, parts[k]?.outside === true, out, i)
    }
  }
  return {
    leaders,
    scaled: parts.flatMap(({ part }) => part.scaled),
    run(block, out) {
      const { count } = block
      if (hasOutside) {
        added.fill(0, 0, count)
        deducted.fill(0, 0, count)
      }
      if (each.length > 0) takeBest(block, out)
      else takeAll(block, out)
      if (!hasOutside) return
      for (let i = 0; i < count; i++) {
        const bounded = Math.min(added[i] as number, mostAdded) + Math.max(deducted[i] as number, -mostDeducted)
        out[i] = (out[i] as number) + bounded
      }
    },
  }
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
