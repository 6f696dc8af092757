// Thirty questions of analysts, each asked as one query: what it asks, and what an answer must be.

/** What a figure of revenue was corrected to, before the questions are asked. */
export const CORRECTED = 99.25

// biome-ignore lint/suspicious/noExplicitAny: each check knows the shape that its own question asks for
export type Data = any

/** What is known only when the server runs. */
interface Given {
  /** The moment after which the corrections came in. */
  readonly before: Date
  readonly policy: Readonly<Record<string, unknown>>
}

export interface Question {
  readonly asks: string
  readonly query: string
  readonly as?: 'council'
  variables?(given: Given): Record<string, unknown>
  check(data: Data, given: Given): void
}

const falling = (numbers: readonly number[]) => expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
const some = <T>(list: readonly T[]): readonly T[] => {
  expect(list.length).toBeGreaterThan(0)
  return list
}

export const QUESTIONS: readonly Question[] = [
  {
    asks: 'Đến 30/9 huyện nào chậm về tỷ lệ che phủ rừng, chậm bao nhiêu?',
    query: `{ units(level: DISTRICT) { nodes { name
      evaluation(asOf: "2022-09-30") { results(indicators: ["forest-cover"], status: [IN_PROGRESS]) { indicator { id } status pace value margin } }
      all: evaluation(asOf: "2022-09-30") { results { indicator { id } status } } } } }`,
    check: ({ units: { nodes } }) => {
      const asked = nodes.flatMap((unit: Data) => unit.evaluation.results)
      const open = nodes
        .flatMap((unit: Data) => unit.all.results)
        .filter((row: Data) => row.indicator.id === 'forest-cover' && row.status === 'IN_PROGRESS')
      expect(asked).toHaveLength(open.length)
      for (const { margin, indicator } of some<Data>(asked)) {
        expect(indicator.id).toBe('forest-cover')
        expect(margin).toBeLessThan(0)
      }
    },
  },
  {
    asks: 'Thu ngân sách của từng huyện qua các tháng?',
    query: '{ units(level: DISTRICT) { nodes { code series(indicator: "budget-revenue") { asOf value } } } }',
    check: ({ units: { nodes } }) => {
      for (const { series } of nodes) {
        const days = some<Data>(series).map(({ asOf }) => asOf)
        expect(days).toEqual([...new Set(days)].sort())
        expect(days.length).toBeGreaterThan(1)
      }
    },
  },
  {
    asks: 'Đơn vị nào chưa báo cáo đủ quý II?',
    query:
      '{ completeness(from: "2022-04-01", asOf: "2022-06-30", level: DISTRICT, incomplete: true) { unit { name } reported expected } }',
    check: ({ completeness }) => {
      for (const { reported, expected } of some<Data>(completeness)) expect(reported).toBeLessThan(expected)
    },
  },
  {
    asks: '10 xã giảm nghèo nhanh nhất trong nửa cuối năm?',
    query: `{ figureComparison(indicator: "poverty-rate", from: "2022-06-30", to: "2022-12-31", level: COMMUNE) { compared missing { code }
      differences { unit { name } before { value asOf } after { value asOf } difference } }
      units(level: COMMUNE) { totalCount } }`,
    check: ({ figureComparison: { compared, missing, differences }, units }) => {
      expect(differences).toHaveLength(10)
      expect(compared + missing.length).toBe(units.totalCount)
      falling(differences.map((difference: Data) => -difference.difference))
      for (const { before: was, after, difference } of differences) {
        expect(difference).toBeCloseTo(after.value - was.value, 9)
        expect(was.asOf < after.asOf).toBe(true)
      }
    },
  },
  {
    asks: 'Với tiến độ này, tỉnh không đạt chỉ tiêu nào?',
    query:
      '{ unit(code: "11") { evaluation(asOf: "2022-10-31") { results(status: [IN_PROGRESS], pace: [BEHIND]) { indicator { name } target { value } pace forecast { low high explanation } } } } }',
    check: ({ unit }) => {
      for (const { pace, forecast } of some<Data>(unit.evaluation.results)) {
        expect(pace).toBe('BEHIND')
        expect(forecast.low).toBeLessThanOrEqual(forecast.high)
      }
    },
  },
  {
    asks: 'Hai huyện cạnh nhau?',
    query:
      'query { a: unit(code: "096") { ...x } b: unit(code: "102") { ...x } } fragment x on Unit { name evaluation { results { indicator { id } value status } } }',
    check: ({ a, b }) => {
      expect(a.name).not.toBe(b.name)
      expect(a.evaluation.results.map((result: Data) => result.indicator.id)).toEqual(
        b.evaluation.results.map((result: Data) => result.indicator.id),
      )
    },
  },
  {
    asks: 'Nếu kinh tế nặng gấp đôi thì xếp hạng ra sao?',
    query:
      'query ($policy: JSON) { now: ranking { ...r } then: ranking(weights: [{ section: "3.1", times: 2 }]) { ...r } whole: ranking(policy: $policy) { ...r } indicators(section: "3.1") { nodes { code } } } fragment r on Ranking { policy clusters { members { unit { code } score } } }',
    variables: ({ policy }) => ({
      policy: { ...policy, id: 'thu', weights: { default: 1, indicators: { 'social-investment': 2 } } },
    }),
    check: ({ now, then, whole, indicators }) => {
      expect(whole.policy.weights.indicators).toEqual({ 'social-investment': 2 })
      expect(then.policy.weights.indicators).toEqual(
        Object.fromEntries(some<Data>(indicators.nodes).map(({ code }) => [code, 2])),
      )
      expect(then.clusters).not.toEqual(now.clusters)
      expect(then.clusters).not.toEqual(whole.clusters)
    },
  },
  {
    asks: 'Từ lúc đó đã thay đổi những gì, ai thay đổi, vì sao?',
    as: 'council',
    query:
      'query ($since: DateTime) { trail(since: $since, table: "measurements") { totalCount nodes { at subject role reason table entries { after } } } }',
    variables: ({ before }) => ({ since: before.toISOString() }),
    check: ({ trail }, { before }) => {
      expect(trail.totalCount).toBe(2)
      for (const { at, role } of trail.nodes) {
        expect(Date.parse(at)).toBeGreaterThanOrEqual(before.getTime())
        expect(role).toBe('administrator')
      }
      expect(trail.nodes[0].entries[0].after.value).toBe(CORRECTED)
    },
  },
  {
    asks: 'Các đơn vị thuộc cụm nào qua các năm?',
    query:
      '{ units(level: DISTRICT) { nodes { code memberships { year source cluster { name year } } cluster { name } } } }',
    check: ({ units: { nodes } }) => {
      for (const { memberships, cluster } of nodes) {
        expect(some<Data>(memberships)[0].cluster.name).toBe(cluster.name)
        falling(memberships.map((membership: Data) => membership.year))
        for (const membership of memberships) expect(membership.cluster.year).toBe(membership.year)
      }
    },
  },
  {
    asks: 'Bình quân tỷ lệ che phủ rừng theo cụm?',
    query:
      '{ figureGroups(by: [CLUSTER], where: { indicators: ["forest-cover"], level: DISTRICT }) { ofCluster { name code } cluster mean figures } }',
    check: ({ figureGroups }) => {
      for (const { ofCluster, cluster, mean } of some<Data>(figureGroups)) {
        expect(ofCluster?.code ?? null).toBe(cluster)
        expect(mean).toBeGreaterThan(0)
      }
    },
  },
  {
    asks: 'Số thu ngân sách của Mường Nhé đã được sửa những lần nào?',
    query:
      '{ unit(code: "096") { history(indicator: "budget-revenue") { asOf status revision value source } series(indicator: "budget-revenue") { value } } }',
    check: ({ unit: { history, series } }) => {
      const tried = history.filter((figure: Data) => figure.asOf === '2022-12-31' && figure.source === 'Thử')
      expect(tried.map((figure: Data) => [figure.revision, figure.value])).toEqual([
        [3, 99.25],
        [2, 111.5],
      ])
      expect(history.length).toBeGreaterThan(series.length)
    },
  },
  {
    asks: 'Tỉnh đã đạt những chỉ tiêu nào, theo nguồn nào?',
    query:
      '{ unit(code: "11") { evaluation { results(status: [MET]) { indicator { name } value measurement { value asOf source } } } } }',
    check: ({ unit }) => {
      for (const { value, measurement } of some<Data>(unit.evaluation.results)) {
        expect(measurement.value).toBe(value)
        expect(measurement.source).toBeTruthy()
      }
    },
  },
  {
    asks: 'Huyện nào không đạt nhiều chỉ tiêu nhất?',
    query:
      '{ figureGroups(by: [UNIT], where: { level: DISTRICT, status: [NOT_MET] }, orderBy: COUNT, descending: true) { ofUnit { name code } unit count } }',
    check: ({ figureGroups }) => {
      falling(some<Data>(figureGroups).map(({ count }) => count))
      for (const { ofUnit, unit } of figureGroups) expect(ofUnit.code).toBe(unit)
    },
  },
  {
    asks: 'Chỉ tiêu nào nhiều huyện không đạt nhất?',
    query:
      '{ figureGroups(by: [INDICATOR], where: { level: DISTRICT, status: [NOT_MET] }, orderBy: COUNT, descending: true) { ofIndicator { id name } indicator count } }',
    check: ({ figureGroups }) => {
      falling(some<Data>(figureGroups).map(({ count }) => count))
      for (const { ofIndicator, indicator } of figureGroups) expect(ofIndicator.id).toBe(indicator)
    },
  },
  {
    asks: 'Huyện được giao chỉ tiêu nào, chỉ tiêu nào theo mức của chỉ thị?',
    query:
      '{ unit(code: "096") { evaluation { results { inherited target { value } status } } targets { indicator { id } } } }',
    check: ({ unit: { evaluation, targets } }) => {
      const judged = evaluation.results.filter((result: Data) => result.target !== null)
      expect(judged.filter((result: Data) => result.inherited === null)).toHaveLength(targets.length)
      some(judged.filter((result: Data) => result.inherited === 'LEVEL'))
    },
  },
  {
    asks: 'Chỉ tiêu trồng mắc ca đã giao cho ai, còn thiếu bao nhiêu?',
    query:
      '{ allocation(indicators: ["macadamia-planted"]) { indicator { id } target assigned missing holders { unit { name } value } } }',
    check: ({ allocation }) => {
      const { target, assigned, missing, holders } = allocation.find(
        (share: Data) => share.indicator.id === 'macadamia-planted',
      )
      expect(missing).toBeCloseTo(target - assigned, 6)
      expect(holders.reduce((sum: number, holder: Data) => sum + holder.value, 0)).toBeCloseTo(assigned, 6)
    },
  },
  {
    asks: 'Cộng các huyện có bằng số của tỉnh không?',
    query: '{ unit(code: "11") { rollUps { indicator { id } own children differs reason } } }',
    check: ({ unit: { rollUps } }) => {
      for (const { own, children, differs, reason } of some<Data>(rollUps)) {
        // Compared, or it is said why not.
        expect(
          differs ? own !== children && reason === null : own === children || reason !== null || own !== null,
        ).toBe(true)
      }
      some(rollUps.filter((rollUp: Data) => rollUp.reason !== null))
    },
  },
  {
    asks: 'Ai dẫn đầu cụm, chắc đến đâu?',
    query:
      '{ ranking(cluster: "cum-vung-cao") { clusters { members { unit { name } rank } fairness(draws: 200) { units { unit { name } rank weights { best worst } } } } } }',
    check: ({ ranking: { clusters } }) => {
      for (const { rank, weights } of some<Data>(clusters[0].fairness.units)) {
        expect(weights.best).toBeLessThanOrEqual(rank)
        expect(weights.worst).toBeGreaterThanOrEqual(rank)
      }
    },
  },
  {
    asks: 'Vì sao Tủa Chùa không đứng trên, cần gì để lên một bậc?',
    query:
      '{ unit(code: "098") { standing { own { rank whatItTakes { aim gap figures { indicator { name } to } } } ahead { rank } differences { difference } } } }',
    check: ({ unit: { standing } }) => {
      expect(standing.own.whatItTakes.gap).toBeGreaterThanOrEqual(0)
      expect(standing.ahead.rank).toBeLessThan(standing.own.rank)
      some(standing.differences)
    },
  },
  {
    asks: 'Nếu vốn đầu tư xã hội đạt 99.999 tỷ đồng thì sao?',
    query: `{ now: ranking(cluster: "cum-vung-cao") { clusters { members { unit { code } score } } }
      then: ranking(cluster: "cum-vung-cao", figures: [{ unit: "098", indicator: "social-investment", value: 99999 }]) { clusters { members { unit { code } score } } } }`,
    check: ({ now, then }) => {
      const score = (ranking: Data) =>
        ranking.clusters[0].members.find((member: Data) => member.unit.code === '098').score
      expect(score(then)).toBeGreaterThan(score(now))
    },
  },
  {
    asks: 'Đơn vị nào nộp giao ước, kế hoạch, báo cáo chậm hoặc chưa nộp?',
    query:
      '{ dues(states: [LATE, MISSING], kinds: [PACT, PLAN, MIDTERM, FINAL], on: "2023-06-01") { unit { name } due { kind dueOn state filing { filedOn daysLate } } } }',
    check: ({ dues }) => {
      for (const { due } of some<Data>(dues)) {
        if (due.state === 'LATE') expect(due.filing.daysLate).toBeGreaterThan(0)
        else expect([due.state, due.filing]).toEqual(['MISSING', null])
      }
    },
  },
  {
    asks: 'Điểm tự chấm và điểm thẩm định lệch nhau từ nửa điểm trở lên?',
    as: 'council',
    query:
      '{ scoreComparisons(atLeast: 0.5) { unit { code } selfScore { points } appraisedScore { points } difference } }',
    check: ({ scoreComparisons }) => {
      falling(some<Data>(scoreComparisons).map(({ difference }) => Math.abs(difference)))
      const scoreComparison = scoreComparisons.find((scoreComparison: Data) => scoreComparison.unit.code === '097')
      expect([scoreComparison.selfScore.points, scoreComparison.appraisedScore.points]).toEqual([4, 3.25])
      expect(scoreComparison.difference).toBeCloseTo(0.75, 9)
    },
  },
  {
    asks: 'Xã nào còn trên 34% hộ nghèo?',
    query: `{ figureGroups(by: [UNIT], where: { indicators: ["poverty-rate"], level: COMMUNE, atLeast: 34 }, orderBy: MEAN, descending: true) { ofUnit { code name } mean }
      units(level: COMMUNE) { nodes { code measurements(indicators: ["poverty-rate"]) { value } } } }`,
    check: ({ figureGroups, units: { nodes } }) => {
      falling(some<Data>(figureGroups).map(({ mean }) => mean))
      const poor = nodes.filter((unit: Data) => unit.measurements.some((measurement: Data) => measurement.value >= 34))
      expect(figureGroups.map((figureGroup: Data) => figureGroup.ofUnit.code).sort()).toEqual(
        poor.map(({ code }: Data) => code).sort(),
      )
      expect(poor.length).toBeLessThan(nodes.length)
    },
  },
  {
    asks: 'Xếp hạng chỉ theo số liệu chính thức?',
    query: `{ all: ranking(asOf: "2022-09-30") { ...r } official: ranking(asOf: "2022-09-30", figureStatus: [OFFICIAL]) { ...r }
      units(level: DISTRICT) { nodes { all: measurements(asOf: "2022-09-30") { status } end: measurements(figureStatus: [OFFICIAL]) { status } official: measurements(asOf: "2022-09-30", figureStatus: [OFFICIAL]) { status } } } }
      fragment r on Ranking { clusters { members { unit { code } evaluation { summary { noData } } } } }`,
    check: ({ all, official, units: { nodes } }) => {
      const kinds = (of: 'all' | 'official') =>
        new Set(nodes.flatMap((unit: Data) => unit[of]).map((row: Data) => row.status))
      expect(kinds('all')).toContain('PRELIMINARY')
      expect([...kinds('official')].filter((kind) => kind !== 'OFFICIAL')).toEqual([])
      for (const { end } of nodes) for (const { status } of some<Data>(end)) expect(status).toBe('OFFICIAL')
      const missing = (ranking: Data) =>
        ranking.clusters
          .flatMap((cluster: Data) => cluster.members)
          .reduce((sum: number, member: Data) => sum + member.evaluation.summary.noData, 0)
      expect(missing(official)).toBeGreaterThan(missing(all))
    },
  },
  {
    asks: 'Số liệu nào là số giả lập?',
    query:
      '{ unit(code: "096") { measurements { synthetic source } cluster { headship { unit { code } synthetic source } members { synthetic source } } } }',
    check: ({ unit }) => {
      some(unit.measurements.filter((measurement: Data) => measurement.synthetic))
      for (const { source } of unit.measurements) expect(source).toBeTruthy()
      expect(unit.cluster.headship).toMatchObject({ synthetic: true, source: expect.stringContaining('giả lập') })
    },
  },
  {
    asks: 'Giữa năm và cuối năm: ai lên, ai xuống?',
    query:
      '{ half: ranking(asOf: "2022-06-30") { ...r } year: ranking { ...r } } fragment r on Ranking { asOf clusters { members { unit { code } rank } } }',
    check: ({ half, year }) => {
      expect([half.asOf, year.asOf]).toEqual(['2022-06-30', '2022-12-31'])
      expect(half.clusters).not.toEqual(year.clusters)
    },
  },
  {
    asks: 'Danh sách phẳng hạng, điểm, danh hiệu cho bảng tính?',
    query: '{ ranking { clusters { cluster { name } members { unit { code name } rank score award } } } }',
    check: ({ ranking }) => {
      some(
        ranking.clusters
          .flatMap((cluster: Data) => cluster.members)
          .filter((member: Data) => member.award === 'certificate-of-merit'),
      )
    },
  },
  {
    asks: 'Ai báo cáo đúng hạn, chậm bao nhiêu ngày?',
    query:
      '{ completeness(asOf: "2022-12-31", level: DISTRICT, daysAllowed: 10) { unit { name } reported inTime timeliness meanDaysLate mostDaysLate } }',
    check: ({ completeness }) => {
      for (const { reported, inTime, meanDaysLate, mostDaysLate } of some<Data>(completeness)) {
        expect(meanDaysLate === null).toBe(reported === inTime)
        if (meanDaysLate !== null) expect(mostDaysLate).toBeGreaterThanOrEqual(meanDaysLate)
      }
    },
  },
  {
    asks: 'Lúc đó ta đã biết những gì?',
    query: `query ($moment: DateTime!) { unit(code: "096") { known: measurements(recordedBefore: $moment, indicators: ["budget-revenue"]) { ...m }
      now: measurements(indicators: ["budget-revenue"]) { ...m } evaluation(recordedBefore: $moment) { results(indicators: ["budget-revenue"]) { value measurement { recordedAt } } } }
      ranking(recordedBefore: $moment, cluster: "cum-vung-cao") { clusters { members { unit { code } trace { indicator { id } value } } } } }
      fragment m on Measurement { value source recordedAt }`,
    variables: ({ before }) => ({ moment: before.toISOString() }),
    check: ({ unit: { known, now, evaluation }, ranking }, { before }) => {
      expect(now.map((row: Data) => row.source)).not.toEqual(known.map((figure: Data) => figure.source))
      expect(Date.parse(known[0].recordedAt)).toBeLessThan(before.getTime())
      expect(evaluation.results[0].value).toBe(known[0].value)
      const member = ranking.clusters[0].members.find((member: Data) => member.unit.code === '096')
      expect(member.trace.find((line: Data) => line.indicator?.id === 'budget-revenue')?.value).toBe(known[0].value)
    },
  },
  {
    asks: 'Ai không được xét, vì sao, theo chứng cứ nào?',
    as: 'council',
    query:
      '{ ranking { clusters { members { eligible reasons unit { code emulationYear { facts { fact value evidence } } } } } } }',
    check: ({ ranking }) => {
      const excluded = ranking.clusters
        .flatMap((cluster: Data) => cluster.members)
        .filter((member: Data) => !member.eligible)
      for (const { reasons } of some<Data>(excluded)) some(reasons)
    },
  },
]
