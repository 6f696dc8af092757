// What kinds of indicators there are.
import { builder } from '../graphql/builder.ts'

export const MeasureRef = builder.enumType('Measure', {
  description: 'How an indicator behaves in time.',
  values: {
    FLOW: { value: 'flow', description: 'Adds up from 1 January.' },
    LEVEL: { value: 'level', description: 'A state on a date.' },
    RATE: { value: 'rate', description: 'A share, a ratio or a growth.' },
    MILESTONE: { value: 'milestone', description: 'Reached or kept, or not: 1 or 0.' },
  } as const,
})

export const ExtentRef = builder.enumType('Extent', {
  description: 'Whether units of different size may be compared.',
  values: {
    EXTENSIVE: { value: 'extensive', description: 'A total that parts add up to.' },
    INTENSIVE: { value: 'intensive', description: 'Comparable between units of any size.' },
  } as const,
})

export const RoleRef = builder.enumType('IndicatorRole', {
  description: 'What the directive does with the number.',
  values: {
    TARGET: { value: 'target', description: 'To be reached.' },
    PROJECTION: { value: 'projection', description: 'Only estimated: shown, never scored.' },
  } as const,
})

export const BetterRef = builder.enumType('Better', {
  description: 'Which way is better.',
  values: {
    MORE: { value: 'more', description: 'The more the better.' },
    LESS: { value: 'less', description: 'The less the better.' },
    NEAR: { value: 'near', description: 'The closer the better, from either side.' },
  } as const,
})
