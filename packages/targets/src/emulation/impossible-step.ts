import { TargetsError } from '../errors.ts'

/** A step of a commendation that its state does not allow. */
export class ImpossibleStep extends TargetsError {
  readonly step: string
  readonly phase: string
  /** The steps that it allows. */
  readonly possible: readonly string[]

  constructor(step: string, phase: string, possible: readonly string[]) {
    const steps = possible.join(', ')
    super(
      'IMPOSSIBLE_STEP',
      {
        vi: `không thể thực hiện bước "${step}" khi đang ở "${phase}"; ${steps ? `có thể: ${steps}` : 'không còn bước nào'}`,
        en: `"${step}" is not possible while ${phase}; ${steps ? `possible: ${steps}` : 'no step is'}`,
      },
      step,
    )
    this.step = step
    this.phase = phase
    this.possible = possible
  }
}
