// A report as sections with tables, written as Markdown, as HTML for print and as XLSX.
// Their libraries are loaded when a report is asked for, not at every start.
import { timelessZip } from '../../timeless-zip.ts'

/** Numbers stay numbers, so that a spreadsheet can add them up. */
export type Cell = string | number | null

interface ReportTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface ReportSection {
  readonly heading: string
  /** Of its sheet, at most 31 characters. */
  readonly sheet: string
  readonly paragraphs: readonly string[]
  readonly table: ReportTable | null
}

export interface Report {
  readonly title: string
  readonly lead: readonly string[]
  readonly sections: readonly ReportSection[]
}

const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 4 })

/**
 * Text that people wrote stays text: no markup, no link, no table of its own. What readers make links of without any markup,
 * they look for when escapes are gone: an empty comment stands in its midst.
 */
const plain = (text: string) =>
  text
    .replace(/\s*[\r\n]\s*/g, ' ')
    .replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/:\/\/|@|(?<=www)\.|(?<=mailto|xmpp):/gi, '<!-- -->$&')
    // What begins a heading, a list, a quote or a rule at the start of a line.
    .replace(/^\s*([#+\-=])/, '\\$1')
    .replace(/^\s*(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .trim()

const cellText = (cell: Cell) =>
  cell === null || cell === '' ? '–' : typeof cell === 'number' ? number.format(cell) : plain(cell)

export function toMarkdown({ title, lead, sections }: Report): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = ({ columns, rows }: ReportTable) => {
    // Columns of numbers are set to the right.
    const rule = columns.map((_, i) => (rows.some((cells) => typeof cells[i] === 'number') ? '---:' : '---'))
    return [row(columns.map(plain)), row(rule), ...rows.map((cells) => row(cells.map(cellText)))].join('\n')
  }
  const blocks = [
    `# ${plain(title)}`,
    ...lead.map(plain),
    ...sections.flatMap((section) => [
      `## ${plain(section.heading)}`,
      ...section.paragraphs.map(plain),
      ...(section.table ? [table(section.table)] : []),
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}

const STYLE = `@page { size: A4 landscape; margin: 15mm }
body { font: 11pt/1.45 "Times New Roman", "Liberation Serif", serif; color: #000; max-width: 267mm; margin: 0 auto }
h1 { font-size: 15pt; text-align: center } h2 { font-size: 12pt; margin-top: 8mm; break-after: avoid }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt } thead { display: table-header-group }
td.number { text-align: right } th, td { overflow-wrap: break-word; border: 0.5pt solid #000; padding: 1mm 1.5mm; vertical-align: top } tr { break-inside: avoid }`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string)

/** A page that runs nothing and asks for nothing, wherever it is opened. */
export function toHtml({ title, lead, sections }: Report): string {
  const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`
  const cell = (value: Cell) =>
    typeof value === 'number' ? `<td class="number">${number.format(value)}</td>` : element('td', value || '–')
  const table = ({ columns, rows }: ReportTable) => `<table>
<thead><tr>${columns.map((name) => element('th', name)).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('\n')}
</tbody></table>`
  const blocks = [
    element('h1', title),
    ...lead.map((text) => element('p', text)),
    ...sections.flatMap((section) => [
      element('h2', section.heading),
      ...section.paragraphs.map((text) => element('p', text)),
      ...(section.table ? [table(section.table)] : []),
    ]),
  ]
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width">${element('title', title)}
<style>${STYLE}</style></head>
<body>
${blocks.join('\n')}
</body></html>
`
}

/** One sheet a section that has a table. */
export async function toXlsx({ sections }: Report): Promise<Buffer> {
  const sheets = sections.flatMap(({ sheet, table }) => {
    if (!table) return []
    const header = table.columns.map((value) => ({ value, fontWeight: 'bold' as const, wrap: true }))
    const widths = table.columns.map((name, i) => ({
      width: Math.min(60, Math.max(10, name.length, ...table.rows.map((cells) => String(cells[i] ?? '').length)) + 2),
    }))
    return [{ sheet, columns: widths, stickyRowsCount: 1, data: [header, ...table.rows.map((cells) => [...cells])] }]
  })
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  return timelessZip(await writeXlsxFile(sheets).toBuffer())
}
