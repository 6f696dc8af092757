// Who may do what: the one table.
import type { Text } from '@dienbien/targets'
import type { Role } from './viewer.ts'

/**
 * How far a role's right reaches: `any` everywhere; `own` the viewer's unit and all below it; `unit` that unit alone;
 * `headed` the cluster that the viewer's unit heads in that year, and its members; `member` the cluster that it is in.
 */
export type Reach = 'any' | 'own' | 'unit' | 'headed' | 'member'

export interface Right {
  /** Completes "you may". */
  readonly says: Text
  readonly roles: Partial<Record<Role, Reach | readonly Reach[]>>
  /**
   * Nobody acts on the own unit, whatever the role: not where it is the `unit` concerned, or not where anything in the
   * `cluster` is concerned in which it competes that year.
   */
  readonly notOwn?: 'unit' | 'cluster'
}

export const RIGHTS = {
  REPORT_FIGURES: {
    says: { vi: 'báo cáo số liệu', en: 'report figures' },
    roles: { reporter: 'own', administrator: 'any' },
  },
  ASSIGN_TARGETS: {
    says: { vi: 'giao và điều chỉnh chỉ tiêu của đơn vị', en: "assign and adjust units' targets" },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  FILE: {
    says: {
      vi: 'nộp giao ước, kế hoạch, báo cáo sơ kết, tổng kết, báo cáo nhiệm vụ hoặc điểm tự chấm',
      en: 'file a pact, a plan, a review, a report or a self-score',
    },
    roles: { reporter: 'own', head: 'unit', administrator: 'any' },
  },
  APPRAISE_SCORE: {
    says: { vi: 'thẩm định điểm của thành viên', en: "appraise a member's score" },
    roles: { head: 'headed', council: 'any', administrator: 'any' },
    notOwn: 'unit',
  },
  FINAL_SCORE: {
    says: { vi: 'chấm điểm cuối cùng theo bảng tiêu chí', en: "set a member's final score by a point table" },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'unit',
  },
  RECORD_FACT: {
    says: { vi: 'ghi nhận điều kiện xét thi đua', en: 'record facts of eligibility' },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  MANAGE_YEAR: {
    says: {
      vi: 'lập, đổi tên, giải thể cụm, khối, đặt thành viên, trưởng cụm, khối và thời hạn',
      en: 'make, rename and close clusters, set their members and heads, and deadlines',
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  MANAGE_DIRECTIVES: {
    says: { vi: 'soạn, ban hành và thay thế chỉ thị', en: 'draft, publish and supersede directives' },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  DRAFT_POINT_TABLE: {
    says: { vi: 'soạn bảng tiêu chí của cụm, khối', en: 'draft the point table of a cluster' },
    roles: { head: 'headed', council: 'any', administrator: 'any' },
  },
  AGREE_POINT_TABLE: {
    says: { vi: 'cho ý kiến về bảng tiêu chí', en: 'answer for a member to a drafted point table' },
    roles: { reporter: 'unit', head: 'unit' },
  },
  ADOPT_POINT_TABLE: {
    says: { vi: 'ban hành bảng tiêu chí', en: 'adopt a point table' },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  FREEZE_RANKING: {
    says: {
      vi: 'chốt xếp hạng của năm theo bảng tiêu chí đã ban hành, hoặc mặc định',
      en: 'freeze the ranking of a year by the adopted point table or the default policy',
    },
    roles: { head: 'headed', council: 'any', administrator: 'any' },
  },
  FREEZE_OTHERWISE: {
    says: {
      vi: 'chốt xếp hạng theo bảng tiêu chí khác hoặc trước ngày cuối năm',
      en: "freeze a ranking by another policy, or for a day before the year's end",
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  PROPOSE: {
    says: { vi: 'bỏ phiếu khi bằng điểm và đề nghị khen thưởng', en: 'settle ties and propose awards' },
    roles: { head: 'headed', administrator: 'any' },
    notOwn: 'unit',
  },
  DECIDE: {
    says: {
      vi: 'thẩm định đề nghị, quyết định, công bố và thu hồi',
      en: 'appraise proposals, decide, publish and revoke',
    },
    roles: { council: 'any', administrator: 'any' },
    notOwn: 'cluster',
  },
  READ_RANKINGS: {
    says: { vi: 'xem bảng xếp hạng đã chốt chưa công bố', en: 'read frozen rankings that are not published yet' },
    roles: { analyst: 'any', reporter: 'member', head: 'member', council: 'any', administrator: 'any' },
  },
  READ_RECORDS: {
    says: {
      vi: 'xem điều kiện đã ghi nhận, điểm trước khi công bố, người ghi nhận hoặc đính chính và lý do',
      en: 'read recorded facts, scores before publication, and who recorded or corrected something and why',
    },
    roles: { analyst: 'any', reporter: 'own', head: ['unit', 'headed'], council: 'any', administrator: 'any' },
  },
  READ_TRAIL: {
    says: { vi: 'xem nhật ký thay đổi', en: 'read the trail of changes' },
    roles: { council: 'any', administrator: 'any' },
  },
  SAVE_QUERY: {
    says: { vi: 'lưu truy vấn', en: 'save queries' },
    roles: { analyst: 'any', reporter: 'any', head: 'any', council: 'any', administrator: 'any' },
  },
  CHANGE_UNITS: {
    says: {
      vi: 'lập, đổi tên, đổi mã, sáp nhập, giải thể đơn vị',
      en: 'make, rename, recode, merge and close units',
    },
    roles: { administrator: 'any' },
    notOwn: 'unit',
  },
  SET_UP: {
    says: { vi: 'lập tỉnh, năm hoặc khối bằng sổ tính', en: 'set up a province, a year or a bloc by a workbook' },
    roles: { administrator: 'any' },
  },
  TRUST_QUERY: {
    says: { vi: 'công nhận truy vấn đã lưu là truy vấn tin cậy', en: 'promote a saved query to a trusted document' },
    roles: { administrator: 'any' },
  },
} as const satisfies Record<string, Right>

export type Action = keyof typeof RIGHTS
