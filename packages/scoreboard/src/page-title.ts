import { useEffect } from 'react'
import { useFrame } from './frame.ts'
import { useSettings } from './settings.tsx'

/** Whose targets of which year; neither, while that is on its way. */
export function useSiteTitle(): string {
  const { t } = useSettings()
  const frame = useFrame()
  if (!frame) return t('titleOfNobody')
  // In the midst of a title a kind is no name: "tỉnh Điện Biên".
  const { name } = frame.province
  return [t('title'), name.replace(/^(Tỉnh|Thành phố) /, (kind) => kind.toLowerCase()), frame.year]
    .filter(Boolean)
    .join(' ')
}

/** Names the page by its view, or by what the view shows, in the window, in history and where it is shared. */
export function usePageTitle(name: string | undefined, description?: string): void {
  const { t, language } = useSettings()
  const frame = useFrame()
  const site = useSiteTitle()
  const whole = `${name ? `${name} – ` : ''}${site}`
  const title = description ?? (frame ? `${frame.title}, ${frame.number}` : t('titleOfNobody'))
  useEffect(() => {
    document.documentElement.lang = language
    document.title = whole
    document.querySelector('meta[name="description"]')?.setAttribute('content', title)
  }, [language, whole, title])
}
