import { type CSSProperties, Fragment, type KeyboardEvent, useRef, useState } from 'react'
import { useSettings } from '../settings.tsx'
import {
  doneOf,
  type Grid,
  type Indicator,
  isAnyInvented,
  type Result,
  type Row,
  sectionsOf,
  signOf,
  textOf,
} from './grid.ts'

interface TableProps {
  readonly grid: Grid
  readonly sort: string
  readonly onOpen: (cell: string) => void
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The matrix on the screen: its cells are walked by arrow keys and opened, its heads sort it. */
export function MatrixTable({ grid, sort, onOpen }: TableProps) {
  const { t } = useSettings()
  const [active, setActive] = useState<readonly [number, number]>([0, 0])
  const table = useRef<HTMLTableElement>(null)
  const { rows, columns } = grid
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!step || !(event.target as HTMLElement).matches('td')) return
    event.preventDefault()
    const next = [
      Math.min(Math.max(active[0] + step[0], 0), rows.length - 1),
      Math.min(Math.max(active[1] + step[1], 0), columns.length - 1),
    ] as const
    setActive(next)
    table.current?.querySelector<HTMLElement>(`[data-at="${next[0]} ${next[1]}"]`)?.focus()
  }
  return (
    <div className="scroll heat">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are gone through by arrow keys and opened */}
      <table ref={table} role="grid" aria-label={t('matrixTitle')} onKeyDown={move}>
        <colgroup>
          <col className="names" />
          <col span={columns.length} />
        </colgroup>
        <Heads columns={columns} sort={sort} />
        <tbody>
          {rows.map((row, r) => (
            <Fragment key={row.code}>
              {sort === '' && row.cluster && row.cluster.name !== rows[r - 1]?.cluster?.name && (
                <tr>
                  <th scope="rowgroup" colSpan={columns.length + 1} className="group">
                    <span>{row.cluster.name}</span>
                  </th>
                </tr>
              )}
              <tr>
                <th scope="row">{row.name}</th>
                {columns.map((column, c) => (
                  <Cell
                    key={column.id}
                    row={row}
                    column={column}
                    at={`${r} ${c}`}
                    active={r === active[0] && c === active[1]}
                    onFocus={() => setActive([r, c])}
                    onOpen={() => onOpen(`${row.code} ${column.id}`)}
                  />
                ))}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const SIGN_OF = { none: '', descending: '▼ ', ascending: '▲ ' } as const
/** What a press on a head asks for: the best first, then the last first, then the order that was. */
const NEXT = { none: (id: string) => id, descending: (id: string) => `-${id}`, ascending: () => null } as const

/** Sections above, whole names of indicators below. */
function Heads({ columns, sort }: { readonly columns: readonly Indicator[]; readonly sort: string }) {
  const { t, set } = useSettings()
  const orderBy = (id: string) => (sort === id ? 'descending' : sort === `-${id}` ? 'ascending' : undefined)
  return (
    <thead>
      <tr>
        <td />
        {sectionsOf(columns).map(({ name, columns: members }) => (
          <th key={members[0]?.id} scope="colgroup" colSpan={members.length}>
            {name}
          </th>
        ))}
      </tr>
      <tr>
        <th scope="col">{t('unit')}</th>
        {columns.map(({ id, name }) => (
          <th key={id} scope="col" className="turned" aria-sort={orderBy(id)}>
            <button type="button" title={name} onClick={() => set({ sort: NEXT[orderBy(id) ?? 'none'](id) })}>
              {SIGN_OF[orderBy(id) ?? 'none']}
              {name}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface CellProps {
  readonly row: Row
  readonly column: Indicator
  /** Where it stands among what is shown. */
  readonly at: string
  readonly active: boolean
  readonly onFocus: () => void
  readonly onOpen: () => void
}

const classOf = (result: Result | undefined) => `${result?.status ?? 'NOT_APPLICABLE'} ${result?.pace ?? ''}`

function Cell({ row, column, at, active, onFocus, onOpen }: CellProps) {
  const { t, percent } = useSettings()
  const result = row.cells.get(column.id)
  const words = [
    t(result?.status ?? 'NOT_APPLICABLE'),
    result?.pace && t(result.pace),
    result?.completion !== null && result?.completion !== undefined && percent(result.completion),
    result?.measurement?.synthetic && t('synthetic'),
  ]
  return (
    <td
      className={classOf(result)}
      data-at={at}
      tabIndex={active ? 0 : -1}
      aria-label={`${row.name}, ${column.name}: ${words.filter(Boolean).join(', ')}`}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault() // else the dialog's button, which then has the focus, is pressed
        onOpen()
      }}
    >
      {signOf(result)}
      <span className="done">{doneOf(result, percent)}</span>
      {result?.measurement?.synthetic && '*'}
    </td>
  )
}

/** Columns that an A4 page takes across, so that every one is read. */
const ACROSS = 16

/** The matrix on paper: by section, as many columns as a page holds. */
export function PrintedMatrix({ grid: { rows, columns } }: { readonly grid: Grid }) {
  const { t, percent } = useSettings()
  const isInvented = isAnyInvented({ rows, columns })
  const parts = sectionsOf(columns).flatMap(({ name, columns: members }) =>
    Array.from({ length: Math.ceil(members.length / ACROSS) }, (_, i) => ({
      name,
      own: members.slice(i * ACROSS, (i + 1) * ACROSS),
    })),
  )
  return (
    <div className="on-paper printed">
      {parts.map(({ name, own: members }) => (
        <table key={members[0]?.id} style={{ '--columns': members.length } as CSSProperties}>
          <caption>
            {name} {isInvented && <small>{t('starHelp')}</small>}
          </caption>
          <colgroup>
            <col className="names" />
            <col span={members.length} />
          </colgroup>
          <thead>
            <tr>
              <th />
              {members.map(({ id, name: head }) => (
                <th key={id} scope="col" className="turned">
                  <span>{head}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">{row.name}</th>
                {members.map(({ id }) => (
                  <td key={id} className={classOf(row.cells.get(id))}>
                    {textOf(row.cells.get(id), percent)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}
