// What the commands say to who types them: Vietnamese, or English by `--lang en`; what is wrong is named with what would be right.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DIENBIEN } from './tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Nothing here comes as far as a database. */
function dienbien(...line: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DIENBIEN, ...line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', DATA_DIR: join(folder, 'data') },
  })
  return { status, out: stdout, err: stderr }
}

const COMMANDS = [
  ...['jwt', 'import', 'report', 'setup', 'backup', 'restore', 'start'],
  ...['directive', 'directive check', 'directive diff', 'directive publish'],
]
/** Words of English that stand in no Vietnamese sentence of ours. */
const ENGLISH = /\b(?:the|is|are|or|what|which|display|options?:|usage|default|choices|arguments?:|commands?:)\b/i

test.each(['', ...COMMANDS])('the help of "%s" is Vietnamese, and English where that is asked for', (name) => {
  const words = name.split(' ').filter(Boolean)
  const { status, out } = dienbien(...words, '--help')
  expect(status).toBe(0)
  expect(out).toContain('Cách dùng:')
  expect(out.match(ENGLISH)).toBeNull()
  // What each argument, option and command is said to be: a list of words that English has too is no Vietnamese.
  const told = out.replace(/\n {4,}/g, ' ').match(/^ {2}\S.*? {2,}\S.*$/gm) ?? []
  expect(told.length).toBeGreaterThan(0)
  expect(told.filter((line) => !/\p{M}|đ/iu.test(line.normalize('NFD')))).toEqual([])
  const english = dienbien(...words, '--help', '--lang', 'en').out
  expect(english).toContain('Usage:')
  expect(english.replaceAll('Điện Biên', '').match(/[ạảấầậắặẹểệọốộớợịụứừự]/g)).toBeNull()
})

writeFileSync(join(folder, 'co-roi.gz'), '')
test.each<[string[], string, string]>([
  [['setpu'], 'lỗi: không có lệnh "setpu"\n(có phải là setup không?)', "error: unknown command 'setpu'"],
  [['import'], 'lỗi: thiếu tham số <file>', "error: missing required argument 'file'"],
  [['backup', 'a', 'b'], 'lỗi: thừa tham số: cần 1, đã ghi 2.', 'error: too many arguments'],
  [['jwt'], 'lỗi: phải ghi tùy chọn --role <role>', "error: required option '--role <role>' not specified"],
  [
    ['jwt', '--role', 'reporters'],
    'lỗi: tùy chọn --role <role> không nhận "reporters". Chỉ nhận: analyst, reporter, head, council, administrator.',
    'Allowed choices are analyst, reporter, head, council, administrator.',
  ],
  [['jwt', '--role', 'reporter'], '--role reporter phải kèm --unit, ví dụ 096', 'needs --unit'],
  [['jwt', '--role', 'analyst', '--expires', '3 đời'], 'không phải "3 đời"', 'not "3 đời"'],
  [
    ['report', '--yeer', '2024'],
    'lỗi: không có tùy chọn "--yeer"\n(có phải là --year không?)',
    "unknown option '--yeer'",
  ],
  [['report', '--year', '24'], 'không nhận "24". Năm viết bằng bốn chữ số', 'written with four digits'],
  [['report', '--as-of'], 'lỗi: tùy chọn --as-of <date> chưa có giá trị', 'argument missing'],
  [['report', '--as-of', '2024-02-30'], 'không nhận "2024-02-30". Ngày viết NĂM-THÁNG-NGÀY', 'written YYYY-MM-DD'],
  [['report', '--url', 'cổng'], '--url cổng không phải là địa chỉ', 'is no address'],
  [['import', 'khong-co.csv'], 'khong-co.csv: không có tệp hoặc thư mục này', 'there is no such file or folder'],
  [['setup', 'so.xlsx'], 'phải ghi căn cứ bằng --source', '--source says who decided so'],
  [['setup', 'so.xlsx', '--source', 'x', '--template', '--dry'], 'không có tùy chọn "--dry"', "unknown option '--dry'"],
  [['backup', 'co-roi.gz'], 'co-roi.gz đã có: đặt tên khác', 'is there already: name another'],
  // It may be filled in.
  [['setup', 'co-roi.gz', '--template'], 'co-roi.gz đã có: đặt tên khác', 'is there already: name another'],
  [
    ['directive', 'publsh', 'x.yaml'],
    'không có lệnh "publsh"\n(có phải là publish không?)',
    "unknown command 'publsh'",
  ],
])('%j is refused in the language of who types it', (line, vi, en) => {
  const vietnamese = dienbien(...line)
  expect(vietnamese.status).toBe(1)
  expect(vietnamese.err).toContain(vi)
  expect(vietnamese.err.match(/\berror\b|did you mean/i)).toBeNull()
  for (const option of [['--lang', 'en'], ['--lang=en'], ['-l', 'en']]) {
    const english = dienbien(
      ...line.slice(0, line[0] === 'directive' ? 2 : 1),
      ...option,
      ...line.slice(line[0] === 'directive' ? 2 : 1),
    )
    expect(english.status).toBe(1)
    expect(english.err).toContain(en)
  }
})

test('a server that is none, or is not there, is told with its address', async () => {
  expect(dienbien('report', '--url', 'http://127.0.0.1:1/graphql').err).toBe(
    'không kết nối được http://127.0.0.1:1/graphql: bad port\n',
  )
  const page = createServer((_, response) => response.writeHead(404).end('<h1>Not here</h1>'))
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/api`
  const refused = promisify(execFile)(process.execPath, [DIENBIEN, 'report', '--url', url])
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: `${url} không phải là API của chương trình này (HTTP 404): địa chỉ kết thúc bằng /graphql\n`,
  })
  await new Promise((resolve) => page.close(resolve))
  const gone = dienbien('setup', join(folder, 'co-roi.gz'), '--source', 'x', '--url', url)
  expect(gone.err).toBe(`không kết nối được ${url}: ECONNREFUSED\n`)
})
