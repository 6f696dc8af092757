// The awards of a table in the form in which proposals take them.
import type { Policy } from '../emulation/policy.ts'
import { checkText } from '../errors.ts'
import { conditionsNamedBy } from './named-figures.ts'
import type { PointTable } from './table.ts'

/** Whether a unit has a grade, as a fact for the conditions of awards. */
export function gradeFact(id: string): string {
  checkText('id', id)
  return `grade.${id}`
}

/** A policy with the awards of a checked table; the same where it has none. */
export function withAwards(table: PointTable, policy: Policy): Policy {
  const { awards, id, version, title, note, grades = [], facts = {}, conditions = {} } = table
  if (!awards) return policy
  const asWritten = (text: string) => ({ vi: text, en: text })
  const declared = Object.entries(facts).flatMap(([name, { type }]) => (type === 'text' ? [] : [[name, type] as const]))
  const asking = awards.flatMap(({ when }) => when ?? [])
  const { overall, ...rest } = policy
  const goesOn = overall && awards.some(({ award }) => award === overall.among)
  return {
    ...rest,
    // An award above the clusters is for those of an award that the table has.
    ...(goesOn ? { overall } : {}),
    ...{ id, version, title: asWritten(title), note: asWritten(note) },
    // Others may ask for what no policy knows: texts, figures of the table, points of its nodes.
    conditions: { ...policy.conditions, ...conditionsNamedBy(asking, conditions) },
    facts: {
      ...policy.facts,
      ...Object.fromEntries(declared),
      ...Object.fromEntries(grades.map((grade) => [gradeFact(grade.id), 'boolean' as const])),
    },
    quotas: awards.map(({ name, ...award }) => ({ ...award, name: asWritten(name) })),
  }
}
