// The sheets of directives and indicators become documents, and a place in a document becomes a cell again. Pure.
import { nearest, type Text, type Weights } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { quoted, suggesting } from '../errors/input-error.ts'
import { LEVEL_NAMES } from '../measurements/figure-rules.ts'
import { type Column, type ColumnKey, type RowValues, SHEETS } from './sheets.ts'
import type { ReadSheet, Workbook, WorkbookProblem, WorkbookRow } from './workbook.ts'

/** A directive as a document, with where each part of it was written. */
export interface DirectiveDraft {
  readonly row: number
  readonly values: RowValues<'directive'>
  readonly document: Readonly<Record<string, unknown>>
  /** The rows of its indicators, in the order of the document. */
  readonly indicators: readonly WorkbookRow<'indicators'>[]
}

/** Codes of what directives count in, for those who leave them out. */
const UNIT_CODES: Readonly<Record<string, string>> = {
  '%': 'percent',
  '‰': 'per-mille',
  'tỷ đồng': 'billion-vnd',
  'triệu đồng': 'million-vnd',
  'triệu usd': 'million-usd',
  tấn: 'tonne',
  ha: 'hectare',
  xã: 'commune',
  người: 'person',
  'lao động': 'worker',
  hộ: 'household',
  'lượt người': 'treatment',
}

/** The documents of a workbook, those for everyone before those of a bloc, and which indicators belong to none. */
export function directivesIn({ directive, indicators }: Workbook): {
  readonly drafts: readonly DirectiveDraft[]
  readonly problems: readonly WorkbookProblem[]
} {
  const problems: WorkbookProblem[] = []
  const heads = directive?.rows ?? []
  const of = new Map(heads.map((head) => [head, [] as WorkbookRow<'indicators'>[]]))
  for (const row of indicators?.rows ?? []) {
    const head = headOf(row, heads)
    if ('vi' in head) {
      const cell = indicators?.cellOf(row.row, 'directive') ?? 'A1'
      problems.push({ sheet: indicators?.name ?? '', cell, text: head })
    } else of.get(head)?.push(row)
  }
  const isStray = problems.length > 0
  for (const head of duplicates(heads)) {
    const text = {
      vi: `văn bản ${quoted(head.values.id)} bị ghi hai lần`,
      en: `the directive ${quoted(head.values.id)} is given twice`,
    }
    problems.push({ sheet: directive?.name ?? '', cell: directive?.cellOf(head.row, 'id') ?? 'A1', text })
  }
  for (const head of heads) {
    const tell = (column: ColumnKey<'directive'>, text: Text) =>
      problems.push({ sheet: directive?.name ?? '', cell: directive?.cellOf(head.row, column) ?? 'A1', text })
    // What belongs to the first of two is not missing in the second, nor what could not be read, or names another one.
    const isTold = isStray || duplicates(heads).includes(head) || indicators?.unread.has(fold(head.values.id))
    tellSlips(head.values, of.get(head) ?? [], isTold ? () => undefined : tell)
  }
  const isScoped = ({ values }: DirectiveDraft) => values.cluster !== null || values.unit !== null
  const drafts = heads
    .map(({ row, values }, i): DirectiveDraft => {
      const workbookRows = of.get(heads[i] as WorkbookRow<'directive'>) ?? []
      return { row, values, indicators: workbookRows, document: documentOf(values, workbookRows) }
    })
    .sort((a, b) => a.values.year - b.values.year || Number(isScoped(a)) - Number(isScoped(b)))
  return { drafts, problems }
}

/** What a document may say and no officer means. */
function tellSlips(
  { id, level }: RowValues<'directive'>,
  indicators: readonly WorkbookRow<'indicators'>[],
  tell: (column: ColumnKey<'directive'>, text: Text) => void,
): void {
  const binds = level ?? 'province'
  const { vi, en } = LEVEL_NAMES[binds]
  if (indicators.length === 0) {
    const text = {
      vi: `trang "Chỉ tiêu" không có chỉ tiêu nào của văn bản ${quoted(id)}`,
      en: `the sheet "indicators" has none of ${quoted(id)}`,
    }
    tell('id', text)
  } else if (!indicators.some(({ values: { levels } }) => levels.includes(binds))) {
    const blank = level === null ? { vi: ' (bỏ trống cấp)', en: ' (its level is blank)' } : { vi: '', en: '' }
    const text = {
      vi: `văn bản của cấp ${vi}${blank.vi}, nhưng không chỉ tiêu nào tính ở cấp đó: ghi cấp của những đơn vị phải đạt`,
      en: `it is of the level ${en}${blank.en}, at which none of its indicators is measured: say whose level it is`,
    }
    tell('level', text)
  }
}

const duplicates = (heads: readonly WorkbookRow<'directive'>[]) =>
  heads.filter(({ values }, i) => heads.findIndex((head) => fold(head.values.id) === fold(values.id)) < i)

/** The directive that an indicator names, or the only one; or what is wrong. */
function headOf(
  { values }: WorkbookRow<'indicators'>,
  heads: readonly WorkbookRow<'directive'>[],
): WorkbookRow<'directive'> | Text {
  const [first, ...others] = heads
  const ids = heads.map((head) => head.values.id)
  if (values.directive === null) {
    if (first && others.length === 0) return first
    return first
      ? {
          vi: `ghi số, ký hiệu văn bản, một trong ${ids.join('; ')}`,
          en: `say of which directive it is: ${ids.join('; ')}`,
        }
      : {
          vi: 'sổ tính không có văn bản nào: ghi ở trang "Chỉ thị"',
          en: 'the workbook has no directive: write it into the sheet "directive"',
        }
  }
  const asked = fold(values.directive)
  const named = heads.find((head) => fold(head.values.id) === asked)
  if (named) return named
  const text = {
    vi: `trang "Chỉ thị" không có văn bản ${quoted(values.directive)}`,
    en: `the sheet "directive" has no ${quoted(values.directive)}`,
  }
  return suggesting(text, nearest(values.directive, ids))
}

const text = (vi: string, en: string | null): Text => ({ vi, en: en ?? vi })

function documentOf(values: RowValues<'directive'>, indicators: readonly WorkbookRow<'indicators'>[]) {
  const { id, year, title, titleEn, issuer, issuerEn, issuedOn, level, checkedOn } = values
  return {
    id,
    title: text(title, titleEn),
    issuer: text(issuer, issuerEn),
    issuedOn,
    year,
    ...(level === null ? {} : { level }),
    indicators: indicators.map((indicator) => indicatorOf(indicator.values, checkedOn)),
  }
}

function indicatorOf(values: RowValues<'indicators'>, checkedOn: string): Readonly<Record<string, unknown>> {
  const { id, name, nameEn, section, unit, unitEn, quote, measure, extent, levels, responsible, interpretation } =
    values
  const { better, role, baseline, growth, main, partOf, closesOn, change, changeUnit, changeAgainst } = values
  const code = values.unitCode ?? UNIT_CODES[unit.toLowerCase()] ?? (fold(unit).replace(/[^a-z0-9]+/g, '-') || 'unit')
  const isRate = measure === 'rate' || measure === 'milestone'
  const isChange = change !== null || changeUnit !== null || changeAgainst !== null
  return present({
    id,
    name: text(name, nameEn),
    section,
    unit: { code: growth ? `${code}-change` : code, ...text(unit, unitEn) },
    target: targetOf(values),
    better,
    quote,
    measure,
    extent: extent ?? (isRate ? 'intensive' : 'extensive'),
    levels,
    weighedBy: weightsIn(values),
    role,
    baseline,
    change: isChange ? present({ value: change, unit: changeUnit, against: changeAgainst }) : null,
    growth: growth || null,
    main: main || null,
    partOf,
    closesOn,
    responsible: responsible === null ? null : text(responsible, null),
    interpretation: interpretation === null ? null : text(interpretation, null),
    checkedOn,
  })
}

function targetOf({ comparator, value, high }: RowValues<'indicators'>): Readonly<Record<string, unknown>> {
  if (comparator === 'maintained') return present({ comparator, value: value ?? true, high })
  if (comparator === 'between') return present({ comparator, low: value, high })
  return present({ comparator, value, high })
}

/** Both columns filled in: the check of the document says that they exclude each other. */
function weightsIn({ denominator, numerator }: RowValues<'indicators'>): Weights | object | null {
  if (denominator !== null && numerator === null && COMMUNES.includes(fold(denominator))) return 'communes'
  return denominator === null && numerator === null ? null : present({ denominator, numerator })
}
const COMMUNES = ['xa', 'so xa', 'communes']

const present = (all: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))

/** A problem of a document in the words of the sheet: a field by the header of its column. */
export function inColumns({ vi, en }: Text): Text {
  const columns: Readonly<Record<string, Column<unknown>>> = {
    ...SHEETS.indicators.columns,
    low: SHEETS.indicators.columns.value,
  }
  const named = (text: string, language: 0 | 1) =>
    text.replace(/"([a-z]+)"/g, (word, field: string) => {
      const title = Object.hasOwn(columns, field) ? columns[field]?.titles[language] : undefined
      return title === undefined ? word : quoted(title)
    })
  return { vi: named(vi, 0), en: named(en, 1) }
}

/** The column that says what stands at a place of a document; the first that fits. */
const OF_DIRECTIVE: readonly (readonly [RegExp, ColumnKey<'directive'>])[] = [
  [/^year\b/, 'year'],
  [/^title\.en/, 'titleEn'],
  [/^title/, 'title'],
  [/^issuer\.en/, 'issuerEn'],
  [/^issuer/, 'issuer'],
  [/^issuedOn/, 'issuedOn'],
  [/^level/, 'level'],
]
const OF_INDICATOR: readonly (readonly [RegExp, ColumnKey<'indicators'>])[] = [
  [/^name\.en/, 'nameEn'],
  [/^unit\.code/, 'unitCode'],
  [/^unit\.en/, 'unitEn'],
  [/^target\.comparator/, 'comparator'],
  [/^target\.high/, 'high'],
  [/^target/, 'value'],
  [/^weighedBy\.numerator/, 'numerator'],
  [/^weighedBy/, 'denominator'],
  [/^change\.unit/, 'changeUnit'],
  [/^change\.against/, 'changeAgainst'],
]
const SAME: readonly ColumnKey<'indicators'>[] = [
  'name',
  'section',
  'unit',
  'quote',
  'measure',
  'extent',
  'levels',
  'better',
  'role',
  'baseline',
  'change',
  'growth',
  'main',
  'partOf',
  'closesOn',
  'responsible',
  'interpretation',
]

/** The cell that says what stands at a path of a draft's document, such as `indicators[3].target.value`. */
export function cellOfPath(
  path: string,
  { row, indicators }: DirectiveDraft,
  { directive, indicators: sheet }: Workbook,
): { readonly sheet: string; readonly cell: string } {
  const [, index, rest = ''] = /^indicators\[(\d+)\]\.?(.*)$/.exec(path) ?? []
  const indicator = index === undefined ? undefined : indicators[Number(index)]
  if (indicator && sheet) {
    // A code that nobody wrote follows from the unit of measurement.
    const isDerived = rest === 'unit.code' && indicator.values.unitCode === null
    const column = isDerived
      ? 'unit'
      : (OF_INDICATOR.find(([pattern]) => pattern.test(rest))?.[1] ??
        (rest === 'checkedOn' ? undefined : SAME.find((columnKey) => columnKey === rest.split(/[.[]/)[0])))
    if (rest === 'checkedOn' && directive) return placeIn(directive, row, 'checkedOn')
    return placeIn(sheet, indicator.row, column ?? 'id')
  }
  if (!directive) return { sheet: '', cell: 'A1' }
  return placeIn(directive, row, OF_DIRECTIVE.find(([pattern]) => pattern.test(path))?.[1] ?? 'id')
}

const placeIn = <K extends 'directive' | 'indicators'>(sheet: ReadSheet<K>, row: number, column: ColumnKey<K>) => ({
  sheet: sheet.name,
  cell: sheet.cellOf(row, column),
})
