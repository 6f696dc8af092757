// What the members of a cluster are proposed for by its point table.
import { builder } from '../../graphql/builder.ts'
import { localeArg } from '../../graphql/scalars.ts'
import type { PointAward } from './point-awards.ts'

export const PointAwardRef = builder.objectRef<PointAward>('PointAward').implement({
  description: 'An award that members are proposed for by their places.',
  fields: (t) => ({
    award: t.exposeString('award', { description: 'Its code, as a place names it.' }),
    name: t.string({
      description: 'As the table or the policy names it.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name }, { locale }) => name[locale ?? 'vi'],
    }),
    seats: t.exposeInt('seats', { description: 'For so many members as there are.' }),
    reckoned: t.string({
      nullable: true,
      description: 'How a share of the members became seats, with its rounding; null where seats are a number.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reckoned }, { locale }) => reckoned?.[locale ?? 'vi'] ?? null,
    }),
    nominated: t.exposeInt('nominated', {
      description:
        'How many are proposed for it; a seat that nobody qualifies for, or that a ballot settles, stays empty.',
    }),
    conditional: t.exposeBoolean('conditional', {
      description: 'Whether a condition stands before it, besides the place.',
    }),
  }),
})
