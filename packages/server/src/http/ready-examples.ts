// The examples of ready queries name units, clusters, indicators and a year of the database that is asked, whichever that is.

import type { Indicator } from '@dienbien/targets'
import { today } from '../days.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import type { ReadyQuery } from './ready-queries.ts'

type Words = ReadonlyMap<string, string | number>

/** Of a cluster or of members that an example names: "member3" is the third, or another one where there are fewer. */
const MOST_NAMED = 5
const LEVELS_NAMED = 3
/** Where a database has nothing of the kind yet. */
const NOTHING = '…'

/**
 * The ready queries with examples that this database knows.
 * @param registry null where it cannot be read
 */
export function withExamples(ready: readonly ReadyQuery[], registry: Registry | null): ReadyQuery[] {
  const words: Words = registry ? wordsOf(registry) : new Map()
  return ready.map((query) => ({ ...query, variables: filled(query.variables, words) }))
}

/** `"{{year}}"` becomes a number, `"{{year+1}}-01-31"` a day of the year after, what else stands in braces a word. */
function filled(variables: string, words: Words): string {
  const wordOf = (name: string, more: string | undefined) => {
    const word = words.get(name) ?? NOTHING
    return more === undefined ? word : Number(word) + Number(more)
  }
  return variables
    .replace(/"\{\{(\w+)(?:\+(\d+))?\}\}"/g, (_, name: string, more?: string) => JSON.stringify(wordOf(name, more)))
    .replace(/\{\{(\w+)(?:\+(\d+))?\}\}/g, (_, name: string, more?: string) => String(wordOf(name, more)))
}

function wordsOf(registry: Registry): Words {
  const { root, directives } = registry
  const newest = directives.years.at(-1)
  const clusters = registry.clusters.toSorted((a, b) => Number(a.kind === 'bloc') - Number(b.kind === 'bloc'))
  const inYear = (year: number) => clusters.filter(({ code }) => registry.members(code, year).length > 0)
  // The newest in which somebody competes.
  const year = directives.years.findLast((year) => inYear(year).length > 0) ?? newest ?? Number(today().slice(0, 4))
  const [cluster, other = cluster] = inYear(year)
  const below = root ? registry.children(root.id) : []
  const membersOf = (code: string | undefined) =>
    code === undefined
      ? below
      : registry.members(code, year).flatMap(({ unitCode }) => registry.keptUnit(unitCode) ?? [])
  const members = membersOf(cluster?.code)
  const indicators = newest === undefined ? [] : (directives.measuring(year)?.indicators ?? [])
  return new Map<string, string | number>([
    ['year', year],
    ...(root ? ([['province', root.code]] as const) : []),
    ...(cluster && other
      ? ([
          ['cluster', cluster.code],
          ['otherCluster', other.code],
        ] as const)
      : []),
    ...numbered('member', members),
    ...numbered('otherMember', membersOf(other?.code)),
    ...indicatorWords(indicators, members[0]?.level ?? 'province'),
  ])
}

function numbered(name: string, units: readonly Unit[]): [string, string][] {
  const codes = units.map(({ code }) => code).sort()
  return Array.from({ length: codes.length === 0 ? 0 : MOST_NAMED }, (_, i): [string, string] => [
    `${name}${i + 1}`,
    codes[i % codes.length] as string,
  ])
}

/** A rate and a total that members are measured by, and some indicators of the province with their levels. */
function indicatorWords(indicators: readonly Indicator[], level: Unit['level']): [string, string | number][] {
  const rate =
    indicators.find(
      ({ measure, unit, levels }) => measure === 'rate' && unit.code === 'percent' && levels.includes(level),
    ) ?? indicators.find(({ levels }) => levels.includes(level))
  const levelled = indicators.flatMap(({ id, target, levels }) =>
    'value' in target && typeof target.value === 'number' && levels.includes('province')
      ? [[id, target.value] as const]
      : [],
  )
  const total = indicators.find(
    ({ measure, extent, levels }) => measure === 'flow' && extent === 'extensive' && levels.includes(level),
  )
  return [
    ...(rate ? [['rate', rate.id] as [string, string]] : []),
    ...(total ? [['total', total.id] as [string, string]] : []),
    ...levelled.slice(0, LEVELS_NAMED).flatMap(([id, value], i): [string, string | number][] => [
      [`indicator${i + 1}`, id],
      [`target${i + 1}`, value],
    ]),
  ]
}
