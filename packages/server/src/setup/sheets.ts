// The sheets of the workbook that sets up a province, a year or a bloc: their columns, what each holds, and an example.
import type { Better, Extent, Measure, UnitLevel } from '@dienbien/targets'
import type { ClusterKind, FilingKind } from '../generated/prisma/enums.ts'
import { type CellKind, choice, DAY, MONTH_DAY, NUMBER, SLUG, several, TEXT, YEAR, YES } from './cell-kinds.ts'

export interface Column<T, Required extends boolean = boolean> {
  /** The header in Vietnamese, which the template has, then in English and others; each without regard to case and diacritics. */
  readonly titles: readonly [vi: string, en: string, ...others: string[]]
  readonly kind: CellKind<T>
  readonly required: Required
  /** What belongs there, for the template: in Vietnamese, as its reader is. */
  readonly note: string
  readonly example: string | number | null
}

type Titles = Column<unknown>['titles']
const required = <T>(titles: Titles, kind: CellKind<T>, note: string, example: string | number): Column<T, true> => ({
  titles,
  kind,
  required: true,
  note,
  example,
})
const optional = <T>(
  titles: Titles,
  kind: CellKind<T>,
  note: string,
  example: string | number | null = null,
): Column<T, false> => ({ titles, kind, required: false, note, example })

const LEVEL = choice<UnitLevel>({
  nation: ['cả nước', 'quốc gia', 'toàn quốc'],
  province: ['tỉnh', 'cấp tỉnh', 'thành phố trực thuộc trung ương'],
  district: ['huyện', 'cấp huyện', 'thị xã', 'huyện, thị xã, thành phố'],
  commune: ['xã', 'cấp xã', 'phường', 'thị trấn', 'đặc khu', 'xã, phường, thị trấn'],
  department: ['sở', 'sở, ban, ngành', 'ngành'],
  organisation: ['tổ chức', 'đơn vị, tổ chức khác'],
})
const DIRECTIVE_LEVEL = choice<UnitLevel>({
  nation: ['cả nước'],
  province: ['tỉnh'],
  district: ['huyện'],
  commune: ['xã'],
  department: ['sở', 'sở, ban, ngành'],
  organisation: ['tổ chức'],
})
const CLUSTER_KIND = choice<ClusterKind>({ cluster: ['cụm', 'cụm thi đua'], bloc: ['khối', 'khối thi đua'] })
const FILING_KIND = choice<FilingKind>({
  pact: ['giao ước', 'ký giao ước', 'đăng ký thi đua'],
  plan: ['kế hoạch'],
  midterm: ['sơ kết', 'báo cáo sơ kết'],
  final: ['tổng kết', 'báo cáo tổng kết'],
  duty: ['nhiệm vụ', 'báo cáo nhiệm vụ'],
  self_score: ['tự chấm điểm', 'điểm tự chấm'],
  appraised_score: ['thẩm định điểm', 'điểm thẩm định'],
})
export const COMPARATOR = choice({
  '>=': ['từ … trở lên', '≥', 'trở lên', 'ít nhất'],
  '>': ['trên'],
  '<=': ['không quá', '≤', 'tối đa'],
  '<': ['dưới'],
  '=': ['bằng'],
  '~': ['khoảng', '≈'],
  between: ['từ … đến', 'từ đến'],
  maintained: ['duy trì'],
})
const NUMERIC_COMPARATOR = choice({
  '>=': ['từ … trở lên', '≥', 'trở lên', 'ít nhất'],
  '>': ['trên'],
  '<=': ['không quá', '≤', 'tối đa'],
  '<': ['dưới'],
  '=': ['bằng'],
  '~': ['khoảng', '≈'],
})
const MEASURE = choice<Measure>({
  flow: ['lũy kế', 'cộng dồn'],
  level: ['thời điểm'],
  rate: ['tỷ lệ', 'tỉ lệ'],
  milestone: ['duy trì', 'đạt hay không'],
})
const EXTENT = choice<Extent>({ extensive: ['cộng được', 'tổng'], intensive: ['không cộng được', 'bình quân'] })
const BETTER = choice<Better>({
  more: ['càng cao càng tốt', 'cao'],
  less: ['càng thấp càng tốt', 'thấp'],
  near: ['càng sát càng tốt', 'sát'],
})
const ROLE = choice({ target: ['chỉ tiêu', 'giao'], projection: ['dự báo', 'ước tính'] })
const CHANGE_UNIT = choice({ '%': ['phần trăm'], pp: ['điểm phần trăm', 'điểm %'], x: ['lần'] })

const year = (of: string) => required(['Năm', 'year'], YEAR, `Năm ${of}`, 2024)
const CLUSTER_TITLES: Titles = ['Mã cụm, khối', 'cluster', 'cụm, khối', 'cụm', 'khối', 'bloc']
const UNIT_TITLES: Titles = ['Đơn vị', 'unit', 'mã đơn vị', 'tên đơn vị']
const cluster = required(CLUSTER_TITLES, TEXT, 'Mã hoặc tên cụm, khối thi đua', 'cum-so-1')
const unit = required(UNIT_TITLES, TEXT, 'Mã hoặc tên đầy đủ của đơn vị', '901')
const NAME_EN: Titles = ['Tên tiếng Anh', 'name en', 'english name']

export const SHEETS = {
  units: {
    titles: ['Đơn vị', 'units', 'unit'],
    columns: {
      code: required(['Mã đơn vị', 'code', 'mã'], TEXT, 'Mã Tổng cục Thống kê; với sở, ngành: mã tự đặt', '901'),
      name: required(['Tên đơn vị', 'name', 'tên'], TEXT, 'Tên đầy đủ, kèm loại', 'Huyện Ví Dụ'),
      nameEn: optional(NAME_EN, TEXT, 'Bỏ trống: đặt theo tên và loại'),
      kind: required(['Loại', 'kind', 'loại đơn vị'], TEXT, 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …', 'Huyện'),
      level: required(['Cấp', 'level'], LEVEL, 'cả nước, tỉnh, huyện, xã, sở, tổ chức', 'huyện'),
      parent: optional(['Mã đơn vị cấp trên', 'parent', 'cấp trên', 'trực thuộc'], TEXT, 'Bỏ trống: không có', '90'),
      from: optional(['Từ ngày', 'from', 'thành lập ngày'], DAY, 'Ngày đầu tiên; bỏ trống: từ trước'),
      decision: optional(['Quyết định', 'decision', 'nguồn', 'source'], TEXT, 'Văn bản thành lập'),
    },
  },
  clusters: {
    titles: ['Cụm, khối', 'clusters', 'cụm', 'cụm khối', 'cụm và khối', 'cluster'],
    columns: {
      code: required(['Mã cụm, khối', 'code', 'mã'], SLUG, 'Chữ thường không dấu, số, gạch nối', 'cum-so-1'),
      name: required(['Tên cụm, khối', 'name', 'tên'], TEXT, 'Tên đầy đủ', 'Cụm thi đua số 1'),
      nameEn: optional(NAME_EN, TEXT, 'Bỏ trống: như tên'),
      kind: required(['Loại', 'kind'], CLUSTER_KIND, 'cụm (các huyện, xã) hoặc khối (các sở, ngành)', 'cụm'),
      firstYear: required(
        ['Từ năm', 'first year', 'năm', 'year'],
        YEAR,
        'Năm thi đua đầu tiên, hoặc đầu tiên mang tên này',
        2024,
      ),
    },
  },
  members: {
    titles: ['Thành viên', 'members', 'member'],
    columns: { year: year('thi đua'), cluster, unit },
  },
  heads: {
    titles: ['Trưởng cụm, khối', 'heads', 'trưởng cụm', 'trưởng khối', 'head'],
    columns: { year: year('thi đua'), cluster, unit },
  },
  deadlines: {
    titles: ['Thời hạn', 'deadlines', 'deadline'],
    columns: {
      year: year('thi đua'),
      cluster: optional(CLUSTER_TITLES, TEXT, 'Chỉ ghi khi là thời hạn riêng của một cụm, khối; bỏ trống: mọi đơn vị'),
      kind: required(
        ['Việc', 'kind', 'loại', 'nội dung'],
        FILING_KIND,
        'giao ước, kế hoạch, sơ kết, tổng kết, nhiệm vụ, tự chấm điểm, thẩm định điểm',
        'giao ước',
      ),
      dueOn: required(
        ['Ngày cuối', 'due on', 'hạn', 'ngày', 'due', 'date'],
        DAY,
        'Ngày cuối còn đúng hạn',
        '31/03/2024',
      ),
    },
  },
  directive: {
    titles: ['Chỉ thị', 'directive', 'directives'],
    columns: {
      id: required(['Số, ký hiệu', 'number', 'id', 'số hiệu'], TEXT, 'Số văn bản; với khối: số giao ước', '01/CT-UBND'),
      year: year('phải đạt các chỉ tiêu'),
      cluster: optional(CLUSTER_TITLES, TEXT, 'Chỉ ghi khi chỉ ràng buộc một cụm, khối; bỏ trống: mọi đơn vị'),
      unit: optional(['Đơn vị ban hành', 'unit'], TEXT, 'Chỉ ghi khi chỉ ràng buộc các đơn vị trực thuộc đơn vị này'),
      title: required(
        ['Tên văn bản', 'title', 'tên', 'trích yếu'],
        TEXT,
        'Trích yếu',
        'Chỉ thị về phong trào thi đua năm 2024',
      ),
      titleEn: optional(['Tên tiếng Anh', 'title en'], TEXT, 'Bỏ trống: như tên'),
      issuer: required(['Cơ quan ban hành', 'issuer'], TEXT, 'Cơ quan', 'UBND tỉnh Ví Dụ'),
      issuerEn: optional(['Cơ quan, tiếng Anh', 'issuer en'], TEXT, 'Bỏ trống: như tên'),
      issuedOn: required(['Ngày ban hành', 'issued on', 'ngày'], DAY, 'Ngày ký', '15/01/2024'),
      level: optional(['Cấp', 'level'], DIRECTIVE_LEVEL, 'Tổng số là của cấp nào; bỏ trống: tỉnh', 'tỉnh'),
      checkedOn: required(
        ['Ngày đối chiếu', 'checked on'],
        DAY,
        'Ngày so số và trích dẫn với văn bản lần cuối',
        '20/01/2024',
      ),
    },
  },
  indicators: {
    titles: ['Chỉ tiêu', 'indicators', 'indicator'],
    columns: {
      directive: optional(
        ['Số, ký hiệu chỉ thị', 'directive', 'chỉ thị', 'số, ký hiệu'],
        TEXT,
        'Của văn bản nào; bỏ trống khi chỉ có một',
        '01/CT-UBND',
      ),
      id: required(['Mã chỉ tiêu', 'id', 'indicator', 'mã'], SLUG, 'Tiếng Anh, giữ nguyên qua các năm', 'poverty-rate'),
      name: required(['Tên chỉ tiêu', 'name', 'tên', 'chỉ tiêu'], TEXT, 'Tên', 'Tỷ lệ hộ nghèo'),
      nameEn: optional(NAME_EN, TEXT, 'Bỏ trống: như tên'),
      section: required(['Mục', 'section'], TEXT, 'Mục của văn bản', '3.1'),
      unit: required(['Đơn vị tính', 'unit'], TEXT, 'Như văn bản ghi', '%'),
      unitCode: optional(
        ['Mã đơn vị tính', 'unit code'],
        SLUG,
        'Bỏ trống: đặt theo đơn vị tính (% là percent, người là person …)',
      ),
      unitEn: optional(['Đơn vị tính, tiếng Anh', 'unit en'], TEXT, 'Bỏ trống: như đơn vị tính'),
      comparator: required(['Dấu', 'comparator', 'so sánh'], COMPARATOR, '>=, >, <=, <, =, ~, từ … đến, duy trì', '<='),
      value: optional(['Mục tiêu', 'target', 'value', 'giá trị'], NUMBER, 'Số; "từ … đến" ghi số thấp', 24.5),
      high: optional(['Đến', 'high', 'to'], NUMBER, 'Số cao của "từ … đến"'),
      better: optional(['Chiều', 'better'], BETTER, 'Chỉ ghi khi dấu là ~ hoặc "từ … đến": cao, thấp, sát'),
      quote: required(
        ['Trích nguyên văn', 'quote', 'trích'],
        TEXT,
        'Nguyên văn, kèm số',
        'giảm tỷ lệ hộ nghèo còn 24,5%',
      ),
      measure: required(['Cách tính', 'measure'], MEASURE, 'lũy kế, thời điểm, tỷ lệ, duy trì', 'tỷ lệ'),
      extent: optional(
        ['Cộng các đơn vị', 'extent'],
        EXTENT,
        'cộng được hoặc không cộng được; bỏ trống: tỷ lệ và duy trì không cộng được, còn lại cộng được',
      ),
      levels: required(
        ['Tính ở cấp', 'levels', 'các cấp'],
        several(DIRECTIVE_LEVEL),
        'Các cấp có số liệu',
        'tỉnh, huyện',
      ),
      role: optional(['Vai trò', 'role'], ROLE, 'chỉ tiêu (bỏ trống) hoặc dự báo, không chấm'),
      baseline: optional(['Năm trước', 'baseline', 'thực hiện năm trước'], NUMBER, 'Số của năm trước', 27.1),
      change: optional(['Tăng giảm', 'change'], NUMBER, 'Tăng (+) hay giảm (-) bao nhiêu, nếu văn bản ghi'),
      changeUnit: optional(['Tăng giảm tính bằng', 'change unit'], CHANGE_UNIT, '%, điểm phần trăm, lần'),
      changeAgainst: optional(['So với năm', 'against', 'change against'], YEAR, 'Năm so sánh'),
      growth: optional(['Tốc độ tăng', 'growth'], YES, 'có: chính chỉ tiêu là tốc độ tăng'),
      main: optional(['Chủ yếu', 'main', 'chỉ tiêu chủ yếu'], YES, 'có: là chỉ tiêu chủ yếu', 'có'),
      partOf: optional(['Là phần của', 'part of'], SLUG, 'Mã chỉ tiêu mà nó là một phần ("trong đó")'),
      responsible: optional(['Cơ quan chịu trách nhiệm', 'responsible'], TEXT, 'Cơ quan', 'Sở Ví Dụ'),
      closesOn: optional(['Chốt số liệu', 'closes on'], MONTH_DAY, 'Ngày chốt trong năm; bỏ trống: 31/12'),
      interpretation: optional(['Cách hiểu', 'interpretation'], TEXT, 'Điều văn bản để ngỏ, và đã hiểu thế nào'),
    },
  },
  targets: {
    titles: ['Chỉ tiêu giao', 'targets', 'target', 'giao chỉ tiêu'],
    columns: {
      year: year('phải đạt'),
      unit,
      indicator: required(['Mã chỉ tiêu', 'indicator', 'chỉ tiêu'], TEXT, 'Mã chỉ tiêu', 'poverty-rate'),
      value: required(['Mục tiêu', 'value', 'target', 'giá trị'], NUMBER, 'Số giao cho đơn vị', 26),
      comparator: optional(['Dấu', 'comparator'], NUMERIC_COMPARATOR, 'Bỏ trống: như chỉ thị'),
      baseline: optional(
        ['Năm trước', 'baseline'],
        NUMBER,
        'Số năm trước của đơn vị; bỏ trống: theo số liệu đã nhập',
        29.3,
      ),
      from: optional(['Từ ngày', 'from', 'valid from'], DAY, 'Bỏ trống: từ 01/01 của năm'),
    },
  },
} as const satisfies Record<
  string,
  { readonly titles: readonly string[]; readonly columns: Record<string, Column<unknown>> }
>

export type SheetKey = keyof typeof SHEETS
export const SHEET_KEYS = Object.keys(SHEETS) as SheetKey[]
export type ColumnKey<K extends SheetKey> = keyof (typeof SHEETS)[K]['columns'] & string

type ValueOf<C> = C extends Column<infer T, infer R> ? (R extends true ? T : T | null) : never

/** What a row says. */
export type RowValues<K extends SheetKey> = {
  readonly [C in ColumnKey<K>]: ValueOf<(typeof SHEETS)[K]['columns'][C]>
}
