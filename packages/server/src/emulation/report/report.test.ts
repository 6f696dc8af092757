import fc from 'fast-check'
import { marked } from 'marked'
import { type Report, toHtml, toMarkdown } from './report.ts'

const report = (text: string): Report => ({
  title: text,
  lead: [text],
  sections: [{ heading: text, sheet: 'a', paragraphs: [text], table: { columns: [text, 'b'], rows: [[text, 1.5]] } }],
})

const FRAGMENTS = [
  ...[
    'https://a.example',
    'http://a.example/?a=b&c=d',
    'www.a.example',
    'WWW.a.example',
    'ai@a.example',
    'mailto:ai@a.example',
  ],
  ...[
    'ftp://a.example',
    '[x](javascript:alert(1))',
    '![x](//a)',
    '<https://a.example>',
    '<img src=x onerror=alert(1)>',
  ],
  ...[
    '<script>',
    '</td>',
    '<!--',
    '-->',
    '&lt;b&gt;',
    '&#60;',
    '&amp;',
    '\\',
    '|',
    '\\|',
    '`',
    '``',
    '*',
    '_',
    '__',
    '~',
    '~~',
  ],
  ...['# ', '- ', '+ ', '1. ', '2) ', '> ', '=', '---', '    ', '\t', '\n', '\r', '\r\n', '\n\n', '$x$', ':', '"', "'"],
  ...['[', ']', '[x]: /a', '| --- |', 'đạt 31,10%', 'a', ' '],
]
const text = fc
  .array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 })
  .map((parts) => `x${parts.join('')}x`)
const atStart = fc
  .array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 })
  .map((parts) => `${parts.join('')}x`)

/** What a reader shows, without what is not shown. */
const shown = (html: string) =>
  html
    .replaceAll('<!-- -->', '')
    .replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? "'")
const inOneLine = (text: string) =>
  text
    .replace(/\s*[\r\n]\s*/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')

test('a text in Markdown is shown as it was written: no link, no picture, no markup, no cell or line of its own', () => {
  fc.assert(
    fc.property(fc.oneof(text, atStart), (text) => {
      const html = marked.parse(toMarkdown(report(text)), { async: false })
      expect(html.replaceAll('<!-- -->', '').match(/<[^>]*>/g)).toEqual([
        ...['<h1>', '</h1>', '<p>', '</p>', '<h2>', '</h2>', '<p>', '</p>'],
        ...['<table>', '<thead>', '<tr>', '<th>', '</th>', '<th align="right">', '</th>', '</tr>', '</thead>'],
        ...['<tbody>', '<tr>', '<td>', '</td>', '<td align="right">', '</td>', '</tr>', '</tbody>', '</table>'],
      ])
      const texts = [...html.matchAll(/<(?:h1|h2|p|th|td)>([\s\S]*?)<\/(?:h1|h2|p|th|td)>/g)].map(([, inner]) =>
        shown(inner ?? ''),
      )
      for (const found of texts) expect(found.replace(/\s+/g, ' ').trim()).toBe(inOneLine(text))
      expect(texts).toHaveLength(6)
    }),
    { numRuns: 3000 },
  )
})

test('a text in HTML is shown as it was written, and the page may run nothing', () => {
  fc.assert(
    fc.property(text, (text) => {
      const html = toHtml(report(text))
      const tags = html.slice(html.indexOf('<body>')).match(/<[^>]*>/g)
      expect(tags).toHaveLength(29)
      expect(html).not.toMatch(/<a |<img|<script/)
      expect(shown(html.slice(html.indexOf('<p>') + 3, html.indexOf('</p>')))).toBe(text)
      expect(html).toContain(`http-equiv="content-security-policy" content="default-src 'none'`)
    }),
  )
})
