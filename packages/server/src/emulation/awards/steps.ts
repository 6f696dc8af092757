// What clients and papers call the steps of a commendation: not the package's words.
import type { StepKind, Verdict } from '@dienbien/targets/emulation'

/** The mutation that takes a step. */
export const MUTATION_OF: Readonly<Record<StepKind, string>> = {
  ballot: 'settleTie',
  nominate: 'nominate',
  appraise: 'appraise',
  decide: 'decide',
  publish: 'publish',
  revoke: 'revoke',
}

/** As the papers write them. */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  agree: 'Đồng ý',
  return: 'Trả lại',
  exclude: 'Không xét',
  pause: 'Tạm dừng',
}

/** Of a step or a phase, as the API's enum writes it. */
export const enumValue = (name: string): string => name.toUpperCase()
