// What the published JSON Schemas say, said by the code too: one text, so that the two cannot drift apart.
import { isRecord, show, suggesting, type Text } from './errors.ts'
import { nearest } from './nearest.ts'

/** The part of JSON Schema (draft 2020-12) that this package's schemas are written in. */
export type Schema = boolean | SchemaObject
export interface SchemaObject {
  readonly $schema?: string
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean'
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly enum?: readonly (string | number | boolean)[]
  readonly const?: string | number | boolean
  readonly pattern?: string
  readonly examples?: readonly string[]
  readonly minLength?: number
  readonly not?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly allOf?: readonly Schema[]
  /** Branches that exclude each other. */
  readonly oneOf?: readonly Schema[]
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
}

/** What is wrong with one value of a document. */
export interface Problem {
  /** For example `indicators[3].target.value`. */
  readonly path: string
  readonly text: Text
  readonly nearest?: string | undefined
}

/** A document that is deeper goes round in a circle, or is meant to exhaust its reader. */
const MOST_LEVELS = 200

/** Everything in which a value departs from a schema, in the order of the schema; never throws. */
export function problemsIn(schema: Schema, value: unknown): Problem[] {
  const problems: Problem[] = []
  new Reader(schema as SchemaObject, problems).read(schema, value, '', 0)
  return problems
}

/** The paths and what is wrong there, a line each. */
export function listing(problems: readonly Problem[]): Text {
  const lines = (language: keyof Text) =>
    problems
      .map(({ path, text, nearest: near }) => `${path && `${path}: `}${suggesting(text, near)[language]}`)
      .join('\n')
  return { vi: lines('vi'), en: lines('en') }
}

class Reader {
  readonly #root: SchemaObject
  readonly #problems: Problem[]

  constructor(root: SchemaObject, problems: Problem[]) {
    this.#root = root
    this.#problems = problems
  }

  #say(path: string, vi: string, en: string, near?: string): void {
    this.#problems.push({ path, text: { vi, en }, nearest: near })
  }

  #fits(schema: Schema, value: unknown, depth: number): boolean {
    return this.#of(schema, value, '', depth).length === 0
  }

  #of(schema: Schema, value: unknown, path: string, depth: number): Problem[] {
    const problems: Problem[] = []
    new Reader(this.#root, problems).read(schema, value, path, depth)
    return problems
  }

  read(schema: Schema, value: unknown, path: string, depth: number): void {
    if (schema === true) return
    if (schema === false) this.#say(path, 'không được có ở đây', 'has no place here')
    else if (depth > MOST_LEVELS) this.#say(path, 'lồng nhau quá sâu', 'is nested too deeply')
    else this.#readAll(schema, value, path, depth)
  }

  #readAll(schema: SchemaObject, value: unknown, path: string, depth: number): void {
    if (schema.$ref) {
      const name = schema.$ref.slice('#/$defs/'.length)
      this.read(this.#root.$defs?.[name] as Schema, value, path, depth)
    }
    if (schema.type !== undefined && !hasType(schema.type, value)) {
      const [vi, en] = TYPES[schema.type]
      const shown = show(value)
      this.#say(path, `phải là ${vi}, không phải ${shown}`, `must be ${en}, not ${shown}`)
      return
    }
    this.#readChoice(schema, value, path)
    if (typeof value === 'string') this.#readString(schema, value, path)
    if (typeof value === 'number') this.#readNumber(schema, value, path)
    if (Array.isArray(value)) this.#readList(schema, value, path, depth)
    else if (isRecord(value)) this.#readObject(schema, value, path, depth)
    this.#readBranches(schema, value, path, depth)
  }

  #readChoice(schema: SchemaObject, value: unknown, path: string): void {
    const allowed = schema.enum ?? (schema.const === undefined ? null : [schema.const])
    if (!allowed || allowed.includes(value as string)) return
    const names = allowed.filter((key) => typeof key === 'string')
    const near = typeof value === 'string' ? nearest(value, names) : undefined
    const [vi, en] = allowed.length > 1 ? ['không thuộc', 'is none of'] : ['phải là', 'must be']
    this.#say(path, `${show(value)} ${vi} ${allowed.join(', ')}`, `${show(value)} ${en} ${allowed.join(', ')}`, near)
  }

  #readString({ minLength = 0, pattern, examples = [] }: SchemaObject, value: string, path: string): void {
    if (value.length < minLength) this.#say(path, 'phải là chữ, không để trống', 'must be a text that is not empty')
    else if (pattern !== undefined && !compiled(pattern).test(value)) {
      const like = show(examples[0])
      this.#say(path, `${show(value)} sai dạng, ví dụ đúng: ${like}`, `${show(value)} must have the form of ${like}`)
    }
  }

  #readNumber(schema: SchemaObject, value: number, path: string): void {
    const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema
    if (value >= minimum && value <= maximum && value > exclusiveMinimum) return
    const least = Math.max(minimum, exclusiveMinimum)
    const above = exclusiveMinimum > minimum
    const vi = [
      least > -Infinity && `${above ? 'lớn hơn' : 'từ'} ${least}`,
      maximum < Infinity && `${least === -Infinity ? 'tối đa' : above ? 'và không quá' : 'đến'} ${maximum}`,
    ]
    const en = [
      least > -Infinity && `${above ? 'above' : 'from'} ${least}`,
      maximum < Infinity && `${least > -Infinity ? 'to' : 'at most'} ${maximum}`,
    ]
    const join = (parts: readonly (string | false)[]) => parts.filter(Boolean).join(' ')
    this.#say(path, `phải là số ${join(vi)}, không phải ${value}`, `must be a number ${join(en)}, not ${value}`)
  }

  #readList(schema: SchemaObject, value: readonly unknown[], path: string, depth: number): void {
    if (value.length < (schema.minItems ?? 0)) {
      this.#say(
        path,
        `phải nêu ít nhất ${schema.minItems}`,
        `must name at least ${schema.minItems === 1 ? 'one' : schema.minItems}`,
      )
    }
    const { maxItems = Infinity } = schema
    if (value.length > maxItems) {
      this.#say(path, `có ${value.length} mục: tối đa ${maxItems}`, `lists ${value.length}: at most ${maxItems}`)
      return
    }
    if (schema.uniqueItems && new Set(value).size < value.length) this.#say(path, 'có mục lặp lại', 'repeats an item')
    const { items } = schema
    // By index: a list with holes has undefined there.
    if (items !== undefined)
      for (let i = 0; i < value.length; i++) this.read(items, value[i], `${path}[${i}]`, depth + 1)
  }

  #readObject(schema: SchemaObject, value: Record<string, unknown>, path: string, depth: number): void {
    const at = (key: string) => (path === '' ? key : `${path}.${key}`)
    const { properties = {}, additionalProperties } = schema
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue
      if (Object.hasOwn(properties, key)) this.read(properties[key] as Schema, value[key], at(key), depth + 1)
      else if (additionalProperties === false) {
        const known = Object.keys(properties)
        this.#say(
          at(key),
          `không có mục này; có ${known.join(', ')}`,
          `no such key; there are ${known.join(', ')}`,
          nearest(key, known),
        )
      } else if (additionalProperties !== undefined) this.read(additionalProperties, value[key], at(key), depth + 1)
    }
    // After the keys that are not known: one of those is mostly what is missing, misspelt.
    for (const key of schema.required ?? []) {
      if (value[key] === undefined) this.#say(at(key), 'còn thiếu', 'is missing')
    }
  }

  #readBranches(schema: SchemaObject, value: unknown, path: string, depth: number): void {
    if (schema.not !== undefined && this.#fits(schema.not, value, depth)) {
      this.#say(path, `không được là ${show(value)}`, `must not be ${show(value)}`)
    }
    for (const key of schema.allOf ?? []) this.read(key, value, path, depth)
    if (schema.if !== undefined) {
      const next = this.#fits(schema.if, value, depth) ? schema.then : schema.else
      if (next !== undefined) this.read(next, value, path, depth)
    }
    if (schema.oneOf) {
      const likely = schema.oneOf.filter((branch) => looksLike(branch, value))
      const [only] = likely
      // What is wrong with a value by the branches that it is not like is for those that are like none, or several.
      if (only !== undefined && likely.length === 1) {
        this.read(only, value, path, depth)
        return
      }
      const branches = schema.oneOf.map((branch) => this.#of(branch, value, path, depth))
      if (branches.some((problems) => problems.length === 0)) return
      const kind = isRecord(value) ? kindOf(schema.oneOf) : null
      if (kind && isRecord(value) && !kind.enum.includes(value[kind.key] as string)) {
        this.#readChoice({ enum: kind.enum }, value[kind.key], path === '' ? kind.key : `${path}.${kind.key}`)
        return
      }
      // The branch that was meant is the one that names the value's kind right, and has least wrong with it.
      const [meant = []] = branches.toSorted((a, b) => a.length - b.length || named(b, path) - named(a, path))
      this.#problems.push(...meant)
    }
  }
}

/** Whether a value has the type of a branch, the keys that it must have, and its kind. */
function looksLike(branch: Schema, value: unknown): boolean {
  if (typeof branch !== 'object') return branch
  if (branch.type !== undefined && !hasType(branch.type, value)) return false
  const { required = [], properties = {} } = branch
  return required.every((key) => {
    const property = properties[key]
    const constant = typeof property === 'object' ? property.const : undefined
    return isRecord(value) && value[key] !== undefined && (constant === undefined || value[key] === constant)
  })
}

/** How deep into the value its first problem lies: what fails at its kind was hardly meant. */
const named = (problems: readonly Problem[], path: string) => ((problems[0]?.path.length ?? 0) > path.length ? 1 : 0)

/** The property by which branches can be told apart, and all that it may be. */
function kindOf(branches: readonly Schema[]): { key: string; enum: readonly (string | number | boolean)[] } | null {
  const [first, ...others] = branches as readonly SchemaObject[]
  for (const key of Object.keys(first?.properties ?? {})) {
    const choices = [first, ...others].map((schemaObject) => {
      const property = schemaObject?.properties?.[key]
      if (typeof property !== 'object') return []
      return property.enum ?? (property.const === undefined ? [] : [property.const])
    })
    if (choices.every((allowed) => allowed.length > 0)) return { key, enum: choices.flat() }
  }
  return null
}

const patterns = new Map<string, RegExp>()

/** Once for each of the few that the schemas have. */
function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u')
  patterns.set(pattern, known)
  return known
}

const TYPES = {
  object: ['một đối tượng', 'an object'],
  array: ['một danh sách', 'a list'],
  string: ['chữ', 'a text'],
  number: ['một số hữu hạn', 'a finite number'],
  integer: ['một số nguyên', 'a whole number'],
  boolean: ['true hoặc false', 'true or false'],
} as const

function hasType(type: NonNullable<SchemaObject['type']>, value: unknown): boolean {
  if (type === 'object') return isRecord(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}
