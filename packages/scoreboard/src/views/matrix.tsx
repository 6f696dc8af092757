import { Fragment, type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { type MatrixQuery as Answer, Matrix as MatrixQuery } from '../generated/api.ts'
import { CellPanel } from '../parts/cell-panel.tsx'
import { Choice } from '../parts/choice.tsx'
import { Shown, useApi, useLive } from '../parts/data.tsx'
import { heatMap } from '../parts/drawings.ts'
import { Exports } from '../parts/export.tsx'
import { SIGNS, STATUSES, Synthetic } from '../parts/status.tsx'
import { useSettings } from '../settings.tsx'

const LEVELS = ['PROVINCE', 'DISTRICT', 'COMMUNE', 'DEPARTMENT'] as const

/** Units by indicators. */
export default function Matrix() {
  const { t, asOf, locale, get, set, percent } = useSettings()
  const level = LEVELS.find((one) => one === get('level')) ?? 'DISTRICT'
  const cluster = get('cluster')
  const variables = { asOf, locale, ...(cluster ? { cluster } : { level }) }
  const answer = useApi(MatrixQuery, variables)
  useLive(cluster ? { cluster } : { unit: '11' })
  const all = ['', t('all')] as const
  const matrix = answer.data?.matrix
  const [unit, indicator] = get('cell')?.split(' ') ?? []
  return (
    <>
      <div className="heading">
        <h1>{t('matrix')}</h1>
        <Exports
          document={MatrixQuery}
          variables={variables}
          name={`ma-tran-${asOf}`}
          draw={matrix && ((plot) => heatMap(plot, matrix, percent))}
        />
      </div>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={t('level')}
          value={cluster ? '' : level}
          options={[...(cluster ? [['', '–'] as const] : []), ...LEVELS.map((one) => [one, t(one)] as const)]}
          onChange={(one) => set({ level: one, cluster: null })}
        />
        <Choice
          label={t('cluster')}
          value={cluster ?? ''}
          options={[all, ...(answer.data?.clusters.nodes ?? []).map(({ code, name }) => [code, name] as const)]}
          onChange={(one) => set({ cluster: one })}
        />
        <Choice
          label={t('section')}
          value={get('section') ?? ''}
          options={[all, ['3.1', '3.1'], ['3.2', '3.2']]}
          onChange={(one) => set({ section: one })}
        />
        <Choice
          label={t('sortBy')}
          value={get('sort') ?? ''}
          options={[
            ['', t('byName')],
            ['met', t('byMet')],
          ]}
          onChange={(one) => set({ sort: one })}
        />
        <label>
          <input
            type="checkbox"
            checked={get('with') === '1'}
            onChange={({ target }) => set({ with: target.checked ? '1' : null })}
          />{' '}
          {t('onlyWith')}
        </label>
      </form>
      <ul className="legend">
        {STATUSES.map((status) => (
          <li key={status}>
            <span className={`swatch ${status}`} aria-hidden="true">
              {SIGNS[status]}
            </span>{' '}
            {t(status)}
          </li>
        ))}
      </ul>
      <Shown of={answer}>{({ matrix }) => <Grid matrix={matrix} onOpen={(cell) => set({ cell })} />}</Shown>
      {unit && indicator && <CellPanel unit={unit} indicator={indicator} onClose={() => set({ cell: null })} />}
    </>
  )
}

type Matrix = NonNullable<Answer['matrix']>

function Grid({ matrix, onOpen }: { readonly matrix: Matrix; readonly onOpen: (cell: string) => void }) {
  const { t, get, language } = useSettings()
  const section = get('section')
  const only = get('with') === '1'
  const sort = get('sort')
  const columns = useMemo(
    () =>
      matrix.indicators.flatMap((indicator, i) =>
        (!section || indicator.section.startsWith(section)) &&
        (!only || matrix.values.some((row) => row[i] !== null && row[i] !== undefined))
          ? [i]
          : [],
      ),
    [matrix, section, only],
  )
  const rows = useMemo(() => {
    const met = (row: number) => matrix.statuses[row]?.filter((status) => status === 'MET').length ?? 0
    const name = (row: number) => matrix.units[row]?.name ?? ''
    const clusterOf = (row: number) => matrix.units[row]?.cluster?.name ?? ''
    return matrix.units
      .map((_, i) => i)
      .sort((a, b) =>
        sort === 'met'
          ? met(b) - met(a)
          : clusterOf(a).localeCompare(clusterOf(b), language) || name(a).localeCompare(name(b), language),
      )
  }, [matrix, sort, language])
  const [active, setActive] = useState<readonly [number, number]>([0, 0])
  const table = useRef<HTMLTableElement>(null)
  if (columns.length === 0 || rows.length === 0) return <p className="state">{t('noFigures')}</p>
  const empty = matrix.statuses.every((row) =>
    row.every((status) => status === 'NO_DATA' || status === 'NOT_APPLICABLE'),
  )

  const move = (event: KeyboardEvent) => {
    const step = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as const)[
      event.key as 'ArrowUp'
    ]
    if (!step) return
    event.preventDefault()
    const next = [
      Math.min(Math.max(active[0] + step[0], 0), rows.length - 1),
      Math.min(Math.max(active[1] + step[1], 0), columns.length - 1),
    ] as const
    setActive(next)
    table.current?.querySelector<HTMLElement>(`[data-at="${next[0]} ${next[1]}"]`)?.focus()
  }
  return (
    <>
      {empty && <p className="state">{t('noFigures')}</p>}
      <p className="quiet">{t('gridHelp')}</p>
      <div className="scroll heat">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are gone through by arrow keys and opened */}
        <table ref={table} role="grid" aria-label={t('matrix')} onKeyDown={move}>
          <Heads matrix={matrix} columns={columns} />
          <tbody>
            {rows.map((row, r) => {
              const unit = matrix.units[row]
              if (!unit) return null
              const group = sort === 'met' ? null : (unit.cluster?.name ?? null)
              const before = matrix.units[rows[r - 1] ?? -1]?.cluster?.name ?? null
              return (
                <Fragment key={unit.code}>
                  {group && group !== before && (
                    <tr>
                      <th scope="rowgroup" colSpan={columns.length + 1} className="group">
                        <span>{group}</span>
                      </th>
                    </tr>
                  )}
                  <tr>
                    <th scope="row">
                      {unit.name} <Synthetic show={unit.synthetic} />
                    </th>
                    {columns.map((i, c) => (
                      <Cell
                        key={matrix.indicators[i]?.id}
                        matrix={matrix}
                        row={row}
                        column={i}
                        at={`${r} ${c}`}
                        active={r === active[0] && c === active[1]}
                        onFocus={() => setActive([r, c])}
                        onOpen={() => onOpen(`${unit.code} ${matrix.indicators[i]?.id}`)}
                      />
                    ))}
                  </tr>
                </Fragment>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** Sections above, names of indicators below. */
function Heads({ matrix, columns }: { readonly matrix: Matrix; readonly columns: readonly number[] }) {
  const { t } = useSettings()
  const sections = columns.reduce<{ name: string; span: number }[]>((groups, i) => {
    const name = matrix.indicators[i]?.section ?? ''
    const last = groups.at(-1)
    if (last?.name === name) last.span++
    else groups.push({ name, span: 1 })
    return groups
  }, [])
  return (
    <thead>
      <tr>
        <td />
        {sections.map(({ name, span }) => (
          <th key={name} scope="colgroup" colSpan={span}>
            {name}
          </th>
        ))}
      </tr>
      <tr>
        <th scope="col">{t('unit')}</th>
        {columns.map((i) => {
          const indicator = matrix.indicators[i]
          return (
            <th key={indicator?.id} scope="col" className="turned">
              <span title={indicator?.name}>{indicator?.name}</span>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface CellProps {
  readonly matrix: Matrix
  readonly row: number
  readonly column: number
  /** Where it stands among what is shown. */
  readonly at: string
  readonly active: boolean
  readonly onFocus: () => void
  readonly onOpen: () => void
}

function Cell({ matrix, row, column, at, active, onFocus, onOpen }: CellProps) {
  const { t, percent } = useSettings()
  const status = matrix.statuses[row]?.[column] ?? 'NO_DATA'
  const completion = matrix.completions[row]?.[column] ?? null
  const done = completion === null ? '' : `, ${percent(completion)}`
  return (
    <td
      className={status}
      data-at={at}
      tabIndex={active ? 0 : -1}
      aria-label={`${matrix.units[row]?.name}, ${matrix.indicators[column]?.name}: ${t(status)}${done}`}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault() // else the dialog's button, which then has the focus, is pressed
        onOpen()
      }}
    >
      {completion !== null && status !== 'MET' ? percent(completion) : SIGNS[status]}
    </td>
  )
}
