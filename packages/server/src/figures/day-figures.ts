import { compile, type Directive, type Evaluation, type Indicator, StatusCode } from '@dienbien/targets'
import type { Unit, UnitTarget } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import type { ColumnFigure, DayTable, YearColumns } from './columns.ts'
import { type Baselines, baselinesOf, evaluateUnit } from './evaluate-unit.ts'
import { judgeRows } from './judge-rows.ts'
import type { Registry } from './registry.ts'
import type { AssignedTarget } from './targets.ts'
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

  /** Units by indicators, row after row, in the order of the registry and of the directive. */
  get table(): DayTable {
    this.#table ??= this.#columns.tableOn(this.asOf, this.#kinds)
    return this.#table
  }

  get hasTable(): boolean {
    return this.#table !== null
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
  figures(code: string): readonly ColumnFigure[] {
    let known = this.#figures.get(code)
    if (!known) {
      known = this.#read(code)
      remember(this.#figures, code, known)
    }
    return known
  }

  #read(code: string): ColumnFigure[] {
    const row = this.registry.rowOf(code)
    if (row === undefined) return []
    const { width } = this.#columns
    const { entries } = this.table
    const figures: ColumnFigure[] = []
    for (let cell = row * width; cell < (row + 1) * width; cell++) {
      const entry = entries[cell] as number
      if (entry >= 0) figures.push(this.#columns.figure(entry))
    }
    return figures
  }

  /** A unit's own targets in force, by indicator. */
  targets(code: string): AssignedTarget[] {
    const found: AssignedTarget[] = []
    for (const target of this.#targets.get(code) ?? []) {
      const validFrom = target.validFrom.toISOString().slice(0, 10)
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
  directive(code: string): Directive {
    return this.registry.judging(code, this.year)
  }

  /** A unit's own values of the year before. */
  baselines(code: string): Baselines {
    return baselinesOf(this.directive(code), this.#before?.figures(code) ?? [])
  }

  /** Units that are judged by something of their own: targets, or figures of the year before. */
  *#ownJudged(): Iterable<string> {
    yield* this.#targets.keys()
    if (!this.#before || this.#before.#columns.size === 0) return
    const { entries } = this.#before.table
    const { width } = this.#before.#columns
    for (const [row, { code }] of this.registry.units.entries()) {
      if (entries.subarray(row * width, (row + 1) * width).some((entry) => entry >= 0)) yield code
    }
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
        const { level: unitLevel, code } = units[first] as Unit
        const directive = this.directive(code)
        let end = first + 1
        while (units[end]?.level === unitLevel && this.directive(units[end]?.code as string) === directive) end++
        judgeRows(
          { values, days, codes, columns: this.indicators, rows: [first, end] },
          compile({ directive, unitLevel, asOf: this.asOf }),
        )
        first = end
      }
      const places = new Map(this.indicators.map(({ id }, column) => [id, column]))
      for (const code of new Set(this.#ownJudged())) {
        const row = this.registry.rowOf(code)
        if (row === undefined) continue
        for (const { indicatorId, status } of this.evaluation(code).results) {
          codes[row * places.size + (places.get(indicatorId) as number)] = StatusCode[status]
        }
      }
      return codes
    })
  }

  /** What a unit's evaluation rests on, but for its level. */
  inputs(code: string) {
    return {
      figures: this.figures(code),
      targets: this.targets(code),
      baselines: this.baselines(code),
    }
  }

  /** @throws {TargetsError} where the year has no directive or a figure is of the wrong type */
  evaluation(code: string): Evaluation {
    let known = this.#evaluations.get(code)
    if (!known) {
      const unit = this.registry.unit(code)
      if (!unit) throw new Error(`unit ${code} vanished`)
      known = evaluateUnit(this.directive(code), { level: unit.level, ...this.inputs(code) }, this.asOf)
      remember(this.#evaluations, code, known)
    }
    return known
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  if (map.size > UNITS_KEPT) map.delete(map.keys().next().value as string)
}
