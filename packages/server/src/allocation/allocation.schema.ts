import { IndicatorRef } from '../directive/directive.schema.ts'
import { indicatorInYear, wantedIds } from '../directive/indicators.ts'
import { ComparisonRef } from '../directive/target.schema.ts'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import { directiveOf, judgedMoment, lastDay } from '../figures/years.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change } from '../graphql/change.ts'
import { list, perRow } from '../graphql/cost.ts'
import { textOf } from '../graphql/enums.ts'
import { EXPECTED, mutation, onDay } from '../graphql/mutation.ts'
import { orderOf } from '../graphql/order.ts'
import { asOfArg, yearArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnitOrRoot, storedUnit, unitIdDuring } from '../units/units.ts'
import { type Allocation, allocationsOf, assignedTo, missingOf } from './allocation.ts'
import { assignedTargets, assignmentOf, storeTargets } from './assignment.ts'

/** A target is in force from a day of its year on. */
const yearOf = (validFrom: string): number => Number(validFrom.slice(0, 4))

const HolderRef = builder.objectRef<AssignedTarget>('AllocationHolder').implement({
  description: 'A unit that holds a part of a total.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who holds it, as it stood at the end of that year.',
      resolve: ({ unitCode, validFrom }, _, context) => storedUnit(unitCode, context, lastDay(yearOf(validFrom))),
    }),
    value: t.exposeFloat('value', { description: "Its own target, in the indicator's unit." }),
    validFrom: t.field({
      type: 'Date',
      description: 'The day from which the target is in force.',
      resolve: ({ validFrom }) => validFrom,
    }),
    source: t.exposeString('source', { description: 'Who assigned it, where and when.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

const AllocationRef = builder.objectRef<Allocation>('Allocation').implement({
  description: 'How far the targets assigned to units add up to a total of the directive.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'The indicator whose target is a total.',
      resolve: ({ indicator }) => indicator,
    }),
    target: t.exposeFloat('target', { description: "The directive's target, or a lower unit's own." }),
    assigned: t.float({ description: 'The sum of what the units hold.', resolve: assignedTo }),
    share: t.float({
      description: 'Assigned ÷ target: 1 where it adds up.',
      resolve: (allocation) => assignedTo(allocation) / allocation.target,
    }),
    missing: t.float({
      description: 'Target − assigned: positive where some is held by nobody, negative where too much was assigned.',
      resolve: missingOf,
    }),
    holders: t.field({
      type: [HolderRef],
      description: 'The units that hold a part of it, by code.',
      resolve: ({ holders }) => [...holders],
    }),
  }),
})

const allocationOrder = orderOf<Allocation>('AllocationOrder', 'as in the text of the directive', {
  SHARE: {
    description: 'By the share that is assigned.',
    of: (allocation) => (allocation.target === 0 ? null : assignedTo(allocation) / allocation.target),
  },
})

builder.queryField('allocation', (t) =>
  t.field({
    type: [AllocationRef],
    nullable: true,
    ...list(45, 700),
    description:
      "For each total of the directive, or of a lower unit's own targets, what the units below it hold, and what is missing.",
    args: {
      parent: t.arg.string({
        description: 'Whose direct children hold the parts. Default: the highest unit, the province.',
      }),
      year: t.arg(yearArg),
      asOf: t.arg({ type: 'Date', description: 'Targets in force on this date. Default: the end of the year.' }),
      indicators: t.arg.stringList({ description: 'Only these totals, by id.' }),
      orderBy: t.arg(allocationOrder.args.orderBy),
      descending: t.arg(allocationOrder.args.descending),
    },
    resolve: async (_, { parent, year, asOf, indicators, ...order }, context) => {
      const moment = judgedMoment(year, asOf)
      const unit = await findUnitOrRoot(parent, 'parent', context, moment.asOf)
      const day = context.memory.dayIn(await context.store.year(moment.year), moment.asOf)
      const { registry } = day
      const ids = wantedIds(indicators)
      const all = allocationsOf(unit, { registry, targets: (id) => day.targets(id) }, day.directive(unit.id))
      return [
        ...allocationOrder.sort(
          all.filter(({ indicator }) => !ids || ids.has(indicator.id)),
          order,
        ),
      ]
    },
  }),
)

const UnitTargetRef = builder.objectRef<AssignedTarget>('UnitTarget').implement({
  description: "A unit's own target, in force from a day on.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that holds the target, as it stood at the end of that year.',
      resolve: ({ unitCode, validFrom }, _, context) => storedUnit(unitCode, context, lastDay(yearOf(validFrom))),
    }),
    indicator: t.field({
      type: IndicatorRef,
      description: 'The indicator that the target is of.',
      resolve: ({ indicatorId, validFrom }) => indicatorInYear(indicatorId, yearOf(validFrom)),
    }),
    comparison: t.field({
      type: ComparisonRef,
      description: 'How a value is held against it.',
      resolve: ({ comparator }) => comparator,
    }),
    comparator: t.exposeString('comparator', { ...textOf('comparison'), description: '>=, >, <=, <, = or ~.' }),
    value: t.exposeFloat('value', { description: "In the indicator's unit." }),
    baseline: t.exposeFloat('baseline', { nullable: true, description: "The unit's value of the year before." }),
    validFrom: t.field({
      type: 'Date',
      description: 'The day from which the target is in force.',
      resolve: ({ validFrom }) => validFrom,
    }),
    source: t.exposeString('source', { description: 'Who assigned it, where and when.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

builder.objectField(UnitRef, 'targets', (t) =>
  t.field({
    type: [UnitTargetRef],
    ...list(10, 60),
    description: 'Its own targets in force on a date.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      indicators: t.arg.stringList({ description: 'Only of these, by id.' }),
    },
    resolve: async ({ id }, { year, asOf, indicators }, { memory }) => {
      const ids = wantedIds(indicators)
      const targets = await memory.targets({ unit: id, ...judgedMoment(year, asOf) })
      return targets.filter(({ indicatorId }) => !ids || ids.has(indicatorId))
    },
  }),
)

const TargetInput = builder.inputType('AssignedTargetInput', {
  description: "A unit's own target.",
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit." }),
    comparison: t.field({
      type: ComparisonRef,
      description: "How a value is held against it: not BETWEEN or MAINTAINED. Default: the directive's.",
    }),
    comparator: t.string({
      ...textOf('comparison'),
      description: ">=, >, <=, <, = or ~. Default: the directive's. Left aside where `comparison` is given.",
    }),
    baseline: t.float({ description: "The unit's value of the year before, where known." }),
    expected: t.float({ description: `The unit's own target that you saw in force on that day. ${EXPECTED}` }),
  }),
})

mutation('assignTargets', {
  description:
    'Assigns targets to units, all or none; an adjustment is a new version with its day, and the earlier one stays.',
  right: 'ASSIGN_TARGETS',
  cost: perRow(({ targets }: { readonly targets: readonly unknown[] }) => targets.length),
  input: {
    description: 'Targets of units, all in force from one day on.',
    fields: (t) => ({
      year: t.int({ required: true, description: 'The year of the directive.' }),
      validFrom: t.field({
        type: 'Date',
        required: true,
        description: 'A day of that year. A later one adjusts what was assigned before.',
      }),
      on: onDay(t),
      source: t.string({ ...LONG_TEXT, required: true, description: 'Who assigned them, where and when.' }),
      targets: t.field({
        type: [TargetInput],
        required: true,
        description: 'Each unit and indicator at most once.',
        // Every indicator of every unit of a province.
        extensions: { maxItems: 10_000 },
      }),
    }),
  },
  demand: async ({ targets, year, on }, context) => {
    const idOf = ({ unit }: { readonly unit: string }, i: number) =>
      unitIdDuring(unit, context, { year, on }, `input.targets[${i}].unit`)
    const units = new Set(await Promise.all(targets.map(idOf)))
    return { action: 'ASSIGN_TARGETS', units: [...units], year }
  },
  work: async (input, call) => {
    const { year } = directiveOf(input.year)
    const assignment = assignmentOf(input, year, await call.context.store.registry(lastDay(year)))
    const ids = new Set(assignment.targets.map(({ unitCode }) => unitCode))
    await change(
      { ...call, reason: assignment.source },
      async (transaction, { subject }) => {
        await storeTargets(transaction, assignment, subject)
        return []
      },
      { touches: () => ids },
    )
    const units = await Promise.all([...ids].map((id) => storedUnit(id, call.context, lastDay(year))))
    return { targets: assignedTargets(assignment), units }
  },
  payload: {
    fields: (t) => ({
      targets: t.expose('targets', {
        type: [UnitTargetRef],
        nullable: true,
        ...list(10),
        description: 'What was assigned, in the order given.',
      }),
      units: t.expose('units', {
        type: [UnitRef],
        nullable: true,
        ...list(10),
        description: 'The units, as they are now: ask here for what the targets changed, and a cache is right.',
      }),
    }),
  },
})
