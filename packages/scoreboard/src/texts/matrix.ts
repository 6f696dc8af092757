// Units by indicators.
import type { Words } from './words.ts'

export const matrix = {
  sortBy: ['Sắp theo', 'Sort by'],
  byName: ['tên', 'name'],
  byMet: ['số chỉ tiêu đạt', 'targets met'],
  byColumn: ['cột đã chọn', 'the chosen column'],
  gridHelp: ['Dùng phím mũi tên để đi, Enter để mở giải thích.', 'Arrow keys move, Enter opens the explanation.'],
  seeProvince: ['Xem số liệu của tỉnh', "See the province's figures"],
  showEmpty: ['Vẫn hiện bảng trống', 'Show the empty table'],
  columns: ['Cột', 'Columns'],
  columnsSome: ['có giao chỉ tiêu', 'with targets'],
  columnsFigures: ['có số liệu', 'with figures'],
  matrixHelp: ['Phần trăm: mức hoàn thành. * : số liệu giả lập.', 'Percent: completion. *: synthetic.'],
  starHelp: ['Dấu *: số liệu giả lập.', '*: synthetic.'],
  noMatrix: ['Không có đơn vị hoặc chỉ tiêu nào theo lựa chọn này.', 'No units or indicators by this choice.'],
  wall: ['Toàn màn hình', 'Wall'],
  wallEnd: ['Thoát toàn màn hình', 'Leave the wall'],
} as const satisfies Words
