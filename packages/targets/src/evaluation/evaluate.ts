import { elapsedShare, parseDate } from '../dates.ts'
import { directive2022, type IndicatorId, type MilestoneId } from '../directive/2022/index.ts'
import type { Directive, Facts, Target, Text } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { type Judged, type Plan, type PlanOptions, planFor, unknownIndicator } from '../rules/plan.ts'
import { explain } from './explain.ts'
import { completionOf, marginOf, paceOf } from './measures.ts'
import type { Evaluation, IndicatorResult, Trace } from './result.ts'
import type { Pace, Status } from './status.ts'
import { traceOf } from './trace.ts'

export interface EvaluateOptions<Id extends string = string, Milestone extends string = string>
  extends PlanOptions<Id, Milestone> {
  /**
   * ISO dates of figures that are older than `asOf`: a flow counted to 31 August is held against the share of the year
   * elapsed by then, and the explanation says so.
   */
  readonly figureDates?: { readonly [K in Id]?: string | undefined } | undefined
}

/**
 * Judges one unit's figures by a directive: one result for each indicator, in the order of the text (sections
 * 3.1 to 3.3 of directive 02/CT-UBND by default).
 * @param facts figures by indicator id, in the indicator's unit; null or absent is no data
 * @throws {TargetsError} naming the indicator: `UNKNOWN_INDICATOR`, `WRONG_TYPE`, `NOT_FINITE`; or `BAD_DATE`, `BAD_OPTION`
 */
export function evaluate(
  facts: Facts<IndicatorId, MilestoneId>,
  options?: EvaluateOptions<IndicatorId, MilestoneId> & { readonly directive?: undefined },
): Evaluation<IndicatorId>
export function evaluate<Id extends string, Milestone extends string>(
  facts: Facts<Id, Milestone>,
  options: EvaluateOptions<Id, Milestone> & { readonly directive: Directive<Id, Milestone> },
): Evaluation<Id>
export function evaluate(facts: Facts, options: EvaluateOptions = {}): Evaluation {
  return evaluatePlan(planFor(options.directive ?? directive2022, options), facts, options.figureDates)
}

/** {@link evaluate} for a plan that is already settled. */
export function evaluatePlan(
  plan: Plan,
  facts: Facts,
  figureDates?: { readonly [indicatorId: string]: string | undefined },
): Evaluation {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
    throw new TargetsError('WRONG_TYPE', `facts: must be an object of figures by indicator id, not ${show(facts)}`)
  }
  const { columns } = plan
  const summary = { met: 0, exceeded: 0, notMet: 0, inProgress: 0, noData: 0, notApplicable: 0, total: columns.length }
  const values = valuesOf(plan, facts)
  const results = new Array<Result>(columns.length)
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as Judged
    const date = figureDates?.[column.id]
    const time = date === undefined ? plan.time : timeOfFigure(plan, column.id, date)
    const result = new Result(plan, column, values[i] ?? null, time)
    results[i] = result
    switch (result.status) {
      case 'MET':
        summary.met++
        if (result.exceeded) summary.exceeded++
        break
      case 'NOT_MET':
        summary.notMet++
        break
      case 'IN_PROGRESS':
        summary.inProgress++
        break
      case 'NO_DATA':
        summary.noData++
        break
      case 'NOT_APPLICABLE':
        summary.notApplicable++
    }
  }
  return { results, summary }
}

/** The figures by column. Walking the facts is several times faster than asking for each id, most of all in the text's order. */
function valuesOf({ columns, index }: Plan, facts: Facts): (number | boolean | null | undefined)[] {
  const values = new Array<number | boolean | null | undefined>(columns.length).fill(undefined)
  let next = 0
  for (const id in facts) {
    const value = facts[id] // at once: the engine then knows that it is the property being walked
    let column: number | undefined = next
    if (columns[next]?.id !== id) {
      column = index.get(id)
      if (column === undefined) throw unknownIndicator(id, index.keys(), 'facts')
    }
    values[column] = value
    next = column + 1
  }
  return values
}

class Result implements IndicatorResult {
  // Declared only: a field of JavaScript's would be written twice, as undefined and in the constructor.
  declare readonly indicatorId: string
  declare readonly status: Status
  declare readonly exceeded: boolean
  declare readonly value: number | boolean | null
  declare readonly target: Target | null
  declare readonly inherited: boolean
  declare readonly margin: number | null
  declare readonly completion: number | null
  declare readonly pace: Pace | null
  readonly #judged: Judged
  readonly #time: number | null

  constructor(plan: Plan, judged: Judged, value: number | boolean | null, time: number | null) {
    this.indicatorId = judged.id
    this.value = value
    this.target = judged.target
    this.inherited = judged.inherited
    let status: Status = 'NOT_APPLICABLE'
    let exceeded = false
    let margin: number | null = null
    let completion: number | null = null
    let pace: Pace | null = null
    if (value === null) {
      if (judged.applicable) status = 'NO_DATA'
    } else {
      if (judged.milestone ? typeof value !== 'boolean' : !Number.isFinite(value)) refuseValue(judged, value)
      if (judged.applicable) {
        const number = value === true ? 1 : value === false ? 0 : value
        const met = number >= judged.lo && number <= judged.hi
        if (judged.milestone) {
          completion = number
        } else {
          margin = marginOf(judged, number)
          completion = completionOf(judged, number)
          exceeded = number > judged.notAbove || number < judged.notBelow
        }
        if (met) status = 'MET'
        else if (plan.time === null) status = 'NOT_MET'
        else {
          status = 'IN_PROGRESS'
          if (judged.paced && completion !== null) {
            pace = paceOf(completion, time === null ? 1 : elapsedShare(time, plan.directive.year))
          }
        }
      }
    }
    this.status = status
    this.exceeded = exceeded
    this.margin = margin
    this.completion = completion
    this.pace = pace
    this.#judged = judged
    this.#time = time
  }

  get explanation(): Text {
    return explain(this.#judged, this, this.#time)
  }

  get trace(): Trace {
    return traceOf(this.#judged, this, this.#time)
  }

  toJSON(): Omit<IndicatorResult, 'trace'> {
    return { ...this, explanation: this.explanation }
  }
}

/** The time that a figure stands for; null at the end of the year. */
function timeOfFigure({ time, directive: { year } }: Plan, id: string, date: string): number | null {
  const own = parseDate(date)
  const end = Date.UTC(year, 11, 31)
  if (own > (time ?? end) || own < Date.UTC(year, 0, 1)) {
    throw new TargetsError('BAD_DATE', `figureDates: "${id}" of ${date} lies outside ${year} or after asOf`, id)
  }
  return own === end ? null : own
}

function refuseValue({ indicator, milestone }: Judged, value: unknown): never {
  const { id } = indicator
  if (milestone) {
    throw new TargetsError('WRONG_TYPE', `facts: "${id}" takes true or false, not ${show(value)}`, id)
  }
  if (typeof value !== 'number') {
    throw new TargetsError('WRONG_TYPE', `facts: "${id}" takes a number (${indicator.unit.en}), not ${show(value)}`, id)
  }
  throw new TargetsError(
    'NOT_FINITE',
    `facts: "${id}" takes a finite number, not ${String(value)}; leave it out where there is no data`,
    id,
  )
}

const show = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${String(value)}`
