// How a table gives points, in the words of an office: everything that decides them.
import { isRounded, type Rounded } from '../rounding.ts'
import { checkShapeOnce } from './arguments.ts'
import { formatNumber, formatPercent } from './numbers.ts'
import type { Absence, Figure, PointNode, PointTable, Rule, Step } from './table.ts'
import { conditionInWords, figureInWords, type Naming } from './words-figures.ts'

/**
 * How a node is given points, with all that decides them.
 * @param table names its facts, conditions and figures
 */
export function ruleInWords(node: PointNode, table?: PointTable): string {
  checkShapeOnce('node', node)
  const naming: Naming = table ?? {}
  const { rule, children = [], outside } = node
  const number = (value: number | undefined, words: string) => value !== undefined && `${words} ${formatNumber(value)}`
  return [
    node.when && `chỉ tính khi ${conditionInWords(node.when, naming)}`,
    rule && wordsOf(rule, node.points ?? 0, naming),
    node.best !== undefined && node.best < children.length && `tính ${node.best} mục cao nhất`,
    number(node.mostDeducted, 'trừ không quá'),
    number(node.mostAdded, 'cộng không quá'),
    number(node.leaderGets, 'quy đổi theo tỷ lệ, đơn vị cao nhất trong cụm được'),
    number(node.cap, 'tối đa'),
    // A part of the scale ends at 0 by itself.
    (outside || node.floor !== 0) && number(node.floor, 'tối thiểu'),
    roundedInWords(node),
    node.coefficient !== undefined && `nhân hệ số ${figureInWords(node.coefficient, naming)}`,
    number(node.minimum, 'mức tối thiểu khi xếp loại'),
    node.late && lateInWords(node.late),
    node.missing && `không có số liệu: ${ABSENT[node.missing]}`,
    node.notAssigned && `không giao: ${ABSENT[node.notAssigned]}`,
    node.by && `người chấm: ${node.by}`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** How points are rounded, as an office says it. */
export function roundedInWords(how: Rounded): string {
  const { decimals, step, rounding = 'nearest' } = how
  if (!isRounded(how)) return ''
  const to =
    step !== undefined
      ? formatNumber(step)
      : decimals === 0
        ? 'số nguyên'
        : `${formatNumber(decimals ?? 0)} chữ số thập phân`
  return `làm tròn ${ROUNDED[rounding]}đến ${to}`
}

/** What stands before "đến". */
export const ROUNDED = { nearest: '', up: 'lên ', down: 'xuống ' } as const

/** What an absence does. */
export const ABSENT: Readonly<Record<Absence, string>> = {
  nothing: 'không có điểm, không tính vào điểm chuẩn',
  zero: '0 điểm',
  full: 'đủ điểm',
  share: 'điểm chia cho các mục còn lại cùng nhóm',
  scale: 'quy đổi các mục còn lại cho đủ thang điểm',
}

const signed = (points: number) => `${points < 0 ? 'trừ' : 'cộng'} ${formatNumber(Math.abs(points))}`
const joined = (...parts: readonly (string | false | undefined)[]) => parts.filter(Boolean).join(', ')

const lateInWords = ({ share = 1, less = 0 }: NonNullable<PointNode['late']>) =>
  `chậm: ${joined(share !== 1 && `còn ${formatPercent(share)} số điểm`, less > 0 && `trừ ${formatNumber(less)}`)}`

/** What stands before a rule: nothing where it looks at a fact that has no name but its key. */
function subject(of: Figure | number, naming: Naming): string {
  const isKey =
    typeof of === 'string' && Object.hasOwn(naming.facts ?? {}, of) && naming.facts?.[of]?.name === undefined
  return isKey || (typeof of === 'string' && !naming.facts) ? '' : `${figureInWords(of, naming)}: `
}

function wordsOf(rule: Rule, points: number, naming: Naming, isCase = false): string {
  if (rule.kind === 'full')
    return rule.points === undefined ? 'điểm chuẩn, trừ theo lỗi' : `${formatNumber(rule.points)} điểm`
  if (rule.kind === 'policy') return rule.policy.title.vi
  if (rule.kind === 'share') {
    return `${formatPercent(rule.share)} điểm ${rule.what === 'earned' ? 'đạt được' : 'chuẩn'} của mục ${rule.node}`
  }
  if (rule.kind === 'cases') {
    const cases = rule.cases.map(({ when, rule: each }) => {
      // Each says what it looks at: it may be another fact than that of the case before.
      const words = `${'of' in each ? `${figureInWords(each.of, naming)}: ` : ''}${wordsOf(each, points, naming, true)}`
      return `nếu ${conditionInWords(when, naming)} thì (${words})`
    })
    return [...cases, 'còn lại: 0'].join('; ')
  }
  return `${isCase ? '' : subject(rule.of, naming)}${ofFigure(rule, points, naming)}`
}

type FigureRule = Exclude<Rule, { kind: 'full' | 'policy' | 'share' | 'cases' }>

function ofFigure(rule: FigureRule, points: number, naming: Naming): string {
  switch (rule.kind) {
    case 'yes-no':
      return `có: ${formatNumber(rule.points ?? points)}, không: ${formatNumber(rule.otherwise ?? 0)}`
    case 'count':
      return joined(
        rule.base !== undefined && rule.base !== 0 && `${formatNumber(rule.base)} điểm`,
        `mỗi trường hợp ${signed(rule.each)}`,
        rule.free !== undefined && rule.free > 0 && `không tính ${formatNumber(rule.free)} trường hợp đầu`,
        ...bounds(rule),
      )
    case 'steps':
      return [
        ...rule.steps.map((step) => `${rangeOf(step)}: ${formatNumber(step.points)}`),
        `còn lại: ${formatNumber(rule.otherwise ?? 0)}`,
      ].join('; ')
    case 'line':
      return `${rule.line.map(({ at, points: of }) => `${formatNumber(at)}: ${formatNumber(of)}`).join('; ')}; ở giữa tính theo đường thẳng`
    case 'place':
      return [
        ...rule.places.map((of, i) => `thứ ${i + 1}: ${formatNumber(of)}`),
        `còn lại: ${formatNumber(rule.otherwise ?? 0)}${lessIsBetter(rule)}`,
      ].join('; ')
    case 'beyond':
      return joined(
        `trên ${formatNumber(rule.above)}: ${signed(rule.first ?? 0)}`,
        `mỗi ${formatNumber(rule.every)} tiếp theo ${signed(rule.each)}`,
        ...bounds(rule),
      )
    case 'judged':
      return joined(`chấm từ ${formatNumber(rule.least ?? 0)} đến ${formatNumber(rule.most ?? points)}`, rule.by)
    case 'leader':
      return `theo tỷ lệ so với đơn vị ${rule.better === 'less' ? 'thấp' : 'cao'} nhất trong cụm`
    default:
      return againstTarget(rule, naming)
  }
}

const bounds = ({ most, least }: { readonly most?: number; readonly least?: number }) => [
  most !== undefined && `tối đa ${formatNumber(most)}`,
  least !== undefined && `tối thiểu ${formatNumber(least)}`,
]
const lessIsBetter = ({ better }: { readonly better?: string }) => (better === 'less' ? ' (càng thấp càng tốt)' : '')

function againstTarget(rule: Extract<Rule, { kind: 'proportion' | 'per-percent' | 'excess' }>, naming: Naming): string {
  const target = `${figureInWords(rule.target, naming)}${lessIsBetter(rule)}`
  if (rule.kind === 'proportion') {
    return joined(
      `theo tỷ lệ so với ${target}`,
      rule.from !== undefined && rule.from > 0 && `dưới ${formatPercent(rule.from)} không có điểm`,
      rule.to !== undefined && rule.to !== 1 && `tối đa ${formatPercent(rule.to)} số điểm`,
    )
  }
  if (rule.kind === 'per-percent') {
    const every = `mỗi ${formatNumber(rule.every ?? 1)}%${rule.begun ? ' hoặc phần lẻ' : rule.whole ? ' tròn' : ''}`
    return joined(
      `so với ${target}: ${every} thiếu trừ ${formatNumber(rule.less ?? 0)}`,
      `vượt cộng ${formatNumber(rule.more ?? 0)}`,
      ...bounds(rule),
    )
  }
  const { atTarget = 0.5, fullAt } = rule
  const beyond = rule.better === 'less' ? 'thấp hơn' : 'vượt'
  const most =
    fullAt === undefined
      ? `so với đơn vị ${beyond} nhiều nhất trong cụm`
      : `đủ điểm khi ${beyond} ${formatPercent(fullAt)}`
  return joined(
    `đạt ${target} được ${formatPercent(atTarget)} số điểm`,
    'dưới mức thì theo tỷ lệ',
    `phần còn lại theo mức ${beyond}, ${most}`,
    'không có mức giao thì theo tỷ lệ so với đơn vị tốt nhất',
  )
}

function rangeOf({ from, above, to, below }: Omit<Step, 'points'>): string {
  if (from !== undefined && from === to) return `đúng ${formatNumber(from)}`
  const words = [
    from !== undefined && `từ ${formatNumber(from)}`,
    above !== undefined && `trên ${formatNumber(above)}`,
    to !== undefined && `đến ${formatNumber(to)}`,
    below !== undefined && `dưới ${formatNumber(below)}`,
  ]
  return words.filter(Boolean).join(' ') || 'mọi mức'
}
