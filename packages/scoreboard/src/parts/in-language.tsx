import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useSettings } from '../settings.tsx'

/** What React Aria says and writes inside is in the page's language, whatever the browser's. */
export function InLanguage({ children }: { readonly children: ReactNode }) {
  const { language } = useSettings()
  return <I18nProvider locale={language === 'vi' ? 'vi-VN' : 'en-GB'}>{children}</I18nProvider>
}
