// Who may do what: one table, asked by mutations, by lists and by `viewerCan` fields, and printed into the schema.
import { GraphQLError } from 'graphql'
import type { Context } from '../schema/context.ts'
import { type Role, unauthenticated, type Viewer } from './viewer.ts'

/**
 * How far a role's right reaches: `any` everywhere; `own` the viewer's unit and all below it; `headed` the cluster that
 * the viewer's unit heads in that year, and its members.
 */
export type Reach = 'any' | 'own' | 'headed'

export interface Right {
  /** Completes "you may". */
  readonly says: string
  readonly roles: Partial<Record<Role, Reach>>
  /** Nobody does it to their own unit. */
  readonly notOwn?: true
}

export const RIGHTS = {
  REPORT_FIGURES: { says: 'report figures', roles: { reporter: 'own', administrator: 'any' } },
  ASSIGN_TARGETS: { says: "assign and adjust units' targets", roles: { council: 'any', administrator: 'any' } },
  FILE: {
    says: 'file a pact, a plan, a review, a report or a self-score',
    roles: { reporter: 'own', head: 'own', administrator: 'any' },
  },
  APPRAISE_SCORE: {
    says: "appraise a member's score",
    roles: { head: 'headed', council: 'any', administrator: 'any' },
    notOwn: true,
  },
  RECORD_FACT: { says: 'record facts of eligibility', roles: { council: 'any', administrator: 'any' } },
  MANAGE_YEAR: {
    says: 'set members and heads of clusters, and deadlines',
    roles: { council: 'any', administrator: 'any' },
  },
  FREEZE_RANKING: { says: 'freeze a ranking', roles: { head: 'headed', council: 'any', administrator: 'any' } },
  PROPOSE: { says: 'settle ties and propose awards', roles: { head: 'headed', administrator: 'any' } },
  READ_TRAIL: { says: 'read the trail of changes', roles: { council: 'any', administrator: 'any' } },
  SAVE_QUERY: {
    says: 'save queries',
    roles: { analyst: 'any', reporter: 'any', head: 'any', council: 'any', administrator: 'any' },
  },
  TRUST_QUERY: { says: 'promote a saved query to a trusted document', roles: { administrator: 'any' } },
  DECIDE: { says: 'appraise proposals, decide, publish and revoke', roles: { council: 'any', administrator: 'any' } },
} as const satisfies Record<string, Right>

export type Action = keyof typeof RIGHTS

/** What an action is done to. */
export interface Subject {
  readonly unit?: string
  readonly cluster?: string
  readonly year?: number
}

export interface Demand extends Subject {
  readonly action: Action
}

const REACH: Record<Reach, string> = {
  any: '',
  own: ' (own unit and below)',
  headed: ' (of the cluster that their unit heads)',
}
const PLURAL: Record<Role, string> = {
  analyst: 'analysts',
  reporter: 'reporters',
  head: 'heads',
  council: 'the council',
  administrator: 'administrators',
}

const rolesOf = (action: Action) => Object.entries(RIGHTS[action].roles) as [Role, Reach][]

/** For descriptions: "For reporters (own unit and below), administrators." */
export function whoMay(action: Action): string {
  return `For ${rolesOf(action)
    .map(([role, reach]) => `${PLURAL[role]}${REACH[reach]}`)
    .join(', ')}.`
}

/** Why the viewer may not do it, or null where that is allowed. */
export async function refusalOf({ action, ...subject }: Demand, context: Context): Promise<GraphQLError | null> {
  const { viewer } = context
  const { says } = RIGHTS[action]
  if (!viewer) {
    return unauthenticated(
      `to ${says} needs a token: for this server \`npx pnpm@12 jwt --role ${rolesOf(action)[0]?.[0]} --unit CODE\` prints one`,
    )
  }
  const { roles, notOwn }: Right = RIGHTS[action]
  if (notOwn && subject.unit !== undefined && subject.unit === viewer.unit) {
    return new GraphQLError(`nobody may ${says} of the own unit`, {
      extensions: { code: 'FORBIDDEN', action, ...subject },
    })
  }
  const reach = roles[viewer.role]
  if (reach && (await reaches(reach, viewer, subject, context))) return null
  const to = subject.unit ?? subject.cluster
  const may =
    reach === 'own'
      ? `as ${viewer.role} you may ${says} of ${viewer.unit ?? 'no unit'} and what belongs to it, not of ${to}`
      : reach === 'headed'
        ? `as ${viewer.role} you may ${says} only in the cluster that ${viewer.unit ?? 'your unit'} heads in ${subject.year}, not for ${to}`
        : `as ${viewer.role} you may not ${says}: that is for ${rolesOf(action)
            .map(([role]) => PLURAL[role])
            .join(', ')}`
  return new GraphQLError(may, { extensions: { code: 'FORBIDDEN', action, ...subject } })
}

async function reaches(reach: Reach, viewer: Viewer, subject: Subject, context: Context): Promise<boolean> {
  if (reach === 'any') return true
  if (viewer.unit === null) return false
  if (reach === 'own') return subject.unit !== undefined && isWithin(subject.unit, viewer.unit, context)
  const { loaders } = context
  const year = subject.year as number
  const cluster =
    subject.cluster ?? (subject.unit && (await loaders.membership.load({ code: subject.unit, year }))?.clusterCode)
  if (!cluster) return false
  const [head] = await loaders.head.load({ code: cluster, year })
  return head?.unitCode === viewer.unit
}

/** Whether a unit is another, or belongs to it directly or through others. */
async function isWithin(code: string, above: string, { loaders }: Context): Promise<boolean> {
  let unit = await loaders.unit.load(code)
  for (; unit; unit = unit.parentCode ? await loaders.unit.load(unit.parentCode) : null) {
    if (unit.code === above) return true
  }
  return false
}
