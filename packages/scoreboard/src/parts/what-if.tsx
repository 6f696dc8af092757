// Other weights on trial: of the groups of the policy or, where it has none, of the parts of the directive.
import { useDeferredValue, useMemo } from 'react'
import { Indicators } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { useApi } from './data.tsx'
import type { Policy } from './policy.tsx'
import { isOfPart, partsOf } from './sections.ts'

type Group = NonNullable<Policy['weights']['groups']>[number]

/** Where each slider begins: the weights as they are. */
const MIDDLE = 50
const keyOf = (id: string) => `w-${id}`

/** Where a slider stands by the address; what is none of its places is where it begins. */
function placeIn(text: string | null): number {
  const place = text === null || text === '' ? MIDDLE : Number(text)
  return place >= 0 && place <= 100 ? place : MIDDLE
}

/** What may be weighed, and the policy with the weights of the sliders; null while they are where they begin. */
export function useWeighed(base: Policy | undefined): {
  readonly groups: readonly Group[]
  readonly policy: object | null
} {
  const { get, locale, year } = useSettings()
  const all = useApi(Indicators, { year, locale }).data?.directive.indicators
  const groups = useMemo((): readonly Group[] => {
    if (!base || !all) return []
    if (base.weights.groups) return base.weights.groups
    const parts = partsOf(all)
    return parts.map((part) => ({
      id: part,
      name: { vi: `Mục ${part}`, en: `Section ${part}` },
      weight: MIDDLE,
      indicators: all.filter(({ section }) => isOfPart(section, part)).map(({ id }) => id),
    }))
  }, [base, all])
  // By the id of each group: what is deferred may still be of the groups before, or of none.
  const chosen = useDeferredValue(
    new URLSearchParams(groups.map(({ id }) => [id, String(placeIn(get(keyOf(id))))])).toString(),
  )
  const policy = useMemo(() => {
    const asked = new URLSearchParams(chosen)
    const weights = groups.map(({ id }) => placeIn(asked.get(id)))
    if (!base || groups.length < 2 || weights.every((weight) => weight === MIDDLE)) return null
    const weighed = groups.map((group, i) => ({ ...group, weight: (group.weight * (weights[i] ?? MIDDLE)) / MIDDLE }))
    return { ...base, id: 'thu', weights: { ...base.weights, groups: weighed } }
  }, [base, groups, chosen])
  return { groups, policy }
}

export function WhatIf({ groups }: { readonly groups: readonly Group[] }) {
  const { t, get, set, language } = useSettings()
  if (groups.length < 2) return null
  return (
    <fieldset className="what-if">
      <legend>{t('whatIf')}</legend>
      {groups.map(({ id, name, indicators }) => (
        <label key={id}>
          {name[language]}{' '}
          <span className="quiet">
            ({indicators.length} {t('indicators').toLowerCase()})
          </span>{' '}
          <input
            type="range"
            min="0"
            max="100"
            step="5"
            value={placeIn(get(keyOf(id)))}
            onChange={({ target }) => set({ [keyOf(id)]: target.value === String(MIDDLE) ? null : target.value })}
          />{' '}
          <output>{placeIn(get(keyOf(id)))}</output>
        </label>
      ))}
      <button
        type="button"
        className="small"
        onClick={() => set(Object.fromEntries(groups.map(({ id }) => [keyOf(id), null])))}
      >
        {t('reset')}
      </button>
    </fieldset>
  )
}
