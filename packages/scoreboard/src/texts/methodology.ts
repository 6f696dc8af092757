// How it is reckoned, and the data to take away.
import type { Words } from './words.ts'

export const methodology = {
  judging: ['Đánh giá từng chỉ tiêu', 'How a target is judged'],
  MET_HELP: [
    'giá trị thỏa mục tiêu và là số cuối năm, hoặc không gì đảo ngược được; trong năm, mức và tỷ lệ đạt tính đến ngày của số liệu.',
    'the value satisfies the target and is final, or nothing can undo it; within the year a level or rate is met as of its day.',
  ],
  IN_PROGRESS_HELP: ['năm chưa hết và chưa thể kết luận.', 'the year runs and neither holds yet.'],
  NOT_MET_HELP: [
    'số cuối năm không thỏa mục tiêu, hoặc đã vượt mức trần.',
    'the final figure does not satisfy it, or a ceiling is broken.',
  ],
  UNDECIDED_HELP: [
    'năm đã hết mà số liệu mới nhất chưa phải số cuối năm: không coi là không đạt.',
    'the year is over and the newest figure is not final: never counted as missed.',
  ],
  NO_DATA_HELP: ['chưa ai công bố hoặc báo cáo.', 'nobody has published or reported it.'],
  NOT_APPLICABLE_HELP: ['đơn vị này không được giao chỉ tiêu.', 'this unit has no target for it.'],
  paceLong: [
    'Tiến độ so với phần thời gian đã qua đến ngày của số liệu: vượt khi trên 1,05 lần, chậm khi dưới 0,95 lần.',
    'Pace is against the share of the year over on the day of the figure: ahead above 1.05 times it, behind below 0.95.',
  ],
  lowerUnits: [
    'Tổng của tỉnh không áp cho huyện, xã: đơn vị được xét theo mục tiêu được giao; chỉ tiêu tỷ lệ theo mức tăng, giảm hoặc tỷ lệ chung của chỉ thị.',
    "The province's totals do not bind lower units: each is judged by its assigned target, a rate by the directive's change or common level.",
  ],
  dictionary: ['Định nghĩa các chỉ tiêu', 'Data dictionary'],
  downloads: ['Tải dữ liệu', 'Downloads'],
  downloadsHelp: [
    'Mọi số liệu đang được tính, mỗi số có ngày, loại, nguồn và dấu giả lập.',
    'Every figure that counts, each with its day, kind, source and whether it is synthetic.',
  ],
  dataLicence: [
    'Số liệu thuộc về nguồn ghi ở từng dòng; phần mềm không cấp giấy phép riêng cho số liệu. Khi dùng lại, hãy ghi nguồn, ngày của số liệu và dấu giả lập.',
    'Figures belong to the source in each row; this software grants no licence of its own to them. Whoever uses them again names the source, the day and the synthetic mark.',
  ],
  allFigures: ['Mọi số liệu:', 'All figures:'],
} as const satisfies Words
