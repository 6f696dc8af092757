// A step that cannot be taken now, as the payload of a mutation tells it.
import type { CommendationPhase, StepKind } from '@dienbien/targets/emulation'
import { builder } from '../../graphql/builder.ts'
import { type UserError, UserErrorRef } from '../../graphql/user-errors.ts'
import { PhaseRef, StepKindRef } from './commendation.schema.ts'
import { nameOf } from './steps.ts'

/** A detail that holds the value of an enum; undefined where the error does not say. */
const detail = ({ details }: UserError, name: string): string | undefined => details[name] as string | undefined

builder.objectRef<UserError>('ImpossibleStep').implement({
  description: 'A step that the state of a ranking does not allow.',
  interfaces: [UserErrorRef],
  fields: (t) => ({
    step: t.field({
      type: StepKindRef,
      nullable: true,
      description: 'The step; null for freezing.',
      resolve: (error) => {
        const step = detail(error, 'step')
        return step === undefined ? null : (nameOf(step) as StepKind)
      },
    }),
    phase: t.field({
      type: PhaseRef,
      nullable: true,
      description: 'Where the ranking stands; null where another one took its place.',
      resolve: (error) => {
        const phase = detail(error, 'phase')
        return phase === undefined ? null : (nameOf(phase) as CommendationPhase)
      },
    }),
    possible: t.field({
      type: [StepKindRef],
      description: 'The steps that can be taken now.',
      resolve: ({ details }) => ((details.possible ?? []) as string[]).map((step) => nameOf(step) as StepKind),
    }),
    supersededBy: t.string({
      nullable: true,
      description: 'The code of the ranking that took its place; null where none did.',
      resolve: (error) => detail(error, 'supersededBy') ?? null,
    }),
  }),
})
