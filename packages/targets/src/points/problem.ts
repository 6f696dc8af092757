import type { Problem } from '../shape.ts'

/** What is wrong at a place of a table, in both languages. */
export const problem = (path: string, vi: string, en: string, nearest?: string): Problem => ({
  path,
  text: { vi, en },
  nearest,
})
