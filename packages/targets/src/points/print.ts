import { checkShape } from './arguments.ts'
import { parsePointTable } from './check.ts'
import { formatNumber } from './numbers.ts'
import type { PointScore } from './result.ts'
import type { PointNode, PointTable } from './table.ts'
import { roundedInWords, ruleInWords } from './words.ts'
import { standingInWords } from './words-standing.ts'

export type PrintedAs = 'text' | 'markdown' | 'html'

type Row = readonly string[]

/**
 * The table as an office prints it: code, criterion, maximum, how it is given, evidence; below it what decides the rest:
 * grades, ties, awards.
 */
export function printPointTable(table: PointTable, as: PrintedAs = 'markdown'): string {
  const rows: Row[] = []
  const add = (node: PointNode): void => {
    const most = node.outside ? '' : formatNumber(node.points ?? 0)
    rows.push([node.code, node.name, most, ruleInWords(node, table), node.evidence ?? ''])
    node.children?.forEach(add)
  }
  parsePointTable(table).nodes.forEach(add)
  rows.push(['', 'Tổng cộng', formatNumber(table.total), roundedInWords(table), ''])
  const heads = ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Cách chấm', 'Minh chứng']
  return printed(table.title, heads, rows, as, standingInWords(table))
}

/** A unit's score sheet. */
export function printScoreSheet(table: PointTable, score: PointScore, as: PrintedAs = 'markdown'): string {
  parsePointTable(table)
  checkShape('score', score)
  const rows = score.lines.map(({ code, name, outOf, points, outside, coefficient = 1 }): Row => {
    const multiplied = coefficient === 1 ? name : `${name} (hệ số ${formatNumber(coefficient)})`
    return [code, multiplied, outside ? '' : formatNumber(outOf), formatNumber(points)]
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

function printed(title: string, heads: Row, rows: readonly Row[], as: PrintedAs, below: Row = []): string {
  if (as === 'html') {
    const row = (tag: string, cells: Row) =>
      `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`
    const items = below.map((line) => `<li>${escapeHtml(line)}</li>`)
    const notes = items.length > 0 ? `<ul>\n${items.join('\n')}\n</ul>\n` : ''
    const body = rows.map((cells) => row('td', cells)).join('\n')
    return `<table>\n<caption>${escapeHtml(title)}</caption>\n<thead>${row('th', heads)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>\n${notes}`
  }
  if (as === 'text') {
    const lines = [title, ...[heads, ...rows].map((cells) => cells.map(oneLine).join('\t')), ...below.map(oneLine)]
    return `${lines.join('\n')}\n`
  }
  const safe = (text: string) => oneLine(text).replace(/[\\|<]/g, '\\$&')
  const line = (cells: Row) => `| ${cells.map(safe).join(' | ')} |`
  const notes = below.length > 0 ? ['', ...below.map((note) => `- ${safe(note)}`)] : []
  const table = [line(heads), line(heads.map(() => '---')), ...rows.map(line)]
  return `${[`**${oneLine(title)}**`, '', ...table, ...notes].join('\n')}\n`
}
