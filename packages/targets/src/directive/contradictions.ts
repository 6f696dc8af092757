// What no schema can say of a directive: names that refer to each other, sums, dates against the year.
import { dayInVietnamese } from '../dates.ts'
import { compareDecimal, tidy } from '../decimal.ts'
import { isRecord } from '../errors.ts'
import { nearestInDocument } from '../nearest.ts'
import type { Problem } from '../shape.ts'
import { contradictedBy } from './baseline.ts'
import { betterOf } from './derive.ts'
import type { DirectiveInput } from './input.ts'
import type { IndicatorInput, Target } from './types.ts'

type Input = DirectiveInput<readonly IndicatorInput[]>
/** `id`: a name that leads nowhere, and `known` those that do, of which the nearest is told. */
type Say = (path: string, vi: string, en: string, id?: string, known?: readonly string[]) => void
/** Null where there is no such indicator, undefined where it has the wrong shape itself. */
type Find = (path: string, id: string) => IndicatorInput | undefined | null

const LISTS = ['indicators', 'groups', 'relations', 'duties', 'errata', 'amendments'] as const

/**
 * What contradicts itself among the parts of a document that have the right shape.
 * @param wrong what has not
 */
export function contradictionsIn(document: Record<string, unknown>, wrong: readonly Problem[]): Problem[] {
  const problems: Problem[] = []
  const nearest = nearestInDocument()
  const say: Say = (path, vi, en, id, known = []) => {
    problems.push({ path, text: { vi, en }, nearest: id === undefined ? undefined : nearest(id, known) })
  }
  const input = whatHasShape(document, wrong)
  const known = finderIn(document, input, say)
  input.indicators.forEach((indicator, i) => {
    checkIndicator(indicator, `indicators[${i}]`, say)
  })
  checkParts(document, input, say)
  checkWeights(input, known, say)
  checkRelations(input, known, say)
  checkAmendments(input, known, say)
  for (const name of ['indicators', 'groups', 'duties', 'errata'] as const) checkTwice(document, name, say)
  input.errata?.forEach(({ indicators }, i) => {
    indicators.forEach((id, j) => {
      known(`errata[${i}].indicators[${j}]`, id)
    })
  })
  checkPast(input, say)
  return problems
}

/** The document without the members that have the wrong shape; in their place its lists have holes. */
function whatHasShape(document: Record<string, unknown>, wrong: readonly Problem[]): Input {
  const bad = new Set(wrong.map(({ path }) => /^\w+(\[\d+\])?/.exec(path)?.[0]))
  const members = Object.entries(document).filter(([key]) => !bad.has(key))
  const input: Record<string, unknown> = { indicators: [], ...Object.fromEntries(members) }
  for (const name of LISTS) {
    const list = input[name]
    if (!Array.isArray(list)) continue
    const holes = list.slice()
    for (let i = 0; i < holes.length; i++) if (bad.has(`${name}[${i}]`)) delete holes[i]
    input[name] = holes
  }
  return input as unknown as Input
}

/** The ids of a list, by place; whatever else is wrong with the one that has it. */
function idsIn(document: Record<string, unknown>, name: string): (string | undefined)[] {
  const list = document[name]
  return Array.isArray(list)
    ? Array.from(list, (item) => (isRecord(item) && typeof item.id === 'string' ? item.id : undefined))
    : []
}

function checkTwice(document: Record<string, unknown>, name: string, say: Say): void {
  const seen = new Set<string>()
  idsIn(document, name).forEach((id, i) => {
    if (id === undefined) return
    if (seen.has(id)) say(`${name}[${i}].id`, `"${id}" bị dùng hai lần`, `"${id}" is used twice`)
    seen.add(id)
  })
}

function finderIn(document: Record<string, unknown>, input: Input, say: Say): Find {
  const ids = idsIn(document, 'indicators').filter((id) => id !== undefined)
  const named = new Set(ids)
  const byId = new Map<string, IndicatorInput>()
  input.indicators.forEach((indicator) => {
    byId.set(indicator.id, indicator)
  })
  return (path, id) => {
    if (named.has(id)) return byId.get(id)
    say(path, `không có chỉ tiêu "${id}"`, `no indicator "${id}"`, id, ids)
    return null
  }
}

function checkIndicator(indicator: IndicatorInput, path: string, say: Say): void {
  checkRange(indicator.target, `${path}.target`, say)
  const better = betterOf(indicator.target, indicator.better)
  indicator.targets?.forEach(({ target }, i) => {
    const at = `${path}.targets[${i}].target`
    checkRange(target, at, say)
    const other = betterOf(target, better)
    if (other === better) return
    say(
      at,
      `hướng "${other}" ngược với "${better}" của "target"`,
      `"${other}" is better here, and "${better}" in "target"`,
    )
  })
  const derived = contradictedBy(indicator)
  if (derived !== undefined) {
    say(
      `${path}.baseline`,
      `${inVietnamese(indicator.baseline)} mâu thuẫn với "change": theo đó là ${inVietnamese(derived)}`,
      `${indicator.baseline} contradicts "change", from which it would be ${derived}`,
    )
  }
}

const inVietnamese = (number: number | undefined) => String(number).replace('.', ',')

function checkRange(target: Target, path: string, say: Say): void {
  if (target.comparator !== 'between' || target.low < target.high) return
  say(`${path}.high`, `phải lớn hơn "low" ${inVietnamese(target.low)}`, `must be above "low", ${target.low}`)
}

/** What each indicator is a part of: an indicator or a group, and never, in the end, itself. */
function checkParts(document: Record<string, unknown>, input: Input, say: Say): void {
  const groups = idsIn(document, 'groups')
  const indicators = new Set(idsIn(document, 'indicators'))
  const known = new Set([...indicators, ...groups].filter((id) => id !== undefined))
  const ids = [...known]
  const wholes = new Map<string, string>()
  input.indicators.forEach(({ id, partOf }, i) => {
    if (partOf === undefined) return
    const path = `indicators[${i}].partOf`
    if (!known.has(partOf)) {
      const [vi, en] = [`không có chỉ tiêu hay nhóm "${partOf}"`, `no indicator "${partOf}", nor a group`]
      say(path, vi, en, partOf, ids)
    }
    wholes.set(id, partOf)
    const above = new Set<string>()
    for (let whole: string | undefined = partOf; whole !== undefined && !above.has(whole); whole = wholes.get(whole)) {
      if (whole === id) say(path, `"${id}" thành một phần của chính nó`, `"${id}" is a part of itself`)
      above.add(whole)
    }
  })
  const parts = new Set(wholes.values())
  const all = Object.keys(input.indicators).length === idsIn(document, 'indicators').length
  groups.forEach((id, i) => {
    if (id === undefined) return
    const path = `groups[${i}].id`
    if (indicators.has(id)) {
      say(path, `"${id}" đã là mã của một chỉ tiêu`, `"${id}" is an indicator's id already`)
    } else if (all && !parts.has(id)) {
      say(path, `không chỉ tiêu nào thuộc "${id}"`, `no indicator is a part of "${id}"`)
    }
  })
}

/** What a rate is weighed by is a total: figures of it can be added. */
function checkWeights({ indicators }: Input, known: Find, say: Say): void {
  indicators.forEach(({ weighedBy }, i) => {
    if (weighedBy === undefined || weighedBy === 'communes') return
    const [[key, id]] = Object.entries(weighedBy) as [[string, string]]
    const path = `indicators[${i}].weighedBy.${key}`
    if (known(path, id)?.extent !== 'intensive') return
    say(path, `"${id}" không cộng được (extent: intensive)`, `"${id}" cannot be added (extent: intensive)`)
  })
}

function checkRelations({ relations = [] }: Input, known: Find, say: Say): void {
  const number = (indicator: IndicatorInput | undefined | null) => {
    const { target } = indicator ?? {}
    return target && 'value' in target ? Number(target.value) : Number.NaN
  }
  relations.forEach((relation, i) => {
    const path = `relations[${i}]`
    if (relation.kind === 'at-most') {
      const part = number(known(`${path}.part`, relation.part))
      const whole = number(known(`${path}.whole`, relation.whole))
      if (compareDecimal(part, whole) > 0 && part > whole) {
        const { part: lesser, whole: greater } = relation
        const vi = `${lesser} ${inVietnamese(part)} lớn hơn ${greater} ${inVietnamese(whole)}`
        say(path, vi, `${lesser} ${part} exceeds ${greater} ${whole}`)
      }
      return
    }
    const parts = relation.parts.map((id, j) => number(known(`${path}.parts[${j}]`, id)))
    const total = typeof relation.total === 'number' ? relation.total : number(known(`${path}.total`, relation.total))
    const sum = tidy(parts.reduce((a, b) => a + b, 0))
    const gap = Math.abs(sum - total)
    if (gap <= (relation.within ?? 0) * (1 + 1e-9) || compareDecimal(sum, total) === 0 || Number.isNaN(gap)) return
    const vi = `${parts.map(inVietnamese).join(' + ')} = ${inVietnamese(sum)}, không phải ${inVietnamese(total)}`
    say(path, vi, `${parts.join(' + ')} = ${sum}, not ${total}`)
  })
}

function checkAmendments({ amendments = [], year }: Input, known: Find, say: Say): void {
  amendments.forEach((amendment, i) => {
    const path = `amendments[${i}]`
    if (year !== undefined && amendment.from > `${year}-12-31`) {
      const said = `${amendment.from} (${amendment.source})`
      const [vi, en] = ['không còn gì để điều chỉnh', 'it can change nothing that is judged']
      say(`${path}.from`, `${said} nằm sau năm ${year}: ${vi}`, `${said} lies after ${year}: ${en}`)
    }
    for (const [id, target] of Object.entries<Target | undefined>(amendment.targets)) {
      const indicator = known(`${path}.targets.${id}`, id)
      if (!target || !indicator) continue
      const at = `${path}.targets.${id}`
      checkRange(target, at, say)
      if ((indicator.target.comparator === 'maintained') !== (target.comparator === 'maintained')) {
        say(
          at,
          'con số không thể thành việc duy trì, và ngược lại',
          'a number cannot become a milestone, nor a milestone a number',
        )
      }
    }
  })
}

/** What a directive takes the place of was issued before it. */
function checkPast({ id, issuedOn, supersedes }: Input, say: Say): void {
  if (!supersedes || issuedOn === undefined) return
  const same = supersedes.id === id && supersedes.issuedOn === issuedOn
  if (supersedes.issuedOn <= issuedOn && !same) return
  const [said, saidOn] = [supersedes.id, supersedes.issuedOn]
  say(
    'supersedes',
    `${said} (${dayInVietnamese(saidOn)}) không có trước ngày ${dayInVietnamese(issuedOn)}`,
    `${said} (${saidOn}) is not older than this one of ${issuedOn}`,
  )
}
