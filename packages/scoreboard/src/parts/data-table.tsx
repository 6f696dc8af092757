import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo, useState } from 'react'
import { save } from '../client.ts'
import { useSettings } from '../settings.tsx'
import { csvOf } from './csv.ts'

export interface Column<Row> {
  readonly id: string
  readonly head: string
  /** What it is sorted by, and what a file of the table says. */
  readonly text: (row: Row) => string | number | null
  /** What is seen; by default the text. */
  readonly cell?: (row: Row) => ReactNode
  readonly numeric?: boolean
  /** Only in the file: the screen says it otherwise. */
  readonly hidden?: boolean
  /** A text of sentences: it gets the room. */
  readonly long?: boolean
  /** Names its row. */
  readonly names?: boolean
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const DIRECTIONS = { asc: 'ascending', desc: 'descending' } as const
const ARROWS = { asc: '▲', desc: '▼' } as const

/**
 * A table that sorts by its heads, scrolls sideways where it must, and comes down as a file that says what is seen. On a phone
 * each row is a card, in which each value says its head.
 */
export function DataTable<Row extends object>({
  label,
  file,
  rows,
  columns,
  keyOf,
}: {
  readonly label: string
  readonly file: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
}) {
  const { t, language } = useSettings()
  const [sorting, setSorting] = useState<SortingState>([])
  const data = useMemo(() => [...rows], [rows])
  const definitions = useMemo(
    () =>
      columns.map(({ id, text, numeric }) => ({
        id,
        accessorFn: (row: Row) => text(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortDescFirst: numeric ?? false,
        sortFn: (a: { original: Row }, b: { original: Row }) => compared(text(a.original), text(b.original), language),
      })),
    [columns, language],
  )
  const table = useTable({ features, columns: definitions, data, state: { sorting }, onSortingChange: setSorting })
  const shown = table.getRowModel().rows.map(({ original }) => original)
  const seen = columns.filter(({ hidden }) => !hidden)
  const heads = table.getHeaderGroups()[0]?.headers ?? []
  const onSave = () =>
    save(
      new Blob(
        [
          csvOf(
            columns.map(({ head }) => head),
            shown.map((row) => columns.map(({ text }) => text(row))),
          ),
        ],
        {
          type: 'text/csv',
        },
      ),
      `${file}.csv`,
    )
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys */}
      {/* biome-ignore lint/a11y/useSemanticElements: a group that is no form's */}
      <div className="scroll stacked" tabIndex={0} role="group" aria-label={label}>
        <table>
          <thead>
            <tr data-head={t('sortBy')}>
              {seen.map(({ id, head, numeric }) => {
                const column = heads.find((head) => head.column.id === id)?.column
                const sorted = column?.getIsSorted() || null
                return (
                  <th
                    key={id}
                    scope="col"
                    className={numeric ? 'number' : undefined}
                    aria-sort={sorted ? DIRECTIONS[sorted] : undefined}
                  >
                    <button type="button" className="head" onClick={() => column?.toggleSorting()}>
                      {head} <span aria-hidden="true">{sorted ? ARROWS[sorted] : ''}</span>
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {seen.map((column) => {
                  const content = column.cell ? column.cell(row) : column.text(row)
                  const className = column.numeric ? 'number' : column.long ? 'long' : undefined
                  return column.names ? (
                    <th key={column.id} scope="row">
                      {content}
                    </th>
                  ) : (
                    <td key={column.id} className={className} data-head={column.head}>
                      {content}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="exports">
        <button type="button" className="small" onClick={onSave} title={t('csvHelp')}>
          CSV
        </button>
      </p>
    </>
  )
}

function compared(a: string | number | null, b: string | number | null, language: string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '').localeCompare(String(b ?? ''), language)
}
