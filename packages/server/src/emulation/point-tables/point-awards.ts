// What the members of a cluster are proposed for by its point table, and how many seats each award has.
import { commend, defaultPolicy, type Nomination, type Policy, seatsIn } from '@dienbien/targets/emulation'
import { awardPolicy, type PointTable } from '@dienbien/targets/points'
import { rankedByTable, type TableMember } from './table-ranking.ts'

export interface PointAward {
  readonly award: string
  readonly name: Policy['title']
  readonly seats: number
  /** How a share of the members became seats; null where they are a number. */
  readonly reckoned: Policy['title'] | null
  readonly nominated: number
  readonly conditional: boolean
}

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
  nearest: { vi: 'làm tròn đến số gần nhất', en: 'rounded to the nearest' },
} as const

/** "25% của 3 thành viên là 0,75, làm tròn xuống": a share of few may be no seat at all, which is then no surprise. */
export function seatsInWords(
  { share, rounding = 'down' }: Policy['quotas'][number],
  members: number,
): Policy['title'] | null {
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
    reckoned: seatsInWords(quota, members.length),
    nominated: nominations.filter(({ award }) => award === quota.award).length,
    conditional: quota.when !== undefined,
  }))
}
