// What a table says of the whole, in the words of an office: figures, grades, ties, awards.
import type { Rounding } from '../rounding.ts'
import { formatNumber, formatPercent } from './numbers.ts'
import type { GradeQuota, PointGrade, PointTable } from './table.ts'
import { ABSENT, ROUNDED } from './words.ts'
import { conditionInWords, factInWords, figureInWords } from './words-figures.ts'

const SETTLED = {
  mean: 'lấy điểm bình quân',
  median: 'lấy điểm ở giữa',
  lowest: 'lấy điểm thấp nhất',
  highest: 'lấy điểm cao nhất',
  trimmed: 'bỏ điểm cao nhất và thấp nhất, lấy bình quân',
} as const

/** A line for each thing that decides points, grades, places or awards and stands at no criterion. */
export function standingInWords(table: PointTable): string[] {
  const { figures = {}, grades = [], ungraded = [], lowered = [], tieBreaks = [], awards = [], periods = [] } = table
  const when = (condition: Parameters<typeof conditionInWords>[0]) => conditionInWords(condition, table)
  const gradeOf = (id: string) => grades.find((grade) => grade.id === id)?.name ?? id
  const lines = [
    ...Object.entries(figures).map(([name, figure]) => `${name} = ${figureInWords(figure, table)}`),
    table.cap !== undefined && `Tổng điểm tối đa ${formatNumber(table.cap)}`,
    table.floor !== undefined && `Tổng điểm tối thiểu ${formatNumber(table.floor)}`,
    `Không có số liệu: ${ABSENT[table.missing ?? 'zero']}; không giao: ${ABSENT[table.notAssigned ?? 'nothing']} (trừ mục ghi khác)`,
    periods.length > 0 &&
      `Điểm cả năm: bình quân các kỳ (${periods.map(({ id, weight }) => `${id} hệ số ${formatNumber(weight)}`).join('; ')})`,
    table.settling && `Nhiều người chấm một mục: ${SETTLED[table.settling]}`,
    ...grades.map((grade) => `Xếp loại ${grade.name}: ${gradeInWords(grade, table)}`),
    ...ungraded.map((rule) => `Không xếp loại khi ${when(rule.when)}: ${rule.reason}`),
    ...lowered.map((rule) => {
      const how = rule.to === undefined ? 'Hạ một bậc' : `Không xếp cao hơn loại ${gradeOf(rule.to)}`
      return `${how} khi ${when(rule.when)}: ${rule.reason}`
    }),
    tieBreaks.length > 0 &&
      `Bằng điểm thì xét lần lượt: ${tieBreaks.map((tieBreak) => tieInWords(tieBreak, table)).join('; ')}; bỏ phiếu`,
    ...awards.map((award) => `${award.name}: ${awardInWords(award, table)}`),
  ]
  return lines.filter((line) => typeof line === 'string')
}

function members(of: string, share: number, rounding: Rounding = 'down', least = 0): string {
  const how = rounding === 'nearest' ? 'gần nhất' : ROUNDED[rounding].trim()
  return `${formatPercent(share)} ${of}, làm tròn ${how}${least > 0 ? `, ít nhất ${formatNumber(least)}` : ''}`
}

function quotaInWords(quota: GradeQuota, table: PointTable): string {
  if ('units' in quota) return `không quá ${formatNumber(quota.units)} đơn vị`
  const of = table.grades?.find(({ id }) => id === quota.of)
  const among = quota.members
    ? 'số thành viên'
    : of
      ? `số đơn vị xếp loại ${of.name} trở lên`
      : 'số đơn vị được xếp loại'
  return `không quá ${members(among, quota.share, quota.rounding, quota.atLeast)}`
}

function gradeInWords(grade: PointGrade, table: PointTable): string {
  const conditions = [
    grade.every !== undefined && `mỗi mục lớn đạt ${formatPercent(grade.every)} số điểm trở lên`,
    grade.minimums && 'mỗi mục đạt mức tối thiểu',
    grade.when && conditionInWords(grade.when, table),
  ].filter(Boolean)
  const missed = grade.missed === 'exclude' ? 'thiếu điều kiện: không xếp loại' : 'thiếu điều kiện: xét loại kế tiếp'
  return [
    grade.from === undefined ? 'mọi mức điểm' : `từ ${formatNumber(grade.from)} điểm`,
    ...conditions,
    conditions.length > 0 && missed,
    grade.atMost && quotaInWords(grade.atMost, table),
  ]
    .filter(Boolean)
    .join('; ')
}

function tieInWords(tieBreak: NonNullable<PointTable['tieBreaks']>[number], table: PointTable): string {
  if ('node' in tieBreak) return `điểm mục ${tieBreak.node}`
  if ('fact' in tieBreak)
    return `${factInWords(tieBreak.fact, table)} ${tieBreak.better === 'less' ? 'thấp' : 'cao'} hơn`
  return conditionInWords(tieBreak.when, table)
}

function awardInWords(award: NonNullable<PointTable['awards']>[number], table: PointTable): string {
  const { seats, share, rounding, above, when } = award
  return [
    share === undefined ? `${formatNumber(seats)} suất` : members('số thành viên', share, rounding, seats),
    above &&
      `cụm trên ${formatNumber(above.members)} thành viên: ${share === undefined ? '' : 'ít nhất '}${formatNumber(above.seats)} suất`,
    when && `điều kiện: ${conditionInWords(when, table)}`,
  ]
    .filter(Boolean)
    .join('; ')
}
