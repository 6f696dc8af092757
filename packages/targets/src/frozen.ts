/** A copy of plain data that nobody can change: what is shared must not change for everyone, nor with what it was made from. */
export function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  return Object.freeze(
    Array.isArray(value)
      ? value.map(frozenCopy)
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, frozenCopy(part)])),
  ) as T
}
