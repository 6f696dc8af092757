// The levels of units, the highest first: territories, of which one is a part of another, and agencies.
import type { UnitLevel } from '@dienbien/targets'

export const TERRITORIES: readonly UnitLevel[] = ['nation', 'province', 'district', 'commune']
/** Territories that may stand below another one. */
export const PARTS: readonly UnitLevel[] = TERRITORIES.slice(1)
export const AGENCIES: readonly UnitLevel[] = ['department', 'organisation']
export const LEVELS: readonly UnitLevel[] = [...TERRITORIES, ...AGENCIES]
