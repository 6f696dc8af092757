// Why a unit stands where it stands, as an office writes it.
import type { Text } from '../directive/types.ts'
import type { EligibilityRule } from './policy.ts'
import type { Counts } from './standing.ts'

export const TIED: Text = {
  vi: 'Bằng điểm và bằng mọi tiêu chí phụ: phân định bằng bỏ phiếu',
  en: 'Equal in score and in every tie-break: to be settled by ballot',
}

export const BY_BALLOT: Text = { vi: 'Thứ tự do bỏ phiếu', en: 'Order settled by ballot' }

const percent = {
  vi: new Intl.NumberFormat('vi-VN', { style: 'percent', maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 2 }),
}

type Figures = Pick<Counts, 'counted' | 'there'>

export function notEnough({ counted, there }: Figures, share: number): Text {
  if (counted === 0) {
    return { vi: 'Chưa xếp hạng: không có chỉ tiêu nào được tính', en: 'Not ranked: nothing to count' }
  }
  return {
    vi: `Chưa xếp hạng: mới có ${there}/${counted} số liệu, cần ít nhất ${percent.vi.format(share)}`,
    en: `Not ranked: ${there} of ${counted} figures are there, at least ${percent.en.format(share)} are needed`,
  }
}

export function tooLittleInAll({ counted, there }: Figures, share: number): Text {
  if (counted === 0) return notEnough({ counted, there }, share)
  return {
    vi: `Cụm, khối chưa xếp hạng: mới có ${there}/${counted} số liệu, cần ít nhất ${percent.vi.format(share)}`,
    en: `The cluster is not ranked: ${there} of ${counted} figures are there, at least ${percent.en.format(share)} are needed`,
  }
}

/** @param holds false where the requirement fails, null where nothing is known of it */
export function reasonFor({ requirement, failing, otherwise }: EligibilityRule, holds: false | null): Text {
  if (holds === null) return { vi: `Chưa xác nhận: ${requirement.vi}`, en: `Unconfirmed: ${requirement.en}` }
  const matter = failing ?? {
    vi: `không đáp ứng yêu cầu "${requirement.vi}"`,
    en: `the requirement "${requirement.en}" fails`,
  }
  return otherwise === 'pause'
    ? { vi: `Chưa xét: ${matter.vi}`, en: `Paused: ${matter.en}` }
    : { vi: `Không đủ điều kiện xét: ${matter.vi}`, en: `Not eligible: ${matter.en}` }
}
