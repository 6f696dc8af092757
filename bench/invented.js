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

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
