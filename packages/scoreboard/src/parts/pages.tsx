import { useSettings } from '../settings.tsx'

interface Page {
  readonly nodes: readonly unknown[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** Says that a list goes on, and leads to the rest of it and back; nothing where all of it is there. */
export function Pages({ of: { nodes, totalCount, pageInfo } }: { readonly of: Page }) {
  const { t, get, set, number } = useSettings()
  const isFirst = get('after') === null
  if (isFirst && !pageInfo.hasNextPage) return null
  return (
    <nav className="pages" aria-label={t('pagesOf')}>
      <span>
        {t('pageShown')} {number(nodes.length)}/{number(totalCount)} {t('pageUnits')}
      </span>{' '}
      {!isFirst && (
        <button type="button" onClick={() => set({ after: null }, true)}>
          {t('pageFirst')}
        </button>
      )}{' '}
      {pageInfo.hasNextPage && (
        <button type="button" onClick={() => set({ after: pageInfo.endCursor }, true)}>
          {t('pageNext')}
        </button>
      )}
    </nav>
  )
}
