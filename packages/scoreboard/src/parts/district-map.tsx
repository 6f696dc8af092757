import { Link } from 'wouter'
import { useSettings } from '../settings.tsx'

/** Column and row of each district by its code: about where it lies, north at the top. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  '096': [1, 1],
  '103': [2, 2],
  '095': [3, 1],
  '097': [3, 2],
  '098': [4, 1],
  '099': [4, 3],
  '102': [3, 3],
  '094': [2, 3],
  '100': [2, 4],
  '101': [3, 4],
}

/** The districts as tiles, to go from one to another. */
export function DistrictMap({
  districts,
  here,
}: {
  readonly districts: readonly { readonly code: string; readonly name: string }[]
  readonly here: string
}) {
  const { t, to } = useSettings()
  return (
    <nav className="map" aria-label={t('map')}>
      {districts.map(({ code, name }) => {
        const [column, row] = PLACES[code] ?? [1, 5]
        return (
          <Link
            key={code}
            href={to(`/don-vi/${code}`)}
            style={{ gridColumn: column, gridRow: row }}
            aria-current={code === here ? 'page' : undefined}
          >
            {name.replace(/^(Huyện|Thị xã|Thành phố) /, '')}
          </Link>
        )
      })}
    </nav>
  )
}
