import type { Text } from '@dienbien/targets'

/**
 * What no text of a request, a token or a file may hold: control characters but tab and line ends (NUL ends a text in C and
 * no database keeps it; others move the cursor of a terminal), what turns the direction of writing (a name with it reads as
 * another), half a surrogate pair, code points that are no characters (two of which no XML file may hold), and tags, in which
 * a whole sentence may stand that nobody sees.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]|\p{Cs}|\p{Noncharacter_Code_Point}/u

/** The first such character of a text, for example "U+202E"; null where there is none. */
export function unseenCharacter(text: string): string | null {
  const [found] = UNSEEN.exec(text) ?? []
  if (found === undefined) return null
  return `U+${(found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Spaces, and what takes their place: joiners, fillers and the empty pattern of Braille are written and not seen. */
const BLANK = /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u

/** Whether there is nothing in a text that anybody could see. */
export const isBlank = (text: string): boolean => BLANK.test(text)

/** Of what people write: a reason, a source, a cell of a file. */
const MOST_CHARACTERS = 10_000

/** What a spreadsheet writes where a formula could not be worked out. */
const FAILED_FORMULA = /^\s*#(?:N\/A|NAME\?|DIV\/0!|GETTING_DATA|[A-Z]{3,9}!)\s*$/

/** What is wrong with a text that came from outside and is kept, as the end of a sentence; null where nothing is. */
export function textProblem(text: string): Text | null {
  if (isBlank(text)) return { vi: 'không được để trống', en: 'must not be empty' }
  if (text.length > MOST_CHARACTERS) {
    return {
      vi: `có ${text.length} ký tự, chỉ được có ${MOST_CHARACTERS}`,
      en: `has ${text.length} characters and may have ${MOST_CHARACTERS}`,
    }
  }
  if (FAILED_FORMULA.test(text)) {
    return {
      vi: 'là lỗi của một công thức, không phải là chữ: sửa công thức, hoặc viết giá trị',
      en: 'is the error of a formula and no text: correct the formula, or write its value',
    }
  }
  return unseenProblem(text)
}

/** Why a text with such a character is refused, as the end of a sentence; null where it holds none. */
export function unseenProblem(text: string): Text | null {
  const found = unseenCharacter(text)
  if (found === null) return null
  return {
    vi: `có ký tự ${found} không nhìn thấy được hoặc không phải là chữ: bỏ ký tự đó đi`,
    en: `holds the character ${found}, which is not seen or is no character: leave it out`,
  }
}
