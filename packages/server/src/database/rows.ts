/** Rows by table, in the order of the foreign keys; a column that a row lacks takes its default. */
export type Rows = Partial<Record<Table, readonly Readonly<Record<string, unknown>>[]>>
type Table =
  | 'units'
  | 'clusters'
  | 'memberships'
  | 'unit_targets'
  | 'measurements'
  | 'eligibility_facts'
  | 'cluster_heads'
  | 'filings'
  | 'deadlines'
  | 'data_sets'
