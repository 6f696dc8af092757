// A file to fill in: what the import reads, with what the writer wants to see beside it.
import { type Directive, describeTarget, type Indicator } from '@dienbien/targets'
import writeXlsxFile from 'write-excel-file/node'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import type { ColumnFigure } from '../figures/columns.ts'
import { judgedLevel } from '../figures/evaluate-unit.ts'
import type { Unit } from '../figures/registry.ts'
import type { Moment } from '../figures/years.ts'
import { timelessZip } from '../timeless-zip.ts'

const COLUMNS = [
  ['Mã đơn vị', 10],
  ['Đơn vị', 24],
  ['indicator', 26],
  ['Tên chỉ tiêu', 50],
  ['Đơn vị tính', 18],
  ['Mục tiêu', 26],
  ['Năm trước', 12],
  ['Giá trị', 14],
  ['Ngày', 12],
  ['Trạng thái', 14],
  ['Nguồn', 30],
] as const

export const TEMPLATE_HEADER: readonly string[] = COLUMNS.map(([title]) => title)

/**
 * A row for each indicator measured at the unit's level, without its value.
 * @param directive that judges the unit
 * @param before the figures of the year before, the unit's or those of the units whose place it took
 */
export function templateRows(
  { code, name, level }: Pick<Unit, 'code' | 'name' | 'level'>,
  { asOf }: Pick<Moment, 'asOf'>,
  directive: Directive,
  targets: readonly Pick<AssignedTarget, 'indicatorId' | 'comparator' | 'value' | 'baseline'>[],
  before: readonly Pick<ColumnFigure, 'indicatorId' | 'value'>[],
): (string | number | null)[][] {
  const judgedAt = judgedLevel(directive, level)
  return directive.indicators
    .filter(({ levels, role }) => role === 'target' && levels.includes(judgedAt))
    .map((indicator) => {
      const unitTarget = targets.find(({ indicatorId }) => indicatorId === indicator.id)
      // A total of the province is not that of a lower unit; a rate is.
      const falls = judgedAt === directive.level || indicator.extent === 'intensive'
      const target = unitTarget ?? (falls ? indicator.target : null)
      return [
        code,
        name,
        indicator.id,
        indicator.name.vi,
        indicator.unit.vi,
        target ? describeTarget(indicator, target as Indicator['target']).vi : null,
        before.find(({ indicatorId }) => indicatorId === indicator.id)?.value ?? null,
        null,
        asOf,
        'chính thức',
        null,
      ]
    })
}

export async function templateFile(rows: (string | number | null)[][]): Promise<Buffer> {
  const header = TEMPLATE_HEADER.map((value) => ({ value, fontWeight: 'bold' as const }))
  const columns = COLUMNS.map(([, width]) => ({ width }))
  return timelessZip(await writeXlsxFile([header, ...rows], { columns, stickyRowsCount: 1 }).toBuffer())
}
