// What a frozen ranking is made of, and what became of it: members, nominees, steps, decisions, figures that changed since.
import type { Directive } from '@dienbien/targets'
import type { Nominee, Ranked, StepKind } from '@dienbien/targets/emulation'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { judgedIndicator } from '../../directive/indicators.ts'
import { builder } from '../../graphql/builder.ts'
import { localeArg, localized } from '../../graphql/scalars.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import type { ChangedFigure } from '../ranking/freeze.ts'
import { stepIn } from './commendations.ts'
import { WITHDRAWAL } from './frozen-guard.ts'

export const StepKindRef = builder.enumType('CommendationStepKind', {
  description: 'A step from a ranking to awards.',
  values: {
    BALLOT: { value: 'ballot', description: `A tie is settled by ballot. ${whoMay('PROPOSE')}` },
    NOMINATE: { value: 'nominate', description: `The best are proposed within the quotas. ${whoMay('PROPOSE')}` },
    APPRAISE: { value: 'appraise', description: `A proposal is appraised. ${whoMay('DECIDE')}` },
    DECIDE: { value: 'decide', description: `What was agreed is decided. ${whoMay('DECIDE')}` },
    PUBLISH: { value: 'publish', description: `The decision becomes public. ${whoMay('DECIDE')}` },
    REVOKE: { value: 'revoke', description: `An award is taken back. ${whoMay('DECIDE')}` },
    WITHDRAW: { value: WITHDRAWAL, description: `The ranking itself is taken back. ${whoMay('DECIDE')}` },
  } satisfies Record<string, { value: StepKind | typeof WITHDRAWAL; description: string }>,
})

export const PhaseRef = builder.enumType('CommendationPhase', {
  description: 'Where a frozen ranking stands on its way to awards.',
  values: {
    RANKED: { value: 'ranked', description: 'Nothing is proposed yet.' },
    NOMINATED: { value: 'nominated', description: 'Proposals wait for appraisal, or were returned.' },
    APPRAISED: { value: 'appraised', description: 'Every proposal has its verdict; a decision may follow.' },
    DECIDED: { value: 'decided', description: 'Decided, not yet public.' },
    PUBLISHED: { value: 'published', description: 'The decision is public.' },
  } as const,
})

export const VerdictRef = builder.enumType('Verdict', {
  description: 'What the appraisal of a proposal came to.',
  values: {
    AGREE: { value: 'agree', description: 'Đồng ý.' },
    RETURN: { value: 'return', description: 'Trả lại, with the reason: to be proposed again.' },
    EXCLUDE: { value: 'exclude', description: 'Không xét, with the reason: the seat goes to the next.' },
    PAUSE: { value: 'pause', description: 'Tạm dừng, with the reason: a case is open.' },
  } as const,
})

/** Of a unit as it stood on the day that the figures of the ranking stand for. */
type OfDay<T> = T & { readonly on: string }

export const onDay = <T extends object>(list: readonly T[], day: Date): OfDay<T>[] =>
  list.map((item) => ({ ...item, on: isoDay(day) }))

export const NomineeRef = builder.objectRef<OfDay<Nominee>>('Nominee').implement({
  description: 'A unit that is proposed for an award: what was proposed, found and granted.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that is proposed.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    proposed: t.exposeString('award', { description: 'The award, as the policy names it.' }),
    reasons: t.stringList({
      description: 'Why it is proposed.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
    verdict: t.field({
      type: VerdictRef,
      nullable: true,
      description: 'What the appraisal came to; null while it waits.',
      resolve: ({ verdict }) => verdict,
    }),
    verdictReason: t.exposeString('reason', { nullable: true, description: 'Why the appraisal came to this verdict.' }),
    granted: t.exposeString('granted', { nullable: true, description: 'What was granted, beside what was proposed.' }),
    decision: t.exposeString('decision', { nullable: true, description: 'The number of the decision on it.' }),
    revoked: t.exposeString('revoked', { nullable: true, description: 'Why it was taken back.' }),
  }),
})

export const DecisionRef = builder
  .objectRef<{ readonly number: string; readonly date: string; readonly published: boolean }>('Decision')
  .implement({
    description: 'A signed decision on awards.',
    fields: (t) => ({
      number: t.exposeString('number', { description: 'The number of the decision, for example "1234/QĐ-UBND".' }),
      date: t.field({ type: 'Date', description: 'The day on which it was signed.', resolve: ({ date }) => date }),
      published: t.exposeBoolean('published', { description: 'Whether it is public.' }),
    }),
  })

export const StepRef = builder.prismaObject('CommendationStep', {
  description: 'A step that was taken.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'The place of the step among those of its ranking, from 1.' }),
    kind: t.field({
      type: StepKindRef,
      description: 'The kind of step.',
      resolve: (row) => stepIn(row).kind,
    }),
    details: t.field({ type: 'JSON', description: 'All that was said with it.', resolve: ({ step }) => step }),
    reason: t.exposeString('reason', { description: 'Why it was taken, as its author wrote.' }),
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    takenBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RANKINGS')}`,
      select: { ranking: { select: { clusterCode: true, year: true } } },
      resolve: async ({ ranking: { clusterCode: cluster, year }, takenBy }, _, context) =>
        (await may({ action: 'READ_RANKINGS', cluster, year }, context)) ? takenBy : null,
    }),
  }),
})

export const ChangedFigureRef = builder
  .objectRef<OfDay<ChangedFigure> & { readonly directive: Directive }>('ChangedFigure')
  .implement({
    description: 'A figure that counts otherwise today than when a ranking was frozen.',
    fields: (t) => ({
      unit: t.field({
        type: UnitRef,
        description: 'The unit whose figure it is.',
        resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
      }),
      indicator: t.field({
        type: IndicatorRef,
        description: 'The indicator that the figure is of.',
        resolve: ({ indicatorId, directive }) => judgedIndicator(indicatorId, directive),
      }),
      frozen: t.exposeFloat('frozen', { nullable: true, description: 'Then; null where there was none.' }),
      now: t.exposeFloat('now', { nullable: true, description: 'The figure that counts today; null where none does.' }),
    }),
  })

export const FrozenMemberRef = builder.objectRef<OfDay<Ranked>>('FrozenMember').implement({
  description: 'A place in a frozen ranking, with the ballots applied.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that has the place.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    rank: t.int({ description: '0 where it is not eligible.', resolve: ({ rank }) => rank ?? 0 }),
    tied: t.exposeBoolean('tied', { description: 'Whether it waits for a ballot.' }),
    score: t.exposeFloat('score', { description: "Points on the policy's scale." }),
    eligible: t.exposeBoolean('eligible', { description: 'Whether it is ranked.' }),
    reasons: t.stringList({
      description: 'Failed and unconfirmed requirements, and how a tie was settled.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
  }),
})
