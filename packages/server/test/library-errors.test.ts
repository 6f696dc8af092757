// What the libraries say of a question that cannot be read or answered: in the language of who asks, with a code, by
// whichever way it comes.
import { ANEW, shared } from './harness.ts'

const server = shared('plain')
const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i
/** Words that the libraries' own sentences have. */
const ENGLISH = /\b(?:expected|unexpected|invalid|cannot|must|unknown|found|field|required|provided|only|type)\b/i

interface Told {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}
interface Heard {
  readonly status: number
  readonly errors: readonly Told[]
}

const json = { 'content-type': 'application/json' }

async function hear(init: RequestInit & { readonly search?: string }, locale: string): Promise<Heard> {
  const { search = '', headers, ...rest } = init
  const response = await fetch(`${server.url}${search}`, {
    ...rest,
    headers: { ...ANEW, ...(headers as Record<string, string>), 'accept-language': locale },
  })
  const text = await response.text()
  const body = text.startsWith('{') ? text : (/^data: (\{.*)$/m.exec(text)?.[1] ?? text)
  return { status: response.status, errors: (JSON.parse(body) as { errors: Told[] }).errors }
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...json, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const form = (fields: Readonly<Record<string, string>>): RequestInit => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}
const ask = (query: string, variables: Record<string, unknown> = {}, operationName?: string): RequestInit =>
  post({ query, variables, operationName })

const UNIT =
  'query ($year: Int!, $by: [GroupKey!]!, $where: FigureFilter, $day: Date) { figureGroups(by: $by, where: $where, year: $year, asOf: $day) { count } }'

/** What is wrong, as it is told in Vietnamese, its code, and what it names. */
const WRONG: readonly (readonly [RequestInit & { search?: string }, code: string, vi: string, more?: object])[] = [
  [
    ask('{ units { nodes { nam } } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'kiểu "Unit" không có trường "nam"; có phải là "name"',
    { nearest: 'name' },
  ],
  [
    ask('{ unit(cod: "11") { name } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'trường "Query.unit" không có tham số "cod"; có phải là "code" hay "on" không?',
    { argument: 'cod', nearest: 'code' },
  ],
  [ask('{ unit { name } }'), 'GRAPHQL_VALIDATION_FAILED', 'trường "unit" phải có tham số "code" kiểu "String!"'],
  [
    ask('{ unit(code: "11") }'),
    'GRAPHQL_VALIDATION_FAILED',
    'trường "unit" có kiểu "Unit": phải ghi cần những trường con nào',
  ],
  [ask('{ unit(code: "11") { name { x } } }'), 'GRAPHQL_VALIDATION_FAILED', 'không có trường con'],
  [
    ask('{ unit(code: 11) { name } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'phải là chuỗi, không phải 11',
    { argument: 'code', value: '11' },
  ],
  [
    ask('{ unit(code: "11") { evaluation(asOf: "2022-02-30") { summary { met } } } }'),
    'BAD_DATE',
    '"2022-02-30" không phải là ngày',
    { argument: 'asOf', value: '2022-02-30' },
  ],
  [
    ask('query ($day: Date = "2022-02-31") { unit(code: "11") { evaluation(asOf: $day) { summary { met } } } }'),
    'BAD_DATE',
    '"2022-02-31" không phải là ngày',
  ],
  [
    ask('{ units(first: 99999999999) { totalCount } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'phải là số nguyên từ',
    { argument: 'first', value: '99999999999' },
  ],
  [
    ask('{ units(level: "DISTRICT") { totalCount } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'viết không có dấu nháy',
    { nearest: 'DISTRICT' },
  ],
  [
    ask('{ units(level: DISTRIC) { totalCount } }'),
    'GRAPHQL_VALIDATION_FAILED',
    '"UnitLevel" không có giá trị "DISTRIC"; có phải là "DISTRICT" không?',
    { argument: 'level', value: 'DISTRIC', nearest: 'DISTRICT' },
  ],
  [ask('{ evaluate(input: { fact: [] }) { summary { met } } }'), 'GRAPHQL_VALIDATION_FAILED', 'thiếu'],
  [
    ask('query A { units { totalCount } } query A { units { totalCount } }', {}, 'A'),
    'GRAPHQL_VALIDATION_FAILED',
    'có hai thao tác cùng tên "A"',
  ],
  [ask('{ units { ...F } }'), 'GRAPHQL_VALIDATION_FAILED', 'không có fragment "F"'],
  [
    ask('{ units { ...F } } fragment F on Unit { name }'),
    'GRAPHQL_VALIDATION_FAILED',
    'không dùng được fragment "F" ở đây',
  ],
  [
    ask('{ a: units(first: 1) { totalCount } a: units { totalCount } }'),
    'GRAPHQL_VALIDATION_FAILED',
    'tham số không giống nhau',
  ],
  [ask('query ($x: Unt) { units { totalCount } }'), 'GRAPHQL_VALIDATION_FAILED', 'không có kiểu "Unt"'],
  [ask('{ units { totalCount @hide } }'), 'GRAPHQL_VALIDATION_FAILED', 'không có chỉ dẫn "@hide"'],
  [ask('{ units { totalCount }'), 'GRAPHQL_PARSE_FAILED', 'truy vấn sai cú pháp: cần tên nhưng gặp hết truy vấn'],
  [ask("{ unit(code: '11') { name } }"), 'GRAPHQL_PARSE_FAILED', 'dấu nháy đơn'],
  [ask('{ unit(code: "11) { name } }'), 'GRAPHQL_PARSE_FAILED', 'thiếu dấu nháy kép đóng'],
  [ask(UNIT, {}), 'BAD_INPUT', 'thiếu biến bắt buộc "$year" kiểu "Int!"', { variable: '$year' }],
  [
    ask(UNIT, { year: '2022' }),
    'BAD_INPUT',
    'biến "$year" không nhận giá trị "2022": phải là số nguyên, không phải "2022"',
    { value: '"2022"' },
  ],
  [ask(UNIT, { year: 2022.5 }), 'BAD_INPUT', 'phải là số nguyên'],
  [
    ask(UNIT, { year: 2022, by: ['UNI'] }),
    'BAD_INPUT',
    'ở "by[0]": "GroupKey" không có giá trị "UNI"; có phải là "UNIT" không?',
    { nearest: 'UNIT' },
  ],
  [ask(UNIT, { year: 2022, by: ['UNIT'], where: { lvel: 'DISTRICT' } }), 'BAD_INPUT', 'không có trường "lvel"'],
  [ask(UNIT, { year: 2022, by: ['UNIT'], day: '31/12/2022' }), 'BAD_DATE', '"31/12/2022" không phải là ngày'],
  [ask('query A { units { totalCount } }', {}, 'B'), 'OPERATION_RESOLUTION_FAILURE', 'không rõ phải chạy thao tác nào'],
  [
    ask('query A { units { totalCount } } query B { units { totalCount } }'),
    'OPERATION_RESOLUTION_FAILURE',
    'thao tác',
  ],
  [ask('{ node(id: "x") { id } }'), 'BAD_INPUT', '"x" không phải là mã (id)', { argument: 'id', value: 'x' }],
  [post({}), 'BAD_REQUEST', 'thiếu truy vấn'],
  [post({ query: 7 }), 'BAD_REQUEST', '"query" phải là chuỗi, không phải number'],
  [post({ query: '{ __typename }', variables: 'x' }), 'BAD_REQUEST', '"variables" phải là một đối tượng JSON'],
  [post({ query: '{ __typename }', more: 1 }), 'BAD_REQUEST', 'nội dung của yêu cầu có "more"'],
  [post('{'), 'BAD_REQUEST', 'không phải là JSON'],
  [post('7'), 'BAD_REQUEST', 'phải là một đối tượng JSON'],
  [post([{ query: '{ __typename }' }]), 'BAD_REQUEST', 'chỉ gửi được một thao tác'],
  [form({ map: '{}' }), 'BAD_INPUT', 'biểu mẫu thiếu trường "operations"'],
  [form({ operations: '{' }), 'BAD_INPUT', 'trường "operations" của biểu mẫu phải là JSON'],
  [form({ operations: '{"query":"{ units { totalCount }"}' }), 'GRAPHQL_PARSE_FAILED', 'hết truy vấn'],
  [post('{}', { 'content-type': 'text/plain' }), 'UNSUPPORTED_MEDIA_TYPE', 'không đọc được loại nội dung này'],
  [{ method: 'PUT', headers: json, body: '{}' }, 'METHOD_NOT_ALLOWED', 'chỉ trả lời GET và POST'],
  [{ search: '?query={ units { totalCount' }, 'GRAPHQL_PARSE_FAILED', 'truy vấn sai cú pháp'],
  [{ search: '?query={ nothing }' }, 'GRAPHQL_VALIDATION_FAILED', 'kiểu "Query" không có trường "nothing"'],
  [{ search: '?query=mutation { __typename }' }, 'METHOD_NOT_ALLOWED', 'phải gửi bằng POST'],
  [
    post({ query: 'subscription { nothing }' }, { accept: 'text/event-stream' }),
    'GRAPHQL_VALIDATION_FAILED',
    'kiểu "Subscription" không có trường "nothing"',
  ],
  [
    post(
      { query: 'subscription ($u: [Int!]!) { evaluationChanged(unit: $u) { units { code } } }' },
      { accept: 'text/event-stream' },
    ),
    'GRAPHQL_VALIDATION_FAILED',
    'biến "$u" có kiểu',
  ],
  [
    post({ query: '{ units { nodes { nam } } }' }, { accept: 'text/csv' }),
    'GRAPHQL_VALIDATION_FAILED',
    'không có trường "nam"',
  ],
  [post({ query: '{ units', extensions: {} }, { accept: 'text/csv' }), 'GRAPHQL_PARSE_FAILED', 'truy vấn sai cú pháp'],
  [
    post({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
    'PERSISTED_QUERY_MISMATCH',
    'không phải là mã SHA-256',
  ],
]

test.each(WRONG.map(([init, code, vi, more]) => [vi, init, code, more] as const))(
  '%s',
  async (vi, init, code, more) => {
    const heard = await hear(init, 'vi-VN,vi;q=0.9,en;q=0.5')
    const [first] = heard.errors
    expect(first?.message).toContain(vi)
    for (const { message, extensions } of heard.errors) {
      expect([message, VIETNAMESE.test(message)]).toEqual([message, true])
      expect([message, ENGLISH.test(message.replaceAll(/"[^"]*"/g, ''))]).toEqual([message, false])
      expect(extensions.code).toEqual(expect.any(String))
      expect(extensions).not.toHaveProperty('http')
    }
    expect(first?.extensions).toMatchObject({ code, ...more })
    // The same in English, with the same code: what a program goes by is no matter of language.
    const inEnglish = await hear(init, 'en')
    expect(inEnglish.status).toBe(heard.status)
    expect(inEnglish.errors.map(({ extensions }) => extensions)).toEqual(
      heard.errors.map(({ extensions }) => extensions),
    )
    for (const { message } of inEnglish.errors) expect(VIETNAMESE.test(message.replaceAll(/"[^"]*"/g, ''))).toBe(false)
  },
)

test('a persisted query that is not known is told by the word that clients look for, in any language', async () => {
  const unknown = post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } })
  for (const locale of ['vi', 'en']) {
    const { errors } = await hear(unknown, locale)
    expect(errors).toEqual([
      { message: 'PersistedQueryNotFound', extensions: expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND' }) },
    ])
  }
})

test('what is asked for again is told in the language of each who asks, also where it is compiled', async () => {
  const query = 'query ($year: Int) { ranking(year: $year) { year } }'
  for (let i = 0; i < 4; i++) {
    for (const [locale, words] of [
      ['vi', 'phải là số nguyên'],
      ['en', 'Int cannot represent'],
    ] as const) {
      await hear(ask(query, { year: 2022 }), locale).catch(() => undefined)
      const { errors } = await hear(ask(query, { year: 'x' }), locale)
      expect(errors[0]?.message).toContain(words)
    }
  }
})

describe('a question that was often asked rightly', () => {
  const query = 'query Q ($n: Int, $code: String!) { units(first: $n) { nodes { code } } unit(code: $code) { name } }'
  const right = { query, variables: { n: 2, code: '11' } }
  beforeAll(async () => {
    for (let i = 0; i < 6; i++) {
      const response = await fetch(server.url, post(right, ANEW))
      const { extensions } = await response.json()
      if (i === 5) expect(extensions.cost.executor).toBe('compiled')
    }
  })

  const nested = JSON.parse(`${'['.repeat(101)}${']'.repeat(101)}`)
  test.each<[string, Record<string, unknown>, Record<string, string>?]>([
    ['a page that is too large', { variables: { n: 500, code: '11' } }],
    ['a value of another type', { variables: { n: 'x', code: '11' } }],
    ['no value', { variables: {} }],
    ['a unit that there is none of', { variables: { n: 2, code: '99999' } }],
    ['words that are none', { variables: { n: 2, code: '1\u0000' } }],
    ['a text that is too long', { variables: { n: 2, code: 'x'.repeat(300) } }],
    ['too much within each other', { variables: { n: 2, code: '11', more: nested } }],
    ['variables that are a list', { variables: [] }],
    ['another operation', { operationName: 'R' }],
    ['more than a question has', { more: 1 }],
    ['a document by its name too', { documentId: 'there-is-none' }],
    ['a token that is none', {}, { authorization: 'Bearer x' }],
    ['nothing that can be given', {}, { accept: 'image/png' }],
    ['a body of another type', {}, { 'content-type': 'application/jsonp' }],
  ])('is told what is wrong with it as one that is new: %s', async (_, wrong, headers = {}) => {
    const hear = async (query: string) => {
      const response = await fetch(server.url, post({ ...right, query, ...wrong }, { ...ANEW, ...headers }))
      const { errors, data } = (await response.json()) as { errors: object[]; data?: unknown }
      return { status: response.status, type: response.headers.get('content-type'), errors, data }
    }
    const told = await hear(query)
    expect(told.errors.length).toBeGreaterThan(0)
    expect(told).toEqual(await hear(`${query} # ${Math.random()}`))
  })

  test('is answered as one that is new, to whoever accepts what', async () => {
    for (const accept of ['*/*', 'application/json', 'application/graphql-response+json', 'text/csv']) {
      const hear = async (query: string) => {
        const response = await fetch(server.url, post({ ...right, query }, { ...ANEW, accept }))
        const headers = Object.fromEntries(response.headers)
        const body = (await response.text()).replace(/,"extensions".*/, '')
        const ofEach = ['date', 'x-request-id', 'content-length', 'transfer-encoding']
        return [response.status, Object.entries(headers).filter(([name]) => !ofEach.includes(name)), body]
      }
      for (let i = 0; i < 3; i++) expect(await hear(query)).toEqual(await hear(`${query} # ${Math.random()}`))
    }
  })
})

test.each(['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])(
  'an error in place of a table (%s) tells nothing that is meant for the server, and is no good answer',
  async (accept) => {
    for (const query of ['{ unit(code: "96") { name } }', '{ trail { totalCount } }', '{ units { nodes { nam } } }']) {
      const { status, errors } = await hear(post({ query }, { accept }), 'vi')
      expect(status).toBeGreaterThanOrEqual(400)
      for (const { extensions } of errors) {
        expect(extensions.code).toEqual(expect.any(String))
        expect(Object.keys(extensions)).not.toContain('http')
        expect(Object.keys(extensions)).not.toContain('unexpected')
      }
    }
  },
)
