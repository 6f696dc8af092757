import { directive2022, type UnitLevel } from '@dienbien/targets'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import { Registry, type Unit } from '../figures/registry.ts'
import { allocationsOf, assignedTo, missingOf } from './allocation.ts'
import { type AssignmentInput, assignmentOf, type TargetInput } from './assignment.ts'
import { type ProposalRequest, proposeAllocation } from './proposal.ts'

const unit = (code: string, level: UnitLevel, parentId: string | null) =>
  ({ id: code, code, level, parentId, name: code, searchKey: code.toLowerCase() }) as Unit
const PROVINCE = unit('11', 'province', null)
const DISTRICT = unit('096', 'district', '11')
const REGISTRY = new Registry(
  [
    PROVINCE,
    DISTRICT,
    unit('102', 'district', '11'),
    unit('snn', 'department', '11'),
    unit('03160', 'commune', '096'),
    unit('03161', 'commune', '096'),
  ],
  [],
  [],
)
const indicator = (id: string) => {
  const found = directive2022.indicators.find((indicator) => indicator.id === id)
  if (!found) throw new Error(`no indicator ${id}`)
  return found
}
const target = (unitCode: string, indicatorId: string, value: number) =>
  ({ unitCode, indicatorId, value, comparator: '>=' }) as AssignedTarget

describe('targets add up', () => {
  const allocated = (parent: Unit, all: readonly AssignedTarget[]) =>
    allocationsOf(
      parent,
      { registry: REGISTRY, targets: (code) => all.filter(({ unitCode }) => unitCode === code) },
      directive2022,
    )
  const HELD = [
    target('096', 'macadamia-planted', 1000),
    target('102', 'macadamia-planted', 500.5),
    target('snn', 'macadamia-planted', 7040),
    target('03160', 'macadamia-planted', 250),
  ]

  test("to the directive's totals in the province; what a department holds is the same work once more", () => {
    const all = allocated(PROVINCE, HELD)
    expect(all.length).toBeGreaterThan(10)
    const macadamia = all.find(({ indicator: { id } }) => id === 'macadamia-planted')
    expect(macadamia).toMatchObject({ target: 7040, holders: [{ unitCode: '096' }, { unitCode: '102' }] })
    expect(assignedTo(macadamia ?? { holders: [] })).toBe(1500.5)
    expect(missingOf(macadamia ?? { holders: [], target: 0 })).toBe(5539.5)
    expect(all.some(({ indicator: { extent } }) => extent !== 'extensive')).toBe(false)
  })

  test('in a district to what it was assigned, and to nothing else', () => {
    const [only, ...others] = allocated(DISTRICT, HELD)
    expect(others).toEqual([])
    expect(only).toMatchObject({ target: 1000, holders: [{ unitCode: '03160', value: 250 }] })
  })

  test('and more than there is shows as less than nothing missing', () => {
    expect(missingOf({ target: 10, holders: [target('096', 'macadamia-planted', 10.1)] })).toBe(-0.1)
  })
})

describe('a total is shared out', () => {
  const propose = (
    request: Partial<ProposalRequest>,
    parent = PROVINCE,
    figures: Readonly<Record<string, number>> = {},
    targets: readonly AssignedTarget[] = [],
  ) => {
    const { parts } = proposeAllocation(
      parent,
      { indicator: indicator('macadamia-planted'), year: 2022, by: 'equal', ...request },
      {
        registry: REGISTRY,
        directive: directive2022,
        targets,
        yearBefore: (code) => ({ value: figures[code] ?? null, reason: null }),
      },
    )
    return Object.fromEntries(parts.map(({ unit: code, value }) => [code, value]))
  }

  test('equally, whole hectares, to the last one', () => {
    expect(propose({ total: 7 })).toEqual({ '096': 4, '102': 3 })
    expect(propose({})).toEqual({ '096': 3520, '102': 3520 })
  })

  test('what the step leaves over goes to the last part', () => {
    expect(propose({ total: 10.5, step: 2 })).toEqual({ '096': 6, '102': 4.5 })
  })

  test("by last year's figures, by weights, and in a district what it was assigned", () => {
    expect(propose({ total: 40, by: 'lastYear' }, PROVINCE, { '096': 3, '102': 1 })).toEqual({ '096': 30, '102': 10 })
    expect(propose({ total: 40, by: 'weights', weights: [{ unit: '102', weight: 2 }] })).toEqual({
      '096': 0,
      '102': 40,
    })
    expect(propose({}, DISTRICT, {}, [target('096', 'macadamia-planted', 9)])).toEqual({ '03160': 5, '03161': 4 })
  })

  test.each<[string, string, Partial<ProposalRequest>, Unit?]>([
    ['a rate', 'only a total is shared out', { indicator: indicator('poverty-rate') }],
    [
      'what nobody below holds',
      'has no units at which',
      { indicator: indicator('macadamia-planted') },
      unit('03160', 'commune', '096'),
    ],
    ['what a district was not assigned', 'give a total', {}, DISTRICT],
    ['in steps of nothing', 'step must be above 0', { step: 0 }],
    ['what is less than nothing', 'total must be 0 or more', { total: -1 }],
    ['in more steps than are counted exactly', 'is more than', { total: 1e13 }],
    ['by figures that are not there', 'there are no figures of 2021', { by: 'lastYear' }],
    ['by weights of nothing', 'all weights are zero', { by: 'weights', weights: [] }],
    [
      'by the weight of a stranger',
      'weights are of the children',
      { by: 'weights', weights: [{ unit: '03160', weight: 1 }] },
    ],
    [
      'by a weight below nothing',
      'weights are of the children',
      { by: 'weights', weights: [{ unit: '096', weight: -1 }] },
    ],
  ])('but not %s', (_, message, request, parent = PROVINCE) => {
    expect(() => propose(request, parent)).toThrow(message)
  })
})

describe('what is assigned', () => {
  const GOOD: TargetInput = { unit: '096', indicator: 'macadamia-planted', value: 1000 }
  const assign = (targets: readonly Partial<TargetInput>[], input: Partial<AssignmentInput> = {}) =>
    assignmentOf(
      {
        validFrom: '2022-03-01',
        source: 'Quyết định 12/QĐ-UBND',
        ...input,
        targets: targets.map((target) => ({ ...GOOD, ...target })),
      },
      2022,
      REGISTRY,
    )

  test('compares as the directive does, unless it says otherwise, and keeps what its author saw', () => {
    expect(assign([{}, { unit: '102', comparator: '=', baseline: 3, expected: 900 }]).targets).toEqual([
      {
        unitCode: '096',
        indicatorId: 'macadamia-planted',
        comparator: indicator('macadamia-planted').target.comparator,
        value: 1000,
        baseline: null,
        expected: null,
      },
      { unitCode: '102', indicatorId: 'macadamia-planted', comparator: '=', value: 1000, baseline: 3, expected: 900 },
    ])
  })

  const milestone = directive2022.indicators.find(({ measure }) => measure === 'milestone')?.id ?? ''

  test.each<[string, string, string, readonly Partial<TargetInput>[], Partial<AssignmentInput>?]>([
    ['from a day of another year', 'input.validFrom', 'does not lie in 2022', [{}], { validFrom: '2023-01-01' }],
    ['to nobody', 'input.targets', 'at least one target', []],
    ['to an unknown unit', 'input.targets[1].unit', 'no unit "999"', [{}, { unit: '999' }]],
    ['to the province', 'input.targets[0].unit', "are the directive's", [{ unit: '11' }]],
    ['of an unknown indicator', 'input.targets[0].indicator', 'no indicator "nuts"', [{ indicator: 'nuts' }]],
    ['of what all must maintain', 'input.targets[0].indicator', 'maintained by everyone', [{ indicator: milestone }]],
    ['below nothing', 'input.targets[0].value', 'not negative', [{ value: -1 }]],
    ['from a year before below nothing', 'input.targets[0].baseline', 'not negative', [{ baseline: -1 }]],
    ['by a sign that is none', 'input.targets[0].comparator', 'must be one of', [{ comparator: '=>' }]],
    ['twice', 'input.targets[1]', 'are given twice', [{}, { value: 900 }]],
  ])('is not assigned %s', (_, argument, message, targets, input = {}) => {
    expect(() => assign(targets, input)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        details: expect.objectContaining({ argument }),
      }),
    )
  })
})
