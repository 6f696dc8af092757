// Sections 3.4 to 3.7 and 4.1 to 4.4: what is ordered without a number. The text names neither dates nor
// evidence; both are this project's reading, the date being the end of the directive's year.
import type { Duty, Text } from '../types.ts'

const allUnits: Text = {
  vi: 'Các sở, ban, ngành, đoàn thể tỉnh; các huyện, thị xã, thành phố; các cơ quan, đơn vị, địa phương',
  en: 'Provincial departments and organisations, districts, agencies and localities',
}
const leaders: Text = {
  vi: 'Thủ trưởng sở, ban, ngành, đoàn thể tỉnh; Chủ tịch UBND các huyện, thị xã, thành phố; các tổ chức thuộc tỉnh',
  en: "Heads of provincial departments and organisations; chairmen of the districts' People's Committees",
}
const clusterHeads: Text = {
  vi: 'Trưởng các cụm, khối thi đua thuộc tỉnh',
  en: 'Heads of the provincial emulation clusters and blocs',
}
const front: Text = {
  vi: 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội, xã hội - nghề nghiệp',
  en: 'The Fatherland Front of the province and the socio-political and professional organisations',
}
const media: Text = {
  vi: 'Sở Thông tin và Truyền thông; Sở Văn hóa, Thể thao và Du lịch',
  en: 'Departments of Information and Communications, and of Culture, Sports and Tourism',
}
const homeAffairs: Text = {
  vi: 'Sở Nội vụ, cơ quan thường trực Hội đồng Thi đua - Khen thưởng tỉnh',
  en: 'Department of Home Affairs, standing body of the Emulation and Commendation Council',
}
const report: Text = { vi: 'Báo cáo kết quả thực hiện', en: 'Report on the results' }
const document: Text = { vi: 'Văn bản đã ban hành', en: 'The issued document' }

const duty = (section: string, id: string, who: Text, evidence: Text, quote: string): Duty => ({
  id,
  section,
  quote,
  who,
  evidence,
  due: '2022-12-31',
})

export const duties: readonly Duty[] = /*#__PURE__*/ [
  duty(
    '3.4',
    'defence-and-security',
    allUnits,
    report,
    'Thi đua thực hiện tốt các nhiệm vụ quốc phòng, an ninh và đối ngoại, chủ động hội nhập quốc tế',
  ),
  duty('3.4', 'foreign-affairs-plan', allUnits, report, 'Thực hiện có hiệu quả kế hoạch đối ngoại của tỉnh năm 2022'),
  duty(
    '3.4',
    'armed-forces-emulation',
    allUnits,
    report,
    'Nâng cao chất lượng các phong trào thi đua của lực lượng vũ trang của tỉnh',
  ),
  duty('3.4', 'religious-affairs', allUnits, report, 'Quản lý chặt chẽ các hoạt động tôn giáo'),
  duty(
    '3.4',
    'traffic-and-fire-safety',
    allUnits,
    report,
    'thực hiện đồng bộ các giải pháp hạn chế tai nạn, đảm bảo an toàn giao thông, phòng chống cháy nổ',
  ),
  duty('3.5', 'party-inspection', allUnits, report, 'Đổi mới, nâng cao hiệu quả công tác kiểm tra, giám sát của Đảng'),
  duty('3.5', 'anti-corruption', allUnits, report, 'kiên trì đấu tranh phòng, chống tham nhũng, lãng phí, tiêu cực'),
  duty(
    '3.5',
    'administrative-reform',
    allUnits,
    report,
    'Thi đua đẩy mạnh thực hiện công tác cải cách hành chính, nâng cao hiệu quả quản lý nhà nước',
  ),
  duty(
    '3.5',
    'staff-quality',
    allUnits,
    report,
    'xây dựng đội ngũ cán bộ, công chức, viên chức có phẩm chất tốt và trình độ chuyên môn cao',
  ),
  duty('3.5', 'digital-transformation', allUnits, report, 'Thực hiện tốt phong trào thi đua “Chuyển đổi số”'),
  duty(
    '3.5',
    'online-public-services',
    allUnits,
    report,
    'đẩy mạnh cung cấp và tăng tỉ lệ thực hiện dịch vụ công trực tuyến mức độ 3, 4',
  ),
  duty(
    '3.5',
    'renew-movements',
    allUnits,
    report,
    'Đổi mới các phong trào thi đua yêu nước gắn với các cuộc vận động của Mặt trận Tổ quốc và các đoàn thể',
  ),
  duty(
    '3.6',
    'legal-system',
    allUnits,
    report,
    'thi đua đổi mới, nâng cao hiệu quả công tác xây dựng, hoàn thiện và tổ chức thực hiện hệ thống pháp luật',
  ),
  duty(
    '3.6',
    'digital-government',
    allUnits,
    report,
    'xây dựng Chính phủ điện tử hướng tới Chính phủ số, nền kinh tế số và xã hội số',
  ),
  duty(
    '3.6',
    'investment-climate',
    allUnits,
    report,
    'Thi đua xây dựng cơ chế, chính sách đủ mạnh, đồng bộ, khả thi, mang tính đột phá để thu hút mạnh mẽ các nguồn lực',
  ),
  duty('3.7', 'publicity', allUnits, report, 'Thi đua đẩy mạnh công tác tuyên truyền các phong trào thi đua'),
  duty(
    '3.7',
    'advanced-models-plan',
    allUnits,
    report,
    'Thực hiện có hiệu quả Kế hoạch số 1663/KH-UBND ngày 04/6/2021',
  ),
  duty('4.1', 'plan', leaders, document, 'xây dựng kế hoạch, phát động phong trào thi đua'),
  duty('4.1', 'dissemination', leaders, report, 'triển khai đến toàn thể cán bộ, đảng viên, công chức, viên chức'),
  duty(
    '4.1',
    'pact',
    clusterHeads,
    { vi: 'Giao ước thi đua có chữ ký của các thành viên', en: 'The emulation pact, signed by the members' },
    'Trưởng các cụm, khối thi đua thuộc tỉnh tổ chức thực hiện ký kết giao ước thi đua',
  ),
  duty('4.1', 'cluster-plan', clusterHeads, document, 'xây dựng kế hoạch triển khai thực hiện chỉ thị này'),
  duty(
    '4.1',
    'reviews',
    leaders,
    { vi: 'Báo cáo sơ kết và báo cáo tổng kết', en: 'The mid-term and the final review' },
    'Tổ chức kiểm tra, sơ kết, tổng kết, kịp thời phát hiện các nhân tố mới',
  ),
  duty(
    '4.1',
    'commendation',
    leaders,
    { vi: 'Quyết định hoặc tờ trình khen thưởng', en: 'Decisions or proposals of commendation' },
    'biểu dương khen thưởng hoặc trình cấp trên khen thưởng kịp thời những tập thể, cá nhân',
  ),
  duty(
    '4.2',
    'mobilisation',
    front,
    report,
    'làm tốt công tác tuyên truyền, vận động cán bộ, hội viên và nhân dân tích cực hưởng ứng',
  ),
  duty(
    '4.2',
    'social-supervision',
    front,
    { vi: 'Báo cáo giám sát, phản biện xã hội', en: 'Reports of social supervision' },
    'Tham gia, giám sát, phản biện xã hội đối với công tác quản lý Nhà nước về thi đua, khen thưởng',
  ),
  duty(
    '4.3',
    'press-guidance',
    media,
    document,
    'hướng dẫn, chỉ đạo các cơ quan thông tấn, báo chí đẩy mạnh công tác tuyên truyền',
  ),
  duty(
    '4.3',
    'broadcasting',
    media,
    { vi: 'Thời lượng phát sóng, trang tin, chuyên mục', en: 'Air time, news pages and columns' },
    'Tăng thời lượng phát sóng, xây dựng các trang tin, chuyên mục cổ vũ phong trào thi đua',
  ),
  duty(
    '4.4',
    'monitoring',
    homeAffairs,
    report,
    'theo dõi các sở, ban, ngành, đoàn thể tỉnh, các cơ quan, đơn vị, địa phương tổ chức triển khai thực hiện phong trào thi đua',
  ),
  duty(
    '4.4',
    'council-reviews',
    homeAffairs,
    report,
    'tổ chức kiểm tra, đôn đốc, sơ kết, tổng kết và báo cáo thường xuyên, kịp thời',
  ),
  duty(
    '4.4',
    'appraisal',
    homeAffairs,
    { vi: 'Biên bản thẩm định thành tích', en: 'Minutes of the appraisal' },
    'thẩm định thành tích đề nghị Ủy ban nhân dân tỉnh xem xét biểu dương, khen thưởng',
  ),
  duty(
    '4.4',
    'periodic-report',
    homeAffairs,
    { vi: 'Báo cáo định kỳ gửi Ủy ban nhân dân tỉnh', en: "Periodic reports to the People's Committee" },
    'định kỳ tổng hợp và báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện Chỉ thị này',
  ),
]
