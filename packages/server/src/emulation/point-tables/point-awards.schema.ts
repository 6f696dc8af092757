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
  /** How a share of the members became seats; null where they are a number. */
  readonly reckoned: Policy['title'] | null
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

const NUMBERS = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }
const ROUNDED = {
  down: { vi: 'làm tròn xuống', en: 'rounded down' },
  up: { vi: 'làm tròn lên', en: 'rounded up' },
  nearest: { vi: 'làm tròn gần nhất', en: 'rounded to the nearest' },
} as const

/** "25% của 3 thành viên là 0,75, làm tròn xuống": a share of few may be no seat at all, which is then no surprise. */
function reckonedOf({ share, rounding = 'down' }: Policy['quotas'][number], members: number): Policy['title'] | null {
  if (share === undefined) return null
  const said = (locale: 'vi' | 'en', of: string, is: string) => {
    const number = (value: number) => NUMBERS[locale].format(value)
    return `${number(share * 100)}% ${of} ${is} ${number(share * members)}, ${ROUNDED[rounding][locale]}`
  }
  return { vi: said('vi', `của ${members} thành viên`, 'là'), en: said('en', `of ${members} members`, 'are') }
}

/** The awards of a table, or of the default policy where it names none, the highest first. */
export function awardsBy(table: PointTable, members: readonly TableMember[]): PointAward[] {
  const nominations = [...nominationsBy(table, members, defaultPolicy).values()]
  return awardPolicy(table, defaultPolicy).quotas.map((quota) => ({
    award: quota.award,
    name: quota.name,
    seats: seatsIn(quota, members.length),
    reckoned: reckonedOf(quota, members.length),
    nominated: nominations.filter(({ award }) => award === quota.award).length,
    conditional: quota.when !== undefined,
  }))
}
