// The ranking, and what it led to: proposals, their appraisal, decisions.
import { BALLOT, type Commendation, defaultPolicy, type Nomination, type Nominee } from '@dienbien/targets/emulation'
import type { Registry } from '../../figures/registry.ts'
import { awardName, VERDICT_NAMES } from '../awards/steps.ts'
import { type ByTable, day, memberRows, type RankedCluster, type RankedMember, round, unitName } from './ranked.ts'
import type { Cell, ReportSection } from './report.ts'

const inVietnamese = (reasons: Nomination['reasons']) => reasons.map(({ vi }) => vi)

export function rankingSection(clusters: readonly RankedCluster[], registry: Registry): ReportSection {
  const rows = memberRows(clusters, registry, (member, clusterName, name) => [
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
      ...clusters.flatMap(({ cluster, by }) => (by ? [rankedBy(cluster.name, by)] : [])),
      ...clusters.map(({ cluster, score, spread }) =>
        score === null || spread === null
          ? `${cluster.name}: chưa đủ số liệu để xếp hạng.`
          : `${cluster.name}: điểm bình quân ${round(score, 2).toLocaleString('vi-VN')}, độ lệch chuẩn ${round(spread, 2).toLocaleString('vi-VN')}.`,
      ),
    ],
    table: { columns: ['Cụm, khối', 'Hạng', 'Đơn vị', 'Điểm', 'Ghi chú, lý do'], rows },
  }
}

const rankedBy = (cluster: string, { named, withheld }: ByTable) =>
  withheld
    ? `${cluster} xếp hạng theo ${named}; điểm thẩm định chưa công bố nên ở đây tạm tính theo bảng mặc định, không phải thứ hạng của cụm, khối.`
    : `${cluster} xếp hạng theo ${named}, không theo bảng mặc định.`

/**
 * From the frozen rankings; where a cluster has none yet, what the ranking of today would propose.
 * @param frozen how far the rankings in force have come, by cluster
 * @param above who is proposed for the award above the clusters
 */
export function commendationSection(
  clusters: readonly RankedCluster[],
  frozen: ReadonlyMap<string, Pick<Commendation, 'nominees' | 'decisions'>>,
  above: readonly Nomination[],
  registry: Registry,
): ReportSection {
  const rows = clusters.flatMap(({ cluster, members, by }): Cell[][] => {
    const nameOf = (award: string) => by?.awards.get(award) ?? awardName(award)
    const commendation = frozen.get(cluster.code)
    if (!commendation || commendation.nominees.length === 0)
      return expectedRows(cluster.name, members, registry, nameOf)
    const dates = new Map(commendation.decisions.map(({ number, date }) => [number, date]))
    return commendation.nominees.map((nominee) => nomineeRow(cluster.name, nominee, dates, registry, nameOf))
  })
  const proposals = above.map(
    ({ unit, reasons }) => `${unitName(unit, registry)}: ${inVietnamese(reasons).join('; ')}.`,
  )
  return {
    heading: '5. Đề nghị khen thưởng, thẩm định và quyết định',
    sheet: '5 Khen thưởng',
    paragraphs: proposals.length > 0 ? ['Đề nghị cấp trên khen thưởng:', ...proposals] : [],
    table: {
      columns: ['Cụm, khối', 'Đơn vị', 'Đề nghị', 'Thẩm định', 'Quyết định', 'Được tặng', 'Lý do'],
      rows,
    },
  }
}

function nomineeRow(
  cluster: string,
  { unit, award, verdict, decision, revoked, granted, reasons, reason }: Nominee,
  dates: ReadonlyMap<string, string>,
  registry: Registry,
  nameOf: (award: string) => string,
): Cell[] {
  return [
    cluster,
    unitName(unit, registry),
    nameOf(award),
    verdict ? VERDICT_NAMES[verdict] : 'Chờ thẩm định',
    decision ? `${decision} ngày ${day(dates.get(decision) ?? '')}` : null,
    revoked ? 'Đã thu hồi' : granted ? nameOf(granted) : null,
    [...inVietnamese(reasons), reason, revoked].filter(Boolean).join('; '),
  ]
}

function expectedRows(
  cluster: string,
  members: readonly RankedMember[],
  registry: Registry,
  nameOf: (award: string) => string,
): Cell[][] {
  return members.flatMap(({ unit, nomination }) =>
    nomination === null
      ? []
      : [
          [
            cluster,
            unitName(unit, registry),
            nomination.award === BALLOT ? 'Bỏ phiếu' : nameOf(nomination.award),
            'Dự kiến, chưa chốt xếp hạng',
            null,
            null,
            inVietnamese(nomination.reasons).join('; '),
          ],
        ],
  )
}
