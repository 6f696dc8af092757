import fc from 'fast-check'
import { escapeFormula, keepApostrophe, unescapeFormula } from './formula.ts'

test.each(['=1+1', '+84', '-5 điểm', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', "'=1", "''＝1"])(
  'puts an apostrophe before %j',
  (text) => expect(escapeFormula(text)).toBe(`'${text.replace(/^([\t\r\n])=/, "$1'=")}`),
)

test('a separator of another language begins no cell with a formula, nor does a line of the text', () => {
  expect(escapeFormula('nguồn;=HYPERLINK("https://a.example")')).toBe(`nguồn;'=HYPERLINK("https://a.example")`)
  expect(escapeFormula('nguồn\r\n@a\n-b\t+c')).toBe("nguồn\r\n'@a\n'-b\t'+c")
})

test.each(['a=b', 'báo cáo 12-CT', "nguồn 'A'", 'a; -5', ''])('leaves %j as it is', (text) => {
  expect([escapeFormula(text), keepApostrophe(text), unescapeFormula(text)]).toEqual([text, text, text])
})

const text = fc.string({ unit: fc.constantFrom(...`'=+-@;,"\t\r\n＝＋－＠ aé`), maxLength: 12 })

test('whatever is written comes back', () => {
  fc.assert(
    fc.property(text, (content) => {
      expect(unescapeFormula(escapeFormula(content))).toBe(content)
      expect(unescapeFormula(keepApostrophe(content))).toBe(content)
      // No cell of the text, by whichever separator, begins with a sign.
      for (const cell of escapeFormula(content).split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/)
    }),
    { numRuns: 2000 },
  )
})
