// Who may do what: one table, asked by mutations, by lists and by `viewerCan` fields, and printed into the schema.
import type { Text } from '@dienbien/targets'
import { ClientError } from '../errors/client-error.ts'
import { type Role, unauthenticated, type Viewer } from './viewer.ts'

/**
 * How far a role's right reaches: `any` everywhere; `own` the viewer's unit and all below it; `unit` that unit alone;
 * `headed` the cluster that the viewer's unit heads in that year, and its members; `member` the cluster that it is in.
 */
export type Reach = 'any' | 'own' | 'unit' | 'headed' | 'member'

export interface Right {
  /** Completes "you may". */
  readonly says: Text
  readonly roles: Partial<Record<Role, Reach | readonly Reach[]>>
  /**
   * Nobody acts on the own unit, whatever the role: not where it is the `unit` concerned, or not where anything in the
   * `cluster` is concerned in which it competes that year.
   */
  readonly notOwn?: 'unit' | 'cluster'
}

export const RIGHTS = {
  REPORT_FIGURES: {
    says: { vi: 'báo cáo số liệu', en: 'report figures' },
    roles: { reporter: 'own', administrator: 'any' },
  },
  ASSIGN_TARGETS: {
    says: { vi: 'giao và điều chỉnh chỉ tiêu của đơn vị', en: "assign and adjust units' targets" },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  FILE: {
    says: {
      vi: 'nộp giao ước, kế hoạch, báo cáo sơ kết, tổng kết, báo cáo nhiệm vụ hoặc điểm tự chấm',
      en: 'file a pact, a plan, a review, a report or a self-score',
    },
    roles: { reporter: 'own', head: 'unit', administrator: 'any' },
  },
  APPRAISE_SCORE: {
    says: { vi: 'thẩm định điểm của thành viên', en: "appraise a member's score" },
    roles: { head: 'headed', council: 'any', administrator: 'any' },
    notOwn: 'unit',
  },
  RECORD_FACT: {
    says: { vi: 'ghi nhận điều kiện xét thi đua', en: 'record facts of eligibility' },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  MANAGE_YEAR: {
    says: {
      vi: 'lập, đổi tên, giải thể cụm, khối, đặt thành viên, trưởng cụm, khối và thời hạn',
      en: 'make, rename and close clusters, set their members and heads, and deadlines',
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  MANAGE_DIRECTIVES: {
    says: { vi: 'soạn, ban hành và thay thế chỉ thị', en: 'draft, publish and supersede directives' },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  FREEZE_RANKING: {
    says: {
      vi: 'chốt xếp hạng của năm theo bảng tiêu chí mặc định',
      en: 'freeze the ranking of a year by the default policy',
    },
    roles: { head: 'headed', council: 'any', administrator: 'any' },
  },
  FREEZE_OTHERWISE: {
    says: {
      vi: 'chốt xếp hạng theo bảng tiêu chí khác hoặc trước ngày cuối năm',
      en: "freeze a ranking by another policy, or for a day before the year's end",
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  PROPOSE: {
    says: { vi: 'bỏ phiếu khi bằng điểm và đề nghị khen thưởng', en: 'settle ties and propose awards' },
    roles: { head: 'headed', administrator: 'any' },
    notOwn: 'unit',
  },
  DECIDE: {
    says: {
      vi: 'thẩm định đề nghị, quyết định, công bố và thu hồi',
      en: 'appraise proposals, decide, publish and revoke',
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  READ_RANKINGS: {
    says: { vi: 'xem bảng xếp hạng đã chốt chưa công bố', en: 'read frozen rankings that are not published yet' },
    roles: { analyst: 'any', reporter: 'member', head: 'member', council: 'any', administrator: 'any' },
  },
  READ_RECORDS: {
    says: {
      vi: 'xem điều kiện đã ghi nhận, điểm trước khi công bố, người ghi nhận hoặc đính chính và lý do',
      en: 'read recorded facts, scores before publication, and who recorded or corrected something and why',
    },
    roles: { analyst: 'any', reporter: 'own', head: ['unit', 'headed'], council: 'any', administrator: 'any' },
  },
  READ_TRAIL: {
    says: { vi: 'xem nhật ký thay đổi', en: 'read the trail of changes' },
    roles: { council: 'any', administrator: 'any' },
  },
  SAVE_QUERY: {
    says: { vi: 'lưu truy vấn', en: 'save queries' },
    roles: { analyst: 'any', reporter: 'any', head: 'any', council: 'any', administrator: 'any' },
  },
  CHANGE_UNITS: {
    says: { vi: 'lập, đổi tên, đổi mã, sáp nhập, giải thể đơn vị', en: 'make, rename, recode, merge and close units' },
    roles: { administrator: 'any' },
  },
  SET_UP: {
    says: { vi: 'lập tỉnh, năm hoặc khối bằng sổ tính', en: 'set up a province, a year or a bloc by a workbook' },
    roles: { administrator: 'any' },
  },
  TRUST_QUERY: {
    says: { vi: 'công nhận truy vấn đã lưu là truy vấn tin cậy', en: 'promote a saved query to a trusted document' },
    roles: { administrator: 'any' },
  },
} as const satisfies Record<string, Right>

export type Action = keyof typeof RIGHTS

/** What an action is done to, units by their identities; without a unit or a cluster to all of them, as a deadline is. */
export interface Subject {
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
    const others = rolesOf(action).map(([one]) => one)
    return forbidden({
      vi: `với vai trò ${role.vi} bạn không được ${says.vi}: việc này của ${others.map((one) => ROLE_NAMES[one]).join(', ')}`,
      en: `as ${role.en} you may not ${says.en}: that is for ${others.map((one) => PLURAL[one]).join(', ')}`,
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
    const own = notOwn === 'cluster' ? await competesIn(ownUnit, subject, asker) : null
    if (own) {
      return forbidden({
        vi: `không ai được ${says.vi} ở nơi đơn vị mình thi đua: ${viewer.unit} thuộc ${own}`,
        en: `nobody may ${says.en} where the own unit competes: ${viewer.unit} is in ${own}`,
      })
    }
  }
  for (const reach of reaches) if (await isReached(reach, ownUnit, subject, asker)) return null
  const where = reachOf(viewer.unit ?? { vi: 'đơn vị mình', en: 'your unit' }, subject.year)
  const to = subject.unit ?? subject.cluster
  const only = (language: keyof Text) => reaches.map((one) => where[one][language])
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
async function competesIn(own: string, subject: Subject, asker: Asker): Promise<string | null> {
  const year = subject.year as number
  const cluster = await asker.clusterOf(own, year)
  if (!cluster) return null
  const units = unitsOf(subject)
  if (subject.cluster === undefined && units.length === 0) return cluster
  const concerned = await Promise.all(units.map((unit) => asker.clusterOf(unit, year)))
  return [subject.cluster, ...concerned].includes(cluster) ? cluster : null
}

async function isReached(reach: Reach, own: string | null, subject: Subject, asker: Asker): Promise<boolean> {
  if (reach === 'any') return true
  if (own === null) return false
  if (reach === 'unit') return subject.unit === own
  if (reach === 'own') return subject.unit !== undefined && isWithin(subject.unit, own, asker)
  const year = subject.year as number
  const cluster = subject.cluster ?? (subject.unit && (await asker.clusterOf(subject.unit, year)))
  if (!cluster) return false
  if (reach === 'member') return (await asker.clusterOf(own, year)) === cluster
  return (await asker.headOf(cluster, year)) === own
}

/** Whether a unit is another, or belongs to it directly or through others. */
async function isWithin(id: string, above: string, asker: Asker): Promise<boolean> {
  for (let unit: string | null = id; unit; unit = await asker.parentOf(unit)) if (unit === above) return true
  return false
}
