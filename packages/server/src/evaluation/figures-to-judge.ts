// Figures that somebody gives to be judged, held against what figures of their indicators can be.
import type { Directive } from '@dienbien/targets'
import { findIndicator } from '../directive/indicators.ts'
import { givenTwice, inputError } from '../errors/input-error.ts'
import { toFact } from '../figures/evaluate-unit.ts'
import { valueProblem } from '../measurements/figure-rules.ts'

interface FigureToJudge {
  readonly indicator: string
  readonly value: number
}

/**
 * @returns the figures by indicator, as the package takes them
 * @throws `UNKNOWN_INDICATOR`, `BAD_INPUT` for an indicator that stands twice, `OUT_OF_RANGE` for what its figure cannot be
 */
export function figuresToJudge(
  figures: readonly FigureToJudge[],
  directive: Directive,
): Readonly<Record<string, number | boolean>> {
  const facts = new Map<string, number | boolean>()
  for (const [i, { indicator: name, value }] of figures.entries()) {
    const argument = `input.facts[${i}]`
    const indicator = findIndicator(name, `${argument}.indicator`, directive)
    const { id } = indicator
    if (facts.has(id)) throw givenTwice(id, `${argument}.indicator`)
    // Whether a milestone is true or false is the package's to say.
    const wrong = indicator.measure === 'milestone' ? null : valueProblem(indicator, value)
    if (wrong) throw inputError(wrong.code, wrong.text, { argument: `${argument}.value`, value })
    facts.set(id, toFact(directive, id, value))
  }
  return Object.fromEntries(facts)
}
