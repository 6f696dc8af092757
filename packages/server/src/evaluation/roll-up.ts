import type { Directive, Indicator, Text } from '@dienbien/targets'
import { describeWeights } from '@dienbien/targets/report'
import { combined, figureOf, type Part, type PartsOn, partOf, territoriesBelow } from '../figures/parts.ts'
import { tidy } from '../numbers.ts'

export interface RollUp {
  readonly indicatorId: string
  readonly own: number | null
  readonly children: number | null
  readonly difference: number | null
  readonly differs: boolean
  /** Why both could not be compared; null where they were. */
  readonly reason: Text | null
  /** The days that the own figure and the newest of the children stand for. */
  readonly ownAsOf: string | null
  readonly childrenAsOf: string | null
  readonly reporting: number
  readonly expected: number
  readonly weights: Text | null
}

/** Differences below this share of the own figure are rounding. */
const ROUNDING = 0.005

/** Each indicator that a unit or one of its parts has a figure of, in the order of the directive. */
export function rollUpsOf(id: string, day: PartsOn, directive: Directive): RollUp[] {
  const children = territoriesBelow(id, day.registry).map((unit) => partOf(unit, day))
  return directive.indicators
    .map((indicator) => rollUp(indicator, directive, day.figures(id), children))
    .filter(({ own: value, reporting }) => value !== null || reporting > 0)
}

const MISSING: Text = {
  vi: 'Không so sánh được: chỉ một bên có số liệu.',
  en: 'Not compared: only one side has a figure.',
}
const NO_WEIGHTS: Text = {
  vi: 'Không so sánh được: không cộng được số liệu của các đơn vị trực thuộc (không rõ mẫu số của tỷ lệ).',
  en: 'Not compared: what the units below come to is not known (a rate whose denominators are not known).',
}
const OTHER_DAYS: Text = {
  vi: 'Chưa so sánh: số liệu của hai bên không cùng một ngày.',
  en: 'Not compared: the figures are not all of one day.',
}

/** What is known to agree, which nobody has to look at. */
export const agrees = ({ differs, reason }: RollUp): boolean => !differs && reason === null

/** Holds a unit's own figure against those of its children. */
function rollUp(indicator: Indicator, directive: Directive, value: Part['figures'], children: readonly Part[]): RollUp {
  const { id } = indicator
  const measured = children.filter(({ level }) => indicator.levels.includes(level))
  const known = measured.flatMap(({ figures }) => figureOf(figures, id) ?? [])
  const figure = figureOf(value, id)
  const reported = figure?.value ?? null
  const sum = combined(indicator, measured)
  const difference = reported === null || sum === null ? null : tidy(reported - sum)
  const ownAsOf = figure?.asOf ?? null
  const dates = known.map(({ asOf }) => asOf).sort()
  const sameDay = dates.every((date) => date === ownAsOf)
  return {
    indicatorId: id,
    own: reported,
    children: sum,
    difference,
    differs: difference !== null && sameDay && Math.abs(difference) > Math.abs(reported as number) * ROUNDING,
    reason: reported === null || known.length === 0 ? MISSING : sum === null ? NO_WEIGHTS : sameDay ? null : OTHER_DAYS,
    ownAsOf,
    childrenAsOf: dates.at(-1) ?? null,
    reporting: known.length,
    expected: measured.length,
    weights: indicator.weighedBy ? describeWeights(indicator.weighedBy, directive) : null,
  }
}
