// One indicator of a unit through the years, across mergers.
import type { Indicator } from '@dienbien/targets'
import { findIndicator } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import type { UnitYear } from '../figures/unit-years.ts'
import { figureYears, hasFigures, lastDay } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { YEAR_BEFORE, YEARLY } from '../graphql/cost.ts'
import { localeArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { storedUnit } from '../units/units.ts'
import { ResultRef } from './evaluation.schema.ts'

const UnitYearRef = builder.objectRef<UnitYear>('UnitYear').implement({
  description: 'What one indicator of a unit came to in a year.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year that the value is of.' }),
    value: t.exposeFloat('value', {
      nullable: true,
      description:
        "In the indicator's unit: its own figure that counts at the end of the year; before it had one, the sum of its predecessors' or, for a rate whose denominators are known, their mean. Null where there is none.",
    }),
    asOf: t.expose('asOf', { type: 'Date', nullable: true, description: 'The day that the value stands for.' }),
    of: t.field({
      type: [UnitRef],
      description:
        'The units whose figures it is made of, or would be: itself, or its predecessors. Empty where nobody has one.',
      resolve: ({ of, year }, _, context) => Promise.all(of.map(async (id) => storedUnit(id, context, lastDay(year)))),
    }),
    synthetic: t.exposeBoolean('synthetic', {
      description: 'A figure that it is made of was invented for the demonstration data.',
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why the series breaks here: not each predecessor has a figure, the denominators of a rate are not known, a predecessor was divided. Null where it does not.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reason }, { locale }) => reason?.[locale ?? 'vi'] ?? null,
    }),
  }),
})

const endOfYear = async (unit: string, indicator: Indicator, year: number, { store, memory }: Context) =>
  memory.dayIn(await store.year(year), lastDay(year)).unitYear(unit, indicator)

builder.objectField(UnitRef, 'years', (t) =>
  t.field({
    type: [UnitYearRef],
    ...YEARLY,
    description:
      'One indicator through the years, the first first; where the unit did not stand yet, of those whose place it took.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of the indicator.' }),
      from: t.arg.int({ description: 'The first year. Default: the first of which there are figures.' }),
      to: t.arg.int({ description: 'The last year. Default: the last of which there are figures.' }),
    },
    resolve: async (unit, { indicator: id, from, to }, context) => {
      const indicator = findIndicator(id, 'indicator')
      if (from && to && from > to) {
        const text = {
          vi: `năm đầu ${from} phải không sau năm cuối ${to}`,
          en: `from ${from} must not lie after to ${to}`,
        }
        throw inputError('BAD_INPUT', text, { argument: 'from', value: from, nearest: String(to) })
      }
      const years = figureYears().filter((year) => year >= (from ?? year) && year <= (to ?? year))
      const found: UnitYear[] = []
      // One after the other: a year that is not in memory is read.
      for (const year of years) found.push(await endOfYear(unit.id, indicator, year, context))
      return found
    },
  }),
)

builder.objectField(ResultRef, 'yearBefore', (t) =>
  t.field({
    type: UnitYearRef,
    nullable: true,
    ...YEAR_BEFORE,
    description:
      "What the indicator came to in the year before: the unit's own figure or, where it did not stand yet, what its predecessors' come to, or why the series breaks and there is no baseline. A figure that is final is the baseline. Null of milestones, of figures that were only tried, and where no figures belong to that year.",
    resolve: async ({ unit, indicator, directive }, _, context) => {
      const year = directive.year - 1
      if (unit === null || indicator.measure === 'milestone' || !hasFigures(year)) return null
      return endOfYear(unit, indicator, year, context)
    },
  }),
)
