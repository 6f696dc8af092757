import Table from 'cli-table3'
import pc from 'picocolors'
import type { Change, Directive, Erratum, FurtherTarget, Indicator, Text, UnitLevel } from '../directive/types.ts'
import { describeTarget, quantityWords } from '../evaluation/explain.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Pace, Status } from '../evaluation/status.ts'
import { words } from '../evaluation/trace.ts'
import { formatNumber } from '../points/numbers.ts'
import { describeWeights } from '../report/weights.ts'

export type Language = keyof Text

const MARKS: Record<Status, (text: string) => string> = {
  MET: (text) => pc.green(`✔ ${text}`),
  NOT_MET: (text) => pc.red(`✘ ${text}`),
  IN_PROGRESS: (text) => pc.yellow(`… ${text}`),
  UNDECIDED: (text) => pc.cyan(`◌ ${text}`),
  NO_DATA: (text) => pc.dim(`? ${text}`),
  NOT_APPLICABLE: (text) => pc.dim(`– ${text}`),
}
const STATUSES: Record<Status, Text> = {
  MET: { vi: 'đạt', en: 'met' },
  NOT_MET: { vi: 'không đạt', en: 'not met' },
  IN_PROGRESS: { vi: 'đang thực hiện', en: 'in progress' },
  UNDECIDED: { vi: 'chưa có số liệu cuối năm', en: 'undecided' },
  NO_DATA: { vi: 'chưa có số liệu', en: 'no data' },
  NOT_APPLICABLE: { vi: 'không giao chỉ tiêu', en: 'not applicable' },
}
const PACES: Record<Pace, Text> = {
  AHEAD: { vi: 'vượt tiến độ', en: 'ahead' },
  ON_TRACK: { vi: 'đúng tiến độ', en: 'on track' },
  BEHIND: { vi: 'chậm tiến độ', en: 'behind' },
}
const FURTHER: Record<FurtherTarget['kind'], Text> = {
  assigned: { vi: 'mức giao', en: 'assigned' },
  stretch: { vi: 'phấn đấu', en: 'stretch' },
}
const STATES: Record<Language, readonly [string, string]> = {
  vi: ['không được duy trì', 'được duy trì'],
  en: ['not maintained', 'maintained'],
}
/** In Vietnamese; English has the words of the data. */
const MEASURES: Record<Indicator['measure'], string> = {
  flow: 'cộng dồn trong năm',
  level: 'mức tại một ngày',
  rate: 'tỷ lệ, tốc độ',
  milestone: 'duy trì',
}
const EXTENTS: Record<Indicator['extent'], string> = {
  extensive: 'tổng số',
  intensive: 'so sánh được giữa các đơn vị',
}
const LEVELS: Record<UnitLevel, string> = {
  nation: 'cả nước',
  province: 'tỉnh',
  district: 'huyện',
  commune: 'xã',
  department: 'sở, ban, ngành',
  organisation: 'tổ chức khác',
}
const HEADS: Record<Language, string[]> = {
  vi: ['Chỉ tiêu', 'Thực hiện', 'Kế hoạch', 'So với kế hoạch', 'Kết quả'],
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
  const percent = new Intl.NumberFormat(LOCALES[language], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  evaluation.results.forEach((result, i) => {
    const indicator = directive.indicators[i] as Indicator
    if (result.value === null) return
    table.push([
      indicator.name[language],
      typeof result.value === 'number'
        ? quantityWords(result.value, indicator, language)
        : STATES[language][Number(result.value)],
      result.target ? describeTarget(indicator, result.target)[language] : '',
      result.completion === null ? '' : percent.format(result.completion),
      MARKS[result.status](
        [STATUSES[result.status][language], result.pace && PACES[result.pace][language]].filter(Boolean).join(', '),
      ),
    ])
    for (const furtherResult of result.further) {
      table.push([
        `  ${FURTHER[furtherResult.kind][language]} (${furtherResult.assignedBy[language]})`,
        '',
        furtherResult.target ? describeTarget(indicator, furtherResult.target)[language] : '',
        furtherResult.completion === null ? '' : percent.format(furtherResult.completion),
        MARKS[furtherResult.status](STATUSES[furtherResult.status][language]),
      ])
    }
  })
  const { met, exceeded, notMet, inProgress, undecided, noData, notApplicable } = evaluation.summary
  const counts =
    language === 'vi'
      ? `${met} đạt (${exceeded} vượt), ${inProgress} đang thực hiện, ${notMet} không đạt, ${undecided} chưa có số liệu cuối năm, ${noData} chưa có số liệu, ${notApplicable} không giao chỉ tiêu`
      : `${met} met (${exceeded} exceeded), ${inProgress} in progress, ${notMet} not met, ${undecided} undecided, ${noData} without data, ${notApplicable} not applicable`
  return `${pc.bold(unit)}\n${table.length > 0 ? `${table}\n` : ''}${counts}\n`
}

export function indicatorTable(directive: Directive, language: Language): string {
  const table = new Table({
    head: language === 'vi' ? ['Mã', 'Mục', 'Chỉ tiêu', 'Kế hoạch'] : ['Id', 'Section', 'Indicator', 'Target'],
    ...plain,
  })
  for (const indicator of directive.indicators) {
    table.push([indicator.id, indicator.section, indicator.name[language], describeTarget(indicator)[language]])
  }
  return `${table}\n`
}

export function indicatorSheet(indicator: Indicator, directive: Directive, language: Language): string {
  const vi = language === 'vi'
  const { change, baseline, interpretation } = indicator
  const lines: [string, string | undefined | false][] = [
    [vi ? 'Mục' : 'Section', [indicator.section, ...(indicator.alsoIn ?? [])].join(', ')],
    [vi ? 'Trích' : 'Quote', `"${indicator.quote}"`],
    [vi ? 'Đúng ra là' : 'Meant', indicator.intended && `"${indicator.intended}"`],
    [vi ? 'Kế hoạch' : 'Target', describeTarget(indicator)[language]],
    ...(indicator.targets ?? []).map(({ kind, assignedBy, target }): [string, string] => [
      `${FURTHER[kind][language]} (${assignedBy[language]})`,
      describeTarget(indicator, target)[language],
    ]),
    [vi ? 'Chỉ tiêu chủ yếu' : 'Main indicator', indicator.main && (vi ? 'có' : 'yes')],
    [vi ? 'Là một phần của' : 'Part of', indicator.partOf],
    [
      vi ? 'Tính chung theo' : 'Weighed by',
      indicator.weighedBy && describeWeights(indicator.weighedBy, directive)[language],
    ],
    [vi ? 'Chịu trách nhiệm' : 'Responsible', indicator.responsible?.[language]],
    [vi ? 'So với' : 'Change', change && changeWords(change, language)],
    [
      vi ? 'Mức năm trước' : 'Baseline',
      baseline === undefined ? undefined : quantityWords(baseline, indicator, language),
    ],
    [vi ? 'Loại' : 'Kind', kindWords(indicator, language)],
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
    ...errata.map((erratum) => `  ${vi ? 'Điểm chưa thống nhất' : 'Erratum'}: ${erratumText(erratum, language)}`),
    '',
  ].join('\n')
}

/** "giảm 4,28 điểm phần trăm so với năm 2021"; as the data has it in English. */
function changeWords({ value, unit, against }: Change, language: Language): string {
  if (language === 'en') return `${value > 0 ? '+' : ''}${value} ${unit} (${against})`
  const by = { '%': '%', pp: ' điểm phần trăm', x: ' lần' }[unit]
  return `${value < 0 ? 'giảm' : 'tăng'} ${formatNumber(Math.abs(value))}${by} so với năm ${against}`
}

function kindWords({ measure, extent, levels }: Indicator, language: Language): string {
  if (language === 'en') return `${measure}, ${extent}, ${levels.join(' / ')}`
  return `${MEASURES[measure]}; ${EXTENTS[extent]}; ${levels.map((level) => LEVELS[level]).join(', ')}`
}

const erratumText = ({ arithmetic, reading }: Erratum, language: Language) =>
  [arithmetic, reading[language]].filter(Boolean).join(' – ')

/** As printed, and what a slip of the scan must have been. */
const quoteText = ({ quote, intended }: Erratum, language: Language) =>
  `"${quote}"${intended ? ` (${language === 'vi' ? 'đúng ra là' : 'meant'} "${intended}")` : ''}`

export function errataList({ errata }: Directive, language: Language): string {
  return errata
    .map(
      (erratum) =>
        `${pc.bold(`${erratum.section} ${erratum.id}`)}\n  ${quoteText(erratum, language)}\n  ${erratumText(erratum, language)}\n`,
    )
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
  'progress',
  'pace',
  'explanation',
]

export function csvRow(unit: string, result: IndicatorResult, language: Language): string {
  const target = result.target && (result.target.comparator === 'maintained' ? 'maintained' : words(result.target))
  return [
    unit,
    result.indicatorId,
    result.status,
    result.exceeded,
    result.value,
    target,
    result.margin,
    result.completion,
    result.progress,
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
