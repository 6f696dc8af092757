import { checkText, wrongType } from './errors.ts'

/** A longer text is no slip of a name that exists; comparing it would take as long as whoever sends it likes. */
const LONGEST_NAME = 64

/**
 * Letters to change, add or drop to turn `a` into `b` (Levenshtein), or `most` where there are as many or more.
 * @param most what is too far: comparing ends as soon as it must be reached
 */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  const row = Uint16Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1)
    let diagonal = i - 1
    let left = i
    let least = i
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] as number
      left = Math.min(diagonal + (letter === b.charCodeAt(j - 1) ? 0 : 1), above + 1, left + 1)
      diagonal = above
      row[j] = left
      if (left < least) least = left
    }
    if (least >= most) return most
  }
  return row[b.length] as number
}

/** Signs that are written in more ways than one. */
const SIGNS: Readonly<Record<string, string>> = { '≥': '>=', '=>': '>=', '≤': '<=', '=<': '<=', '≈': '~', '==': '=' }

/**
 * The candidate most like `name`, if any is near enough to be meant (at most a third of its letters, and two, differ).
 * None is looked for above 64 characters: every error that names what would be right goes through here, and so none takes
 * longer than for a name. For the same reason `candidates` should be the program's own, or few.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  checkText('name', name)
  if (typeof candidates?.[Symbol.iterator] !== 'function') {
    throw wrongType('candidates', 'một danh sách', 'a list', candidates)
  }
  if (name.length > LONGEST_NAME) return undefined
  const wanted = (Object.hasOwn(SIGNS, name) ? (SIGNS[name] as string) : name).normalize('NFC').toLowerCase()
  let best: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    checkText('candidates', candidate)
    if (Math.abs(candidate.length - wanted.length) > LONGEST_NAME) continue
    const d = distance(wanted, candidate.normalize('NFC').toLowerCase(), least)
    if (d < least) {
      least = d
      best = candidate
    }
  }
  return best
}

/** How many pairs of names are compared for a document: enough for the slips of a real one. */
const PAIRS = 2000

/**
 * {@link nearest} for the names of one document, whose candidates are its own: names that lead nowhere, each against all others,
 * would take minutes of a document that is nothing else. Those that come after so many comparisons have no nearest.
 */
export function nearestInDocument(): (name: string, candidates: readonly string[]) => string | undefined {
  let compared = 0
  return (name, candidates) => {
    compared += candidates.length
    return compared > PAIRS ? undefined : nearest(name, candidates)
  }
}
