// What a page of Markdown shows between fences.

export interface FencedBlock {
  /** `sh`, `js`, `graphql` …; empty where it names none. */
  readonly language: string
  /** Without its last line break. */
  readonly text: string
  /** Of its first fence, from 1. */
  readonly line: number
}

/** The fenced blocks of a page, in their order. */
export const fencedBlocks = (page: string): FencedBlock[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)\n?^```$/gm)].map(({ 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    line: page.slice(0, index).split('\n').length,
  }))
