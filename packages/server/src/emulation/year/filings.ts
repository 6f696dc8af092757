// What a unit files in its emulation year: what each kind may hold, and how it is kept. Who may read scores: `scores.ts`.
import { type Directive, type Duty, nearest, type UnitLevel } from '@dienbien/targets'
import { type Author, expectState, NEWEST_REVISION } from '../../database/write.ts'
import { findIndicator } from '../../directive/indicators.ts'
import { givenTwice, inputError, quoted, suggesting } from '../../errors/input-error.ts'
import { daysLate } from '../../figures/known-facts.ts'
import { directiveOf, publishedDirectives } from '../../figures/years.ts'
import type { Deadline, Filing, Prisma } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { figureProblem } from '../../measurements/figure-rules.ts'
import { documentDayProblem } from './day-rules.ts'

/** A target that a unit registered in its pact, in the indicator's unit. */
export interface RegisteredTarget {
  readonly indicator: string
  readonly value: number
}

/** Points for one indicator or criterion of the policy. */
export interface ScoreSheetLine {
  readonly item: string
  readonly points: number
  readonly evidence: string | null
}

/** What every filing says. */
export interface FilingHeader {
  readonly unit: string
  readonly year: number
  readonly signedBy: string
  readonly evidence: string
}

export interface NewFiling extends FilingHeader {
  readonly kind: FilingKind
  /** The duty of a report; empty otherwise. */
  readonly subject: string
  readonly filedOn: string
  readonly content: readonly RegisteredTarget[] | readonly ScoreSheetLine[]
}

/** The filing of a kind among those of a unit's year. */
export const filingOfKind = (filings: readonly Filing[], kind: FilingKind): Filing | undefined =>
  filings.find((filing) => filing.kind === kind)

export const registeredTargets = (filing: Filing): readonly RegisteredTarget[] =>
  filing.kind === 'pact' ? (filing.content as unknown as RegisteredTarget[]) : []

/** How late a filing came by the deadlines of its unit in its year; 0 where none is set for its kind. */
export function lateness({ kind, filedOn }: Filing, deadlines: readonly Deadline[]): number {
  const deadline = deadlines.find((due) => due.kind === kind)
  return deadline ? daysLate(filedOn, deadline.dueOn) : 0
}

/** The duties without a number in the order of the directive, with the report on each. */
export function dutyReports(
  filings: readonly Filing[],
  { duties }: Pick<Directive, 'duties'>,
): readonly { readonly duty: Duty; readonly filing: Filing | undefined }[] {
  return duties.map((duty) => ({
    duty,
    filing: filings.find(({ kind, subject }) => kind === 'duty' && subject === duty.id),
  }))
}

/** A duty of a year, whomever it binds. @throws `UNKNOWN_DUTY`, with the nearest there is */
export function findDuty(id: string, year: number): Duty {
  const duties = publishedDirectives().duties(year)
  const duty = duties.find((known) => known.id === id)
  if (duty) return duty
  const near = nearest(
    id,
    duties.map((known) => known.id),
  )
  throw inputError(
    'UNKNOWN_DUTY',
    suggesting({ vi: `không có nhiệm vụ ${quoted(id)}`, en: `no duty ${quoted(id)}` }, near),
    {
      argument: 'input.duty',
      value: id,
      nearest: near,
    },
  )
}

/** A pact registers each indicator at most once, with a figure that the unit could reach at its level. */
export function pactOf(
  {
    targets,
    signedOn,
    ...header
  }: FilingHeader & { readonly signedOn: string; readonly targets: readonly RegisteredTarget[] },
  level: UnitLevel,
): NewFiling {
  const indicators = targets.map(({ indicator }) => indicator)
  targets.forEach(({ indicator, value }, i) => {
    const path = `input.targets[${i}]`
    const wrong = figureProblem(findIndicator(indicator, `${path}.indicator`), level, value)
    if (wrong) throw inputError(wrong.code, wrong.text, { argument: `${path}.value`, value })
    refuseTwin(indicators, i, `${path}.indicator`)
  })
  checkDay(signedOn, header.year, 'input.signedOn')
  const content = targets.map(({ indicator, value }) => ({
    indicator: findIndicator(indicator, 'indicator').id,
    value,
  }))
  return { ...header, kind: 'pact', subject: '', filedOn: signedOn, content }
}

const KIND_NAMES: Readonly<Record<FilingKind, string>> = {
  pact: 'giao ước thi đua',
  plan: 'kế hoạch thi đua',
  midterm: 'báo cáo sơ kết',
  final: 'báo cáo tổng kết',
  duty: 'báo cáo nhiệm vụ',
  self_score: 'điểm tự chấm',
  appraised_score: 'điểm thẩm định',
}

/** The kinds that are a document and nothing else: pacts and scores have contents of their own. */
const DOCUMENTS: readonly FilingKind[] = ['plan', 'midterm', 'final', 'duty']

/** A plan, a review, or a report on the duty that it names. */
export function documentOf({
  kind,
  duty,
  filedOn,
  ...header
}: FilingHeader & {
  readonly kind: FilingKind
  readonly duty: string | null
  readonly filedOn: string
}): NewFiling {
  if (!DOCUMENTS.includes(kind)) {
    throw inputError(
      'BAD_INPUT',
      {
        vi: `${KIND_NAMES[kind]} có thao tác riêng: signPact hoặc submitScore`,
        en: `a ${kind} has a mutation of its own: signPact or submitScore`,
      },
      {
        argument: 'input.kind',
        value: kind,
      },
    )
  }
  if ((kind === 'duty') !== (duty !== null)) {
    throw inputError(
      'BAD_INPUT',
      kind === 'duty'
        ? { vi: 'ghi rõ nhiệm vụ nào (duty)', en: 'say which duty' }
        : { vi: 'duty chỉ dùng với loại DUTY', en: 'a duty goes with kind DUTY only' },
      {
        argument: 'input.duty',
        value: duty,
      },
    )
  }
  const subject = duty === null ? '' : findDuty(duty, header.year).id
  checkDay(filedOn, header.year, 'input.filedOn')
  return { ...header, kind, subject, filedOn, content: [] }
}

/** @throws `UNKNOWN_YEAR`, or `BAD_DATE` for a day on which nothing of that year can have been signed */
export function checkDay(day: string, year: number, argument: string): void {
  directiveOf(year)
  const wrong = documentDayProblem(day, year)
  if (wrong) throw inputError('BAD_DATE', wrong, { argument, value: day })
}

/** What a list names twice is refused at its second place. */
export function refuseTwin(names: readonly string[], i: number, argument: string): void {
  const name = names[i] as string
  if (names.indexOf(name) < i) throw givenTwice(name, argument)
}

/**
 * Stores a filing as the next revision of its kind and subject.
 * @param expected the revision that its author saw, 0 for none; null expects nothing
 * @throws {EditConflict} where another one came in since
 */
export async function storeFiling(
  transaction: Prisma.TransactionClient,
  author: Author,
  { unit, year, kind, subject, filedOn, content, signedBy, evidence }: NewFiling,
  expected: number | null,
): Promise<Filing> {
  const key = { unitCode: unit, year, kind, subject }
  const last = await transaction.filing.aggregate({ where: key, _max: { revision: true } })
  const revision = last._max.revision ?? 0
  expectState(expected, revision, NEWEST_REVISION)
  return transaction.filing.create({
    data: {
      ...key,
      revision: revision + 1,
      filedOn: new Date(filedOn),
      signedBy,
      evidence,
      content: content as unknown as Prisma.InputJsonValue,
      recordedBy: author.subject,
    },
  })
}
