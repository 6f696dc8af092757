import { Link } from 'wouter'
import { usePageTitle } from '../page-title.ts'
import { Shown } from '../parts/data.tsx'
import { DistrictMap } from '../parts/district-map.tsx'
import { type ListedUnit, useUnits } from '../parts/use-units.ts'
import { useSettings } from '../settings.tsx'

/** All units of the day, by what they belong to. */
export default function Units() {
  const { t, to, year } = useSettings()
  const answer = useUnits()
  usePageTitle(t('units'))
  return (
    <>
      <h1>
        {t('units')} {year}
      </h1>
      <p>
        <Link href={to('/tim')}>{t('search')}</Link> · <Link href={to('/so-sanh')}>{t('comparison')}</Link>
      </p>
      <Shown of={answer}>{(units) => <ByParent units={units} />}</Shown>
    </>
  )
}

function ByParent({ units }: { readonly units: readonly ListedUnit[] }) {
  const { below } = useSettings()
  const territories = units.filter(({ level }) => level === below)
  const isTerritory = ({ level }: ListedUnit) => level === below || level === 'DISTRICT' || level === 'COMMUNE'
  const others = units.filter((unit) => !isTerritory(unit))
  const childrenOf = (code: string) => units.filter((unit) => isTerritory(unit) && unit.parent?.code === code)
  return (
    <>
      <DistrictMap districts={territories} here="" />
      <ul>
        {others.map((other) => (
          <Listed key={other.code} unit={other} />
        ))}
      </ul>
      {below !== 'COMMUNE' && (
        <div className="lists">
          {territories.map((territory) => (
            <details key={territory.code}>
              <summary>{territory.name}</summary>
              <ul>
                {[territory, ...childrenOf(territory.code)].map((unit) => (
                  <Listed key={unit.code} unit={unit} />
                ))}
              </ul>
            </details>
          ))}
        </div>
      )}
    </>
  )
}

function Listed({ unit: { code, name } }: { readonly unit: ListedUnit }) {
  const { to } = useSettings()
  return (
    <li>
      <Link href={to(`/don-vi/${code}`)}>{name}</Link>
    </li>
  )
}
