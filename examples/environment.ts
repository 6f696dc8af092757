/** Of GraphQL. */
export const url = process.env.URL ?? 'http://127.0.0.1:4000/graphql'

/** Reading needs no token; what is submitted here is of Mường Ảng (102), by its reporter. */
export const headers: Readonly<Record<string, string>> = process.env.TOKEN
  ? { authorization: `Bearer ${process.env.TOKEN}` }
  : {}

export const UNIT = '102'
export const AS_OF = '2022-09-30'

/** One invented figure, as all that these programs submit. */
export const figure = (indicator: string, value: number) => ({
  unit: UNIT,
  year: 2022,
  asOf: AS_OF,
  status: 'OFFICIAL' as const,
  source: 'Thử: số liệu bịa của một ví dụ',
  reason: 'thử',
  values: [{ indicator, value }],
})

/** A line of JSON. */
export const tell = (what: Readonly<Record<string, unknown>>) => console.log(JSON.stringify(what))
