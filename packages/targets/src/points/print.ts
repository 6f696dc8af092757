import { checkShape } from './arguments.ts'
import { parsePointTable } from './check.ts'
import { formatNumber } from './numbers.ts'
import type { PointScore } from './result.ts'
import type { PointNode, PointTable } from './table.ts'
import { roundedInWords, ruleInWords } from './words.ts'

export type PrintedAs = 'text' | 'markdown' | 'html'

type Row = readonly string[]

/** The table as an office prints it: code, criterion, maximum, how it is given, evidence. */
export function printPointTable(table: PointTable, as: PrintedAs = 'markdown'): string {
  const rows: Row[] = []
  const add = (node: PointNode): void => {
    const most = node.outside ? '' : formatNumber(node.points ?? 0)
    rows.push([node.code, node.name, most, ruleInWords(node), node.evidence ?? ''])
    node.children?.forEach(add)
  }
  parsePointTable(table).nodes.forEach(add)
  rows.push(['', 'Tổng cộng', formatNumber(table.total), roundedInWords(table), ''])
  return printed(table.title, ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Cách chấm', 'Minh chứng'], rows, as)
}

/** A unit's score sheet. */
export function printScoreSheet(table: PointTable, score: PointScore, as: PrintedAs = 'markdown'): string {
  parsePointTable(table)
  checkShape('score', score)
  const rows = score.lines.map(({ code, name, outOf, points, outside }): Row => {
    return [code, name, outside ? '' : formatNumber(outOf), formatNumber(points)]
  })
  rows.push(['', 'Tổng cộng', formatNumber(score.outOf), formatNumber(score.points)])
  const grade = table.grades?.find(({ id }) => id === score.grade)?.name
  const title = `${table.title}: ${score.unit}${grade ? `, xếp loại ${grade}` : ''}`
  return printed(title, ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Điểm'], rows, as)
}

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )
const oneLine = (text: string) => text.replace(/\s+/g, ' ')

function printed(title: string, heads: Row, rows: readonly Row[], as: PrintedAs): string {
  if (as === 'html') {
    const row = (tag: string, cells: Row) =>
      `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`
    const body = rows.map((cells) => row('td', cells)).join('\n')
    return `<table>\n<caption>${escapeHtml(title)}</caption>\n<thead>${row('th', heads)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>\n`
  }
  if (as === 'text') return `${[title, ...[heads, ...rows].map((cells) => cells.map(oneLine).join('\t'))].join('\n')}\n`
  const line = (cells: Row) => `| ${cells.map((cell) => oneLine(cell).replace(/[\\|<]/g, '\\$&')).join(' | ')} |`
  return `${[`**${oneLine(title)}**`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}
