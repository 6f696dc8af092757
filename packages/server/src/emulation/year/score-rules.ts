import type { Evaluation, Text } from '@dienbien/targets'
import { type Criterion, type Policy, score } from '@dienbien/targets/emulation'
import { tidy } from '../../numbers.ts'

interface Line {
  readonly item: string
  readonly points: number
}

/** What is wrong with a score sheet, and in which line; the line is null where it is the sum. */
export interface SheetProblem {
  readonly line: number | null
  readonly text: Text
}

/** A sheet is written with two decimals: a share of 1.4286 points as 1.43. */
const ROUNDED = 0.01

/**
 * Holds a score sheet against what the policies allow: each line from 0 to what its item can bring the unit, the bonus
 * included (a criterion that only adds or takes: between its bounds), and the sum up to the scale and the bonuses. A sheet
 * is by one policy: null where one of them allows all of it, else what the first that knows all items says.
 * @param evaluation of the unit at the end of the year: what counts for it
 */
export function sheetProblem(
  lines: readonly Line[],
  evaluation: Evaluation,
  policies: readonly Policy[],
): SheetProblem | null {
  const problems: SheetProblem[] = []
  const allowed = policies.map((policy) => ({ policy, bounds: boundsOf(policy, evaluation) }))
  for (const { policy, bounds } of allowed) {
    if (lines.some(({ item }) => !bounds.has(item))) continue
    const problem = problemBy(policy, bounds, lines)
    if (problem === null) return null
    problems.push(problem)
  }
  const unknown = lines.findIndex(({ item }) => !allowed.some(({ bounds }) => bounds.has(item)))
  if (unknown >= 0)
    return {
      line: unknown,
      text: {
        vi: `"${lines[unknown]?.item}" không tính điểm cho đơn vị này trong năm`,
        en: `"${lines[unknown]?.item}" brings this unit no points in its year`,
      },
    }
  // The policy with the most room is the one that was meant where none fits.
  return problems.at(-1) ?? { line: null, text: DIFFERENT_POLICIES }
}

const DIFFERENT_POLICIES: Text = {
  vi: 'các mục thuộc nhiều bảng tiêu chí khác nhau',
  en: 'the items are of different policies',
}

type Bounds = ReadonlyMap<string, { readonly least: number; readonly most: number }>

function boundsOf(policy: Policy, evaluation: Evaluation): Bounds {
  const { trace } = score(evaluation, policy)
  const whole = 1 + policy.bonus.exceeded
  return new Map([
    ...trace.flatMap(({ indicatorId, outOf }) =>
      indicatorId === null ? [] : [[indicatorId, { least: 0, most: outOf * whole }] as const],
    ),
    ...(policy.criteria ?? []).map((criterion) => [criterion.id, boundsOfCriterion(criterion)] as const),
  ])
}

function boundsOfCriterion(criterion: Criterion): { least: number; most: number } {
  if (criterion.kind === 'yes-no') return { least: 0, most: criterion.points }
  if (criterion.kind === 'count') return { least: 0, most: criterion.cap }
  return { least: criterion.least, most: criterion.most }
}

function problemBy(policy: Policy, bounds: Bounds, lines: readonly Line[]): SheetProblem | null {
  for (const [i, { item, points }] of lines.entries()) {
    const { least, most } = bounds.get(item) as { least: number; most: number }
    if (!(points >= least && points < most + ROUNDED)) {
      return {
        line: i,
        text: {
          vi: `"${item}" được từ ${least} đến ${shown(most)} điểm theo bảng tiêu chí ${policy.id}, không phải ${points}`,
          en: `"${item}" brings from ${least} to ${shown(most)} points by policy ${policy.id}, not ${points}`,
        },
      }
    }
  }
  const sum = tidy(lines.reduce((all, { points }) => all + points, 0))
  const bonuses = (policy.criteria ?? []).reduce(
    (all, criterion) => all + (criterion.kind === 'adjustment' ? criterion.most : 0),
    0,
  )
  const most = policy.scale * (1 + policy.bonus.exceeded) + bonuses
  if (sum < most + ROUNDED * lines.length) return null
  return {
    line: null,
    text: {
      vi: `tổng các dòng là ${sum} điểm: bảng tiêu chí ${policy.id} cho tối đa ${shown(most)} điểm`,
      en: `the lines add up to ${sum}: policy ${policy.id} gives up to ${shown(most)} points`,
    },
  }
}

const shown = (points: number) => String(Math.ceil(tidy(points) * 100) / 100)
