import { FigureRows, readCopy } from './copy-binary.ts'

interface Row {
  readonly unit: string
  readonly indicator: string
  readonly day: string
  readonly status: string
  readonly revision: number
  readonly value: number
  readonly isSynthetic: boolean
  readonly isWithdrawn: boolean
  readonly source: string | null
}

const ROWS: readonly Row[] = [
  {
    unit: '096',
    indicator: 'poverty-rate',
    day: '2022-06-30',
    status: 'official',
    revision: 3,
    value: -1.25,
    isSynthetic: false,
    isWithdrawn: false,
    source: 'Sở LĐTBXH',
  },
  {
    unit: '03127',
    indicator: 'forest-cover',
    day: '1999-12-31',
    status: 'estimate',
    revision: 70_000,
    value: 1e15,
    isSynthetic: true,
    isWithdrawn: true,
    source: null,
  },
  {
    unit: '11',
    indicator: 'x',
    day: '2022-12-31',
    status: 'preliminary',
    revision: 1,
    value: 0,
    isSynthetic: false,
    isWithdrawn: true,
    source: '',
  },
]

const field = (bytes: Buffer | null) => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(bytes?.length ?? -1)
  return bytes ? Buffer.concat([length, bytes]) : length
}
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const float64 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

/** As PostgreSQL's documentation has it: a signature, rows of fields with their lengths, an end. */
const COPY = Buffer.concat([
  Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'),
  int32(0),
  int32(0),
  ...ROWS.flatMap((row) => [
    Buffer.from([0, 9]),
    field(Buffer.from(row.unit)),
    field(Buffer.from(row.indicator)),
    field(int32((Date.parse(row.day) - Date.UTC(2000, 0, 1)) / 86_400_000)),
    field(Buffer.from(row.status)),
    field(int32(row.revision)),
    field(float64(row.value)),
    field(Buffer.from([Number(row.isSynthetic)])),
    field(Buffer.from([Number(row.isWithdrawn)])),
    field(row.source === null ? null : Buffer.from(row.source)),
  ]),
  Buffer.from([255, 255]),
])

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}

async function read(pieces: AsyncIterable<Buffer>): Promise<Row[]> {
  const read: Row[] = []
  await readCopy(pieces, (buffer, from) => {
    const rows = new FigureRows(buffer, from)
    const text = (start: number, end: number) => buffer.subarray(start, end).toString()
    while (rows.next()) {
      read.push({
        unit: text(rows.unit, rows.unitEnd),
        indicator: text(rows.indicator, rows.indicatorEnd),
        day: new Date(rows.day * 86_400_000).toISOString().slice(0, 10),
        status:
          ['official', 'estimate', 'preliminary'].find((status) => status.charCodeAt(0) === buffer[rows.status]) ?? '',
        revision: rows.revision,
        value: rows.value,
        isSynthetic: rows.isSynthetic,
        isWithdrawn: rows.isWithdrawn,
        source: rows.sourceEnd < 0 ? null : text(rows.source, rows.sourceEnd),
      })
    }
    return rows.at
  })
  return read
}

test('rows are read as they were written, wherever their pieces are cut', async () => {
  for (let length = 1; length <= COPY.length; length++) expect(await read(inPieces(COPY, length))).toEqual(ROWS)
})

test('a row that never becomes whole is none', async () => {
  const cut = COPY.subarray(0, COPY.length - 3)
  expect(await read(inPieces(cut, 7))).toEqual(ROWS.slice(0, 2))
})

test('a piece larger than the buffer is read whole', async () => {
  const header = COPY.subarray(0, 19)
  const rows = COPY.subarray(19, COPY.length - 2)
  const many = Buffer.concat([header, ...Array.from({ length: 3000 }, () => rows)])
  expect(await read(inPieces(many, many.length))).toHaveLength(9000)
})
