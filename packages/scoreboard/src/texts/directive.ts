// What the directive says, and how it is read.
import type { Words } from './words.ts'

export const directive = {
  quote: ['Chỉ thị viết', 'The directive says'],
  asPrinted: ['bản chụp in', 'the scan has'],
  quoteSection: ['mục', 'section'],
  erratum: ['Điểm chưa thống nhất trong văn bản', 'Erratum'],
  errata: ['Điểm chưa thống nhất trong văn bản', 'Errata of the text'],
  interpretation: ['Cách hiểu', 'Reading'],
  checkedOn: ['Đối chiếu với văn bản ngày', 'Compared with the text on'],
  baseline: ['Năm trước', 'The year before'],
  projection: ['Dự báo của chỉ thị, không chấm điểm', "The directive's projection, never scored"],
  allocation: ['Phân bổ mục tiêu', 'Allocation of the total'],
  assigned: ['đã giao', 'assigned'],
  unassigned: ['chưa giao', 'not assigned'],
  duties: ['Nhiệm vụ', 'Duties'],
  due: ['Hạn', 'Due'],
  evidence: ['Minh chứng', 'Evidence'],
  unitsOf: ['Các đơn vị', 'The units'],
  noneOfUnits: [
    'Không đơn vị nào của cấp này có số liệu hoặc mục tiêu về chỉ tiêu này.',
    'No unit of this level has a figure or a target here.',
  ],
} as const satisfies Words
