// The report of section 4.4: progress, results, proposals and reasons, in Vietnamese.
import type { Evaluation, Status } from '@dienbien/targets'
import { describeTarget } from '@dienbien/targets'
import { defaultPolicy, type Verdict } from '@dienbien/targets/emulation'
import { daysLate } from '../../emulation/facts.ts'
import { pointsOf } from '../../emulation/filings.ts'
import { type Cell, type Report, type ReportSection, toHtml, toMarkdown, toXlsx } from '../../emulation/report.ts'
import type { Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { findCluster, findIndicator, storedUnit } from '../lookups.ts'
import { type ClusterRankOf, rankAll } from '../ranking.ts'
import { directiveOf, judgedMoment, type Moment } from '../years.ts'
import { newestFrozen, overallNominations } from './commendation.ts'

const PROVINCE = '11'
const STATUS: Record<Status, string> = {
  MET: 'Đạt',
  NOT_MET: 'Không đạt',
  IN_PROGRESS: 'Đang thực hiện',
  NO_DATA: 'Chưa có số liệu',
  NOT_APPLICABLE: 'Không áp dụng',
}
const VERDICTS: Record<Verdict, string> = {
  agree: 'Đồng ý',
  return: 'Trả lại',
  exclude: 'Không xét',
  pause: 'Tạm dừng',
}
const day = (iso: string) => iso.split('-').reverse().join('/')
const round = (value: number, digits: number) => Number(value.toFixed(digits))

async function reportOf(moment: Moment, cluster: string | null, context: Context): Promise<Report> {
  const { year, asOf } = moment
  const directive = directiveOf(year)
  const clusters = (await rankAll(moment, defaultPolicy, context)).filter(
    ({ cluster: { code } }) => cluster === null || code === cluster,
  )
  const synthetic =
    clusters.some(({ cluster: one }) => one.synthetic) || (await anySynthetic(clusters, moment, context))
  return {
    title: `Báo cáo kết quả thực hiện phong trào thi đua năm ${year}`,
    lead: [
      `Theo mục 4.4 Chỉ thị ${directive.id} ngày ${day(directive.issuedOn)}. Số liệu đến ngày ${day(asOf)}.`,
      ...(synthetic ? ['CÓ DỮ LIỆU GIẢ LẬP: số liệu của huyện, xã và khối mẫu do phần mềm đặt ra để minh họa.'] : []),
    ],
    sections: [
      ...(cluster === null ? [await provinceSection(moment, context)] : []),
      await progressSection(clusters, moment, context),
      await filingsSection(clusters, year, context),
      await rankingSection(clusters, context),
      await commendationSection(clusters, year, cluster, context),
    ],
  }
}

async function anySynthetic(
  clusters: readonly ClusterRankOf[],
  moment: Moment,
  { loaders }: Context,
): Promise<boolean> {
  const figures = await Promise.all(
    clusters.flatMap(({ members }) => members.map(({ unit }) => loaders.figures.load({ unit, ...moment }))),
  )
  return figures.flat().some((figure) => figure.synthetic)
}

async function provinceSection(moment: Moment, { loaders }: Context): Promise<ReportSection> {
  const at = { unit: PROVINCE, ...moment }
  const [evaluation, figures] = await Promise.all([loaders.evaluation.load(at), loaders.figures.load(at)])
  const figureOf = new Map(figures.map((figure) => [figure.indicatorId, figure]))
  return {
    heading: '1. Tình hình, tiến độ thực hiện các chỉ tiêu của tỉnh',
    sheet: '1 Chỉ tiêu của tỉnh',
    paragraphs: [countsOf(evaluation)],
    table: {
      columns: [
        'Chỉ tiêu',
        'Mục',
        'Mục tiêu',
        'Thực hiện',
        'Đơn vị tính',
        'Hoàn thành (%)',
        'Kết quả',
        'Số liệu đến',
        'Nguồn',
      ],
      rows: evaluation.results.map(({ indicatorId, status, target, value, completion, exceeded }): Cell[] => {
        const indicator = findIndicator(indicatorId, 'indicator')
        const figure = figureOf.get(indicatorId)
        return [
          indicator.name.vi,
          indicator.section,
          target ? describeTarget(indicator, target).vi : null,
          typeof value === 'boolean' ? (value ? 'Có' : 'Không') : value,
          indicator.unit.vi,
          completion === null ? null : round(completion * 100, 1),
          status === 'MET' && exceeded
            ? 'Vượt'
            : status === 'NOT_MET' && figure && figure.asOf < moment.asOf
              ? 'Chưa đạt (số liệu chưa đủ năm)'
              : STATUS[status],
          figure ? day(figure.asOf) : null,
          figure?.source ?? null,
        ]
      }),
    },
  }
}

function countsOf({ summary }: Evaluation): string {
  const { met, exceeded, notMet, inProgress, noData } = summary
  return `Đạt ${met} chỉ tiêu (trong đó vượt ${exceeded}), không đạt ${notMet}, đang thực hiện ${inProgress}, chưa có số liệu ${noData}.`
}

async function progressSection(
  clusters: readonly ClusterRankOf[],
  { asOf }: Moment,
  context: Context,
): Promise<ReportSection> {
  const rows = await eachMember(clusters, context, (_, name, { entry }, clusterName): Cell[] => {
    const { met, exceeded, notMet, inProgress, noData, notApplicable } = entry.evaluation.summary
    const behind = entry.evaluation.results.filter(({ pace }) => pace === 'BEHIND').length
    return [clusterName, name, met, exceeded, inProgress, behind, notMet, noData, notApplicable]
  })
  return {
    heading: '2. Tiến độ của các đơn vị trong cụm, khối',
    sheet: '2 Tiến độ đơn vị',
    paragraphs: [`Số chỉ tiêu theo kết quả, đến ngày ${day(asOf)}.`],
    table: {
      columns: [
        'Cụm, khối',
        'Đơn vị',
        'Đạt',
        'Trong đó vượt',
        'Đang thực hiện',
        'Trong đó chậm',
        'Không đạt',
        'Chưa có số liệu',
        'Không áp dụng',
      ],
      rows,
    },
  }
}

async function filingsSection(
  clusters: readonly ClusterRankOf[],
  year: number,
  context: Context,
): Promise<ReportSection> {
  const due = new Map((await context.loaders.deadlines.load(year)).map(({ kind, dueOn }) => [kind, dueOn]))
  const rows = await eachMember(clusters, context, async (unit, name, _, clusterName): Promise<Cell[]> => {
    const filings = await context.loaders.filings.load({ code: unit, year })
    const find = (kind: FilingKind) => filings.find((one) => one.kind === kind)
    const when = (kind: FilingKind) => dateWithDelay(find(kind), due.get(kind))
    const points = (kind: FilingKind) => {
      const filing = find(kind)
      return filing ? pointsOf(filing) : null
    }
    const [self, appraised] = [points('self_score'), points('appraised_score')]
    return [
      clusterName,
      name,
      when('pact'),
      when('plan'),
      when('midterm'),
      when('final'),
      filings.filter(({ kind }) => kind === 'duty').length,
      self,
      appraised,
      self === null || appraised === null ? null : round(self - appraised, 4),
    ]
  })
  return {
    heading: '3. Giao ước, kế hoạch, sơ kết, tổng kết và chấm điểm',
    sheet: '3 Giao ước, báo cáo',
    paragraphs: [
      `Ngày nộp; số ngày chậm ghi trong ngoặc. Chỉ thị giao ${directiveOf(year).duties.length} nhiệm vụ không có chỉ tiêu số.`,
    ],
    table: {
      columns: [
        'Cụm, khối',
        'Đơn vị',
        'Giao ước',
        'Kế hoạch',
        'Sơ kết',
        'Tổng kết',
        'Báo cáo nhiệm vụ',
        'Điểm tự chấm',
        'Điểm thẩm định',
        'Chênh lệch',
      ],
      rows,
    },
  }
}

function dateWithDelay(filing: Filing | undefined, dueOn: Date | undefined): string | null {
  if (!filing) return null
  const late = dueOn ? daysLate(filing.filedOn, dueOn) : 0
  const on = day(filing.filedOn.toISOString().slice(0, 10))
  return late > 0 ? `${on} (chậm ${late} ngày)` : on
}

async function rankingSection(clusters: readonly ClusterRankOf[], context: Context): Promise<ReportSection> {
  const rows = await eachMember(clusters, context, (_, name, member, clusterName): Cell[] => [
    clusterName,
    member.rank ?? 'Không xếp hạng',
    name,
    round(member.score, 2),
    member.reasons.map(({ vi }) => vi).join('; '),
  ])
  return {
    heading: '4. Kết quả chấm điểm, xếp hạng',
    sheet: '4 Xếp hạng',
    paragraphs: [
      `${defaultPolicy.title.vi}, phiên bản ${defaultPolicy.version}, thang ${defaultPolicy.scale} điểm. ${defaultPolicy.note.vi}`,
      ...clusters.map(
        ({ cluster, rank, score, spread }) =>
          `${cluster.name}: hạng ${rank} trong các cụm, khối; điểm bình quân ${round(score, 2).toLocaleString('vi-VN')}, độ lệch chuẩn ${round(spread, 2).toLocaleString('vi-VN')}.`,
      ),
    ],
    table: { columns: ['Cụm, khối', 'Hạng', 'Đơn vị', 'Điểm', 'Ghi chú, lý do'], rows },
  }
}

/** From the frozen rankings; where a cluster has none yet, what the ranking of today would propose. */
async function commendationSection(
  clusters: readonly ClusterRankOf[],
  year: number,
  cluster: string | null,
  context: Context,
): Promise<ReportSection> {
  const names = new Map(defaultPolicy.quotas.map(({ award, name }) => [award, name.vi]))
  const newest = await newestFrozen(year, cluster, context)
  const nameOf = async (unit: string) => (await storedUnit(unit, context)).name
  const rows = await Promise.all(
    clusters.map(async ({ cluster: { code, name }, members }): Promise<Cell[][]> => {
      const frozen = newest.get(code)
      if (frozen && frozen.commendation.nominees.length > 0) {
        const dates = new Map(frozen.commendation.decisions.map((one) => [one.number, one.date]))
        return Promise.all(
          frozen.commendation.nominees.map(
            async (one): Promise<Cell[]> => [
              name,
              await nameOf(one.unit),
              names.get(one.award) ?? one.award,
              one.verdict ? VERDICTS[one.verdict] : 'Chờ thẩm định',
              one.decision ? `${one.decision} ngày ${day(dates.get(one.decision) ?? '')}` : null,
              one.revoked ? 'Đã thu hồi' : one.granted ? (names.get(one.granted) ?? one.granted) : null,
              [...one.reasons.map(({ vi }) => vi), one.reason, one.revoked].filter(Boolean).join('; '),
            ],
          ),
        )
      }
      return Promise.all(
        members
          .filter(({ nomination }) => nomination !== null)
          .map(
            async ({ unit, nomination }): Promise<Cell[]> => [
              name,
              await nameOf(unit),
              names.get(nomination?.award ?? '') ?? 'Bỏ phiếu',
              'Dự kiến, chưa chốt xếp hạng',
              null,
              null,
              nomination?.reasons.map(({ vi }) => vi).join('; ') ?? null,
            ],
          ),
      )
    }),
  )
  const overall = cluster === null ? await overallNominations(year, context) : []
  const above = await Promise.all(
    overall.map(async ({ unit, reasons }) => `${await nameOf(unit)}: ${reasons.map(({ vi }) => vi).join('; ')}.`),
  )
  return {
    heading: '5. Đề nghị khen thưởng, thẩm định và quyết định',
    sheet: '5 Khen thưởng',
    paragraphs: above.length > 0 ? ['Đề nghị cấp trên khen thưởng:', ...above] : [],
    table: {
      columns: ['Cụm, khối', 'Đơn vị', 'Đề nghị', 'Thẩm định', 'Quyết định', 'Được tặng', 'Lý do'],
      rows: rows.flat(),
    },
  }
}

async function eachMember(
  clusters: readonly ClusterRankOf[],
  context: Context,
  row: (
    unit: string,
    name: string,
    member: ClusterRankOf['members'][number],
    clusterName: string,
  ) => Cell[] | Promise<Cell[]>,
): Promise<Cell[][]> {
  const rows = await Promise.all(
    clusters.flatMap(({ cluster, members }) =>
      members.map(async (member) =>
        row(member.unit, (await storedUnit(member.unit, context)).name, member, cluster.name),
      ),
    ),
  )
  return rows
}

interface ReportOf {
  readonly report: Report
  readonly fileName: string
}

const ReportRef = builder.objectRef<ReportOf>('Report').implement({
  description:
    'The report that section 4.4 asks the Department of Home Affairs for: progress, filings, ranking, proposals and decisions with their reasons. In Vietnamese.',
  fields: (t) => ({
    title: t.string({ description: 'The title.', resolve: ({ report }) => report.title }),
    fileName: t.exposeString('fileName', { description: 'A name for the file, without its ending.' }),
    markdown: t.string({ description: 'As Markdown.', resolve: ({ report }) => toMarkdown(report) }),
    html: t.string({ description: 'As a page for print on A4.', resolve: ({ report }) => toHtml(report) }),
    xlsx: t.string({
      description: 'As an XLSX file in Base64, a sheet a section.',
      resolve: async ({ report }) => (await toXlsx(report)).toString('base64'),
    }),
  }),
})

builder.queryField('report', (t) =>
  t.field({
    type: ReportRef,
    complexity: { field: 5000, multiplier: 1 },
    description: 'The report of a year, for the province or for one cluster. Also by command: `npx pnpm@12 report`.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
      cluster: t.arg.string({ description: 'Only this cluster.' }),
    },
    resolve: async (_, { year, asOf, cluster }, context) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const code = cluster ? (await findCluster(cluster, 'cluster', context)).code : null
      const fileName = ['bao-cao-thi-dua', moment.year, code, moment.asOf].filter(Boolean).join('-')
      return { report: await reportOf(moment, code, context), fileName }
    },
  }),
)
