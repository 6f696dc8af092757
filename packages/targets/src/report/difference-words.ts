import type { Change, Directive, FurtherTarget, Indicator, Target, Text, Weights } from '../directive/types.ts'
import { isRecord } from '../errors.ts'
import { describeTarget } from '../evaluation/explain.ts'
import type { DirectiveDifference, Side } from './difference.ts'
import { describeWeights } from './weights.ts'

type What = Pick<DirectiveDifference, 'kind' | 'of' | 'id' | 'field'>
type Language = keyof Text

const MEMBERS: Readonly<Record<DirectiveDifference['of'], Text>> = {
  directive: { vi: 'văn bản', en: 'document' },
  indicator: { vi: 'chỉ tiêu', en: 'indicator' },
  group: { vi: 'nhóm chỉ tiêu', en: 'group' },
  relation: { vi: 'quan hệ giữa các chỉ tiêu', en: 'relation' },
  duty: { vi: 'nhiệm vụ', en: 'duty' },
  erratum: { vi: 'điểm chưa thống nhất', en: 'erratum' },
  amendment: { vi: 'điều chỉnh', en: 'amendment' },
}

const FIELDS: Readonly<Record<string, Text>> = {
  id: { vi: 'số, ký hiệu', en: 'number' },
  title: { vi: 'trích yếu', en: 'title' },
  issuer: { vi: 'nơi ban hành', en: 'issuer' },
  issuedOn: { vi: 'ngày ban hành', en: 'issued on' },
  year: { vi: 'năm', en: 'year' },
  version: { vi: 'phiên bản', en: 'version' },
  supersedes: { vi: 'thay thế', en: 'supersedes' },
  level: { vi: 'cấp', en: 'level' },
  name: { vi: 'tên', en: 'name' },
  section: { vi: 'mục', en: 'section' },
  alsoIn: { vi: 'nêu thêm ở mục', en: 'also in' },
  unit: { vi: 'đơn vị tính', en: 'unit' },
  target: { vi: 'kế hoạch', en: 'target' },
  targets: { vi: 'mức khác', en: 'further targets' },
  better: { vi: 'chiều tốt hơn', en: 'better' },
  quote: { vi: 'nguyên văn', en: 'quote' },
  intended: { vi: 'đúng ra là', en: 'meant' },
  measure: { vi: 'cách đo', en: 'measure' },
  extent: { vi: 'phạm vi', en: 'extent' },
  role: { vi: 'vai trò', en: 'role' },
  main: { vi: 'chỉ tiêu chủ yếu', en: 'main indicator' },
  partOf: { vi: 'là một phần của', en: 'part of' },
  responsible: { vi: 'đơn vị chịu trách nhiệm', en: 'responsible' },
  levels: { vi: 'các cấp có đo', en: 'levels' },
  denominator: { vi: 'mẫu số', en: 'denominator' },
  weighedBy: { vi: 'tính chung theo', en: 'weighed by' },
  change: { vi: 'mức tăng, giảm', en: 'change' },
  baseline: { vi: 'mức năm trước', en: 'baseline' },
  closesOn: { vi: 'ngày chốt số', en: 'closes on' },
  growth: { vi: 'tốc độ tăng', en: 'growth' },
  interpretation: { vi: 'cách hiểu', en: 'reading' },
  who: { vi: 'đơn vị thực hiện', en: 'who' },
  evidence: { vi: 'minh chứng', en: 'evidence' },
  due: { vi: 'thời hạn', en: 'due' },
  indicators: { vi: 'chỉ tiêu liên quan', en: 'indicators' },
  arithmetic: { vi: 'phép tính', en: 'arithmetic' },
  reading: { vi: 'cách hiểu', en: 'reading' },
  within: { vi: 'sai số cho phép', en: 'tolerance' },
}

/** A difference in a line, in both languages. */
export const differenceWords = (what: What, before: Side, after: Side): Text => ({
  vi: line(what, before, after, 'vi'),
  en: line(what, before, after, 'en'),
})

function line({ kind, of, id, field }: What, before: Side, after: Side, language: Language): string {
  const vi = language === 'vi'
  const member = MEMBERS[of][language]
  if (kind !== 'changed') {
    const side = kind === 'added' ? after : before
    const verb = kind === 'added' ? (vi ? 'Thêm' : 'Added') : vi ? 'Bỏ' : 'Removed'
    return `${verb} ${member} ${summary(of, id, side, language)}`
  }
  const label = FIELDS[of === 'amendment' ? 'target' : (field ?? '')]?.[language] ?? field
  const of_ = id === null ? '' : `${titleOf(of, id, after.directive, language)}: `
  const said = (side: Side) => words(field ?? '', id, side, language)
  return `${of_}${label} ${said(before)} → ${said(after)}`
}

/** How a member is called where it is named: an indicator by its name, others by what identifies them. */
function titleOf(of: What['of'], id: string, { indicators, groups }: Directive, language: Language): string {
  const lists = of === 'indicator' ? indicators : of === 'group' ? groups : []
  return lists.find((list) => list.id === id)?.name[language] ?? `${MEMBERS[of][language]} ${id}`
}

function summary(of: What['of'], id: string | null, { directive, value }: Side, language: Language): string {
  if (of === 'indicator') {
    const indicator = value as Indicator
    return `"${indicator.name[language]}": ${describeTarget(indicator)[language]}`
  }
  if (of === 'amendment') {
    const { targets } = value as Directive['amendments'][number]
    return `${id}: ${amended(targets, directive, language)}`
  }
  const { name, quote } = value as { readonly name?: Text; readonly quote?: string }
  return name ? `"${name[language]}"` : quote ? `"${quote}"` : (id ?? '')
}

const amended = (targets: object, { indicators }: Directive, language: Language) =>
  Object.entries(targets)
    .map(([key, target]) => {
      const indicator = indicators.find((indicator) => indicator.id === key) as Indicator
      return `${indicator.name[language]} ${describeTarget(indicator, target as Target)[language]}`
    })
    .join('; ')

const FURTHER: Readonly<Record<FurtherTarget['kind'], Text>> = {
  assigned: { vi: 'giao', en: 'assigned' },
  stretch: { vi: 'phấn đấu', en: 'stretch' },
}

function words(field: string, id: string | null, { directive, value }: Side, language: Language): string {
  const vi = language === 'vi'
  if (value === null) return vi ? '(không có)' : '(none)'
  const indicator = directive.indicators.find((indicator) => indicator.id === id)
  if (field === 'target' && indicator) return describeTarget(indicator, value as Target)[language]
  if (field === 'targets' && indicator && Array.isArray(value)) {
    return (value as FurtherTarget[])
      .map(
        ({ kind, assignedBy, target }) =>
          `${describeTarget(indicator, target)[language]} (${FURTHER[kind][language]}, ${assignedBy[language]})`,
      )
      .join('; ')
  }
  if (field === 'targets') return amended(value as object, directive, language)
  if (field === 'change') {
    const { value: by, unit, against } = value as Change
    return `${by > 0 ? '+' : ''}${number(by, language)} ${unit} (${against})`
  }
  if (field === 'weighedBy') return describeWeights(value as Weights, directive)[language]
  if (field === 'supersedes') return (value as { id: string }).id
  return plain(field, value, language)
}

function plain(field: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return { vi: ['không', 'có'], en: ['no', 'yes'] }[language][Number(value)] as string
  // A year is no quantity: its digits are not grouped.
  if (typeof value === 'number') return field === 'year' ? String(value) : number(value, language)
  if (Array.isArray(value)) return value.join(', ')
  if (isRecord(value) && typeof value[language] === 'string') return `"${value[language]}"`
  return field === 'quote' || field === 'intended' ? `"${value}"` : String(value)
}

const number = (value: number, language: Language) =>
  new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 10 }).format(value)
