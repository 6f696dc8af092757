import { Link } from 'wouter'
import { History, UnitPage, type UnitPageQuery, Units } from '../generated/api.ts'
import { Chart } from '../parts/chart.tsx'
import { Choice } from '../parts/choice.tsx'
import { Shown, useApi, useLive } from '../parts/data.tsx'
import { DistrictMap } from '../parts/district-map.tsx'
import { Exports } from '../parts/export.tsx'
import { Results } from '../parts/results.tsx'
import { Synthetic } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'

/** Facts of the default policy, which the page has words for. */
const FACTS = ['pactSigned', 'planIssued', 'reviewsSubmitted', 'disciplined', 'underInspection'] as const
const GOALS: Readonly<Record<string, TextKey>> = {
  rank: 'goalRank',
  eligibility: 'goalEligible',
  nothing: 'goalNothing',
}

const monthOf = (day: Date) => `${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`

type Unit = NonNullable<UnitPageQuery['unit']>

/** One unit. */
export default function UnitView({ code }: { readonly code: string }) {
  const { t, to, asOf, locale } = useSettings()
  const variables = { code, asOf, locale }
  const answer = useApi(UnitPage, variables)
  const units = useApi(Units, { locale })
  useLive({ unit: code })
  const districts = units.data?.units.nodes.filter(({ level }) => level === 'DISTRICT') ?? []
  return (
    <Shown of={answer}>
      {({ unit }) =>
        unit ? (
          <>
            <div className="heading">
              <h1>
                {unit.name} <Synthetic show={unit.synthetic} />
              </h1>
              <Exports document={UnitPage} variables={variables} name={`don-vi-${code}-${asOf}`} />
            </div>
            <p className="quiet">
              {unit.parent && (
                <>
                  <Link href={to(`/don-vi/${unit.parent.code}`)}>{unit.parent.name}</Link> ·{' '}
                </>
              )}
              {unit.cluster && (
                <>
                  <Link href={to('/xep-hang')}>{unit.cluster.name}</Link> ·{' '}
                </>
              )}
              {unit.evaluation.summary.met} {t('MET').toLowerCase()}, {unit.evaluation.summary.inProgress}{' '}
              {t('IN_PROGRESS').toLowerCase()}, {unit.evaluation.summary.notMet} {t('NOT_MET').toLowerCase()},{' '}
              {unit.evaluation.summary.noData} {t('NO_DATA').toLowerCase()}
            </p>
            <div className="columns">
              <section aria-labelledby="history">
                <h2 id="history">{t('history')}</h2>
                <HistoryOf unit={unit} />
              </section>
              <aside>
                <h2 className="on-screen">{t('map')}</h2>
                <DistrictMap districts={districts} here={code} />
                <Rise standing={unit.standing} />
              </aside>
            </div>
            <Judged unit={unit} />
            <OwnTargets unit={unit} />
          </>
        ) : (
          <p className="state">{t('nothing')}</p>
        )
      }
    </Shown>
  )
}

function HistoryOf({ unit }: { readonly unit: Unit }) {
  const { t, get, set, locale, number, date, asOf } = useSettings()
  const known = unit.evaluation.results.filter(({ value }) => value !== null)
  const chosen = get('indicator') ?? known[0]?.indicator.id ?? null
  const answer = useApi(History, { code: unit.code, indicator: chosen ?? '', locale }, { enabled: chosen !== null })
  if (chosen === null) return <p className="state">{unit.code === '11' ? t('nothing') : t('noFigures')}</p>
  return (
    <>
      <Choice
        label={t('indicator')}
        value={chosen}
        options={known.map(({ indicator }) => [indicator.id, indicator.name] as const)}
        onChange={(id) => set({ indicator: id })}
      />
      <Shown of={answer}>
        {({ unit: found, indicator }) => {
          if (!found || !indicator) return null
          const own = found.targets.find((one) => one.indicator.id === chosen)
          const target = own?.value ?? indicator.target.value
          const isFlow = indicator.measure === 'FLOW'
          const start = isFlow ? 0 : own ? own.baseline : indicator.baseline
          const targetText = unit.evaluation.results.find((one) => one.indicator.id === chosen)?.target?.text ?? '–'
          const figures = found.history
            .filter(({ withdrawn }) => !withdrawn)
            .map((one) => ({ ...one, day: new Date(`${one.asOf}T00:00:00Z`) }))
            .sort((a, b) => Number(a.day) - Number(b.day))
          const [from, to] = [new Date('2022-01-01T00:00:00Z'), new Date('2022-12-31T00:00:00Z')]
          const path =
            target === null || start === null
              ? []
              : [
                  { day: from, value: start },
                  { day: to, value: target },
                ]
          const label = `${indicator.name}: ${figures.map((one) => `${date(one.asOf)} ${number(one.value)}`).join(', ')}; ${t('target')} ${targetText}`
          return (
            <>
              <Chart
                name={`${unit.code}-${chosen}`}
                label={label}
                draw={(Plot) => ({
                  height: 280,
                  marginLeft: 56,
                  x: { type: 'utc', domain: [from, to], label: null, ticks: 'quarter', tickFormat: monthOf },
                  y: { label: indicator.unit.name, grid: true, zero: isFlow, nice: true },
                  marks: [
                    ...(path.length > 0
                      ? [
                          Plot.line(path, {
                            x: 'day',
                            y: 'value',
                            stroke: '#b35a00',
                            strokeDasharray: '6 4',
                            strokeWidth: 2,
                          }),
                        ]
                      : []),
                    ...(target === null ? [] : [Plot.ruleY([target], { stroke: '#1a7f37' })]),
                    Plot.ruleX([new Date(`${asOf}T00:00:00Z`)], { stroke: '#999' }),
                    Plot.line(figures, { x: 'day', y: 'value', stroke: '#12446b', strokeWidth: 2 }),
                    Plot.dot(figures, {
                      x: 'day',
                      y: 'value',
                      fill: '#12446b',
                      r: 4,
                      title: (one) => `${date(one.asOf)}: ${number(one.value)}`,
                    }),
                  ],
                })}
              />
              <p className="quiet">
                – – {t('path')} · {t('target')}: {targetText}
              </p>
              <Table label={t('history')} head={['asOf', 'value', 'statusOfFigures', 'source']}>
                {found.history.map((one) => (
                  <tr key={`${one.asOf} ${one.status} ${one.revision}`}>
                    <th scope="row">{date(one.asOf)}</th>
                    <td className="number">
                      {one.withdrawn ? <s>{number(one.value)}</s> : number(one.value)} {indicator.unit.name}
                    </td>
                    <td>{t(one.status)}</td>
                    <td>
                      {one.source ?? one.recordedBy} {one.reason && `(${one.reason})`}{' '}
                      <Synthetic show={one.synthetic} />
                    </td>
                  </tr>
                ))}
              </Table>
            </>
          )
        }}
      </Shown>
    </>
  )
}

function Rise({ standing }: { readonly standing: Unit['standing'] }) {
  const { t, to, number } = useSettings()
  if (!standing) return null
  const { own, cluster } = standing
  const { whatItTakes } = own
  const known = (fact: string) => {
    const key = FACTS.find((one) => one === fact)
    return key ? t(key) : fact
  }
  return (
    <>
      <h2>{t('whatItTakes')}</h2>
      <p>
        {t('rank')} {own.rank !== null ? `${own.rank}/${cluster.members.length}` : '–'}, {number(own.score)}{' '}
        {t('points')}
        {own.reasons.length > 0 && ` (${own.reasons.join('; ')})`}
      </p>
      <p>{t(GOALS[whatItTakes.goal] ?? 'goalRank')}</p>
      {whatItTakes.gap > 0 && (
        <p>
          {t('gap')}: {number(whatItTakes.gap)} {t('points')}
        </p>
      )}
      <ul>
        {whatItTakes.facts.map(({ fact }) => (
          <li key={fact}>{known(fact)}</li>
        ))}
        {whatItTakes.figures.map(({ indicator, from, to: reach, points }) => (
          <li key={indicator.id}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>: {number(from)} → {reach} (+
            {number(points)})
          </li>
        ))}
      </ul>
      {!whatItTakes.reachable && <p className="quiet">{t('notReachable')}</p>}
    </>
  )
}

function Judged({ unit }: { readonly unit: Unit }) {
  const { t, to } = useSettings()
  const judged = unit.evaluation.results.filter(({ status }) => status !== 'NOT_APPLICABLE' && status !== 'NO_DATA')
  const missing = unit.evaluation.results.filter(({ status }) => status === 'NO_DATA')
  return (
    <>
      <section aria-labelledby="results">
        <h2 id="results">{t('results')}</h2>
        <Results label={t('results')} results={judged} />
      </section>
      <details>
        <summary>
          {t('gaps')}: {missing.length}
        </summary>
        <ul className="lists">
          {missing.map(({ indicator }) => (
            <li key={indicator.id}>
              <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function OwnTargets({ unit }: { readonly unit: Unit }) {
  const { t, to, number, date } = useSettings()
  if (unit.targets.length === 0) return null
  const names = new Map(unit.evaluation.results.map(({ indicator }) => [indicator.id, indicator]))
  return (
    <details>
      <summary>
        {t('ownTargets')}: {unit.targets.length}
      </summary>
      <ul>
        {unit.targets.map(({ indicator, comparator, value, source, synthetic, validFrom }) => (
          <li key={`${indicator.id} ${validFrom}`}>
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{names.get(indicator.id)?.name}</Link>: {comparator}{' '}
            {number(value)} {names.get(indicator.id)?.unit.name}, {date(validFrom)} – {source}{' '}
            <Synthetic show={synthetic} />
          </li>
        ))}
      </ul>
    </details>
  )
}
