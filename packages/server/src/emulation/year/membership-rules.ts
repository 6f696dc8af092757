import type { Text, UnitLevel } from '@dienbien/targets'
import { LEVEL_NAMES } from '../../measurements/figure-rules.ts'

const TERRITORIES: readonly UnitLevel[] = ['district', 'commune']
const AGENCIES: readonly UnitLevel[] = ['department', 'organisation']
const KINDS = { cluster: 'cụm thi đua', bloc: 'khối thi đua' } as const

/**
 * Why a unit cannot compete in a cluster; null where it can. A cluster joins territories of one level (a province has none
 * beside it to compete with), a bloc joins agencies.
 * @param others the levels of its other members in that year
 */
export function membershipProblem(
  kind: 'cluster' | 'bloc',
  level: UnitLevel,
  others: readonly UnitLevel[],
): Text | null {
  const may = kind === 'bloc' ? AGENCIES : TERRITORIES
  const own = LEVEL_NAMES[level].vi
  if (!may.includes(level)) {
    const joins = may.map((one) => LEVEL_NAMES[one].vi).join('; ')
    return {
      vi: `cấp ${own} không tham gia ${KINDS[kind]}, chỉ gồm: ${joins}`,
      en: `a ${level} does not compete in a ${kind}: it joins a ${may.join(' or a ')}`,
    }
  }
  const [other] = others
  if (kind === 'bloc' || other === undefined || other === level) return null
  return {
    vi: `cấp ${own} không thi đua cùng cấp ${LEVEL_NAMES[other].vi}: các thành viên của cụm phải cùng cấp`,
    en: `a ${level} does not compete with a ${other}: the cluster's members are of one level`,
  }
}
