import { isRecord, show, TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Policy } from './policy.ts'

/** The facts that are reported of every unit, true or false. */
export const REPORTED_FACTS = /*#__PURE__*/ Object.freeze([
  'pactSigned',
  'planIssued',
  'reviewsSubmitted',
  'disciplined',
  'underInspection',
] as const)
/** The facts that follow from an evaluation: shares of the counted figures, and the score out of 100. */
export const DERIVED_FACTS = /*#__PURE__*/ Object.freeze(['score', 'metRatio', 'exceededRatio', 'noDataRatio'] as const)
/** The standard facts, which any policy may ask for. */
export const ELIGIBILITY_FACTS = /*#__PURE__*/ Object.freeze([...DERIVED_FACTS, ...REPORTED_FACTS] as const)

export type FactType = 'boolean' | 'number'
export type ReportedFacts = Readonly<Record<string, boolean | number | null | undefined>>

/**
 * Whether a fact may bear a name: not one that every object has, such as `constructor`, which would be there where nothing
 * was reported.
 */
export const isFreeName = (fact: string): boolean => typeof fact === 'string' && !(fact in Object.prototype)

type Refuse = (path: string, vi: string, en: string) => never

/** What a policy knows of reported facts: the standard ones, those that it declares and those of its criteria. */
export function factTypes({ criteria = [], facts = {} }: Policy, refuse: Refuse): ReadonlyMap<string, FactType> {
  const types = new Map<string, FactType>(REPORTED_FACTS.map((fact) => [fact, 'boolean']))
  const add = (fact: string, type: FactType, path: string) => {
    const known = types.get(fact)
    if (!isFreeName(fact)) refuse(path, `điều kiện không thể mang tên "${fact}"`, `no fact can be called "${fact}"`)
    if ((DERIVED_FACTS as readonly string[]).includes(fact)) {
      refuse(
        path,
        `"${fact}" do chương trình tính, không khai báo được`,
        `"${fact}" follows from the evaluation and can't be reported`,
      )
    }
    if (known !== undefined && known !== type) {
      refuse(
        path,
        `"${fact}" đã có kiểu ${known}, không phải ${type}`,
        `"${fact}" is a ${known} already, not a ${type}`,
      )
    }
    types.set(fact, type)
  }
  for (const [fact, type] of Object.entries(facts)) add(fact, type, `facts.${fact}`)
  criteria.forEach(({ fact, kind }, i) => {
    add(fact, kind === 'yes-no' ? 'boolean' : 'number', `criteria[${i}].fact`)
  })
  return types
}

/** All that the conditions of a policy may ask for. */
export const namesOf = ({ criteria = [], facts = {} }: Policy): string[] => [
  ...new Set([...ELIGIBILITY_FACTS, ...Object.keys(facts), ...criteria.map(({ fact }) => fact)]),
]

/**
 * Refuses facts that the policy does not know, and those of another type than it knows.
 * @throws {TargetsError} `UNKNOWN_FACT` with the nearest that it knows, `WRONG_TYPE` or `NOT_FINITE`
 */
export function checkFacts(facts: unknown, types: ReadonlyMap<string, FactType>, unit?: string): void {
  const where = unit === undefined ? 'facts' : `facts (${unit})`
  if (!isRecord(facts)) {
    throw new TargetsError(
      'WRONG_TYPE',
      {
        vi: `${where}: phải là một đối tượng, không phải ${show(facts)}`,
        en: `${where}: must be an object, not ${show(facts)}`,
      },
      'facts',
    )
  }
  // Inherited ones too: whoever asks for a fact by its name reads them.
  for (const name in facts) {
    const value = facts[name]
    const type = types.get(name)
    if (type === undefined) throw unknownFact(name, types, where)
    if (value === null || value === undefined) continue
    if (typeof value === type && (type === 'boolean' || Number.isFinite(value))) continue
    const [vi, en] = type === 'boolean' ? ['true hoặc false', 'true or false'] : ['một số hữu hạn', 'a finite number']
    throw new TargetsError(
      typeof value === 'number' && type === 'number' ? 'NOT_FINITE' : 'WRONG_TYPE',
      {
        vi: `${where}: "${name}" phải là ${vi}, không phải ${show(value)}`,
        en: `${where}: "${name}" takes ${en}, not ${show(value)}`,
      },
      `facts.${name}`,
    )
  }
}

function unknownFact(name: string, types: ReadonlyMap<string, FactType>, where: string): TargetsError {
  const path = `facts.${name}`
  if ((DERIVED_FACTS as readonly string[]).includes(name)) {
    return new TargetsError(
      'UNKNOWN_FACT',
      {
        vi: `${where}: "${name}" do chương trình tính từ kết quả, không nhập vào`,
        en: `${where}: "${name}" follows from the evaluation and can't be reported`,
      },
      path,
    )
  }
  const known = [...types.keys()]
  return new TargetsError(
    'UNKNOWN_FACT',
    {
      vi: `${where}: không có dữ kiện "${name}"; có ${known.join(', ')}`,
      en: `${where}: no fact "${name}"; there are ${known.join(', ')}`,
    },
    path,
    nearest(name, known),
  )
}
