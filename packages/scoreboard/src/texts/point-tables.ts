// Point tables that clusters have adopted, and what they come to.
import type { Words } from './words.ts'

export const pointTables = {
  byTable: ['Xếp hạng theo bảng tiêu chí của cụm, khối', "Ranked by the cluster's own point table"],
  adoptedBy: ['thông qua theo văn bản số', 'adopted by document'],
  adoptedOn: ['ngày', 'of'],
  totalOf: ['tổng điểm', 'in all'],
  grade: ['Xếp loại', 'Grade'],
  noGrade: ['chưa xếp loại', 'no grade'],
  byDefault: [
    'Cụm, khối này chưa thông qua bảng tiêu chí: xếp theo cách chấm mặc định của chúng tôi, không phải của tỉnh.',
    "This cluster has adopted no point table: ranked by this software's default, not the province's.",
  ],
  besideDefault: ['Để so sánh: theo cách chấm mặc định của chúng tôi', "To compare: by this software's default policy"],
  tableItself: ['Bảng tiêu chí và điểm từng mục', 'The table, and the points of each criterion'],
  pointsOf: ['Điểm của', 'Points of'],
  criterion: ['Tiêu chí', 'Criterion'],
  mostPoints: ['Điểm tối đa', 'Most'],
  pointsGiven: ['Điểm đạt', 'Given'],
  howGiven: ['Cách chấm', 'How it is given'],
  fromWhat: ['Căn cứ', 'From what'],
  outsideScale: ['cộng, trừ ngoài thang điểm', 'outside the scale'],
  notCounted: ['không tính', 'does not count'],
  limitedBy: ['giới hạn', 'limited by'],
  withheldPoints: [
    'Điểm của cụm, khối chưa được công bố: chỉ thành viên và hội đồng xem được.',
    'The points of this cluster are not published yet: members and the council may see them.',
  ],
  seeRanking: ['Xem xếp hạng', 'See the ranking'],
  clauseGiven: ['do người chấm cho điểm', 'given by an assessor'],
  clauseChildren: ['cộng các mục con', 'the sum of its parts'],
  clauseMissing: ['chưa có số liệu', 'no figure'],
  clauseNotAssigned: ['không được giao', 'not assigned'],
  clauseCondition: ['không thỏa điều kiện', 'a condition does not hold'],
  clauseRule: ['theo số liệu', 'by the figure'],
  factOf: ['Hồ sơ', 'Recorded fact'],
} as const satisfies Words
