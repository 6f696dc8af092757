import { parseDate } from '../dates.ts'
import { TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { compareDecimal, tidy } from '../rules/decimal.ts'
import type { Amendment, Directive, Duty, Erratum, Indicator, IndicatorInput, Relation, Target, Text } from './types.ts'

/** The ids of some indicators. */
export type IdOf<I extends readonly IndicatorInput[]> = I[number]['id']
/** Those of them whose figures are true or false. */
export type MilestoneOf<I extends readonly IndicatorInput[]> = Extract<
  I[number],
  { readonly target: { readonly comparator: 'maintained' } }
>['id']

export interface DirectiveInput<I extends readonly IndicatorInput[]> {
  readonly id: string
  readonly title: Text
  readonly issuer: Text
  readonly issuedOn: string
  readonly year: number
  readonly indicators: I
  readonly relations?: readonly Relation<IdOf<I>>[]
  readonly duties?: readonly Duty[]
  readonly errata?: readonly Erratum[]
  readonly amendments?: readonly Amendment<IdOf<I>>[]
}

const COMPARATORS = ['>=', '>', '<=', '<', '=', '~', 'maintained']
const MEASURES = ['flow', 'level', 'rate', 'milestone']
const EXTENTS = ['extensive', 'intensive']
const ROLES = ['target', 'projection']
const LEVELS = ['province', 'district', 'commune', 'department', 'organisation']
const CHANGE_UNITS = ['%', 'pp', 'x']

/**
 * Builds a directive of any year or province, with the types and checks of `directive2022`.
 * Derives `role` (default `target`) and `baseline`.
 * @throws {TargetsError} `BAD_DIRECTIVE`, listing every problem with its path and what would be right
 */
export function defineDirective<const I extends readonly IndicatorInput[]>(
  input: DirectiveInput<I>,
): Directive<IdOf<I>, MilestoneOf<I>> {
  const problems = problemsOf(input)
  if (problems.length > 0) {
    throw new TargetsError('BAD_DIRECTIVE', `${input.id}:\n${problems.join('\n')}`, problems[0]?.split(':')[0])
  }
  return {
    id: input.id,
    title: input.title,
    issuer: input.issuer,
    issuedOn: input.issuedOn,
    year: input.year,
    indicators: input.indicators.map((indicator) => complete<IdOf<I>>(indicator)),
    relations: input.relations ?? [],
    duties: input.duties ?? [],
    errata: input.errata ?? [],
    amendments: [...(input.amendments ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

/**
 * Builds a directive from JSON that has been parsed already, for example a file of the format of `directive.json`; its
 * JSON Schema is `@dienbien/targets/directive.schema.json`.
 * @throws {TargetsError} `BAD_DIRECTIVE` as {@link defineDirective} does
 */
export function parseDirective(json: unknown): Directive {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new TargetsError('BAD_DIRECTIVE', 'a directive must be an object')
  }
  return defineDirective(json as DirectiveInput<readonly IndicatorInput[]>)
}

function complete<Id extends string>(input: IndicatorInput<Id>): Indicator<Id> {
  const baseline = baselineOf(input)
  return {
    ...input,
    role: input.role ?? 'target',
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** The value of the year compared with: target − points, or target ÷ (1 + percent). "Lần" has two readings, so none. */
function baselineOf({ target, change }: IndicatorInput): number | undefined {
  if (target.comparator === 'maintained' || change === undefined) return undefined
  if (change.unit === 'pp') return tidy(target.value - change.value)
  if (change.unit === '%') return tidy(target.value / (1 + change.value / 100))
  return undefined
}

function problemsOf(input: DirectiveInput<readonly IndicatorInput[]>): string[] {
  const problems: string[] = []
  const say = (path: string, what: string) => problems.push(`${path}: ${what}`)
  const oneOf = (path: string, value: unknown, allowed: readonly string[]) => {
    if (!allowed.includes(value as string)) say(path, `${JSON.stringify(value)} is none of ${allowed.join(', ')}`)
  }
  const date = (path: string, value: string) => {
    try {
      parseDate(value)
    } catch (error) {
      say(path, (error as Error).message)
    }
  }
  const words = (path: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') say(path, 'must be a text that is not empty')
  }
  const text = (path: string, value: Text | undefined) => {
    words(`${path}.vi`, value?.vi)
    words(`${path}.en`, value?.en)
  }
  /** A list, or none where it is left out; anything else is a problem. */
  const list = <T>(path: string, value: readonly T[] | undefined): readonly T[] => {
    if (Array.isArray(value)) return value
    if (value !== undefined) say(path, 'must be a list')
    return []
  }
  const target = (path: string, value: Target | undefined) => {
    if (typeof value !== 'object' || value === null) return say(path, 'must be { comparator, value }')
    oneOf(`${path}.comparator`, value.comparator, COMPARATORS)
    if (value.comparator === 'maintained') {
      if (value.value !== true) say(`${path}.value`, 'must be true where the comparator is "maintained"')
    } else if (!Number.isFinite(value.value)) {
      say(`${path}.value`, `must be a finite number, not ${String(value.value)}`)
    }
  }

  if (!Number.isInteger(input.year)) say('year', `must be a whole number, not ${input.year}`)
  date('issuedOn', input.issuedOn)
  words('id', input.id)
  text('title', input.title)
  text('issuer', input.issuer)
  const indicators = list('indicators', input.indicators)
  if (indicators.length === 0) say('indicators', 'must hold at least one indicator')

  const byId = new Map<string, IndicatorInput>()
  indicators.forEach((indicator, i) => {
    const path = `indicators[${i}]`
    if (typeof indicator !== 'object' || indicator === null) {
      say(path, 'must be an object')
      return
    }
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(indicator.id)) {
      say(`${path}.id`, `${JSON.stringify(indicator.id)} must be kebab-case, for example "grdp-growth"`)
    }
    if (byId.has(indicator.id)) say(`${path}.id`, `"${indicator.id}" is used twice`)
    byId.set(indicator.id, indicator)
    text(`${path}.name`, indicator.name)
    text(`${path}.unit`, indicator.unit)
    words(`${path}.section`, indicator.section)
    if (!indicator.quote) say(`${path}.quote`, 'must be the words of the directive')
    target(`${path}.target`, indicator.target)
    oneOf(`${path}.measure`, indicator.measure, MEASURES)
    oneOf(`${path}.extent`, indicator.extent, EXTENTS)
    if (indicator.role !== undefined) oneOf(`${path}.role`, indicator.role, ROLES)
    const levels = list(`${path}.levels`, indicator.levels)
    if (levels.length === 0) say(`${path}.levels`, 'must name at least one level')
    levels.forEach((level, j) => {
      oneOf(`${path}.levels[${j}]`, level, LEVELS)
    })
    if ((indicator.measure === 'milestone') !== (indicator.target?.comparator === 'maintained')) {
      say(`${path}.measure`, '"milestone" goes with the comparator "maintained", and only with it')
    }
    if (indicator.change) {
      oneOf(`${path}.change.unit`, indicator.change.unit, CHANGE_UNITS)
      if (!Number.isFinite(indicator.change.value)) say(`${path}.change.value`, 'must be a finite number')
    }
    date(`${path}.checkedOn`, indicator.checkedOn)
  })

  const known = (path: string, id: string): IndicatorInput | undefined => {
    const indicator = byId.get(id)
    if (!indicator) {
      const near = nearest(id, byId.keys())
      say(path, `no indicator "${id}"${near ? `; did you mean "${near}"?` : ''}`)
    }
    return indicator
  }
  const number = (indicator: IndicatorInput | undefined) => Number(indicator?.target?.value ?? Number.NaN)

  list('relations', input.relations).forEach((relation, i) => {
    const path = `relations[${i}]`
    if (relation.kind === 'at-most') {
      const part = number(known(`${path}.part`, relation.part))
      const whole = number(known(`${path}.whole`, relation.whole))
      if (compareDecimal(part, whole) > 0) say(path, `${relation.part} ${part} exceeds ${relation.whole} ${whole}`)
      return
    }
    const parts = list(`${path}.parts`, relation.parts).map((id, j) => number(known(`${path}.parts[${j}]`, id)))
    const total = typeof relation.total === 'number' ? relation.total : number(known(`${path}.total`, relation.total))
    const sum = tidy(parts.reduce((a, b) => a + b, 0))
    if (compareDecimal(Math.abs(sum - total), relation.within ?? 0) > 0 && compareDecimal(sum, total) !== 0) {
      say(path, `${parts.join(' + ')} = ${sum}, not ${total}`)
    }
  })
  list('amendments', input.amendments).forEach((amendment, i) => {
    const path = `amendments[${i}]`
    date(`${path}.from`, amendment.from)
    for (const [id, value] of Object.entries<Target | undefined>(amendment.targets ?? {})) {
      if (!value) continue
      const indicator = known(`${path}.targets`, id)
      target(`${path}.targets.${id}`, value)
      if (indicator && (indicator.target?.comparator === 'maintained') !== (value.comparator === 'maintained')) {
        say(`${path}.targets.${id}`, 'a number cannot become a milestone, nor a milestone a number')
      }
    }
  })
  return problems
}
