// A static page for each indicator, in both languages, from the same data: `node scripts/write-pages.mjs <folder>`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeTarget, directive2022, toRules } from '../dist/esm/index.js'

const folder = resolve(process.argv[2] ?? 'site')
const { id: number, issuedOn, title, indicators, errata, amendments } = directive2022
const rules = new Map(toRules().map((rule) => [rule.event.params.indicatorId, rule]))

const html = (text) =>
  String(text).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign])
const both = ({ vi, en }) => `<span lang="vi">${html(vi)}</span> <span lang="en" class="en">${html(en)}</span>`
const row = (vi, en, content) => (content ? `<tr><th>${both({ vi, en })}</th><td>${content}</td></tr>` : '')

const page = (heading, body, home) => `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${html(heading)} – ${html(number)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ccc }
th { width: 14rem; font-weight: 600 } .en { color: #595959; display: block } blockquote { margin: 0; font-style: italic } pre { overflow-x: auto; margin: 0 }
</style>
${home ? '<p><a href="../index.html">← Tất cả chỉ tiêu / All indicators</a></p>' : ''}
${body}
</html>
`

function indicatorPage(one) {
  const own = errata.filter(({ indicators: named }) => named.includes(one.id))
  const change =
    one.change && `${one.change.value > 0 ? '+' : ''}${one.change.value} ${one.change.unit} (${one.change.against})`
  const history = [
    { date: issuedOn, source: number, target: one.target },
    ...amendments
      .filter(({ targets }) => targets[one.id])
      .map(({ from, source, targets }) => ({ date: from, source, target: targets[one.id] })),
  ]
  return page(
    one.name.vi,
    `<h1>${both(one.name)}</h1>
<table>
${row('Mã', 'Id', `<code>${html(one.id)}</code>`)}
${row('Mục', 'Section', html([one.section, ...(one.alsoIn ?? [])].join(', ')))}
${row('Trích văn bản', 'Quote', `<blockquote lang="vi">${html(one.quote)}</blockquote>`)}
${row('Đúng ra là', 'Meant', one.intended && `<blockquote lang="vi">${html(one.intended)}</blockquote>`)}
${row('Mục tiêu', 'Target', both(describeTarget(one)))}
${row('Đơn vị tính', 'Unit', both(one.unit))}
${row('So với', 'Change', change && html(change))}
${row('Giá trị gốc', 'Baseline', one.baseline === undefined ? '' : html(one.baseline))}
${row('Mẫu số', 'Denominator', one.denominator === undefined ? '' : html(one.denominator))}
${row('Loại', 'Kind', html(`${one.measure}, ${one.extent}, ${one.role}; ${one.levels.join(', ')}`))}
${row('Cách hiểu', 'Reading', one.interpretation && both(one.interpretation))}
${row('Điểm chưa thống nhất', 'Errata', own.map(({ arithmetic, reading }) => `<p>${arithmetic ? `<code>${html(arithmetic)}</code><br>` : ''}${both(reading)}</p>`).join(''))}
${row('Quy tắc', 'Rule', `<pre><code>${html(JSON.stringify(rules.get(one.id).conditions, null, 1))}</code></pre>`)}
${row('Lịch sử', 'History', history.map(({ date, source, target }) => `<p>${html(date)}, ${html(source)}: ${both(describeTarget(one, target))}</p>`).join(''))}
${row('Đối chiếu văn bản', 'Checked', html(one.checkedOn))}
</table>`,
    true,
  )
}

mkdirSync(join(folder, 'indicators'), { recursive: true })
for (const one of indicators) writeFileSync(join(folder, 'indicators', `${one.id}.html`), indicatorPage(one))
const list = indicators
  .map(
    (one) =>
      `<tr><td>${html(one.section)}</td><td><a href="indicators/${one.id}.html">${both(one.name)}</a></td><td>${both(describeTarget(one))}</td></tr>`,
  )
  .join('\n')
writeFileSync(join(folder, 'index.html'), page(title.vi, `<h1>${both(title)}</h1>\n<table>\n${list}\n</table>`, false))
console.log(`${indicators.length} pages in ${folder}`)
