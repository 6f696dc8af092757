// The province at a glance.
import type { Words } from './words.ts'

export const overview = {
  attention: ['Cần chú ý', 'Needs attention'],
  attentionNone: ['Không chỉ tiêu nào chậm hoặc không đạt', 'No target is behind or missed'],
  changed: ['Thay đổi từ kỳ trước', 'Changed since'],
  province: ['Toàn tỉnh', 'The province'],
  nation: ['Cả nước', 'The nation'],
  provinces: ['Các tỉnh, thành phố', 'The provinces'],
  districts: ['Các huyện', 'The districts'],
  communes: ['Các xã', 'The communes'],
  tiles: ['Các đơn vị', 'The units'],
  targetsOf: ['chỉ tiêu năm', 'targets of'],
  upTo: ['Đến ngày', 'Up to'],
  figuresFrom: ['Số liệu của các ngày', 'Figures of'],
  newFigure: ['số liệu mới:', 'new figure:'],
  leaders: ['Dẫn đầu các cụm, khối', 'Leaders of the clusters'],
  sure: [
    'vẫn đứng đầu khi đổi trọng số và bổ sung số liệu thiếu',
    'first whatever the weights and the missing figures',
  ],
  unsure: [
    'nếu đổi trọng số hoặc bổ sung số liệu thiếu, có thể xuống hạng',
    'with other weights or the missing figures down to rank',
  ],
  colouredBy: ['Tô màu theo', 'Coloured by'],
  shareMet: ['tỷ lệ chỉ tiêu đạt', 'share of targets met'],
  shareKnown: ['tỷ lệ chỉ tiêu có số liệu', 'share of targets with figures'],
  nothingPublished: [
    'Số liệu thực hiện của từng đơn vị dưới tỉnh không được công bố.',
    'Results of units below the province are not published.',
  ],
  publishedTargets: ['Mục tiêu huyện đã công bố', 'Published targets of districts'],
  map: ['Sơ đồ các huyện (không theo tỷ lệ)', 'Schematic map of the districts'],
} as const satisfies Words
