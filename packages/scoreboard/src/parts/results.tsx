import { Link } from 'wouter'
import type { ComplianceStatus, Inheritance, Pace } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { Bar, elapsedOn, Status } from './status.tsx'
import { Table } from './table.tsx'

export interface ShownResult {
  readonly indicator: { readonly id: string; readonly name: string; readonly unit: { readonly name: string } }
  readonly value: number | null
  readonly target: { readonly text: string } | null
  readonly completion: number | null
  readonly status: ComplianceStatus
  readonly pace: Pace | null
  readonly inherited?: Inheritance | null
}

/** A unit's figures against its targets. */
export function Results({ label, results }: { readonly label: string; readonly results: readonly ShownResult[] }) {
  const { t, to, asOf, number } = useSettings()
  if (results.length === 0) return <p className="state">{t('nothing')}</p>
  return (
    <Table label={label} head={['indicator', 'value', 'target', 'completion', 'status']}>
      {results.map(({ indicator, value, target, completion, status, pace, inherited }) => (
        <tr key={indicator.id}>
          <th scope="row">
            <Link href={to(`/chi-tieu/${indicator.id}`)}>{indicator.name}</Link>
          </th>
          <td className="number">
            {number(value)} {indicator.unit.name}
          </td>
          <td>
            {target?.text} {inherited && <span className="quiet">{t(inherited)}</span>}
          </td>
          <td>
            <Bar completion={completion} elapsed={elapsedOn(asOf)} />
          </td>
          <td>
            <Status status={status} pace={pace} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
