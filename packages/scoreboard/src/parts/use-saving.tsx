import { type ReactNode, useState } from 'react'
import { useSettings } from '../settings.tsx'

/** Saves files, and says why where one could not be fetched. */
export function useSaving(): readonly [saving: (save: () => Promise<void>) => Promise<void>, told: ReactNode] {
  const { t } = useSettings()
  const [problem, setProblem] = useState<string | null>(null)
  const saving = async (save: () => Promise<void>) => {
    setProblem(null)
    try {
      await save()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  const told = problem && (
    <p role="alert" className="warning">
      {t('failed')}: {problem}
    </p>
  )
  return [saving, told]
}
