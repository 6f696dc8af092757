// SYNTHETIC: a province that nobody lives in, in the far north-west, as workbooks that set it up. No code of it is GSO's.
import writeXlsxFile from 'write-excel-file/node'

type Cell = string | number | null
/** Sheets by name: rows, the header first. */
export type Sheets = Readonly<Record<string, readonly (readonly Cell[])[]>>

export const xlsx = (sheets: Sheets): Promise<Buffer> =>
  writeXlsxFile(
    Object.entries(sheets).map(([sheet, data]) => ({ sheet, data: data.map((row) => [...row]) })),
  ).toBuffer()

/** The columns of the sheet of what becomes of units. */
export const UNIT_CHANGES = [
  'Từ ngày',
  'Thay đổi',
  'Đơn vị cũ',
  'Mã mới',
  'Tên mới',
  'Loại',
  'Cấp',
  'Mã đơn vị cấp trên',
  'Quyết định',
]

const COMMUNES = [
  ['97101', 'Xã Nậm Mẫu', '971'],
  ['97102', 'Xã Pa Mẫu', '971'],
  ['97103', 'Thị trấn Mường Mẫu', '971'],
  ['97201', 'Xã Sìn Mẫu', '972'],
  ['97202', 'Xã Tả Mẫu', '972'],
  ['97301', 'Xã Tân Mẫu', '973'],
  ['97401', 'Phường Đoàn Mẫu', '974'],
] as const

const UNITS: Sheets[string] = [
  ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cấp trên'],
  ['97', 'Tỉnh Lai Mẫu', 'Tỉnh', 'tỉnh', null],
  // A spreadsheet may hold codes as numbers.
  [971, 'Huyện Mường Mẫu', 'Huyện', 'huyện', 97],
  [972, 'Huyện Sìn Mẫu', 'Huyện', 'huyện', 97],
  ['973', 'Huyện Tân Mẫu', 'Huyện', 'huyện', '97'],
  ['974', 'Thành phố Lai Mẫu', 'Thành phố', 'huyện', '97'],
  ...COMMUNES.map(([code, name, parent]) => [code, name, name.split(' ')[0] as string, 'xã', parent]),
  ['so-tai-chinh', 'Sở Tài chính (mẫu)', 'Sở', 'sở', '97'],
  ['so-noi-vu', 'Sở Nội vụ (mẫu)', 'Sở', 'sở', '97'],
  ['so-tu-phap', 'Sở Tư pháp (mẫu)', 'Sở', 'sở', '97'],
]

const DIRECTIVE_HEADER = [
  'Số, ký hiệu',
  'Năm',
  'Mã cụm, khối',
  'Tên văn bản',
  'Cơ quan ban hành',
  'Ngày ban hành',
  'Cấp',
  'Ngày đối chiếu',
]

const INDICATOR_HEADER = [
  'Số, ký hiệu chỉ thị',
  'Mã chỉ tiêu',
  'Tên chỉ tiêu',
  'Mục',
  'Đơn vị tính',
  'Dấu',
  'Mục tiêu',
  'Trích nguyên văn',
  'Cách tính',
  'Cộng các đơn vị',
  'Tính ở cấp',
  'Năm trước',
  'Tốc độ tăng',
  'Chủ yếu',
]

/** What the province asks of a year: poverty, revenue and forest are as the year before them left them. */
const indicatorsOf = (year: number, poverty: number, revenue: number, before: readonly [number, number]): Cell[][] => {
  const of = `01/CT-UBND-${year}`
  const all = 'tỉnh, huyện, xã'
  return [
    [
      of,
      'grdp-growth',
      'Tốc độ tăng GRDP',
      '1',
      '%',
      '>=',
      9,
      'GRDP tăng 9% trở lên',
      'tỷ lệ',
      null,
      'tỉnh',
      null,
      'có',
      'có',
    ],
    [
      of,
      'poverty-rate',
      'Tỷ lệ hộ nghèo',
      '2',
      '%',
      '<=',
      poverty,
      `tỷ lệ hộ nghèo còn ${poverty}%`,
      'tỷ lệ',
      null,
      all,
      before[0],
      null,
      'có',
    ],
    [
      of,
      'budget-revenue',
      'Thu ngân sách',
      '1',
      'tỷ đồng',
      '>=',
      revenue,
      `thu ngân sách ${revenue} tỷ đồng`,
      'lũy kế',
      null,
      'tỉnh, huyện',
      before[1],
      null,
      'có',
    ],
    [
      of,
      'forest-cover',
      'Tỷ lệ che phủ rừng',
      '3',
      '%',
      '>=',
      52,
      'tỷ lệ che phủ rừng đạt 52%',
      'tỷ lệ',
      null,
      'tỉnh, huyện',
      null,
      null,
      null,
    ],
    [
      of,
      'new-rural-communes',
      'Xã đạt chuẩn nông thôn mới',
      '2',
      'xã',
      '>=',
      3,
      '3 xã đạt chuẩn nông thôn mới',
      'thời điểm',
      'cộng được',
      'tỉnh, huyện',
      null,
      null,
      null,
    ],
    [
      of,
      'literacy-kept',
      'Duy trì phổ cập giáo dục',
      '4',
      'duy trì',
      'duy trì',
      null,
      'duy trì kết quả phổ cập giáo dục',
      'duy trì',
      null,
      all,
      null,
      null,
      null,
    ],
  ]
}

const BLOC_INDICATORS: Cell[][] = [
  [
    '01/GƯ-KTH-2024',
    'files-in-time',
    'Hồ sơ giải quyết đúng hạn',
    '1',
    '%',
    '>=',
    98,
    'đúng hạn 98% trở lên',
    'tỷ lệ',
    null,
    'sở',
    null,
    null,
    'có',
  ],
  [
    '01/GƯ-KTH-2024',
    'late-reports',
    'Báo cáo nộp chậm',
    '1',
    'báo cáo',
    '<=',
    2,
    'không quá 2 báo cáo nộp chậm',
    'lũy kế',
    null,
    'sở',
    null,
    null,
    null,
  ],
]

const MEMBERS = [
  ['cum-cao', '971'],
  ['cum-cao', 'Huyện Sìn Mẫu'],
  ['Cụm thi đua số 2', '973'],
  ['cum-thap', '974'],
  ['khoi-tong-hop', 'so-tai-chinh'],
  ['khoi-tong-hop', 'so-noi-vu'],
  ['khoi-tong-hop', 'Sở Tư pháp (mẫu)'],
] as const

const of = (year: number, rows: readonly (readonly Cell[])[]): Cell[][] => rows.map((row) => [year, ...row])
const HEADS = [
  ['cum-cao', '971'],
  ['cum-thap', '973'],
  ['khoi-tong-hop', 'so-noi-vu'],
]

/** Everything of the first year, from nothing. */
export const FIRST_YEAR: Sheets = {
  'Đơn vị': UNITS,
  'Cụm, khối': [
    ['Mã cụm, khối', 'Tên cụm, khối', 'Loại', 'Từ năm'],
    ['cum-cao', 'Cụm thi đua số 1', 'cụm', 2024],
    ['cum-thap', 'Cụm thi đua số 2', 'cụm', 2024],
    ['khoi-tong-hop', 'Khối thi đua tổng hợp', 'khối', 2024],
  ],
  'Thành viên': [['Năm', 'Mã cụm, khối', 'Đơn vị'], ...of(2024, MEMBERS)],
  'Trưởng cụm, khối': [['Năm', 'Mã cụm, khối', 'Đơn vị'], ...of(2024, HEADS)],
  'Thời hạn': [
    ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối'],
    [2024, null, 'giao ước', '31/03/2024'],
    [2024, 'khoi-tong-hop', 'giao ước', '15/04/2024'],
    [2024, null, 'tổng kết', '2025-01-15'],
  ],
  'Chỉ thị': [
    DIRECTIVE_HEADER,
    [
      '01/GƯ-KTH-2024',
      2024,
      'khoi-tong-hop',
      'Giao ước năm 2024 (ví dụ tự đặt)',
      'Khối thi đua tổng hợp',
      '29/02/2024',
      'sở',
      '2026-11-25',
    ],
    [
      '01/CT-UBND-2024',
      2024,
      null,
      'Chỉ thị thi đua năm 2024 (ví dụ tự đặt)',
      'UBND tỉnh Lai Mẫu',
      '15/01/2024',
      null,
      '2026-11-25',
    ],
  ],
  'Chỉ tiêu': [INDICATOR_HEADER, ...indicatorsOf(2024, 24.5, 2000, [27.1, 1850]), ...BLOC_INDICATORS],
  'Chỉ tiêu giao': [
    ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu', 'Dấu', 'Năm trước'],
    [2024, '971', 'poverty-rate', 30, null, 34],
    [2024, '972', 'poverty-rate', 33, null, 36.5],
    [2024, '973', 'budget-revenue', 300, '>=', 280],
    [2024, 'Thành phố Lai Mẫu', 'budget-revenue', '1.250,5', null, 1100],
  ],
}

/** The year after: its directive, with what the first year came to as baselines; in English, as may be. */
export const SECOND_YEAR: Sheets = {
  members: [['year', 'cluster', 'unit'], ...of(2025, MEMBERS.slice(0, 4))],
  heads: [['year', 'cluster', 'unit'], ...of(2025, HEADS.slice(0, 2))],
  'Chỉ thị': [
    DIRECTIVE_HEADER,
    [
      '01/CT-UBND-2025',
      2025,
      null,
      'Chỉ thị thi đua năm 2025 (ví dụ tự đặt)',
      'UBND tỉnh Lai Mẫu',
      '10/01/2025',
      null,
      '2026-11-25',
    ],
  ],
  'Chỉ tiêu': [INDICATOR_HEADER, ...indicatorsOf(2025, 21, 2300, [24.2, 2104])],
  targets: [
    ['year', 'unit', 'indicator', 'target'],
    [2025, '971', 'poverty-rate', 26],
  ],
}

/** Figures of the first year, as a file to import. */
export const FIGURES_2024 = [
  'đơn vị,chỉ tiêu,giá trị',
  ...[
    ['97', 'grdp-growth', 9.4],
    ['97', 'poverty-rate', 24.2],
    ['97', 'budget-revenue', 2104],
    ['971', 'poverty-rate', 29.5],
    ['971', 'budget-revenue', 210],
    ['971', 'new-rural-communes', 1],
    ['971', 'literacy-kept', 1],
    ['972', 'poverty-rate', 34],
    ['972', 'budget-revenue', 150],
    ['972', 'new-rural-communes', 0],
    ['972', 'literacy-kept', 1],
    ['973', 'poverty-rate', 20],
    ['973', 'budget-revenue', 310],
    ['973', 'new-rural-communes', 1],
    ['973', 'literacy-kept', 1],
    ['974', 'poverty-rate', 6],
    ['974', 'budget-revenue', 1260],
    ['974', 'new-rural-communes', 1],
    ['974', 'literacy-kept', 1],
    ['97101', 'poverty-rate', 40],
    ['97102', 'poverty-rate', 30],
    ['so-tai-chinh', 'files-in-time', 99],
    ['so-tai-chinh', 'late-reports', 0],
    ['so-noi-vu', 'files-in-time', 98.5],
    ['so-noi-vu', 'late-reports', 3],
    ['so-tu-phap', 'files-in-time', 95],
    ['so-tu-phap', 'late-reports', 1],
  ].map((row) => row.join(',')),
].join('\n')
