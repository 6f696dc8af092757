import { readNumber } from '@dienbien/targets/number'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { Link } from 'wouter'
import { type ApiError, ask } from '../client.ts'
import { Check, type MeasurementStatus, type ReportingQuery, Submit, type SubmitMutation } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Choice } from './choice.tsx'
import { useApi } from './data.tsx'
import { type Asked, doubtsAbout, KINDS, type Present, whyNotCounted } from './doubts.ts'
import { useDraft } from './drafts.ts'
import { Figure } from './figure.tsx'
import { Day } from './source.tsx'
import { Status } from './status.tsx'
import { Table } from './table.tsx'

type Unit = NonNullable<ReportingQuery['unit']>
type Judged = NonNullable<ReturnType<typeof useCheck>>[number]

/** What the values would come to, judged while they are typed. */
function useCheck(unit: string, values: readonly { indicator: string; value: number }[]) {
  const { year, asOf, locale } = useSettings()
  const facts = useDeferredValue(JSON.stringify(values))
  const checked = useApi(
    Check,
    { input: { unit, year, asOf, facts: JSON.parse(facts) as { indicator: string; value: number }[] }, locale },
    { enabled: facts !== '[]' },
  )
  return checked.data?.evaluate.results
}

/** A unit's figures of one day: typed, checked, doubted, stored. */
export function ReportForm({ unit }: { readonly unit: Unit }) {
  const settings = useSettings()
  const { t, year, asOf, language } = settings
  const client = useQueryClient()
  const [draft, change, clear] = useDraft(`${unit.code} ${asOf}`)
  const [kind, setKind] = useState<MeasurementStatus>('PRELIMINARY')
  const [sureOf, setSureOf] = useState('')
  const entered = Object.entries(draft.texts).filter(([, text]) => text.trim() !== '')
  const read = new Map(entered.map(([id, text]) => [id, readNumber(text, language)]))
  const values = [...read].flatMap(([indicator, value]) => (typeof value === 'number' ? [{ indicator, value }] : []))
  const isWrong = values.length < read.size
  const checked = useCheck(unit.code, values)
  const present = new Map(unit.measurements.map((measurement) => [measurement.indicator.id, measurement]))
  const rows = unit.evaluation.results.filter(({ status }) => status !== 'NOT_APPLICABLE')
  const doubts = rows.flatMap(({ indicator }) => {
    const value = read.get(indicator.id)
    const old = present.get(indicator.id)
    if (typeof value !== 'number') return []
    const uncounted = whyNotCounted(old, kind, asOf, settings)
    return [...doubtsAbout(value, indicator, old, asOf, settings), ...(uncounted ? [uncounted] : [])].map(
      (text) => `${indicator.name}: ${text}`,
    )
  })
  // Who is sure is so of these values: of another one it is asked anew.
  const asked = JSON.stringify([kind, values])
  const isSure = sureOf === asked
  const corrects = values.some(({ indicator }) => present.get(indicator)?.asOf === asOf)
  const submission = useMutation<SubmitMutation, ApiError>({
    mutationFn: () => {
      const { source, reason } = draft
      return ask(
        Submit,
        {
          input: { unit: unit.code, year, asOf, status: kind, source: source || null, reason: reason || null, values },
        },
        true,
      )
    },
    onSuccess: ({ submitMeasurements }) => {
      if (submitMeasurements.errors.length > 0) return
      clear()
      setSureOf('')
      void client.invalidateQueries()
    },
  })
  const canSubmit = values.length > 0 && !isWrong && (doubts.length === 0 || isSure) && !submission.isPending
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (canSubmit) submission.mutate()
  }
  return (
    <form onSubmit={onSubmit}>
      <div className="filters">
        <Choice
          label={t('statusOfFigures')}
          value={kind}
          options={KINDS.map((status) => [status, t(status)] as const)}
          onChange={(chosen) => setKind(KINDS.find((status) => status === chosen) ?? 'PRELIMINARY')}
        />
        <label>
          {t('source')}{' '}
          <input
            value={draft.source}
            size={30}
            placeholder={t('sourceHint')}
            onChange={({ target }) => change({ source: target.value })}
          />
        </label>
        {corrects && (
          <label>
            {t('reason')}{' '}
            <input value={draft.reason} size={30} onChange={({ target }) => change({ reason: target.value })} />
          </label>
        )}
      </div>
      <p className="quiet">{t('kindHelp')}</p>
      <Table label={t('reporting')} head={['indicator', 'newValue', 'check', 'present', 'target']}>
        {rows.map(({ indicator, target }) => (
          <Line
            key={indicator.id}
            unit={unit.code}
            indicator={indicator}
            target={target?.text ?? null}
            present={present.get(indicator.id)}
            text={draft.texts[indicator.id] ?? ''}
            value={read.get(indicator.id)}
            kind={kind}
            judged={checked?.find((result) => result.indicator.id === indicator.id)}
            onType={(text) => change({ texts: { ...draft.texts, [indicator.id]: text } })}
          />
        ))}
      </Table>
      {doubts.length > 0 && (
        <div className="warning" role="status">
          <strong>{t('doubts')}</strong>
          <ul>
            {doubts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <label>
            <input type="checkbox" checked={isSure} onChange={({ target }) => setSureOf(target.checked ? asked : '')} />{' '}
            {t('sureOfIt')}
          </label>
        </div>
      )}
      <p className="sticky">
        <button type="submit" className="primary" disabled={!canSubmit}>
          {t('submit')} ({values.length})
        </button>
      </p>
      <Outcome submission={submission} names={new Map(rows.map(({ indicator }) => [indicator.id, indicator.name]))} />
    </form>
  )
}

interface LineProps {
  readonly unit: string
  readonly indicator: Asked
  readonly target: string | null
  readonly present: Present | undefined
  readonly text: string
  readonly value: ReturnType<typeof readNumber> | undefined
  readonly kind: MeasurementStatus
  readonly judged: Judged | undefined
  readonly onType: (text: string) => void
}

function Line({ unit, indicator, target, present, text, value, kind, judged, onType }: LineProps) {
  const settings = useSettings()
  const { t, to, asOf, language } = settings
  const uncounted = typeof value === 'number' ? whyNotCounted(present, kind, asOf, settings) : null
  return (
    <tr>
      <th scope="row">
        <Link href={to(`/don-vi/${unit}`, { indicator: indicator.id })}>{indicator.name}</Link>
      </th>
      <td className="entry">
        <Entry indicator={indicator} text={text} isWrong={typeof value === 'object'} onType={onType} />
      </td>
      <td aria-live="polite">
        {typeof value === 'object' && <span className="wrong">{value[language]}</span>}
        {typeof value === 'number' &&
          doubtsAbout(value, indicator, present, asOf, settings).map((doubt) => (
            <p key={doubt} className="wrong">
              {doubt}
            </p>
          ))}
        {uncounted && <p className="wrong">{uncounted}</p>}
        {typeof value === 'number' && judged && (
          <>
            <Status status={judged.status} pace={judged.pace} /> <span className="quiet">{judged.explanation}</span>
          </>
        )}
      </td>
      <td data-head={t('present')}>
        {present && (
          <>
            <Figure value={present.value} of={indicator} />{' '}
            <span className="quiet">
              {t(present.status)}, <Day of={present} />
            </span>
          </>
        )}
      </td>
      <td data-head={t('target')}>{target}</td>
    </tr>
  )
}

/** A number that is typed; whether a milestone is held is chosen. */
function Entry({
  indicator,
  text,
  isWrong,
  onType,
}: Pick<LineProps, 'indicator' | 'text' | 'onType'> & { readonly isWrong: boolean }) {
  const { t } = useSettings()
  const label = `${t('newValue')}: ${indicator.name}`
  if (indicator.measure === 'MILESTONE') {
    return (
      <select className="figure" aria-label={label} value={text} onChange={({ target }) => onType(target.value)}>
        <option value="">–</option>
        <option value="1">{t('yes')}</option>
        <option value="0">{t('no')}</option>
      </select>
    )
  }
  return (
    <>
      <input
        className="figure"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isWrong}
        value={text}
        onChange={({ target }) => onType(target.value)}
      />{' '}
      {indicator.unit.name}
    </>
  )
}

interface OutcomeProps {
  readonly submission: { readonly data: SubmitMutation | undefined; readonly error: ApiError | null }
  readonly names: ReadonlyMap<string, string>
}

function Outcome({ submission, names }: OutcomeProps) {
  const { t } = useSettings()
  const outcome = submission.data?.submitMeasurements
  return (
    <div role="status">
      {submission.error && <p className="wrong">{submission.error.message}</p>}
      {outcome?.errors.map((error) => (
        <p key={error.message} className="wrong">
          {error.path.map((part) => names.get(part) ?? part).join('.')}: {error.message}
        </p>
      ))}
      {outcome && outcome.errors.length === 0 && (
        <p>
          {t('stored')}: {outcome.measurements.length}
        </p>
      )}
      {outcome?.warnings.map((warning) => (
        <p key={warning.message} className="note">
          {warning.message}
        </p>
      ))}
    </div>
  )
}
