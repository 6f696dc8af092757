// The sheets of the workbook that sets up a province, a year or a bloc: their columns, what each holds, and an example.
import { type CellKind, DAY, DUE_DAY, MONTH_DAY, NUMBER, SLUG, several, TEXT, YEAR, YES } from './cell-kinds.ts'
import {
  BETTER,
  CHANGE_UNIT,
  CLUSTER_KIND,
  COMPARATOR,
  DIRECTIVE_LEVEL,
  EXTENT,
  FILING_KIND,
  LEVEL,
  MEASURE,
  NUMERIC_COMPARATOR,
  ROLE,
  UNIT_CHANGE,
} from './choices.ts'

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
      aliases: optional(
        ['Tên gọi khác', 'aliases', 'tên khác'],
        several(TEXT, /;/),
        'Tên khác trong các báo cáo; nhiều tên: cách nhau bằng dấu chấm phẩy',
      ),
      kind: required(['Loại', 'kind', 'loại đơn vị'], TEXT, 'Tỉnh, Huyện, Xã, Phường, Thị trấn, Sở …', 'Huyện'),
      level: required(['Cấp', 'level'], LEVEL, 'cả nước, tỉnh, huyện, xã, sở, tổ chức', 'huyện'),
      parent: optional(
        ['Mã đơn vị cấp trên', 'parent', 'cấp trên', 'trực thuộc'],
        TEXT,
        'Mã hoặc tên đầy đủ; chỉ đơn vị cao nhất bỏ trống',
        '90',
      ),
      from: optional(['Từ ngày', 'from', 'thành lập ngày'], DAY, 'Ngày đầu tiên; bỏ trống: từ trước'),
      decision: optional(['Quyết định', 'decision', 'nguồn', 'source'], TEXT, 'Văn bản thành lập'),
    },
  },
  unitChanges: {
    titles: ['Thay đổi đơn vị', 'unit changes', 'changes of units', 'sáp nhập, chia tách'],
    columns: {
      from: required(['Từ ngày', 'from', 'ngày', 'có hiệu lực từ'], DAY, 'Ngày đầu tiên sau thay đổi', '01/07/2025'),
      change: required(
        ['Thay đổi', 'change', 'việc'],
        UNIT_CHANGE,
        'sáp nhập, chia tách (thành đơn vị mới); chuyển, đổi tên (của đơn vị cũ); kết thúc',
        'sáp nhập',
      ),
      unit: required(
        ['Đơn vị cũ', 'unit', 'units', 'đơn vị'],
        TEXT,
        'Mã hoặc tên đầy đủ vào ngày trước đó; nhiều đơn vị: cách nhau bằng dấu phẩy hoặc chấm phẩy',
        '90101, 90102',
      ),
      code: optional(['Mã mới', 'code', 'mã'], TEXT, 'Bắt buộc khi sáp nhập, chia tách; có thể là mã cũ', '90105'),
      name: optional(['Tên mới', 'name', 'tên'], TEXT, 'Bắt buộc khi sáp nhập, chia tách', 'Xã Ví Dụ'),
      nameEn: optional(NAME_EN, TEXT, 'Bỏ trống: đặt theo tên và loại'),
      kind: optional(['Loại', 'kind', 'loại mới'], TEXT, 'Bắt buộc khi sáp nhập, chia tách', 'Xã'),
      level: optional(['Cấp', 'level'], LEVEL, 'Bắt buộc khi sáp nhập, chia tách; không đổi được', 'xã'),
      parent: optional(
        ['Mã đơn vị cấp trên', 'parent', 'cấp trên', 'cấp trên mới'],
        TEXT,
        'Bắt buộc khi chuyển, sáp nhập, chia tách (trừ đơn vị cao nhất); đổi tên: bỏ trống là như cũ',
        '901',
      ),
      decision: optional(
        ['Quyết định', 'decision', 'nghị quyết', 'nguồn', 'source'],
        TEXT,
        'Số, ngày của văn bản; bỏ trống: theo --source',
        'Nghị quyết 12/NQ',
      ),
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
    columns: {
      year: year('thi đua'),
      cluster,
      unit,
      movedFrom: optional(
        ['Chuyển từ cụm, khối', 'moved from', 'chuyển từ'],
        TEXT,
        'Chỉ ghi khi năm đó đơn vị đang ở cụm, khối khác: mã hoặc tên cụm, khối ấy',
      ),
    },
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
        DUE_DAY,
        'Ngày cuối còn đúng hạn; "bỏ": bỏ thời hạn đã đặt',
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
      denominator: optional(
        ['Mẫu số của tỷ lệ', 'denominator', 'mẫu số'],
        TEXT,
        'Để tính chung tỷ lệ của nhiều đơn vị: xã (số xã), hoặc mã chỉ tiêu là mẫu số',
      ),
      numerator: optional(
        ['Tử số của tỷ lệ', 'numerator', 'tử số'],
        SLUG,
        'Thay cho mẫu số: mã chỉ tiêu là tử số',
        'poor-households',
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
