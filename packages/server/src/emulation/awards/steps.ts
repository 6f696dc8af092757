// What clients and papers call the steps of a commendation: not the package's words.
import {
  type Commendation,
  type CommendationStep,
  defaultPolicy,
  ImpossibleStep,
  type StepKind,
  takeStep,
  type Verdict,
} from '@dienbien/targets/emulation'
import { ClientError } from '../../errors/client-error.ts'

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

/**
 * A commendation with one step more.
 * @throws {ClientError} `IMPOSSIBLE_STEP` where its state does not allow the step: which mutation can't be called now, and which can
 */
export function withStep(commendation: Commendation, step: CommendationStep): Commendation {
  try {
    return takeStep(commendation, step)
  } catch (error) {
    throw error instanceof ImpossibleStep ? asClientError(error) : error
  }
}

function asClientError({ code, step, phase, possible }: ImpossibleStep): ClientError {
  const mutation = (kind: string) => `${MUTATION_OF[kind as StepKind]} (${enumValue(kind)})`
  const mutations = possible.map(mutation).join(', ')
  const text = {
    vi: `chưa làm được ${mutation(step)} khi đang ở ${enumValue(phase)}; ${mutations ? `làm được: ${mutations}` : 'không còn bước nào'}`,
    en: `${mutation(step)} is not possible while ${enumValue(phase)}; ${mutations ? `possible: ${mutations}` : 'no step is'}`,
  }
  return new ClientError(code, text, {
    step: enumValue(step),
    phase: enumValue(phase),
    possible: possible.map(enumValue),
  })
}
