// What the figures of an indicator can be at all.
import { isRecord, wrongType } from '../errors.ts'
import { decimalsOfIndicator } from './printed.ts'
import type { Indicator, MeasurementUnit } from './types.ts'

/** The units that count things, whole and from 0. */
const COUNTS = ['commune', 'commune-ward-township', 'household', 'person', 'worker', 'treatment']

/** Whether a unit counts things: its values are whole and not negative. */
export const isCount = (unit: MeasurementUnit): boolean => COUNTS.includes(codeOf(unit))

/** Of what is measured, figures have two decimals where the text does not print more. */
const USUAL_DECIMALS = 2

/** The smallest difference between two figures of an indicator as they are written: a whole one of what is counted. */
export const stepOfFigures = (indicator: Indicator): number =>
  isCount(indicator.unit) ? 1 : 10 ** -Math.max(decimalsOfIndicator(indicator), USUAL_DECIMALS)

/** Whether a unit is a share of a whole, from 0 to 100; a rate of growth is none. */
export const isShare = (unit: MeasurementUnit): boolean => codeOf(unit) === 'percent'

function codeOf(unit: MeasurementUnit): string {
  if (!isRecord(unit)) throw wrongType('unit', 'một đơn vị tính', 'a unit of measurement', unit)
  return unit.code
}

/** The least and the greatest that a figure of an indicator can be: no share is above the whole, and no count below nothing. */
export function limitsOf({ unit, denominator = Infinity }: Indicator): {
  readonly least: number
  readonly most: number
} {
  return isShare(unit) ? { least: 0, most: 100 } : { least: isCount(unit) ? 0 : -Infinity, most: denominator }
}
