import { compareDecimal, tidy } from '../decimal.ts'
import { checkedDirective } from '../directive/derive.ts'
import { isCount, isShare } from '../directive/limits.ts'
import type { Directive, Facts, Indicator, Text } from '../directive/types.ts'
import { checkFigures, checkNumber, entriesOf, unknownIndicator } from '../rules/options.ts'
import { indexOf } from '../rules/plan.ts'

/** Figures that do not agree, with the arithmetic. A warning: nothing is corrected. */
export interface Disagreement {
  readonly indicatorIds: readonly string[]
  /** For example "73 + 26 = 99, not 98". */
  readonly arithmetic: string
  readonly message: Text
}

/**
 * Holds a unit's figures against each other: parts against totals, shares between 0 and 100, counts whole and not negative,
 * "n of 129" not above 129. Figures that are absent are not missed. `evaluate` does not ask this: it judges what it is given.
 * @throws {TargetsError} naming the indicator: `UNKNOWN_INDICATOR`, `WRONG_TYPE`, `NOT_FINITE`; or `BAD_DIRECTIVE`
 */
export function disagreements(facts: Facts, document: Directive): Disagreement[] {
  const directive = checkedDirective(document)
  checkFigures(facts)
  const index = indexOf(directive)
  for (const [id, value] of entriesOf('facts', facts)) {
    if (!index.has(id)) throw unknownIndicator(id, index.keys(), 'facts')
    if (typeof value !== 'boolean') checkNumber('facts', id, value)
  }
  const found: Disagreement[] = []
  const say = (indicatorIds: readonly string[], arithmetic: string, vi: string, en: string) =>
    found.push({ indicatorIds, arithmetic, message: { vi: `${vi}: ${arithmetic}`, en: `${en}: ${arithmetic}` } })
  const figure = (id: string) => (typeof facts[id] === 'number' ? (facts[id] as number) : null)

  for (const indicator of directive.indicators) {
    const value = figure(indicator.id)
    if (value !== null) checkRange(indicator, value, say)
  }
  for (const relation of directive.relations) {
    if (relation.kind === 'at-most') {
      const part = figure(relation.part)
      const whole = figure(relation.whole)
      if (part !== null && whole !== null && compareDecimal(part, whole) > 0) {
        say([relation.part, relation.whole], `${part} > ${whole}`, 'Phần lớn hơn tổng', 'A part exceeds its total')
      }
      continue
    }
    const parts = relation.parts.map(figure)
    const total = typeof relation.total === 'number' ? relation.total : figure(relation.total)
    if (total === null || parts.includes(null)) continue
    const sum = tidy(parts.reduce<number>((a, b) => a + (b as number), 0))
    if (compareDecimal(sum, total) === 0 || Math.abs(sum - total) <= (relation.within ?? 0) * (1 + 1e-9)) continue
    say(
      typeof relation.total === 'number' ? relation.parts : [...relation.parts, relation.total],
      `${parts.join(' + ')} = ${sum}, ${total}`,
      'Tổng các phần khác tổng số',
      'The parts do not add up to the total',
    )
  }
  return found
}

function checkRange(
  { id, unit, denominator }: Indicator,
  value: number,
  say: (ids: readonly string[], arithmetic: string, vi: string, en: string) => void,
): void {
  if (isShare(unit) && (value < 0 || compareDecimal(value, 100) > 0)) {
    say([id], `${value}%`, 'Tỷ lệ phải từ 0 đến 100%', 'A share lies between 0 and 100%')
  }
  if (isCount(unit) && (value < 0 || !Number.isInteger(tidy(value)))) {
    say([id], String(value), 'Số đếm phải nguyên và không âm', 'A count is whole and not negative')
  }
  if (denominator !== undefined && compareDecimal(value, denominator) > 0) {
    say([id], `${value} > ${denominator}`, 'Lớn hơn mẫu số', 'Above the number that there are')
  }
}
