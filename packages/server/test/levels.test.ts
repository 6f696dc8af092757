// A directive for whom: the nation with its provinces, and a bloc whose members are of several kinds. SYNTHETIC throughout.
import { readRows } from '@dienbien/targets/table'
import { inBrowser, withPage } from './browser.ts'
import { type DraftedProvince, drafted, draftedDirective, draftedProvince } from './drafted-province.ts'
import { cleanUp } from './harness.ts'
import { opener, violations } from './scoreboard-page.ts'

const UNITS = [
  ['VN', 'Việt Nam', 'Quốc gia', 'cả nước', null],
  ['48', 'Thành phố Đà Nẵng', 'Thành phố', 'tỉnh', 'VN'],
  ['92', 'Thành phố Cần Thơ', 'Thành phố', 'tỉnh', 'VN'],
  ['04', 'Tỉnh Cao Bằng', 'Tỉnh', 'tỉnh', 'VN'],
  ['490', 'Quận Liên Chiểu', 'Quận', 'huyện', '48'],
  ['491', 'Quận Thanh Khê', 'Quận', 'huyện', '48'],
  ['cong-ty-cang', 'Công ty Cảng (mẫu)', 'Công ty', 'tổ chức', '48'],
  ['hoi-nong-dan', 'Hội Nông dân (mẫu)', 'Hội', 'tổ chức', '48'],
  ['so-y-te', 'Sở Y tế (mẫu)', 'Sở', 'sở', '48'],
] as const

const NATION_DOWN = ['nation', 'province', 'district']
const jobs = { code: 'job', vi: 'việc làm', en: 'jobs' }
const INDICATORS = [
  drafted('jobs-created', {
    ...{ unit: jobs, target: { comparator: '>=', value: 1000 }, measure: 'flow', extent: 'extensive' },
    levels: NATION_DOWN,
  }),
  drafted('poverty-rate', {
    ...{ target: { comparator: '<=', value: 4 }, change: { value: -1, unit: 'pp', against: 2025 } },
    levels: NATION_DOWN,
  }),
  drafted('expressways', {
    ...{ unit: { code: 'km', vi: 'km', en: 'km' }, target: { comparator: '>=', value: 3000 } },
    ...{ measure: 'level', extent: 'extensive', levels: ['nation'] },
  }),
]
const report = { code: 'report', vi: 'báo cáo', en: 'reports' }
/** Five indicators of its own, none of them the nation's. */
const BLOC_INDICATORS = [
  drafted('files-in-time', { target: { comparator: '>=', value: 98 } }),
  drafted('online-services', { target: { comparator: '>', value: 60 }, baseline: 45 }),
  drafted('initiatives', {
    unit: report,
    target: { comparator: '>=', value: 5 },
    measure: 'flow',
    extent: 'extensive',
  }),
  drafted('late-reports', {
    unit: report,
    target: { comparator: '<=', value: 2 },
    measure: 'flow',
    extent: 'extensive',
  }),
  drafted('cell-clean', {
    ...{ unit: { code: 'maintained', vi: 'duy trì', en: 'maintained' }, measure: 'milestone' },
    target: { comparator: 'maintained', value: true },
  }),
].map((indicator) => ({ ...indicator, levels: ['department'] }))

let nation: DraftedProvince
const cluster = async (code: string, kind: string, ...units: readonly string[]) => {
  await nation.made(
    `createCluster(input: { code: "${code}", name: "Cụm ${code}", nameEn: "${code}", kind: ${kind}, firstYear: 2026, source: "QĐ 1" }) { cluster { code } }`,
  )
  for (const unit of units) {
    await nation.made(
      `setMembership(input: { cluster: "${code}", year: 2026, unit: "${unit}", source: "QĐ 1" }) { unit { code } }`,
    )
  }
}
const evaluation = async (code: string) => {
  const { unit } = await nation.ask<{
    unit: { evaluation: { results: readonly { indicator: { code: string }; status: string }[] } }
  }>(
    `{ unit(code: "${code}") { evaluation(year: 2026) { results { indicator { code } status inherited target { value } } } } }`,
  )
  return Object.fromEntries(unit.evaluation.results.map(({ indicator: { code }, ...result }) => [code, result]))
}

beforeAll(async () => {
  nation = await draftedProvince(UNITS)
  await nation.publish(draftedDirective(2026, INDICATORS, { level: 'nation' }))
  await nation.figures(
    ['VN', '2025-12-31', 'poverty-rate', 5],
    ['48', '2025-12-31', 'poverty-rate', 3],
    ['VN', '2026-12-31', 'jobs-created', 1010],
    ['48', '2026-12-31', 'jobs-created', 600],
    ['92', '2026-12-31', 'jobs-created', 310],
    ['04', '2026-12-31', 'jobs-created', 100],
    ['48', '2026-12-31', 'poverty-rate', 2.5],
    ['VN', '2026-12-31', 'expressways', 3120],
  )
}, 180_000)
afterAll(async () => {
  await nation.end()
  await cleanUp()
})

describe('a directive for the nation', () => {
  inBrowser('its pages are the nation’s, with its provinces below it', () =>
    withPage(async (page) => {
      const openPath = opener(() => nation.server.origin)
      const open = (path: string) => openPath(page, path)
      await open('/')
      expect(await page.textContent('h1')).toBe('Việt Nam: chỉ tiêu năm 2026')
      const tiles = page.getByRole('region', { name: 'Các tỉnh, thành phố' })
      expect(await tiles.locator('.map').textContent()).toContain('Cao Bằng')
      await open('/ma-tran')
      expect(await page.locator('tbody th[scope="row"]').allTextContents()).toContain('Thành phố Đà Nẵng')
      await page.getByRole('combobox', { name: 'Cấp' }).selectOption('NATION')
      await page.locator('tbody th[scope="row"]').getByText('Việt Nam').waitFor()
      await open('/chi-tieu/jobs-created?level=NATION')
      await page.getByRole('heading', { name: 'Cả nước Đạt' }).waitFor()
      const row = page.getByRole('row', { name: /^Việt Nam 1\.010/ })
      expect(await row.textContent()).toContain('31/12/2026')
      // Its districts are two levels below it, and none of them has a figure.
      await page.getByRole('combobox', { name: 'Cấp' }).selectOption('DISTRICT')
      await row.waitFor({ state: 'detached' })
      expect(await page.getByRole('combobox', { name: 'Cấp' }).inputValue()).toBe('DISTRICT')
      await open('/don-vi')
      expect(await page.locator('details').filter({ hasText: 'Thành phố Đà Nẵng' }).textContent()).toContain(
        'Quận Liên Chiểu',
      )
      expect(await violations(page)).toEqual([])
      // What a province stood at is told with the year it is of.
      await open('/don-vi/48?indicator=poverty-rate')
      await page.getByText('Năm trước (2025): 3%').waitFor()
    }),
  )

  test('is published, and says whom it binds', async () => {
    expect(
      await nation.ask(
        '{ directive { level indicators { code levels } } indicators(level: NATION) { totalCount } units(level: NATION) { nodes { code level } } unit(code: "92") { parent { code } } }',
      ),
    ).toEqual({
      directive: {
        level: 'NATION',
        indicators: [
          { code: 'jobs-created', levels: ['NATION', 'PROVINCE', 'DISTRICT'] },
          { code: 'poverty-rate', levels: ['NATION', 'PROVINCE', 'DISTRICT'] },
          { code: 'expressways', levels: ['NATION'] },
        ],
      },
      indicators: { totalCount: 3 },
      units: { nodes: [{ code: 'VN', level: 'NATION' }] },
      unit: { parent: { code: 'VN' } },
    })
  })

  test('its totals are the nation’s; a province has those that were assigned to it, and rates from where it stood', async () => {
    expect(await evaluation('VN')).toEqual({
      'jobs-created': { status: 'MET', inherited: null, target: { value: 1000 } },
      'poverty-rate': { status: 'NO_DATA', inherited: null, target: { value: 4 } },
      expressways: { status: 'MET', inherited: null, target: { value: 3000 } },
    })
    expect(await evaluation('48')).toEqual({
      'jobs-created': { status: 'NOT_APPLICABLE', inherited: null, target: null },
      'poverty-rate': { status: 'NOT_MET', inherited: 'CHANGE', target: { value: 2 } },
      expressways: { status: 'NOT_APPLICABLE', inherited: null, target: null },
    })
  })

  test('a province reports what is measured for it, and nothing else', async () => {
    const { data } = await nation.server.query<{ submitMeasurements: { errors: readonly object[] } }>(
      'mutation { submitMeasurements(input: { unit: "48", year: 2026, asOf: "2026-12-31", status: OFFICIAL, values: [{ indicator: "expressways", value: 3 }] }) { errors { code message(locale: VI) } } }',
      {},
      nation.administrator,
    )
    expect(data.submitMeasurements.errors).toEqual([
      { code: 'NOT_MEASURED', message: '"expressways" không tính ở cấp tỉnh, chỉ tính ở cấp: cả nước' },
    ])
  })

  test('its totals are shared out among provinces, which may be assigned them; the nation may not', async () => {
    const { proposeAllocation } = await nation.ask<{ proposeAllocation: object }>(
      '{ proposeAllocation(indicator: "jobs-created", by: WEIGHTS, weights: [{ unit: "48", weight: 3 }, { unit: "04", weight: 1 }]) { parts { unit { code } value } } }',
    )
    expect(proposeAllocation).toEqual({
      parts: [
        { unit: { code: '04' }, value: 250 },
        { unit: { code: '48' }, value: 750 },
        { unit: { code: '92' }, value: 0 },
      ],
    })
    const assign = (unit: string, value: number) =>
      `assignTargets(input: { year: 2026, validFrom: "2026-02-01", source: "QĐ 2", targets: [{ unit: "${unit}", indicator: "jobs-created", value: ${value} }] }) { units { code } }`
    for (const [unit, value] of [
      ['48', 580],
      ['92', 300],
      ['04', 120],
    ] as const)
      await nation.made(assign(unit, value))
    const { errors } = await nation.server.change(`mutation { ${assign('VN', 1)} }`, {}, nation.administrator)
    expect(errors?.[0]?.message).toBe("the nation's targets are the directive's")
    const { allocation } = await nation.ask<{ allocation: readonly object[] }>(
      '{ allocation(indicators: ["jobs-created"]) { target assigned missing holders { unit { code } } } }',
    )
    expect(allocation).toEqual([
      {
        target: 1000,
        assigned: 1000,
        missing: 0,
        holders: [{ unit: { code: '04' } }, { unit: { code: '48' } }, { unit: { code: '92' } }],
      },
    ])
  })

  test('what the nation reports stands beside what its provinces come to', async () => {
    const { unit } = await nation.ask<{ unit: { rollUps: readonly object[] } }>(
      '{ unit(code: "VN") { rollUps(year: 2026, indicators: ["jobs-created"]) { own children difference reporting expected } } }',
    )
    expect(unit.rollUps).toEqual([{ own: 1010, children: 1010, difference: 0, reporting: 3, expected: 3 }])
  })

  test('provinces compete with each other and are ranked, frozen and reported on', async () => {
    await cluster('cum-thanh-pho', 'CLUSTER', '48', '92')
    const { ranking } = await nation.ask<{ ranking: { clusters: readonly { members: readonly object[] }[] } }>(
      '{ ranking(year: 2026) { clusters { members { unit { code } score evaluation { summary { met notMet noData } } } } } }',
    )
    expect(ranking.clusters[0]?.members).toEqual([
      { unit: { code: '92' }, score: 100, evaluation: { summary: { met: 1, notMet: 0, noData: 1 } } },
      { unit: { code: '48' }, score: expect.any(Number), evaluation: { summary: { met: 1, notMet: 1, noData: 0 } } },
    ])
    expect(
      await nation.made(
        'freezeRanking(input: { cluster: "cum-thanh-pho", year: 2026, reason: "Thử" }) { ranking { members { unit { code } } } }',
      ),
    ).toEqual({ members: [{ unit: { code: '92' } }, { unit: { code: '48' } }] })
    const { report } = await nation.ask<{ report: { markdown: string } }>('{ report(year: 2026) { markdown } }')
    expect(report.markdown).toContain('Thành phố Cần Thơ')
    expect(report.markdown).toContain('tiến độ thực hiện các chỉ tiêu của cả nước')
  })

  test('a table of all units and groups of figures have it as a level of its own', async () => {
    const { matrix, figureGroups } = await nation.ask<{ matrix: object; figureGroups: readonly object[] }>(
      `{ matrix(level: NATION, year: 2026) { units { code } statuses }
         figureGroups(by: [LEVEL], year: 2026, where: { indicators: ["jobs-created"] }) { ofLevel figures sum } }`,
    )
    expect(matrix).toEqual({ units: [{ code: 'VN' }], statuses: [['MET', 'NO_DATA', 'MET']] })
    expect(figureGroups).toEqual([
      { ofLevel: 'NATION', figures: 1, sum: 1010 },
      { ofLevel: 'PROVINCE', figures: 3, sum: 1010 },
    ])
  })

  test('a province’s own directive stands beside it, and judges those below the province', async () => {
    await nation.publish(
      draftedDirective(
        2026,
        [drafted('trees-planted', { target: { comparator: '>=', value: 70 }, levels: ['province', 'district'] })],
        {
          id: '48/CT',
          level: 'province',
        },
      ),
      { unit: '48' },
    )
    expect(
      await nation.ask(
        '{ below: directive(unit: "490") { number level } self: directive(unit: "48") { number } beside: directive(unit: "92") { number } }',
      ),
    ).toEqual({
      below: { number: '48/CT', level: 'PROVINCE' },
      self: { number: '2026/CT-THU' },
      beside: { number: '2026/CT-THU' },
    })
    expect(await evaluation('491')).toEqual({
      'trees-planted': { status: 'NO_DATA', inherited: 'LEVEL', target: { value: 70 } },
    })
  })
})

describe('a bloc with a directive at the level of departments', () => {
  const MEMBERS = ['cong-ty-cang', 'hoi-nong-dan', 'so-y-te']
  beforeAll(async () => {
    await cluster('khoi-48', 'BLOC', ...MEMBERS)
    await nation.publish(draftedDirective(2026, BLOC_INDICATORS, { id: '01/GƯ', level: 'department' }), {
      cluster: 'khoi-48',
    })
    await nation.figures(
      ...MEMBERS.flatMap((unit, i) => [
        [unit, '2026-12-31', 'files-in-time', 99 - i] as const,
        [unit, '2026-12-31', 'online-services', 70] as const,
        [unit, '2026-12-31', 'initiatives', 5 + i] as const,
        [unit, '2026-12-31', 'late-reports', 2 * i] as const,
        [unit, '2026-12-31', 'cell-clean', 1] as const,
      ]),
    )
  })

  test('each member is judged by it, whatever its own kind', async () => {
    const judged = await Promise.all(MEMBERS.map(evaluation))
    expect(judged.map((results) => Object.values(results).map(({ status }) => status))).toEqual([
      ['MET', 'MET', 'MET', 'MET', 'MET'],
      ['MET', 'MET', 'MET', 'MET', 'MET'],
      ['NOT_MET', 'MET', 'MET', 'NOT_MET', 'MET'],
    ])
    expect(judged[0]?.initiatives).toEqual({ status: 'MET', inherited: null, target: { value: 5 } })
  })

  test('so are they in tables, in a ranking and in one that is frozen', async () => {
    const { matrix, ranking } = await nation.ask<{
      matrix: { statuses: readonly string[][] }
      ranking: { clusters: readonly { members: readonly { unit: { code: string }; score: number }[] }[] }
    }>(
      '{ matrix(cluster: "khoi-48", year: 2026) { units { code } statuses } ranking(year: 2026, cluster: "khoi-48") { clusters { members { unit { code } score } } } }',
    )
    expect(matrix.statuses.flat()).not.toContain('NOT_APPLICABLE')
    const members = ranking.clusters[0]?.members ?? []
    expect(members.map(({ unit }) => unit.code)).toEqual(['cong-ty-cang', 'hoi-nong-dan', 'so-y-te'])
    expect(members.map(({ score }) => score).slice(0, 2)).toEqual([100, 100])
    const frozen = (await nation.made(
      'freezeRanking(input: { cluster: "khoi-48", year: 2026, reason: "Thử" }) { ranking { document members { unit { code } score } } }',
    )) as { readonly document: string; readonly members: readonly object[] }
    expect(frozen.members).toEqual(members)
    // The document says by what level each was judged, so that it can be ranked anew from itself alone.
    expect(JSON.parse(frozen.document).members.map(({ level }: { level: string }) => level)).toEqual(
      MEMBERS.map(() => 'department'),
    )
  })

  test('what is tried is judged so, and what is to be filled in has its indicators', async () => {
    const { ranking, evaluate, unit } = await nation.ask<{
      ranking: { clusters: readonly { members: readonly object[] }[] }
      evaluate: object
      unit: { template: string }
    }>(
      `{ ranking(year: 2026, cluster: "khoi-48", figures: [{ unit: "cong-ty-cang", indicator: "late-reports", value: 9 }]) { clusters { members { unit { code } evaluation { summary { notMet notApplicable } } } } }
         evaluate(input: { unit: "hoi-nong-dan", year: 2026, facts: [{ indicator: "initiatives", value: 3 }] }) { results(indicators: ["initiatives"]) { status } }
         unit(code: "hoi-nong-dan") { template(year: 2026) } }`,
    )
    expect(ranking.clusters[0]?.members).toContainEqual({
      unit: { code: 'cong-ty-cang' },
      evaluation: { summary: { notMet: 1, notApplicable: 0 } },
    })
    expect(evaluate).toEqual({ results: [{ status: 'NOT_MET' }] })
    const [, ...rows] = await readRows(Buffer.from(unit.template, 'base64'))
    // Codes of indicators, and beside them what is asked of each: totals too, which are each member's own.
    expect(rows.map((row) => [row[2], row[5] !== null && row[5] !== ''])).toEqual(
      BLOC_INDICATORS.map((indicator) => [(indicator as unknown as { id: string }).id, true]),
    )
  })
})
