import { lazy, Suspense, useEffect } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { Notice } from './generated/api.ts'
import { useApi } from './parts/data.tsx'
import { useSettings, YEAR_END } from './settings.tsx'
import type { TextKey } from './text.ts'
import { Overview } from './views/overview.tsx'

const Matrix = lazy(() => import('./views/matrix.tsx'))
const Ranking = lazy(() => import('./views/ranking.tsx'))
const UnitView = lazy(() => import('./views/unit.tsx'))
const Units = lazy(() => import('./views/units.tsx'))
const IndicatorView = lazy(() => import('./views/indicator.tsx'))
const Indicators = lazy(() => import('./views/indicators.tsx'))
const Reporting = lazy(() => import('./views/reporting.tsx'))

const VIEWS: readonly (readonly [string, TextKey])[] = [
  ['/', 'overview'],
  ['/ma-tran', 'matrix'],
  ['/xep-hang', 'ranking'],
  ['/don-vi', 'units'],
  ['/chi-tieu', 'indicators'],
  ['/bao-cao', 'reporting'],
]

export function App() {
  const { t, to, set, asOf, language, date } = useSettings()
  const [path] = useLocation()
  const notice = useApi(Notice, {})
  const here = VIEWS.findLast(([start]) => path === start || path.startsWith(`${start}/`))
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${t(here?.[1] ?? 'overview')} – ${t('title')}`
  }, [language, t, here])
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header>
        <div className="brand">
          <strong>{t('title')}</strong>
          <span>{t('subtitle')}</span>
        </div>
        <nav aria-label={t('title')}>
          {VIEWS.map(([href, name]) => (
            <Link key={href} href={to(href)} aria-current={here?.[0] === href ? 'page' : undefined}>
              {t(name)}
            </Link>
          ))}
          <a href="/graphql">{t('forAnalysts')}</a>
        </nav>
        <div className="controls">
          <label>
            {t('asOf')}{' '}
            <input
              type="date"
              min="2022-01-01"
              max={YEAR_END}
              value={asOf}
              onChange={({ target }) => target.value && set({ asOf: target.value === YEAR_END ? null : target.value })}
            />
          </label>
          <button
            type="button"
            lang={language === 'vi' ? 'en' : 'vi'}
            onClick={() => set({ lang: language === 'vi' ? 'en' : null })}
          >
            {t('language')}
          </button>
        </div>
      </header>
      {notice.data?.clusters.nodes.some(({ synthetic }) => synthetic) && (
        <aside className="notice" aria-label={t('synthetic')}>
          {t('demo')}
        </aside>
      )}
      {/* Nothing invented is seen before it is known that it is. */}
      <main id="content" tabIndex={-1} style={notice.data || notice.error ? undefined : { visibility: 'hidden' }}>
        <Suspense fallback={<p className="state">{t('loading')}</p>}>
          <Switch>
            <Route path="/">
              <Overview />
            </Route>
            <Route path="/ma-tran">
              <Matrix />
            </Route>
            <Route path="/xep-hang">
              <Ranking />
            </Route>
            <Route path="/don-vi">
              <Units />
            </Route>
            <Route path="/don-vi/:code">{({ code }) => <UnitView key={code} code={code} />}</Route>
            <Route path="/chi-tieu">
              <Indicators />
            </Route>
            <Route path="/chi-tieu/:id">{({ id }) => <IndicatorView key={id} id={id} />}</Route>
            <Route path="/bao-cao">
              <Reporting />
            </Route>
            <Route>
              <h1>{t('nothing')}</h1>
            </Route>
          </Switch>
        </Suspense>
      </main>
      <footer>
        <span className="on-paper">
          {t('printed')} {date(asOf)}.
        </span>{' '}
        {t('policyNote')}
      </footer>
    </>
  )
}
