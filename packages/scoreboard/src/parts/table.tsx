import type { ReactNode } from 'react'
import { useSettings } from '../settings.tsx'
import type { TextKey } from '../text.ts'

/** A table that scrolls sideways where it must; on a phone each row is a card, whose cells say their heads by `data-head`. */
export function Table({
  label,
  head,
  children,
}: {
  readonly label: string
  readonly head: readonly TextKey[]
  readonly children: ReactNode
}) {
  const { t } = useSettings()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys
    // biome-ignore lint/a11y/useSemanticElements: a group that is no form's
    <div className="scroll stacked" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
