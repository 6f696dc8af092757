import { useSettings } from '../settings.tsx'

interface Words {
  readonly vi: string
  readonly en: string
}
export interface Policy {
  readonly id: string
  readonly version: string
  readonly title: Words
  readonly note?: Words
  readonly scale: number
  readonly weights: {
    readonly default?: number
    readonly indicators?: Readonly<Record<string, number>>
    readonly groups?: readonly {
      readonly id: string
      readonly name: Words
      readonly weight: number
      readonly indicators: readonly string[]
    }[]
  }
  readonly credit: { readonly partialFrom: number; readonly missing: number }
  readonly leastShare?: number
  readonly eligibility: readonly { readonly id: string; readonly requirement: Words; readonly otherwise?: string }[]
  readonly tieBreaks: readonly string[]
  readonly quotas: readonly {
    readonly award: string
    readonly name: Words
    readonly seats: number
    readonly above?: { readonly members: number; readonly seats: number }
  }[]
}

const TIE_BREAKS = { met: 'tieMet', exceeded: 'tieExceeded', noData: 'tieNoData' } as const

/** By what is ranked, in words: shown, and printed, with every ranking. */
export function PolicyInWords({ policy }: { readonly policy: Policy }) {
  const { t, language, number, percent } = useSettings()
  const { weights, credit, quotas } = policy
  const ties = policy.tieBreaks.map((tieBreak) => {
    const key = TIE_BREAKS[tieBreak as 'met']
    return key ? t(key) : tieBreak
  })
  return (
    <dl className="policy">
      <dt>{policy.title[language]}</dt>
      <dd>
        {t('version')} {policy.version}. {policy.note?.[language]}
      </dd>
      <dt>{t('weightsHead')}</dt>
      <dd>
        {weights.groups
          ? weights.groups.map(({ name, weight }) => `${name[language]}: ${number(weight)}`).join('; ')
          : t('weightsEqual')}
        {weights.indicators &&
          Object.entries(weights.indicators)
            .map(([id, weight]) => `${id}: ${number(weight)}`)
            .join('; ')}{' '}
        ({t('scale')} {number(policy.scale)})
      </dd>
      <dt>{t('credit')}</dt>
      <dd>
        {t('creditHelp')} {percent(credit.partialFrom)}.
      </dd>
      <dt>{t('conditions')}</dt>
      <dd>
        <ul>
          {policy.eligibility.map(({ id, requirement }) => (
            <li key={id}>{requirement[language]}</li>
          ))}
          {policy.leastShare !== undefined && (
            <li>
              {t('leastShare')} {percent(policy.leastShare)}
            </li>
          )}
        </ul>
      </dd>
      <dt>{t('tieBreaks')}</dt>
      <dd>{ties.join(' → ')}</dd>
      <dt>{t('quotas')}</dt>
      <dd>
        <ul>
          {quotas.map(({ award, name, seats, above }) => (
            <li key={award}>
              {name[language]}: {seats}
              {above && ` (${above.seats} ${t('seatsAbove')} ${above.members} ${t('members')})`}
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  )
}
