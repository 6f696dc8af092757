import { directive2022 } from '@dienbien/targets'
import { figuresToJudge } from './figures-to-judge.ts'

const judge = (...figures: (readonly [indicator: string, value: number])[]) => {
  try {
    return figuresToJudge(
      figures.map(([indicator, value]) => ({ indicator, value })),
      directive2022,
    )
  } catch (error) {
    const { code, details } = error as { code: string; details: { argument: string } }
    return [code, details.argument]
  }
}

const milestone = directive2022.indicators.find(({ measure }) => measure === 'milestone')?.id as string

test('figures are taken as they are, and a milestone as reached or not', () => {
  expect(judge(['grdp-growth', 10.19], [milestone, 1])).toEqual({ 'grdp-growth': 10.19, [milestone]: true })
  expect(judge([milestone, 0])).toEqual({ [milestone]: false })
  expect(judge()).toEqual({})
})

test('what cannot be judged is told at its place in the input', () => {
  expect(judge(['grdp-growth', 1], ['grdp-grwth', 1])).toEqual(['UNKNOWN_INDICATOR', 'input.facts[1].indicator'])
  expect(judge(['grdp-growth', 1], ['grdp-growth', 2])).toEqual(['BAD_INPUT', 'input.facts[1].indicator'])
  expect(judge(['poverty-rate', 101])).toEqual(['OUT_OF_RANGE', 'input.facts[0].value'])
})
