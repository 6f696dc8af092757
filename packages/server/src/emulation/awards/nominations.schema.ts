import { BALLOT } from '@dienbien/targets/emulation'
import { directiveOf, lastDay } from '../../figures/years.ts'
import { builder } from '../../graphql/builder.ts'
import { list } from '../../graphql/cost.ts'
import { localeArg, localized, yearArg } from '../../graphql/scalars.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { type OverallNomination, overallNominations } from './nominations.ts'

const OverallNominationRef = builder
  .objectRef<OverallNomination & { readonly year: number }>('OverallNomination')
  .implement({
    description: "A unit that qualifies for the policy's award above the clusters.",
    fields: (t) => ({
      unit: t.field({
        type: UnitRef,
        description: 'The member that is proposed.',
        resolve: ({ unit, year }, _, context) => storedUnit(unit, context, lastDay(year)),
      }),
      award: t.exposeString('award', { description: `The award, or "${BALLOT}" between equals.` }),
      score: t.exposeFloat('score', { description: 'Its score in the ranking of its cluster.' }),
      reasons: t.stringList({
        description: 'Why it is proposed, in sentences.',
        args: { locale: t.arg(localeArg) },
        resolve: ({ reasons }, { locale }) => localized(reasons, locale),
      }),
    }),
  })

builder.queryField('overallNominations', (t) =>
  t.field({
    type: [OverallNominationRef],
    nullable: true,
    ...list(10, 5000),
    description:
      "The award above the clusters, the Government's flag by default: at most a fifth of those nominated for the provincial flag (Decree 91/2017, article 11), from the newest frozen ranking of each cluster.",
    args: { year: t.arg(yearArg) },
    resolve: async (_, { year: asked }, context) => {
      const { year } = directiveOf(asked)
      return (await overallNominations(year, context)).map((nomination) => ({ ...nomination, year }))
    },
  }),
)
