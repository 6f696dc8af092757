// Assigning targets to units: what may be assigned, and how it is stored.
import type { Comparator, Directive, Indicator, Text } from '@dienbien/targets'
import { expectState } from '../database/write.ts'
import { findIndicator } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { dayProblem, figureProblem, LEVEL_NAMES, valueProblem } from '../measurements/figure-rules.ts'
import { unitOfYear } from '../units/units.ts'

/** A target as a client writes it. */
export interface TargetInput {
  readonly unit: string
  readonly indicator: string
  readonly value: number
  /** By its name in the API, or by its sign. */
  readonly comparison?: Comparator | null | undefined
  readonly comparator?: string | null | undefined
  readonly baseline?: number | null | undefined
  /** The unit's target that its author saw in force on that day. */
  readonly expected?: number | null | undefined
}

export interface AssignmentInput {
  /** ISO date */
  readonly validFrom: string
  /** Who assigned them, where and when. */
  readonly source: string
  readonly targets: readonly TargetInput[]
  /** A day on which the units have their codes, where two units had one in that year. */
  readonly on?: string | null | undefined
}

type NewTarget = Pick<AssignedTarget, 'unitCode' | 'indicatorId' | 'comparator' | 'value' | 'baseline'>

/** Targets that may be stored, all in force from one day on. */
export interface Assignment extends Pick<AssignmentInput, 'validFrom' | 'source'> {
  readonly year: number
  readonly targets: readonly (NewTarget & { readonly expected: number | null })[]
}

const COMPARATORS: readonly string[] = ['>=', '>', '<=', '<', '=', '~']

const refusal = (argument: string, text: Text, value: unknown) => inputError('BAD_INPUT', text, { argument, value })

/**
 * What a client wants to assign, checked.
 * @param directive what the indicators are by this one; by default by the newest that has each
 * @throws {InputError} which names the first target that cannot be, and why
 */
export function assignmentOf(
  { validFrom, source, targets, on }: AssignmentInput,
  year: number,
  registry: Registry,
  directive?: Directive,
): Assignment {
  const wrongDay = dayProblem(validFrom, year, { vi: 'ngày', en: 'validFrom' })
  if (wrongDay) throw refusal('input.validFrom', wrongDay, validFrom)
  const named = new Set<string>()
  const checked = targets.map((target, i) => {
    const path = `input.targets[${i}]`
    const unit = unitOfYear(target.unit, `${path}.unit`, registry, { year, on })
    checkAssigned(unit, target.unit, path, registry.judging(unit.id, year))
    checkStands(unit, target.unit, path, validFrom)
    const assigned = targetOf(target, path, unit, directive)
    const key = keyOf(assigned)
    if (named.has(key)) {
      const { unitCode, indicatorId } = assigned
      const text = {
        vi: `${unitCode} và "${indicatorId}" bị ghi hai lần`,
        en: `${unitCode} and "${indicatorId}" are given twice`,
      }
      throw refusal(path, text, indicatorId)
    }
    named.add(key)
    return { ...assigned, expected: target.expected ?? null }
  })
  if (checked.length === 0)
    throw refusal('input.targets', { vi: 'ghi ít nhất một chỉ tiêu giao', en: 'give at least one target' }, [])
  return { year, validFrom, source, targets: checked }
}

/** Nobody stands above the highest unit who could assign it something: its targets are those of its level's directive. */
function checkAssigned({ level, parentId }: Unit, unit: string, path: string, directive: Directive): void {
  if (parentId !== null || level !== directive.level) return
  const { vi, en } = LEVEL_NAMES[level]
  const text = { vi: `chỉ tiêu của ${vi} là chỉ tiêu của chỉ thị`, en: `the ${en}'s targets are the directive's` }
  throw refusal(`${path}.unit`, text, unit)
}

/** Nothing is asked of a unit after its last day. */
function checkStands({ name, validTo }: Unit, unit: string, path: string, validFrom: string): void {
  if (!validTo || validTo >= validFrom) return
  const text = {
    vi: `${name} kết thúc vào ${validTo}: không giao chỉ tiêu từ ${validFrom}`,
    en: `${name} ends on ${validTo}: nothing is assigned to it from ${validFrom}`,
  }
  throw refusal(`${path}.unit`, text, unit)
}

function targetOf(target: TargetInput, path: string, { id, level }: Unit, directive?: Directive): NewTarget {
  const { value, baseline } = target
  const indicator = findIndicator(target.indicator, `${path}.indicator`, directive)
  if (indicator.measure === 'milestone') {
    const text = {
      vi: `"${indicator.id}" là chỉ tiêu duy trì, mọi đơn vị đều phải giữ: không giao riêng`,
      en: `"${indicator.id}" is to be maintained by everyone`,
    }
    throw refusal(`${path}.indicator`, text, indicator.id)
  }
  const wrong = figureProblem(indicator, level, value)
  if (wrong) {
    const argument = `${path}.${wrong.code === 'NOT_MEASURED' ? 'indicator' : 'value'}`
    throw inputError(wrong.code, wrong.text, { argument, value })
  }
  const wrongBefore = typeof baseline === 'number' ? valueProblem(indicator, baseline) : null
  if (wrongBefore) {
    throw inputError(wrongBefore.code, wrongBefore.text, { argument: `${path}.baseline`, value: baseline })
  }
  return {
    unitCode: id,
    indicatorId: indicator.id,
    comparator: comparatorOf(target, indicator, path),
    value,
    baseline: baseline ?? null,
  }
}

function comparatorOf(
  { comparison, comparator: sign }: TargetInput,
  { target }: Indicator,
  path: string,
): AssignedTarget['comparator'] {
  const comparator = comparison ?? sign ?? target.comparator
  if (COMPARATORS.includes(comparator)) return comparator as AssignedTarget['comparator']
  const signs = COMPARATORS.join(' ')
  const text = { vi: `phải là một trong các dấu ${signs}`, en: `must be one of ${signs}` }
  throw refusal(`${path}.${comparison ? 'comparison' : 'comparator'}`, text, comparator)
}

const keyOf = ({ unitCode, indicatorId }: Pick<AssignedTarget, 'unitCode' | 'indicatorId'>) =>
  `${unitCode} ${indicatorId}`

/**
 * Stores targets, all or none: an adjustment is a new version with its day.
 * @throws {EditConflict} where another target is in force than its author saw
 * @throws `BAD_INPUT` where a unit has a target from that very day on already
 */
export async function storeTargets(
  transaction: Prisma.TransactionClient,
  { year, validFrom, source, targets }: Assignment,
  recordedBy: string,
): Promise<void> {
  const day = new Date(validFrom)
  for (const [i, { unitCode, indicatorId, expected }] of targets.entries()) {
    if (expected === null) continue
    const inForce = await transaction.unitTarget.findFirst({
      where: { unitCode, indicatorId, year, validFrom: { lte: day } },
      orderBy: { validFrom: 'desc' },
    })
    const what = {
      vi: `chỉ tiêu ${indicatorId} giao cho ${unitCode}`,
      en: `the target of ${unitCode} for ${indicatorId}`,
    }
    expectState(expected, inForce?.value ?? null, what, `input.targets[${i}].expected`)
  }
  const taken = await transaction.unitTarget.findFirst({
    where: { year, validFrom: day, OR: targets.map(({ unitCode, indicatorId }) => ({ unitCode, indicatorId })) },
  })
  if (taken) {
    const text = {
      vi: `${taken.unitCode} đã được giao chỉ tiêu "${taken.indicatorId}" từ ngày ${validFrom}: điều chỉnh từ ngày khác`,
      en: `${taken.unitCode} has a target of "${taken.indicatorId}" from ${validFrom} on already: adjust it from another day`,
    }
    throw refusal('input.validFrom', text, validFrom)
  }
  // In one order for all writers, so that none waits for another in a circle.
  const inOrder = [...targets].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const data = inOrder.map(({ expected: _, ...target }) => ({ ...target, year, validFrom: day, source, recordedBy }))
  await transaction.unitTarget.createMany({ data })
}

/** What was assigned, as it will be read. */
export const assignedTargets = ({ targets, validFrom, source }: Assignment): AssignedTarget[] =>
  targets.map(({ expected: _, ...target }) => ({ ...target, validFrom, source, synthetic: false }))
