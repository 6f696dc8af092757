import { useLocation } from 'wouter'
import { useSettings } from '../settings.tsx'
import { Choice } from './choice.tsx'

/** One of the years that have a directive. What a view has chosen is of its year, so another year begins without it. */
export function YearChoice({ years }: { readonly years: readonly number[] }) {
  const { t, year, language } = useSettings()
  const [path, navigate] = useLocation()
  if (years.length < 2) return null
  const choose = (chosen: string) => {
    const parameters = new URLSearchParams({
      ...(language === 'en' ? { lang: 'en' } : {}),
      // The newest year is where an address without one leads, today and next year.
      ...(Number(chosen) === years[0] ? {} : { nam: chosen }),
    }).toString()
    navigate(parameters ? `${path}?${parameters}` : path)
  }
  return (
    <Choice
      label={t('year')}
      value={String(year)}
      options={years.map((year) => [String(year), String(year)] as const)}
      onChange={choose}
    />
  )
}
