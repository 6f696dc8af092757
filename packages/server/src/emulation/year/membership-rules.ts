import type { Text, UnitLevel } from '@dienbien/targets'
import { isoDayOrNull } from '../../days.ts'
import type { Unit } from '../../figures/registry.ts'
import { AGENCIES, PARTS } from '../../figures/unit-levels.ts'
import { LEVEL_NAMES } from '../../measurements/figure-rules.ts'

const KINDS = { cluster: 'cụm thi đua', bloc: 'khối thi đua' } as const

/**
 * Why a unit cannot compete in a cluster; null where it can. A cluster joins territories of one level, below another (the
 * highest has none beside it to compete with), a bloc joins agencies.
 * @param others the levels of its other members in that year
 */
export function membershipProblem(
  kind: 'cluster' | 'bloc',
  { level, parentId }: Pick<Unit, 'level' | 'parentId'>,
  others: readonly UnitLevel[],
): Text | null {
  // A province that nothing stands above has no other beside it.
  const territories = level === 'province' && parentId === null ? PARTS.filter((part) => part !== level) : PARTS
  const may = kind === 'bloc' ? AGENCIES : territories
  const levelName = LEVEL_NAMES[level].vi
  if (!may.includes(level)) {
    const joins = may.map((level) => LEVEL_NAMES[level].vi).join('; ')
    return {
      vi: `cấp ${levelName} không tham gia ${KINDS[kind]}, chỉ gồm: ${joins}`,
      en: `a ${level} does not compete in a ${kind}: it joins a ${may.join(' or a ')}`,
    }
  }
  const [other] = others
  if (kind === 'bloc' || other === undefined || other === level) return null
  return {
    vi: `cấp ${levelName} không thi đua cùng cấp ${LEVEL_NAMES[other].vi}: các thành viên của cụm phải cùng cấp`,
    en: `a ${level} does not compete with a ${other}: the cluster's members are of one level`,
  }
}

/**
 * Why a unit cannot compete in a year; null where it can. A ranking is of the whole year, so its members stand at its end;
 * who came into being during the year may compete in it.
 */
export function periodProblem(
  life: { readonly validFrom: Date | null; readonly validTo: Date | null },
  year: number,
): Text | null {
  const [from, to] = [isoDayOrNull(life.validFrom), isoDayOrNull(life.validTo)]
  const last = `${year}-12-31`
  if (from !== null && from > last) {
    return {
      vi: `đơn vị thành lập ngày ${from}, sau năm ${year}`,
      en: `the unit exists from ${from} on, after ${year}`,
    }
  }
  if (to === null || to >= last) return null
  return {
    vi: `đơn vị kết thúc ngày ${to}: không thi đua đến hết năm ${year}`,
    en: `the unit ended on ${to}: it does not compete to the end of ${year}`,
  }
}
