import { frozenCopy } from '../frozen.ts'
import type { Policy } from './policy.ts'

/**
 * This project's default policy. The directive orders clusters to compete and be commended and gives no formula, so
 * every number here is our choice, not the province's.
 */
export const defaultPolicy: Policy = /*#__PURE__*/ frozenCopy({
  id: 'dienbien-targets-default',
  version: '2.0.0',
  title: { vi: 'Bảng tiêu chí, thang điểm mặc định', en: 'Default point table' },
  note: {
    vi: 'Mặc định của dự án phần mềm này, không phải của tỉnh: chỉ thị phát động thi đua không quy định công thức chấm điểm.',
    en: "This software project's default and not the province's: the directive gives no formula.",
  },
  scale: 100,
  weights: { default: 1 },
  credit: { partialFrom: 0.7, missing: 0 },
  bonus: { exceeded: 0 },
  inheritedLevels: 'leave-out',
  leastShare: 0.5,
  eligibility: [
    {
      id: 'pact-signed',
      when: { fact: 'pactSigned', operator: 'equal', value: true },
      requirement: { vi: 'đã ký giao ước thi đua', en: 'the emulation pact is signed' },
      failing: { vi: 'chưa ký giao ước thi đua', en: 'the emulation pact is not signed' },
    },
    {
      id: 'plan-issued',
      when: { fact: 'planIssued', operator: 'equal', value: true },
      requirement: { vi: 'đã ban hành kế hoạch thi đua', en: 'the emulation plan is issued' },
      failing: { vi: 'chưa ban hành kế hoạch thi đua', en: 'the emulation plan is not issued' },
    },
    {
      id: 'reviews-submitted',
      when: { fact: 'reviewsSubmitted', operator: 'equal', value: true },
      requirement: { vi: 'đã nộp báo cáo sơ kết, tổng kết', en: 'the mid-term and final reviews are submitted' },
      failing: { vi: 'chưa nộp báo cáo sơ kết, tổng kết', en: 'the mid-term and final reviews are not submitted' },
    },
    {
      id: 'not-disciplined',
      when: { fact: 'disciplined', operator: 'equal', value: false },
      requirement: { vi: 'không bị kỷ luật', en: 'not disciplined' },
      failing: { vi: 'bị kỷ luật', en: 'disciplined' },
    },
    {
      // A routine inspection is none of these, and pauses nobody.
      id: 'no-open-case',
      when: { fact: 'underInspection', operator: 'equal', value: false },
      requirement: {
        vi: 'không bị thanh tra, kiểm tra khi có dấu hiệu vi phạm',
        en: 'not under inspection with signs of a violation',
      },
      failing: {
        vi: 'đang thanh tra, kiểm tra khi có dấu hiệu vi phạm',
        en: 'under inspection with signs of a violation',
      },
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
      // All targets met, some exceeded.
      when: {
        all: [
          { fact: 'metRatio', operator: 'equal', value: 1 },
          { fact: 'exceededRatio', operator: 'greaterThan', value: 0 },
        ],
      },
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
})
