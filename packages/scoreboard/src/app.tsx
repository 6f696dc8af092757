import { lazy, Suspense, useEffect, useRef } from 'react'
import { Link, Route, Switch, useLocation, useSearch } from 'wouter'
import { useFrame } from './frame.ts'
import { useLive } from './live.ts'
import { usePageTitle, useSiteTitle } from './page-title.ts'
import { Boundary } from './parts/boundary.tsx'
import { DayChoice } from './parts/day-choice.tsx'
import { WithFrame } from './parts/with-frame.tsx'
import { YearChoice } from './parts/year-choice.tsx'
import { periodsOf, useSettings } from './settings.tsx'
import type { TextKey } from './text.ts'
import { Overview } from './views/overview.tsx'

/** Views that are fetched when they are first gone to, or when the page has nothing else to do. */
const LATER = {
  matrix: () => import('./views/matrix.tsx'),
  ranking: () => import('./views/ranking.tsx'),
  unit: () => import('./views/unit.tsx'),
  units: () => import('./views/units.tsx'),
  indicator: () => import('./views/indicator.tsx'),
  indicators: () => import('./views/indicators.tsx'),
  comparison: () => import('./views/comparison.tsx'),
  search: () => import('./views/search.tsx'),
  methodology: () => import('./views/methodology.tsx'),
  reporting: () => import('./views/reporting.tsx'),
}
const Matrix = lazy(LATER.matrix)
const Ranking = lazy(LATER.ranking)
const UnitView = lazy(LATER.unit)
const Units = lazy(LATER.units)
const IndicatorView = lazy(LATER.indicator)
const Indicators = lazy(LATER.indicators)
const Comparison = lazy(LATER.comparison)
const Search = lazy(LATER.search)
const Methodology = lazy(LATER.methodology)
const Reporting = lazy(LATER.reporting)
/** For those who make the pages: fetched by nobody else. */
const Components = lazy(() => import('./views/components.tsx'))

const VIEWS: readonly (readonly [string, TextKey])[] = [
  ['/', 'overview'],
  ['/ma-tran', 'matrix'],
  ['/xep-hang', 'ranking'],
  ['/don-vi', 'units'],
  ['/chi-tieu', 'indicators'],
  ['/so-sanh', 'comparison'],
  ['/tim', 'search'],
  ['/phuong-phap', 'methodology'],
  ['/bao-cao', 'reporting'],
]
/** Milliseconds after which the other views are fetched: a network that fails, or a newer version, then finds them here. */
const IDLE_MS = 4000

export function App() {
  const [path] = useLocation()
  const search = useSearch()
  useLive()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of Object.values(LATER)) load().catch(() => undefined)
    }, IDLE_MS)
    return () => clearTimeout(timer)
  }, [])
  const main = useRef<HTMLElement>(null)
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
    // An address that names a part of its view goes there.
    if (!location.hash) window.scrollTo(0, 0)
  }, [path])
  return (
    <WithFrame>
      {(inside) => (
        <>
          <Head />
          <Notices />
          <main id="content" tabIndex={-1} ref={main}>
            <Boundary of={`${path}?${search}`}>{inside(<View />)}</Boundary>
          </main>
          <Foot />
        </>
      )}
    </WithFrame>
  )
}

function View() {
  const { t } = useSettings()
  return (
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
        <Route path="/so-sanh">
          <Comparison />
        </Route>
        <Route path="/tim">
          <Search />
        </Route>
        <Route path="/phuong-phap">
          <Methodology />
        </Route>
        <Route path="/thanh-phan">
          <Components />
        </Route>
        <Route path="/bao-cao">
          <Reporting />
        </Route>
        <Route>
          <NoSuchPage />
        </Route>
      </Switch>
    </Suspense>
  )
}

function NoSuchPage() {
  const { t, to } = useSettings()
  usePageTitle(t('noSuchPage'))
  return (
    <div className="state">
      <h1>{t('noSuchPage')}</h1>
      <p>
        <Link href={to('/')}>{t('toOverview')}</Link> · <Link href={to('/tim')}>{t('search')}</Link>
      </p>
    </div>
  )
}

function Head() {
  const { t, to, set, asOf, year, newest, language, date } = useSettings()
  const frame = useFrame()
  const site = useSiteTitle()
  const [path] = useLocation()
  const ways = useRef<HTMLElement>(null)
  const view = VIEWS.findLast(([start]) => path === start || path.startsWith(`${start}/`))?.[0]
  useEffect(() => {
    // On a phone they are scrolled: where one is stands in sight.
    const here = view && ways.current?.querySelector<HTMLElement>('[aria-current]')
    if (ways.current && here)
      ways.current.scrollLeft = here.offsetLeft - (ways.current.clientWidth - here.offsetWidth) / 2
  }, [view])
  const chips = [...new Set([...periodsOf(year), newest])].sort()
  const choose = (day: string) => set({ asOf: day === newest ? null : day, since: null, after: null })
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header>
        <div className="brand">
          <Link href={to('/')}>{site}</Link>
          <span>{frame && `${t('directive')} ${frame.number}, ${date(frame.issuedOn)}`}</span>
          <span className="on-paper">
            {t('asOf')} {date(asOf)}. {t('policyNote')}
          </span>
        </div>
        <nav aria-label={t('titleOfNobody')} ref={ways}>
          {VIEWS.map(([href, name]) => (
            <Link key={href} href={to(href)} aria-current={view === href ? 'page' : undefined}>
              {t(name)}
            </Link>
          ))}
          <a href="/graphql">{t('forAnalysts')}</a>
        </nav>
        <div className="controls">
          {frame && (
            <>
              <YearChoice years={frame.years} />
              <fieldset className="chips">
                <legend>{t('periods')}</legend>
                {chips.map((day) => (
                  <button key={day} type="button" aria-pressed={day === asOf} onClick={() => choose(day)}>
                    {day === newest ? `${t('newest')} ${date(day).slice(0, 5)}` : date(day).slice(0, 5)}
                  </button>
                ))}
              </fieldset>
              <DayChoice label={t('asOf')} min={`${year}-01-01`} max={`${year}-12-31`} value={asOf} onChange={choose} />
            </>
          )}
          <button
            type="button"
            lang={language === 'vi' ? 'en' : 'vi'}
            onClick={() => set({ lang: language === 'vi' ? 'en' : null })}
          >
            {t('language')}
          </button>
        </div>
      </header>
    </>
  )
}

/** Of what somebody wrote, as much as is recognised. */
const start = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function Notices() {
  const { t, wrongDays, wrongYear, year, date, asOf } = useSettings()
  const frame = useFrame()
  return (
    <>
      {frame?.synthetic && (
        <aside className="notice" aria-label={t('synthetic')}>
          {t('demo')}
        </aside>
      )}
      {frame && wrongDays.length > 0 && (
        <p className="warning" role="status">
          {t('wrongDay')} {frame.year}: “{wrongDays.map(start).join('”, “')}”. {t('shownInstead')} {date(asOf)}.
        </p>
      )}
      {frame && wrongYear !== null && (
        <p className="warning" role="status">
          {t('wrongYear')}: “{start(wrongYear)}”. {t('yearInstead')} {year}.
        </p>
      )}
    </>
  )
}

function Foot() {
  const { t, to, asOf, date } = useSettings()
  const frame = useFrame()
  const site = useSiteTitle()
  const onEachSheet = [site, `${t('printed')} ${date(asOf)}.`, frame?.synthetic && t('demo')].filter(Boolean).join(' ')
  useEffect(() => {
    // Into the margin of each sheet (style.css), since sheets are parted from the first one.
    document.documentElement.style.setProperty('--on-each-sheet', JSON.stringify(onEachSheet))
  }, [onEachSheet])
  return (
    <footer>
      {t('policyNote')} <Link href={to('/phuong-phap')}>{t('methodology')}</Link>
    </footer>
  )
}
