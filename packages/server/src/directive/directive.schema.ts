import type { Directive, Erratum, Indicator, MeasurementUnit } from '@dienbien/targets'
import { CLOSES_ON } from '../figures/evaluate-unit.ts'
import { directiveOf } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { list, perPage, work } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { pageOf } from '../graphql/paging.ts'
import { localeArg, yearArg } from '../graphql/scalars.ts'
import { searchKey } from '../search-key.ts'
import { UnitLevelRef } from '../units/units.schema.ts'
import { INTENDED } from './duties.schema.ts'
import { BetterRef, ExtentRef, MeasureRef, RoleRef } from './indicator-kinds.schema.ts'
import {
  directiveWith,
  errataOf,
  findIndicator,
  indicatorKey,
  inSection,
  judgedIndicator,
  markable,
  versionOf,
} from './indicators.ts'
import { ChangeRef, TargetRef } from './target.schema.ts'

const MeasurementUnitRef = builder.objectRef<MeasurementUnit>('MeasurementUnit').implement({
  description: 'What a value counts, as the directive writes it: 780 nghìn lượt is 780.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name, for example "billion-vnd".' }),
    name: t.string({
      description: 'The unit as it is written after a number.',
      args: { locale: t.arg(localeArg) },
      resolve: (unit, { locale }) => unit[locale ?? 'vi'],
    }),
  }),
})

export const ErratumRef = builder.objectRef<Erratum & { readonly directive: Directive }>('Erratum').implement({
  description:
    'Where the printed text contradicts itself or arithmetic, and the reading chosen. Nothing is changed silently.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'A name that stays the same, for links.' }),
    section: t.exposeString('section', { description: 'The section of the directive in which it stands.' }),
    quote: t.exposeString('quote', { description: 'The words as printed.' }),
    intended: t.exposeString('intended', INTENDED),
    arithmetic: t.exposeString('arithmetic', { nullable: true, description: 'Computed from the encoded numbers.' }),
    reading: t.string({
      description: 'What the data holds, and why.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reading }, { locale }) => reading[locale ?? 'vi'],
    }),
    indicators: t.field({
      type: [IndicatorRef],
      ...list(3),
      description: 'The indicators concerned.',
      resolve: ({ indicators, directive }) => indicators.map((id) => judgedIndicator(id, directive)),
    }),
  }),
})

export const IndicatorRef = builder.objectRef<Indicator>('Indicator')
builder.node(IndicatorRef, {
  description: 'What the directive measures, and the level that it sets.',
  id: {
    resolve: indicatorKey,
    description:
      'Global id: its `code`, for example "grdp-growth", as the newest directive that has it says what it is; as an earlier one, or a bloc\'s, does, with that version before it: "2022-1:grdp-growth". Any argument that takes an indicator takes either.',
  },
  brandLoadedObjects: true,
  loadOne: (id) => markable(findIndicator(id, 'id')),
  fields: (t) => ({
    code: t.exposeString('id', {
      description: 'Stable name in kebab-case, for example "grdp-growth": the same over the years.',
    }),
    name: t.string({
      description: 'What the indicator is called.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name }, { locale }) => name[locale ?? 'vi'],
    }),
    section: t.exposeString('section', { description: 'The section that states it: 3.1 or 3.2.' }),
    alsoIn: t.stringList({
      description: 'Further sections that state the same target.',
      resolve: ({ alsoIn }) => [...(alsoIn ?? [])],
    }),
    unit: t.field({ type: MeasurementUnitRef, description: 'What its value counts.', resolve: ({ unit }) => unit }),
    target: t.field({
      type: TargetRef,
      description: "The province's target as issued.",
      resolve: (indicator) => ({ indicator, target: indicator.target }),
    }),
    quote: t.exposeString('quote', { description: 'The words of the directive, verbatim as printed.' }),
    intended: t.exposeString('intended', INTENDED),
    measure: t.field({ type: MeasureRef, description: 'How it behaves in time.', resolve: ({ measure }) => measure }),
    extent: t.field({ type: ExtentRef, description: 'Total or comparable rate.', resolve: ({ extent }) => extent }),
    role: t.field({ type: RoleRef, description: 'Target or projection.', resolve: ({ role }) => role }),
    levels: t.field({
      type: [UnitLevelRef],
      ...work(3),
      description: 'The levels at which it is measured at all.',
      resolve: ({ levels }) => [...levels],
    }),
    main: t.boolean({
      description: 'One of the main indicators ("chỉ tiêu chủ yếu"), by which it is said how many were met.',
      resolve: ({ main }) => main ?? false,
    }),
    partOf: t.exposeString('partOf', {
      nullable: true,
      description: 'The id of the indicator ("trong đó") or of the group that it is a part of, and counts as one with.',
    }),
    responsible: t.string({
      nullable: true,
      description: 'The body that is responsible for it.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ responsible }, { locale }) => responsible?.[locale ?? 'vi'] ?? null,
    }),
    denominator: t.exposeFloat('denominator', { nullable: true, description: 'The 129 of "124/129 xã".' }),
    change: t.field({
      type: ChangeRef,
      nullable: true,
      description: 'The change against an earlier year, where the text states one.',
      resolve: ({ change }) => change ?? null,
    }),
    baseline: t.exposeFloat('baseline', {
      nullable: true,
      description: 'The value of that earlier year, where it follows by arithmetic.',
    }),
    interpretation: t.string({
      nullable: true,
      description: 'What the encoding decided where the text leaves something open, and why.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ interpretation }, { locale }) => interpretation?.[locale ?? 'vi'] ?? null,
    }),
    checkedOn: t.field({
      type: 'Date',
      description: 'When quote and number were last compared with the text.',
      resolve: ({ checkedOn }) => checkedOn,
    }),
    errata: t.field({
      type: [ErratumRef],
      description: 'What is wrong or unclear in print about it.',
      resolve: (indicator) => errataOf(versionOf(indicator)?.directive, indicator.id),
    }),
  }),
})

/** What decides how its figures are judged in time. */
builder.objectFields(IndicatorRef, (t) => ({
  better: t.field({ type: BetterRef, description: 'Which way is better.', resolve: ({ better }) => better }),
  closesOn: t.string({
    description: 'MM-DD: the first day whose figure is final for the year.',
    resolve: ({ closesOn }) => closesOn ?? CLOSES_ON,
  }),
  growth: t.boolean({
    description: 'A rate of change, such as the growth of GRDP: it has no baseline, no progress and no pace.',
    resolve: ({ growth }) => growth ?? false,
  }),
}))

const IndicatorConnection = builder.connectionObject(
  {
    type: IndicatorRef,
    name: 'IndicatorConnection',
    description: 'A page of indicators.',
  },
  { name: 'IndicatorEdge', description: 'An indicator in a page.' },
)

const indicatorOrder = orderOf<Indicator>('IndicatorOrder', 'as in the text of the directive', {
  CODE: { description: 'By the id, as texts are sorted.', of: ({ id }) => id },
  NAME: { description: 'By name, as Vietnamese sorts it.', of: ({ name }) => name.vi },
})

const searchKeys = new WeakMap<Indicator, string>()

/** What a search looks at of an indicator; a line end parts the texts, and no key holds one. */
function searchKeyOf(indicator: Indicator): string {
  let key = searchKeys.get(indicator)
  if (key === undefined) {
    const { id, name, quote } = indicator
    key = [id, name.vi, name.en, quote].map(searchKey).join('\n')
    searchKeys.set(indicator, key)
  }
  return key
}

builder.queryFields((t) => ({
  indicators: t.connection(
    {
      type: IndicatorRef,
      nullable: true,
      description: 'The indicators of the directive of a year.',
      ...perPage(70),
      args: {
        year: t.arg(yearArg),
        section: t.arg.string({
          description:
            'Only those that a section states, for example "3.3". UNKNOWN_SECTION for one without indicators.',
        }),
        search: t.arg.string({
          description: 'Only those whose id, name or quote holds this; case and diacritics do not matter.',
        }),
        level: t.arg({ type: UnitLevelRef, description: 'Only those that are measured at this level.' }),
        measure: t.arg({ type: MeasureRef, description: 'Only those that behave so in time.' }),
        role: t.arg({ type: RoleRef, description: 'Only targets, or only projections.' }),
        main: t.arg.boolean({ description: 'True: only the main indicators. False: only the others.' }),
        orderBy: t.arg(indicatorOrder.args.orderBy),
        descending: t.arg(indicatorOrder.args.descending),
      },
      resolve: (_, { year, section, search, level, measure, role, main, orderBy, descending, ...page }) => {
        const key = search ? searchKey(search) : ''
        const { indicators } = directiveOf(year)
        const isThere = inSection(section, 'section', indicators)
        const found = indicators.filter(
          (indicator) =>
            isThere(indicator) &&
            (key === '' || searchKeyOf(indicator).includes(key)) &&
            (!level || indicator.levels.includes(level)) &&
            (!measure || indicator.measure === measure) &&
            (!role || indicator.role === role) &&
            (typeof main !== 'boolean' || (indicator.main ?? false) === main),
        )
        return pageOf([...indicatorOrder.sort(found, { orderBy, descending })], page)
      },
    },
    IndicatorConnection,
  ),
  indicator: t.field({
    type: IndicatorRef,
    nullable: true,
    description: 'One indicator. UNKNOWN_INDICATOR, with the nearest id, where there is none.',
    args: {
      id: t.arg.string({ required: true, description: 'The id of the indicator, for example "grdp-growth".' }),
      year: t.arg.int({
        description:
          "As the directive of this year says what it is, or a bloc's or unit's own. Default: as the newest that has it does.",
      }),
    },
    resolve: (_, { id, year }) =>
      findIndicator(id, 'id', year === null || year === undefined ? undefined : directiveWith(id, year)),
  }),
}))
