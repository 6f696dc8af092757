// What the page says itself, Vietnamese first. Domain words come from the API. Each thing has its file in texts/.
import { directive } from './texts/directive.ts'
import { matrix } from './texts/matrix.ts'
import { methodology } from './texts/methodology.ts'
import { overview } from './texts/overview.ts'
import { page } from './texts/page.ts'
import { pointTables } from './texts/point-tables.ts'
import { ranking } from './texts/ranking.ts'
import { reporting } from './texts/reporting.ts'
import { results } from './texts/results.ts'
import { statuses } from './texts/statuses.ts'
import { unit } from './texts/unit.ts'

const LOCALES = ['vi', 'en'] as const
export type Language = (typeof LOCALES)[number]

/** Vietnamese, unless the address says otherwise. */
export const languageOf = (search: string): Language => (new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'vi')

const TEXT = {
  ...directive,
  ...matrix,
  ...methodology,
  ...overview,
  ...page,
  ...pointTables,
  ...ranking,
  ...reporting,
  ...results,
  ...statuses,
  ...unit,
} as const

export type TextKey = keyof typeof TEXT

/** How an indicator is measured; LEVEL alone is the word for what was inherited. */
export const measureKey = (measure: 'FLOW' | 'LEVEL' | 'RATE' | 'MILESTONE'): TextKey =>
  measure === 'LEVEL' ? 'LEVEL_MEASURE' : measure

export const textIn = (language: Language) => (key: TextKey) => TEXT[key][language === 'vi' ? 0 : 1]
