// An empty workbook to fill in: all sheets, and in each what its columns hold and an example, which are not read.
import writeXlsxFile from 'write-excel-file/node'
import { timelessZip } from '../timeless-zip.ts'
import { type Column, SHEET_KEYS, SHEETS } from './sheets.ts'

const ABOUT = [
  'Sổ tính này lập một tỉnh, một năm hoặc một khối: đơn vị và thay đổi của đơn vị, cụm, khối, chỉ thị, chỉ tiêu, thành viên, thời hạn, chỉ tiêu giao.',
  'Trang nào không cần thì để trống hoặc xóa đi. Cột có dấu * là bắt buộc. Tiêu đề tiếng Việt hoặc tiếng Anh đều được.',
  'Dòng bắt đầu bằng "Giải thích:" hoặc "Ví dụ:" không được đọc: ghi từ dòng tiếp theo.',
  'Kiểm tra trước: dienbien setup TỆP --dry-run --source "…"; mỗi ô sai được nêu tên, và khi còn ô sai thì không lưu gì.',
  'Ghi lại những gì đã có thì không đổi gì; nguồn (--source) là văn bản quyết định.',
]

/** The workbook as XLSX. */
export async function setUpTemplate(): Promise<Buffer> {
  const sheets = SHEET_KEYS.map((key) => {
    const columns: Readonly<Record<string, Column<unknown>>> = SHEETS[key].columns
    const all = Object.values(columns)
    return {
      sheet: SHEETS[key].titles[0],
      columns: all.map(({ titles: [title] }) => ({ width: Math.max(14, title.length + 4) })),
      stickyRowsCount: 1,
      data: [
        all.map(({ titles: [title], required }) => ({
          value: required ? `${title} *` : title,
          fontWeight: 'bold' as const,
        })),
        all.map(({ note }, i) => ({ value: i === 0 ? `Giải thích: ${note}` : note, ...FOR_PEOPLE, wrap: true })),
        all.map(({ example }, i) =>
          i === 0 ? { value: `Ví dụ: ${example ?? ''}`, ...FOR_PEOPLE } : exampleCell(example),
        ),
      ],
    }
  })
  const about = { sheet: 'Ghi chú', columns: [{ width: 120 }], data: ABOUT.map((value) => [{ value, wrap: true }]) }
  return timelessZip(await writeXlsxFile([about, ...sheets]).toBuffer())
}

const FOR_PEOPLE = { fontStyle: 'italic', textColor: '#777777' } as const
const exampleCell = (value: string | number | null) => (value === null ? null : { value, ...FOR_PEOPLE })
