// The units in which the text writes its values: "780 nghìn lượt" is 780 of thousandArrivals.

export const percent = { code: 'percent', vi: '%', en: '%' } as const
/** Of a growth rate, which may be negative or above 100; a share is `percent`. */
export const percentChange = { code: 'percent-change', vi: '%', en: '%' } as const
export const perMille = { code: 'per-mille', vi: '‰', en: '‰' } as const
export const millionDongPerHead = {
  code: 'million-vnd-per-head-year',
  vi: 'triệu đồng/người/năm',
  en: 'million VND per head per year',
} as const
export const billionDong = { code: 'billion-vnd', vi: 'tỷ đồng', en: 'billion VND' } as const
export const millionUsd = { code: 'million-usd', vi: 'triệu USD', en: 'million USD' } as const
export const thousandArrivals = {
  code: 'thousand-arrivals',
  vi: 'nghìn lượt',
  en: 'thousand arrivals',
} as const
export const tonne = { code: 'tonne', vi: 'tấn', en: 'tonnes' } as const
export const hectare = { code: 'hectare', vi: 'ha', en: 'ha' } as const
export const commune = { code: 'commune', vi: 'xã', en: 'communes' } as const
/** The 129 of every kind, where `commune` is one of the 115 xã. */
export const anyCommune = {
  code: 'commune-ward-township',
  vi: 'xã, phường, thị trấn',
  en: 'communes, wards and townships',
} as const
export const criteriaPerCommune = {
  code: 'criteria-per-commune',
  vi: 'tiêu chí/xã',
  en: 'criteria per commune',
} as const
export const person = { code: 'person', vi: 'người', en: 'people' } as const
export const worker = { code: 'worker', vi: 'lao động', en: 'workers' } as const
export const household = { code: 'household', vi: 'hộ', en: 'households' } as const
export const treatment = { code: 'treatment', vi: 'lượt người', en: 'treatments' } as const
export const doctorsPer10000 = {
  code: 'doctors-per-10000',
  vi: 'bác sĩ/1 vạn dân',
  en: 'doctors per 10,000 people',
} as const
/** The value is true (maintained) or false. */
export const maintained = { code: 'maintained', vi: 'duy trì', en: 'maintained' } as const
