import { Link } from 'wouter'
import { type DistrictsQuery as Answer, Districts } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Choice } from './choice.tsx'
import { Shown, useApi } from './data.tsx'
import { DistrictMap, type Tile } from './district-map.tsx'
import { Pages } from './pages.tsx'
import { Source } from './source.tsx'
import { isInvented, Synthetic } from './status.tsx'

const TITLES = { PROVINCE: 'provinces', DISTRICT: 'districts', COMMUNE: 'communes' } as const
type District = NonNullable<Answer['units']>['nodes'][number]

/** The districts as a map of tiles, coloured by what is chosen; what is published of them where that is next to nothing. */
export function DistrictTiles() {
  const { t, year, asOf, locale, get, set, below } = useSettings()
  const answer = useApi(Districts, { level: below, year, asOf, locale, after: get('after') })
  return (
    <section aria-labelledby="tiles">
      <h2 id="tiles">{t(TITLES[below])}</h2>
      <Shown of={answer}>
        {({ units, allocation }) => {
          const { nodes } = units
          const names = new Map(
            nodes.flatMap(({ evaluation }) =>
              evaluation.results.map(({ indicator }) => [indicator.id, indicator.name] as const),
            ),
          )
          if (names.size === 0) return <Published allocation={allocation} />
          const measure = get('measure') ?? 'met'
          return (
            <>
              <Choice
                label={t('colouredBy')}
                value={measure}
                options={[['met', t('shareMet')], ['data', t('shareKnown')], ...names]}
                onChange={(chosen) => set({ measure: chosen === 'met' ? null : chosen })}
              />
              <DistrictMap districts={nodes.map((node) => tileOf(node, measure))} here="" />
              <Pages of={units} />
              <p>
                <Synthetic show={nodes.some(({ evaluation }) => isInvented(evaluation))} />
              </p>
            </>
          )
        }}
      </Shown>
    </section>
  )
}

function tileOf({ code, name, evaluation }: District, measure: string): Tile {
  const { met, inProgress, notMet, undecided, noData } = evaluation.summary
  const known = met + inProgress + notMet + undecided
  if (measure === 'met') return { code, name, share: known === 0 ? null : met / known }
  if (measure === 'data') return { code, name, share: known + noData === 0 ? null : known / (known + noData) }
  return { code, name, share: evaluation.results.find(({ indicator }) => indicator.id === measure)?.completion ?? null }
}

function Published({ allocation }: { readonly allocation: NonNullable<Answer['allocation']> }) {
  const { t, to, number, quantity } = useSettings()
  const held = allocation.flatMap((allotment) => allotment.holders.map((holder) => ({ ...allotment, holder })))
  return (
    <>
      <p>
        {t('nothingPublished')} {held.length > 0 && `${t('publishedTargets')}:`}
      </p>
      <ul>
        {held.map(({ indicator, target, holder }) => (
          <li key={`${indicator.id} ${holder.unit.code}`}>
            <Link href={to(`/don-vi/${holder.unit.code}`)}>{holder.unit.name}</Link>:{' '}
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>, {number(holder.value)}/
            {quantity(target, indicator.unit.name)}{' '}
            <span className="quiet">
              <Source of={{ asOf: '', source: holder.source, synthetic: holder.synthetic }} />
            </span>{' '}
            <Synthetic show={holder.synthetic} />
          </li>
        ))}
      </ul>
    </>
  )
}
