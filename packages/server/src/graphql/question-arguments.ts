// What a question cannot be about: a blank name, a list of nothing, a number out of its range. Under such an argument there
// is nothing, which looks as if there were nothing to tell.
import type { Text } from '@dienbien/targets'
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { InputError } from '../errors/input-error.ts'
import { isBlank } from '../unseen.ts'
import { type InputLimits, limitsOf } from './argument-limits.ts'

/** @throws {InputError} `BAD_INPUT` with the path of the argument and what would be right */
type Check = (value: unknown, path: string) => void

const BLANK: Text = {
  vi: 'đang để trống: ghi một giá trị, hoặc bỏ hẳn nếu không cần chọn',
  en: 'is blank: give a value, or leave it out where nothing is to be chosen',
}
const NO_ITEMS: Text = {
  vi: 'là danh sách trống nên không chọn gì: ghi ít nhất một giá trị, hoặc bỏ hẳn nếu không cần chọn',
  en: 'is an empty list and chooses nothing: give at least one value, or leave it out where nothing is to be chosen',
}

/** @param problem the end of a sentence that begins with the argument */
const refusal = (argument: string, { vi, en }: Text, value: unknown, nearest?: string): InputError =>
  new InputError('BAD_INPUT', { vi: `${argument} ${vi}`, en: `${argument} ${en}` }, { argument, value, nearest })

/**
 * Refuses such arguments of every field but the mutations', where it stands: the answers beside it stay. An argument of
 * which it means something says so where it is declared (`extensions: { mayBeBlank, mayBeEmpty }`).
 */
export function refuseEmptyArguments(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getMutationType()) continue
    for (const field of Object.values(type.getFields())) refuseIn(field)
  }
  return schema
}

/** Fields without such arguments stay as they are: they are asked for by the thousand. */
function refuseIn(field: GraphQLField<unknown, unknown>): void {
  const checks = field.args.flatMap((arg): [name: string, check: Check][] => {
    const check = checkOf(arg.type, limitsOf(arg))
    return check ? [[arg.name, check]] : []
  })
  if (checks.length === 0) return
  const { resolve, subscribe } = field
  const checkAll = (args: Readonly<Record<string, unknown>>) => {
    for (const [name, check] of checks) check(args[name], name)
  }
  if (resolve) {
    field.resolve = (parent, args, context, info) => {
      checkAll(args)
      return resolve(parent, args, context, info)
    }
  }
  if (subscribe) {
    field.subscribe = (parent, args, context, info) => {
      checkAll(args)
      return subscribe(parent, args, context, info)
    }
  }
}

/** Null where there is nothing to look at. */
function checkOf(type: GraphQLInputType, limits: InputLimits): Check | null {
  if (isNonNullType(type)) return checkOf(type.ofType, limits)
  if (isListType(type)) return ofList(checkOf(type.ofType, limits), limits)
  if (isInputObjectType(type)) {
    const checks = Object.values(type.getFields()).flatMap((field): [name: string, check: Check][] => {
      const check = checkOf(field.type, limitsOf(field))
      return check ? [[field.name, check]] : []
    })
    return checks.length === 0 ? null : ofObject(checks)
  }
  if (type.name === 'Int' || type.name === 'Float') return limits.least === null ? null : ofNumber(limits)
  return limits.mayBeBlank || !['String', 'ID'].includes(type.name) ? null : ofText
}

const ofText: Check = (value, path) => {
  if (typeof value === 'string' && isBlank(value)) throw refusal(path, BLANK, value.slice(0, 40))
}

const ofNumber =
  ({ least, most }: InputLimits): Check =>
  (value, path) => {
    if (typeof value !== 'number') return
    const nearest = Math.max(least ?? value, Math.min(most ?? value, value))
    if (nearest === value) return
    const range =
      most === null
        ? { vi: `phải từ ${least} trở lên`, en: `goes from ${least} up` }
        : { vi: `phải từ ${least} đến ${most}`, en: `goes from ${least} to ${most}` }
    const text = { vi: `${range.vi}, không nhận ${value}`, en: `${range.en}, not ${value}` }
    throw refusal(path, text, value, String(nearest))
  }

const ofList =
  (check: Check | null, { mayBeEmpty }: InputLimits): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return
    if (value.length === 0 && !mayBeEmpty) throw refusal(path, NO_ITEMS, [])
    if (check) for (const [i, item] of value.entries()) check(item, `${path}[${i}]`)
  }

const ofObject =
  (checks: readonly (readonly [name: string, check: Check])[]): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, check] of checks) check((value as Readonly<Record<string, unknown>>)[name], `${path}.${name}`)
  }
