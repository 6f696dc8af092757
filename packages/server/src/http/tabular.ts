// An answer as a table: one row for each innermost object, the fields around it repeated.
import type { Cell } from '../emulation/report/report.ts'
import { ClientError } from '../errors/client-error.ts'

export interface Table {
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly Cell[]>
}

type Row = ReadonlyMap<string, Cell>
/** Steps of a path that say nothing to a reader. */
const SILENT = new Set(['nodes', 'edges', 'node'])

/** Lists beside each other make a table of all their columns by all their rows, most of it empty: none is larger. */
const MOST_CELLS = 2_000_000

/** @throws {ClientError} `TOO_COMPLEX` where the table would have too many cells */
export function toTable(data: Readonly<Record<string, unknown>>): Table {
  const matrix = Object.values(data).find(isMatrix)
  if (matrix) return matrixTable(matrix)
  const rows = expand(data, '')
  const names = new Set<string>()
  for (const row of rows) for (const path of row.keys()) names.add(path)
  const paths = [...names]
  if (rows.length * paths.length > MOST_CELLS) {
    throw new ClientError(
      'TOO_COMPLEX',
      {
        vi: `bảng sẽ có ${rows.length} dòng và ${paths.length} cột, quá ${MOST_CELLS} ô: hãy hỏi từng danh sách một`,
        en: `the table would have ${rows.length} rows and ${paths.length} columns, more than ${MOST_CELLS} cells: ask for one list at a time`,
      },
      {},
      { status: 400 },
    )
  }
  return {
    columns: shortNames(paths),
    rows: (function* () {
      for (const row of rows) yield paths.map((path) => row.get(path) ?? null)
    })(),
  }
}

function expand(value: object, path: string): Row[] {
  const cells = new Map<string, Cell>()
  const groups: Row[][] = []
  for (const [name, child] of Object.entries(value)) {
    const at = SILENT.has(name) ? path : path ? `${path}.${name}` : name
    if (Array.isArray(child)) {
      const objects = child.filter((item): item is object => typeof item === 'object' && item !== null)
      if (objects.length > 0) groups.push(objects.flatMap((object) => expand(object, at)))
      else if (child.length > 0) cells.set(at, child.map(String).join('; '))
    } else if (typeof child === 'object' && child !== null) {
      const rows = expand(child, at)
      if (rows.length === 1) for (const [key, cell] of rows[0] as Row) cells.set(key, cell)
      else groups.push(rows)
    } else cells.set(at, typeof child === 'boolean' ? String(child) : (child as Cell))
  }
  const inner = groups.flat()
  return inner.length === 0 ? [cells] : inner.map((row) => new Map([...cells, ...row]))
}

/** What says nothing without what it is of. */
const GENERIC = ['id', 'name']

/** Each path by as many of its last steps as tell it from the others. */
function shortNames(paths: readonly string[]): string[] {
  const tails = paths.map((path) => {
    const steps = path.split('.')
    return steps.map((_, i) => steps.slice(steps.length - 1 - i).join('.'))
  })
  const uses = new Map<string, number>()
  for (const tail of tails.flat()) uses.set(tail, (uses.get(tail) ?? 0) + 1)
  return tails.map(
    (tail, i) => tail.find((name) => uses.get(name) === 1 && !GENERIC.includes(name)) ?? (paths[i] as string),
  )
}

interface MatrixLike {
  readonly units: readonly Readonly<Record<string, Cell>>[]
  readonly indicators: readonly Readonly<Record<string, Cell>>[]
  readonly cells: readonly (readonly Cell[])[]
}

function isMatrix(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const { units, indicators } = value as Record<string, unknown>
  return Array.isArray(units) && Array.isArray(indicators) && cellsOf(value as Record<string, unknown>) !== undefined
}

const cellsOf = (value: Record<string, unknown>) =>
  ['values', 'completions', 'statuses'].map((name) => value[name]).find((rows) => Array.isArray(rows))

/** A row a unit, a column an indicator: the wide form, which can be imported again. */
function matrixTable(value: Record<string, unknown>): Table {
  const { units, indicators, cells } = { ...value, cells: cellsOf(value) } as unknown as MatrixLike
  const ofUnit = Object.keys(units[0] ?? {})
  return {
    columns: [...ofUnit, ...indicators.map((indicator) => String(indicator.id ?? indicator.name ?? ''))],
    rows: units.map((unit, i) => [...ofUnit.map((name) => unit[name] ?? null), ...(cells[i] ?? [])]),
  }
}
