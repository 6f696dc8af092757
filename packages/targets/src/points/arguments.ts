// What the functions of this folder are handed besides tables, checked by the same reader of schemas.
import { isRecord, show, TargetsError, wrongType } from '../errors.ts'
import { checkKeys } from '../rules/options.ts'
import { listing, problemsIn, type Schema, type SchemaObject } from '../shape.ts'
import type { PointEntry } from './result.ts'
import { pointTableSchema } from './schema.ts'

const text: SchemaObject = { type: 'string' }
const number: SchemaObject = { type: 'number' }
const pointsByCode: SchemaObject = { type: 'object', additionalProperties: number }
const object = (properties: Readonly<Record<string, Schema>>): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})
const lineShape = object({
  ...{ code: text, name: text, points: number, outOf: number, own: number, limited: number },
  ...{ counted: { type: 'boolean' }, outside: { type: 'boolean' } },
})

const $defs = pointTableSchema.$defs ?? {}

const SHAPES = {
  score: object({ unit: text, points: number, outOf: number, lines: { type: 'array', items: lineShape } }),
  sheets: { type: 'array', items: object({ stage: text, by: text, points: pointsByCode }) },
  points: pointsByCode,
  by: { type: 'string', ...(pointTableSchema.properties?.settling as SchemaObject) },
  figure: { oneOf: [number, { $ref: '#/$defs/figure' }], $defs },
  rule: { $ref: '#/$defs/rule', $defs },
  // By itself: what stands below it may be anything.
  node: {
    type: 'object',
    properties: { ...($defs.node as SchemaObject).properties, children: { type: 'array' } },
    $defs,
  },
} satisfies Readonly<Record<string, SchemaObject>>

/**
 * Refuses a value that is not of a shape of this folder.
 * @throws {TargetsError} `WRONG_TYPE` with all that is wrong, by path
 */
export function checkShape(shape: keyof typeof SHAPES, value: unknown): void {
  const problems = problemsIn(SHAPES[shape], value).map((problem) => ({
    ...problem,
    path: problem.path === '' || problem.path.startsWith('[') ? `${shape}${problem.path}` : `${shape}.${problem.path}`,
  }))
  const [first] = problems
  if (first) throw new TargetsError('WRONG_TYPE', listing(problems), first.path, first.nearest)
}

const wellShaped = new WeakSet<object>()

/** {@link checkShape}, once for each object: nodes, rules and figures are asked about again and again. */
export function checkShapeOnce(shape: keyof typeof SHAPES, value: unknown): void {
  const isObject = typeof value === 'object' && value !== null
  if (isObject && wellShaped.has(value)) return
  checkShape(shape, value)
  if (isObject) wellShaped.add(value)
}

const ENTRY = ['unit', 'facts', 'evaluation', 'notAssigned', 'late', 'given']

/** @throws {TargetsError} `BAD_OPTION` where it has another key; `WRONG_TYPE` where it is nothing that is reported of a unit */
export function checkEntry(entry: unknown): asserts entry is PointEntry {
  if (!isRecord(entry) || typeof entry.unit !== 'string')
    throw wrongType('entries', 'đơn vị (unit, facts, …)', 'units (unit, facts, …)', entry)
  checkKeys(entry, ENTRY, 'entries', entry.unit)
  const { unit, facts = {}, given: value = {}, notAssigned = [], late = [], evaluation } = entry
  if (!isRecord(facts)) throw wrongType(`${unit}.facts`, 'một đối tượng', 'an object', facts)
  if (!isRecord(value)) throw wrongType(`${unit}.given`, 'điểm theo mã mục', 'points by code', value)
  for (const [key, codes] of Object.entries({ notAssigned, late })) {
    if (!Array.isArray(codes) || !Array.from(codes).every((code) => typeof code === 'string'))
      throw wrongType(`${unit}.${key}`, 'một danh sách mã mục', 'a list of codes', codes)
  }
  if (evaluation === undefined) return
  const results: unknown = isRecord(evaluation) ? evaluation.results : undefined
  const isResult = (value: unknown) => isRecord(value) && typeof value.indicatorId === 'string' && isLike(value)
  if (Array.isArray(results) && Array.from(results).every(isResult)) return
  throw new TargetsError(
    'WRONG_TYPE',
    {
      vi: `${unit}.evaluation: phải là kết quả của evaluate, không phải ${show(evaluation)}`,
      en: `${unit}.evaluation: must be what evaluate gave, not ${show(evaluation)}`,
    },
    `${unit}.evaluation`,
  )
}

/** What rules take from a result: numbers or nothing, and a status by its name. */
const isLike = ({ status, value, completion, margin, target }: Record<string, unknown>) =>
  typeof status === 'string' &&
  [completion, margin].every((value) => value === null || value === undefined || typeof value === 'number') &&
  (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') &&
  (target === null || target === undefined || isRecord(target))
