// One unit, units beside each other, and finding them.
import type { Words } from './words.ts'

export const unit = {
  unitsOfDistricts: ['Xã, phường, thị trấn theo huyện, thị xã, thành phố', 'Communes by district'],
  unitsOfProvinces: ['Huyện, xã theo tỉnh', 'Districts and communes by province'],
  ownTargets: ['Mục tiêu được giao riêng', 'Targets of its own'],
  whatItTakes: ['Cần gì để lên hạng', 'What it would take to rise'],
  gap: ['Còn thiếu', 'Missing'],
  goalRank: ['Để vượt đơn vị đứng ngay trên:', 'To pass the unit just above:'],
  goalEligible: ['Để đủ điều kiện xét:', 'To become eligible:'],
  goalNothing: ['Đang đứng đầu cụm.', 'First in its cluster.'],
  goalNone: ['Chưa xếp hạng.', 'Not ranked.'],
  pactSigned: ['ký giao ước thi đua', 'sign the emulation pact'],
  planIssued: ['ban hành kế hoạch thi đua', 'issue the emulation plan'],
  reviewsSubmitted: ['nộp báo cáo sơ kết, tổng kết', 'submit the reviews'],
  disciplined: ['không bị kỷ luật', 'not be disciplined'],
  underInspection: ['không còn vụ việc đang thanh tra, kiểm tra', 'no case under inspection'],
  notReachable: ['Không thể chỉ bằng số liệu còn lại', 'Not by the remaining figures alone'],
  compareIt: ['So sánh với đơn vị khác', 'Compare with others'],
  comparisonHelp: ['Chọn hai đến bốn đơn vị để đặt cạnh nhau.', 'Choose two to four units to see beside each other.'],
  remove: ['Bỏ', 'Remove'],
  addUnit: ['Thêm đơn vị', 'Add a unit'],
  chooseTwo: ['Chọn thêm đơn vị để so sánh.', 'Choose one more unit to compare.'],
  nothingToCompare: [
    'Không đơn vị nào trong số này có số liệu được công bố.',
    'None of these units has a published figure.',
  ],
  unitHint: ['tên hoặc mã đơn vị', 'name or code'],
  searchHint: ['Tìm đơn vị, chỉ tiêu, nhiệm vụ', 'Units, indicators, duties'],
  nothingFound: ['Không tìm thấy', 'Nothing found'],
  unknownUnits: ['Không có đơn vị mang mã', 'There is no unit of the code'],
  comparedMost: [
    'Chỉ so sánh được tối đa bốn đơn vị cùng lúc; không hiển thị:',
    'Four units stand beside each other at most; left out:',
  ],
  found: ['kết quả', 'found'],
  pages: ['Trang', 'Pages'],
} as const satisfies Words
