import { compile, type Directive, type Evaluation, type Indicator, StatusCode } from '@dienbien/targets'
import { isoDay } from '../days.ts'
import type { UnitTarget } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import type { AssignedTarget } from './assigned-target.ts'
import type { ColumnFigure, DayTable, YearColumns } from './columns.ts'
import { type Baselines, baselinesOf, evaluateUnit, judgedLevel } from './evaluate-unit.ts'
import { judgeRows } from './judge-rows.ts'
import type { Part } from './parts.ts'
import type { Registry, Unit } from './registry.ts'
import { hasPredecessors, lineOf, type PastYear, pastFigures, pastYear, type UnitYear, unitYear } from './unit-years.ts'
import type { Moment } from './years.ts'

/** Units whose objects are kept: enough for a province. */
const UNITS_KEPT = 500

/** What counts on one day of a year. */
export class DayFigures {
  readonly year: number
  readonly asOf: string
  readonly registry: Registry
  readonly #columns: YearColumns
  readonly #targets: ReadonlyMap<string, readonly UnitTarget[]>
  readonly #before: DayFigures | null
  readonly #kinds: readonly MeasurementStatus[] | null
  readonly #figures = new Map<string, readonly ColumnFigure[]>()
  readonly #evaluations = new Map<string, Evaluation>()
  readonly #memo = new Map<string, unknown>()
  /** Of all units of the year, and of those that stand on this day: mostly the same. */
  #whole: DayTable | null = null
  #table: DayTable | null = null

  constructor(
    { year, asOf }: Moment,
    registry: Registry,
    columns: YearColumns,
    targets: ReadonlyMap<string, readonly UnitTarget[]> = new Map(),
    before: DayFigures | null = null,
    kinds: readonly MeasurementStatus[] | null = null,
  ) {
    this.year = year
    this.asOf = asOf
    this.registry = registry
    this.#columns = columns
    this.#targets = targets
    this.#before = before
    this.#kinds = kinds
  }

  /** Units by indicators, row after row, in the order of the registry (of this day) and of the directive. */
  get table(): DayTable {
    this.#table ??= this.#tableOf(this.#wholeTable)
    return this.#table
  }

  get #wholeTable(): DayTable {
    this.#whole ??= this.#columns.tableOn(this.asOf, this.#kinds)
    return this.#whole
  }

  /** Rows of the units that stand on this day, where not all of the year do. */
  #tableOf(whole: DayTable): DayTable {
    const { units } = this.registry
    const { units: all, width } = this.#columns
    if (units.length === all.length && units.every(({ id }, row) => id === all[row])) return whole
    const values = new Float64Array(units.length * width).fill(Number.NaN)
    const entries = new Int32Array(units.length * width).fill(-1)
    for (const [row, { id }] of units.entries()) {
      const from = this.#columns.rowOf(id)
      if (from === undefined) continue
      values.set(whole.values.subarray(from * width, (from + 1) * width), row * width)
      entries.set(whole.entries.subarray(from * width, (from + 1) * width), row * width)
    }
    return { values, entries }
  }

  /** Where the figures of a unit stand; empty where it did not stand in the year. */
  #entriesOf(id: string): Int32Array {
    const { width } = this.#columns
    const row = this.#columns.rowOf(id)
    return row === undefined ? NO_ENTRIES : this.#wholeTable.entries.subarray(row * width, (row + 1) * width)
  }

  get hasTable(): boolean {
    return this.#whole !== null
  }

  /** Units whose evaluation is kept. */
  get judged(): number {
    return this.#evaluations.size
  }

  has(name: string): boolean {
    return this.#memo.has(name)
  }

  /** What follows from this day's figures, targets and facts alone, computed once: a change makes a new day. */
  memo<T>(name: string, compute: () => T): T {
    if (!this.#memo.has(name)) this.#memo.set(name, compute())
    return this.#memo.get(name) as T
  }

  /** A unit's figures in the order of the directive. */
  figures(id: string): readonly ColumnFigure[] {
    let known = this.#figures.get(id)
    if (!known) {
      known = this.#read(id)
      remember(this.#figures, id, known)
    }
    return known
  }

  #read(id: string): ColumnFigure[] {
    const figures: ColumnFigure[] = []
    for (const entry of this.#entriesOf(id)) if (entry >= 0) figures.push(this.#columns.figure(entry))
    return figures
  }

  /** A unit's own targets in force, by indicator. */
  targets(id: string): AssignedTarget[] {
    const found: AssignedTarget[] = []
    for (const target of this.#targets.get(id) ?? []) {
      const validFrom = isoDay(target.validFrom)
      // The newest comes first.
      if (validFrom > this.asOf || found.at(-1)?.indicatorId === target.indicatorId) continue
      found.push({ ...target, comparator: target.comparator as AssignedTarget['comparator'], validFrom })
    }
    return found
  }

  /** What the columns of the table are, in their order. */
  get indicators(): readonly Indicator[] {
    return this.#columns.indicators
  }

  /** The directive that judges a unit. @throws `UNKNOWN_YEAR` where the year has none */
  directive(id: string): Directive {
    return this.registry.judging(id, this.year)
  }

  get #past(): PastYear {
    return pastYear(this.year, this)
  }

  /** What an indicator of a unit had come to by this day; where it did not stand yet, by those whose place it took. */
  unitYear(id: string, indicator: Indicator): UnitYear {
    return unitYear(id, indicator, this.#past)
  }

  /** {@link figures}; of what it has none of itself, what its predecessors' come to. */
  figuresOfLine(id: string): Part['figures'] {
    return pastFigures(id, this.indicators, this.#past)
  }

  /** A unit's values of the year before: its own, or its predecessors'. */
  baselines(id: string): Baselines {
    return baselinesOf(this.directive(id), this.#before?.figuresOfLine(id) ?? [])
  }

  #hasFigures(id: string): boolean {
    return this.#entriesOf(id).some((entry) => entry >= 0)
  }

  /** Whether a unit has figures, or may have those of its predecessors. */
  #hasFiguresOfLine(id: string): boolean {
    if (this.#hasFigures(id)) return true
    const { history } = this.registry
    if (!history || !hasPredecessors(id, this.year, history)) return false
    return lineOf(id, this.year, history).some((before) => this.#hasFigures(before))
  }

  /** Units that are judged by something of their own: targets, or figures of the year before. */
  *#ownJudged(): Iterable<string> {
    yield* this.#targets.keys()
    const before = this.#before
    if (!before || before.#columns.size === 0) return
    for (const { id } of this.registry.units) if (before.#hasFiguresOfLine(id)) yield id
  }

  /**
   * A status code for each cell of the table: one loop for each level and directive, and no object but for units with targets or a year before of their own.
   * @throws {TargetsError} where a figure is of the wrong type
   */
  statusCodes(): Uint8Array {
    return this.memo('statusCodes', () => {
      const { units } = this.registry
      const { values } = this.table
      // A figure decides only what its own day allows, not the day of the question.
      const days = this.#columns.daysOf(this.table)
      const codes = new Uint8Array(values.length).fill(StatusCode.NOT_APPLICABLE)
      for (let first = 0; first < units.length; ) {
        const { level, id } = units[first] as Unit
        const directive = this.directive(id)
        let end = first + 1
        while (units[end]?.level === level && this.directive(units[end]?.id as string) === directive) end++
        judgeRows(
          { values, days, codes, columns: this.indicators, rows: [first, end] },
          compile({ directive, unitLevel: judgedLevel(directive, level), asOf: this.asOf }),
        )
        first = end
      }
      const places = new Map(this.indicators.map(({ id }, column) => [id, column]))
      for (const id of new Set(this.#ownJudged())) {
        const row = this.registry.rowOf(id)
        if (row === undefined) continue
        for (const { indicatorId, status } of this.evaluation(id).results) {
          codes[row * places.size + (places.get(indicatorId) as number)] = StatusCode[status]
        }
      }
      return codes
    })
  }

  /** What a unit's evaluation rests on. */
  inputs(id: string) {
    return {
      level: judgedLevel(this.directive(id), this.registry.levelOf(id)),
      figures: this.figures(id),
      targets: this.targets(id),
      baselines: this.baselines(id),
    }
  }

  /** @throws {TargetsError} where the year has no directive or a figure is of the wrong type */
  evaluation(id: string): Evaluation {
    let known = this.#evaluations.get(id)
    if (!known) {
      known = evaluateUnit(this.directive(id), this.inputs(id), this.asOf)
      remember(this.#evaluations, id, known)
    }
    return known
  }
}

const NO_ENTRIES = new Int32Array()

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  if (map.size > UNITS_KEPT) map.delete(map.keys().next().value as string)
}
