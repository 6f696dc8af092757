// Conditions of a table over the columns of a block of rows.
import { TargetsError } from '../errors.ts'
import { compileConditionTable } from '../rules/condition-table.ts'
import type { Condition } from '../rules/conditions.ts'
import { BLOCK, type Columns, sourceOf } from './columns.ts'
import { factsIn } from './named-figures.ts'
import type { PointTable } from './table.ts'

/**
 * What a condition comes to for each row of the block that was taken in, as `ConditionCode`.
 * @param code of the node that asks
 * @throws {TargetsError} `BAD_OPTION` where it asks for what no column of numbers holds
 */
export function testOf(
  condition: Condition,
  { table, columns }: { readonly table: PointTable; readonly columns: Columns },
  code: string,
): (count: number) => Uint8Array {
  const { facts = {}, figures = {}, conditions = {} } = table
  const asked = factsIn(condition, conditions)
  for (const name of asked) {
    if (Object.hasOwn(figures, name) || (Object.hasOwn(facts, name) && facts[name]?.type !== 'text')) continue
    const text = {
      vi: `mục "${code}": điều kiện theo "${name}" không tính theo bảng số được`,
      en: `node "${code}": a condition over "${name}" is for scorePoints only`,
    }
    throw new TargetsError('BAD_OPTION', text, name)
  }
  // Its reader wants one column at least.
  const names = asked.length > 0 ? asked : ['-']
  const program = compileConditionTable(condition, { named: conditions, facts: names })
  const sources = asked.map((name) => {
    const figure = Object.hasOwn(figures, name) ? figures[name] : undefined
    return sourceOf(figure ?? name, columns)
  })
  const width = names.length
  const values = new Float64Array(BLOCK * width)
  const codes = new Uint8Array(BLOCK)
  return (count) => {
    sources.forEach((source, column) => {
      source.compute?.(count)
      for (let row = 0, i = column; row < count; row++, i += width) values[i] = source.figures[row] as number
    })
    return program.evaluateTable(values.subarray(0, count * width), codes)
  }
}
