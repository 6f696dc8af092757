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

/** Whom the pages are of, and bodies that are no territory, by their levels. */
const OTHERS = ['NATION', 'PROVINCE', 'DEPARTMENT', 'ORGANISATION'] as const

function ByParent({ units }: { readonly units: readonly ListedUnit[] }) {
  const { t, below } = useSettings()
  const territories = units.filter(({ level }) => level === below)
  const childrenOf = (code: string) =>
    units.filter(({ level, parent }) => parent?.code === code && (level === 'DISTRICT' || level === 'COMMUNE'))
  const levels = OTHERS.filter((level) => level !== below && units.some((unit) => unit.level === level))
  return (
    <>
      <div className="columns">
        <DistrictMap districts={territories} here="" />
        <div>
          {levels.map((level) => (
            <section key={level} aria-label={t(level)}>
              <h2>{t(level)}</h2>
              <Listed units={units.filter((unit) => unit.level === level)} />
            </section>
          ))}
        </div>
      </div>
      {below !== 'COMMUNE' && (
        <section aria-labelledby="below">
          <h2 id="below">{t(below === 'PROVINCE' ? 'unitsOfProvinces' : 'unitsOfDistricts')}</h2>
          <div className="lists">
            {territories.map((territory) => (
              <details key={territory.code}>
                <summary>{territory.name}</summary>
                <Listed units={[territory]} childrenOf={childrenOf} />
              </details>
            ))}
          </div>
        </section>
      )}
    </>
  )
}

/** Units, and what belongs to each, as deep as it goes. */
function Listed({
  units,
  childrenOf = () => [],
}: {
  readonly units: readonly ListedUnit[]
  readonly childrenOf?: (code: string) => readonly ListedUnit[]
}) {
  const { to } = useSettings()
  if (units.length === 0) return null
  return (
    <ul>
      {units.map(({ code, name }) => (
        <li key={code}>
          <Link href={to(`/don-vi/${code}`)}>{name}</Link>
          <Listed units={childrenOf(code)} childrenOf={childrenOf} />
        </li>
      ))}
    </ul>
  )
}
