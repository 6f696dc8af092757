import { strToU8, zipSync } from 'fflate'
import { withFailedFormulas } from './failed-formulas.ts'
import { readRows, readSheets } from './index.ts'
import { showPercentages } from './percent.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A file whose every part is full of the same; its styles show percentages. */
const zipped = (part: string) => {
  const all = strToU8(part.repeat(500_000))
  const styles = '<cellXfs><xf numFmtId="9"/></cellXfs>'
  const book = `<sheet r:id="a"/>`
  return zipSync({
    'xl/styles.xml': strToU8(styles + '<cellXfs>'.repeat(100_000) + '<numFmt '.repeat(100_000)),
    'xl/workbook.xml': strToU8(book + '<sheet '.repeat(100_000)),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationship Id="a" Target="s.xml"/>${'<Relationship '.repeat(100_000)}`),
    'xl/s.xml': all,
  })
}

/** A workbook of one row, with these cells as they stand in its file. */
const workbook = (cells: string, prefix = '') =>
  zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<${prefix}worksheet xmlns${prefix ? `:${prefix.slice(0, -1)}` : ''}="${MAIN}"><${prefix}sheetData><${prefix}row r="1">${cells}</${prefix}row></${prefix}sheetData></${prefix}worksheet>`,
    ),
  })

test.each([
  ['an error', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
  ['an error that was pasted as a value', `<c t='e' r="A1"><v>#REF!</v></c>`, '#REF!'],
  ['a formula that nobody worked out', '<c r="A1"><f>B1+1</f></c>', '#CALC!'],
  ['the same of a text', '<c r="A1" t="str"><f>B1&amp;"x"</f></c>', '#CALC!'],
  ['one that begins with another', '<c r="A1" s="0"><f t="shared" si="0"/></c>', '#CALC!'],
])('%s is told, not taken for an empty cell', async (_, cell, word) => {
  const file = workbook(`${cell}<c r="B1"><v>5</v></c>`)
  expect(await readRows(file)).toEqual([[word, 5]])
  expect(await readSheets(file)).toEqual([{ name: 'S', rows: [[word, 5]] }])
})

test.each([
  ['a formula with its value', '<c r="A1"><f>B1*2</f><v>10</v></c>', 10],
  ['a formula that gave an empty text', '<c r="A1" t="str"><f>""</f><v></v></c>', null],
  ['an empty cell', '<c r="A1"/>', null],
])('%s stays what it is beside a formula', async (_, cell, value) => {
  const [row] = await readRows(workbook(`${cell}<c r="B1"><v>5</v></c><c r="C1"><f>B1</f></c>`))
  expect(row).toEqual([value, 5, '#CALC!'])
})

test.each([
  ['beginnings of cells', '<c r="A1">'],
  ['beginnings of attributes', '<c "'],
  ['names', '<c:c'],
])('a sheet full of %s is looked at once', (_, part) => {
  const file = zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`${part.repeat(500_000)}<f>`) })
  const before = process.cpuUsage()
  expect(withFailedFormulas(file)).toBe(file)
  showPercentages(zipped(part), [{ rows: [] }])
  // Some hundredths of a second; where each beginning is looked at to the end, minutes.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
})
