// Where the printed text contradicts itself or arithmetic. Nothing is changed silently: the quote is as printed,
// the arithmetic is computed from the encoded numbers, and the reading says what the data holds and why.
import { tidy } from '../../decimal.ts'
import type { Erratum, IndicatorInput } from '../types.ts'
import { cultureAndEnvironment } from './culture-and-environment.ts'
import { economy } from './economy.ts'
import { education } from './education.ts'
import { society } from './society.ts'

const all: readonly IndicatorInput[] = [...economy, ...society, ...education, ...cultureAndEnvironment]
type Id = (typeof economy | typeof society | typeof education | typeof cultureAndEnvironment)[number]['id']

const indicator = (id: Id) => all.find((indicator) => indicator.id === id) as IndicatorInput
/** The target's number. */
const t = (id: Id) => {
  const { target } = indicator(id)
  return 'value' in target ? Number(target.value) : Number.NaN
}
/** The stated change against 2021. */
const c = (id: Id) => indicator(id).change?.value as number

const sum = (parts: readonly number[]) => tidy(parts.reduce((a, b) => a + b, 0))
const adding = (parts: readonly number[]) =>
  `${parts.map((part, i) => (i > 0 && part >= 0 ? `+ ${part}` : signed(part, i))).join(' ')} = ${signed(sum(parts), 0)}`
const signed = (value: number, i: number) => (value < 0 ? `−${i > 0 ? ' ' : ''}${-value}` : `${value}`)
const round = (value: number, digits: number) => Number(value.toFixed(digits))

const shares: readonly Id[] = ['agriculture-share', 'industry-share', 'services-share', 'product-tax-share']
const COMMUNES = 129
const RURAL_COMMUNES = 115

function erratum(
  id: string,
  section: string,
  indicators: readonly Id[],
  quote: string,
  arithmetic: string | undefined,
  vi: string,
  en: string,
): Erratum {
  return { id, section, quote, indicators, ...(arithmetic ? { arithmetic } : {}), reading: { vi, en } }
}

function domesticShare(): string {
  const domestic = round(t('domestic-revenue') / (1 + c('domestic-revenue') / 100), 1)
  const total2021 = 1640.661 // the preamble's result of 2021
  return `${t('domestic-revenue')} ÷ ${tidy(1 + c('domestic-revenue') / 100)} = ${domestic}; ${total2021} − ${domestic} = ${round(total2021 - domestic, 1)} (2021); ${t('budget-revenue')} − ${t('domestic-revenue')} = ${t('budget-revenue') - t('domestic-revenue')} (2022)`
}

export const errata: readonly Erratum[] = /*#__PURE__*/ [
  erratum(
    'shares-sum',
    '3.1',
    shares,
    'Cơ cấu kinh tế: Nông lâm nghiệp, thủy sản chiếm 17,66%',
    adding(shares.map(t)),
    'Bốn tỷ trọng cộng lại thiếu 0,01 do làm tròn.',
    'The four shares fall 0.01 short of 100: rounding.',
  ),
  erratum(
    'share-changes-sum',
    '3.1',
    shares,
    'Thuế sản phẩm trừ trợ cấp chiếm 4,45%, giảm 1,22% so với năm 2021',
    `${adding(shares.map(c))}; 2021: ${adding(shares.map((id) => tidy(t(id) - c(id))))}; ${adding([...shares.slice(0, 3).map(c), -0.12])}`,
    'Các mức thay đổi phải cộng thành 0. Nếu −1,22 là −0,12 thì đúng: có lẽ in nhầm, giữ nguyên như bản in.',
    'The changes should sum to 0. Were −1.22 a −0.12 they would: probably a slip, kept as printed.',
  ),
  erratum(
    'population-scale',
    '3.2',
    ['population', 'doctors'],
    'Quy mô dân số năm 2022 ước tính 636.721 nghìn người',
    `${t('population')} × 1000 = ${t('population') * 1000}; ${t('doctors')} × ${t('population')} ÷ 10000 = ${round((t('doctors') * t('population')) / 10000, 0)}`,
    'Hiểu là 636.721 người; chữ "nghìn" thừa.',
    'Read as 636,721 people; the word "thousand" is superfluous.',
  ),
  erratum(
    'birth-rate-unit',
    '3.2',
    ['birth-rate-reduction'],
    'mức giảm sinh 0,5%',
    undefined,
    'Thống kê của tỉnh tính mức giảm sinh bằng phần nghìn; tỷ suất sinh thô khoảng 19‰ nên hiểu là 0,5‰.',
    "The province's statistics give it per mille and the crude birth rate is about 19‰: read as 0.5‰.",
  ),
  erratum(
    'drug-treatment-parts',
    '3.2',
    ['drug-treatment', 'drug-treatment-centres', 'drug-substitution'],
    'Tổ chức cai nghiện cho 4.470 lượt người nghiện ma túy',
    `${adding([t('drug-treatment-centres'), t('drug-substitution')])}; ${t('drug-treatment')} − ${sum([t('drug-treatment-centres'), t('drug-substitution')])} = ${t('drug-treatment') - t('drug-treatment-centres') - t('drug-substitution')}`,
    '"Trong đó" nêu các phần, không nhất thiết là toàn bộ; tổng tính theo lượt, các phần tính theo người.',
    '"Trong đó" gives parts that need not be all; the total counts turns, the parts count people.',
  ),
  erratum(
    'domestic-revenue-2021',
    '3.1',
    ['domestic-revenue', 'budget-revenue'],
    'thu nội địa đạt 2.316 tỷ đồng tăng 50,49% so với năm 2021',
    domesticShare(),
    'Các khoản thu ngoài thu nội địa giảm từ khoảng 101,7 tỷ xuống 10 tỷ đồng; chỉ ghi nhận.',
    'Revenue other than domestic falls from about 101.7 to 10 billion; noted.',
  ),
  erratum(
    'macadamia-times',
    '3.1',
    ['macadamia-planted'],
    'Trồng mới 7.040 ha cây Mắc ca (tăng 7,6 lần so với năm 2021)',
    `${t('macadamia-planted')} ÷ ${c('macadamia-planted')} = ${round(t('macadamia-planted') / c('macadamia-planted'), 0)}; ${t('macadamia-planted')} ÷ ${tidy(1 + c('macadamia-planted'))} = ${round(t('macadamia-planted') / (1 + c('macadamia-planted')), 0)}`,
    '"Tăng 7,6 lần" có thể là gấp 7,6 lần hoặc tăng thêm 7,6 lần; giữ nguyên, không suy ra giá trị gốc.',
    '"Tăng 7,6 lần" may mean to or by 7.6 times; kept raw, no baseline derived.',
  ),
  erratum(
    'lower-secondary-ages',
    '3.2',
    ['lower-secondary-enrolment', 'lower-secondary-out-of-school'],
    'tỷ lệ trẻ em ngoài nhà trường ở độ tuổi đi học THCS còn 2,8%',
    adding([t('lower-secondary-enrolment'), t('lower-secondary-out-of-school')]),
    'Hai thước đo khác nhau; không suy số này từ số kia.',
    'Different measures: neither follows from the other.',
  ),
  erratum(
    'commune-radio-share',
    '3.2',
    ['commune-radio'],
    'tỷ lệ xã, phường, thị trấn có đài truyền thanh đạt 97,6%',
    `126 ÷ ${COMMUNES} = ${round((126 / COMMUNES) * 100, 2)}%; 125 ÷ ${COMMUNES} = ${round((125 / COMMUNES) * 100, 2)}%`,
    'Tương ứng 126/129, cắt bớt chứ không làm tròn.',
    'It stands for 126 of 129, truncated and not rounded.',
  ),
  erratum(
    'communes-129',
    '3.2',
    ['universal-primary-level-3', 'universal-lower-secondary-level-3'],
    'có 124/129 xã, phường đạt chuẩn phổ cập giáo dục tiểu học mức độ 3; 95/129 xã',
    `${RURAL_COMMUNES} xã + 9 phường + 5 thị trấn = ${RURAL_COMMUNES + 9 + 5}`,
    '129 gồm cả 5 thị trấn; "xã" và "xã, phường" ở đây là xã, phường, thị trấn.',
    '129 includes 5 townships: communes, wards and townships are meant.',
  ),
  erratum(
    'trade-scope',
    '3.1',
    ['trade-turnover', 'exports', 'imports'],
    'xuất khẩu hàng hoá, dịch vụ đạt 73 triệu USD; Kim ngạch nhập khẩu hàng hoá đạt 25 triệu USD',
    `${adding([t('exports'), t('imports')])}; ${t('trade-turnover')} ÷ ${tidy(1 + c('trade-turnover') / 100)} = ${round(t('trade-turnover') / (1 + c('trade-turnover') / 100), 1)}`,
    'Xuất khẩu gồm hàng hóa và dịch vụ, nhập khẩu chỉ hàng hóa; phạm vi khác nhau nhưng tổng khớp. 2021 là số ước.',
    'Exports cover goods and services, imports goods only: the scopes differ, the sum holds. 2021 is an estimate.',
  ),
  erratum(
    'maintained-and-counted',
    '3.2',
    [
      'universal-primary',
      'universal-lower-secondary',
      'universal-primary-level-3',
      'universal-lower-secondary-level-3',
    ],
    'phổ cập giáo dục tiểu học và phổ cập giáo dục THCS mức độ 2',
    undefined,
    'Duy trì mức độ 2 (toàn tỉnh) và số xã đạt mức độ 3 có thể cùng đúng; chưa rõ "mức độ 2" có gồm tiểu học.',
    'Level 2 maintained (the province) and counts of communes at level 3 can both hold; whether "mức độ 2" covers primary is open.',
  ),
  erratum(
    'new-rural-stock',
    '3.2',
    ['new-rural-total', 'new-rural-basic-new'],
    'có 04 xã cơ bản đạt chuẩn nông thôn mới; nâng tổng số xã đạt chuẩn và cơ bản đạt chuẩn nông thôn mới lên 49 xã',
    `${t('new-rural-total')} − ${t('new-rural-basic-new')} = ${t('new-rural-total') - t('new-rural-basic-new')}; ${adding([t('new-rural-met'), t('new-rural-basic')])}`,
    'Suy ra cuối năm 2021 có 45 xã nếu chỉ tính 04 xã tăng thêm; văn bản không nêu nên không dùng làm giá trị gốc.',
    'It would follow that 45 stood at the end of 2021, if the 4 are the only ones added; not stated, so no baseline.',
  ),
  erratum(
    'poverty-households',
    '3.2',
    ['poor-households', 'poverty-rate'],
    'Giảm tổng số hộ nghèo toàn tỉnh xuống còn 43.048, tỷ lệ hộ nghèo xuống 31,10%',
    `${t('poor-households')} ÷ ${t('poverty-rate')}% = ${round((t('poor-households') / t('poverty-rate')) * 100, 0)}; ${t('poverty-rate')} + ${-c('poverty-rate')} = ${tidy(t('poverty-rate') - c('poverty-rate'))}`,
    'Tương ứng khoảng 138.400 hộ; tỷ lệ năm 2021 là 35,38%; chỉ ghi nhận.',
    'It implies about 138,400 households and 35.38% in 2021; noted.',
  ),
  erratum(
    'primary-ages',
    '3.2',
    ['primary-enrolment', 'primary-out-of-school'],
    'tỷ lệ trẻ em ngoài nhà trường ở độ tuổi đi học tiểu học còn 0,1%',
    adding([t('primary-enrolment'), t('primary-out-of-school')]),
    'Hai số cộng đúng 100, nhưng vẫn là hai thước đo khác nhau.',
    'The two add up to 100 and are still different measures.',
  ),
  erratum(
    'commune-health-count',
    '3.2',
    ['commune-health-standard'],
    'Tỷ lệ xã, phường, thị trấn đạt Tiêu chí quốc gia về y tế xã 94,6%',
    `122 ÷ ${COMMUNES} = ${round((122 / COMMUNES) * 100, 2)}%`,
    'Tương ứng 122/129, làm tròn.',
    'It stands for 122 of 129, rounded.',
  ),
  erratum(
    'congress-number',
    'I',
    [],
    'Nghị quyết Đại hội Đảng bộ tỉnh khóa XV, nhiệm kỳ 2020 - 2025',
    undefined,
    'Đại hội lần thứ XIV (như nơi khác trong văn bản); XV là khóa của Hội đồng nhân dân tỉnh.',
    "The XIV congress, as elsewhere in the text; XV is the People's Council's term.",
  ),
  erratum(
    'repeated-section',
    '3.3',
    ['forest-cover', 'urban-clean-water', 'rural-hygienic-water', 'urban-waste-collection'],
    'tỷ lệ che phủ rừng đạt 43,5%; 99,8% dân cư thành thị được sử dụng nước sạch',
    undefined,
    'Mục 3.3 lặp lại bốn chỉ tiêu của mục 3.2 với cùng giá trị: một chỉ tiêu, hai nơi dẫn.',
    'Section 3.3 repeats four targets of 3.2 with equal values: one indicator, two citations.',
  ),
  erratum(
    'missing-part-two',
    'I',
    [],
    'I. NỘI DUNG PHONG TRÀO THI ĐUA',
    undefined,
    'Có mục I mà không có mục II; mục 4 "Tổ chức thực hiện" nằm trong mục I.',
    'There is a part I and no part II; "4. Tổ chức thực hiện" stands inside part I.',
  ),
]
