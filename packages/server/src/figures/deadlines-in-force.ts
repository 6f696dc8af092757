import type { Deadline } from '../generated/prisma/client.ts'

/**
 * The deadlines that hold for the members of a cluster: its own where it has one, else everyone's.
 * @param deadlines of a year, by date
 * @param cluster null: those that hold for everyone
 */
export function deadlinesOf<One extends Pick<Deadline, 'clusterCode' | 'kind'>>(
  deadlines: readonly One[],
  cluster: string | null,
): readonly One[] {
  const kinds = new Set(deadlines.flatMap(({ clusterCode, kind }) => (clusterCode === cluster ? [kind] : [])))
  return deadlines.filter(({ clusterCode, kind }) => clusterCode === (kinds.has(kind) ? cluster : ''))
}
