import { type Directive, disagreements, type Indicator, type Text } from '@dienbien/targets/core'
import { toFact } from '../figures/evaluate-unit.ts'
import type { Figure } from '../figures/newest.ts'

/** Something about stored figures that a person should look at. Nothing is corrected. */
export interface FigureWarning {
  readonly indicators: readonly string[]
  readonly message: Text
}

/** How many times larger or smaller than the figure before makes an outlier: a slip of the decimal sign is ten. This project's choice. */
const OUTLIER = 10

const vi = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6 })
const en = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 })

/** The indicators of each relation of a directive. */
const related = ({ relations }: Directive): string[][] =>
  relations.map((relation) =>
    relation.kind === 'at-most'
      ? [relation.part, relation.whole]
      : [...relation.parts, ...(typeof relation.total === 'string' ? [relation.total] : [])],
  )

/** The indicators whose figures matter for the warnings about new figures of these. */
export const heldAgainst = (fresh: readonly string[], directive: Directive): string[] => [
  ...new Set([
    ...fresh,
    ...related(directive)
      .filter((ids) => ids.some((id) => fresh.includes(id)))
      .flat(),
  ]),
]

/**
 * Holds new figures of one unit and date against each other and against those that counted before.
 * @param before the figures that counted on that date, of {@link heldAgainst} at least
 * @param directive that measures the figures of that year
 */
export function warningsOf(
  stored: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf' | 'revision' | 'status' | 'reason'>[],
  before: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf' | 'status'>[],
  directive: Directive,
): FigureWarning[] {
  const byId = new Map(directive.indicators.map((indicator) => [indicator.id, indicator]))
  const fresh = new Set(stored.map(({ indicatorId }) => indicatorId))
  const all = new Map(
    [...before, ...stored].flatMap(({ indicatorId, value }) => (byId.has(indicatorId) ? [[indicatorId, value]] : [])),
  )
  const facts = Object.fromEntries([...all].map(([id, value]) => [id, toFact(directive, id, value)]))
  const disagreeing = disagreements(facts, directive)
    .filter(({ indicatorIds }) => indicatorIds.some((id) => fresh.has(id)))
    .map(({ indicatorIds, message }) => ({ indicators: indicatorIds, message }))
  const earlier = new Map(before.map((figure) => [figure.indicatorId, figure]))
  const outliers = stored.flatMap(({ indicatorId, value, asOf }) => {
    const last = earlier.get(indicatorId)
    const why = last && strangeAfter(byId.get(indicatorId), value, asOf, last)
    return why ? [{ indicators: [indicatorId], message: why }] : []
  })
  const unexplained = stored
    .filter(({ revision, reason }) => revision > 1 && reason === null)
    .map(({ indicatorId }) => ({
      indicators: [indicatorId],
      message: {
        vi: `Đính chính ${byId.get(indicatorId)?.name.vi} không nêu lý do`,
        en: `A correction of ${byId.get(indicatorId)?.name.en} without a reason`,
      },
    }))
  return [...disagreeing, ...outliers, ...unexplained]
}

function strangeAfter(
  indicator: Indicator | undefined,
  value: number,
  asOf: string,
  last: Pick<Figure, 'value' | 'asOf'>,
): Text | null {
  if (!indicator || indicator.measure === 'milestone') return null
  const name = indicator.name
  const [year, month, day] = last.asOf.split('-')
  const were = {
    vi: `số đã báo cáo trước là ${vi.format(last.value)} (ngày ${day}/${month}/${year})`,
    en: `${en.format(last.value)} (${last.asOf})`,
  }
  if (indicator.measure === 'flow' && last.asOf < asOf && value < last.value) {
    return {
      vi: `${name.vi}: lũy kế ${vi.format(value)}, nhỏ hơn ${were.vi}; đề nghị xác nhận`,
      en: `${name.en}: ${en.format(value)} since 1 January is less than the ${were.en} reported before; to be confirmed`,
    }
  }
  if (value <= 0 || last.value <= 0) return null
  const times = Math.max(value / last.value, last.value / value)
  if (times < OUTLIER) return null
  return {
    vi: `${name.vi}: ${vi.format(value)} chênh lệch khoảng ${vi.format(Math.round(times))} lần so với ${were.vi}; đề nghị xác nhận`,
    en: `${name.en}: ${en.format(value)} is far from the ${were.en} reported before (${en.format(Math.round(times))} times); to be confirmed`,
  }
}
