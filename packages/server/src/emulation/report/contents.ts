// What the report of section 4.4 says: progress, results, proposals and reasons, in Vietnamese.

import { type Directive, describeTarget, type Evaluation, type Status } from '@dienbien/targets'
import { isoDay } from '../../days.ts'
import { findIndicator } from '../../directive/indicators.ts'
import type { Figure } from '../../figures/newest.ts'
import type { Registry, Unit } from '../../figures/registry.ts'
import type { MaybePromise } from '../../figures/when-ready.ts'
import { directiveOf, lastDay, type Moment } from '../../figures/years.ts'
import type { Deadline, Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { type FrozenReader, newestFrozen } from '../awards/frozen.ts'
import { nominationsAbove } from '../awards/nominations.ts'
import { filingOfKind, lateness } from '../year/filings.ts'
import { pointsOf, readableFilings, type ScoreReader, scoreComparison } from '../year/scores.ts'
import { commendationSection, rankingSection } from './awards-sections.ts'
import { day, memberRows, type RankedCluster, round } from './ranked.ts'
import type { Cell, Report, ReportSection } from './report.ts'

type OfUnit = Moment & { readonly unit: string }
type InYear = { readonly code: string; readonly year: number }

/** Who asks for a report, and where its figures, filings and rankings are read. */
export interface ReportReader extends ScoreReader, FrozenReader {
  readonly store: { registry(on?: string): Registry | PromiseLike<Registry> }
  readonly memory: {
    evaluation(at: OfUnit): MaybePromise<Evaluation>
    figures(at: OfUnit): MaybePromise<readonly ReportedFigure[]>
    unitDeadlines(of: InYear): MaybePromise<readonly Deadline[]>
    filings(of: InYear): MaybePromise<readonly Filing[]>
  }
}

type ReportedFigure = Pick<Figure, 'indicatorId' | 'asOf' | 'source' | 'synthetic'>

const STATUS: Record<Status, string> = {
  MET: 'Đạt',
  NOT_MET: 'Không đạt',
  IN_PROGRESS: 'Đang thực hiện',
  UNDECIDED: 'Chưa có số liệu cuối năm',
  NO_DATA: 'Chưa có số liệu',
  NOT_APPLICABLE: 'Không giao chỉ tiêu',
}
/** A name for the file of a report, without its ending. */
export const reportFileName = ({ year, asOf }: Moment, cluster: string | null): string =>
  ['bao-cao-thi-dua', year, cluster, asOf].filter(Boolean).join('-')

/**
 * @param cluster only this one; null for the province
 * @param ranking of all clusters at that moment, each by what decides of it
 */
export async function reportOf(
  moment: Moment,
  cluster: string | null,
  ranking: readonly RankedCluster[],
  reader: ReportReader,
): Promise<Report> {
  const { year, asOf } = moment
  const directive = directiveOf(year)
  const registry = await reader.store.registry(lastDay(year))
  const { root } = registry
  const clusters = ranking.filter((ranked) => cluster === null || ranked.cluster.code === cluster)
  const synthetic =
    clusters.some((ranked) => ranked.cluster.synthetic) || (await anySynthetic(clusters, moment, reader))
  const frozen = await newestFrozen(year, cluster, reader)
  const above = cluster === null ? nominationsAbove([...frozen.values()]) : []
  return {
    title: `Báo cáo kết quả thực hiện phong trào thi đua năm ${year}`,
    lead: [
      `Theo mục 4.4 Chỉ thị ${directive.id} ngày ${day(directive.issuedOn)}. Số liệu đến ngày ${day(asOf)}.`,
      ...(synthetic ? ['CÓ DỮ LIỆU GIẢ LẬP: số liệu của huyện, xã và khối mẫu do phần mềm đặt ra để minh họa.'] : []),
    ],
    sections: [
      ...(cluster === null && root ? [await wholeSection(root, directive, moment, reader)] : []),
      progressSection(clusters, moment, registry),
      await filingsSection(clusters, year, registry, reader),
      rankingSection(clusters, registry),
      commendationSection(clusters, frozen, above, registry),
    ],
  }
}

async function anySynthetic(
  clusters: readonly RankedCluster[],
  moment: Moment,
  { memory }: ReportReader,
): Promise<boolean> {
  const figures = await Promise.all(
    clusters.flatMap(({ members }) => members.map(({ unit }) => memory.figures({ unit, ...moment }))),
  )
  return figures.flat().some((figure) => figure.synthetic)
}

/** The highest unit by the directive: the province, or the nation. */
async function wholeSection(
  { id, level }: Pick<Unit, 'id' | 'level'>,
  directive: Directive,
  moment: Moment,
  { memory }: ReportReader,
): Promise<ReportSection> {
  const at = { unit: id, ...moment }
  const whole = level === 'nation' ? 'cả nước' : 'tỉnh'
  const [evaluation, figures] = await Promise.all([memory.evaluation(at), memory.figures(at)])
  const figureOf = new Map(figures.map((figure) => [figure.indicatorId, figure]))
  return {
    heading: `1. Tình hình, tiến độ thực hiện các chỉ tiêu của ${whole}`,
    sheet: `1 Chỉ tiêu của ${whole}`,
    paragraphs: [countsOf(evaluation)],
    table: {
      columns: [
        'Chỉ tiêu',
        'Mục',
        'Kế hoạch',
        'Thực hiện',
        'Đơn vị tính',
        'So với kế hoạch (%)',
        'Kết quả',
        'Số liệu đến',
        'Nguồn',
      ],
      rows: evaluation.results.map(({ indicatorId, status, target, value, completion, exceeded }): Cell[] => {
        const indicator = findIndicator(indicatorId, 'indicator', directive)
        const figure = figureOf.get(indicatorId)
        return [
          indicator.name.vi,
          indicator.section,
          target ? describeTarget(indicator, target).vi : null,
          typeof value === 'boolean' ? (value ? 'Có' : 'Không') : value,
          indicator.unit.vi,
          completion === null ? null : round(completion * 100, 1),
          status === 'MET' && exceeded ? 'Vượt' : STATUS[status],
          figure ? day(figure.asOf) : null,
          figure?.source ?? null,
        ]
      }),
    },
  }
}

function countsOf({ summary }: Evaluation): string {
  const { met, exceeded, notMet, inProgress, undecided, noData } = summary
  return `Đạt ${met} chỉ tiêu (trong đó vượt ${exceeded}), không đạt ${notMet}, đang thực hiện ${inProgress}, chưa có số liệu cuối năm ${undecided}, chưa có số liệu ${noData}.`
}

function progressSection(clusters: readonly RankedCluster[], { asOf }: Moment, registry: Registry): ReportSection {
  const rows = memberRows(clusters, registry, ({ entry }, clusterName, name) => {
    const { met, exceeded, notMet, inProgress, undecided, noData, notApplicable } = entry.evaluation.summary
    const behind = entry.evaluation.results.filter(({ pace }) => pace === 'BEHIND').length
    return [clusterName, name, met, exceeded, inProgress, behind, notMet, undecided, noData, notApplicable]
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
        'Chưa có số liệu cuối năm',
        'Chưa có số liệu',
        'Không giao chỉ tiêu',
      ],
      rows,
    },
  }
}

async function filingsSection(
  clusters: readonly RankedCluster[],
  year: number,
  registry: Registry,
  reader: ReportReader,
): Promise<ReportSection> {
  const { memory } = reader
  const units = clusters.flatMap(({ members }) => members.map(({ unit }) => unit))
  const filed = new Map(
    await Promise.all(
      units.map(async (code) => {
        const filings = await memory.filings({ code, year })
        const deadlines = await memory.unitDeadlines({ code, year })
        return [code, { filings, deadlines, readable: await readableFilings(filings, code, year, reader) }] as const
      }),
    ),
  )
  const rows = memberRows(clusters, registry, ({ unit }, clusterName, name) => {
    const { filings = [], deadlines = [], readable = [] } = filed.get(unit) ?? {}
    const when = (kind: FilingKind) => dateWithDelay(filingOfKind(filings, kind), deadlines)
    const points = (kind: FilingKind) => {
      const score = filingOfKind(readable, kind)
      return score ? pointsOf(score) : null
    }
    const comparison = scoreComparison(readable)
    return [
      clusterName,
      name,
      when('pact'),
      when('plan'),
      when('midterm'),
      when('final'),
      filings.filter(({ kind }) => kind === 'duty').length,
      points('self_score'),
      points('appraised_score'),
      comparison && round(comparison.difference, 4),
    ]
  })
  const duties = directiveOf(year).duties.length
  return {
    heading: '3. Giao ước, kế hoạch, sơ kết, tổng kết và chấm điểm',
    sheet: '3 Giao ước, báo cáo',
    paragraphs: [
      [
        'Ngày nộp; số ngày chậm ghi trong ngoặc.',
        ...(duties > 0 ? [`Chỉ thị giao ${duties} nhiệm vụ không có chỉ tiêu số.`] : []),
        'Điểm chấm chỉ hiện sau khi công bố, hoặc với người có quyền xem.',
      ].join(' '),
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

function dateWithDelay(filing: Filing | undefined, deadlines: readonly Deadline[]): string | null {
  if (!filing) return null
  const late = lateness(filing, deadlines)
  const on = day(isoDay(filing.filedOn))
  return late > 0 ? `${on} (chậm ${late} ngày)` : on
}
