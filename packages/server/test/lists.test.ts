// Every list can be narrowed and put in another order, and every word of a closed set is an enum; or it is said here why not.
import { getNamedType, getNullableType, isLeafType, isListType, isObjectType } from 'graphql'
import { schema } from './every-field.ts'
import { shared } from './harness.ts'

const ONE = 'a handful, of one thing; whoever asks for it has said which'
const BEST_FIRST = 'its order is what it says, and all of it is one result'
const AS_WRITTEN = 'in the order of a document, as an office reads it'
const IN_TIME = 'what happened, one thing after the other'
const SAME_PLACES = 'its rows or columns belong to those of the lists beside it'
const CHOSEN_ABOVE = 'the field that it is of has the order and the filters'

/** Lists without an order to choose, each with its reason. */
const WITHOUT_ORDER: Readonly<Record<string, readonly string[]>> = {
  [ONE]: [
    'Allocation.holders',
    'AllocationProposal.parts',
    'Cluster.members',
    'DirectiveVersion.problems',
    'Erratum.indicators',
    'EvaluationChanged.units',
    'FigureGroup.statuses',
    'FrozenRanking.changedSince',
    'Indicator.errata',
    'IndicatorResult.further',
    'PointTable.answers',
    'PointTable.notAgreed',
    'Query.checkDirective',
    'Query.savedQueries',
    'Query.trailGaps',
    'Unit.aliases',
    'Unit.predecessors',
    'Unit.successors',
    'UnitYear.of',
  ],
  [BEST_FIRST]: [
    'ClusterRank.members',
    'Fairness.decisions',
    'Fairness.flips',
    'Fairness.units',
    'FrozenRanking.members',
    'FrozenRanking.nominees',
    'FrozenRanking.places',
    'PointPlace.comparedWith',
    'PointRanking.awards',
    'PointRanking.fairness',
    'PointRanking.members',
    'PointsItTakes.changes',
    'Query.overallNominations',
    'Ranking.clusters',
    'Standing.differences',
    'UnitFairness.movedBy',
    'UnitRank.comparedWith',
    'WhatItTakes.facts',
    'WhatItTakes.figures',
  ],
  [AS_WRITTEN]: [
    'Directive.duties',
    'Directive.errata',
    'Directive.indicators',
    'EmulationYear.dutyReports',
    'EmulationYear.facts',
    'Filing.lines',
    'Filing.targets',
    'MainIndicatorCount.items',
    'PointPlace.lines',
    'PointSheet.lines',
    'PointSheets.lines',
    'PointTable.criteria',
    'Query.directiveDifferences',
    'Unit.targets',
    'UnitRank.trace',
  ],
  [IN_TIME]: [
    'Cluster.frozenRankings',
    'Cluster.pointTables',
    'Cluster.renamings',
    'EmulationYear.due',
    'FrozenRanking.decisions',
    'FrozenRanking.steps',
    'PointSheets.sheets',
    'Query.deadlines',
    'Query.directiveVersions',
    'Query.directives',
    'Query.ownTrail',
    'Query.trail',
    'Query.trailHeads',
    'TrailBatch.entries',
    'Unit.history',
    'Unit.memberships',
    'Unit.series',
    'Unit.states',
    'Unit.submissions',
    'Unit.years',
  ],
  [SAME_PLACES]: ['Matrix.indicators', 'Matrix.units'],
  [CHOSEN_ABOVE]: ['FigureComparison.differences', 'FigureComparison.missing'],
}

/** Lists without a filter besides, with an order or without. */
const WITHOUT_FILTER_BUT_ORDER = { 'Cluster.units': 'the fifteen members of one cluster' }
/** Of those without an order, the ones that can be narrowed all the same. */
const NARROWED = [
  'PointPlace.comparedWith',
  'Query.checkDirective',
  'Query.deadlines',
  'Query.directiveDifferences',
  'Query.ownTrail',
  'Query.trail',
  'Query.trailGaps',
  'Unit.history',
  'Unit.series',
  'Unit.targets',
  'Unit.years',
  'UnitRank.comparedWith',
]

const NO_FILTERS = ['first', 'last', 'after', 'before', 'locale', 'year', 'asOf', 'on', 'orderBy', 'descending']

interface List {
  readonly name: string
  readonly ordered: boolean
  readonly narrowed: boolean
}

const lists: readonly List[] = Object.values(schema.getTypeMap()).flatMap((type) => {
  // The page of a list, and what a mutation changed.
  if (!isObjectType(type) || /^__|Connection$|Payload$/.test(type.name) || type.name === 'Mutation') return []
  return Object.values(type.getFields()).flatMap(({ name, type: of, args }): List[] => {
    const named = getNamedType(of)
    const isList = isListType(getNullableType(of)) || named.name.endsWith('Connection')
    if (!isList || isLeafType(named)) return []
    return [
      {
        name: `${type.name}.${name}`,
        ordered: args.some((arg) => arg.name === 'orderBy'),
        narrowed: args.some((arg) => !NO_FILTERS.includes(arg.name)),
      },
    ]
  })
})

test('every list has an order to choose, or a reason why not', () => {
  expect(lists.length).toBeGreaterThan(70)
  const without = lists.filter(({ ordered }) => !ordered).map(({ name }) => name)
  expect(without.sort()).toEqual(Object.values(WITHOUT_ORDER).flat().sort())
})

test('every list that has an order can be narrowed too, and those that can be narrowed are told', () => {
  const ordered = lists.filter((list) => list.ordered && !list.narrowed).map(({ name }) => name)
  expect(ordered).toEqual(Object.keys(WITHOUT_FILTER_BUT_ORDER))
  expect(
    lists
      .filter((list) => !list.ordered && list.narrowed)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(NARROWED)
})

/** Names of texts whose values nobody can list: words of people, names, codes, documents, signatures. */
const OPEN = new Set(
  `answeredBy arithmetic assessor assignedBy awardReasons batch cell closingDecision cluster clusterCode code copiedFrom
  criterion cursor decision description document draftedBy endCursor evidence explanation fileName frozenBy hash html id
  indicator indicators intended interpretation issuer item markdown message movedBy name nearest note number origin partOf
  path previousHash printed publicKey quote reading reason reasons reckoned recordedBy responsible revoked row rule savedBy section
  setupTemplate sheet signature signedBy signedText slug source startCursor subject supersededBy takenBy template text title
  to unchanged unit variables verdictReason version weights who withdrawn xlsx alsoIn`.split(/\s+/),
)
/** Texts that sound like a closed set, and are none. */
const NO_ENUM: Readonly<Record<string, string>> = {
  'Unit.kind': 'as an office calls it: Tỉnh, Huyện, Sở, and whatever a law brings; the closed set is `level`',
  'UnitState.kind': 'the same',
  'UnitRank.award': 'a policy names its awards',
  'OverallNomination.award': 'a policy names its awards',
  'Nominee.proposed': 'a policy names its awards',
  'Nominee.granted': 'a policy names its awards',
  'PointPlace.grade': 'a point table names its grades',
  'PointPlace.award': 'a policy names its awards',
  'PointAward.award': 'a policy names its awards',
  'EligibilityFact.fact': 'a policy names the facts that it asks for',
  'FactChange.fact': 'a policy names the facts that it asks for',
  'DirectiveDifference.field': 'a key of a document',
  'EmulationYear.withheld': 'names of fields of this type, for people: a program finds them null',
  'TrailBatch.role': 'as the token said it, empty where nobody signed in: kept for ever, whatever roles there will be',
  'TrailBatch.table': 'as the database called it then; the filter refuses one that it does not have',
  'TrailGap.table': 'as the database calls it',
  'Indicator.closesOn': 'a day of any year, MM-DD, which no scalar is for',
}

test('every text is open, or has an enum beside it, or a reason why not', () => {
  const texts = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).flatMap((field) =>
          getNamedType(field.type).name === 'String' && field.deprecationReason === undefined
            ? [{ name: field.name, full: `${type.name}.${field.name}` }]
            : [],
        )
      : [],
  )
  expect(texts.length).toBeGreaterThan(150)
  const closed = texts.filter(({ name }) => !OPEN.has(name)).map(({ full }) => full)
  expect(closed.sort()).toEqual(Object.keys(NO_ENUM).sort())
  // Nothing is called open that is nowhere.
  expect([...OPEN].filter((name) => !texts.some((text) => text.name === name))).toEqual([])
})

test('what was deprecated names a field that is there', () => {
  const said = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap(({ deprecationReason }) =>
          deprecationReason ? [[type, /Ask for `(\w+)`/.exec(deprecationReason)?.[1]] as const] : [],
        )
      : [],
  )
  expect(said.length).toBeGreaterThan(10)
  expect(said.filter(([type, field]) => field !== undefined && !type.getFields()[field])).toEqual([])
})

// biome-ignore lint/suspicious/noExplicitAny: each check knows the shape that its own question asks for
type Data = any
const ask = async (text: string): Promise<Data> => {
  const { data, errors } = await shared('demo').query<Data>(text)
  expect(errors).toBeUndefined()
  return data
}
const vietnamese = new Intl.Collator('vi')
const rises = (keys: readonly (number | string | null)[], sign = 1) => {
  const known = keys.filter((key) => key !== null)
  expect(known.length).toBeGreaterThan(1)
  expect(keys.slice(known.length).every((key) => key === null)).toBe(true)
  for (const [i, key] of known.entries()) {
    if (i === 0) continue
    const before = known[i - 1] as number | string
    const difference = typeof key === 'string' ? vietnamese.compare(key, String(before)) : key - Number(before)
    expect(difference * sign).toBeGreaterThanOrEqual(0)
  }
}
const withoutKind = ({ name, kind }: { name: string; kind: string }) => name.replace(`${kind} `, '')

describe('orders', () => {
  test.each<[string, string, (data: Data) => readonly (number | string | null)[]]>([
    [
      'units by name',
      'units(level: COMMUNE, orderBy: NAME$) { nodes { name kind } }',
      ({ units }) => units.nodes.map(withoutKind),
    ],
    [
      'children by name',
      'unit(code: "097") { children(orderBy: NAME$) { nodes { name kind } } }',
      ({ unit }) => unit.children.nodes.map(withoutKind),
    ],
    [
      'members by name',
      'cluster(code: "cum-vung-cao") { units(orderBy: NAME$) { nodes { name kind } } }',
      ({ cluster }) => cluster.units.nodes.map(withoutKind),
    ],
    [
      'clusters by name',
      'clusters(orderBy: NAME$) { nodes { name } }',
      ({ clusters }) => clusters.nodes.map((node: Data) => node.name),
    ],
    [
      'indicators by name',
      'indicators(orderBy: NAME$) { nodes { name } }',
      ({ indicators }) => indicators.nodes.map((node: Data) => node.name),
    ],
    [
      'results by completion',
      'unit(code: "098") { evaluation { results(orderBy: COMPLETION$) { completion } } }',
      ({ unit }) => unit.evaluation.results.map((result: Data) => result.completion),
    ],
    [
      'results in the course of a year',
      'unit(code: "103") { evaluation(asOf: "2022-09-30") { results(section: "3.1", status: [IN_PROGRESS, MET], orderBy: COMPLETION$) { completion } } }',
      ({ unit }) => unit.evaluation.results.map((result: Data) => result.completion),
    ],
    [
      'completeness',
      'completeness(asOf: "2022-06-30", level: COMMUNE, orderBy: COMPLETENESS$) { completeness }',
      ({ completeness }) => completeness.map((row: Data) => row.completeness),
    ],
    [
      'figures by day',
      'unit(code: "11") { measurements(orderBy: DATE$) { asOf } }',
      ({ unit }) => unit.measurements.map((measurement: Data) => measurement.asOf),
    ],
    [
      'roll-ups by difference',
      'unit(code: "11") { rollUps(orderBy: DIFFERENCE$) { own difference } }',
      ({ unit }) =>
        unit.rollUps.map(({ own, difference }: Data) =>
          own && difference !== null ? Math.abs(difference / own) : null,
        ),
    ],
    [
      'allocation by share',
      'allocation(orderBy: SHARE$) { share }',
      ({ allocation }) => allocation.map((row: Data) => row.share),
    ],
    ['dues by day', 'dues(orderBy: DUE_ON$) { due { dueOn } }', ({ dues }) => dues.map((due: Data) => due.due.dueOn)],
  ])('%s', async (_, text, keysOf) => {
    rises(keysOf(await ask(`{ ${text.replace('$', '')} }`)))
    rises(keysOf(await ask(`{ ${text.replace('$', ', descending: true')} }`)), -1)
  })

  test.each(['', 'orderBy: NAME', 'orderBy: NAME, descending: true', 'descending: true', 'orderBy: CODE'])(
    'pages (%s) go through all, each once, forwards and backwards',
    async (order) => {
      const all = await ask(`{ units(level: DISTRICT, first: 200${order && `, ${order}`}) { nodes { code } } }`)
      const codes = all.units.nodes.map(({ code }: Data) => code)
      expect(new Set(codes).size).toBe(codes.length)
      for (const [page, cursor] of [
        ['first', 'after'],
        ['last', 'before'],
      ] as const) {
        const seen: string[] = []
        for (let at: string | null = null; seen.length < codes.length; ) {
          const { units } = await ask(
            `{ units(level: DISTRICT, ${page}: 3${at ? `, ${cursor}: "${at}"` : ''}${order && `, ${order}`}) { nodes { code } pageInfo { endCursor startCursor } } }`,
          )
          const next = units.nodes.map(({ code }: Data) => code)
          expect(next.length).toBeGreaterThan(0)
          if (page === 'first') seen.push(...next)
          else seen.unshift(...next)
          at = page === 'first' ? units.pageInfo.endCursor : units.pageInfo.startCursor
        }
        expect(seen).toEqual(codes)
      }
    },
  )
})

describe('filters', () => {
  test('of indicators: what is measured so, at a level, is a target, is a main one', async () => {
    const { all, flows, communes, targets, main, others } = await ask(`{
      all: indicators { nodes { ...of } } flows: indicators(measure: FLOW) { nodes { ...of } }
      communes: indicators(level: COMMUNE) { nodes { ...of } } targets: indicators(role: PROJECTION) { nodes { ...of } }
      main: indicators(main: true) { totalCount } others: indicators(main: false) { totalCount } }
      fragment of on Indicator { code measure levels role }`)
    const codes = (list: Data) => list.nodes.map(({ code }: Data) => code)
    const expected = (keep: (row: Data) => boolean) => all.nodes.filter(keep).map(({ code }: Data) => code)
    expect(codes(flows)).toEqual(expected(({ measure }) => measure === 'FLOW'))
    expect(codes(communes)).toEqual(expected(({ levels }) => levels.includes('COMMUNE')))
    expect(codes(targets)).toEqual(expected(({ role }) => role === 'PROJECTION'))
    expect(main.totalCount + others.totalCount).toBe(all.nodes.length)
    for (const list of [flows, communes, targets]) expect(list.nodes.length).toBeGreaterThan(0)
  })

  test('of a section, of chosen indicators, of kinds', async () => {
    const data = await ask(`{
      unit(code: "11") { evaluation { results(section: "3.2") { indicator { section alsoIn } } } rollUps(indicators: ["forest-cover"]) { indicator { code } }
        children(level: COMMUNE) { totalCount } districts: children(level: DISTRICT, search: "muong") { nodes { name level } } }
      district: unit(code: "098") { targets(indicators: ["forest-cover"]) { indicator { code } comparison comparator } }
      allocation(indicators: ["macadamia-planted"]) { indicator { code } }
      deadlines(kinds: [PLAN]) { kind } clusters(kind: CLUSTER) { nodes { kind } }
      figureGroups(by: [LEVEL, STATUS, FIGURE_STATUS, DATE]) { level ofLevel status ofStatus figureStatus ofFigureStatus date ofDate } }`)
    for (const { indicator } of data.unit.evaluation.results)
      expect([indicator.section, ...indicator.alsoIn]).toContain('3.2')
    expect(data.unit.evaluation.results.length).toBeGreaterThan(0)
    expect(data.unit.rollUps.map((rollUp: Data) => rollUp.indicator.code)).toEqual(['forest-cover'])
    expect(data.unit.children.totalCount).toBe(0)
    expect(data.unit.districts.nodes.length).toBeGreaterThan(0)
    for (const { name, level } of data.unit.districts.nodes)
      expect([name, level]).toEqual([expect.stringContaining('Mường'), 'DISTRICT'])
    for (const { indicator, comparison, comparator } of data.district.targets) {
      expect([indicator.code, comparison]).toEqual([
        'forest-cover',
        { '>=': 'AT_LEAST', '<=': 'AT_MOST', '=': 'EXACTLY', '~': 'ABOUT' }[comparator as string],
      ])
    }
    expect(data.allocation.map((row: Data) => row.indicator.code)).toEqual(['macadamia-planted'])
    expect(data.deadlines.map((deadline: Data) => deadline.kind)).toEqual(data.deadlines.map(() => 'PLAN'))
    for (const { kind } of data.clusters.nodes) expect(kind).toBe('CLUSTER')
    expect(data.figureGroups.length).toBeGreaterThan(5)
    for (const figureGroup of data.figureGroups) {
      expect(figureGroup.ofLevel).toBe(figureGroup.level.toUpperCase())
      expect(figureGroup.ofStatus).toBe(figureGroup.status)
      expect(figureGroup.ofFigureStatus).toBe(figureGroup.figureStatus?.toUpperCase() ?? null)
      expect(figureGroup.ofDate).toBe(figureGroup.date)
    }
  })
})
