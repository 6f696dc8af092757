import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import {
  Indicators,
  PointLines,
  type PointLinesQuery,
  PointTableText,
  type PointTableTextQuery,
} from '../generated/api.ts'
import { useSession } from '../session.ts'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'
import { Choice } from './choice.tsx'
import { Shown, useApi } from './data.tsx'
import { Table } from './table.tsx'

type Criterion = NonNullable<NonNullable<PointTableTextQuery['cluster']>['pointTable']>['criteria'][number]
type Line = NonNullable<NonNullable<PointLinesQuery['cluster']>['pointRanking']>['members'][number]['lines'][number]

interface Node {
  readonly code: string
  readonly rule?: { readonly of?: unknown }
  readonly children?: readonly Node[]
}

const CLAUSES: Readonly<Record<string, TextKey>> = {
  given: 'clauseGiven',
  children: 'clauseChildren',
  missing: 'clauseMissing',
  'not-assigned': 'clauseNotAssigned',
  condition: 'clauseCondition',
}

/** What each rule looks at, by the code of its criterion: an indicator, or a fact by its name. */
function subjectsOf(nodes: readonly Node[], found = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  for (const { code, rule, children } of nodes) {
    if (rule?.of !== undefined) found.set(code, rule.of)
    subjectsOf(children ?? [], found)
  }
  return found
}

/** The table as it is printed, as a tree, with what a chosen unit was given for each of its lines and why. */
export function PointTree({
  cluster,
  units,
}: {
  readonly cluster: string
  readonly units: readonly { readonly code: string; readonly name: string }[]
}) {
  const { t, year, asOf, get, set } = useSettings()
  const session = useSession()
  const [isOpen, setOpen] = useState(get('bang') === cluster)
  const text = useApi(PointTableText, { cluster, year }, { enabled: isOpen })
  const lines = useApi(PointLines, { cluster, year, asOf }, { enabled: isOpen && units.length > 0, session })
  const unit = units.find(({ code }) => code === get('diem')) ?? units[0]
  const placed = lines.data?.cluster.pointRanking?.members.find((member) => member.unit.code === unit?.code)?.lines
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('tableItself')}</summary>
      {isOpen && (
        <>
          {unit && (
            <Choice
              label={t('pointsOf')}
              value={unit.code}
              options={units.map(({ code, name }) => [code, name] as const)}
              onChange={(code) => set({ diem: code, bang: cluster })}
            />
          )}
          <Shown of={text}>
            {({ cluster: { pointTable } }) => (
              <Tree
                criteria={pointTable?.criteria ?? []}
                subjects={subjectsOf(((pointTable?.table ?? {}) as { nodes?: readonly Node[] }).nodes ?? [])}
                lines={placed}
                unit={unit?.code}
              />
            )}
          </Shown>
        </>
      )}
    </details>
  )
}

interface TreeProps {
  readonly criteria: readonly Criterion[]
  readonly subjects: ReadonlyMap<string, unknown>
  readonly lines: readonly Line[] | undefined
  readonly unit: string | undefined
}

function Tree({ criteria, subjects, lines, unit }: TreeProps) {
  const { t, points } = useSettings()
  const lineOf = new Map(lines?.map((line) => [line.code, line]))
  return (
    <Table label={t('tableItself')} head={['criterion', 'mostPoints', 'pointsGiven', 'howGiven', 'fromWhat']}>
      {criteria.map((criterion) => {
        const line = lineOf.get(criterion.code)
        return (
          <tr key={criterion.code} className={criterion.depth === 0 ? 'top' : undefined}>
            <th
              scope="row"
              style={{ paddingInlineStart: `${8 + criterion.depth * 18}px` }}
              aria-label={`${criterion.code} ${criterion.name}`}
            >
              <span className="quiet">{criterion.code}</span> {criterion.name}
            </th>
            <td className="number" data-head={t('mostPoints')}>
              {criterion.outside ? (
                <span className="quiet">{t('outsideScale')}</span>
              ) : (
                points(line?.outOf ?? criterion.points)
              )}
            </td>
            <td className="number" data-head={t('pointsGiven')}>
              {line ? (
                <>
                  <strong>{points(line.points)}</strong>
                  {!line.counted && <span className="quiet"> ({t('notCounted')})</span>}
                  {line.limited !== 0 && (
                    <span className="quiet">
                      {' '}
                      ({t('limitedBy')} {points(line.limited)})
                    </span>
                  )}
                </>
              ) : (
                '–'
              )}
            </td>
            <td className="long" data-head={t('howGiven')}>
              {criterion.rule} {line && <span className="quiet">({t(CLAUSES[line.clause] ?? 'clauseRule')})</span>}
            </td>
            <td>
              <FromWhat subject={subjects.get(criterion.code)} unit={unit} line={line} />
              {[criterion.evidence, criterion.assessor].filter(Boolean).join('; ')}
            </td>
          </tr>
        )
      })}
    </Table>
  )
}

/** Where the value comes from: an indicator with the unit's figures and their sources, or a fact that was recorded. */
function FromWhat({
  subject,
  unit,
  line,
}: {
  readonly subject: unknown
  readonly unit: string | undefined
  readonly line: Line | undefined
}): ReactNode {
  const { t, to, number, year, locale } = useSettings()
  const indicators = useApi(Indicators, { year, locale }).data?.directive.indicators
  if (subject === undefined) return null
  const value = line?.value === null || line?.value === undefined ? null : <strong>{number(line.value)}</strong>
  const indicator = (subject as { indicator?: unknown } | null)?.indicator
  if (typeof indicator === 'string')
    return (
      <p>
        <Link href={unit ? to(`/don-vi/${unit}`, { indicator }) : to(`/chi-tieu/${indicator}`)}>
          {indicators?.find(({ id }) => id === indicator)?.name ?? indicator}
        </Link>{' '}
        {value}
      </p>
    )
  return (
    <p>
      {typeof subject === 'string' && `${t('factOf')}: ${subject}`} {value}
    </p>
  )
}
