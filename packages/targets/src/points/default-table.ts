import { compilePolicy } from '../emulation/compile-policy.ts'
import { defaultPolicy } from '../emulation/default-policy.ts'
import type { Policy } from '../emulation/policy.ts'
import { frozenCopy } from '../frozen.ts'
import type { PointTable } from './table.ts'

/** A one-line policy as a table: one node that earns what the policy gives. */
export function fromPolicy(policy: Policy): PointTable {
  compilePolicy(policy)
  return {
    id: policy.id,
    version: policy.version,
    title: policy.title.vi,
    note: policy.note.vi,
    total: policy.scale,
    nodes: [{ code: '1', name: policy.title.vi, points: policy.scale, rule: { kind: 'policy', policy } }],
  }
}

/** This project's own default, and labelled so: no office's. */
export const defaultPointTable: PointTable = /*#__PURE__*/ frozenCopy(fromPolicy(defaultPolicy))
