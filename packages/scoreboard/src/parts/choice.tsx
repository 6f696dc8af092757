import type { ReactNode } from 'react'

/** One of several, by its label. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: ReactNode
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly onChange: (value: string) => void
}) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
