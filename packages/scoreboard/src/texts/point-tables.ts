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
  rangeHelpByTable: [
    'Chấm đậm: hạng hiện tại. Vạch: hạng tốt nhất đến kém nhất khi trọng số các mục lớn thay đổi ngẫu nhiên đến một nửa (1.000 lần), khi bỏ bớt một mục lớn, khi tiêu chí chưa có số liệu được điểm cao nhất hoặc không điểm.',
    'Dot: the present rank. Bars: best to worst when the weights of the groups vary at random by up to half (1,000 draws), when one group is left out, when criteria without figures get all or nothing.',
  ],
  groupLeftOut: ['bỏ một mục lớn', 'one group left out'],
  movedBy: ['Hạng thay đổi nếu bỏ mục', 'The rank moves where a group is left out'],
  seatsProposed: ['đề xuất', 'proposed'],
  seatNoneQualifies: [
    'còn suất để trống: không thêm đơn vị nào đủ điều kiện hoặc còn chờ bỏ phiếu',
    'seats stay empty: nobody else qualifies, or a ballot is to settle it',
  ],
  seatOpen: ['còn suất để trống', 'seats stay empty'],
  /** Who draws level rises too: a ballot decides between them. */
  passing: ['Để ngang hoặc vượt', 'To draw level with or pass'],
  figureOf: ['số liệu', 'figure'],
  rankByDefault: [
    'theo cách chấm mặc định của chúng tôi; cụm, khối xếp theo bảng tiêu chí riêng',
    "by this software's default; its cluster ranks by a table of its own",
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
