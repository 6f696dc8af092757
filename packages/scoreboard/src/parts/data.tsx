import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { type ApiError, ask, type Document, isUnknown, type Whole } from '../client.ts'
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
  title,
  children,
}: {
  readonly of: Result<Data>
  /** Heads the page where there is nothing whose name would. */
  readonly title?: string
  readonly children: (data: Data) => ReactNode
}) {
  const { t, to } = useSettings()
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
  if (data === undefined && isUnknown(error)) {
    return (
      <>
        {title && <h1>{title}</h1>}
        <div className="state" role="alert">
          <strong>{t('notFound')}:</strong> {error?.message}
          <p>
            <Link href={to('/tim')}>{t('search')}</Link> · <Link href={to('/')}>{t('toOverview')}</Link>
          </p>
        </div>
      </>
    )
  }
  if (data === undefined) {
    const refused = error?.code === 'FORBIDDEN' || error?.code === 'UNAUTHENTICATED'
    return (
      <>
        {title && <h1>{title}</h1>}
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
