import { unzipSync, zipSync } from 'fflate'
import writeXlsxFile from 'write-excel-file/node'
import { timelessZip } from './timeless-zip.ts'

const ROWS = [['Đơn vị', 'Giá trị'].map((value) => ({ value })), ['Mường Nhé', 43.1].map((value) => ({ value }))]

test('the same files are the same bytes, whenever they were packed', () => {
  const files = { 'a.txt': Buffer.from('Mường Nhé'), 'b/ć.txt': new Uint8Array(100_000) }
  const packed = ['1999-01-02', '2030-03-04'].map((day) => Buffer.from(zipSync(files, { mtime: day, comment: 'x' })))
  expect(packed[0]?.equals(packed[1] as Buffer)).toBe(false)
  const [one, other] = packed.map(timelessZip) as [Buffer, Buffer]
  expect(one.equals(other)).toBe(true)
  expect(Object.keys(unzipSync(one))).toEqual(Object.keys(files))
  expect(unzipSync(one)['a.txt']).toEqual(new Uint8Array(files['a.txt']))
})

test('a spreadsheet tells no time', async () => {
  const zip = timelessZip(await writeXlsxFile(ROWS).toBuffer())
  const times: unknown[] = []
  unzipSync(zip, { filter: ({ name }) => times.push(name) > 0 })
  expect(times.length).toBeGreaterThan(3)
  for (let at = zip.indexOf('PK\u0003\u0004'); at >= 0; at = zip.indexOf('PK\u0003\u0004', at + 4))
    expect(zip.readUInt32LE(at + 10)).toBe(0x210000)
})
