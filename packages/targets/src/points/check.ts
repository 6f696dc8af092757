import { compareDecimal, tidy } from '../decimal.ts'
import { compilePolicy } from '../emulation/compile-policy.ts'
import { show, TargetsError } from '../errors.ts'
import { nearestInDocument } from '../nearest.ts'
import type { Condition } from '../rules/conditions.ts'
import { listing, type Problem, problemsIn } from '../shape.ts'
import {
  namesAround,
  problemsBeyondPrinted,
  problemsOfCluster,
  problemsOfCount,
  problemsOfGrades,
  problemsOfNames,
  problemsOfPerPercent,
  problemsOfPlaces,
  problemsOfRange,
  problemsOfRounding,
  problemsOfSteps,
} from './check-bounds.ts'
import { problemsOfAwards, problemsOfCondition, problemsOfStanding } from './check-grades.ts'
import { problemsOfAskedPoints, problemsOfScaling } from './check-scaling.ts'
import { pointsCode, pointsFact, statusFact } from './fact-names.ts'
import { coefficientOf, conditionsIn, figuresAt, figuresOf, namesIn } from './figures.ts'
import { TYPE_NAMES } from './known.ts'
import { factsIn } from './named-figures.ts'
import { formatNumber } from './numbers.ts'
import { problem } from './problem.ts'
import { pointTableSchema } from './schema.ts'
import type { Figure, PointNode, PointTable, Rule } from './table.ts'
import { walk } from './walk.ts'

/** All that is wrong with a table of points, each with its path or its cell. */
export class BadPoints extends TargetsError {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super('BAD_POINTS', listing(problems), problems[0]?.path, problems[0]?.nearest)
    this.problems = problems
  }
}

const checked = new WeakSet<object>()
/** How many facts an error names. */
const LISTED = 50

/** Everything that is wrong with a table, in its order; empty where it may be used. Never throws. */
export function problemsOfPointTable(value: unknown): Problem[] {
  const problems = problemsIn(pointTableSchema, value)
  return problems.length > 0 ? problems : new Check(value as PointTable).run()
}

/**
 * A table of points, checked as a whole.
 * @throws {BadPoints} `BAD_POINTS` with all that is wrong, each with its path and the nearest right name
 */
export function parsePointTable(value: unknown): PointTable {
  if (typeof value === 'object' && value !== null && checked.has(value)) return value as PointTable
  const problems = problemsOfPointTable(value)
  if (problems.length > 0) throw new BadPoints(problems)
  checked.add(value as object)
  return value as PointTable
}

class Check {
  readonly #table: PointTable
  readonly #problems: Problem[] = []
  readonly #nearest = nearestInDocument()
  readonly #facts: readonly string[]
  readonly #around: ReadonlySet<string>
  /** Facts that a node's own conditions may ask for: those of nodes do not exist yet. */
  readonly #names: readonly string[]
  readonly #nodes = new Map<string, PointNode>()
  readonly #paths = new Map<string, string>()

  constructor(table: PointTable) {
    this.#table = table
    this.#facts = [...Object.keys(table.facts ?? {}), ...Object.keys(table.figures ?? {})]
    this.#around = namesAround(table)
    // All indicators that some rule names; the statuses of others may be asked for too, by any name.
    const indicators = [...walk(table.nodes)].flatMap(({ node }) =>
      figuresAt(node).flatMap((figure) => namesIn(figure).indicators),
    )
    this.#names = [...this.#facts, ...new Set(indicators.map(statusFact))]
  }

  #say(...[path, vi, en, near]: Parameters<typeof problem>): void {
    this.#problems.push(problem(path, vi, en, near))
  }

  run(): Problem[] {
    for (const { node, path } of walk(this.#table.nodes)) {
      if (this.#nodes.has(node.code)) {
        this.#say(`${path}.code`, `mã ${show(node.code)} đã dùng cho mục khác`, `code ${show(node.code)} is used twice`)
      }
      this.#nodes.set(node.code, node)
      this.#paths.set(node.code, path)
    }
    for (const { node, path } of walk(this.#table.nodes)) this.#node(node, path)
    this.#problems.push(
      ...problemsOfNames(this.#table),
      ...problemsOfGrades(this.#table.grades),
      ...problemsOfRounding(this.#table, ''),
    )
    this.#figures()
    this.#sum(this.#table.nodes, this.#table.total, 'total')
    this.#problems.push(...problemsOfStanding(this.#table, this.#names, this.#nearest))
    for (const [i, tieBreak] of (this.#table.tieBreaks ?? []).entries()) {
      if ('node' in tieBreak) this.#code(tieBreak.node, `tieBreaks[${i}].node`)
      if ('fact' in tieBreak) this.#fact(tieBreak.fact, `tieBreaks[${i}].fact`)
    }
    // What the awards refuse by themselves is told once the rest is right.
    if (this.#problems.length === 0) this.#problems.push(...problemsOfAwards(this.#table))
    return this.#problems
  }

  /** What a rule or a coefficient looks at. */
  #figure(figure: Figure | number, path: string): void {
    for (const name of namesIn(figure).facts) this.#fact(name, path)
    for (const when of conditionsIn(figure)) this.#condition(when, path, this.#names)
    this.#problems.push(...problemsOfCluster(figure, this.#around, path))
  }

  /** A figure of the table follows from facts and indicators only: none from another, so that none goes round in a circle. */
  #figures(): void {
    for (const [name, figure] of Object.entries(this.#table.figures ?? {})) {
      const path = `figures.${name}`
      if (Object.hasOwn(this.#table.facts ?? {}, name)) {
        this.#say(path, 'trùng tên một dữ kiện', 'has the name of a fact')
      }
      this.#problems.push(...problemsOfCluster(figure, this.#around, path))
      const declared = Object.keys(this.#table.facts ?? {})
      for (const when of conditionsIn(figure)) this.#condition(when, path, declared)
      for (const fact of namesIn(figure).facts) {
        if (Object.hasOwn(this.#table.figures ?? {}, fact)) {
          this.#say(path, `"${fact}" không phải dữ kiện khai báo`, `"${fact}" is no declared fact`)
        } else this.#fact(fact, path)
      }
    }
  }

  #sum(nodes: readonly PointNode[], printed: number, path: string): void {
    const sum = tidy(
      nodes.reduce((all, node) => all + (node.outside ? 0 : (node.points ?? 0) * coefficientOf(node)), 0),
    )
    if (compareDecimal(sum, printed) === 0) return
    this.#say(
      path,
      `in là ${formatNumber(printed)} điểm, nhưng các mục cộng lại được ${formatNumber(sum)}`,
      `prints ${printed}, but its parts add up to ${sum}`,
    )
  }

  #node(node: PointNode, path: string): void {
    const { children = [], rule, points = 0, best, coefficient, leaderGets } = node
    if (!rule && children.length === 0) {
      this.#say(path, 'phải có rule hoặc children', 'must have a rule or children')
    }
    if (rule) this.#rule(rule, `${path}.rule`)
    if (coefficient !== undefined) this.#figure(coefficient, `${path}.coefficient`)
    this.#problems.push(...problemsOfAskedPoints(node, this.#table, path), ...problemsOfScaling(node, path))
    this.#problems.push(
      ...problemsBeyondPrinted(node, path),
      ...problemsOfCount(node, path),
      ...problemsOfRounding(node, path),
    )
    const inside = children.some(({ outside }) => !outside)
    if (inside && rule) {
      this.#say(
        `${path}.rule`,
        'mục có điểm của các mục con thì không có rule riêng (mục con ngoài thang điểm ghi outside)',
        'what has the points of its children has no rule of its own (mark bonuses and deductions as outside)',
      )
    }
    if (inside && best === undefined && leaderGets === undefined) this.#sum(children, points, `${path}.points`)
    if (node.when) this.#condition(node.when, `${path}.when`, this.#names)
    if (node.floor !== undefined && node.cap !== undefined && node.floor > node.cap) {
      this.#say(`${path}.floor`, 'lớn hơn cap', 'is above its cap')
    }
  }

  #condition(condition: Condition, path: string, facts: readonly string[]): void {
    // At a node also what those before it have earned.
    const codes = factsIn(condition, this.#table.conditions ?? {}).flatMap((name) => pointsCode(name) ?? [])
    const known = path.startsWith('nodes') ? codes.filter((code) => this.#isBefore(code, path)).map(pointsFact) : []
    this.#problems.push(...problemsOfCondition(this.#table, condition, path, [...facts, ...known]))
  }

  #fact(name: string, path: string, type?: string): void {
    const code = pointsCode(name)
    if (code !== null && type !== 'boolean') {
      this.#earned(code, path)
      return
    }
    const figure = Object.hasOwn(this.#table.figures ?? {}, name)
    const declaredFact = Object.hasOwn(this.#table.facts ?? {}, name) ? this.#table.facts?.[name] : undefined
    const declared = figure ? ({ type: 'number' } as const) : declaredFact
    if (!declared) {
      const known = [...this.#facts.slice(0, LISTED), ...(this.#facts.length > LISTED ? ['…'] : [])].join(', ')
      this.#say(
        path,
        `không có dữ kiện "${name}"; có ${known}`,
        `no fact "${name}"; there are ${known}`,
        this.#nearest(name, this.#facts),
      )
    } else if (declared.type === 'text' || (type !== undefined && declared.type !== type)) {
      this.#say(path, `"${name}" khai là ${TYPE_NAMES[declared.type].vi}`, `"${name}" is declared as ${declared.type}`)
    }
  }

  #code(code: string, path: string): void {
    if (this.#nodes.has(code)) return
    const near = this.#nearest(code, [...this.#nodes.keys()])
    this.#say(path, `không có mục "${code}"`, `no node "${code}"`, near)
  }

  #share({ node, what }: Extract<Rule, { kind: 'share' }>, path: string): void {
    if (what === 'earned') this.#earned(node, `${path}.node`)
    else this.#code(node, `${path}.node`)
  }

  /** What a node has earned is known only of those that stand before, and are not still open. */
  #earned(code: string, path: string): void {
    this.#code(code, path)
    if (!this.#nodes.has(code) || this.#isBefore(code, path)) return
    this.#say(
      path,
      `mục "${code}" phải đứng trước và không chứa mục này: điểm đã đạt của nó chưa có khi tính mục này`,
      `node "${code}" must stand before this one and not hold it: what it earned is not known yet`,
    )
  }

  #isBefore(code: string, path: string): boolean {
    const before = this.#paths.get(code)
    if (before === undefined || path.startsWith(`${before}.`)) return false
    return [...this.#paths.values()].indexOf(before) < this.#at(path)
  }

  /** The place of the node that a path leads into. */
  #at(path: string): number {
    const [label] = /^nodes\[\d+\](\.children\[\d+\])*/.exec(path) ?? []
    return [...this.#paths.values()].indexOf(label ?? '')
  }

  #rule(rule: Rule, path: string): void {
    if (rule.kind === 'yes-no') this.#fact(rule.of, `${path}.of`, 'boolean')
    else if (rule.kind === 'judged') this.#fact(rule.of, `${path}.of`, 'number')
    else if (rule.kind !== 'cases') {
      figuresOf(rule).forEach((figure, i) => {
        this.#figure(figure, `${path}.${i === 0 ? 'of' : 'target'}`)
      })
    }
    if (rule.kind === 'share') this.#share(rule, path)
    if (rule.kind === 'line') {
      rule.line.forEach(({ at }, i) => {
        if (i > 0 && at <= (rule.line[i - 1]?.at ?? at)) {
          this.#say(`${path}.line[${i}].at`, 'phải tăng dần', 'must rise from point to point')
        }
      })
    }
    for (const problemsOf of [problemsOfSteps, problemsOfPlaces, problemsOfPerPercent, problemsOfRange]) {
      this.#problems.push(...problemsOf(rule, path))
    }
    if (rule.kind === 'policy') this.#policy(rule, path)
    if (rule.kind !== 'cases') return
    rule.cases.forEach((option, i) => {
      this.#condition(option.when, `${path}.cases[${i}].when`, this.#names)
      this.#rule(option.rule, `${path}.cases[${i}].rule`)
    })
  }

  #policy(rule: Extract<Rule, { kind: 'policy' }>, path: string): void {
    try {
      compilePolicy(rule.policy)
    } catch (error) {
      if (!(error instanceof TargetsError)) throw error
      this.#say(`${path}.policy`, error.text.vi, error.text.en)
    }
  }
}
