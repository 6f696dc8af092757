import type { Directive, Text } from '../directive/types.ts'

/** One thing in which two directives, or two versions of one, differ. */
export interface DirectiveDifference {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly of: 'directive' | 'indicator' | 'group' | 'relation' | 'duty' | 'erratum' | 'amendment'
  /** Of the member that differs; of an amendment its day and source; null for the directive itself. */
  readonly id: string | null
  /** Its key that changed; null where the member as a whole was added or removed. */
  readonly field: string | null
  /** Null where there was none, and where there is none. */
  readonly before: unknown
  readonly after: unknown
  readonly text: Text
}

/** One of the two that are compared, with its value; null where it has none. */
export interface Side {
  readonly directive: Directive
  readonly value: unknown
}
