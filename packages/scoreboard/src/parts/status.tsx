import type { ComplianceStatus, Pace } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'

/** Read without colour too. */
export const SIGNS: Record<ComplianceStatus, string> = {
  MET: '✓',
  IN_PROGRESS: '◐',
  NOT_MET: '✗',
  UNDECIDED: '◌',
  NO_DATA: '?',
  NOT_APPLICABLE: '·',
}
export const STATUSES = Object.keys(SIGNS) as ComplianceStatus[]

export function Status({ status, pace }: { readonly status: ComplianceStatus; readonly pace?: Pace | null }) {
  const { t } = useSettings()
  return (
    <span className={['status', pace, status].filter(Boolean).join(' ')}>
      <span aria-hidden="true">{SIGNS[status]}</span> {t(status)}
      {pace && `, ${t(pace)}`}
    </span>
  )
}

/** Completion as a bar, with the share of the year beside it. */
export function Bar({ completion, elapsed }: { readonly completion: number | null; readonly elapsed?: number }) {
  const { percent } = useSettings()
  if (completion === null) return <span className="quiet">–</span>
  return (
    <span className="bar">
      <span className="track" aria-hidden="true">
        <span className="fill" style={{ width: `${Math.min(Math.max(completion, 0), 1) * 100}%` }} />
        {elapsed !== undefined && <span className="mark" style={{ left: `${elapsed * 100}%` }} />}
      </span>
      <span className="figure">{percent(completion)}</span>
    </span>
  )
}

/** Share of the year elapsed on a day, that day included. */
export function elapsedOn(iso: string): number {
  const [year] = iso.split('-').map(Number) as [number]
  const start = Date.UTC(year, 0, 1)
  const day = Date.parse(`${iso}T00:00:00Z`) + 86_400_000
  return Math.min((day - start) / (Date.UTC(year + 1, 0, 1) - start), 1)
}

export function Synthetic({ show }: { readonly show: boolean }) {
  const { t } = useSettings()
  return show ? <span className="synthetic">{t('synthetic')}</span> : null
}

interface Judged {
  readonly results: readonly { readonly measurement: { readonly synthetic: boolean } | null }[]
}

/** Any figure that it rests on is invented. */
export const isInvented = ({ results }: Judged): boolean =>
  results.some(({ measurement }) => measurement?.synthetic ?? false)
