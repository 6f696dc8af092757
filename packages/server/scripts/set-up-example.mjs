// SYNTHETIC: the province of docs/set-up.md, which nobody lives in. `node packages/server/scripts/set-up-example.mjs` writes
// the workbooks and figures of examples/set-up; a test holds them against this.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import writeXlsxFile from 'write-excel-file/node'

const FOLDER = new URL('../../../examples/set-up/', import.meta.url)
const NOTE = 'Dữ liệu tự đặt để minh họa (synthetic), không phải của một tỉnh nào.'

const UNITS = [
  ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cấp trên'],
  ['98', 'Tỉnh Sơn Hà', 'Tỉnh', 'tỉnh', null],
  ['981', 'Huyện Bắc Sơn', 'Huyện', 'huyện', '98'],
  ['982', 'Huyện Nam Sơn', 'Huyện', 'huyện', '98'],
  ['983', 'Thị xã Bến Hà', 'Thị xã', 'huyện', '98'],
  ['984', 'Huyện Đông Sơn', 'Huyện', 'huyện', '98'],
  ['98101', 'Xã Suối Bạc', 'Xã', 'xã', '981'],
  ['98102', 'Xã Suối Vàng', 'Xã', 'xã', '981'],
  ['98201', 'Xã Đồi Chè', 'Xã', 'xã', '982'],
  ['98301', 'Phường Bến Sông', 'Phường', 'xã', '983'],
  ['98401', 'Xã Hang Đá', 'Xã', 'xã', '984'],
  ['so-y-te', 'Sở Y tế', 'Sở', 'sở', '98'],
  ['so-giao-duc', 'Sở Giáo dục và Đào tạo', 'Sở', 'sở', '98'],
  ['so-van-hoa', 'Sở Văn hóa, Thể thao và Du lịch', 'Sở', 'sở', '98'],
]

const MEMBERS = [
  ['cum-vung-doi', '981'],
  ['cum-vung-doi', 'Huyện Đông Sơn'],
  ['cum-ven-song', '982'],
  ['cum-ven-song', '983'],
  ['khoi-van-xa', 'so-y-te'],
  ['khoi-van-xa', 'so-giao-duc'],
  ['khoi-van-xa', 'so-van-hoa'],
]
const HEADS = [
  ['cum-vung-doi', '984'],
  ['cum-ven-song', '983'],
  ['khoi-van-xa', 'so-giao-duc'],
]
const OF_YEAR = ['Năm', 'Mã cụm, khối', 'Đơn vị']
const of = (year, rows) => [OF_YEAR, ...rows.map((row) => [year, ...row])]

const DIRECTIVES = [
  'Số, ký hiệu',
  'Năm',
  'Mã cụm, khối',
  'Tên văn bản',
  'Cơ quan ban hành',
  'Ngày ban hành',
  'Cấp',
  'Ngày đối chiếu',
]
const INDICATORS = [
  'Số, ký hiệu chỉ thị',
  'Mã chỉ tiêu',
  'Tên chỉ tiêu',
  'Mục',
  'Đơn vị tính',
  'Dấu',
  'Mục tiêu',
  'Trích nguyên văn',
  'Cách tính',
  'Tính ở cấp',
  'Năm trước',
]

/** What the province asks of a year; the last column is what the year before it came to. */
const asked = (id, [poverty, revenue, forest, water], [povertyBefore, revenueBefore, forestBefore, waterBefore]) => {
  const vi = (number) => String(number).replace('.', ',')
  const all = 'tỉnh, huyện, xã'
  return [
    [
      id,
      'poverty-rate',
      'Tỷ lệ hộ nghèo',
      '2',
      '%',
      '<=',
      poverty,
      `tỷ lệ hộ nghèo còn ${vi(poverty)}%`,
      'tỷ lệ',
      all,
      povertyBefore,
    ],
    [
      id,
      'budget-revenue',
      'Thu ngân sách',
      '1',
      'tỷ đồng',
      '>=',
      revenue,
      `thu ngân sách ${revenue} tỷ đồng`,
      'lũy kế',
      'tỉnh, huyện',
      revenueBefore,
    ],
    [
      id,
      'new-forest',
      'Trồng rừng mới',
      '3',
      'ha',
      '>=',
      forest,
      `trồng mới ${forest} ha rừng`,
      'lũy kế',
      all,
      forestBefore,
    ],
    [
      id,
      'safe-water',
      'Hộ dùng nước hợp vệ sinh',
      '2',
      '%',
      '>=',
      water,
      `${vi(water)}% số hộ dùng nước hợp vệ sinh`,
      'tỷ lệ',
      'tỉnh, huyện',
      waterBefore,
    ],
  ]
}
const PACT = '02/GƯ-KVX'
const OF_THE_BLOC = [
  [
    PACT,
    'files-in-time',
    'Hồ sơ giải quyết đúng hạn',
    '1',
    '%',
    '>=',
    97,
    'đúng hạn từ 97% trở lên',
    'tỷ lệ',
    'sở',
    null,
  ],
  [
    PACT,
    'late-reports',
    'Báo cáo nộp chậm',
    '1',
    'báo cáo',
    '<=',
    1,
    'không quá 1 báo cáo nộp chậm',
    'lũy kế',
    'sở',
    null,
  ],
]
const directiveOf = (id, year, issuedOn) => [
  id,
  year,
  null,
  `Chỉ thị về phong trào thi đua năm ${year}`,
  'UBND tỉnh Sơn Hà',
  issuedOn,
  null,
  issuedOn,
]

const YEAR_2024 = {
  'Đơn vị': UNITS,
  'Cụm, khối': [
    ['Mã cụm, khối', 'Tên cụm, khối', 'Loại', 'Từ năm'],
    ['cum-vung-doi', 'Cụm thi đua vùng đồi', 'cụm', 2024],
    ['cum-ven-song', 'Cụm thi đua ven sông', 'cụm', 2024],
    ['khoi-van-xa', 'Khối thi đua Văn hóa - Xã hội', 'khối', 2024],
  ],
  'Thành viên': of(2024, MEMBERS),
  'Trưởng cụm, khối': of(2024, HEADS),
  'Thời hạn': [
    ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối'],
    [2024, null, 'giao ước', '31/03/2024'],
    [2024, 'khoi-van-xa', 'giao ước', '10/04/2024'],
    [2024, null, 'tổng kết', '15/01/2025'],
  ],
  'Chỉ thị': [
    DIRECTIVES,
    directiveOf('01/CT-UBND', 2024, '12/01/2024'),
    [
      PACT,
      2024,
      'khoi-van-xa',
      'Giao ước thi đua năm 2024',
      'Khối thi đua Văn hóa - Xã hội',
      '20/02/2024',
      'sở',
      '20/02/2024',
    ],
  ],
  'Chỉ tiêu': [INDICATORS, ...asked('01/CT-UBND', [12.5, 3200, 900, 93], [14.2, 2950, 860, 91.4]), ...OF_THE_BLOC],
  'Chỉ tiêu giao': [
    ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu', 'Năm trước'],
    [2024, '981', 'poverty-rate', 18, 20.5],
    [2024, '981', 'budget-revenue', 420, 390],
    [2024, '981', 'new-forest', 380, 350],
    [2024, '984', 'poverty-rate', 21, 23.75],
    [2024, '984', 'budget-revenue', 310, 295],
    [2024, '984', 'new-forest', 300, 310],
    [2024, '982', 'poverty-rate', 9.5, 10.8],
    [2024, '982', 'budget-revenue', 870, 815],
    [2024, 'Thị xã Bến Hà', 'poverty-rate', 4, 4.6],
    [2024, 'Thị xã Bến Hà', 'budget-revenue', '1.600,5', 1450],
  ],
}

/** The first workbook with three cells as people may well write them. */
const WRONG = {
  ...YEAR_2024,
  'Đơn vị': UNITS.map((row) => (row[0] === '982' ? row.with(3, 'quận') : row)),
  'Thời hạn': YEAR_2024['Thời hạn'].map((row) => (row[2] === 'tổng kết' ? row.with(3, '31/02/2025') : row)),
  'Chỉ tiêu giao': YEAR_2024['Chỉ tiêu giao'].map((row) => (row[3] === 420 ? row.with(2, 'budget-revenu') : row)),
}

const YEAR_2025 = {
  'Thành viên': of(2025, MEMBERS.slice(0, 4)),
  'Trưởng cụm, khối': of(2025, HEADS.slice(0, 2)),
  'Chỉ thị': [DIRECTIVES, directiveOf('03/CT-UBND', 2025, '09/01/2025')],
  'Chỉ tiêu': [INDICATORS, ...asked('03/CT-UBND', [10.8, 3500, 950, 95], [12.1, 3290, 905.5, 93.2])],
  'Chỉ tiêu giao': [
    ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu'],
    [2025, '981', 'poverty-rate', 15],
    [2025, '984', 'poverty-rate', 18.5],
  ],
}

const MERGED = {
  'Thay đổi đơn vị': [
    ['Từ ngày', 'Thay đổi', 'Đơn vị cũ', 'Mã mới', 'Tên mới', 'Loại', 'Cấp', 'Mã đơn vị cấp trên', 'Quyết định'],
    [
      '01/07/2025',
      'sáp nhập',
      'Xã Suối Bạc, 98102',
      '98103',
      'Xã Suối Ngọc',
      'Xã',
      'xã',
      '981',
      'Nghị quyết 20/NQ-HĐND',
    ],
    ['01/07/2025', 'đổi tên', '98301', null, 'Phường Bến Hà', null, null, null, 'Nghị quyết 21/NQ-HĐND'],
  ],
  'Thời hạn': [
    ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối'],
    [2024, 'khoi-van-xa', 'giao ước', 'bỏ'],
  ],
}

const figures = (rows) => `${['đơn vị,chỉ tiêu,giá trị', ...rows.map((row) => row.join(','))].join('\n')}\n`
const FIGURES_2024 = [
  ['98', 'poverty-rate', 12.1],
  ['98', 'budget-revenue', 3290],
  ['98', 'new-forest', 905.5],
  ['98', 'safe-water', 93.2],
  ['981', 'poverty-rate', 17.4],
  ['981', 'budget-revenue', 431],
  ['981', 'new-forest', 402.5],
  ['984', 'poverty-rate', 21.3],
  ['984', 'budget-revenue', 318],
  ['984', 'new-forest', 303],
  ['982', 'poverty-rate', 9.1],
  ['982', 'budget-revenue', 865],
  ['983', 'poverty-rate', 3.9],
  ['983', 'budget-revenue', 1676],
  ['98101', 'new-forest', 240],
  ['98102', 'new-forest', 162.5],
  ['so-y-te', 'files-in-time', 98.2],
  ['so-y-te', 'late-reports', 0],
  ['so-giao-duc', 'files-in-time', 97.5],
  ['so-giao-duc', 'late-reports', 2],
  ['so-van-hoa', 'files-in-time', 95.1],
  ['so-van-hoa', 'late-reports', 1],
]

/** The workbooks by the names of their files: sheets by name, rows, the header first. */
export const WORKBOOKS = {
  'nam-2024.xlsx': YEAR_2024,
  'nam-2024-con-sai.xlsx': WRONG,
  'nam-2025.xlsx': YEAR_2025,
  'sap-nhap-2025.xlsx': MERGED,
}
export const FIGURES = { 'so-lieu-2024.csv': figures(FIGURES_2024) }

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, sheets] of Object.entries(WORKBOOKS)) {
    const all = Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))
    const bytes = await writeXlsxFile([{ sheet: 'Ghi chú', data: [[NOTE]] }, ...all]).toBuffer()
    writeFileSync(new URL(name, FOLDER), bytes)
  }
  for (const [name, text] of Object.entries(FIGURES)) writeFileSync(new URL(name, FOLDER), text)
}
