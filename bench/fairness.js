// Ten thousand draws of the weights over 140 units and 70 indicators, beside a loop that only multiplies and sorts.
import { Bench } from 'tinybench'
import { fairness } from '../packages/targets/dist/esm/emulation/index.js'
import { directive2022, evaluate } from '../packages/targets/dist/esm/index.js'
import { factsOf } from './invented.js'

const DRAWS = 10_000
const UNITS = 140
const { indicators } = directive2022
const entries = Array.from({ length: UNITS }, (_, unit) => ({
  unit: `u${unit}`,
  evaluation: evaluate(factsOf(unit)),
}))
const width = indicators.length
const credits = Float64Array.from({ length: UNITS * width }, (_, at) => ((at * 7919) % 100) / 100)

function byHand() {
  const weights = new Float64Array(width)
  const scores = new Float64Array(UNITS)
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let i = 0; i < width; i++) weights[i] = 0.5 + Math.random()
    for (let u = 0, at = 0; u < UNITS; u++) {
      let points = 0
      for (let i = 0; i < width; i++, at++) points += weights[i] * credits[at]
      scores[u] = points
    }
    scores.slice().sort()
  }
}

const bench = new Bench({ iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 })
bench.add('a typed loop that only multiplies and sorts', byHand)
bench.add('fairness: ranks, flips, decisions', () => fairness(entries, undefined, { draws: DRAWS }))
await bench.run()
const [hand, ours] = bench.tasks.map(({ result }) => result.latency.p50)
console.log(`\nfairness: ${DRAWS.toLocaleString('en')} draws, ${UNITS} units × ${width} indicators\n`)
console.log(`| | ms | ratio |\n| --- | --- | --- |`)
console.log(`| a typed loop that only multiplies and sorts | ${hand.toFixed(0)} | 1 |`)
console.log(`| fairness: ranks, flips, decisions | ${ours.toFixed(0)} | ${(ours / hand).toFixed(2)} |`)
