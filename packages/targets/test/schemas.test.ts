// The published JSON Schemas and the code, asked about the same documents: valid ones with random changes. `SEED=…` repeats
// a run.
import Ajv from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { directiveSchema, parseDirective, TargetsError } from '../src/core.ts'
import { compilePolicy, defaultPolicy, examplePolicy1000, type Policy, policySchema } from '../src/emulation/index.ts'
import { pointTableSchema } from '../src/points/index.ts'
import { indicatorOf } from './directives.ts'
import { type Json, mutated, mutation } from './mutate.ts'

const RUNS = Number(process.env.SCHEMA_RUNS ?? 10_000)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value))
const text = { vi: 'x', en: 'x' }

beforeAll(() => {
  process.stderr.write(`schemas and code: 2 × ${RUNS} documents, SEED=${seed}\n`)
})

/** One of everything that a directive may have. */
const directive = json({
  $schema: 'x',
  id: '1/CT',
  title: text,
  issuer: text,
  issuedOn: '2024-02-29',
  year: 2024,
  version: '2',
  supersedes: { id: '9/CT', issuedOn: '2024-01-31' },
  level: 'province',
  groups: [{ id: 'g', name: text }],
  indicators: [
    indicatorOf('a', {
      target: { comparator: '>=', value: 60 },
      closesOn: '05-31',
      alsoIn: ['2'],
      intended: 'y',
      main: true,
      responsible: text,
      targets: [
        { kind: 'stretch', assignedBy: text, target: { comparator: '>', value: 61 }, quote: 'x' },
        { kind: 'assigned', assignedBy: text, target: { comparator: 'between', low: 60, high: 61 }, quote: 'x' },
      ],
    }),
    indicatorOf('b', {
      target: { comparator: '<=', value: 40 },
      change: { value: -4, unit: 'pp', against: 2023 },
      partOf: 'a',
    }),
    indicatorOf('c', {
      target: { comparator: '~', value: 9 },
      better: 'near',
      baseline: 4,
      denominator: 129,
      partOf: 'g',
    }),
    indicatorOf('d', {
      target: { comparator: 'between', low: 6.5, high: 7 },
      better: 'more',
      growth: true,
      measure: 'rate',
    }),
    indicatorOf('e', { target: { comparator: 'maintained', value: true }, interpretation: text, role: 'projection' }),
  ],
  relations: [
    { kind: 'sum', parts: ['a', 'b'], total: 100, within: 0.5 },
    { kind: 'sum', parts: ['a'], total: 'a' },
    { kind: 'at-most', part: 'c', whole: 'a' },
  ],
  duties: [{ id: 'x', section: '1', quote: 'x', intended: 'y', who: text, evidence: text, due: '2024-12-31' }],
  errata: [{ id: 'x', section: '1', quote: 'x', indicators: ['a'], arithmetic: '1', reading: text }],
  amendments: [{ from: '2024-06-30', source: 'x', targets: { a: { comparator: '>=', value: 61 } } }],
})

/** One of everything that a policy may have. */
const policy = json({
  ...examplePolicy1000,
  weights: {
    default: 1,
    indicators: { 'poverty-rate': 2 },
    groups: [{ id: 'g', name: text, weight: 3, indicators: ['grdp-growth'] }],
  },
  credit: { partialFrom: 0.7, missing: 'leave-out' },
  bonus: { exceeded: 0.1, above: 0.1, cap: 20 },
  inheritedLevels: 'count',
  leastShare: 0.5,
  facts: { cases: 'number', praised: 'boolean' },
  conditions: { clean: { any: [{ not: { fact: 'cases', operator: 'greaterThan', value: 3 } }] } },
  eligibility: [
    { id: 'a', when: { condition: 'clean' }, requirement: text, failing: text, otherwise: 'pause' },
    { id: 'b', when: { all: [{ fact: 'praised', operator: 'in', value: [true] }] }, requirement: text },
  ],
} satisfies Policy)

/** What no schema can say: names that refer to each other, sums, one number against another. */
const BEYOND = {
  directive:
    /^[^\n]*(is used twice|no indicator "|contradicts "change"|must be above "low"|exceeds|, not -?[\d.e+-]+(;|$)|lies after|a number cannot become a milestone|, nor a group|is a part of|id already|is better here|is not older)/,
  policy:
    /(is used twice|is in group|all are zero|must be a number from 0 to|points of a scale|no fact "|no condition is named|in a circle|is no award|is an award of the quotas already|must be a whole number, [\d.e+]+ or more|follows from the evaluation|no fact can be called|is a (boolean|number) already|more than 1000 parts)/,
}

function hold(
  name: string,
  valid: (document: unknown) => boolean,
  read: (document: never) => unknown,
  base: Json[],
  beyond: RegExp,
) {
  const counts = { accepted: 0, refused: 0, beyond: 0 }
  const property = fc.property(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 2 }), (pick, mutations) => {
    const document = mutated(base[pick % base.length] as Json, mutations)
    const bySchema = valid(document)
    let said: string | null = null
    try {
      read(document as never)
    } catch (error) {
      if (!(error instanceof TargetsError)) throw error
      said = error.message.replace(/^[^\n]*:\n/, '')
    }
    const isBeyond = bySchema && said?.split('\n').every((line) => beyond.test(line))
    if (isBeyond) counts.beyond++
    else counts[bySchema ? 'accepted' : 'refused']++
    if (bySchema !== (said === null) && !isBeyond) {
      throw new Error(
        `${name}: the schema ${bySchema ? 'accepts' : 'refuses'}, the code says ${said}: ${JSON.stringify(document)}`,
      )
    }
  })
  fc.assert(property, { numRuns: RUNS, seed, endOnFailure: true })
  // A fuzz that nothing passes, or nothing fails, compares nothing.
  expect(counts.accepted).toBeGreaterThan(RUNS / 50)
  expect(counts.refused).toBeGreaterThan(RUNS / 5)
  return counts
}

test('each published schema has an address of its own, by which documents may name it', () => {
  const ids = [directiveSchema, policySchema, pointTableSchema].map(({ $id }) => $id)
  expect(ids).toEqual(
    ['directive', 'policy', 'points'].map((name) => `https://unpkg.com/@dienbien/targets/dist/${name}.schema.json`),
  )
})

const ajv = new Ajv.default({ strict: false, validateFormats: false })

test('directives: schema and code accept the same', () => {
  hold('directive', ajv.compile(directiveSchema), parseDirective, [directive], BEYOND.directive)
})

test('policies: schema and code accept the same', () => {
  hold('policy', ajv.compile(policySchema), compilePolicy, [policy, json(defaultPolicy)], BEYOND.policy)
})
