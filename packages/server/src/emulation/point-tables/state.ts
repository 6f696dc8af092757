// Where a point table of a cluster stands: replayed from what its members said and from its adoption. Pure.
import { inputError } from '../../errors/input-error.ts'
import type { PointTableStep } from '../../generated/prisma/client.ts'

/** A member's answer, or an adoption, in the order in which they came. */
export type TableStep = Pick<PointTableStep, 'version' | 'kind' | 'unitCode'>

export type TableState = 'draft' | 'agreed' | 'adopted' | 'superseded'

/** All that is known of the tables of one cluster and year. */
export interface ClusterTables {
  readonly cluster: string
  readonly year: number
  /** 0 where nothing was drafted. */
  readonly newest: number
  readonly steps: readonly TableStep[]
  /** Codes of the members of the cluster. */
  readonly members: readonly string[]
  /** Those that have signed the pact of the year. */
  readonly signed: readonly string[]
}

/** The version in force: the one that was adopted last; null where none was. */
export const adoptedVersion = (steps: readonly TableStep[]): number | null =>
  steps.findLast(({ kind }) => kind === 'adoption')?.version ?? null

/** The members that agree to a version: the last answer of each counts. */
export function agreeing(version: number, steps: readonly TableStep[]): ReadonlySet<string> {
  const units = new Set<string>()
  for (const { version: of, kind, unitCode } of steps) {
    if (of !== version || unitCode === null) continue
    if (kind === 'agreement') units.add(unitCode)
    else units.delete(unitCode)
  }
  return units
}

/** The members whose agreement is still wanted. */
export function notAgreeing(version: number, { steps, members }: Pick<ClusterTables, 'steps' | 'members'>): string[] {
  const agree = agreeing(version, steps)
  return members.filter((unit) => !agree.has(unit))
}

/** Where one version stands. */
export function stateOf(version: number, tables: Pick<ClusterTables, 'steps' | 'members' | 'newest'>): TableState {
  const inForce = adoptedVersion(tables.steps)
  if (version === inForce) return 'adopted'
  if (version < tables.newest) return 'superseded'
  return tables.members.length > 0 && notAgreeing(version, tables).length === 0 ? 'agreed' : 'draft'
}

/**
 * An adopted table is amended until the first member has signed the pact of the year, and not after: what was signed is what
 * counts. Where none was adopted before, nothing was signed yet by which to score: it may be drafted, and drafted anew, later
 * still, by a cluster that comes with its year already begun: this project's reading.
 * @throws `BAD_INPUT`
 */
export function checkDraft({ cluster, year, signed, steps }: ClusterTables): void {
  if (signed.length === 0 || adoptedVersion(steps) === null) return
  const units = signed.join(', ')
  throw inputError(
    'BAD_INPUT',
    {
      vi: `${units} đã ký giao ước thi đua năm ${year}: bảng tiêu chí của ${cluster} không sửa được nữa`,
      en: `${units} signed the pact of ${year}: the point table of ${cluster} is not amended any more`,
    },
    { argument: 'input.cluster', value: cluster },
  )
}

/** @throws `BAD_INPUT` where the version is not the newest: nobody answers to, or adopts, what was amended since */
export function checkNewest(version: number, { cluster, year, newest }: ClusterTables): void {
  if (version === newest) return
  const [vi, en] =
    newest === 0
      ? [`${cluster} chưa có bảng tiêu chí năm ${year}`, `${cluster} has no point table of ${year}`]
      : [
          `bản mới nhất của ${cluster} năm ${year} là bản ${newest}, không phải ${version}`,
          `the newest version of ${cluster} in ${year} is ${newest}, not ${version}`,
        ]
  const nearest = newest === 0 ? undefined : String(newest)
  throw inputError('BAD_INPUT', { vi, en }, { argument: 'input.version', value: version, nearest })
}

/** @throws `BAD_INPUT` where the unit does not compete there */
export function checkMember(unit: string, { cluster, year, members }: ClusterTables): void {
  if (members.includes(unit)) return
  const text = {
    vi: `${unit} không phải là thành viên của ${cluster} năm ${year}: ${members.join(', ')}`,
    en: `${unit} is no member of ${cluster} in ${year}: ${members.join(', ')}`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.unit', value: unit })
}

/**
 * A table is adopted when all members agree: this project's rule, no office's. After the first pact only what no adoption
 * stands against: the table that was drafted and agreed before.
 * @throws `BAD_INPUT`
 */
export function checkAdoption(version: number, tables: ClusterTables): void {
  checkNewest(version, tables)
  const inForce = adoptedVersion(tables.steps)
  if (inForce === version) {
    const text = { vi: `bản ${version} đã được ban hành`, en: `version ${version} is adopted already` }
    throw inputError('BAD_INPUT', text, { argument: 'input.version', value: version })
  }
  if (inForce !== null) checkDraft(tables)
  const wanting = notAgreeing(version, tables)
  const { cluster, year, members } = tables
  if (members.length > 0 && wanting.length === 0) return
  const text =
    members.length === 0
      ? { vi: `${cluster} không có thành viên năm ${year}`, en: `${cluster} has no members in ${year}` }
      : {
          vi: `chưa có ý kiến thống nhất của ${wanting.join(', ')} đối với bản ${version}`,
          en: `${wanting.join(', ')} ${wanting.length > 1 ? 'have' : 'has'} not agreed to version ${version}`,
        }
  throw inputError('BAD_INPUT', text, { argument: 'input.version', value: version })
}
