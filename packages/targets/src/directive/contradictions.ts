// What no schema can say of a directive: names that refer to each other, sums, dates against the year.
import { compareDecimal, tidy } from '../decimal.ts'
import { nearest } from '../nearest.ts'
import type { Problem } from '../shape.ts'
import { contradictedBy } from './baseline.ts'
import type { DirectiveInput } from './input.ts'
import type { IndicatorInput, Target } from './types.ts'

type Input = DirectiveInput<readonly IndicatorInput[]>
type Say = (path: string, vi: string, en: string, near?: string) => void

/** @param input of the right shape */
export function contradictionsIn(input: Input): Problem[] {
  const problems: Problem[] = []
  const say: Say = (path, vi, en, near) => problems.push({ path, text: { vi, en }, nearest: near })
  const byId = new Map<string, IndicatorInput>()
  input.indicators.forEach((one, i) => {
    checkIndicator(one, `indicators[${i}]`, say)
    if (byId.has(one.id)) twice(`indicators[${i}].id`, one.id, say)
    byId.set(one.id, one)
  })
  const known = (path: string, id: string): IndicatorInput | undefined => {
    const indicator = byId.get(id)
    if (!indicator) {
      say(path, `không có chỉ tiêu "${id}"`, `no indicator "${id}"`, nearest(id, byId.keys()))
    }
    return indicator
  }
  checkRelations(input, known, say)
  checkAmendments(input, known, say)
  for (const [name, list] of [
    ['duties', input.duties ?? []],
    ['errata', input.errata ?? []],
  ] as const) {
    const ids = list.map(({ id }) => id)
    ids.forEach((id, i) => {
      if (ids.indexOf(id) < i) twice(`${name}[${i}].id`, id, say)
    })
  }
  input.errata?.forEach(({ indicators }, i) => {
    indicators.forEach((id, j) => {
      known(`errata[${i}].indicators[${j}]`, id)
    })
  })
  return problems
}

const twice = (path: string, id: string, say: Say) => say(path, `"${id}" bị dùng hai lần`, `"${id}" is used twice`)

function checkIndicator(indicator: IndicatorInput, path: string, say: Say): void {
  checkRange(indicator.target, `${path}.target`, say)
  const derived = contradictedBy(indicator)
  if (derived !== undefined) {
    say(
      `${path}.baseline`,
      `${indicator.baseline} mâu thuẫn với "change": theo đó là ${derived}`,
      `${indicator.baseline} contradicts "change", from which it would be ${derived}`,
    )
  }
}

function checkRange(target: Target, path: string, say: Say): void {
  if (target.comparator !== 'between' || target.low < target.high) return
  say(`${path}.high`, `phải lớn hơn "low" ${target.low}`, `must be above "low", ${target.low}`)
}

type Find = (path: string, id: string) => IndicatorInput | undefined

function checkRelations({ relations = [] }: Input, known: Find, say: Say): void {
  const number = (indicator: IndicatorInput | undefined) => {
    const { target } = indicator ?? {}
    return target && 'value' in target ? Number(target.value) : Number.NaN
  }
  relations.forEach((relation, i) => {
    const path = `relations[${i}]`
    if (relation.kind === 'at-most') {
      const part = number(known(`${path}.part`, relation.part))
      const whole = number(known(`${path}.whole`, relation.whole))
      if (compareDecimal(part, whole) > 0 && part > whole) {
        const [a, b] = [`${relation.part} ${part}`, `${relation.whole} ${whole}`]
        say(path, `${a} lớn hơn ${b}`, `${a} exceeds ${b}`)
      }
      return
    }
    const parts = relation.parts.map((id, j) => number(known(`${path}.parts[${j}]`, id)))
    const total = typeof relation.total === 'number' ? relation.total : number(known(`${path}.total`, relation.total))
    const sum = tidy(parts.reduce((a, b) => a + b, 0))
    const gap = Math.abs(sum - total)
    if (gap <= (relation.within ?? 0) * (1 + 1e-9) || compareDecimal(sum, total) === 0 || Number.isNaN(gap)) return
    const adding = `${parts.join(' + ')} = ${sum}`
    say(path, `${adding}, không phải ${total}`, `${adding}, not ${total}`)
  })
}

function checkAmendments({ amendments = [], year }: Input, known: Find, say: Say): void {
  amendments.forEach((amendment, i) => {
    const path = `amendments[${i}]`
    if (amendment.from > `${year}-12-31`) {
      say(`${path}.from`, `nằm sau năm ${year}`, `lies after ${year}: it can change nothing that is judged`)
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
