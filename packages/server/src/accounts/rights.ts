// Who may do what: one table, asked by mutations, by lists and by `viewerCan` fields, and printed into the schema.
import type { Text } from '@dienbien/targets'
import { ClientError } from '../errors/client-error.ts'
import { type Action, type Reach, RIGHTS, type Right } from './right-table.ts'
import { type Role, unauthenticated, type Viewer } from './viewer.ts'

export { type Action, RIGHTS } from './right-table.ts'

/** What an action is done to; units by their identities; without a unit or a cluster to all of them, as a deadline is. */
interface Subject {
  readonly unit?: string
  /** More of them: those of a ballot, of a proposal, of a list of targets. */
  readonly units?: readonly string[]
  readonly cluster?: string
  readonly year?: number
}

/** Who asks, and what a right needs to know of units and clusters. */
export interface Asker {
  /** Null: nobody says who asks. */
  readonly viewer: Viewer | null
  /** The identity of the viewer's unit, which the token names by its code; null where it names none. */
  ownUnit(): PromiseLike<string | null> | string | null
  /** The unit that a unit belongs to directly; null for one without, or one that nobody knows. */
  parentOf(unit: string): PromiseLike<string | null> | string | null
  /** The cluster in which a unit competes in a year. */
  clusterOf(unit: string, year: number): PromiseLike<string | null>
  /** The unit that heads a cluster in a year. */
  headOf(cluster: string, year: number): PromiseLike<string | null>
}

export interface Demand extends Subject {
  readonly action: Action
}

const REACH: Record<Reach, string> = {
  any: '',
  own: 'own unit and below',
  unit: 'own unit',
  headed: 'the cluster that their unit heads',
  member: 'the cluster that their unit is in',
}
const PLURAL: Record<Role, string> = {
  analyst: 'analysts',
  reporter: 'reporters',
  head: 'heads',
  council: 'the council',
  administrator: 'administrators',
}
const ROLE_NAMES: Record<Role, string> = {
  analyst: 'người phân tích',
  reporter: 'người báo cáo',
  head: 'trưởng cụm, khối',
  council: 'Hội đồng',
  administrator: 'người quản trị',
}
const NOT_OWN = {
  unit: ' Nobody for the own unit.',
  cluster: ' Nobody in the cluster of the own unit.',
} as const

const rolesOf = (action: Action) =>
  Object.entries(RIGHTS[action].roles as Right['roles']).map(
    ([role, reach]) => [role as Role, [reach].flat() as Reach[]] as const,
  )

/** For descriptions: "For reporters (own unit and below), administrators." */
export function whoMay(action: Action): string {
  const { notOwn }: Right = RIGHTS[action]
  const roles = rolesOf(action).map(([role, reaches]) => {
    const far = reaches.map((reach) => REACH[reach]).filter(Boolean)
    return `${PLURAL[role]}${far.length > 0 ? ` (${far.join(', ')})` : ''}`
  })
  return `For ${roles.join(', ')}.${notOwn ? NOT_OWN[notOwn] : ''}`
}

/** Why the viewer may not do it, or null where that is allowed. */
export async function refusalOf({ action, ...subject }: Demand, asker: Asker): Promise<ClientError | null> {
  const { viewer } = asker
  const { says, notOwn }: Right = RIGHTS[action]
  if (!viewer) {
    const command = `npx pnpm@12 jwt --role ${rolesOf(action)[0]?.[0]}`
    return unauthenticated({
      vi: `cần mã truy cập (token) để ${says.vi}: trên máy chủ này lệnh \`${command} --unit MÃ\` cấp một mã`,
      en: `to ${says.en} needs a token: for this server \`${command} --unit CODE\` prints one`,
    })
  }
  const forbidden = (text: Text) => new ClientError('FORBIDDEN', text, { action, ...subject })
  const role = { vi: ROLE_NAMES[viewer.role], en: viewer.role }
  const reaches = rolesOf(action).find(([role]) => role === viewer.role)?.[1]
  if (!reaches) {
    const others = rolesOf(action).map(([role]) => role)
    return forbidden({
      vi: `với vai trò ${role.vi} bạn không được ${says.vi}: việc này của ${others.map((other) => ROLE_NAMES[other]).join(', ')}`,
      en: `as ${role.en} you may not ${says.en}: that is for ${others.map((other) => PLURAL[other]).join(', ')}`,
    })
  }
  const ownUnit = await asker.ownUnit()
  if (notOwn && ownUnit !== null) {
    if (unitsOf(subject).includes(ownUnit)) {
      return forbidden({
        vi: `không ai được ${says.vi} đối với đơn vị mình`,
        en: `nobody may ${says.en} of the own unit`,
      })
    }
    const unit = notOwn === 'cluster' ? await competesIn(ownUnit, subject, asker) : null
    if (unit) {
      return forbidden({
        vi: `không ai được ${says.vi} ở nơi đơn vị mình thi đua: ${viewer.unit} thuộc ${unit}`,
        en: `nobody may ${says.en} where the own unit competes: ${viewer.unit} is in ${unit}`,
      })
    }
  }
  for (const reach of reaches) if (await isReached(reach, ownUnit, subject, asker)) return null
  const where = reachOf(viewer.unit ?? { vi: 'đơn vị mình', en: 'your unit' }, subject.year)
  const to = subject.unit ?? subject.cluster
  const only = (language: keyof Text) => reaches.map((reach) => where[reach][language])
  return forbidden({
    vi: `với vai trò ${role.vi} bạn chỉ được ${says.vi} ${only('vi').join(' hoặc ')}, không phải của ${to ?? 'đơn vị khác'}`,
    en: `as ${role.en} you may ${says.en} only ${only('en').join(' or ')}, not of ${to ?? 'others'}`,
  })
}

/** How far each reach goes, in the words of a refusal. */
function reachOf(unit: string | Text, year: number | undefined): Record<Reach, Text> {
  const { vi, en } = typeof unit === 'string' ? { vi: unit, en: unit } : unit
  return {
    any: { vi: '', en: '' },
    own: { vi: `của ${vi} và các đơn vị trực thuộc`, en: `of ${en} and what belongs to it` },
    unit: { vi: `của ${vi}`, en: `of ${en}` },
    headed: { vi: `trong cụm, khối do ${vi} làm trưởng năm ${year}`, en: `in the cluster that ${en} heads in ${year}` },
    member: { vi: `trong cụm, khối có ${vi}`, en: `in the cluster that ${en} is in` },
  }
}

/** Whether the viewer may, asked once a request for each thing: for fields that are withheld from others. */
export function may(demand: Demand, asker: Asker): Promise<boolean> {
  if (!asker.viewer) return NOBODY
  let asked = answers.get(asker)
  if (!asked) {
    asked = new Map()
    answers.set(asker, asked)
  }
  const key = JSON.stringify(demand)
  const answer = asked.get(key) ?? refusalOf(demand, asker).then((refusal) => refusal === null)
  asked.set(key, answer)
  return answer
}
/** For what goes on for long: members and heads may have changed. */
export const forgetAnswers = (asker: Asker): void => void answers.delete(asker)

const NOBODY = Promise.resolve(false)
const answers = new WeakMap<Asker, Map<string, Promise<boolean>>>()

const unitsOf = ({ unit, units = [] }: Subject) => (unit === undefined ? units : [unit, ...units])

/** The cluster of a unit in a year, where what is done concerns it; null where it does not. */
async function competesIn(home: string, subject: Subject, asker: Asker): Promise<string | null> {
  const year = subject.year as number
  const cluster = await asker.clusterOf(home, year)
  if (!cluster) return null
  const units = unitsOf(subject)
  if (subject.cluster === undefined && units.length === 0) return cluster
  const concerned = await Promise.all(units.map((unit) => asker.clusterOf(unit, year)))
  return [subject.cluster, ...concerned].includes(cluster) ? cluster : null
}

async function isReached(reach: Reach, unit: string | null, subject: Subject, asker: Asker): Promise<boolean> {
  if (reach === 'any') return true
  if (unit === null) return false
  if (reach === 'unit') return subject.unit === unit
  if (reach === 'own') return subject.unit !== undefined && isWithin(subject.unit, unit, asker)
  const year = subject.year as number
  const cluster = subject.cluster ?? (subject.unit && (await asker.clusterOf(subject.unit, year)))
  if (!cluster) return false
  if (reach === 'member') return (await asker.clusterOf(unit, year)) === cluster
  return (await asker.headOf(cluster, year)) === unit
}

/** Whether a unit is another, or belongs to it directly or through others. */
async function isWithin(id: string, above: string, asker: Asker): Promise<boolean> {
  for (let unit: string | null = id; unit; unit = await asker.parentOf(unit)) if (unit === above) return true
  return false
}
