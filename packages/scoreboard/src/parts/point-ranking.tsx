// A cluster by the point table that it has adopted: who stands where, by which document, and every point.
import { useMemo } from 'react'
import { Link } from 'wouter'
import type { PointPlacesQuery, RankingQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Shown } from './data.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { PointTree } from './point-tree.tsx'
import { Synthetic } from './status.tsx'
import { usePointPlaces } from './use-point-places.ts'

export type AdoptedTable = NonNullable<NonNullable<RankingQuery['ranking']>['clusters'][number]['pointTable']>
type Place = NonNullable<NonNullable<PointPlacesQuery['cluster']>['pointRanking']>['members'][number]

export function ByPointTable({
  cluster,
  name,
  table,
}: {
  readonly cluster: string
  readonly name: string
  readonly table: AdoptedTable
}) {
  const { t, number, asOf } = useSettings()
  const answer = usePointPlaces(cluster)
  const places = answer.data?.cluster.pointRanking?.members ?? []
  const isWithheld = answer.error?.code === 'FORBIDDEN' || answer.error?.code === 'UNAUTHENTICATED'
  return (
    <>
      <p>
        {t('byTable')}: <AdoptedAs table={table} />; {t('totalOf')} {number(table.total)}. <span>{table.note}</span>
      </p>
      {isWithheld ? (
        <p className="state">{t('withheldPoints')}</p>
      ) : (
        <Shown of={answer}>{() => <Places places={places} label={name} file={`bang-diem-${cluster}-${asOf}`} />}</Shown>
      )}
      <PointTree cluster={cluster} units={places.map(({ unit }) => unit)} />
    </>
  )
}

/** The table's name, and the document that put it in force. */
function AdoptedAs({ table: { title, adoption } }: { readonly table: AdoptedTable }) {
  const { t, date } = useSettings()
  return (
    <>
      <strong>{title}</strong>
      {adoption && `, ${t('adoptedBy')} ${adoption.number} ${t('adoptedOn')} ${date(adoption.date)}`}
    </>
  )
}

function Places({
  places,
  label,
  file,
}: {
  readonly places: readonly Place[]
  readonly label: string
  readonly file: string
}) {
  const settings = useSettings()
  const columns = useMemo((): readonly Column<Place>[] => {
    const { t, to, points } = settings
    return [
      {
        id: 'rank',
        head: t('rank'),
        numeric: true,
        text: ({ rank }) => rank,
        cell: ({ rank, tied }) => (
          <>
            {rank ?? '–'} {tied && rank !== null && <span className="quiet">{t('tied')}</span>}
          </>
        ),
      },
      {
        id: 'unit',
        head: t('unit'),
        names: true,
        text: ({ unit }) => unit.name,
        cell: ({ unit }) => (
          <>
            <Link href={to(`/don-vi/${unit.code}`)}>{unit.name}</Link> <Synthetic show={unit.synthetic} />
          </>
        ),
      },
      {
        id: 'points',
        head: t('score'),
        numeric: true,
        text: (place) => place.points,
        cell: (place) => (
          <>
            {points(place.points)} <span className="quiet">/ {points(place.outOf)}</span>
          </>
        ),
      },
      {
        id: 'grade',
        head: t('grade'),
        text: ({ grade }) => grade,
        cell: ({ grade, reasons }) => (
          <>
            {grade ?? t('noGrade')}
            {reasons.length > 0 && <p className="quiet">{reasons.join('; ')}</p>}
          </>
        ),
      },
      { id: 'reasons', head: t('reasons'), hidden: true, text: ({ reasons }) => reasons.join('; ') },
      {
        id: 'synthetic',
        head: t('synthetic'),
        hidden: true,
        text: ({ unit }) => (unit.synthetic ? t('synthetic') : null),
      },
    ]
  }, [settings])
  return <DataTable label={label} file={file} rows={places} columns={columns} keyOf={({ unit }) => unit.code} />
}
