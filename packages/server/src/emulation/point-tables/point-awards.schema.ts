// What the members of a cluster are proposed for by its point table.
import { commend, defaultPolicy, type Nomination, type Policy, seatsIn } from '@dienbien/targets/emulation'
import { awardPolicy, type PointTable } from '@dienbien/targets/points'
import { builder } from '../../graphql/builder.ts'
import { localeArg } from '../../graphql/scalars.ts'
import { rankedByTable, type TableMember } from './table-ranking.ts'

interface PointAward {
  readonly award: string
  readonly name: Policy['title']
  readonly seats: number
  readonly nominated: number
  readonly conditional: boolean
}

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
    nominated: t.exposeInt('nominated', {
      description:
        'How many are proposed for it; a seat that nobody qualifies for, or that a ballot settles, stays empty.',
    }),
    conditional: t.exposeBoolean('conditional', {
      description: 'Whether a condition stands before it, besides the place.',
    }),
  }),
})

/** Nominations by unit; none in a year without a directive, where nobody was judged. */
export function nominationsBy(
  table: PointTable,
  members: readonly TableMember[],
  policy: Policy,
): Map<string, Nomination> {
  if (members.some(({ evaluation }) => !evaluation)) return new Map()
  const nominations = commend(rankedByTable(table, members), awardPolicy(table, policy))
  return new Map(nominations.map((nomination) => [nomination.unit, nomination]))
}

/** The awards of a table, or of the default policy where it names none, the highest first. */
export function awardsBy(table: PointTable, members: readonly TableMember[]): PointAward[] {
  const nominations = [...nominationsBy(table, members, defaultPolicy).values()]
  return awardPolicy(table, defaultPolicy).quotas.map((quota) => ({
    award: quota.award,
    name: quota.name,
    seats: seatsIn(quota, members.length),
    nominated: nominations.filter(({ award }) => award === quota.award).length,
    conditional: quota.when !== undefined,
  }))
}
