// What the package's README quotes, each figure beside its rivals in the same run, by the time of the processor. `pnpm bench`
import { ZenEngine } from '@gorules/zen-engine'
import { LogicEngine } from 'json-logic-engine'
import { Engine } from 'json-rules-engine'
import { Bench } from 'tinybench'
import { compileCondition, compileConditionTable } from '../packages/targets/dist/esm/conditions.js'
import { compile, directive2022, evaluate, toRules, toTable } from '../packages/targets/dist/esm/index.js'
import { factsOf, median } from './invented.js'

const { indicators } = directive2022
const UNITS = 1000
const UNITS_AT_A_TIME = 100
const TABLE_UNITS = 100_000
/** Turns that count, after those in which the engine compiles what it runs. */
const TURNS = 20
const FIRST_TURNS = 5

const units = Array.from({ length: UNITS }, (_, unit) => factsOf(unit))
let sink = 0

const processorMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Runs rivals in short turns, again and again, so that what else the machine does falls on all of them.
 * @param items that each call of a rival checks; all of what it takes counts, its garbage too
 */
async function race(title, items, rivals) {
  const bench = new Bench({ now: processorMs, time: 100, iterations: 1, warmup: false, throws: true })
  for (const [name, work] of Object.entries(rivals)) bench.add(name, work)
  const turns = []
  for (let turn = 0; turn < FIRST_TURNS + TURNS; turn++) {
    bench.reset()
    await bench.run()
    if (turn >= FIRST_TURNS) turns.push(bench.tasks.map(({ result }) => (items / result.latency.mean) * 1000))
  }
  console.log(`\n${title}\n`)
  return Object.fromEntries(bench.tasks.map(({ name }, i) => [name, turns.map((rates) => rates[i])]))
}

/** The ratio is the median of the turns', in which both had the same machine. */
function table(rates, unit, base) {
  console.log(`| | ${unit} a second | ratio |\n| --- | --- | --- |`)
  for (const [name, turns] of Object.entries(rates)) {
    const ratio = median(turns.map((rate, turn) => rate / rates[base][turn]))
    console.log(`| ${name} | ${median(turns).toExponential(1)} | ${ratio.toFixed(ratio < 10 ? 2 : 0)} |`)
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
let at = 0
/** What a call is about: every rival goes through the same thousand units. */
const nextUnits = () => {
  const next = units.slice(at, at + UNITS_AT_A_TIME)
  at = (at + UNITS_AT_A_TIME) % UNITS
  return next
}
const evaluateRates = await race(
  `${UNITS.toLocaleString('en')} units × 70 figures, one after another`,
  UNITS_AT_A_TIME * 70,
  {
    'json-rules-engine (one shared engine, in turn)': async () => {
      for (const facts of nextUnits()) sink += (await engine.run(facts)).events.length
    },
    '@gorules/zen-engine': async () => {
      for (const facts of nextUnits()) sink += Object.keys((await zen.evaluate(facts)).result).length
    },
    'json-logic-engine, compiled (true or false only)': () => {
      for (const facts of nextUnits()) for (const rule of logicRules) sink += rule(facts) ? 1 : 0
    },
    'evaluate (status, margin, completion … of each)': () => {
      for (const facts of nextUnits()) sink += evaluate(facts).summary.met
    },
  },
)
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
