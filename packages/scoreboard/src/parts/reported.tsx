// What has been reported for a unit, as it came, and what the one who has signed in was refused.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { type ApiError, ask, type Whole } from '../client.ts'
import { OwnRefusals, Submissions, type SubmissionsQuery } from '../generated/api.ts'
import type { Session } from '../session.ts'
import { useSettings } from '../settings.tsx'
import { Shown, useApi } from './data.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { Day, Source } from './source.tsx'

type Page = Whole<SubmissionsQuery>
type Submitted = Page['unit']['submissions']['nodes'][number]

export function Reported({ unit, session }: { readonly unit: string; readonly session: Session }) {
  const { t, year, asOf, locale } = useSettings()
  const answer = useInfiniteQuery<Page, ApiError, readonly Submitted[], readonly unknown[], string | null>({
    queryKey: [Submissions.text, unit, year, asOf, locale, session.number],
    queryFn: ({ pageParam: after }) =>
      ask(Submissions, { code: unit, year, asOf, locale, ...(after ? { after } : {}) }, true),
    initialPageParam: null,
    getNextPageParam: ({ unit: { submissions } }) =>
      submissions.pageInfo.hasNextPage ? (submissions.pageInfo.endCursor ?? null) : null,
    select: ({ pages }) => pages.flatMap((page) => page.unit.submissions.nodes),
  })
  return (
    <section aria-labelledby="reported">
      <h2 id="reported">
        {t('reported')} {year}
      </h2>
      <Shown of={answer}>
        {(figures) =>
          figures.length === 0 ? (
            <p className="state">{t('nothingReported')}</p>
          ) : (
            <>
              <Figures figures={figures} file={`da-bao-cao-${unit}-${year}`} />
              {answer.hasNextPage && (
                <button type="button" onClick={() => answer.fetchNextPage()}>
                  {t('more')}
                </button>
              )}
            </>
          )
        }
      </Shown>
      <Refused session={session} />
    </section>
  )
}

function Figures({ figures, file }: { readonly figures: readonly Submitted[]; readonly file: string }) {
  const settings = useSettings()
  const columns = useMemo((): readonly Column<Submitted>[] => {
    const { t, to, moment } = settings
    return [
      {
        id: 'recorded',
        head: t('recorded'),
        text: ({ recordedAt }) => recordedAt,
        cell: ({ recordedAt }) => moment(recordedAt),
      },
      { id: 'by', head: t('recordedBy'), text: ({ recordedBy }) => recordedBy },
      {
        id: 'indicator',
        head: t('indicator'),
        names: true,
        text: ({ indicator }) => indicator.name,
        cell: ({ indicator }) => <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>,
      },
      {
        id: 'value',
        head: t('value'),
        numeric: true,
        text: ({ value }) => value,
        cell: ({ value, withdrawn, indicator }) => <Figure value={value} of={indicator} isWithdrawn={withdrawn} />,
      },
      { id: 'day', head: t('figureDay'), text: ({ asOf }) => asOf, cell: (figure) => <Day of={figure} /> },
      { id: 'kind', head: t('statusOfFigures'), text: ({ status }) => t(status) },
      {
        id: 'revision',
        head: t('revision'),
        numeric: true,
        text: ({ revision, withdrawn }) => `${revision}${withdrawn ? `, ${t('withdrawn')}` : ''}`,
      },
      {
        id: 'source',
        head: t('source'),
        long: true,
        text: ({ source, reason }) => [source, reason].filter(Boolean).join('; '),
        cell: (figure) => (
          <>
            <Source of={{ ...figure, recordedBy: null }} />{' '}
            {figure.reason && (
              <span className="quiet">
                ({t('reasonGiven')}: {figure.reason})
              </span>
            )}
          </>
        ),
      },
    ]
  }, [settings])
  return (
    <DataTable
      label={settings.t('reported')}
      file={file}
      rows={figures}
      columns={columns}
      keyOf={(figure) => `${figure.indicator.id} ${figure.asOf} ${figure.status} ${figure.revision}`}
    />
  )
}

/** Attempts that were refused, as the trail keeps them. */
function Refused({ session }: { readonly session: Session }) {
  const { t, moment, language } = useSettings()
  const answer = useApi(OwnRefusals, {}, { session })
  return (
    <details>
      <summary>{t('refused')}</summary>
      <Shown of={answer}>
        {({ ownTrail: { nodes } }) =>
          nodes.length === 0 ? (
            <p className="quiet">{t('nothingRefused')}</p>
          ) : (
            <ul>
              {nodes.map(({ id, at, reason, rowCount, entries: [entry] }) => (
                <li key={id}>
                  {moment(at)}: {language === 'vi' ? sayingVietnamese(entry?.after, t('refusedSo')) : reason}{' '}
                  {rowCount > 1 && `(× ${rowCount})`}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </details>
  )
}

/** The sentence that was told in Vietnamese; refusals of before it was kept are told by what was asked for. */
function sayingVietnamese(tried: unknown, before: string): string {
  const { vi, action, field, more } = (tried ?? {}) as Readonly<Record<string, unknown>>
  if (typeof vi === 'string') return vi
  if (typeof more === 'number') return `và ${more.toLocaleString('vi-VN')} lần nữa`
  const name = [action, field].find((text) => typeof text === 'string')
  return name ? `${before} (${name})` : before
}
