// Scores that a unit and its appraisers give: what a sheet may hold, what it comes to, and who may read it.
import type { Evaluation } from '@dienbien/targets'
import { defaultPolicy, examplePolicy1000 } from '@dienbien/targets/emulation'
import { type Asker, may } from '../../accounts/rights.ts'
import { findIndicator } from '../../directive/indicators.ts'
import { inputError } from '../../errors/input-error.ts'
import type { Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { tidy } from '../../numbers.ts'
import {
  checkDay,
  type FilingHeader,
  filingOfKind,
  type NewFiling,
  refuseTwin,
  type ScoreSheetLine,
} from './filings.ts'
import { sheetProblem } from './score-rules.ts'

export type ScoreKind = 'self_score' | 'appraised_score'

const SCORES: readonly FilingKind[] = ['self_score', 'appraised_score'] satisfies readonly ScoreKind[]

export const isScore = (kind: FilingKind): boolean => SCORES.includes(kind)

export const scoreLines = (filing: Filing): readonly ScoreSheetLine[] =>
  isScore(filing.kind) ? (filing.content as unknown as ScoreSheetLine[]) : []

/** The sum of a score's lines. */
export const pointsOf = (filing: Filing): number =>
  tidy(scoreLines(filing).reduce((sum, { points }) => sum + points, 0))

/** The score that a unit gave itself beside the one that it was given. */
export interface ScoreComparison {
  readonly selfScore: Filing
  readonly appraisedScore: Filing
  /** Self-score − appraised score. */
  readonly difference: number
}

/** Null where one of the scores is missing. */
export function scoreComparison(filings: readonly Filing[]): ScoreComparison | null {
  const selfScore = filingOfKind(filings, 'self_score')
  const appraisedScore = filingOfKind(filings, 'appraised_score')
  if (!selfScore || !appraisedScore) return null
  return { selfScore, appraisedScore, difference: tidy(pointsOf(selfScore) - pointsOf(appraisedScore)) }
}

/** Those that lie so many points apart or more, in either direction; the greatest difference first. */
export const scoresApart = <Comparison extends ScoreComparison>(
  comparisons: readonly Comparison[],
  atLeast: number,
): Comparison[] =>
  comparisons
    .filter(({ difference }) => Math.abs(difference) >= atLeast)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))

/** Who asks, and where it is read whether a ranking of a cluster was published. */
export interface ScoreReader extends Asker {
  readonly loaders: {
    readonly published: {
      load(cluster: { readonly code: string; readonly year: number }): PromiseLike<readonly unknown[]>
    }
  }
}

/** Whether the viewer may read a unit's scores: those who may read its records, and everyone after publication. */
export async function mayReadScores(unit: string, year: number, reader: ScoreReader): Promise<boolean> {
  if (await may({ action: 'READ_RECORDS', unit, year }, reader)) return true
  const cluster = await reader.clusterOf(unit, year)
  return cluster !== null && (await reader.loaders.published.load({ code: cluster, year })).length > 0
}

/** The filings that the viewer may read: scores only after the ranking of the unit's cluster was published. */
export async function readableFilings(
  filings: readonly Filing[],
  unit: string,
  year: number,
  reader: ScoreReader,
): Promise<readonly Filing[]> {
  return (await mayReadScores(unit, year, reader)) ? filings : filings.filter(({ kind }) => !isScore(kind))
}

/** The policies at hand: a score sheet is by one of them. */
const SHEET_POLICIES = [defaultPolicy, examplePolicy1000]
/** What a score sheet may name besides indicators. */
const CRITERIA: ReadonlySet<string> = new Set(
  SHEET_POLICIES.flatMap(({ criteria = [] }) => criteria.map(({ id }) => id)),
)

/** A line of a sheet as it comes in. */
export interface NewScoreLine {
  readonly item: string
  readonly points: number
  readonly evidence?: string | null | undefined
}

/** A sheet names at least one item, each one that scores are given for, and each at most once. */
export function checkItems(lines: readonly NewScoreLine[]): void {
  if (lines.length === 0) {
    throw inputError(
      'BAD_INPUT',
      { vi: 'ghi ít nhất một dòng điểm', en: 'give at least one line' },
      { argument: 'input.lines', value: [] },
    )
  }
  const items = lines.map(({ item }) => item)
  items.forEach((item, i) => {
    const argument = `input.lines[${i}].item`
    if (!CRITERIA.has(item)) findIndicator(item, argument)
    refuseTwin(items, i, argument)
  })
}

/**
 * A score sheet as it is filed.
 * @param evaluation of the unit at the end of the year: what counts for it
 * @throws `OUT_OF_RANGE`, at the line that brings more or less than the policies allow
 */
export function scoreOf(
  {
    stage,
    scoredOn,
    lines,
    ...header
  }: FilingHeader & {
    readonly stage: ScoreKind
    readonly scoredOn: string
    readonly lines: readonly NewScoreLine[]
  },
  evaluation: Evaluation,
): NewFiling {
  const wrong = sheetProblem(lines, evaluation, SHEET_POLICIES)
  if (wrong) {
    const argument = wrong.line === null ? 'input.lines' : `input.lines[${wrong.line}].points`
    const value = wrong.line === null ? null : lines[wrong.line]?.points
    throw inputError('OUT_OF_RANGE', wrong.text, { argument, value })
  }
  checkDay(scoredOn, header.year, 'input.scoredOn')
  const content = lines.map(({ item, points, evidence }) => ({ item, points, evidence: evidence ?? null }))
  return { ...header, kind: stage, subject: '', filedOn: scoredOn, content }
}
