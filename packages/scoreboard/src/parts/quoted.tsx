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

/** What the text's numbers come to, as each language writes numbers; a year stays as it is. */
export function Arithmetic({ of }: { readonly of: string | null }) {
  const { language } = useSettings()
  if (of === null) return null
  const inVietnamese = (digits: string, at: number) => {
    if (of[at - 1] === '(' || of[at + digits.length] === ':') return digits
    const [whole, part] = digits.split('.')
    return [Number(whole).toLocaleString('vi-VN'), part].filter((text) => text !== undefined).join(',')
  }
  return <code>{language === 'vi' ? of.replace(/\d+(?:\.\d+)?/g, inVietnamese) : of}</code>
}
