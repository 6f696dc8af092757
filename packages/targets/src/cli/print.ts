import Table from 'cli-table3'
import pc from 'picocolors'
import type { Directive, Erratum, Indicator, Text } from '../directive/types.ts'
import { describeTarget } from '../evaluation/explain.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Pace, Status } from '../evaluation/status.ts'

export type Language = keyof Text

const MARKS: Record<Status, (text: string) => string> = {
  MET: (text) => pc.green(`✔ ${text}`),
  NOT_MET: (text) => pc.red(`✘ ${text}`),
  IN_PROGRESS: (text) => pc.yellow(`… ${text}`),
  NO_DATA: (text) => pc.dim(`? ${text}`),
  NOT_APPLICABLE: (text) => pc.dim(`– ${text}`),
}
const STATUSES: Record<Status, Text> = {
  MET: { vi: 'đạt', en: 'met' },
  NOT_MET: { vi: 'không đạt', en: 'not met' },
  IN_PROGRESS: { vi: 'đang thực hiện', en: 'in progress' },
  NO_DATA: { vi: 'chưa có số liệu', en: 'no data' },
  NOT_APPLICABLE: { vi: 'không áp dụng', en: 'not applicable' },
}
const PACES: Record<Pace, Text> = {
  AHEAD: { vi: 'vượt tiến độ', en: 'ahead' },
  ON_TRACK: { vi: 'đúng tiến độ', en: 'on track' },
  BEHIND: { vi: 'chậm tiến độ', en: 'behind' },
}
const HEADS: Record<Language, string[]> = {
  vi: ['Chỉ tiêu', 'Số liệu', 'Mục tiêu', 'Hoàn thành', 'Kết quả'],
  en: ['Indicator', 'Figure', 'Target', 'Completion', 'Result'],
}
const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' }

const plain = { style: { head: [], border: [] } }

/** One unit's results with data, as a table with marks and colours, and the counts of all. */
export function evaluationTable(
  unit: string,
  directive: Directive,
  evaluation: Evaluation,
  language: Language,
): string {
  const table = new Table({ head: HEADS[language], ...plain })
  const percent = new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 })
  const number = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 10 })
  evaluation.results.forEach((result, i) => {
    const indicator = directive.indicators[i] as Indicator
    if (result.value === null) return
    table.push([
      indicator.name[language],
      typeof result.value === 'number'
        ? `${number.format(result.value)} ${indicator.unit[language]}`
        : String(result.value),
      result.target ? describeTarget(indicator, result.target)[language] : '',
      result.completion === null ? '' : percent.format(result.completion),
      MARKS[result.status](
        [STATUSES[result.status][language], result.pace && PACES[result.pace][language]].filter(Boolean).join(', '),
      ),
    ])
  })
  const { met, exceeded, notMet, inProgress, noData, notApplicable } = evaluation.summary
  const counts =
    language === 'vi'
      ? `${met} đạt (${exceeded} vượt), ${inProgress} đang thực hiện, ${notMet} không đạt, ${noData} chưa có số liệu, ${notApplicable} không áp dụng`
      : `${met} met (${exceeded} exceeded), ${inProgress} in progress, ${notMet} not met, ${noData} without data, ${notApplicable} not applicable`
  return `${pc.bold(unit)}\n${table.length > 0 ? `${table}\n` : ''}${counts}\n`
}

export function indicatorTable(directive: Directive, language: Language): string {
  const table = new Table({
    head: language === 'vi' ? ['Mã', 'Mục', 'Chỉ tiêu', 'Mục tiêu'] : ['Id', 'Section', 'Indicator', 'Target'],
    ...plain,
  })
  for (const one of directive.indicators) {
    table.push([one.id, one.section, one.name[language], describeTarget(one)[language]])
  }
  return `${table}\n`
}

export function indicatorSheet(indicator: Indicator, directive: Directive, language: Language): string {
  const vi = language === 'vi'
  const { change, baseline, interpretation } = indicator
  const lines: [string, string | undefined][] = [
    [vi ? 'Mục' : 'Section', [indicator.section, ...(indicator.alsoIn ?? [])].join(', ')],
    [vi ? 'Trích' : 'Quote', `"${indicator.quote}"`],
    [vi ? 'Mục tiêu' : 'Target', describeTarget(indicator)[language]],
    [
      vi ? 'So với' : 'Change',
      change && `${change.value > 0 ? '+' : ''}${change.value} ${change.unit} (${change.against})`,
    ],
    [vi ? 'Gốc' : 'Baseline', baseline === undefined ? undefined : String(baseline)],
    [vi ? 'Loại' : 'Kind', `${indicator.measure}, ${indicator.extent}, ${indicator.levels.join(' / ')}`],
    [vi ? 'Cách hiểu' : 'Reading', interpretation?.[language]],
    [
      vi ? 'Nguồn' : 'Source',
      `${directive.id} (${directive.issuedOn}), ${vi ? 'đối chiếu ngày' : 'checked on'} ${indicator.checkedOn}`,
    ],
  ]
  const errata = directive.errata.filter(({ indicators }) => indicators.includes(indicator.id))
  return [
    pc.bold(indicator.name[language]),
    ...lines.filter(([, text]) => text).map(([label, text]) => `  ${label}: ${text}`),
    ...errata.map((one) => `  ${vi ? 'Đính chính' : 'Erratum'}: ${erratumText(one, language)}`),
    '',
  ].join('\n')
}

export const erratumText = ({ arithmetic, reading }: Erratum, language: Language) =>
  [arithmetic, reading[language]].filter(Boolean).join(' – ')

export function errataList({ errata }: Directive, language: Language): string {
  return errata
    .map((one) => `${pc.bold(`${one.section} ${one.id}`)}\n  "${one.quote}"\n  ${erratumText(one, language)}\n`)
    .join('\n')
}

/** The columns of `--csv`. */
export const CSV_HEAD = [
  'unit',
  'indicator',
  'status',
  'exceeded',
  'value',
  'target',
  'margin',
  'completion',
  'pace',
  'explanation',
]

export function csvRow(unit: string, result: IndicatorResult, language: Language): string {
  const target =
    result.target &&
    (result.target.comparator === 'maintained' ? 'maintained' : `${result.target.comparator} ${result.target.value}`)
  return [
    unit,
    result.indicatorId,
    result.status,
    result.exceeded,
    result.value,
    target,
    result.margin,
    result.completion,
    result.pace,
    result.explanation[language],
  ]
    .map(csvCell)
    .join(',')
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets a leading apostrophe. */
function csvCell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
