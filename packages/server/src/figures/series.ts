import { STATUSES } from './columns.ts'
import type { Counting } from './counting.ts'
import type { Figure } from './newest.ts'

/**
 * The way of an indicator through a year: for each day the figure that counts, first day first. On one day official beats
 * preliminary beats estimate, then the newest revision; a withdrawal takes back all revisions up to its own.
 * @param revisions of one unit and one indicator, in any order
 * @param kinds only figures of these kinds; null: of every kind
 */
export function seriesOf(revisions: readonly Figure[], kinds: Counting['statuses'] = null): Figure[] {
  const withdrawn = new Map<string, number>()
  for (const { asOf, status, revision, withdrawn: takesBack } of revisions) {
    const key = `${asOf} ${status}`
    if (takesBack) withdrawn.set(key, Math.max(revision, withdrawn.get(key) ?? 0))
  }
  const days = new Map<string, Figure>()
  for (const figure of revisions) {
    const { asOf, status, revision } = figure
    if (kinds && !kinds.includes(status)) continue
    if (revision <= (withdrawn.get(`${asOf} ${status}`) ?? 0)) continue
    const other = days.get(asOf)
    if (!other || authorityOf(figure) > authorityOf(other)) days.set(asOf, figure)
    else if (status === other.status && revision > other.revision) days.set(asOf, figure)
  }
  return [...days.values()].sort((a, b) => (a.asOf < b.asOf ? -1 : 1))
}

const authorityOf = ({ status }: Figure): number => STATUSES.indexOf(status)
