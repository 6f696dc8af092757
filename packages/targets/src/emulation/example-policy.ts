import { frozenCopy } from '../frozen.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'

/**
 * An example on 1,000 points with all kinds of criteria, in the manner of the point tables that clusters agree on. Every
 * number in it is invented: it shows the format and is nobody's policy.
 */
export const examplePolicy1000: Policy = /*#__PURE__*/ frozenCopy({
  ...defaultPolicy,
  id: 'example-1000',
  version: '1.0.0',
  title: { vi: 'Ví dụ: thang 1.000 điểm', en: 'Example: 1,000 points' },
  note: {
    vi: 'Ví dụ minh họa, mọi con số đều do dự án đặt ra; không phải bảng điểm của cụm, khối hay của tỉnh.',
    en: "An illustration with invented numbers; no cluster's, bloc's or province's point table.",
  },
  scale: 1000,
  bonus: { exceeded: 0.05 },
  criteria: [
    {
      kind: 'yes-no',
      id: 'pact',
      name: { vi: 'Ký giao ước thi đua đúng hạn', en: 'Pact signed' },
      fact: 'pactSigned',
      points: 50,
    },
    {
      kind: 'yes-no',
      id: 'plan',
      name: { vi: 'Ban hành kế hoạch thi đua', en: 'Plan issued' },
      fact: 'planIssued',
      points: 50,
    },
    {
      kind: 'yes-no',
      id: 'reviews',
      name: { vi: 'Sơ kết, tổng kết đầy đủ', en: 'Reviews submitted' },
      fact: 'reviewsSubmitted',
      points: 50,
    },
    {
      kind: 'count',
      id: 'models',
      name: { vi: 'Mô hình, điển hình tiên tiến được nhân rộng', en: 'Advanced models spread' },
      fact: 'advancedModels',
      pointsEach: 10,
      cap: 50,
    },
    {
      kind: 'adjustment',
      id: 'late-reports',
      name: { vi: 'Báo cáo nộp chậm hoặc thiếu', en: 'Reports late or missing' },
      fact: 'lateReports',
      pointsEach: -10,
      least: -50,
      most: 0,
    },
  ],
})
