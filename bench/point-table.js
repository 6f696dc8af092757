// A point table of 200 nodes, invented: ten criteria of nineteen items, by figures, counts, steps and judgement.
import { MEASURED_EVERYWHERE } from './invented.js'

const RULES = [
  (fact) => ({ kind: 'count', of: fact, each: 0.2, most: 0.5 }),
  (fact) => ({
    kind: 'steps',
    of: fact,
    steps: [
      { from: 5, points: 0.5 },
      { from: 1, points: 0.25 },
    ],
  }),
  (fact) => ({ kind: 'judged', of: fact }),
  (_, indicator) => ({ kind: 'proportion', of: { indicator }, target: { indicator, take: 'target' }, from: 0.5 }),
  (_, indicator) => ({ kind: 'per-percent', of: { indicator }, target: { indicator, take: 'target' }, less: 0.01 }),
]

/** @param excess whether some leaves go by the cluster's leader */
export function pointTable(excess = false) {
  const facts = {}
  const nodes = Array.from({ length: 10 }, (_, i) => {
    const children = Array.from({ length: 19 }, (_, j) => {
      const code = `${i + 1}.${j + 1}`
      const indicator = MEASURED_EVERYWHERE[(19 * i + j) % MEASURED_EVERYWHERE.length]
      facts[code] = { type: 'number' }
      const rule =
        excess && j === 18 ? { kind: 'excess', of: code, target: 3 } : RULES[j % RULES.length](code, indicator)
      return { code, name: `Nội dung ${code}`, points: 0.5, rule }
    })
    return { code: `${i + 1}`, name: `Nhóm ${i + 1}`, points: 9.5, children }
  })
  const about = { id: 'bench', version: '1', title: 'Bảng thử', note: 'Invented for measuring', total: 95 }
  return { ...about, facts, nodes, grades: [{ id: 'a', name: 'Tốt', from: 60 }] }
}

/** Adopts it for a cluster of the demonstration data, each member agreeing by its own token, and scores a member twice. */
export async function adoptTable(ask, headersOf) {
  const cluster = 'cluster: "cum-vung-thap", year: 2022'
  const drafted = await ask(
    `mutation ($table: JSON) { draftPointTable(input: { ${cluster}, table: $table, reason: "bench" }) { errors { path message } } }`,
    { table: pointTable() },
  )
  const { errors } = drafted.data.draftPointTable
  if (errors.length > 0) throw new Error(errors[0].message)
  for (const unit of ['094', '095', '099', '100', '102']) {
    await ask(
      `mutation { agreePointTable(input: { ${cluster}, version: 1, unit: "${unit}", note: "bench" }) { errors { message } } }`,
      {},
      headersOf(unit),
    )
  }
  await ask(
    `mutation { adoptPointTable(input: { ${cluster}, version: 1, number: "1", date: "2022-02-01", note: "bench" }) { errors { message } } }`,
  )
  for (const stage of ['SELF', 'FIRST']) {
    const lines = Array.from({ length: 19 }, (_, i) => `{ code: "1.${i + 1}", points: 0.3 }`).join(' ')
    await ask(
      `mutation { submitScoreSheet(input: { unit: "102", year: 2022, stage: ${stage}, scoredOn: "2023-01-10", signedBy: "A", evidence: "bench", lines: [${lines}] }) { errors { message } } }`,
    )
  }
}
