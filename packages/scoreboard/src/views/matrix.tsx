import { useEffect, useEffectEvent, useMemo } from 'react'
import { Link } from 'wouter'
import { ask, save, type Whole } from '../client.ts'
import { useFrame } from '../frame.ts'
import { type MatrixQuery as Answer, Matrix as MatrixQuery, type MatrixQueryVariables } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { CellPanel } from '../parts/cell-panel.tsx'
import { Choice } from '../parts/choice.tsx'
import { csvOf } from '../parts/csv.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { heatMap } from '../parts/drawings.ts'
import { Exports } from '../parts/export.tsx'
import { type Grid, gridOf, isAnyInvented, textOf } from '../parts/grid.ts'
import { MatrixTable, PrintedMatrix } from '../parts/matrix-table.tsx'
import { Pages } from '../parts/pages.tsx'
import { COLORS } from '../parts/palette.ts'
import { partsOf } from '../parts/sections.ts'
import { SIGNS, STATUSES } from '../parts/status.tsx'
import { usePrinting } from '../parts/use-printing.ts'
import { useSaving } from '../parts/use-saving.tsx'
import { useSettings } from '../settings.tsx'

/** The nation where there is one: `useFrame().hasNation`. */
const LEVELS = ['NATION', 'PROVINCE', 'DISTRICT', 'COMMUNE', 'DEPARTMENT'] as const
const COLUMNS = ['some', 'figures', 'all'] as const

/** Units by indicators. */
export default function Matrix() {
  const { t, year, asOf, locale, get, set, close, percent, language, below } = useSettings()
  const level = LEVELS.find((value) => value === get('level')) ?? below
  const cluster = get('cluster')
  const variables = { year, asOf, locale, after: get('after'), ...(cluster ? { cluster } : { level }) }
  const answer = useApi(MatrixQuery, variables)
  const [section, sort] = [get('section'), get('sort') ?? '']
  const columns = COLUMNS.find((value) => value === get('columns')) ?? (get('with') === '1' ? 'figures' : 'some')
  const { data } = answer
  const grid = useMemo(
    () => data && gridOf(data, { section, columns, sort, language }),
    [data, section, columns, sort, language],
  )
  const [unit, indicator] = get('cell')?.split(' ') ?? []
  const isWall = get('wall') === '1'
  usePageTitle(t('matrixTitle'))
  useEscape(isWall && !unit, () => close('wall'))
  const name = `ma-tran-${asOf}`
  const units = data?.units
  /** What a file of the shown part adds to its name. */
  const part = units && units.nodes.length < units.totalCount ? `${units.nodes.length}-tren-${units.totalCount}` : ''
  const [saving, told] = useSaving()
  const saveAll = async (shown: Grid) => {
    const whole = part ? gridOf(await allUnits(variables), { section, columns, sort, language }) : shown
    saveTable(whole, name, t('unit'), percent)
  }
  return (
    <div className={isWall ? 'wall' : undefined}>
      <div className="heading">
        <h1>
          {t('matrixTitle')} {year}
        </h1>
        <div className="exports">
          <button
            type="button"
            aria-pressed={isWall}
            onClick={() => (isWall ? close('wall') : set({ wall: '1' }, true))}
          >
            {t(isWall ? 'wallEnd' : 'wall')}
          </button>
          {grid && (
            <button type="button" onClick={() => saving(() => saveAll(grid))}>
              CSV
            </button>
          )}
          <Exports
            document={MatrixQuery}
            variables={variables}
            name={[name, part].filter(Boolean).join('-')}
            draw={grid && ((plot) => heatMap(plot, grid, percent))}
            told={{
              title: `${t('matrixTitle')} ${year}`,
              lines: [
                ...(units && part
                  ? [`${t('pageShown')} ${units.nodes.length}/${units.totalCount} ${t('pageUnits')}`]
                  : []),
                t('matrixHelp'),
              ],
              legend: STATUSES.map((status) => [COLORS[status], `${SIGNS[status]} ${t(status)}`] as const),
              synthetic: grid !== undefined && isAnyInvented(grid),
            }}
          />
          {told}
        </div>
      </div>
      {!isWall && (
        <Filters
          level={level}
          cluster={cluster}
          columns={columns}
          clusters={data?.clusters.nodes ?? []}
          sections={partsOf(data?.directive.indicators ?? [])}
        />
      )}
      <Legend />
      {data && <Pages of={data.units} />}
      <Shown of={answer}>
        {() => grid && <Shape grid={grid} sort={sort} onOpen={(cell) => set({ cell }, true)} />}
      </Shown>
      {unit && indicator && <CellPanel unit={unit} indicator={indicator} onClose={() => close('cell')} />}
    </div>
  )
}

/** As it leaves whatever else takes all of the screen. */
function useEscape(isOpen: boolean, leave: () => void): void {
  const leaving = useEffectEvent(leave)
  useEffect(() => {
    if (!isOpen) return
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && leaving()
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOpen])
}

/** The matrix of all units, however many answers they take. */
async function allUnits(variables: Omit<MatrixQueryVariables, 'after'>): Promise<Whole<Answer>> {
  let whole = await ask(MatrixQuery, { ...variables, after: null })
  while (whole.units.pageInfo.hasNextPage) {
    const { units } = await ask(MatrixQuery, { ...variables, after: whole.units.pageInfo.endCursor })
    whole = { ...whole, units: { ...units, nodes: [...whole.units.nodes, ...units.nodes] } }
  }
  return whole
}

function saveTable({ rows, columns }: Grid, name: string, unit: string, percent: (share: number) => string): void {
  const table = csvOf(
    [unit, ...columns.map((column) => column.name)],
    rows.map((row) => [row.name, ...columns.map(({ id }) => textOf(row.cells.get(id), percent))]),
  )
  save(new Blob([table], { type: 'text/csv' }), `${name}.csv`)
}

function Shape({
  grid,
  sort,
  onOpen,
}: {
  readonly grid: Grid
  readonly sort: string
  readonly onOpen: (cell: string) => void
}) {
  const { t, to, get, set } = useSettings()
  const isPrinting = usePrinting()
  const { rows, columns } = grid
  if (columns.length === 0 || rows.length === 0) return <p className="state">{t('noMatrix')}</p>
  const isEmpty = rows.every(({ cells }) => [...cells.values()].every(({ measurement }) => measurement === null))
  if (isEmpty && get('columns') === null && get('level') !== 'PROVINCE') {
    // A wall of question marks says nothing.
    return (
      <div className="state">
        <p>{t('nothingPublished')}</p>
        <p>
          <Link href={to('/ma-tran', { level: 'PROVINCE', columns: 'figures' })}>{t('seeProvince')}</Link>{' '}
          <button type="button" onClick={() => set({ columns: 'some' })}>
            {t('showEmpty')}
          </button>
        </p>
      </div>
    )
  }
  return (
    <>
      {isEmpty && <p className="state">{t('nothingPublished')}</p>}
      <p className="quiet on-screen">
        {t('gridHelp')} {isAnyInvented(grid) && t('starHelp')}
      </p>
      <MatrixTable grid={grid} sort={sort} onOpen={onOpen} />
      {isPrinting && <PrintedMatrix grid={grid} />}
    </>
  )
}

interface FiltersProps {
  readonly level: (typeof LEVELS)[number]
  readonly cluster: string | null
  readonly columns: (typeof COLUMNS)[number]
  readonly clusters: NonNullable<Answer['clusters']>['nodes']
  readonly sections: readonly string[]
}

function Filters({ level, cluster, columns, clusters, sections }: FiltersProps) {
  const { t, get, set } = useSettings()
  const frame = useFrame()
  const levels = LEVELS.filter((level) => level !== 'NATION' || frame?.hasNation)
  const all = ['', t('all')] as const
  const sort = get('sort') ?? ''
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={t('level')}
        value={cluster ? '' : level}
        options={[...(cluster ? [['', '–'] as const] : []), ...levels.map((value) => [value, t(value)] as const)]}
        onChange={(value) => set({ level: value, cluster: null, after: null })}
      />
      <Choice
        label={t('cluster')}
        value={cluster ?? ''}
        options={[all, ...clusters.map(({ code, name }) => [code, name] as const)]}
        onChange={(value) => set({ cluster: value, after: null })}
      />
      <Choice
        label={t('section')}
        value={get('section') ?? ''}
        options={[all, ...sections.map((section) => [section, section] as const)]}
        onChange={(value) => set({ section: value })}
      />
      <Choice
        label={t('columns')}
        value={columns}
        options={[
          ['some', t('columnsSome')],
          ['figures', t('columnsFigures')],
          ['all', t('all')],
        ]}
        onChange={(value) => set({ columns: value, with: null })}
      />
      <Choice
        label={t('sortBy')}
        value={sort}
        options={[
          ['', t('byName')],
          ['met', t('byMet')],
          ...(sort !== '' && sort !== 'met' ? [[sort, t('byColumn')] as const] : []),
        ]}
        onChange={(value) => set({ sort: value })}
      />
    </form>
  )
}

function Legend() {
  const { t } = useSettings()
  return (
    <ul className="legend">
      {STATUSES.map((status) => (
        <li key={status}>
          <span className={`swatch ${status}`} aria-hidden="true">
            {SIGNS[status]}
          </span>{' '}
          {t(status)}
        </li>
      ))}
      {(['AHEAD', 'ON_TRACK', 'BEHIND'] as const).map((pace) => (
        <li key={pace}>
          <span className={`swatch IN_PROGRESS ${pace}`} aria-hidden="true">
            {{ AHEAD: '▲', ON_TRACK: '●', BEHIND: '▼' }[pace]}
          </span>{' '}
          {t(pace)}
        </li>
      ))}
    </ul>
  )
}
