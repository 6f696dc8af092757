import { useSettings } from '../settings.tsx'

/** The directive's words: where the print or the scan slipped what they must have been, and how they are printed. */
export function Quoted({ quote, intended }: { readonly quote: string; readonly intended: string | null }) {
  const { t } = useSettings()
  if (intended === null) return <span lang="vi">{quote}</span>
  return (
    <>
      <span lang="vi">{intended}</span>{' '}
      <small className="quiet">
        ({t('asPrinted')}: <span lang="vi">{quote}</span>)
      </small>
    </>
  )
}
