// The words by which a workbook names one of several values; the first is the one that is shown.
import type { Better, Extent, Measure, UnitLevel } from '@dienbien/targets'
import { MEASURE_NAMES } from '../directive/measure-names.ts'
import type { ClusterKind, FilingKind } from '../generated/prisma/enums.ts'
import { choice } from './cell-kinds.ts'

export const LEVEL = choice<UnitLevel>({
  nation: ['cả nước', 'quốc gia', 'toàn quốc'],
  province: ['tỉnh', 'cấp tỉnh', 'thành phố trực thuộc trung ương'],
  district: ['huyện', 'cấp huyện', 'thị xã', 'huyện, thị xã, thành phố'],
  commune: ['xã', 'cấp xã', 'phường', 'thị trấn', 'đặc khu', 'xã, phường, thị trấn'],
  department: ['sở', 'sở, ban, ngành', 'ngành'],
  organisation: ['tổ chức', 'đơn vị, tổ chức khác'],
})
export const DIRECTIVE_LEVEL = choice<UnitLevel>({
  nation: ['cả nước'],
  province: ['tỉnh'],
  district: ['huyện'],
  commune: ['xã'],
  department: ['sở', 'sở, ban, ngành'],
  organisation: ['tổ chức'],
})
export const UNIT_CHANGE = choice({
  merged: ['sáp nhập', 'hợp nhất', 'nhập'],
  split: ['chia tách', 'tách', 'chia', 'thành lập'],
  moved: ['chuyển', 'điều chuyển', 'chuyển đơn vị cấp trên'],
  renamed: ['đổi tên', 'đổi mã', 'đổi loại'],
  ended: ['kết thúc', 'giải thể'],
})
export const CLUSTER_KIND = choice<ClusterKind>({ cluster: ['cụm', 'cụm thi đua'], bloc: ['khối', 'khối thi đua'] })
export const FILING_KIND = choice<FilingKind>({
  pact: ['giao ước', 'ký giao ước', 'đăng ký thi đua'],
  plan: ['kế hoạch'],
  midterm: ['sơ kết', 'báo cáo sơ kết'],
  final: ['tổng kết', 'báo cáo tổng kết'],
  duty: ['nhiệm vụ', 'báo cáo nhiệm vụ'],
  self_score: ['tự chấm điểm', 'điểm tự chấm'],
  appraised_score: ['thẩm định điểm', 'điểm thẩm định'],
})
const NUMERIC = {
  '>=': ['từ … trở lên', '≥', 'trở lên', 'ít nhất'],
  '>': ['trên'],
  '<=': ['không quá', '≤', 'tối đa'],
  '<': ['dưới'],
  '=': ['bằng'],
  '~': ['khoảng', '≈'],
} satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export const NUMERIC_COMPARATOR = choice(NUMERIC)
export const COMPARATOR = choice({ ...NUMERIC, between: ['từ … đến', 'từ đến'], maintained: ['duy trì'] })
export const MEASURE = choice<Measure>({
  flow: [MEASURE_NAMES.flow, 'cộng dồn'],
  level: [MEASURE_NAMES.level],
  rate: [MEASURE_NAMES.rate, 'tỉ lệ'],
  milestone: [MEASURE_NAMES.milestone, 'đạt hay không'],
})
export const EXTENT = choice<Extent>({ extensive: ['cộng được', 'tổng'], intensive: ['không cộng được', 'bình quân'] })
export const BETTER = choice<Better>({
  more: ['càng cao càng tốt', 'cao'],
  less: ['càng thấp càng tốt', 'thấp'],
  near: ['càng sát càng tốt', 'sát'],
})
export const ROLE = choice({ target: ['chỉ tiêu', 'giao'], projection: ['dự báo', 'ước tính'] })
export const CHANGE_UNIT = choice({ '%': ['phần trăm'], pp: ['điểm phần trăm', 'điểm %'], x: ['lần'] })
