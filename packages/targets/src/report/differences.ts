import { checkedDirective } from '../directive/derive.ts'
import type { Amendment, Directive, Relation } from '../directive/types.ts'
import type { DirectiveDifference, Side } from './difference.ts'
import { differenceWords } from './difference-words.ts'

/** What the directive says of itself. */
const OWN = ['id', 'title', 'issuer', 'issuedOn', 'year', 'version', 'supersedes', 'level'] as const

/** The day on which somebody compared the text says nothing of the text. */
const LEFT_OUT = ['checkedOn']

/**
 * What changed from one directive to another: in the document itself, and which indicators, groups, relations, duties,
 * errata and amendments were added, removed or changed, each changed key with both values. Indicators, duties and errata are
 * the same where their ids are, over the years too. The order in which a text names them is no difference.
 * @returns an empty list where they say the same
 * @throws {TargetsError} `BAD_DIRECTIVE` where one is none
 */
export function diffDirectives(before: Directive, after: Directive): DirectiveDifference[] {
  const [old, now] = [checkedDirective(before), checkedDirective(after)]
  const sides = [old, now] as const
  return [
    ...changes('directive', null, pick(old), pick(now), sides),
    ...members('indicator', old.indicators, now.indicators, idOf, sides),
    ...members('group', old.groups, now.groups, idOf, sides),
    ...members('relation', old.relations, now.relations, nameOfRelation, sides),
    ...members('duty', old.duties, now.duties, idOf, sides),
    ...members('erratum', old.errata, now.errata, idOf, sides),
    ...members('amendment', old.amendments, now.amendments, nameOfAmendment, sides),
  ]
}

type Sides = readonly [Directive, Directive]
const idOf = ({ id }: { readonly id: string }) => id
const nameOfAmendment = ({ from, source }: Amendment) => `${from} ${source}`
const nameOfRelation = (relation: Relation) =>
  relation.kind === 'sum' ? `${relation.parts.join(' + ')} = ${relation.total}` : `${relation.part} ≤ ${relation.whole}`
const pick = (directive: Directive) => Object.fromEntries(OWN.map((key) => [key, directive[key]]))

function members<T extends object>(
  of: DirectiveDifference['of'],
  before: readonly T[],
  after: readonly T[],
  name: (item: T) => string,
  sides: Sides,
): DirectiveDifference[] {
  const old = new Map(before.map((item) => [name(item), item]))
  const now = new Map(after.map((item) => [name(item), item]))
  return [
    ...[...now].flatMap(([id, item]) => {
      const was = old.get(id)
      return was
        ? changes(of, id, was, item, sides)
        : [difference({ kind: 'added', of, id, field: null }, null, item, sides)]
    }),
    ...[...old]
      .filter(([id]) => !now.has(id))
      .map(([id, item]) => difference({ kind: 'removed', of, id, field: null }, item, null, sides)),
  ]
}

function changes(
  of: DirectiveDifference['of'],
  id: string | null,
  before: object,
  after: object,
  sides: Sides,
): DirectiveDifference[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((key) => !LEFT_OUT.includes(key) && canonical(old.get(key)) !== canonical(now.get(key)))
    .map((field) =>
      difference({ kind: 'changed', of, id, field }, old.get(field) ?? null, now.get(field) ?? null, sides),
    )
}

function difference(
  what: Pick<DirectiveDifference, 'kind' | 'of' | 'id' | 'field'>,
  before: unknown,
  after: unknown,
  sides: Sides,
): DirectiveDifference {
  const [old, now] = sides.map((directive, i): Side => ({ directive, value: i === 0 ? before : after })) as [Side, Side]
  return { ...what, before, after, text: differenceWords(what, old, now) }
}

/** One text for values that are the same, whatever the order of their keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? ''
