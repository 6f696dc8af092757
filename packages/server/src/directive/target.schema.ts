// Levels to reach, as the directive and those who assign set them.
import { type Change, type Comparator, describeTarget, type Indicator, type Target } from '@dienbien/targets'
import { builder } from '../graphql/builder.ts'
import { textOf } from '../graphql/enums.ts'
import { localeArg } from '../graphql/scalars.ts'

export const ComparisonRef = builder.enumType('Comparison', {
  description: 'How a value is held against a target.',
  values: {
    AT_LEAST: { value: '>=', description: 'The number or more.' },
    MORE_THAN: { value: '>', description: 'More than the number.' },
    AT_MOST: { value: '<=', description: 'The number or less.' },
    LESS_THAN: { value: '<', description: 'Less than the number.' },
    EXACTLY: { value: '=', description: 'Exactly the number.' },
    ABOUT: { value: '~', description: 'The number, within 1%.' },
    BETWEEN: { value: 'between', description: 'From one number to another.' },
    MAINTAINED: { value: 'maintained', description: 'Kept as it is: there is no number.' },
  } as const satisfies Record<string, { value: Comparator; description: string }>,
})

const ChangeKindRef = builder.enumType('ChangeKind', {
  description: 'What the value of a change counts.',
  values: {
    PERCENT: { value: '%', description: 'Per cent of the earlier value.' },
    PERCENTAGE_POINTS: { value: 'pp', description: 'Percentage points.' },
    TIMES: { value: 'x', description: 'Times (lần).' },
  } as const satisfies Record<string, { value: Change['unit']; description: string }>,
})

/** A target together with the indicator that gives it its unit. */
export interface TargetOf {
  readonly indicator: Indicator
  readonly target: Target
}

export const TargetRef = builder.objectRef<TargetOf>('Target').implement({
  description: 'The level to reach.',
  fields: (t) => ({
    comparison: t.field({
      type: ComparisonRef,
      description: 'How a value is held against it.',
      resolve: ({ target }) => target.comparator,
    }),
    comparator: t.string({
      ...textOf('comparison'),
      description: '>=, >, <=, <, =, ~ (about), between (two numbers) or maintained (no number).',
      resolve: ({ target }) => target.comparator,
    }),
    value: t.float({
      nullable: true,
      description: "In the indicator's unit; null where it is to be maintained, or a range.",
      resolve: ({ target }) => ('value' in target && typeof target.value === 'number' ? target.value : null),
    }),
    low: t.float({
      nullable: true,
      description: "Where a range begins, in the indicator's unit; null where it is none.",
      resolve: ({ target }) => ('low' in target ? target.low : null),
    }),
    high: t.float({
      nullable: true,
      description: "Where a range ends, in the indicator's unit; null where it is none.",
      resolve: ({ target }) => ('high' in target ? target.high : null),
    }),
    text: t.string({
      description: 'In words, for example "từ 10% trở lên".',
      args: { locale: t.arg(localeArg) },
      resolve: ({ indicator, target }, { locale }) => describeTarget(indicator, target)[locale ?? 'vi'],
    }),
  }),
})

export const ChangeRef = builder.objectRef<Change>('Change').implement({
  description: 'How the directive compares the target with an earlier year.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'By how much the target differs: negative where it is less.' }),
    kind: t.field({ type: ChangeKindRef, description: 'What the value counts.', resolve: ({ unit }) => unit }),
    unit: t.exposeString('unit', { ...textOf('kind'), description: '%, pp (percentage points) or x (lần).' }),
    against: t.exposeInt('against', { description: 'The year compared with.' }),
  }),
})
