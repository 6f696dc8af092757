import type { Indicator } from '@dienbien/targets'
import { whoMay } from '../accounts/rights.ts'
import { allocate, stepOf } from '../allocate.ts'
import { isTaken, writeAs } from '../database/write.ts'
import { tidy } from '../decimal.ts'
import type { AssignedTarget } from '../figures/targets.ts'
import { builder } from './builder.ts'
import { authorOf, type Context } from './context.ts'
import { inputError } from './errors.ts'
import { IndicatorRef } from './indicators.ts'
import { findIndicator, findUnit, storedUnit } from './lookups.ts'
import { UnitRef } from './units.ts'
import { directiveOf, judgedMoment } from './years.ts'

interface AllocationOf {
  readonly indicator: Indicator
  readonly target: number
  readonly holders: readonly AssignedTarget[]
}

const assignedTo = ({ holders }: AllocationOf) => tidySum(holders.map(({ value }) => value))
const tidySum = (values: readonly number[]) => tidy(values.reduce((a, b) => a + b, 0))

const HolderRef = builder.objectRef<AssignedTarget>('AllocationHolder').implement({
  description: 'A unit that holds a part of a total.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who holds it.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    value: t.exposeFloat('value', { description: "Its own target, in the indicator's unit." }),
    validFrom: t.field({ type: 'Date', description: 'Since when.', resolve: ({ validFrom }) => validFrom }),
    source: t.exposeString('source', { description: 'Who assigned it, where and when.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

const AllocationRef = builder.objectRef<AllocationOf>('Allocation').implement({
  description: 'How far the targets assigned to units add up to a total of the directive.',
  fields: (t) => ({
    indicator: t.field({ type: IndicatorRef, description: 'The total.', resolve: ({ indicator }) => indicator }),
    target: t.exposeFloat('target', { description: "The directive's target, or a lower unit's own." }),
    assigned: t.float({ description: 'The sum of what the units hold.', resolve: assignedTo }),
    share: t.float({
      description: 'Assigned ÷ target: 1 where it adds up.',
      resolve: (one) => assignedTo(one) / one.target,
    }),
    missing: t.float({
      description: 'Target − assigned: positive where some is held by nobody, negative where too much was assigned.',
      resolve: (one) => tidySum([one.target, -assignedTo(one)]),
    }),
    holders: t.field({ type: [HolderRef], description: 'By code.', resolve: ({ holders }) => [...holders] }),
  }),
})

builder.queryField('allocation', (t) =>
  t.field({
    type: [AllocationRef],
    description:
      "For each total of the province, or of a lower unit's own targets, what the units below it hold, and what is missing.",
    args: {
      parent: t.arg.string({ defaultValue: '11', description: 'Whose direct children hold the parts.' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Targets in force on this date. Default: the end of the year.' }),
    },
    resolve: async (_, { parent, year, asOf }, context): Promise<AllocationOf[]> => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const { code, level } = await findUnit(parent ?? '11', 'parent', context)
      const ofUnit = (unit: string) => context.loaders.targets.load({ unit, ...moment })
      const children = (await context.loaders.children.load(code)).filter((child) => TERRITORIES.includes(child.level))
      const held = (await Promise.all(children.map((child) => ofUnit(child.code)))).flat()
      // The directive's totals are the province's: a lower unit has only what was assigned to it to hand on.
      const own = level === 'province' ? null : new Map((await ofUnit(code)).map((one) => [one.indicatorId, one.value]))
      return directiveOf(moment.year)
        .indicators.filter(({ extent, role }) => extent === 'extensive' && role === 'target')
        .flatMap((indicator) => {
          const target = own ? own.get(indicator.id) : Number(indicator.target.value)
          const holders = held.filter(({ indicatorId }) => indicatorId === indicator.id)
          return target === undefined ? [] : [{ indicator, target, holders }]
        })
    },
  }),
)

interface Proposal {
  readonly indicator: Indicator
  readonly parts: readonly { readonly unit: string; readonly value: number; readonly weight: number }[]
}

const PartRef = builder.objectRef<Proposal['parts'][number]>('ProposedPart').implement({
  description: 'What one unit would hold.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    value: t.exposeFloat('value', { description: "In the indicator's unit." }),
    weight: t.exposeFloat('weight', { description: 'By which the total was shared out.' }),
  }),
})

const ProposalRef = builder.objectRef<Proposal>('AllocationProposal').implement({
  description: 'A total shared out among units, to the last unit of it: the parts add up exactly.',
  fields: (t) => ({
    indicator: t.field({ type: IndicatorRef, description: 'The total.', resolve: ({ indicator }) => indicator }),
    parts: t.field({ type: [PartRef], description: 'By code.', resolve: ({ parts }) => [...parts] }),
  }),
})

const BasisRef = builder.enumType('AllocationBasis', {
  description: 'By what a total is shared out.',
  values: {
    EQUAL: { value: 'equal', description: 'The same for each.' },
    LAST_YEAR: { value: 'lastYear', description: "By last year's figures." },
    WEIGHTS: { value: 'weights', description: 'By the weights given: populations, areas …' },
  } as const,
})

const WeightInput = builder.inputType('AllocationWeight', {
  description: 'The weight of a unit.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'Its code.' }),
    weight: t.float({ required: true, description: '0 or more: its population, for example.' }),
  }),
})

builder.queryField('proposeAllocation', (t) =>
  t.field({
    type: ProposalRef,
    description:
      'Shares a total out among the direct children of a unit. What is rounded goes to the largest remainders, so that the parts add up. Nothing is stored: assignTargets does that.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of a total.' }),
      parent: t.arg.string({ defaultValue: '11', description: 'Whose children share it.' }),
      total: t.arg.float({ description: "Default: the directive's target, or the parent's own." }),
      by: t.arg({ type: BasisRef, required: true, description: 'By what.' }),
      weights: t.arg({
        type: [WeightInput],
        description: 'With WEIGHTS: one for each child; those left out get nothing.',
      }),
      step: t.arg.float({ description: 'Parts are multiples of it. Default: 1 for what is counted, else 0.1.' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
    },
    resolve: async (_, args, context): Promise<Proposal> => {
      const { year } = judgedMoment(args.year ?? 2022, null)
      const indicator = findIndicator(args.indicator, 'indicator')
      const refuse = (argument: string, message: string, value: unknown): never => {
        throw inputError('BAD_INPUT', message, { argument, value })
      }
      if (indicator.extent !== 'extensive')
        refuse('indicator', `"${indicator.id}" is a rate: only a total is shared out`, indicator.id)
      const parent = await findUnit(args.parent ?? '11', 'parent', context)
      const children = (await context.loaders.children.load(parent.code)).filter(
        ({ level }) => TERRITORIES.includes(level) && indicator.levels.includes(level),
      )
      if (children.length === 0)
        refuse('parent', `${parent.code} has no units at which "${indicator.id}" is measured`, parent.code)
      const own = await context.loaders.targets.load({ unit: parent.code, year, asOf: `${year}-12-31` })
      const total =
        args.total ??
        own.find(({ indicatorId }) => indicatorId === indicator.id)?.value ??
        (parent.level === 'province'
          ? Number(indicator.target.value)
          : refuse('total', `${parent.code} has no target of "${indicator.id}": give a total`, null))
      const step = args.step ?? stepOf(indicator)
      if (!(step > 0)) refuse('step', 'step must be above 0', step)
      if (!(total >= 0)) refuse('total', 'total must be 0 or more', total)
      const weights = await weightsFor(args.by, args.weights ?? [], children, indicator.id, year, context)
      if (weights.every((weight) => weight === 0)) {
        refuse(
          'by',
          args.by === 'lastYear' ? `there are no figures of ${year - 1} to share out by` : 'all weights are zero',
          args.by,
        )
      }
      // What the step leaves over goes to the last part, so that the parts still add up.
      const whole = Math.floor(total / step + 1e-9) * step
      const parts = allocate(tidy(whole), weights, step)
      const rest = tidy(total - whole)
      const last = weights.findLastIndex((weight) => weight > 0)
      return {
        indicator,
        parts: children.map(({ code }, i) => ({
          unit: code,
          value: tidy((parts[i] as number) + (i === last ? rest : 0)),
          weight: weights[i] as number,
        })),
      }
    },
  }),
)

async function weightsFor(
  by: 'equal' | 'lastYear' | 'weights',
  given: readonly { readonly unit: string; readonly weight: number }[],
  children: readonly { readonly code: string }[],
  indicator: string,
  year: number,
  context: Context,
): Promise<number[]> {
  if (by === 'equal') return children.map(() => 1)
  if (by === 'weights') {
    given.forEach(({ unit, weight }, i) => {
      if (!children.some(({ code }) => code === unit) || !(weight >= 0)) {
        throw inputError('BAD_INPUT', 'weights are of the children, 0 or more', {
          argument: `weights[${i}]`,
          value: unit,
        })
      }
    })
    return children.map(({ code }) => given.find(({ unit }) => unit === code)?.weight ?? 0)
  }
  const figures = await Promise.all(
    children.map(({ code }) => context.loaders.figures.load({ unit: code, year: year - 1, asOf: `${year - 1}-12-31` })),
  )
  return figures.map((list) => Math.max(0, list.find(({ indicatorId }) => indicatorId === indicator)?.value ?? 0))
}

const UnitTargetRef = builder.objectRef<AssignedTarget>('UnitTarget').implement({
  description: "A unit's own target, in force from a day on.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Whose.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    indicator: t.field({
      type: IndicatorRef,
      description: 'Of what.',
      resolve: ({ indicatorId }) => findIndicator(indicatorId, 'indicator'),
    }),
    comparator: t.exposeString('comparator', { description: '>=, >, <=, <, = or ~.' }),
    value: t.exposeFloat('value', { description: "In the indicator's unit." }),
    baseline: t.exposeFloat('baseline', { nullable: true, description: "The unit's value of the year before." }),
    validFrom: t.field({ type: 'Date', description: 'Since when.', resolve: ({ validFrom }) => validFrom }),
    source: t.exposeString('source', { description: 'Who assigned it, where and when.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

builder.objectField(UnitRef, 'targets', (t) =>
  t.field({
    type: [UnitTargetRef],
    description: 'Its own targets in force on a date.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the end of the year.' }),
    },
    resolve: ({ code }, { year, asOf }, { loaders }) =>
      loaders.targets.load({ unit: code, ...judgedMoment(year ?? 2022, asOf) }),
  }),
)

const TargetInput = builder.inputType('AssignedTargetInput', {
  description: "A unit's own target.",
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit." }),
    comparator: t.string({ description: ">=, >, <=, <, = or ~. Default: the directive's." }),
    baseline: t.float({ description: "The unit's value of the year before, where known." }),
  }),
})

const AssignInput = builder.inputType('AssignTargetsInput', {
  description: 'Targets of units, all in force from one day on.',
  fields: (t) => ({
    year: t.int({ required: true, description: 'The year of the directive.' }),
    validFrom: t.field({
      type: 'Date',
      required: true,
      description: 'A day of that year. A later one adjusts what was assigned before.',
    }),
    source: t.string({ required: true, description: 'Who assigned them, where and when.' }),
    targets: t.field({ type: [TargetInput], required: true, description: 'Each unit and indicator at most once.' }),
  }),
})

const COMPARATORS: readonly string[] = ['>=', '>', '<=', '<', '=', '~']

builder.mutationField('assignTargets', (t) =>
  t.field({
    type: [UnitTargetRef],
    description: `Assigns targets to units, all or none; an adjustment is a new version with its day, and the earlier one stays. ${whoMay('ASSIGN_TARGETS')}`,
    args: { input: t.arg({ type: AssignInput, required: true, description: 'The targets.' }) },
    authScopes: () => ({ may: { action: 'ASSIGN_TARGETS' } }),
    resolve: async (_, { input }, context) => {
      const { validFrom, source } = input
      const { year } = directiveOf(input.year)
      const refuse = (argument: string, message: string, value: unknown): never => {
        throw inputError('BAD_INPUT', message, { argument, value })
      }
      if (!validFrom.startsWith(`${year}-`))
        refuse('input.validFrom', `${validFrom} does not lie in ${year}`, validFrom)
      if (source.trim() === '') refuse('input.source', 'source must not be empty', source)
      const seen = new Set<string>()
      const rows = []
      for (const [i, { unit, indicator: id, value, comparator, baseline }] of input.targets.entries()) {
        const path = `input.targets[${i}]`
        const { code, level } = await findUnit(unit, `${path}.unit`, context)
        const indicator = findIndicator(id, `${path}.indicator`)
        if (level === 'province') refuse(`${path}.unit`, "the province's targets are the directive's", unit)
        if (indicator.measure === 'milestone')
          refuse(`${path}.indicator`, `"${id}" is to be maintained by everyone`, id)
        if (!Number.isFinite(value)) refuse(`${path}.value`, 'must be a finite number', value)
        const compared = comparator ?? indicator.target.comparator
        if (!COMPARATORS.includes(compared))
          refuse(`${path}.comparator`, `must be one of ${COMPARATORS.join(' ')}`, comparator)
        if (seen.has(`${code} ${id}`)) refuse(path, `${code} and "${id}" are given twice`, id)
        seen.add(`${code} ${id}`)
        rows.push({ unitCode: code, indicatorId: id, comparator: compared, value, baseline: baseline ?? null })
      }
      if (rows.length === 0) refuse('input.targets', 'give at least one target', [])
      const author = authorOf(context, source)
      const data = rows.map((row) => ({
        ...row,
        year,
        validFrom: new Date(validFrom),
        source,
        recordedBy: author.subject,
      }))
      try {
        await writeAs(context.prisma, author, (transaction) => transaction.unitTarget.createMany({ data }))
      } catch (error) {
        if (!isTaken(error)) throw error
        refuse(
          'input.validFrom',
          `one of these targets is assigned from ${validFrom} already: adjust it from another day`,
          validFrom,
        )
      }
      context.changes.announce(new Set(rows.map(({ unitCode }) => unitCode)))
      return rows.map((row) => ({ ...row, validFrom, source, synthetic: false }) as AssignedTarget)
    },
  }),
)

/** Parts of a territory are territories: a department's target is the same work counted once more. */
const TERRITORIES: readonly string[] = ['district', 'commune']
