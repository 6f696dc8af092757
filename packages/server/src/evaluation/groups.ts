import type { Indicator, IndicatorResult, Status, UnitLevel } from '@dienbien/targets'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { tidy } from '../numbers.ts'

const GROUP_KEYS = ['section', 'indicator', 'cluster', 'level', 'unit', 'status', 'figureStatus', 'date'] as const
export type GroupKey = (typeof GROUP_KEYS)[number]

export const isGroupKey = (name: string): name is GroupKey => (GROUP_KEYS as readonly string[]).includes(name)

/** One judged figure with all that it may be grouped by. */
export interface GroupedFigure {
  readonly section: string
  readonly indicator: Indicator
  readonly cluster: string | null
  readonly level: UnitLevel
  readonly unit: string
  readonly result: IndicatorResult
  readonly figureStatus: MeasurementStatus | null
  readonly date: string | null
  /** What its value weighs in a mean of rates; null where that is not known. */
  readonly weight: number | null
}

export interface FigureGroup {
  readonly keys: Readonly<Partial<Record<GroupKey, string | null>>>
  readonly count: number
  /** With a figure. */
  readonly figures: number
  readonly statuses: Readonly<Partial<Record<Status, number>>>
  /** Null unless the group is one total at one level: other sums say nothing, or count twice. */
  readonly sum: number | null
  /** These three only within one indicator. */
  readonly mean: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly weightedMean: number | null
  readonly meanCompletion: number | null
}

export type GroupNumber = Exclude<keyof FigureGroup, 'keys' | 'statuses'>

const keyOf: Record<GroupKey, (figure: GroupedFigure) => string | null> = {
  section: ({ section }) => section,
  indicator: ({ indicator }) => indicator.id,
  cluster: ({ cluster }) => cluster,
  level: ({ level }) => level,
  unit: ({ unit }) => unit,
  status: ({ result }) => result.status,
  figureStatus: ({ figureStatus }) => figureStatus,
  date: ({ date }) => date,
}

/** Groups judged figures, in the order in which the groups first occur. */
export function groupFigures(figures: readonly GroupedFigure[], by: readonly GroupKey[]): FigureGroup[] {
  const groups = new Map<string, GroupedFigure[]>()
  for (const figure of figures) {
    const name = JSON.stringify(by.map((key) => keyOf[key](figure)))
    const group = groups.get(name)
    if (group) group.push(figure)
    else groups.set(name, [figure])
  }
  return [...groups.values()].map((group) => summarise(group, by))
}

function summarise(group: readonly GroupedFigure[], by: readonly GroupKey[]): FigureGroup {
  const first = group[0] as GroupedFigure
  const known = group.filter(({ result }) => typeof result.value === 'number')
  const values = known.map(({ result }) => result.value as number)
  const oneIndicator = group.every(({ indicator }) => indicator === first.indicator) && values.length > 0
  const oneLevel = group.every(({ level }) => level === first.level)
  const completions = group.flatMap(({ result }) => (result.completion === null ? [] : [result.completion]))
  const statuses: Partial<Record<Status, number>> = {}
  for (const { result } of group) statuses[result.status] = (statuses[result.status] ?? 0) + 1
  return {
    keys: Object.fromEntries(by.map((key) => [key, keyOf[key](first)])),
    count: group.length,
    figures: known.length,
    statuses,
    sum: oneIndicator && oneLevel && first.indicator.extent === 'extensive' ? total(values) : null,
    mean: oneIndicator ? tidy(total(values) / values.length) : null,
    minimum: oneIndicator ? Math.min(...values) : null,
    maximum: oneIndicator ? Math.max(...values) : null,
    weightedMean: oneIndicator && oneLevel ? weightedMean(known) : null,
    meanCompletion: completions.length === 0 ? null : tidy(total(completions) / completions.length),
  }
}

const total = (values: readonly number[]) => tidy(values.reduce((a, b) => a + b, 0))

function weightedMean(known: readonly GroupedFigure[]): number | null {
  if (known.some(({ weight }) => weight === null)) return null
  const weights = total(known.map(({ weight }) => weight as number))
  return weights === 0
    ? null
    : tidy(total(known.map(({ weight, result }) => (weight as number) * (result.value as number))) / weights)
}

/** Sorts by a key or a number of the groups; what is null comes last. */
export function sortGroups(
  groups: readonly FigureGroup[],
  by: GroupKey | GroupNumber,
  descending: boolean,
): FigureGroup[] {
  const read = (group: FigureGroup) => (isGroupKey(by) ? (group.keys[by] ?? null) : group[by])
  const sign = descending ? -1 : 1
  return groups.toSorted((a, b) => {
    const [x, y] = [read(a), read(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return x < y ? -sign : x > y ? sign : 0
  })
}
