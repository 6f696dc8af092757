// What a library said, known again by its words: in Vietnamese, with a code and with what it names. The libraries know one
// language, and their errors carry no more than a text.
import { type LibraryCode, SENTENCES, WORDS } from './library-sentences.ts'

/** What a library told. */
export interface LibraryMessage {
  readonly code: LibraryCode
  readonly vi: string
  /** What the message names: the argument, the value (shortened) and the nearest right one. */
  readonly details: Readonly<Record<string, string>>
}

interface Sentence {
  readonly code: LibraryCode
  /** What stands between the slots. */
  readonly parts: readonly string[]
  readonly slots: readonly string[]
  readonly vi: string
  /** By which the more exact of two sentences is known. */
  readonly letters: number
}

type Slots = ReadonlyMap<string, string>

const SLOT = /\{(\w+)\}/
const ALL_SLOTS = /\{(\w+)\}/g

const ALL: readonly Sentence[] = Object.entries(SENTENCES).flatMap(([code, groups]) =>
  groups.flatMap((group) =>
    Object.entries(group).map(([en, vi]): Sentence => {
      const pieces = en.split(SLOT)
      const parts = pieces.filter((_, i) => i % 2 === 0)
      const slots = pieces.filter((_, i) => i % 2 === 1)
      return { code: code as LibraryCode, parts, slots, vi, letters: parts.join('').length }
    }),
  ),
)

/** @returns null for words that no library of ours is known to say */
export function libraryMessage(message: string): LibraryMessage | null {
  const { body, names, hint } = withoutHint(message)
  const found = find(body)
  if (!found) return null
  const { sentence, slots } = found
  const details = { ...detailsOf(slots), ...(names.length > 0 ? { nearest: names[0] as string } : {}) }
  return { code: sentence.code, vi: `${say(sentence.vi, slots)}${hint}`, details }
}

function find(body: string): { readonly sentence: Sentence; readonly slots: Slots } | null {
  let best: { readonly sentence: Sentence; readonly slots: Slots } | null = null
  for (const sentence of ALL) {
    if (best && best.sentence.letters >= sentence.letters) continue
    const slots = slotsOf(body, sentence)
    if (slots) best = { sentence, slots }
  }
  return best
}

/** Goes once through the text for each sentence: what stands in a slot may be the sender's, and long. */
function slotsOf(text: string, { parts, slots }: Sentence): Slots | null {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first ? new Map() : null
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  const found = new Map<string, string>()
  const end = text.length - last.length
  let at = first.length
  for (const [i, part] of rest.entries()) {
    const slot = slots[i] as string
    const next = slot === 'value' ? indexOutsideQuotes(text, part, at) : text.indexOf(part, at)
    if (next < 0) return null
    found.set(slot, text.slice(at, next))
    at = next + part.length
  }
  if (at > end) return null
  return found.set(slots.at(-1) as string, text.slice(at, end))
}

/** A value holds whatever its sender wrote into it, the words of a sentence too, but written as JSON writes it. */
function indexOutsideQuotes(text: string, part: string, from: number): number {
  let inQuotes = false
  for (let i = from; i < text.length; i++) {
    if (!inQuotes && text.startsWith(part, i)) return i
    if (text[i] === '"') inQuotes = !inQuotes
    else if (inQuotes && text[i] === '\\') i++
  }
  return -1
}

const say = (vi: string, slots: Slots): string =>
  vi.replace(ALL_SLOTS, (_, slot: string) => inSlot(slot, slots.get(slot) ?? ''))

function inSlot(slot: string, text: string): string {
  if (slot === 'message') return libraryMessage(text)?.vi ?? text
  if (slot === 'token' || slot === 'found') return tokenOf(text)
  if (slot === 'hint') return withoutHint(text).hint
  return text
}

/** `Name "x"`, `<EOF>`, or a mark in quotes. */
function tokenOf(text: string): string {
  const [kind = ''] = text.split(' ', 1)
  return Object.hasOwn(WORDS, kind) ? `${WORDS[kind]}${text.slice(kind.length)}` : text
}

const HINT = ' Did you mean '
const IN_FRAGMENT = 'to use an inline fragment on '
const NAMES = /"([^"]*)"/g

/** A text without the suggestions at its end, which are told as our own are. */
function withoutHint(text: string): {
  readonly body: string
  readonly names: readonly string[]
  readonly hint: string
} {
  const at = text.lastIndexOf(HINT)
  if (at < 0 || !text.endsWith('?')) return { body: text, names: [], hint: '' }
  const suggestions = text.slice(at + HINT.length)
  const names = [...suggestions.matchAll(NAMES)].map(([, name]) => name as string)
  if (names.length === 0) return { body: text, names, hint: '' }
  const list = names
    .map((name) => `"${name}"`)
    .join(', ')
    .replace(/, ("[^"]*")$/, ' hay $1')
  const hint = suggestions.startsWith(IN_FRAGMENT)
    ? `có phải cần "... on" với ${list} không?`
    : `có phải là ${list} không?`
  return { body: text.slice(0, at), names, hint: `; ${hint}` }
}

const MOST_TOLD = 80

function detailsOf(slots: Slots): Record<string, string> {
  const details: Record<string, string> = {}
  for (const name of ['argument', 'variable', 'value']) {
    const text = slots.get(name)
    if (text !== undefined) details[name] = text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text
  }
  return details
}
