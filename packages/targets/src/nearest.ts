/** Letters to change, add or drop to turn `a` into `b` (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** The candidate most like `name`, if any is near enough to be meant (at most a third of its letters, and two, differ). */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.normalize('NFC').toLowerCase()
  let best: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const d = distance(wanted, candidate.normalize('NFC').toLowerCase())
    if (d < least) {
      least = d
      best = candidate
    }
  }
  return best
}
