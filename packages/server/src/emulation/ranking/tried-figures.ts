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

/**
 * Figures to try, with the identities of their units.
 * @throws {InputError} where one is no figure of its indicator, changes no ranking, or is given twice
 */
export function checkTried(figures: readonly TriedFigure[], year: number, registry: Registry): readonly TriedFigure[] {
  const seen = new Set<string>()
  return figures.map(({ unit, indicator: named, value }, i) => {
    const { id, code, level } = unitNamed(unit, `figures[${i}].unit`, registry)
    const found = findIndicator(named, `figures[${i}].indicator`)
    const { id: indicator } = found
    const wrong = figureProblem(found, level, value)
    if (wrong) throw inputError(wrong.code, wrong.text, { argument: `figures[${i}].value`, value })
    if (!registry.membership(id, year)) {
      const text = {
        vi: `${code} không thuộc cụm, khối nào năm ${year}: số liệu của đơn vị không làm thay đổi xếp hạng`,
        en: `${code} is in no cluster in ${year}: its figures change no ranking`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}].unit`, value: unit })
    }
    const key = `${id} ${indicator}`
    if (seen.has(key)) {
      const text = {
        vi: `"${indicator}" của ${code} bị ghi hai lần`,
        en: `"${indicator}" of ${code} is given twice`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}]`, value: indicator })
    }
    seen.add(key)
    return { unit: id, indicator, value }
  })
}

/** What a member is judged by, with figures that are tried in place of its own. */
export function inputsWith(day: DayFigures, id: string, tried: readonly TriedFigure[]): Omit<MemberInputs, 'facts'> {
  const stored = day.inputs(id)
  const changed = new Set(tried.map(({ indicator }) => indicator))
  return {
    unit: id,
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
