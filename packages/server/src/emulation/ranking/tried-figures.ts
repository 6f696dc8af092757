// Figures that are tried in place of stored ones: what if.
import { findIndicator } from '../../directive/indicators.ts'
import { inputError } from '../../errors/input-error.ts'
import type { DayFigures } from '../../figures/day-figures.ts'
import type { Registry } from '../../figures/registry.ts'
import { figureProblem } from '../../measurements/figure-rules.ts'
import { unitNamed } from '../../units/units.ts'
import type { MemberInputs } from './freeze.ts'

/** A figure that a client tries in place of a stored one. */
export interface TriedFigure {
  readonly unit: string
  readonly indicator: string
  readonly value: number
}

/** @throws {InputError} where one is no figure of its indicator, changes no ranking, or is given twice */
export function checkTried(figures: readonly TriedFigure[], year: number, registry: Registry): readonly TriedFigure[] {
  const seen = new Set<string>()
  figures.forEach(({ unit, indicator, value }, i) => {
    const { code, level } = unitNamed(unit, `figures[${i}].unit`, registry)
    const wrong = figureProblem(findIndicator(indicator, `figures[${i}].indicator`), level, value)
    if (wrong) throw inputError(wrong.code, wrong.text, { argument: `figures[${i}].value`, value })
    if (!registry.membership(code, year)) {
      const text = {
        vi: `${code} không thuộc cụm, khối nào năm ${year}: số liệu của đơn vị không làm thay đổi xếp hạng`,
        en: `${code} is in no cluster in ${year}: its figures change no ranking`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}].unit`, value: unit })
    }
    const key = `${code} ${indicator}`
    if (seen.has(key)) {
      const text = {
        vi: `"${indicator}" của ${code} bị ghi hai lần`,
        en: `"${indicator}" of ${code} is given twice`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}]`, value: indicator })
    }
    seen.add(key)
  })
  return figures
}

/** What a member is judged by, with figures that are tried in place of its own. */
export function inputsWith(day: DayFigures, code: string, tried: readonly TriedFigure[]): Omit<MemberInputs, 'facts'> {
  const unit = day.registry.unit(code)
  if (!unit) throw new Error(`unit ${code} vanished`)
  const stored = day.inputs(code)
  const changed = new Set(tried.map(({ indicator }) => indicator))
  return {
    unit: code,
    level: unit.level,
    ...stored,
    figures: [
      ...stored.figures.filter(({ indicatorId }) => !changed.has(indicatorId)),
      ...tried.map(({ indicator, value }) => ({
        indicatorId: indicator,
        value,
        asOf: day.asOf,
        status: 'estimate' as const,
        revision: 0,
        synthetic: false,
      })),
    ],
  }
}
