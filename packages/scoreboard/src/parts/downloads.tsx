import { ask, save, type Whole } from '../client.ts'
import { useFrame } from '../frame.ts'
import { AllFigures, type AllFiguresQuery, Indicators } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { dataPackage, type FiguresOfUnit, figureRows, figuresAsCsv } from './data-package.ts'
import { useSaving } from './use-saving.tsx'

const KINDS = {
  csv: ['CSV', 'text/csv'],
  json: ['JSON', 'application/json'],
  zip: ['Frictionless Data Package', 'application/zip'],
} as const
type Kind = keyof typeof KINDS

/** All figures to take away, in three forms. */
export function Downloads() {
  const { t, year, asOf, locale } = useSettings()
  const frame = useFrame()
  const [saving, told] = useSaving()
  const allUnits = async () => {
    const units: FiguresOfUnit[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page: Whole<AllFiguresQuery> = await ask(AllFigures, { year, asOf, locale, ...(after ? { after } : {}) })
      units.push(...page.units.nodes)
      after = page.units.pageInfo.hasNextPage ? page.units.pageInfo.endCursor : null
    }
    return units
  }
  const contentOf = async (kind: Kind) => {
    const units = await allUnits()
    if (kind === 'csv') return figuresAsCsv(figureRows(units))
    if (kind === 'json') return JSON.stringify(figureRows(units), null, 1)
    const { directive } = await ask(Indicators, { year, locale })
    return dataPackage(units, directive.indicators, {
      year,
      asOf,
      directive: frame ? `${frame.title}, ${frame.number}, ${frame.issuer}` : String(year),
      licence: t('dataLicence'),
      mark: t('syntheticPicture'),
      homepage: location.origin,
    }) as Uint8Array<ArrayBuffer>
  }
  const onSave = (kind: Kind) =>
    saving(async () => {
      save(new Blob([await contentOf(kind)], { type: KINDS[kind][1] }), `so-lieu-${year}-${asOf}.${kind}`)
    })
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">{t('downloads')}</h2>
      <p>{t('downloadsHelp')}</p>
      <p className="quiet">{t('dataLicence')}</p>
      <p className="actions">
        {(Object.keys(KINDS) as Kind[]).map((kind) => (
          <button key={kind} type="button" onClick={() => onSave(kind)}>
            {t('allFigures')} {KINDS[kind][0]}
          </button>
        ))}{' '}
        <a href="/graphql">GraphQL, GraphiQL</a>
      </p>
      {told}
    </section>
  )
}
