import { Link } from 'wouter'
import { useSettings } from '../settings.tsx'

/** Column and row of each district that somebody has placed, by its code: about where it lies, north at the top. */
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

export interface Tile {
  readonly code: string
  readonly name: string
  /** From 0 to 1, by which it is coloured; null where nothing is known. Absent: the tile is only a way there. */
  readonly share?: number | null
}

/** More tiles than that are small ones, and scrolled. */
const MANY = 40

/** Steps of the colour, from least to most. */
const STEPS = 5
const stepOf = (share: number) => Math.min(Math.max(Math.ceil(share * STEPS), 1), STEPS)

/** The districts as tiles, to go from one to another. */
export function DistrictMap({ districts, here }: { readonly districts: readonly Tile[]; readonly here: string }) {
  const { t, to, percent } = useSettings()
  // Where one of them has no place, they stand in their order.
  const isMap = districts.every(({ code }) => PLACES[code])
  return (
    <nav className={districts.length > MANY ? 'map many' : 'map'} aria-label={t(isMap ? 'map' : 'tiles')}>
      {districts.map(({ code, name, share }) => {
        const [column, row] = (isMap && PLACES[code]) || []
        const shade = share === undefined ? '' : share === null ? 'unknown' : `step${stepOf(share)}`
        return (
          <Link
            key={code}
            href={to(`/don-vi/${code}`)}
            className={shade}
            style={{ gridColumn: column, gridRow: row }}
            aria-current={code === here ? 'page' : undefined}
          >
            {name.replace(/^(Tỉnh|Huyện|Thị xã|Thành phố) /, '')}
            {share !== undefined && <strong>{percent(share)}</strong>}
          </Link>
        )
      })}
    </nav>
  )
}
