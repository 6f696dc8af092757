/** The end of a text in C, and what turns the direction of writing: a name with it reads as another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is looked for
const UNSEEN = /[\u0000\u202a-\u202e\u2066-\u2069]|\\u(?:0000|202[a-e]|206[6-9])/i

/** The first such character of a text, written out or as an escape, for example "U+202E"; null where there is none. */
export function unseenCharacter(text: string): string | null {
  const [found] = UNSEEN.exec(text) ?? []
  if (found === undefined) return null
  const code = found.length > 1 ? found.slice(2) : found.charCodeAt(0).toString(16)
  return `U+${code.toUpperCase().padStart(4, '0')}`
}
