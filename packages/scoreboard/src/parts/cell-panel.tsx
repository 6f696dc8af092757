import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { Cell } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Shown, useApi } from './data.tsx'
import { Quoted } from './quoted.tsx'
import { Status, Synthetic } from './status.tsx'

/** Why one unit stands where it does on one indicator: explanation, quote, source. */
export function CellPanel({
  unit,
  indicator,
  onClose,
}: {
  readonly unit: string
  readonly indicator: string
  readonly onClose: () => void
}) {
  const { t, asOf, locale, to, number, date } = useSettings()
  const answer = useApi(Cell, { unit, indicator, asOf, locale })
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="cell-title">
      <button type="button" className="small close" onClick={() => dialog.current?.close()}>
        {t('close')}
      </button>
      <Shown of={answer}>
        {(data) => {
          const result = data.unit?.evaluation.results.find((one) => one.indicator.id === indicator)
          if (!data.unit || !data.indicator || !result) return <p>{t('nothing')}</p>
          return (
            <>
              <h2 id="cell-title">
                <Link href={to(`/don-vi/${unit}`)}>{data.unit.name}</Link>:{' '}
                <Link href={to(`/chi-tieu/${indicator}`)}>{data.indicator.name}</Link>
              </h2>
              <p>
                <Status status={result.status} pace={result.pace} />
              </p>
              <p>{result.explanation}</p>
              {result.inherited && <p className="quiet">{t(result.inherited)}</p>}
              <h3>
                {t('quote')}, {t('quoteSection')} {data.indicator.section}
              </h3>
              <blockquote>
                <Quoted {...data.indicator} />
              </blockquote>
              {data.indicator.errata.map(({ id, reading }) => (
                <p key={id}>
                  <strong>{t('erratum')}:</strong> {reading}
                </p>
              ))}
              <h3>{t('figureSource')}</h3>
              {data.unit.measurements.length === 0 ? (
                <p className="quiet">{t('NO_DATA')}</p>
              ) : (
                data.unit.measurements.map((one) => (
                  <p key={one.asOf}>
                    {number(one.value)} ({date(one.asOf)}, {t(one.status)}): {one.source ?? one.recordedBy}{' '}
                    <Synthetic show={one.synthetic} />
                  </p>
                ))
              )}
            </>
          )
        }}
      </Shown>
    </dialog>
  )
}
