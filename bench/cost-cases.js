// A question for every root field and every list field of the schema. `cost.test.ts` of the server fails where one has none.
// {day}: a day of 2022, {commune}, {district}: a unit, {indicator0} to {indicator3}: indicators, {n}: a number; each time another.

import { MEASURED_EVERYWHERE } from './invented.js'

const COMMUNES = ['03124', '03127', '03130', '03166', '03172', '03181', '03190', '03217', '03253', '03256']

const DISTRICTS = ['094', '095', '096', '097', '098', '099', '100', '101', '102', '103']

const rank = (rest) => `ranking(asOf: "{day}") { clusters { ${rest} } }`
const compared = (rest) =>
  `figureComparison(indicator: "{indicator0}", from: "2022-01-01", to: "{day}", level: COMMUNE) { ${rest} }`
const year = (rest) => `unit(code: "{district}") { emulationYear { ${rest} } }`
const frozen = (rest) => `frozenRanking(code: "{frozen}") { ${rest} }`
const clusterFrozen = (rest) => `cluster(code: "cum-vung-cao") { frozenRankings { ${rest} } }`
const byTable = (rest) => `cluster(code: "cum-vung-thap") { pointRanking(asOf: "{day}") { ${rest} } }`
const table = (rest) => `cluster(code: "cum-vung-thap") { pointTables { ${rest} } }`
const sheets = (rest) => `unit(code: "102") { pointSheets { ${rest} } }`
const change = (field) => ({ mutation: field })
/** Written as another is: some statements and the trail; it cannot be repeated at will. */
const as = (other) => ({ as: other })

/** Forty targets of one change: of ten communes, four each. */
const TARGETS = [0, 1, 2, 3]
  .flatMap((i) => COMMUNES.map((unit) => `{ unit: "${unit}", indicator: "{indicator${i}}", value: {n} }`))
  .join(', ')

/** Of a document: names that lead nowhere, in indicators that have too little otherwise. */
const LOST = Array.from({ length: 40 }, (_, i) => `{ id: "x-{n}-${i}", partOf: "y-${i}" }`).join(', ')

const MUTATIONS = [
  'adoptPointTable',
  'agreePointTable',
  'draftPointTable',
  'submitScoreSheet',
  'appraise',
  'assignTargets',
  'changeUnits',
  'closeCluster',
  'copyMemberships',
  'createCluster',
  'decide',
  'draftDirective',
  'fileDocument',
  'freezeRanking',
  'importMeasurements',
  'nominate',
  'publish',
  'publishDirective',
  'recordFact',
  'removeMembership',
  'renameCluster',
  'revoke',
  'saveQuery',
  'setClusterHead',
  'setDeadline',
  'setMembership',
  'setUp',
  'settleTie',
  'signPact',
  'submitMeasurements',
  'submitScore',
  'trustQuery',
  'withdrawMeasurement',
  'withdrawRanking',
]
/** What was wrong in an input costs nothing beside the change. */
const ERRORS = Object.fromEntries([
  ...MUTATIONS.map((name) => [`${name[0].toUpperCase()}${name.slice(1)}Payload.errors`, as(`Mutation.${name}`)]),
  ...['UserError.path', 'InputError.path', 'EditConflict.path', 'ImpossibleStep.path', 'ImpossibleStep.possible'].map(
    (field) => [field, as('Mutation.recordFact')],
  ),
])

export const CASES = {
  'Query.node': 'node(id: "VW5pdDowOTY=") { id }',
  'Query.directive': 'directive { number }',
  'Query.directives': 'directives { number }',
  'Query.directiveVersions': 'directiveVersions { code }',
  'Query.directiveVersion': 'directiveVersion(code: "2022-1") { code }',
  'Query.checkDirective': 'checkDirective(document: { year: {n} }) { path }',
  'Query.checkDirective of many parts': `checkDirective(document: { year: {n}, indicators: [${LOST}] }) { path }`,
  'Query.directiveDifferences': 'directiveDifferences(from: "2022", to: "2022-1") { text }',
  'DirectiveVersion.problems': 'directiveVersions { problems { path } }',
  'IndicatorResult.further': 'unit(code: "{commune}") { evaluation(asOf: "{day}") { results { further { quote } } } }',
  'MainIndicatorCount.items':
    'unit(code: "{district}") { evaluation(asOf: "{day}") { mainIndicators { items { code } } } }',
  'MainIndicatorItem.indicators':
    'unit(code: "{district}") { evaluation(asOf: "{day}") { mainIndicators { items { indicators } } } }',
  'Query.indicators': 'indicators(search: "{letter}") { nodes { id } }',
  'Query.indicator': 'indicator(id: "exports") { name }',
  'Query.units': 'units(search: "m{n}", first: 20) { nodes { code } }',
  'Query.unit': 'unit(code: "{commune}") { name }',
  'Query.clusters': 'clusters { nodes { code } }',
  'Query.cluster': 'cluster(code: "cum-vung-cao") { code }',
  'Query.evaluate': 'evaluate(input: { facts: [{ indicator: "exports", value: {n} }] }) { summary { met } }',
  'Query.matrix': 'matrix(asOf: "{day}") { year units { code } values }',
  'Query.allocation': 'allocation(asOf: "{day}") { target assigned }',
  'Query.proposeAllocation':
    'proposeAllocation(indicator: "macadamia-planted", by: EQUAL, total: {n}) { parts { value } }',
  'Query.completeness': 'completeness(asOf: "{day}") { expected reported }',
  'Query.figureGroups': 'figureGroups(by: [CLUSTER, SECTION], asOf: "{day}") { count mean }',
  'Query.figureComparison': compared('compared'),
  'FigureComparison.differences': compared('differences { difference }'),
  'FigureComparison.missing': compared('missing { code }'),
  'Query.dues': 'dues(on: "{day}", states: [LATE, MISSING]) { unit { code } due { kind state } }',
  'Query.scoreComparisons': 'scoreComparisons(atLeast: {n}) { unit { code } difference }',
  'Query.ranking': rank('rank score'),
  'Query.report': 'report(asOf: "{day}") { title markdown }',
  'Query.deadlines': 'deadlines { dueOn }',
  'Query.setupTemplate': 'setupTemplate',
  'Cluster.renamings': 'clusters { nodes { renamings { name } } }',
  'Query.frozenRanking': frozen('code'),
  'Query.overallNominations': 'overallNominations { award }',
  'Query.savedQueries': 'savedQueries { slug }',
  'Query.savedQuery': 'savedQuery(slug: "bench") { slug }',
  'Query.trail': 'trail(first: 20) { nodes { id } }',
  'Query.ownTrail': 'ownTrail(first: 20) { nodes { id } }',
  'Query.trailGaps': 'trailGaps { batch }',
  'Query.trailHead': 'trailHead { __typename }',
  'Query.trailHeads': 'trailHeads { __typename }',

  'Allocation.holders': 'allocation(asOf: "{day}") { holders { value } }',
  'AllocationProposal.parts':
    'proposeAllocation(indicator: "macadamia-planted", by: EQUAL, total: {n}) { parts { weight value } }',
  'Cluster.frozenRankings': clusterFrozen('code'),
  'Cluster.members': 'cluster(code: "cum-vung-cao") { members { source inferred } }',
  'Cluster.pointTable': 'cluster(code: "cum-vung-thap") { pointTable { version } }',
  'Cluster.pointTables': table('version'),
  'Cluster.pointRanking': byTable('asOf'),
  'PointTable.criteria': table('criteria { code }'),
  'PointTable.answers': table('answers { agrees }'),
  'PointTable.notAgreed': table('notAgreed { code }'),
  'PointTable.table': table('table'),
  'PointTable.printed': table('printed'),
  'PointTable.xlsx': table('xlsx'),
  'PointRanking.members': byTable('members { rank }'),
  'PointPlace.lines': byTable('members { lines { code points clause } }'),
  'PointPlace.reasons': byTable('members { reasons }'),
  'PointPlace.award': byTable('members { award }'),
  'PointPlace.awardReasons': byTable('members { awardReasons }'),
  'PointRanking.awards': byTable('awards { award seats nominated }'),
  'PointPlace.comparedWith': byTable('members { comparedWith(unit: "102") { difference } }'),
  'PointsItTakes.changes': byTable('members { whatItTakes { changes { code } } }'),
  'PointRanking.fairness': byTable('fairness { rank }'),
  'PointFairness.movedBy': byTable('fairness { movedBy }'),
  'FrozenRanking.places': frozen('places { points }'),
  'PointSheets.sheets': sheets('sheets { stage }'),
  'PointSheets.lines': sheets('lines { code difference }'),
  'PointSheet.lines': sheets('sheets { lines { points } }'),
  'Cluster.units': 'cluster(code: "cum-vung-cao") { units { nodes { code name } } }',
  'ClusterConnection.edges': 'clusters { edges { cursor } }',
  'ClusterConnection.nodes': 'clusters { nodes { code name year source } }',
  'ClusterRank.members': rank('members { rank score }'),
  'ClusterRank.reasons': rank('reasons'),
  'ClusterRank.fairness': rank('fairness(draws: 500, seed: {n}) { draws }'),
  'Directive.duties': 'directive { duties { id } }',
  'Directive.errata': 'directive { errata { __typename } }',
  'Directive.indicators': 'directive { indicators { id name } }',
  'EmulationYear.due': year('due { state }'),
  'EmulationYear.dutyReports': year('dutyReports { duty { id } }'),
  'EmulationYear.facts': year('facts { fact }'),
  'EmulationYear.withheld': year('withheld'),
  'Erratum.indicators': 'directive { errata { indicators { id } } }',
  'Evaluation.results': 'unit(code: "{commune}") { evaluation(asOf: "{day}") { results { status completion } } }',
  'Fairness.decisions': rank('fairness(draws: 100, seed: {n}) { decisions { difference } }'),
  'Fairness.flips': rank('fairness(draws: 100, seed: {n}) { flips { share } }'),
  'Fairness.units': rank('fairness(draws: 100, seed: {n}) { units { rank } }'),
  'FigureGroup.statuses': 'figureGroups(by: [UNIT], asOf: "{day}") { statuses { count } }',
  'Filing.lines': year('selfScore { lines { __typename } }'),
  'Filing.targets': year('pact { targets { __typename } }'),
  'FrozenMember.reasons': frozen('members { reasons }'),
  'FrozenRanking.changedSince': frozen('changedSince { __typename }'),
  'FrozenRanking.decisions': frozen('decisions { __typename }'),
  'FrozenRanking.members': frozen('members { rank }'),
  'FrozenRanking.nominees': frozen('nominees { proposed }'),
  'FrozenRanking.possible': frozen('possible'),
  'FrozenRanking.steps': frozen('steps { __typename }'),
  'Indicator.alsoIn': 'indicators { nodes { alsoIn } }',
  'Indicator.errata': 'indicators { nodes { errata { __typename } } }',
  'Indicator.levels': 'indicators { nodes { levels } }',
  'IndicatorConnection.edges': 'indicators { edges { cursor } }',
  'IndicatorConnection.nodes': 'indicators { nodes { id name quote } }',
  'Matrix.completions': 'matrix(asOf: "{day}") { completions }',
  'Matrix.indicators': 'matrix(asOf: "{day}") { indicators { id name } }',
  'Matrix.statuses': 'matrix(asOf: "{day}") { statuses }',
  'Matrix.units': 'matrix(asOf: "{day}") { units { code name level } }',
  'Matrix.values': 'matrix(asOf: "{day}") { values }',
  'Nominee.reasons': frozen('nominees { reasons }'),
  'OverallNomination.reasons': 'overallNominations { reasons }',
  'Ranking.clusters': rank('rank spread'),
  'Standing.differences': 'unit(code: "097") { standing(asOf: "{day}") { differences { own } } }',
  'TrailBatch.entries': 'trail(first: 5) { nodes { entries(first: 20) { __typename } } }',
  'MeasurementConnection.edges': 'unit(code: "{commune}") { submissions(first: 20) { edges { cursor } } }',
  'MeasurementConnection.nodes': 'unit(code: "{commune}") { submissions(first: 20) { nodes { value } } }',
  'TrailConnection.edges': 'trail(first: 20) { edges { cursor } }',
  'TrailConnection.nodes': 'trail(first: 20) { nodes { id } }',
  'Unit.children': 'unit(code: "096") { children { nodes { code } } }',
  'Unit.standing as known': 'unit(code: "{district}") { standing(recordedBefore: "{moment}") { own { rank } } }',
  'Unit.evaluation as known': 'unit(code: "{commune}") { evaluation(recordedBefore: "{moment}") { summary { met } } }',
  // Scalars that are made, or written out at length: the same one may stand under a thousand names.
  'Query.ranking by weights': 'ranking(weights: [{ section: "3.1", times: {n} }], asOf: "{day}") { year }',
  'Directive.document': 'directive { a: document b: document c: document d: document }',
  'DirectiveVersion.document': 'directiveVersion(code: "2022-1") { a: document b: document c: document d: document }',
  'FrozenRanking.document': frozen('a: document b: document c: document d: document'),
  'FrozenRanking.reproducible': frozen('a: reproducible b: reproducible c: reproducible d: reproducible'),
  'Ranking.policy': 'ranking { a: policy b: policy c: policy d: policy }',
  'Unit.viewerCan': 'units { nodes { viewerCan(action: RECORD_FACT) } }',
  'Cluster.viewerCan': 'clusters { nodes { viewerCan(action: RECORD_FACT) } }',
  'Query.ranking as known': 'ranking(recordedBefore: "{moment}") { year }',
  'Query.matrix as known': 'matrix(level: COMMUNE, recordedBefore: "{moment}") { year values }',
  'Query.matrix by pace': 'matrix(pace: [BEHIND], asOf: "{day}") { year }',
  'Unit.memberships': 'unit(code: "{district}") { memberships { year } }',
  'Unit.states': 'unit(code: "{commune}") { states { code name } }',
  'Unit.aliases': 'unit(code: "{commune}") { aliases { name } }',
  'Unit.predecessors': 'unit(code: "{commune}") { predecessors { on } }',
  'Unit.successors': 'unit(code: "{commune}") { successors { on } }',
  'Unit.years': 'unit(code: "{commune}") { years(indicator: "poverty-rate") { value } }',
  'Unit.series': 'unit(code: "{commune}") { series(indicator: "poverty-rate") { value asOf } }',
  'Unit.history': 'unit(code: "{commune}") { history(indicator: "poverty-rate") { value asOf } }',
  'Unit.measurements': 'unit(code: "{commune}") { measurements(asOf: "{day}") { value asOf status } }',
  'Unit.rollUps': 'unit(code: "11") { rollUps(asOf: "{day}") { own children } }',
  'Unit.targets': 'unit(code: "096") { targets(asOf: "{day}") { value } }',
  'UnitConnection.edges': 'units { edges { cursor } }',
  'UnitConnection.nodes': 'units { nodes { code name level } }',
  'UnitFairness.movedBy': rank('fairness(draws: 100, seed: {n}) { units { movedBy { id } } }'),
  'UnitRank.awardReasons': rank('members { awardReasons }'),
  'UnitRank.comparedWith':
    'unit(code: "096") { standing(asOf: "{day}") { own { comparedWith(unit: "097") { own } } } }',
  'UnitRank.reasons': rank('members { reasons }'),
  'UnitRank.trace': rank('members { trace { points outOf } }'),
  'WhatItTakes.facts': rank('members { whatItTakes { facts { fact } } }'),
  'WhatItTakes.figures': rank('members { whatItTakes { figures { points } } }'),

  'Mutation.submitMeasurements': change(
    'submitMeasurements(input: { unit: "096", year: 2022, asOf: "2022-06-30", status: ESTIMATE, source: "bench", reason: "bench", values: [{ indicator: "poverty-rate", value: {n} }] }) { errors { message } }',
  ),
  'Mutation.assignTargets': change(
    `assignTargets(input: { year: 2022, validFrom: "{day}", source: "bench", targets: [${TARGETS}] }) { targets { value } errors { code } }`,
  ),
  'Mutation.recordFact': change(
    'recordFact(input: { unit: "096", year: 2022, fact: "advancedModels", value: {n}, evidence: "bench" }) { fact { revision } errors { code } }',
  ),
  'Mutation.setDeadline': change(
    'setDeadline(input: { year: 2022, kind: PLAN, dueOn: "{day}", source: "bench {n}" }) { deadline { dueOn } errors { code } }',
  ),
  'Mutation.saveQuery': change(
    'saveQuery(input: { slug: "bench", title: "bench {n}", description: "bench", text: "{ __typename }", shared: true }) { savedQuery { slug } errors { code } }',
  ),
  'Mutation.freezeRanking': change(
    'freezeRanking(input: { cluster: "cum-vung-thap", year: 2022, asOf: "{day}", reason: "bench" }) { ranking { code } errors { code } }',
  ),
  'Mutation.changeUnits': change(
    'changeUnits(input: { decision: "bench", aliases: [{ unit: "096", on: "{day}", name: "bench {n}", source: "bench" }] }) { errors { message } }',
  ),
  'Mutation.draftDirective': change(
    'draftDirective(input: { document: { year: 2022, id: "bench {n}" }, source: "bench" }) { errors { code } }',
  ),
  'Mutation.publishDirective': as('Mutation.draftDirective'),
  'Mutation.draftPointTable': change(
    'draftPointTable(input: { cluster: "cum-vung-cao", year: 2031, copyOf: { cluster: "cum-vung-thap", year: 2022 }, reason: "bench {n}" }) { errors { message } }',
  ),
  'Mutation.submitScoreSheet': change(
    'submitScoreSheet(input: { unit: "102", year: 2022, stage: FIRST, scoredOn: "2023-01-10", signedBy: "A", evidence: "bench", lines: [{ code: "1.1", points: {n} }] }) { errors { message } }',
  ),
  'Mutation.agreePointTable': as('Mutation.draftPointTable'),
  'Mutation.adoptPointTable': as('Mutation.draftPointTable'),
  'Mutation.appraise': as('Mutation.recordFact'),
  'Mutation.decide': as('Mutation.recordFact'),
  'Mutation.fileDocument': as('Mutation.recordFact'),
  'Mutation.importMeasurements': as('Mutation.submitMeasurements'),
  'Mutation.nominate': as('Mutation.recordFact'),
  'Mutation.publish': as('Mutation.recordFact'),
  'Mutation.revoke': as('Mutation.recordFact'),
  'Mutation.withdrawRanking': as('Mutation.recordFact'),
  'Mutation.setClusterHead': as('Mutation.setDeadline'),
  'Mutation.setMembership': as('Mutation.setDeadline'),
  'Mutation.setUp': as('Mutation.submitMeasurements'),
  'Mutation.closeCluster': as('Mutation.setDeadline'),
  'Mutation.copyMemberships': as('Mutation.setDeadline'),
  'Mutation.createCluster': as('Mutation.setDeadline'),
  'Mutation.removeMembership': as('Mutation.setDeadline'),
  'Mutation.renameCluster': as('Mutation.setDeadline'),
  'CopyMembershipsPayload.units': as('Mutation.setDeadline'),
  'CopyMembershipsPayload.leftOut': as('Mutation.setDeadline'),
  'Mutation.settleTie': as('Mutation.recordFact'),
  'Mutation.signPact': as('Mutation.recordFact'),
  'Mutation.submitScore': as('Mutation.recordFact'),
  'Mutation.trustQuery': as('Mutation.saveQuery'),
  'Mutation.withdrawMeasurement': as('Mutation.submitMeasurements'),
  'ImportMeasurementsPayload.problems': as('Mutation.submitMeasurements'),
  'ChangeUnitsPayload.units': as('Mutation.changeUnits'),
  'UnitYear.of': 'unit(code: "{commune}") { years(indicator: "poverty-rate") { of { code } } }',
  'SetUpPayload.problems': as('Mutation.submitMeasurements'),
  'SetUpPayload.sheets': as('Mutation.submitMeasurements'),
  'SubmissionWarning.indicators': as('Mutation.submitMeasurements'),
  'SubmitMeasurementsPayload.measurements': as('Mutation.submitMeasurements'),
  'SubmitMeasurementsPayload.unchanged': as('Mutation.submitMeasurements'),
  'SubmitMeasurementsPayload.warnings': as('Mutation.submitMeasurements'),
  'AssignTargetsPayload.targets': as('Mutation.assignTargets'),
  'AssignTargetsPayload.units': as('Mutation.assignTargets'),
  ...ERRORS,
  // An event costs what is asked below it.
  'Subscription.evaluationChanged': as('Query.unit'),
  'EvaluationChanged.units': as('UnitConnection.nodes'),
}

/** Fields of a printed schema that need a case: `Type.field`, of the root types, or a list. */
export function fieldsThatNeedACase(sdl) {
  const found = []
  for (const [, type, body] of sdl.matchAll(/^(?:type|interface) (\w+)[^{\n]*\{\n([\s\S]*?)^\}/gm)) {
    const plain = body
      .replace(/"""[\s\S]*?"""/g, '')
      .replace(/"[^"\n]*"/g, '""')
      .replace(/@\w+\([^)]*\)/g, '')
      .replace(/\([\s\S]*?\)\s*:/g, ':')
    for (const [, field, result] of plain.matchAll(/^ {2}(\w+)\s*:\s*([\w[\]!]+)/gm)) {
      if (['Query', 'Mutation', 'Subscription'].includes(type) || result.startsWith('[')) found.push(`${type}.${field}`)
    }
  }
  return found
}

const day = (n) => new Date(Date.UTC(2022, 0, 2 + (n % 362))).toISOString().slice(0, 10)

const SETS = Math.floor(MEASURED_EVERYWHERE.length / 4)
/** One of four indicators; others when all days were used. */
const indicator = (n, i) => MEASURED_EVERYWHERE[(Math.floor(n / 362) % SETS) * 4 + i]

/** A case as a selection; `n` is another each time where the question is to be a new one. */
export const selection = (text, n, values) =>
  text
    .replaceAll('{day}', day(n))
    .replaceAll('{commune}', COMMUNES[n % COMMUNES.length])
    .replaceAll('{district}', DISTRICTS[n % DISTRICTS.length])
    .replaceAll(/\{indicator(\d)\}/g, (_, i) => indicator(n, Number(i)))
    .replaceAll('{moment}', new Date(Date.UTC(2030, 0, 1, 0, 0, n)).toISOString())
    .replaceAll('{frozen}', values.frozen)
    .replaceAll('{letter}', 'aeghint'.charAt(n % 7))
    .replaceAll('{n}', String(1 + (n % 9)))
