import { type Condition, compileCondition } from '../rules/conditions.ts'
import type { PointTable } from './table.ts'

type Test = ReturnType<typeof compileCondition>

/** Compiled once for each condition of each checked table: what it names is the table's. */
const tests = new WeakMap<PointTable, WeakMap<Condition, Test>>()

/** Whether a condition of a table holds; null where the facts do not tell. */
export function holds(condition: Condition, table: PointTable, facts: Parameters<Test>[0]): boolean | null {
  let ofTable = tests.get(table)
  if (!ofTable) {
    ofTable = new WeakMap()
    tests.set(table, ofTable)
  }
  let test = ofTable.get(condition)
  if (!test) {
    test = compileCondition(condition, { named: table.conditions ?? {} })
    ofTable.set(condition, test)
  }
  return test(facts)
}
