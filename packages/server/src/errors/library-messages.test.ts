// Every sentence that the installed libraries can say to a client, read from their sources, is one that we can say too.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'
import { specifiedRules } from 'graphql'
import { libraryMessage } from './library-messages.ts'
import { SENTENCES } from './library-sentences.ts'

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const folderOf = (name: string) => realpathSync(join(MODULES, name))
const graphql = folderOf('graphql')
const yoga = folderOf('graphql-yoga')
const isReached = new Set(specifiedRules.map(({ name }) => name))

/** Where the libraries speak to clients; of graphql's rules those that are asked of a question. */
const SOURCES: readonly string[] = [
  join(graphql, 'language/lexer.js'),
  join(graphql, 'language/parser.js'),
  ...readdirSync(join(graphql, 'validation/rules'))
    .filter((name) => name.endsWith('.js') && isReached.has(name.replace('.js', '')))
    .map((name) => join(graphql, 'validation/rules', name)),
  join(graphql, 'execution'),
  join(graphql, 'utilities/coerceInputValue.js'),
  join(graphql, 'type/scalars.js'),
  join(graphql, 'type/definition.js'),
  join(yoga, 'esm'),
  join(dirname(yoga), '@graphql-tools/executor/esm'),
  join(folderOf('@graphql-yoga/plugin-apq'), 'esm'),
  join(folderOf('@pothos/core'), 'esm/utils'),
  join(folderOf('@pothos/plugin-relay'), 'esm'),
  join(folderOf('@pothos/plugin-prisma'), 'esm/util/cursors.js'),
]

/** Not translated, each for its reason. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  PersistedQueryNotFound: "a word of the protocol: urql's and Apollo's clients look for exactly this message",
  'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.':
    'a fault of the server, which is told as one',
  'Subscription field must return Async Iterable. Received: x1.': 'a fault of the server',
  'Expected Iterable, but did not find one for field "x1.x1".': 'a fault of the server',
  'Expected value of type "x1" but got: x1.': 'a fault of the server',
  'Runtime Object type "x1" is not a possible type for "x1".': 'a fault of the server',
  'List resolvers must return arrays': 'a fault of the schema',
  'id field not implemented': 'a fault of the schema',
  'Missing field name': 'a fault of the schema',
  'Unable to find x1 for model x1': 'a fault of the schema',
}
const FAULTS = /^Abstract type "x1" /

function* filesOf(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    if (path.endsWith('.js')) yield path
    return
  }
  for (const name of readdirSync(path)) yield* filesOf(join(path, name))
}

interface Node {
  readonly type?: string
  readonly [key: string]: unknown
}

/** The texts that an expression may be; whatever is put in is `x1`, and a hint nothing. */
function textsOf(node: Node | undefined): string[] {
  switch (node?.type) {
    case 'StringLiteral':
      return [node.value as string]
    case 'ParenthesisExpression':
      return textsOf(node.expression as Node)
    case 'ConditionalExpression':
      return [...textsOf(node.consequent as Node), ...textsOf(node.alternate as Node)]
    case 'TemplateLiteral': {
      const expressions = node.expressions as Node[]
      return (node.quasis as { cooked?: string }[]).reduce<string[]>(
        (texts, { cooked = '' }, i) => {
          const inside = expressions[i] ? textsOf(expressions[i]) : ['']
          return texts.flatMap((text) => inside.map((word) => `${text}${cooked}${word}`))
        },
        [''],
      )
    }
    case 'BinaryExpression': {
      const right = textsOf(node.right as Node)
      return textsOf(node.left as Node).flatMap((left) => right.map((text) => `${left}${text}`))
    }
    default:
      return ['x1']
  }
}

/** Which argument of a call is told to a client. */
const TOLD_BY: Readonly<Record<string, number>> = {
  GraphQLError: 0,
  createGraphQLError: 0,
  PothosValidationError: 0,
  syntaxError: 2,
  reportInvalidValue: 1,
  reportInvalidLiteral: 1,
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.value as string
  if (callee.type === 'MemberExpression') return nameOf(callee.property as Node)
  if (callee.type === 'ParenthesisExpression') return nameOf(callee.expression as Node)
  if (callee.type === 'SequenceExpression') return nameOf((callee.expressions as Node[]).at(-1) as Node)
  return ''
}

function* messagesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  const { type, callee, arguments: value } = node as Node
  if ((type === 'CallExpression' || type === 'NewExpression') && callee && Array.isArray(value)) {
    const place = TOLD_BY[nameOf(callee as Node)]
    if (place !== undefined) {
      const message = (value as { expression: Node }[])[place]?.expression
      for (const text of textsOf(message))
        yield nameOf(callee as Node) === 'syntaxError' ? `Syntax Error: ${text}` : text
    }
  }
  for (const word of Object.values(node)) yield* messagesIn(word)
}

const messages = new Set<string>()
// Who reads a form throws bare errors, which Yoga tells as they are.
for (const [text] of readFileSync(join(folderOf('@whatwg-node/fetch'), '../node-fetch/esm/Body.js'), 'utf8').matchAll(
  /`[^`]* exceeded: [^`]*`/g,
)) {
  messages.add(text.slice(1, -1).replace(/\$\{[^}]*\}/, 'x1'))
}
for (const source of SOURCES) {
  for (const file of filesOf(source)) {
    const text = readFileSync(file, 'utf8')
    const isModule = /^(?:import|export) /m.test(text)
    // A hint that follows a full stop is taken off before a sentence is looked for.
    for (const message of messagesIn(parseSync(text, { syntax: 'ecmascript', isModule } as never).body)) {
      messages.add(message.replace(/\.x1$/, '.').replace(/"\.x1 Found/, '". Found'))
    }
  }
}

test('the sources were read', () => {
  expect(messages.size).toBeGreaterThan(120)
  expect(messages).toContain('Files limit exceeded: x1')
  expect(messages).toContain('Cannot query field "x1" on type "x1".')
  expect(messages).toContain('Syntax Error: Expected "x1", found x1.')
})

test('each message of a library is one that we can say in Vietnamese, or is listed with why not', () => {
  const unknown = [...messages].filter((message) => {
    if (/^(?:Syntax Error: )?x1$/.test(message) || message === 'x1; x1') return false
    if (Object.hasOwn(NOT_TOLD, message) || FAULTS.test(message)) return false
    return untranslated(message)
  })
  expect(unknown).toEqual([])
})

test('what is listed is still said, and not translated all the same', () => {
  for (const message of Object.keys(NOT_TOLD)) {
    expect([message, messages.has(message), libraryMessage(message)]).toEqual([message, true, null])
  }
})

/** Nothing of the sentence is left in English, also inside of a sentence. */
function untranslated(message: string): boolean {
  const known = libraryMessage(message)
  return known === null || /\b(?:expected|unexpected|invalid|cannot|must|unknown|found)\b/i.test(known.vi)
}

test('every slot of a sentence is in its translation, and no other', () => {
  const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  for (const [en, vi] of Object.values(SENTENCES).flat().flatMap(Object.entries)) {
    const [here, others] = [new Set(slots(en)), new Set(slots(vi))]
    expect([en, [...others].filter((word) => !here.has(word))]).toEqual([en, []])
    // Said otherwise in Vietnamese: the type of what must be text, or a number, goes without saying.
    expect([en, [...here].filter((word) => !others.has(word))]).toEqual([en, []])
    expect(slots(en)).toHaveLength(here.size)
  }
})

test.each<[string, string, string, Record<string, string>]>([
  [
    'Cannot query field "nam" on type "Unit". Did you mean "name" or "nearest"?',
    'kiểu "Unit" không có trường "nam"; có phải là "name" hay "nearest" không?',
    'GRAPHQL_VALIDATION_FAILED',
    { nearest: 'name' },
  ],
  [
    'Cannot query field "code" on type "Node". Did you mean to use an inline fragment on "Unit", "Cluster", or "Filing"?',
    'kiểu "Node" không có trường "code"; có phải cần "... on" với "Unit", "Cluster" hay "Filing" không?',
    'GRAPHQL_VALIDATION_FAILED',
    { nearest: 'Unit' },
  ],
  [
    'Syntax Error: Expected Name, found <EOF>.',
    'truy vấn sai cú pháp: cần tên nhưng gặp hết truy vấn',
    'GRAPHQL_PARSE_FAILED',
    {},
  ],
  [
    'Syntax Error: Unexpected Name "quer".',
    'truy vấn sai cú pháp: không được có tên "quer" ở đây',
    'GRAPHQL_PARSE_FAILED',
    {},
  ],
  [
    'Variable "$year" got invalid value "; 20\\"22; x" at "year.a"; Int cannot represent non-integer value: "; 20\\"22"',
    'biến "$year" không nhận giá trị "; 20\\"22; x" ở "year.a": phải là số nguyên, không phải "; 20\\"22"',
    'BAD_INPUT',
    { variable: '$year', value: '"; 20\\"22; x"' },
  ],
  [
    'Variable "$by" got invalid value "UNI"; Value "UNI" does not exist in "GroupBy" enum. Did you mean the enum value "UNIT"?',
    'biến "$by" không nhận giá trị "UNI": "GroupBy" không có giá trị "UNI"; có phải là "UNIT" không?',
    'BAD_INPUT',
    { nearest: 'UNIT', variable: '$by', value: '"UNI"' },
  ],
  [
    'Variable "$day" got invalid value "x"; "x" không phải là ngày: viết NĂM-THÁNG-NGÀY',
    'biến "$day" không nhận giá trị "x": "x" không phải là ngày: viết NĂM-THÁNG-NGÀY',
    'BAD_INPUT',
    {},
  ],
  [
    'Fields "a" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.',
    'tên "a" dùng cho hai câu hỏi khác nhau: tham số không giống nhau. Nếu cần cả hai, hãy đặt cho mỗi câu hỏi một bí danh',
    'GRAPHQL_VALIDATION_FAILED',
    {},
  ],
])('%s', (message, vi, code, details) => {
  expect(libraryMessage(message)).toMatchObject({ vi, code, details })
})

test('what no library says is known for that', () => {
  for (const text of [
    '',
    'Did you mean "x"?',
    'không có đơn vị "96"',
    'Variable',
    'Argument "x',
    'x'.repeat(100_000),
  ]) {
    expect(libraryMessage(text)).toBeNull()
  }
})

test('a text made to be looked at for long is not', () => {
  const begun = performance.now()
  for (const piece of ['" on type "', '; ', ' Did you mean "', 'Variable "', '" argument "', '\\"']) {
    libraryMessage(`Variable "${piece.repeat(20_000)}`)
    libraryMessage(`Expected value of type "${piece.repeat(20_000)}", found ${piece.repeat(20_000)}?`)
  }
  expect(performance.now() - begun).toBeLessThan(1500)
})
