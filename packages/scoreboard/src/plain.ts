/** As it is typed without diacritics: "Điện Biên" is "dien bien". */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()

/** What a sentence says of a thing whose name stands before it already: "Thu nội địa: đạt 49,4% kế hoạch" without its name. */
export const within = (name: string, sentence: string): string =>
  sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence

/** The same as a sentence of its own. */
export const after = (name: string, sentence: string): string => {
  const rest = within(name, sentence)
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
