import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { type ApiError, ask, save, upload } from '../client.ts'
import { ImportFile, type ImportFileMutation, type MeasurementStatus, Template } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Choice } from './choice.tsx'
import { KINDS } from './doubts.ts'

/** A file that is read on trial first: nothing is stored before it has been looked at. */
export function FileDrop({ unit }: { readonly unit: string }) {
  const { t, year, asOf } = useSettings()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [kind, setKind] = useState<MeasurementStatus>('PRELIMINARY')
  const reading = useMutation<ImportFileMutation, ApiError, { file: File; dryRun: boolean }>({
    mutationFn: ({ file, dryRun }) =>
      upload(ImportFile, { input: { file: null, year, asOf, status: kind, dryRun } }, 'variables.input.file', file),
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) void client.invalidateQueries()
    },
  })
  const take = (file: File | undefined) => {
    if (!file) return
    setFile(file)
    reading.mutate({ file: file, dryRun: true })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    take(event.dataTransfer.files[0])
  }
  const outcome = reading.data?.importMeasurements
  const isTrial = reading.variables?.dryRun ?? true
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which keyboards use
    <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <p>
        <TemplateOf unit={unit} />{' '}
        <Choice
          label={t('kindOfFile')}
          value={kind}
          options={KINDS.map((status) => [status, t(status)] as const)}
          onChange={(chosen) => setKind(KINDS.find((status) => status === chosen) ?? 'PRELIMINARY')}
        />
      </p>
      <p>
        <FileTrigger acceptedFileTypes={['.csv', '.xlsx']} onSelect={(files) => take(files?.[0])}>
          <Button className="button">{t('chooseFile')}</Button>
        </FileTrigger>{' '}
        {file ? <strong>{file.name}</strong> : <span className="quiet">{t('file')}</span>}
      </p>
      <div role="status">
        {reading.isPending && t('loading')}
        {reading.error && <p className="wrong">{reading.error.message}</p>}
        {outcome && (
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

function TemplateOf({ unit }: { readonly unit: string }) {
  const { t, year, asOf } = useSettings()
  const fetching = useMutation<void, ApiError>({
    mutationFn: async () => {
      const { unit: found } = await ask(Template, { code: unit, year, asOf })
      const bytes = Uint8Array.from(atob(found.template), (letter) => letter.charCodeAt(0))
      save(
        new Blob([bytes], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }),
        `mau-bao-cao-${unit}-${asOf}.xlsx`,
      )
    },
  })
  return (
    <>
      <button type="button" onClick={() => fetching.mutate()}>
        {t('template')}
      </button>
      {fetching.error && <span className="wrong">{fetching.error.message}</span>}
    </>
  )
}
