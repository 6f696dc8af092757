// What clients and papers call the steps of a commendation: not the package's words.
import { defaultPolicy, type StepKind, type Verdict } from '@dienbien/targets/emulation'

/** The mutation that takes a step. */
export const MUTATION_OF: Readonly<Record<StepKind, string>> = {
  ballot: 'settleTie',
  nominate: 'nominate',
  appraise: 'appraise',
  decide: 'decide',
  publish: 'publish',
  revoke: 'revoke',
}

const AWARD_NAMES: ReadonlyMap<string, string> = new Map(
  defaultPolicy.quotas.map(({ award, name }) => [award, name.vi]),
)

/** What an award is called in the papers; of a policy with awards of its own, the award's id. */
export const awardName = (award: string): string => AWARD_NAMES.get(award) ?? award

/** As the papers write them. */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  agree: 'Đồng ý',
  return: 'Trả lại',
  exclude: 'Không xét',
  pause: 'Tạm dừng',
}

/** Of a step or a phase, as the API's enum writes it. */
export const enumValue = (name: string): string => name.toUpperCase()

/** What {@link enumValue} was made of. */
export const nameOf = (value: string): string => value.toLowerCase()
