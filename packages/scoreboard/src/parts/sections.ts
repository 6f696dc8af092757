// The parts of a directive, as the numbers of its sections tell them.

interface Numbered {
  readonly section: string
}

const headOf = (section: string, depth: number) => section.split('.').slice(0, depth).join('.')

/** Whether a section is that part of the text, or stands in it. */
export const isOfPart = (section: string, part: string): boolean => section === part || section.startsWith(`${part}.`)

/** The highest sections that part the indicators at all: 3.1 and 3.2 where all stand in 3. One where nothing parts them. */
export function partsOf(indicators: readonly Numbered[]): readonly string[] {
  const depths = Math.max(0, ...indicators.map(({ section }) => section.split('.').length))
  for (let depth = 1; depth <= depths; depth++) {
    const heads = [...new Set(indicators.map(({ section }) => headOf(section, depth)))]
    if (heads.length > 1 || depth === depths) return heads
  }
  return []
}
