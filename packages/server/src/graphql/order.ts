// In which order a list is told: `orderBy` names what its items are compared by, `descending` turns it round.
import { builder } from './builder.ts'

type Key = string | number | null

interface OrderKey<Item> {
  readonly description: string
  /** What an item is compared by; null comes last either way. */
  readonly of: (item: Item) => Key
}

const inVietnamese = new Intl.Collator('vi')

const compare = (a: string | number, other: string | number): number =>
  typeof a === 'string' ? inVietnamese.compare(a, String(other)) : a - Number(other)

/** Where the key is null, both ways. */
function sorted<Item>(items: readonly Item[], keyOf: (item: Item) => Key, descending: boolean): Item[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
    return sign * compare(a.key, b.key)
  })
  return keyed.map(({ item }) => item)
}

export interface Chosen {
  readonly orderBy?: string | null | undefined
  readonly descending?: boolean | null | undefined
}

const KEYS_OF = 'What it is ordered by.'

/**
 * The arguments `orderBy` and `descending` of a list, and what they do to it. Items that are alike stay as they were.
 * @param keys by the names of the enum's values
 * @param usual how the list is ordered where nobody asks, for the description
 */
export function orderOf<Item>(name: string, usual: string, keys: Readonly<Record<string, OrderKey<Item>>>) {
  const ref = builder.enumType(name, {
    description: KEYS_OF,
    values: Object.fromEntries(
      Object.entries(keys).map(([value, { description }]) => [value, { value, description }]),
    ) as Record<string, { value: string; description: string }>,
  })
  return {
    args: {
      orderBy: { type: ref, description: `${KEYS_OF} Default: ${usual}.` },
      descending: { type: 'Boolean', defaultValue: false, description: 'True: the other way round.' },
    } as const,
    /** The list itself where nobody asks for an order. */
    sort<List extends readonly Item[]>(items: List, { orderBy, descending }: Chosen): readonly Item[] {
      const key = typeof orderBy === 'string' ? keys[orderBy] : undefined
      if (key) return sorted(items, key.of, descending ?? false)
      return descending ? items.toReversed() : items
    },
  }
}
