import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { Link } from 'wouter'
import { Cell, type CellQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Shown, useApi } from './data.tsx'
import { InLanguage } from './in-language.tsx'
import { Quoted } from './quoted.tsx'
import { Day, Source } from './source.tsx'
import { Status } from './status.tsx'
import { YearBefore } from './year-before.tsx'

interface Props {
  readonly unit: string
  readonly indicator: string
  readonly onClose: () => void
}

/** Why one unit stands where it does on one indicator: explanation, quote, source. */
export function CellPanel({ unit, indicator, onClose }: Props) {
  const { t, year, asOf, locale } = useSettings()
  const answer = useApi(Cell, { unit, indicator, year, asOf, locale })
  return (
    <InLanguage>
      <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className="overlay">
        <Modal className="modal">
          <Dialog aria-label={t('explanation')} className="dialog">
            <button type="button" className="small close" onClick={onClose}>
              {t('close')}
            </button>
            <Shown of={answer}>{(data) => <Explained data={data} unit={unit} indicator={indicator} />}</Shown>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </InLanguage>
  )
}

interface ExplainedProps {
  readonly data: {
    readonly unit: NonNullable<CellQuery['unit']>
    readonly indicator: NonNullable<CellQuery['indicator']>
  }
  readonly unit: string
  readonly indicator: string
}

function Explained({ data, unit, indicator }: ExplainedProps) {
  const { t, to, number } = useSettings()
  const [result] = data.unit.evaluation.results
  if (!result) return <p>{t('nothing')}</p>
  return (
    <>
      <h2>
        <Link href={to(`/don-vi/${unit}`)}>{data.unit.name}</Link>:{' '}
        <Link href={to(`/chi-tieu/${indicator}`)}>{data.indicator.name}</Link>
      </h2>
      <p>
        <Status status={result.status} pace={result.pace} />
      </p>
      <p>{result.explanation}</p>
      {result.inherited && <p className="quiet">{t(result.inherited)}</p>}
      <YearBefore of={result.yearBefore} unit={data.indicator.unit.name} code={unit} />
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
      {data.unit.measurements.length === 0 && <p className="quiet">{t('NO_DATA')}</p>}
      {data.unit.measurements.map((measurement) => (
        <p key={measurement.asOf}>
          {number(measurement.value)} (<Day of={measurement} />, {t(measurement.status)}): <Source of={measurement} />
        </p>
      ))}
    </>
  )
}
