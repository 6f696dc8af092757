import { Link } from 'wouter'
import { Indicators as IndicatorsQuery } from '../generated/api.ts'
import { Shown, useApi } from '../parts/data.tsx'
import { Quoted } from '../parts/quoted.tsx'
import { Table } from '../parts/table.tsx'
import { useSettings } from '../settings.tsx'

/** All indicators, as the directive orders them. */
export default function Indicators() {
  const { t, to, locale } = useSettings()
  const answer = useApi(IndicatorsQuery, { locale })
  return (
    <>
      <h1>{t('indicators')}</h1>
      <Shown of={answer}>
        {({ indicators: { nodes } }) => (
          <Table label={t('indicators')} head={['section', 'indicator', 'target', 'quote']}>
            {nodes.map(({ id, name, section, target, quote, intended }) => (
              <tr key={id}>
                <td>{section}</td>
                <th scope="row">
                  <Link href={to(`/chi-tieu/${id}`)}>{name}</Link>
                </th>
                <td>{target.text}</td>
                <td>
                  <Quoted quote={quote} intended={intended} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Shown>
    </>
  )
}
