import { readNumber } from '@dienbien/targets/number'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, type FormEvent, useDeferredValue, useId, useState } from 'react'
import { type ApiError, ask, upload } from '../client.ts'
import {
  type ReportingQuery as Answer,
  Check,
  ImportFile,
  type ImportFileMutation,
  Reporting as ReportingQuery,
  Submit,
  type SubmitMutation,
} from '../generated/api.ts'
import { Choice } from '../parts/choice.tsx'
import { Shown, useApi } from '../parts/data.tsx'
import { Status } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { signIn, signOut, useSession } from '../session.ts'
import { useSettings } from '../settings.tsx'

const KINDS = ['PRELIMINARY', 'ESTIMATE', 'OFFICIAL'] as const

/** Figures in: a table with checks, or a file that is read on trial first. */
export default function Reporting() {
  const { t, get, set, asOf, locale } = useSettings()
  const session = useSession()
  const code = get('unit') ?? session?.unit ?? '11'
  const answer = useApi(ReportingQuery, { code, asOf, locale }, { session })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = String(new FormData(event.currentTarget).get('token') ?? '').trim()
    if (given) signIn(given)
  }
  return (
    <>
      <h1>{t('reporting')}</h1>
      {session ? (
        <button type="button" onClick={signOut}>
          {t('signOut')}
        </button>
      ) : (
        <form className="filters" onSubmit={submit}>
          <label>
            {t('signIn')} <input name="token" type="password" autoComplete="off" required />
          </label>
          <button type="submit">OK</button>
          <p className="quiet">{t('signInHelp')}</p>
        </form>
      )}
      <label>
        {t('reportUnit')}{' '}
        <input
          defaultValue={code}
          key={code}
          onBlur={({ target }) => set({ unit: target.value.trim() })}
          onKeyDown={(event) => event.key === 'Enter' && set({ unit: event.currentTarget.value.trim() })}
        />
      </label>
      <Shown of={answer}>
        {({ unit }) =>
          unit && (
            <>
              <h2>{unit.name}</h2>
              {session && !unit.viewerCan && (
                <p className="state" role="alert">
                  {t('mayNot')}
                </p>
              )}
              {!session && <p className="state">{t('noRight')}</p>}
              {session && unit.viewerCan && (
                <>
                  <Form key={unit.code} unit={unit} />
                  <FileDrop />
                </>
              )}
            </>
          )
        }
      </Shown>
    </>
  )
}

type Unit = NonNullable<Answer['unit']>

function Form({ unit }: { readonly unit: Unit }) {
  const { t, asOf, locale, number, language } = useSettings()
  const client = useQueryClient()
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [kind, setKind] = useState<(typeof KINDS)[number]>('PRELIMINARY')
  const [source, setSource] = useState('')
  const entered = Object.entries(texts).filter(([, text]) => text.trim() !== '')
  const read = new Map(entered.map(([id, text]) => [id, readNumber(text, language)]))
  const values = [...read].flatMap(([indicator, value]) => (typeof value === 'number' ? [{ indicator, value }] : []))
  const wrong = values.length < read.size
  const facts = useDeferredValue(JSON.stringify(values))
  const checked = useApi(
    Check,
    { input: { unit: unit.code, asOf, facts: JSON.parse(facts) as typeof values }, locale },
    { enabled: facts !== '[]' },
  )
  const submission = useMutation<SubmitMutation, ApiError>({
    mutationFn: () =>
      ask(Submit, { input: { unit: unit.code, year: 2022, asOf, status: kind, source: source || null, values } }, true),
    onSuccess: ({ submitMeasurements }) => {
      if (submitMeasurements.errors.length > 0) return
      setTexts({})
      void client.invalidateQueries()
    },
  })
  const outcome = submission.data?.submitMeasurements
  const present = new Map(unit.measurements.map((one) => [one.indicator.id, one]))
  const rows = unit.evaluation.results.filter(({ status }) => status !== 'NOT_APPLICABLE')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (values.length > 0 && !wrong) submission.mutate()
  }
  return (
    <form onSubmit={onSubmit}>
      <div className="filters">
        <Choice
          label={t('statusOfFigures')}
          value={kind}
          options={KINDS.map((one) => [one, t(one)] as const)}
          onChange={(chosen) => setKind(KINDS.find((one) => one === chosen) ?? 'PRELIMINARY')}
        />
        <label>
          {t('source')} <input value={source} onChange={({ target }) => setSource(target.value)} />
        </label>
      </div>
      <Table label={t('reporting')} head={['indicator', 'target', 'present', 'newValue', 'check']}>
        {rows.map(({ indicator, target }) => {
          const value = read.get(indicator.id)
          const result = checked.data?.evaluate.results.find((one) => one.indicator.id === indicator.id)
          const old = present.get(indicator.id)
          return (
            <tr key={indicator.id}>
              <th scope="row">{indicator.name}</th>
              <td>{target?.text}</td>
              <td className="number">{number(old?.value)}</td>
              <td>
                <input
                  className="figure"
                  inputMode="decimal"
                  aria-label={`${t('newValue')}: ${indicator.name}`}
                  aria-invalid={typeof value === 'object'}
                  value={texts[indicator.id] ?? ''}
                  onChange={({ target: { value: text } }) => setTexts((all) => ({ ...all, [indicator.id]: text }))}
                />{' '}
                {indicator.unit.name}
              </td>
              <td aria-live="polite">
                {typeof value === 'object' && <span className="wrong">{value[language]}</span>}
                {typeof value === 'number' && result && (
                  <>
                    <Status status={result.status} pace={result.pace} />{' '}
                    <span className="quiet">{result.explanation}</span>
                  </>
                )}
              </td>
            </tr>
          )
        })}
      </Table>
      <p>
        <button type="submit" disabled={values.length === 0 || wrong || submission.isPending}>
          {t('submit')} ({values.length})
        </button>
      </p>
      <div role="status">
        {submission.error && <p className="wrong">{submission.error.message}</p>}
        {outcome?.errors.map((one) => (
          <p key={one.message} className="wrong">
            {one.path.join('.')}: {one.message}
          </p>
        ))}
        {outcome && outcome.errors.length === 0 && (
          <p>
            {t('stored')}: {outcome.measurements.length}
          </p>
        )}
        {outcome?.warnings.map((one) => (
          <p key={one.message} className="note">
            {one.message}
          </p>
        ))}
      </div>
    </form>
  )
}

function FileDrop() {
  const { t, asOf } = useSettings()
  const client = useQueryClient()
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const reading = useMutation<ImportFileMutation, ApiError, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) =>
      upload(
        ImportFile,
        { input: { file: null, year: 2022, asOf, status: 'PRELIMINARY', dryRun } },
        'variables.input.file',
        given,
      ),
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) void client.invalidateQueries()
    },
  })
  const take = (given: File | undefined) => {
    if (!given) return
    setFile(given)
    reading.mutate({ file: given, dryRun: true })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    take(event.dataTransfer.files[0])
  }
  const outcome = reading.data?.importMeasurements
  const isTrial = reading.variables?.dryRun ?? true
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the input, which keyboards use
    <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label htmlFor={id}>{t('file')}</label>{' '}
      <input id={id} type="file" accept=".csv,.xlsx" onChange={({ target }) => take(target.files?.[0])} />
      <div role="status">
        {reading.isPending && t('loading')}
        {reading.error && <p className="wrong">{reading.error.message}</p>}
        {outcome?.errors.map(({ message }) => (
          <p key={message} className="wrong">
            {message}
          </p>
        ))}
        {outcome && outcome.errors.length === 0 && (
          <>
            <h3>{isTrial ? t('dryRun') : t('stored')}</h3>
            <p>
              {isTrial ? outcome.read : outcome.stored} {t('read')}, {outcome.problemCount} {t('problems')}
            </p>
            <ul>
              {outcome.problems.slice(0, 100).map(({ cell, message }) => (
                <li key={`${cell} ${message}`} className="wrong">
                  <code>{cell}</code> {message}
                </li>
              ))}
            </ul>
            {isTrial && outcome.problemCount === 0 && outcome.read > 0 && file && (
              <button type="button" onClick={() => reading.mutate({ file, dryRun: false })}>
                {t('storeFile')}
              </button>
            )}
          </>
        )}
      </div>
    </div>
  )
}
