import { frozenCopy } from '../frozen.ts'
import type { Schema, SchemaObject } from '../shape.ts'

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })
/** Ten times what any known policy lists; each is looked at for each unit. */
const MOST_LISTED = 500

const listOf = (items: Schema): SchemaObject => ({ type: 'array', maxItems: MOST_LISTED, items })
const mapOf = (additionalProperties: Schema): SchemaObject => ({ type: 'object', additionalProperties })
const words: SchemaObject = { type: 'string', minLength: 1 }
const between = (minimum: number, maximum: number): SchemaObject => ({ type: 'number', minimum, maximum })
const weight = between(0, 1e9)
const count: SchemaObject = { type: 'integer', minimum: 0 }
/** How a share becomes a whole number. */
export const ROUNDING: SchemaObject = { enum: ['nearest', 'up', 'down'] }
const closed = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
  properties,
})

const criterion = (kind: string, properties: Readonly<Record<string, Schema>>): Schema =>
  closed({ kind: { const: kind }, id: words, name: ref('text'), fact: words, ...properties })

const comparing = (operators: readonly string[], value: Schema): Schema =>
  closed({ name: { type: 'string' }, fact: words, operator: { enum: operators }, value }, ['name'])
const joining = (key: string, parts: Schema): Schema => closed({ name: { type: 'string' }, [key]: parts }, ['name'])

/** What a policy looks like, as JSON Schema (draft 2020-12): `@dienbien/targets/policy.schema.json`. */
export const policySchema: SchemaObject = /*#__PURE__*/ frozenCopy({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/@dienbien/targets/dist/policy.schema.json',
  title: 'Policy',
  description: 'How points, ranks and awards follow from evaluations',
  ...closed(
    {
      $schema: { type: 'string' },
      id: words,
      version: words,
      title: ref('text'),
      note: { $ref: '#/$defs/text', description: 'Whose policy it is' },
      scale: { type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
      weights: closed(
        {
          default: weight,
          indicators: mapOf(weight),
          groups: listOf(
            closed({ id: words, name: ref('text'), weight, indicators: { ...listOf(words), minItems: 1 } }),
          ),
        },
        ['indicators', 'groups'],
      ),
      credit: closed(
        {
          partialFrom: between(0, 1),
          missing: {
            description: "Share of an indicator's points without a figure, or leave-out",
            oneOf: [between(0, 1), { const: 'leave-out' }],
          },
        },
        ['missing'],
      ),
      bonus: closed({ exceeded: between(0, 10), above: between(0, 1e6), cap: between(0, 1e6) }, ['above', 'cap']),
      inheritedLevels: { enum: ['leave-out', 'count'] },
      leastShare: between(0, 1),
      facts: mapOf({ enum: ['boolean', 'number'] }),
      criteria: listOf(ref('criterion')),
      clusters: {
        description: 'How clusters compare with each other',
        ...closed({ by: { enum: ['mean', 'median'] } }),
      },
      overall: {
        description: 'An award above the clusters, for a share of those who qualify for one of the quotas',
        ...closed({ award: ref('award'), name: ref('text'), among: words, share: between(0, 1) }),
      },
      conditions: mapOf(ref('condition')),
      eligibility: listOf(
        closed(
          {
            id: words,
            when: ref('condition'),
            requirement: ref('text'),
            failing: ref('text'),
            otherwise: { enum: ['exclude', 'pause'] },
          },
          ['failing', 'otherwise'],
        ),
      ),
      tieBreaks: { ...listOf({ enum: ['met', 'exceeded', 'noData'] }), uniqueItems: true },
      quotas: listOf(
        closed(
          {
            award: ref('award'),
            name: ref('text'),
            seats: count,
            share: between(0, 1),
            rounding: ROUNDING,
            above: closed({ members: count, seats: count }),
            when: ref('condition'),
          },
          ['share', 'rounding', 'above', 'when'],
        ),
      ),
    },
    ['$schema', 'inheritedLevels', 'leastShare', 'facts', 'criteria', 'clusters', 'overall', 'conditions'],
  ),
  $defs: {
    text: closed({ vi: words, en: words }),
    award: { type: 'string', minLength: 1, not: { const: 'ballot' } },
    criterion: {
      oneOf: [
        criterion('yes-no', { points: between(0, 1e6) }),
        criterion('count', { pointsEach: between(0, 1e6), cap: between(0, 1e6) }),
        criterion('adjustment', { pointsEach: between(-1e6, 1e6), least: between(-1e6, 0), most: between(0, 1e6) }),
      ],
    },
    scalar: { oneOf: [{ type: 'boolean' }, { type: 'number' }, { type: 'string' }] },
    condition: {
      description: "json-rules-engine's condition format, built-in operators only",
      oneOf: [
        comparing(['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'], { type: 'number' }),
        comparing(['equal', 'notEqual'], ref('scalar')),
        comparing(['in', 'notIn'], listOf(ref('scalar'))),
        joining('all', listOf(ref('condition'))),
        joining('any', listOf(ref('condition'))),
        joining('not', ref('condition')),
        joining('condition', words),
      ],
    },
  },
})
