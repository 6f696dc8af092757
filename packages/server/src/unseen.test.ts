import { isBlank, textProblem, unseenCharacter } from './unseen.ts'

test.each(['\u0000', '\u202e', '\ud800', '\ufffe', '\ufdd0', '\u{1ffff}', '\u{10ffff}', '\u{e0041}'])(
  'what is not seen or is no character is told by its number: %j',
  (character) => {
    const number = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
    expect(unseenCharacter(`a${character}b`)).toBe(`U+${number}`)
  },
)

test.each(['', ' \n\t', '\u00a0', '\u200b', '\ufeff', '\u3164', '\u115f\u1160', '\uffa0', '\u2800', '\u00ad\u2060'])(
  'a text in which nothing is seen is empty: %j',
  (text) => {
    expect(isBlank(text)).toBe(true)
    expect(textProblem(text)?.en).toBe('must not be empty')
  },
)

test.each(['#REF!', '#N/A', '#DIV/0!', '#NAME?', '#CALC!', ' #VALUE! '])(
  'a formula that failed is no text: %j',
  (text) => {
    expect(textProblem(text)?.en).toMatch(/error of a formula/)
    expect(textProblem(`see ${text}`)).toBeNull()
  },
)

test.each(['a', 'Điện Biên', 'Ðiê\u0323n', '👩\u200d🌾', 'a\u200bb', '0', '–'])(
  'a text is none of these: %j',
  (text) => {
    expect(isBlank(text)).toBe(false)
    expect(textProblem(text)).toBeNull()
  },
)
