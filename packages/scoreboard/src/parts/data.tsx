import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { type ApiError, ask, type Document, isUnknown, type Whole } from '../client.ts'
import { usePageTitle } from '../page-title.ts'
import type { Session } from '../session.ts'
import { useSettings } from '../settings.tsx'

/** An answer of the API, and what to show while there is none. What was there stays while it is asked for again. */
export function useApi<Data, Variables extends object>(
  document: Document<Data, Variables>,
  variables: Variables,
  { enabled = true, session = null }: { readonly enabled?: boolean; readonly session?: Session | null } = {},
) {
  return useQuery<Whole<Data>, ApiError>({
    queryKey: [document.text, variables, session?.number ?? 0],
    queryFn: () => ask(document, variables, session !== null),
    enabled,
  })
}

interface Result<Data> {
  readonly data: Data | undefined
  readonly error: ApiError | null
  readonly refetch: () => unknown
}

/** Shows an answer, or that it is on its way, failed, refused, or old. */
export function Shown<Data>({
  of,
  heading,
  children,
}: {
  readonly of: Result<Data>
  /** Heads the page where there is nothing whose name would. */
  readonly heading?: string
  readonly children: (data: Data) => ReactNode
}) {
  const { t } = useSettings()
  const { data, error, refetch } = of
  const again = (
    <button type="button" onClick={() => refetch()}>
      {t('retry')}
    </button>
  )
  if (data === undefined && !error) {
    return (
      <p className="state" role="status">
        {t('loading')}
      </p>
    )
  }
  if (data === undefined) {
    const refused = error?.code === 'FORBIDDEN' || error?.code === 'UNAUTHENTICATED'
    return (
      <>
        {heading && <h1>{heading}</h1>}
        <div className="state" role="alert">
          <strong>{t(refused ? 'noRight' : 'failed')}:</strong> {error?.message} {again}
        </div>
      </>
    )
  }
  return (
    <>
      {error && (
        <div className="state stale" role="status">
          {t('stale')} {again}
        </div>
      )}
      {children(data)}
    </>
  )
}

interface View<Data> {
  readonly of: Result<Data>
  /** Heads the page where the answer failed. */
  readonly heading: string
  readonly title: (data: Data) => string
  readonly description: (data: Data) => string
  readonly children: (data: Data) => ReactNode
}

/** Shows the answer that a view stands on: where there is no such thing the page says so, as where there is no such page. */
export function ShownView<Data>({ of, heading, title, description, children }: View<Data>) {
  const { t, to } = useSettings()
  const { data, error } = of
  const isMissing = data === undefined && isUnknown(error)
  usePageTitle(data ? title(data) : isMissing ? t('noSuchPage') : undefined, data && description(data))
  if (!isMissing) {
    return (
      <Shown of={of} heading={heading}>
        {children}
      </Shown>
    )
  }
  return (
    <div className="state">
      <h1>{t('noSuchPage')}</h1>
      <p role="alert">
        <strong>{t('notFound')}:</strong> {error?.message}
      </p>
      <p>
        <Link href={to('/')}>{t('toOverview')}</Link> · <Link href={to('/tim')}>{t('search')}</Link>
      </p>
    </div>
  )
}
