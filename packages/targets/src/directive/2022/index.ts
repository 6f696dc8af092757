import { derive } from '../derive.ts'
import type { DirectiveInput, IdOf, MilestoneOf, Refused } from '../input.ts'
import type { Directive, IndicatorInput } from '../types.ts'
import { cultureAndEnvironment } from './culture-and-environment.ts'
import { duties } from './duties.ts'
import { economy } from './economy.ts'
import { education } from './education.ts'
import { errata } from './errata.ts'
import { society } from './society.ts'

/** As `defineDirective` does, but checked by a test instead of whenever it is loaded. */
const define = <const I extends readonly IndicatorInput[]>(input: DirectiveInput<I> & Refused<I>) =>
  derive(input) as unknown as Directive<IdOf<I>, MilestoneOf<I>>

/** Directive 02/CT-UBND of 8 February 2022 of the People's Committee of Điện Biên: its targets for 2022. */
export const directive2022 = /*#__PURE__*/ define({
  id: '02/CT-UBND',
  title: {
    vi: 'Chỉ thị phát động phong trào thi đua trên địa bàn tỉnh Điện Biên năm 2022',
    en: 'Directive launching the emulation movement in Điện Biên province in 2022',
  },
  issuer: {
    vi: 'Chủ tịch Ủy ban nhân dân tỉnh Điện Biên',
    en: "Chairman of the People's Committee of Điện Biên province",
  },
  issuedOn: '2022-02-08',
  year: 2022,
  indicators: [...economy, ...society, ...education, ...cultureAndEnvironment],
  groups: [{ id: 'economic-structure', name: { vi: 'Cơ cấu kinh tế', en: 'Structure of the economy' } }],
  relations: [
    {
      kind: 'sum',
      parts: ['agriculture-share', 'industry-share', 'services-share', 'product-tax-share'],
      total: 100,
      within: 0.05,
    },
    { kind: 'sum', parts: ['exports', 'imports'], total: 'trade-turnover' },
    { kind: 'sum', parts: ['new-rural-met', 'new-rural-basic'], total: 'new-rural-total' },
    { kind: 'at-most', part: 'domestic-revenue', whole: 'budget-revenue' },
    { kind: 'at-most', part: 'international-arrivals', whole: 'tourist-arrivals' },
  ],
  duties,
  errata,
})

/** The literal union of the ids of {@link directive2022}. */
export type IndicatorId = (typeof directive2022)['indicators'][number]['id']

/** The ids whose figures are true or false: what is to be maintained. */
export type MilestoneId = NonNullable<(typeof directive2022)['milestones']>[number]
