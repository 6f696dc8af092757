import { directive2022 } from '../packages/targets/dist/esm/index.js'

/** Figures of an invented unit: from 70% to 130% of each target. */
export const factsOf = (unit) =>
  Object.fromEntries(
    directive2022.indicators.map(({ id, target }, i) => [
      id,
      target.comparator === 'maintained'
        ? (unit + i) % 3 > 0
        : target.value * (0.7 + ((unit * 31 + i * 17) % 60) / 100),
    ]),
  )

/** Indicators that units of every level measure: 0 to 100, whole, is a right figure of each. */
export const MEASURED_EVERYWHERE = directive2022.indicators
  .filter(
    ({ measure, levels }) =>
      measure !== 'milestone' && ['province', 'district', 'commune'].every((level) => levels.includes(level)),
  )
  .map(({ id }) => id)

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
