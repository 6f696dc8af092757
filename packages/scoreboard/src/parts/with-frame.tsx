import type { ReactNode } from 'react'
import { useSearch } from 'wouter'
import { FrameContext, yearIn } from '../frame.ts'
import { Frame } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { languageOf } from '../text.ts'
import { Shown, useApi } from './data.tsx'

interface Props {
  /** Puts what is shown inside the page around it: a view, or why there is none. */
  readonly children: (inside: (view: ReactNode) => ReactNode) => ReactNode
}

/** Where no province is set up yet. */
const NOBODY = { code: '', name: '' }

/** Nothing invented is seen before it is known that it is: views wait for this answer. */
export function WithFrame({ children }: Props) {
  const search = useSearch()
  const year = yearIn(search)
  const answer = useApi(Frame, {
    ...(year === undefined ? {} : { year, on: `${year}-12-31` }),
    locale: languageOf(search) === 'vi' ? 'VI' : 'EN',
  })
  const { data } = answer
  const isNational = data?.directive.level === 'NATION'
  const hasDistricts = data !== undefined && data.districts.nodes.length > 0
  const days = data?.figureGroups.flatMap(({ date, figures }) => (date && figures > 0 ? [date] : [])) ?? []
  const frame = data
    ? {
        ...data.directive,
        years: [...new Set(data.directives.map((directive) => directive.year))].sort((a, b) => b - a),
        province: (isNational ? data.nations : data.provinces).nodes[0] ?? NOBODY,
        hasNation: data.nations.nodes.length > 0,
        hasDistricts,
        below: isNational ? ('PROVINCE' as const) : hasDistricts ? ('DISTRICT' as const) : ('COMMUNE' as const),
        newest: [...days].sort().at(-1) ?? `${data.directive.year}-12-31`,
        synthetic: data.clusters.nodes.some(({ synthetic }) => synthetic),
      }
    : null
  return (
    <FrameContext value={frame}>
      {children((view) =>
        frame ? (
          view
        ) : (
          <>
            {answer.error && <NewestYear />}
            <Shown of={answer}>{() => null}</Shown>
          </>
        ),
      )}
    </FrameContext>
  )
}

function NewestYear() {
  const { t, get } = useSettings()
  return (get('nam') ?? get('year')) === null ? null : (
    <>
      <h1>{t('noYear')}</h1>
      <p>
        <a href="/">{t('newestYear')}</a>
      </p>
    </>
  )
}
