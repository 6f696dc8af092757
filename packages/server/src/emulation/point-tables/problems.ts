import type { Text } from '@dienbien/targets'
import { ClientError } from '../../errors/client-error.ts'

/** One mistake of an input. */
export interface InputProblem {
  /** From `input` down. */
  readonly path: readonly string[]
  readonly code: string
  readonly text: Text
  readonly nearest: string | null
}

/** All that is wrong with an input. */
export class InputProblems extends ClientError {
  override readonly name = 'InputProblems'
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    const first = problems[0] as InputProblem
    super(first.code, first.text, { argument: first.path.join('.') })
    this.problems = problems
  }
}
