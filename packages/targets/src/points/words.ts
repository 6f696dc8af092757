import { tidy } from '../decimal.ts'
import { isRounded, type Rounded } from '../rounding.ts'
import { checkShapeOnce } from './arguments.ts'
import { formatNumber } from './numbers.ts'
import type { PointNode, Rule } from './table.ts'

/** How a node is given points, in a few words. */
export function ruleInWords(node: PointNode): string {
  checkShapeOnce('node', node)
  const bounds = [
    node.mostDeducted !== undefined && `trừ không quá ${formatNumber(node.mostDeducted)}`,
    node.mostAdded !== undefined && `cộng không quá ${formatNumber(node.mostAdded)}`,
    node.cap !== undefined && `tối đa ${formatNumber(node.cap)}`,
    node.floor !== undefined && `tối thiểu ${formatNumber(node.floor)}`,
    roundedInWords(node),
    node.best !== undefined && `tính ${node.best} mục cao nhất`,
  ]
  return [node.rule && wordsOf(node.rule), ...bounds].filter(Boolean).join('; ')
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

const signed = (points: number) => `${points < 0 ? 'trừ' : 'cộng'} ${formatNumber(Math.abs(points))}`

function wordsOf(rule: Rule): string {
  switch (rule.kind) {
    case 'full':
      return 'điểm chuẩn, trừ theo lỗi'
    case 'yes-no':
      return rule.points === undefined ? 'có hoặc không' : `có: ${signed(rule.points)}`
    case 'count':
      return `${rule.base ? `${formatNumber(rule.base)} điểm, ` : ''}mỗi trường hợp ${signed(rule.each)}`
    case 'steps':
      return rule.steps.map((step) => `${rangeOf(step)}: ${formatNumber(step.points)}`).join('; ')
    case 'line':
      return 'nội suy giữa các mức'
    case 'proportion':
      return 'theo tỷ lệ hoàn thành'
    case 'per-percent':
      return `mỗi ${formatNumber(rule.every ?? 1)}%${rule.begun ? ' hoặc phần lẻ' : ''} thiếu trừ ${formatNumber(rule.less ?? 0)}, vượt cộng ${formatNumber(rule.more ?? 0)}`
    case 'beyond':
      return `trên ${formatNumber(rule.above)}: mỗi ${formatNumber(rule.every)} ${signed(rule.each)}`
    case 'excess':
      return `một phần khi đạt chỉ tiêu, phần còn lại theo mức ${rule.better === 'less' ? 'thấp hơn' : 'vượt'}`
    case 'leader':
      return rule.better === 'less' ? 'so với đơn vị thấp nhất' : 'so với đơn vị cao nhất'
    case 'place':
      return [
        ...rule.places.map((points, i) => `thứ ${i + 1}: ${formatNumber(points)}`),
        `còn lại: ${formatNumber(rule.otherwise ?? 0)}`,
      ].join('; ')
    case 'judged':
      return `chấm điểm${rule.by ? ` (${rule.by})` : ''}`
    case 'share':
      return `${formatNumber(tidy(rule.share * 100))}% điểm của mục ${rule.node}`
    case 'cases':
      return 'theo từng trường hợp'
    case 'policy':
      return rule.policy.title.vi
  }
}

function rangeOf({ from, above, to, below }: { from?: number; above?: number; to?: number; below?: number }): string {
  return [
    from !== undefined && `từ ${formatNumber(from)}`,
    above !== undefined && `trên ${formatNumber(above)}`,
    to !== undefined && `đến ${formatNumber(to)}`,
    below !== undefined && `dưới ${formatNumber(below)}`,
  ]
    .filter(Boolean)
    .join(' ')
}
