import { useEffect } from 'react'
import { useFrame } from './frame.ts'
import { useSettings } from './settings.tsx'

/** Names the page by its view, or by what the view shows, in the window, in history and where it is shared. */
export function usePageTitle(name: string | undefined, description?: string): void {
  const { t, language } = useSettings()
  const frame = useFrame()
  const whole = `${name ? `${name} – ` : ''}${t('title')}${frame ? ` ${frame.year}` : ''}`
  const told = description ?? (frame ? `${frame.title}, ${frame.number}` : t('title'))
  useEffect(() => {
    document.documentElement.lang = language
    document.title = whole
    document.querySelector('meta[name="description"]')?.setAttribute('content', told)
  }, [language, whole, told])
}
