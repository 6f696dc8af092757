import { policySchema, ROUNDING } from '../emulation/schema.ts'
import { frozenCopy } from '../frozen.ts'
import type { Schema, SchemaObject } from '../shape.ts'
import { GREATEST } from './known.ts'

const MOST_LISTED = 500

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })
const listOf = (items: Schema, minItems = 0): SchemaObject => ({
  type: 'array',
  minItems,
  maxItems: MOST_LISTED,
  items,
})
const mapOf = (additionalProperties: Schema): SchemaObject => ({ type: 'object', additionalProperties })
const words: SchemaObject = { type: 'string', minLength: 1 }
const yes: SchemaObject = { type: 'boolean' }
const points: SchemaObject = { type: 'number', minimum: -1e6, maximum: 1e6 }
const positive: SchemaObject = { type: 'number', minimum: 0, maximum: 1e6 }
const above0: SchemaObject = { type: 'number', exclusiveMinimum: 0, maximum: 1e9 }
const any: SchemaObject = { type: 'number', minimum: -GREATEST, maximum: GREATEST }
const decimals: SchemaObject = { type: 'integer', minimum: 0, maximum: 4 }
const rounded: Readonly<Record<string, Schema>> = {
  'decimals?': decimals,
  'step?': { type: 'number', minimum: 0.0001, maximum: 1e6 },
  'rounding?': ROUNDING,
}
const share: SchemaObject = { type: 'number', minimum: 0, maximum: 1 }
const seats: SchemaObject = { type: 'integer', minimum: 0, maximum: 1e6 }
const better: SchemaObject = { enum: ['more', 'less'] }
const target: SchemaObject = { oneOf: [any, ref('figure')] }

/** An object without other keys; those that end in ? may be absent. */
const closed = (marked: Readonly<Record<string, Schema>>): SchemaObject => {
  const entries = Object.entries(marked).map(([key, schema]) => [key.replace(/\?$/, ''), schema, key] as const)
  return {
    type: 'object',
    required: entries.filter(([key, , written]) => key === written).map(([key]) => key),
    additionalProperties: false,
    properties: Object.fromEntries(entries),
  }
}
const rule = (kind: string, properties: Readonly<Record<string, Schema>> = {}): Schema =>
  closed({ kind: { const: kind }, ...properties })

const two: SchemaObject = { ...listOf(target, 2), maxItems: 2 }
const figure: SchemaObject = {
  description: 'A declared fact by its name, the result of an indicator, or what follows from other figures',
  oneOf: [
    words,
    closed({ indicator: words, 'take?': { enum: ['value', 'target', 'completion', 'margin'] } }),
    closed({ ratio: two, 'times?': any }),
    closed({ change: two }),
    closed({ difference: two }),
    closed({ sum: listOf(target, 1) }),
    closed({ product: listOf(target, 1) }),
    closed({ greatest: listOf(target, 1) }),
    closed({ least: listOf(target, 1) }),
    closed({
      results: { enum: ['assigned', 'met', 'exceeded', 'notMet', 'inProgress', 'undecided', 'noData'] },
      'of?': { ...listOf(words, 1), uniqueItems: true },
    }),
    closed({ cluster: { enum: ['mean', 'sum', 'greatest', 'least'] }, of: ref('figure') }),
    closed({ cases: listOf(closed({ when: ref('condition'), figure: target }), 1), 'otherwise?': target }),
    closed({ holding: listOf(ref('condition'), 1) }),
    closed({ latest: listOf(ref('figure'), 1) }),
    closed({ periods: listOf(closed({ of: ref('figure'), weight: above0 }), 1) }),
  ],
}
const step = closed({ 'from?': any, 'above?': any, 'to?': any, 'below?': any, points })
const of = ref('figure')
const rules: SchemaObject = {
  oneOf: [
    rule('full', { 'points?': points }),
    rule('yes-no', { of: words, 'points?': points, 'otherwise?': points }),
    rule('count', { of, each: points, 'base?': points, 'free?': positive, 'most?': points, 'least?': points }),
    rule('steps', { of, steps: listOf(step, 1), 'otherwise?': points, 'near?': yes }),
    rule('line', { of, line: listOf(closed({ at: any, points }), 2), 'near?': yes }),
    rule('proportion', { of, target, 'better?': better, 'from?': positive, 'to?': positive }),
    rule('per-percent', {
      of,
      target,
      'better?': better,
      'less?': positive,
      'more?': positive,
      'every?': above0,
      'whole?': yes,
      'begun?': yes,
      'least?': points,
      'most?': points,
    }),
    rule('beyond', { of, above: any, every: above0, each: points, 'first?': points, 'most?': positive }),
    rule('excess', {
      of,
      target,
      'better?': better,
      'atTarget?': share,
      'fullAt?': above0,
    }),
    rule('leader', { of, 'better?': better }),
    rule('place', { of, 'better?': better, places: listOf(points, 1), 'otherwise?': points }),
    rule('judged', { of: words, 'by?': words, 'least?': points, 'most?': points }),
    rule('share', { node: words, share: points, 'what?': { enum: ['printed', 'earned'] } }),
    rule('cases', { cases: listOf(closed({ when: ref('condition'), rule: ref('rule') }), 1) }),
    rule('policy', { policy: { type: 'object' } }),
  ],
}
const absence: SchemaObject = { enum: ['nothing', 'zero', 'full', 'share', 'scale'] }
const node = closed({
  code: words,
  name: words,
  'points?': positive,
  'outside?': yes,
  'rule?': ref('rule'),
  'children?': listOf(ref('node'), 1),
  'coefficient?': target,
  'best?': { type: 'integer', minimum: 1 },
  'leaderGets?': above0,
  'cap?': points,
  'floor?': points,
  'mostDeducted?': positive,
  'mostAdded?': positive,
  'minimum?': points,
  ...rounded,
  'when?': ref('condition'),
  'evidence?': words,
  'by?': words,
  'missing?': absence,
  'notAssigned?': absence,
  'late?': closed({ 'share?': share, 'less?': positive }),
})
const grade = closed({
  id: words,
  name: words,
  'from?': points,
  'every?': share,
  'minimums?': yes,
  'when?': ref('condition'),
  'missed?': { enum: ['next', 'exclude'] },
  'atMost?': {
    oneOf: [
      closed({ units: seats }),
      closed({ share, 'of?': words, 'members?': yes, 'rounding?': ROUNDING, 'atLeast?': seats }),
    ],
  },
})

/** What a table of points looks like, as JSON Schema (draft 2020-12): `@dienbien/targets/points.schema.json`. */
export const pointTableSchema: SchemaObject = /*#__PURE__*/ frozenCopy({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/@dienbien/targets/dist/points.schema.json',
  title: 'Point table',
  description: 'A tree of criteria with points as printed, and the grades that follow from them',
  ...closed({
    '$schema?': { type: 'string' },
    id: words,
    version: words,
    title: words,
    note: { ...words, description: 'Whose table it is' },
    'source?': words,
    total: { type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
    'facts?': mapOf(closed({ type: { enum: ['number', 'boolean', 'text'] }, 'name?': words })),
    'figures?': mapOf(ref('figure')),
    'conditions?': mapOf(ref('condition')),
    nodes: listOf(ref('node'), 1),
    'missing?': absence,
    'notAssigned?': absence,
    'floor?': points,
    'cap?': points,
    ...rounded,
    'grades?': listOf(ref('grade')),
    'ungraded?': listOf(closed({ when: ref('condition'), reason: words })),
    'lowered?': listOf(closed({ when: ref('condition'), reason: words, 'to?': words })),
    'awards?': listOf(
      closed({
        award: { ...words, not: { const: 'ballot' } },
        name: words,
        seats,
        'share?': share,
        'rounding?': ROUNDING,
        'above?': closed({ members: seats, seats }),
        'when?': ref('condition'),
      }),
    ),
    'periods?': listOf(closed({ id: words, weight: above0 })),
    'settling?': { enum: ['mean', 'median', 'lowest', 'highest', 'trimmed'] },
    'tieBreaks?': listOf({
      oneOf: [closed({ node: words }), closed({ fact: words, 'better?': better }), closed({ when: ref('condition') })],
    }),
  }),
  $defs: {
    figure,
    rule: rules,
    node,
    grade,
    scalar: policySchema.$defs?.scalar as Schema,
    condition: policySchema.$defs?.condition as Schema,
  },
})
