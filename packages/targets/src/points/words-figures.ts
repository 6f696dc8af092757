// Figures and conditions of a table in the words of an office.
import type { Condition, ConditionOperator, Scalar } from '../rules/conditions.ts'
import { pointsCode } from './fact-names.ts'
import { formatNumber } from './numbers.ts'
import type { Figure, PointTable } from './table.ts'

/** Where no table is given, a fact is called by its key. */
export type Naming = Pick<PointTable, 'facts' | 'conditions' | 'grades'>

const STATUSES: Readonly<Record<string, string>> = {
  MET: 'đạt',
  NOT_MET: 'không đạt',
  IN_PROGRESS: 'đang thực hiện',
  UNDECIDED: 'chưa kết luận',
  NO_DATA: 'chưa có số liệu',
  NOT_APPLICABLE: 'không giao',
}
const COUNTED = {
  assigned: 'được giao',
  met: 'đạt',
  exceeded: 'vượt',
  notMet: 'không đạt',
  inProgress: 'đang thực hiện',
  undecided: 'chưa kết luận',
  noData: 'chưa có số liệu',
} as const
const TAKEN = {
  value: 'số liệu',
  target: 'mức giao',
  completion: '% hoàn thành',
  margin: 'mức vượt hoặc hụt',
} as const
const OVER_CLUSTER = { mean: 'bình quân', sum: 'tổng', greatest: 'cao nhất', least: 'thấp nhất' } as const
/** What conditions may ask for besides. */
const OWN: Readonly<Record<string, string>> = {
  score: 'tổng điểm',
  grade: 'xếp loại',
  metRatio: 'tỷ lệ chỉ tiêu đạt',
  exceededRatio: 'tỷ lệ chỉ tiêu vượt',
  noDataRatio: 'tỷ lệ chỉ tiêu chưa có số liệu',
}

/** What a fact is called; its key where the table has no name for it. */
export function factInWords(key: string, { facts = {}, grades = [] }: Naming): string {
  if (Object.hasOwn(facts, key)) return facts[key]?.name ?? key
  const code = pointsCode(key)
  if (code !== null) return `điểm mục ${code}`
  if (key.startsWith('indicator.')) return `chỉ tiêu ${key.slice('indicator.'.length)}`
  const grade = grades.find(({ id }) => key === `grade.${id}`)
  if (grade) return `xếp loại ${grade.name}`
  return Object.hasOwn(OWN, key) ? (OWN[key] as string) : key
}

export function figureInWords(figure: Figure | number, naming: Naming): string {
  if (typeof figure === 'number') return formatNumber(figure)
  if (typeof figure === 'string') return factInWords(figure, naming)
  const of = (part: Figure | number) => figureInWords(part, naming)
  const within = (part: Figure | number) => (typeof part === 'object' ? `(${of(part)})` : of(part))
  const list = (parts: readonly (Figure | number)[], between: string) => parts.map(within).join(between)
  if ('indicator' in figure) return `${TAKEN[figure.take ?? 'value']} của chỉ tiêu ${figure.indicator}`
  if ('ratio' in figure) {
    const { times = 1 } = figure
    return `${list(figure.ratio, ' ÷ ')}${times === 1 ? '' : times === 100 ? ' (%)' : ` × ${formatNumber(times)}`}`
  }
  if ('change' in figure) return `mức tăng (%) của ${list(figure.change, ' so với ')}`
  if ('difference' in figure) return list(figure.difference, ' − ')
  if ('sum' in figure) return list(figure.sum, ' + ')
  if ('product' in figure) return list(figure.product, ' × ')
  if ('greatest' in figure) return `số lớn nhất trong (${figure.greatest.map(of).join('; ')})`
  if ('least' in figure) return `số nhỏ nhất trong (${figure.least.map(of).join('; ')})`
  if ('latest' in figure) return `số mới nhất trong (${figure.latest.map(of).join('; ')})`
  if ('periods' in figure) {
    const parts = figure.periods.map((period) => `${of(period.of)} hệ số ${formatNumber(period.weight)}`)
    return `bình quân của (${parts.join('; ')})`
  }
  if ('results' in figure) {
    return `số chỉ tiêu ${COUNTED[figure.results]}${figure.of ? ` trong (${figure.of.join(', ')})` : ''}`
  }
  if ('cluster' in figure) return `${OVER_CLUSTER[figure.cluster]} của cụm về ${within(figure.of)}`
  if ('holding' in figure) {
    const parts = figure.holding.map((part) => conditionInWords(part, naming))
    return `số nội dung đạt trong (${parts.join('; ')})`
  }
  return [
    ...figure.cases.map(({ when, figure: part }) => `${of(part)} nếu ${conditionInWords(when, naming)}`),
    ...(figure.otherwise === undefined ? [] : [`còn lại ${of(figure.otherwise)}`]),
  ].join(', ')
}

export function conditionInWords(condition: Condition, naming: Naming): string {
  const within = (part: Condition) => {
    const text = conditionInWords(part, naming)
    return 'all' in part || 'any' in part ? `(${text})` : text
  }
  if ('all' in condition) return condition.all.map(within).join(' và ') || 'luôn luôn'
  if ('any' in condition) return condition.any.map(within).join(' hoặc ') || 'luôn luôn'
  if ('not' in condition) return `không phải ${within(condition.not)}`
  if ('condition' in condition) {
    const named = naming.conditions?.[condition.condition]
    return named ? within(named) : condition.condition
  }
  const { fact, operator, value } = condition
  const name = factInWords(fact, naming)
  const values = (Array.isArray(value) ? value : [value]) as readonly Scalar[]
  const [first] = values
  if (typeof first === 'boolean' && values.length === 1) {
    const isYes = first === (operator === 'equal' || operator === 'in')
    return fact.startsWith('grade.') ? `${isYes ? '' : 'không '}${name}` : `${name}: ${isYes ? 'có' : 'không'}`
  }
  const written = values.map((one) => valueInWords(one, fact, naming)).join(', ')
  return `${name} ${COMPARED[operator](written)}`
}

const COMPARED: Readonly<Record<ConditionOperator, (value: string) => string>> = {
  equal: (value) => `là ${value}`,
  notEqual: (value) => `khác ${value}`,
  in: (value) => `thuộc ${value}`,
  notIn: (value) => `không thuộc ${value}`,
  greaterThan: (value) => `trên ${value}`,
  greaterThanInclusive: (value) => `từ ${value} trở lên`,
  lessThan: (value) => `dưới ${value}`,
  lessThanInclusive: (value) => `không quá ${value}`,
}

function valueInWords(value: Scalar, fact: string, { grades = [] }: Naming): string {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (fact === 'grade') return grades.find(({ id }) => id === value)?.name ?? value
  return fact.startsWith('indicator.') && Object.hasOwn(STATUSES, value) ? (STATUSES[value] as string) : value
}
