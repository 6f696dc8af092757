// What the package's README quotes, each figure beside its rivals in the same run. `pnpm bench`
import { ZenEngine } from '@gorules/zen-engine'
import { LogicEngine } from 'json-logic-engine'
import { Engine } from 'json-rules-engine'
import { Bench } from 'tinybench'
import { compileCondition, compileConditionTable } from '../packages/targets/dist/esm/conditions.js'
import { compile, directive2022, evaluate, toRules, toTable } from '../packages/targets/dist/esm/index.js'
import { factsOf } from './invented.js'

const { indicators } = directive2022
const UNITS = 1000
const TABLE_UNITS = 100_000

const units = Array.from({ length: UNITS }, (_, unit) => factsOf(unit))
let sink = 0

/** Runs rivals side by side and gives each one's median rate, in `items` a second. */
async function race(title, items, rivals) {
  const bench = new Bench({ time: 1500, warmupTime: 500 })
  for (const [name, work] of Object.entries(rivals)) bench.add(name, work)
  await bench.run()
  const rates = Object.fromEntries(
    bench.tasks.map(({ name, result }) => {
      if (!result?.latency) throw result?.error ?? new Error(`${name} did not run`)
      return [name, (items / result.latency.p50) * 1000]
    }),
  )
  console.log(`\n${title}\n`)
  return rates
}

function table(rates, unit, base) {
  console.log(`| | ${unit} a second | ratio |\n| --- | --- | --- |`)
  for (const [name, rate] of Object.entries(rates)) {
    console.log(
      `| ${name} | ${rate.toExponential(1)} | ${(rate / rates[base]).toFixed(rate / rates[base] < 10 ? 2 : 0)} |`,
    )
  }
}

// 1. One unit after another, with full results.
const rules = toRules()
const engine = new Engine(rules, { allowUndefinedFacts: true })
const zenGraph = {
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    {
      id: 'rules',
      type: 'expressionNode',
      name: 'rules',
      position: { x: 0, y: 0 },
      content: {
        expressions: rules.map(
          (
            {
              conditions: {
                all: [{ fact, operator, value }],
              },
            },
            i,
          ) => ({
            id: String(i),
            key: `r${i}`,
            value: `$root["${fact}"] ${{ greaterThanInclusive: '>=', greaterThan: '>', lessThanInclusive: '<=', equal: '==' }[operator]} ${value}`,
          }),
        ),
      },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
    { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
  ],
}
const zen = new ZenEngine().createDecision(Buffer.from(JSON.stringify(zenGraph)))
const logic = new LogicEngine()
const logicOperators = { greaterThanInclusive: '>=', greaterThan: '>', lessThanInclusive: '<=', equal: '===' }
const logicRules = rules.map(
  ({
    conditions: {
      all: [{ fact, operator, value }],
    },
  }) => logic.build({ [logicOperators[operator]]: [{ var: fact }, value] }),
)
const few = units.slice(0, 20)
const evaluateRates = await race(`${UNITS.toLocaleString('en')} units × 70 figures, one after another`, 1, {
  'json-rules-engine (one shared engine, in turn)': async () => {
    for (const facts of few) sink += (await engine.run(facts)).events.length
  },
  '@gorules/zen-engine': async () => {
    for (const facts of few) sink += Object.keys((await zen.evaluate(facts)).result).length
  },
  'json-logic-engine, compiled (true or false only)': () => {
    for (const facts of units) for (const rule of logicRules) sink += rule(facts) ? 1 : 0
  },
  'evaluate (status, margin, completion … of each)': () => {
    for (const facts of units) sink += evaluate(facts).summary.met
  },
})
for (const name of Object.keys(evaluateRates)) {
  evaluateRates[name] *= (name.startsWith('json-rules') || name.startsWith('@gorules') ? few.length : UNITS) * 70
}
table(evaluateRates, 'checks', 'json-rules-engine (one shared engine, in turn)')

// 2. Eligibility: a nested condition over facts.
const eligibility = {
  all: [
    { fact: 'pactSigned', operator: 'equal', value: true },
    {
      any: [
        { fact: 'score', operator: 'greaterThanInclusive', value: 70 },
        { fact: 'metRatio', operator: 'greaterThan', value: 0.8 },
      ],
    },
    { not: { fact: 'disciplined', operator: 'equal', value: true } },
    { fact: 'noDataRatio', operator: 'lessThan', value: 0.2 },
  ],
}
const eligibilityLogic = {
  and: [
    { '===': [{ var: 'pactSigned' }, true] },
    { or: [{ '>=': [{ var: 'score' }, 70] }, { '>': [{ var: 'metRatio' }, 0.8] }] },
    { '!': { '===': [{ var: 'disciplined' }, true] } },
    { '<': [{ var: 'noDataRatio' }, 0.2] },
  ],
}
const members = Array.from({ length: UNITS }, (_, i) => ({
  pactSigned: i % 7 > 0,
  score: (i * 37) % 100,
  metRatio: ((i * 13) % 100) / 100,
  disciplined: i % 11 === 0,
  noDataRatio: ((i * 7) % 40) / 100,
}))
const ours = compileCondition(eligibility)
const facts = Object.keys(members[0])
const oursInTable = compileConditionTable(eligibility, { facts })
const factTable = Float64Array.from(members.flatMap((member) => facts.map((fact) => Number(member[fact]))))
const verdicts = new Uint8Array(UNITS)
const theirs = logic.build(eligibilityLogic)
for (const facts of members) if (ours(facts) !== theirs(facts)) throw new Error('the two conditions differ')
const eligibilityRates = await race('eligibility: a condition of five facts, nested', UNITS, {
  'json-logic-engine, compiled': () => {
    for (const facts of members) sink += theirs(facts) ? 1 : 0
  },
  'compileCondition, an object a unit': () => {
    for (const facts of members) sink += ours(facts) === true ? 1 : 0
  },
  'compileConditionTable, a row a unit': () => {
    oursInTable.evaluateTable(factTable, verdicts)
    for (let i = 0; i < UNITS; i++) sink += verdicts[i]
  },
})
table(eligibilityRates, 'units', 'json-logic-engine, compiled')

// 3. A table of many units.
const program = compile()
const rows = toTable(program, units)
const values = new Float64Array(TABLE_UNITS * 70)
for (let at = 0; at < values.length; at += rows.length)
  values.set(rows.subarray(0, Math.min(rows.length, values.length - at)), at)
const out = new Uint8Array(values.length)

/** What a person would write by hand for this one table: a column after another, a loop for each operator. */
const columns = indicators.map((_, column) =>
  Float64Array.from({ length: TABLE_UNITS }, (_, unit) => values[unit * 70 + column]),
)
const columnOut = indicators.map(() => new Uint8Array(TABLE_UNITS))
const byHand = indicators.map(({ target }, i) => {
  const column = columns[i]
  const codes = columnOut[i]
  const goal = Number(target.value)
  switch (target.comparator) {
    case '>':
      return () => {
        for (let u = 0; u < TABLE_UNITS; u++) codes[u] = column[u] > goal ? 4 : column[u] <= goal ? 2 : 0
      }
    case '<=':
      return () => {
        for (let u = 0; u < TABLE_UNITS; u++) codes[u] = column[u] <= goal ? 4 : column[u] > goal ? 2 : 0
      }
    default:
      return () => {
        for (let u = 0; u < TABLE_UNITS; u++) codes[u] = column[u] >= goal ? 4 : column[u] < goal ? 2 : 0
      }
  }
})
const tableRates = await race(`a table of ${TABLE_UNITS.toLocaleString('en')} units × 70 indicators`, values.length, {
  'hand-written column loops': () => {
    for (const loop of byHand) loop()
    sink += columnOut[0][0]
  },
  'compile().evaluateTable': () => {
    program.evaluateTable(values, out)
    sink += out[0]
  },
})
table(
  { 'json-rules-engine': evaluateRates['json-rules-engine (one shared engine, in turn)'], ...tableRates },
  'checks',
  'hand-written column loops',
)

console.log(
  `\nOn ${(await import('node:os')).cpus()[0]?.model}, Node ${process.version}. (${sink > 0 ? 'checked' : ''})`,
)
