import { DATE_PATTERN, MONTH_DAY_PATTERN } from '../dates.ts'
import { frozenCopy } from '../frozen.ts'
import type { Schema, SchemaObject } from '../shape.ts'
import { LEVELS } from './types.ts'

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })
const listOf = (items: Schema): SchemaObject => ({ type: 'array', items })
const words: SchemaObject = { type: 'string', minLength: 1 }
const number: SchemaObject = { type: 'number' }
const closed = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
  properties,
})
/** An object that has certain values, whatever else it has. */
const having = (properties: Readonly<Record<string, Schema>>): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})
const withTarget = (comparators: readonly string[]): Schema =>
  having({ target: having({ comparator: { enum: comparators } }) })
/** What a property must be, if it is there. */
const only = (properties: Readonly<Record<string, Schema>>): Schema => ({ type: 'object', properties })

const NUMERIC = ['>=', '>', '<=', '<', '=', '~']
const numericTargets: readonly Schema[] = [
  closed({ comparator: { enum: NUMERIC }, value: number }),
  closed({ comparator: { const: 'between' }, low: number, high: number }),
]
const targetBranches: readonly Schema[] = [
  ...numericTargets,
  closed({ comparator: { const: 'maintained' }, value: { const: true } }),
]

const indicator: SchemaObject = {
  ...closed(
    {
      id: ref('id'),
      name: ref('text'),
      section: words,
      alsoIn: listOf(words),
      unit: closed({ code: ref('id'), vi: words, en: words }),
      target: ref('target'),
      targets: {
        ...listOf(
          closed({
            kind: { enum: ['assigned', 'stretch'] },
            assignedBy: ref('text'),
            target: { oneOf: numericTargets },
            quote: words,
          }),
        ),
        minItems: 1,
      },
      better: { enum: ['more', 'less', 'near'] },
      quote: words,
      intended: words,
      measure: { enum: ['flow', 'level', 'rate', 'milestone'] },
      extent: { enum: ['extensive', 'intensive'] },
      role: { enum: ['target', 'projection'] },
      main: { type: 'boolean' },
      partOf: ref('id'),
      responsible: ref('text'),
      levels: { ...listOf({ enum: LEVELS }), minItems: 1 },
      denominator: { type: 'number', exclusiveMinimum: 0 },
      weighedBy: {
        oneOf: [{ const: 'communes' }, closed({ denominator: ref('id') }), closed({ numerator: ref('id') })],
      },
      change: {
        ...closed({ value: number, unit: { enum: ['%', 'pp', 'x'] }, against: { type: 'integer' } }),
        if: having({ unit: { const: '%' } }),
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
        then: only({ value: { type: 'number', exclusiveMinimum: -100 } }),
      },
      baseline: number,
      closesOn: { type: 'string', pattern: MONTH_DAY_PATTERN, examples: ['05-31'] },
      growth: { type: 'boolean' },
      interpretation: ref('text'),
      checkedOn: ref('date'),
    },
    [
      'alsoIn',
      'targets',
      'better',
      'intended',
      'role',
      'main',
      'partOf',
      'responsible',
      'denominator',
      'weighedBy',
      'change',
      'baseline',
      'closesOn',
      'growth',
      'interpretation',
    ],
  ),
  allOf: (
    [
      [withTarget(['>=', '>', 'maintained']), only({ better: { const: 'more' } })],
      [withTarget(['<=', '<']), only({ better: { const: 'less' } })],
      [withTarget(['=']), only({ better: { const: 'near' } })],
      [withTarget(['~', 'between']), { type: 'object', required: ['better'] }],
      [
        withTarget(['maintained']),
        only({ measure: { const: 'milestone' }, targets: false, change: false, baseline: false, denominator: false }),
      ],
      [having({ measure: { const: 'milestone' } }), withTarget(['maintained'])],
      [having({ growth: { const: true } }), only({ measure: { const: 'rate' }, baseline: false, weighedBy: false })],
      [having({ weighedBy: true }), only({ extent: { const: 'intensive' }, measure: { enum: ['level', 'rate'] } })],
    ] as const
  )
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    .map(([condition, consequence]): Schema => ({ if: condition, then: consequence })),
}

/** What a directive looks like, as JSON Schema (draft 2020-12): `@dienbien/targets/directive.schema.json`. */
export const directiveSchema: SchemaObject = /*#__PURE__*/ frozenCopy({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/@dienbien/targets/dist/directive.schema.json',
  title: 'Directive',
  description: "A directive's numeric targets, duties and errata, as @dienbien/targets encodes them",
  ...closed(
    {
      $schema: { type: 'string' },
      id: words,
      title: ref('text'),
      issuer: ref('text'),
      issuedOn: ref('date'),
      year: { type: 'integer', minimum: 1000, maximum: 9999 },
      version: words,
      supersedes: closed({ id: words, issuedOn: ref('date') }),
      level: { enum: LEVELS },
      indicators: { ...listOf(ref('indicator')), minItems: 1 },
      groups: listOf(closed({ id: ref('id'), name: ref('text') })),
      relations: listOf({
        oneOf: [
          closed(
            {
              kind: { const: 'sum' },
              parts: { ...listOf(ref('id')), minItems: 1 },
              total: { oneOf: [ref('id'), number] },
              within: { type: 'number', minimum: 0 },
            },
            ['within'],
          ),
          closed({ kind: { const: 'at-most' }, part: ref('id'), whole: ref('id') }),
        ],
      }),
      duties: listOf(
        closed(
          {
            id: ref('id'),
            section: words,
            quote: words,
            intended: words,
            who: ref('text'),
            evidence: ref('text'),
            due: ref('date'),
          },
          ['intended'],
        ),
      ),
      errata: listOf(
        closed(
          {
            id: ref('id'),
            section: words,
            quote: words,
            intended: words,
            indicators: listOf(ref('id')),
            arithmetic: words,
            reading: ref('text'),
          },
          ['intended', 'arithmetic'],
        ),
      ),
      amendments: listOf(
        closed({
          from: ref('date'),
          source: words,
          targets: { type: 'object', additionalProperties: ref('target') },
        }),
      ),
    },
    ['$schema', 'version', 'supersedes', 'level', 'groups', 'relations', 'duties', 'errata', 'amendments'],
  ),
  $defs: {
    text: closed({ vi: words, en: words }),
    date: { type: 'string', pattern: DATE_PATTERN, examples: ['2022-10-31'] },
    id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', examples: ['grdp-growth'] },
    target: { oneOf: targetBranches },
    indicator,
  },
})
