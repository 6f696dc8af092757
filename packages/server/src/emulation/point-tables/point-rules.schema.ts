// By what a criterion of a point table gives its points.
import type { PointLine } from '@dienbien/targets/points'
import { enumOfWords } from '../../graphql/enums.ts'

type PointRule = Exclude<PointLine['clause'], 'given' | 'children' | 'missing' | 'not-assigned' | 'condition'>

const POINT_RULES: Readonly<Record<PointRule, string>> = {
  full: 'All of them, whatever is reported.',
  'yes-no': 'A fact that holds or not.',
  count: 'So many for each.',
  steps: 'Steps of a figure.',
  line: 'A line between two figures.',
  proportion: 'In proportion to what was reached of a target.',
  'per-percent': 'So many for each per cent of a target.',
  beyond: 'So many for each step beyond a bound.',
  excess: 'So many for what exceeds a target.',
  leader: 'In proportion to the best of the cluster.',
  place: 'By the place among the others.',
  judged: 'An assessor judges.',
  share: 'A share of another criterion.',
  cases: 'The first of several rules whose condition holds.',
  policy: 'The score of a policy.',
}

export const PointRuleRef = enumOfWords<PointRule>('PointRule', 'By what a criterion gives its points.', POINT_RULES)

export const PointClauseRef = enumOfWords<PointLine['clause']>('PointClause', 'What gave the points of a criterion.', {
  ...POINT_RULES,
  given: 'An assessor, in place of a rule.',
  children: 'What its children brought.',
  missing: 'Nothing: what its rule asks for is not known.',
  'not-assigned': 'Nothing: it was not assigned to the unit.',
  condition: 'Nothing: a condition does not hold.',
})
