import { Link } from 'wouter'
import { Units as UnitsQuery } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { DistrictMap } from '../parts/district-map.tsx'
import { useSettings } from '../settings.tsx'

/** All units, by what they belong to. */
export default function Units() {
  const { t, to, locale } = useSettings()
  const answer = useApi(UnitsQuery, { locale })
  usePageTitle(t('units'))
  return (
    <>
      <h1>{t('units')}</h1>
      <p>
        <Link href={to('/tim')}>{t('search')}</Link> · <Link href={to('/so-sanh')}>{t('comparison')}</Link>
      </p>
      <Shown of={answer}>
        {({ units: { nodes } }) => {
          const districts = nodes.filter(({ level }) => level === 'DISTRICT')
          const below = (code: string) => nodes.filter(({ parent }) => parent?.code === code)
          const others = nodes.filter(({ level }) => level !== 'DISTRICT' && level !== 'COMMUNE')
          return (
            <>
              <DistrictMap districts={districts} here="" />
              <ul>
                {others.map(({ code, name }) => (
                  <li key={code}>
                    <Link href={to(`/don-vi/${code}`)}>{name}</Link>
                  </li>
                ))}
              </ul>
              <div className="lists">
                {districts.map(({ code, name }) => (
                  <details key={code}>
                    <summary>{name}</summary>
                    <ul>
                      {[{ code, name }, ...below(code)].map((one) => (
                        <li key={one.code}>
                          <Link href={to(`/don-vi/${one.code}`)}>{one.name}</Link>
                        </li>
                      ))}
                    </ul>
                  </details>
                ))}
              </div>
            </>
          )
        }}
      </Shown>
    </>
  )
}
