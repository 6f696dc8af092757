// Facts of a unit's eligibility: discipline, an open case, counted works. What the values must be: `fact-rules.ts`.
import { nearest } from '@dienbien/targets'
import { isFreeName } from '@dienbien/targets/emulation'
import type { PointTable } from '@dienbien/targets/points'
import { type Author, expectState, NEWEST_REVISION } from '../../database/write.ts'
import { inputError, suggesting } from '../../errors/input-error.ts'
import { type EligibilityFact, Prisma } from '../../generated/prisma/client.ts'
import { COMPUTED_FACTS, declaredProblem, factProblem, REPORTED_FACTS } from './fact-rules.ts'

export interface NewFact {
  readonly unit: string
  readonly year: number
  readonly fact: string
  /** True, false or a count; null takes it back to unknown. */
  readonly value: unknown
  /** A document or a link. */
  readonly evidence: string
}

/**
 * @param declared by the point table that ranks the unit
 * @throws `UNKNOWN_FACT` for a name that is none, `BAD_INPUT` for a value that the fact does not take
 */
export function checkFact({ fact, value }: Pick<NewFact, 'fact' | 'value'>, declared: PointTable['facts'] = {}): void {
  const declaredFact = Object.hasOwn(declared, fact) ? declared[fact] : undefined
  if (declaredFact) {
    const mismatch = declaredProblem(fact, declaredFact, value)
    if (mismatch) throw inputError('BAD_INPUT', mismatch, { argument: 'input.value', value })
    return
  }
  checkName(fact, Object.keys(declared))
  const wrong = factProblem(fact, value)
  if (wrong) throw inputError('BAD_INPUT', wrong, { argument: 'input.value', value })
}

/** A policy may ask for a fact of its own, so any name is taken but one that follows from figures, or a near miss. */
function checkName(fact: string, declared: readonly string[]): void {
  if (REPORTED_FACTS.includes(fact)) return
  const near = nearest(fact, [...REPORTED_FACTS, ...declared])
  const computed = COMPUTED_FACTS.includes(fact)
  if (!computed && near === undefined && isFreeName(fact) && /^[a-z][A-Za-z0-9]*$/.test(fact)) return
  const text = computed
    ? {
        vi: `"${fact}" được tính từ số liệu, không ghi nhận riêng`,
        en: `"${fact}" follows from the figures and cannot be recorded`,
      }
    : near
      ? suggesting({ vi: `không có điều kiện "${fact}"`, en: `"${fact}" is unknown` }, near)
      : {
          vi: `"${fact}" không phải là tên điều kiện: viết như advancedModels`,
          en: `"${fact}" is no name of a fact: write it like advancedModels`,
        }
  throw inputError('UNKNOWN_FACT', text, { argument: 'input.fact', value: fact, nearest: near })
}

/**
 * Stores a fact as the next revision of its name.
 * @param expected the revision that its author saw, 0 for none; null expects nothing
 * @throws {EditConflict} where another one came in since
 */
export async function storeFact(
  transaction: Prisma.TransactionClient,
  author: Author,
  { unit, year, fact, value, evidence }: NewFact,
  expected: number | null,
): Promise<EligibilityFact> {
  const key = { unitCode: unit, year, fact }
  const last = await transaction.eligibilityFact.aggregate({ where: key, _max: { revision: true } })
  const revision = last._max.revision ?? 0
  expectState(expected, revision, NEWEST_REVISION)
  return transaction.eligibilityFact.create({
    data: {
      ...key,
      revision: revision + 1,
      value: (value as boolean | number | null | undefined) ?? Prisma.DbNull,
      source: evidence,
      recordedBy: author.subject,
    },
  })
}
