// A cluster by the point table that it has adopted: who stands where, by which document, and every point.
import { useMemo } from 'react'
import { Link } from 'wouter'
import type { PointPlacesQuery, RankingQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { obstaclesOf } from './award-obstacles.ts'
import { Shown } from './data.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { PointTree } from './point-tree.tsx'
import { Ranges } from './ranges.tsx'
import { Synthetic } from './status.tsx'
import { usePointFairness, usePointPlaces } from './use-point-places.ts'

export type AdoptedTable = NonNullable<NonNullable<RankingQuery['ranking']>['clusters'][number]['pointTable']>
type Ranking = NonNullable<NonNullable<PointPlacesQuery['cluster']>['pointRanking']>
type Place = Ranking['members'][number]

export function ByPointTable({
  cluster,
  name,
  table,
  synthetic,
}: {
  readonly cluster: string
  readonly name: string
  readonly table: AdoptedTable
  readonly synthetic: boolean
}) {
  const { t, number, asOf } = useSettings()
  const answer = usePointPlaces(cluster)
  const { members: places = [], awards = [] } = answer.data?.cluster.pointRanking ?? {}
  const isWithheld = answer.error?.code === 'FORBIDDEN' || answer.error?.code === 'UNAUTHENTICATED'
  return (
    <>
      <p>
        {t('byTable')}: <AdoptedAs table={table} />; {t('totalOf')} {number(table.total)}. <span>{table.note}</span>
      </p>
      {isWithheld ? (
        <p className="state">{t('withheldPoints')}</p>
      ) : (
        <Shown of={answer}>
          {() => (
            <>
              <Places places={places} awards={awards} label={name} file={`bang-diem-${cluster}-${asOf}`} />
              <Seats awards={awards} />
              {places.length > 1 && <Sureness cluster={cluster} name={name} synthetic={synthetic} />}
            </>
          )}
        </Shown>
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

/** The awards, how many of their seats are proposed for, and why others stay empty. */
function Seats({ awards }: { readonly awards: Ranking['awards'] }) {
  const { t } = useSettings()
  if (awards.length === 0) return null
  return (
    <>
      <p>{t('quotas')}:</p>
      <ul>
        {awards.map(({ award, name, seats, reckoned, nominated, conditional }) => (
          <li key={award}>
            {name}: {t('seatsProposed')} {nominated}/{seats}
            {reckoned && <span className="quiet"> ({reckoned})</span>}
            {nominated < seats && <span className="quiet"> – {t(conditional ? 'seatNoneQualifies' : 'seatOpen')}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

/** How sure the places are: what weights, a part left out and missing figures would move. */
function Sureness({
  cluster,
  name,
  synthetic,
}: {
  readonly cluster: string
  readonly name: string
  readonly synthetic: boolean
}) {
  const { t } = useSettings()
  const units = usePointFairness(cluster).data?.cluster.pointRanking?.fairness ?? []
  if (units.length < 2) return null
  const moved = units.filter(({ movedBy }) => movedBy.length > 0)
  return (
    <>
      <Ranges
        units={units}
        cluster={cluster}
        name={name}
        synthetic={synthetic}
        help="rangeHelpByTable"
        leftOut="groupLeftOut"
      />
      {moved.length > 0 && (
        <p className="quiet">
          {t('movedBy')}: {moved.map(({ unit, movedBy }) => `${unit.name} (${movedBy.join(', ')})`).join('; ')}
        </p>
      )}
    </>
  )
}

function Places({
  places,
  awards,
  label,
  file,
}: {
  readonly places: readonly Place[]
  readonly awards: Ranking['awards']
  readonly label: string
  readonly file: string
}) {
  const settings = useSettings()
  const columns = useMemo((): readonly Column<Place>[] => {
    const { t, to, points } = settings
    const awardOf = ({ award: code }: Place) =>
      code === 'ballot' ? t('ballot') : (awards.find(({ award }) => award === code)?.name ?? code)
    const reasonsOf = (place: Place) => [...place.awardReasons, ...obstaclesOf(place, places, awards, t)]
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
      {
        id: 'award',
        head: t('award'),
        long: true,
        text: awardOf,
        cell: (place) => (
          <>
            {awardOf(place)}
            {reasonsOf(place).length > 0 && <p className="quiet">{reasonsOf(place).join('; ')}</p>}
          </>
        ),
      },
      {
        id: 'reasons',
        head: t('reasons'),
        hidden: true,
        text: (place) => [...place.reasons, ...reasonsOf(place)].join('; '),
      },
      {
        id: 'synthetic',
        head: t('synthetic'),
        hidden: true,
        text: ({ unit }) => (unit.synthetic ? t('synthetic') : null),
      },
    ]
  }, [settings, awards, places])
  return <DataTable label={label} file={file} rows={places} columns={columns} keyOf={({ unit }) => unit.code} />
}
