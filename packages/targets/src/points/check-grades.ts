// What a table says of the whole: grades, what leaves out and lowers, tie-breaks, awards; and the conditions of all of it.
import { compilePolicy } from '../emulation/compile-policy.ts'
import { defaultPolicy } from '../emulation/default-policy.ts'
import { show, TargetsError } from '../errors.ts'
import type { nearestInDocument } from '../nearest.ts'
import { type Condition, type ConditionNode, parseCondition } from '../rules/conditions.ts'
import type { Problem } from '../shape.ts'
import { problemsOfQuota } from './check-bounds.ts'
import { pointsCode, pointsFact } from './fact-names.ts'
import { TYPE_NAMES } from './known.ts'
import { problem } from './problem.ts'
import type { DeclaredFact, PointTable } from './table.ts'
import { walk } from './walk.ts'
import { withAwards } from './with-awards.ts'

/** Of what type a fact is: declared by the table, or one of its own. */
function typeOf(name: string, { facts = {}, figures = {} }: PointTable): DeclaredFact['type'] | undefined {
  if (Object.hasOwn(facts, name)) return facts[name]?.type
  if (Object.hasOwn(figures, name) || name === 'score' || pointsCode(name) !== null) return 'number'
  if (name.startsWith('grade.')) return 'boolean'
  return name === 'grade' || name.startsWith('indicator.') ? 'text' : undefined
}

/** What never holds, or always does: a fact beside what is of another type. */
function problemsOfTypes(part: ConditionNode, table: PointTable): Problem[] {
  if (part.kind === 'not') return problemsOfTypes(part.part, table)
  if ('parts' in part) return part.parts.flatMap((each) => problemsOfTypes(each, table))
  const { fact, path } = part
  const type = typeOf(fact, table)
  if (!type) return []
  const { vi, en } = TYPE_NAMES[type]
  if (part.kind === 'list') {
    const wrong = part.values.find((value) => typeof value !== (type === 'text' ? 'string' : type))
    if (wrong === undefined) return []
    return [
      problem(
        path,
        `"${fact}" là ${vi}: phải so với ${vi}, không phải ${show(wrong)}`,
        `"${fact}" is ${en}: compare it with ${en}, not with ${show(wrong)}`,
      ),
    ]
  }
  if (type === 'number') return []
  return [
    problem(
      path,
      `"${fact}" là ${vi}, không lớn hay nhỏ hơn một số: dùng equal, notEqual, in, notIn với ${vi}`,
      `"${fact}" is ${en}, neither more nor less than a number: use equal, notEqual, in, notIn with ${en}`,
    ),
  ]
}

/** @param facts what it may ask for; beside them the status of any indicator */
export function problemsOfCondition(
  table: PointTable,
  condition: Condition,
  path: string,
  facts: readonly string[],
): Problem[] {
  const text = JSON.stringify(condition)
  const statuses = [...text.matchAll(/"fact":"(indicator\.[^"]+)"/g)].map(([, name = '']) => name)
  try {
    const options = { named: table.conditions ?? {}, facts: [...facts, ...statuses], path }
    return problemsOfTypes(parseCondition(condition, options), table)
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    const at = error.path ?? path
    const behind = (text: string) => (text.startsWith(`${at}: `) ? text.slice(at.length + 2) : text)
    return [{ path: at, text: { vi: behind(error.text.vi), en: behind(error.text.en) }, nearest: error.nearest }]
  }
}

/** @param names the facts and figures of the table, and the statuses of its indicators */
export function problemsOfStanding(
  table: PointTable,
  names: readonly string[],
  nearest: ReturnType<typeof nearestInDocument>,
): Problem[] {
  const { grades = [], ungraded = [], lowered = [], tieBreaks = [], awards = [] } = table
  const codes = [...walk(table.nodes)].map(({ node }) => node.code)
  const known = [...names, 'score', ...codes.map(pointsFact)]
  const ids = grades.map(({ id }) => id)
  const conditional: [string, { readonly when?: Condition }][] = [
    ...grades.map((grade, i): [string, typeof grade] => [`grades[${i}]`, grade]),
    ...ungraded.map((rule, i): [string, typeof rule] => [`ungraded[${i}]`, rule]),
    ...lowered.map((rule, i): [string, typeof rule] => [`lowered[${i}]`, rule]),
  ]
  return [
    ...problemsOfQuota(grades).map(({ wanted, ...problem }) => ({
      ...problem,
      nearest: wanted === undefined ? undefined : nearest(wanted, ids),
    })),
    ...conditional.flatMap(([path, { when }]) => (when ? problemsOfCondition(table, when, `${path}.when`, known) : [])),
    ...lowered.flatMap(({ to }, i): Problem[] => {
      if (to === undefined || ids.includes(to)) return []
      const text = { vi: `không có loại ${show(to)}`, en: `no grade ${show(to)}` }
      return [{ path: `lowered[${i}].to`, text, nearest: nearest(to, ids) }]
    }),
    ...tieBreaks.flatMap((tieBreak, i): Problem[] => {
      const path = `tieBreaks[${i}]`
      if ('when' in tieBreak) return problemsOfCondition(table, tieBreak.when, `${path}.when`, [...known, 'grade'])
      return []
    }),
    ...awards.flatMap(({ award }, i): Problem[] => {
      if (awards.findIndex((other) => other.award === award) === i) return []
      return [problem(`awards[${i}].award`, `"${award}" đã có ở trên`, `"${award}" stands above already`)]
    }),
  ]
}

/** What the awards are refused for once all else is right. */
export function problemsOfAwards(table: PointTable): Problem[] {
  if (!table.awards || table.awards.length === 0) return []
  try {
    const policy = withAwards(table, defaultPolicy)
    compilePolicy(policy)
    return table.awards.flatMap(({ when }, i) => {
      if (!when) return []
      const part = parseCondition(when, { named: policy.conditions ?? {}, path: `awards[${i}].when` })
      return problemsOfTypes(part, table)
    })
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    return [{ path: 'awards', text: error.text, nearest: error.nearest }]
  }
}
