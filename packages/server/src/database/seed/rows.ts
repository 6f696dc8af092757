/** Rows by table (`unit_ends`: the last days of units that are there), in the order of the foreign keys; a column that a row lacks takes its default. */
export type Rows = Partial<Record<Table, readonly Readonly<Record<string, unknown>>[]>>
type Table =
  | 'units'
  | 'unit_aliases'
  | 'unit_ends'
  | 'clusters'
  | 'memberships'
  | 'unit_targets'
  | 'measurements'
  | 'eligibility_facts'
  | 'cluster_heads'
  | 'filings'
  | 'deadlines'
  | 'directive_versions'
  | 'data_sets'

/** In the order in which they are loaded, each once; a set never changes after a release, a new one is added. */
export const PUBLISHED = [
  'published-2022',
  'deadlines-2022',
  'published-2022-further',
  'aliases-2022',
  'units-2022-end',
  'directive-2022',
] as const
export const DEMO = ['demo-2022', 'demo-2022-emulation'] as const

export type DataSet = (typeof PUBLISHED)[number] | (typeof DEMO)[number]
