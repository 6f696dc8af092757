// How a total may be shared out among the units below: a proposal, of which nothing is stored.
import { type Directive, type Indicator, type Text, targetNumber } from '@dienbien/targets'
import { inputError } from '../errors/input-error.ts'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import { territoriesBelow } from '../figures/parts.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import type { UnitYear } from '../figures/unit-years.ts'
import { tidy } from '../numbers.ts'
import { allocate, stepOf } from './share-out.ts'

type Basis = 'equal' | 'lastYear' | 'weights'

interface Weight {
  readonly unit: string
  readonly weight: number
}

/** What a client asks for; what it leaves out follows from the indicator and the unit. */
export interface ProposalRequest {
  readonly indicator: Indicator
  readonly year: number
  readonly by: Basis
  readonly weights?: readonly Weight[] | null | undefined
  readonly total?: number | null | undefined
  readonly step?: number | null | undefined
}

/** What the shares follow from. */
export interface ProposalBasis {
  readonly registry: Pick<Registry, 'children'>
  /** By which the unit is judged: its totals are those of the units of its level. */
  readonly directive: Pick<Directive, 'level'>
  /** The targets of the unit whose total it is, at the end of the year. */
  readonly targets: readonly AssignedTarget[]
  /** What the indicator of a unit came to at the end of the year before; read for the basis `lastYear` alone. */
  readonly yearBefore: (unit: string, indicator: Indicator) => Pick<UnitYear, 'value' | 'reason'>
}

export interface Proposal {
  readonly indicator: Indicator
  readonly parts: readonly (Weight & { readonly value: number })[]
}

/** As many are counted exactly. */
const MOST_STEPS = 1e12

const refusal = (argument: string, text: Text, value: unknown) => inputError('BAD_INPUT', text, { argument, value })

/**
 * Shares a total out among the units below a unit.
 * @throws `BAD_INPUT` where it is no total, nobody below has it, or there is nothing to share it out by
 */
export function proposeAllocation(
  parent: Pick<Unit, 'id' | 'code' | 'level'>,
  request: ProposalRequest,
  basis: ProposalBasis,
): Proposal {
  const { indicator } = request
  const children = sharersOf(parent, indicator, basis)
  const total = totalOf(parent, request, basis)
  const step = stepFor(total, request)
  const weights = weightsFor(children, request, basis)
  // What the step leaves over goes to the last part, so that the parts still add up.
  const whole = Math.floor(total / step + 1e-9) * step
  const shares = allocate(tidy(whole), weights, step)
  const rest = tidy(total - whole)
  const last = weights.findLastIndex((weight) => weight > 0)
  return {
    indicator,
    parts: children.map(({ id }, i) => ({
      unit: id,
      value: tidy((shares[i] as number) + (i === last ? rest : 0)),
      weight: weights[i] as number,
    })),
  }
}

function sharersOf(
  { id: unit, code }: Pick<Unit, 'id' | 'code'>,
  { id, extent, levels }: Indicator,
  { registry }: ProposalBasis,
) {
  if (extent !== 'extensive') {
    const text = {
      vi: `"${id}" là tỷ lệ: chỉ phân bổ được tổng số`,
      en: `"${id}" is a rate: only a total is shared out`,
    }
    throw refusal('indicator', text, id)
  }
  const children = territoriesBelow(unit, registry).filter(({ level }) => levels.includes(level))
  if (children.length > 0) return children
  const text = {
    vi: `${code} không có đơn vị trực thuộc nào tính chỉ tiêu "${id}"`,
    en: `${code} has no units at which "${id}" is measured`,
  }
  throw refusal('parent', text, code)
}

function totalOf(
  { code, level }: Pick<Unit, 'code' | 'level'>,
  { indicator, total }: ProposalRequest,
  { targets, directive }: ProposalBasis,
): number {
  const known = total ?? targets.find(({ indicatorId }) => indicatorId === indicator.id)?.value
  if (known !== undefined) return known
  if (level === directive.level) return targetNumber(indicator.target)
  const text = {
    vi: `${code} không được giao chỉ tiêu "${indicator.id}": ghi tổng số (total)`,
    en: `${code} has no target of "${indicator.id}": give a total`,
  }
  throw refusal('total', text, null)
}

function stepFor(total: number, { indicator, step: asked }: ProposalRequest): number {
  const step = asked ?? stepOf(indicator)
  if (!(step > 0)) throw refusal('step', { vi: 'step phải lớn hơn 0', en: 'step must be above 0' }, step)
  if (!(total >= 0)) throw refusal('total', { vi: 'total phải từ 0 trở lên', en: 'total must be 0 or more' }, total)
  if (total / step <= MOST_STEPS) return step
  const text = {
    vi: `tổng số ${total} chia theo bước ${step} là quá ${MOST_STEPS} bước`,
    en: `a total of ${total} in steps of ${step} is more than ${MOST_STEPS} steps`,
  }
  throw refusal('step', text, step)
}

/** One for each child, not all of them 0. */
function weightsFor(
  children: readonly Pick<Unit, 'id' | 'code'>[],
  request: ProposalRequest,
  { yearBefore }: ProposalBasis,
): number[] {
  const { by, indicator, year } = request
  if (by === 'equal') return children.map(() => 1)
  const weights =
    by === 'weights'
      ? askedWeights(children, request.weights ?? [])
      : children.map(({ id, code }) => lastYears(code, yearBefore(id, indicator)))
  if (weights.some((weight) => weight !== 0)) return weights
  const text =
    by === 'lastYear'
      ? {
          vi: `không có số liệu năm ${year - 1} để làm căn cứ phân bổ`,
          en: `there are no figures of ${year - 1} to share out by`,
        }
      : { vi: 'mọi trọng số đều bằng 0', en: 'all weights are zero' }
  throw refusal('by', text, by)
}

/** What a unit has not reported weighs nothing; what was reported, but cannot be told to be its, would be lost without a word. */
function lastYears(code: string, { value, reason }: Pick<UnitYear, 'value' | 'reason'>): number {
  if (reason === null) return Math.max(0, value ?? 0)
  const text = {
    vi: `không lấy số liệu năm trước làm căn cứ được, ở ${code}: ${reason.vi}`,
    en: `last year's figures are no basis, at ${code}: ${reason.en}`,
  }
  throw refusal('by', text, code)
}

function askedWeights(children: readonly Pick<Unit, 'code'>[], weights: readonly Weight[]): number[] {
  weights.forEach(({ unit, weight }, i) => {
    if (children.some(({ code }) => code === unit) && weight >= 0) return
    const text = {
      vi: 'trọng số chỉ ghi cho đơn vị trực thuộc, từ 0 trở lên',
      en: 'weights are of the children, 0 or more',
    }
    throw refusal(`weights[${i}]`, text, unit)
  })
  return children.map(({ code }) => weights.find(({ unit }) => unit === code)?.weight ?? 0)
}
