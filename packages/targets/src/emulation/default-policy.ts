import type { Policy } from './policy.ts'

/**
 * This project's default policy. The directive orders clusters to compete and be commended and gives no formula, so
 * every number here is our choice, not the province's.
 */
export const defaultPolicy: Policy = {
  id: 'dienbien-targets-default',
  version: '1.1.0',
  title: { vi: 'Chính sách chấm điểm mặc định', en: 'Default scoring policy' },
  note: {
    vi: 'Mặc định của dự án phần mềm này, không phải của tỉnh: Chỉ thị 02/CT-UBND không quy định công thức chấm điểm.',
    en: "This software project's default and not the province's: directive 02/CT-UBND gives no formula.",
  },
  scale: 100,
  weights: { default: 1 },
  credit: { partialFrom: 0.7, missing: 0 },
  bonus: { exceeded: 0 },
  eligibility: [
    {
      id: 'pact-signed',
      when: { fact: 'pactSigned', operator: 'equal', value: true },
      requirement: { vi: 'Đã ký giao ước thi đua', en: 'The emulation pact is signed' },
    },
    {
      id: 'plan-issued',
      when: { fact: 'planIssued', operator: 'equal', value: true },
      requirement: { vi: 'Đã ban hành kế hoạch thi đua', en: 'The emulation plan is issued' },
    },
    {
      id: 'reviews-submitted',
      when: { fact: 'reviewsSubmitted', operator: 'equal', value: true },
      requirement: { vi: 'Đã nộp báo cáo sơ kết, tổng kết', en: 'The reviews are submitted' },
    },
    {
      id: 'not-disciplined',
      when: { fact: 'disciplined', operator: 'equal', value: false },
      requirement: { vi: 'Không bị kỷ luật', en: 'Not disciplined' },
    },
    {
      id: 'no-open-case',
      when: { fact: 'underInspection', operator: 'equal', value: false },
      requirement: { vi: 'Không có vụ việc đang thanh tra, kiểm tra', en: 'No case under inspection' },
      otherwise: 'pause',
    },
  ],
  tieBreaks: ['met', 'exceeded', 'noData'],
  quotas: [
    {
      award: 'emulation-flag',
      name: { vi: 'Cờ thi đua của UBND tỉnh', en: "Emulation flag of the provincial People's Committee" },
      seats: 1,
      above: { members: 10, seats: 2 },
    },
    {
      award: 'certificate-of-merit',
      name: { vi: 'Bằng khen của Chủ tịch UBND tỉnh', en: 'Certificate of merit of the chairman of the province' },
      seats: 2,
    },
  ],
  clusters: { by: 'mean' },
  // Decree 91/2017, article 11.
  overall: {
    award: 'government-flag',
    name: { vi: 'Cờ thi đua của Chính phủ', en: 'Emulation flag of the Government' },
    among: 'emulation-flag',
    share: 0.2,
  },
}
