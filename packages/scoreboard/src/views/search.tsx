import { useDeferredValue, useState } from 'react'
import { Link } from 'wouter'
import { Duties, Indicators } from '../generated/api.ts'
import { usePageTitle } from '../page-title.ts'
import { useApi } from '../parts/data.tsx'
import { dutyAnchor } from '../parts/duty-anchor.ts'
import { useUnits } from '../parts/use-units.ts'
import { plain } from '../plain.ts'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'

interface Hit {
  readonly href: string
  readonly name: string
  readonly more: string
  /** Where every word that is looked for must be. */
  readonly text: string
}

/** More of one kind are shown when they are asked for, or one more word is given. */
const MOST = 20

/** Units, indicators, duties and pages, by words with or without diacritics. */
export default function Search() {
  const { t, get, set, year } = useSettings()
  const [words, setWords] = useState(get('q') ?? '')
  const groups = useGroups()
  usePageTitle(t('search'))
  const wanted = useDeferredValue(plain(words)).split(' ').filter(Boolean)
  const found = groups.map(({ kind, hits }) => ({
    kind,
    hits: wanted.length === 0 ? [] : hits.filter(({ text }) => wanted.every((word) => text.includes(word))),
  }))
  const total = found.reduce((sum, { hits }) => sum + hits.length, 0)
  return (
    <>
      <h1>
        {t('search')}{' '}
        <small className="quiet">
          {t('ofYear')} {year}
        </small>
      </h1>
      <search>
        <label>
          {t('searchHint')}{' '}
          <input
            type="search"
            value={words}
            size={34}
            onChange={({ target }) => {
              setWords(target.value)
              set({ q: target.value })
            }}
          />
        </label>
      </search>
      <p role="status" className="quiet">
        {wanted.length > 0 && (total === 0 ? t('nothingFound') : `${total} ${t('found')}`)}
      </p>
      {found
        .filter(({ hits }) => hits.length > 0)
        .map(({ kind, hits }) => (
          <section key={kind} aria-label={t(kind)}>
            <h2>
              {t(kind)}: {hits.length}
            </h2>
            <Found hits={hits.slice(0, MOST)} />
            {hits.length > MOST && (
              <details>
                <summary>
                  {t('more')}: {hits.length - MOST}
                </summary>
                <Found hits={hits.slice(MOST)} />
              </details>
            )}
          </section>
        ))}
    </>
  )
}

function Found({ hits }: { readonly hits: readonly Hit[] }) {
  return (
    <ul>
      {hits.map(({ href, name, more }) => (
        <li key={`${href} ${name}`}>
          <Link href={href}>{name}</Link> <span className="quiet">{more}</span>
        </li>
      ))}
    </ul>
  )
}

function useGroups(): readonly { readonly kind: TextKey; readonly hits: readonly Hit[] }[] {
  const { t, to, year, locale } = useSettings()
  const units = useUnits().data ?? []
  const indicators = useApi(Indicators, { year, locale }).data?.directive.indicators ?? []
  const duties = useApi(Duties, { year, locale }).data?.directive.duties ?? []
  const hit = (href: string, name: string, more: string, hidden = ''): Hit => ({
    href: to(href),
    name,
    more,
    text: plain(`${name} ${more} ${hidden}`),
  })
  const names = new Map(units.map(({ code, name }) => [code, name]))
  return [
    {
      kind: 'units',
      hits: units.map(({ code, name, parent }) =>
        hit(`/don-vi/${code}`, name, (parent && names.get(parent.code)) ?? '', code),
      ),
    },
    {
      kind: 'indicators',
      hits: indicators.map((indicator) =>
        hit(
          `/chi-tieu/${indicator.id}`,
          indicator.name,
          `${indicator.section}, ${indicator.target.text}`,
          `${indicator.id} ${indicator.intended ?? indicator.quote}`,
        ),
      ),
    },
    {
      kind: 'duties',
      hits: duties.map((duty) => {
        const found = hit('/phuong-phap', duty.intended ?? duty.quote, `${duty.section}, ${duty.who}`)
        return { ...found, href: `${found.href}#${dutyAnchor(duty.id)}` }
      }),
    },
    {
      kind: 'pages',
      hits: [
        hit('/', t('overview'), ''),
        hit('/ma-tran', t('matrixTitle'), ''),
        hit('/xep-hang', t('ranking'), t('policy')),
        hit('/so-sanh', t('comparison'), ''),
        hit('/phuong-phap', t('methodology'), `${t('dictionary')}, ${t('errata')}, ${t('downloads')}`),
        hit('/bao-cao', t('reporting'), ''),
      ],
    },
  ]
}
