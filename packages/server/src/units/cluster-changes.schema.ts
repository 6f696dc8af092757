// Clusters and blocs are made, renamed and closed, by mutation.
import type { Demand } from '../accounts/rights.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import type { builder } from '../graphql/builder.ts'
import { change } from '../graphql/change.ts'
import type { Context } from '../graphql/context.ts'
import { expected, mutation } from '../graphql/mutation.ts'
import { EVER, storeClosing, storeCluster, storeClusterName } from './cluster-changes.ts'
import { ClusterKindRef, ClusterRef } from './clusters.schema.ts'
import { type ClusterInYear, clusterInYear, clusterOf, findCluster, yearCompeted } from './clusters.ts'

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>
type PayloadFields = PothosSchemaTypes.ObjectFieldBuilder<
  typeof builder.$inferSchemaTypes,
  Partial<{ readonly cluster: ClusterInYear }>
>

/**
 * The right to change a cluster: nobody has it for the one in which the own unit competes or, where it is in none in that
 * year yet, competed last.
 */
export async function managing(cluster: string, year: number, context: Context): Promise<Demand> {
  const registry = await context.store.registry()
  return { action: 'MANAGE_YEAR', cluster, year: yearCompeted(await context.ownUnit(), year, registry) }
}

const named = (t: InputFields) => ({
  name: t.string({ required: true, description: 'The full name in Vietnamese: "Khối thi đua Văn hóa - Xã hội".' }),
  nameEn: t.string({ required: true, description: 'The name in English.' }),
})
const source = (t: InputFields) =>
  t.string({ ...LONG_TEXT, required: true, description: 'The decision: its number and date, and who took it.' })
const slug = (t: InputFields) => t.string({ required: true, description: 'The slug of the cluster or bloc.' })

const changed = (description: string) => ({
  fields: (t: PayloadFields) => ({ cluster: t.expose('cluster', { type: ClusterRef, nullable: true, description }) }),
})

mutation('createCluster', {
  description:
    'Makes a cluster of territories or a bloc of agencies, which competes from a year on. It has no members yet: see `setMembership`.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'A cluster or bloc that is made.',
    fields: (t) => ({
      code: t.string({
        required: true,
        description: 'A stable slug of small letters, digits and hyphens, for example "khoi-van-hoa-xa-hoi".',
      }),
      ...named(t),
      kind: t.field({ type: ClusterKindRef, required: true, description: 'Who is to compete.' }),
      firstYear: t.int({ required: true, description: 'The first year in which it competes.' }),
      source: source(t),
    }),
  },
  demand: ({ code }, context) => managing(code, EVER, context),
  work: async (input, call) => {
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction) => storeCluster(transaction, input),
      { touches: () => null },
    )
    return { cluster: clusterOf(answer, input.firstYear) }
  },
  payload: changed('The cluster, in its first year.'),
})

mutation('renameCluster', {
  description: 'Names a cluster or bloc anew from a year on; before that year it keeps the name that it had.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'A new name.',
    fields: (t) => ({
      cluster: slug(t),
      fromYear: t.int({
        required: true,
        description: 'The first year of the new name. From the same year again it corrects it.',
      }),
      ...named(t),
      source: source(t),
      expected: expected(t, 'String', 'The Vietnamese name in that year that you saw.'),
    }),
  },
  demand: ({ cluster }, context) => managing(cluster, EVER, context),
  work: async (input, call) => {
    await findCluster(input.cluster, 'input.cluster', call.context)
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction, author) => storeClusterName(transaction, author, input, input.expected ?? null),
      { touches: () => null },
    )
    return { cluster: clusterOf(answer, input.fromYear) }
  },
  payload: changed('The cluster, in the first year of its new name.'),
})

mutation('closeCluster', {
  description:
    'Closes a cluster or bloc after its last year. Refused while it has members in a later year. What it was before stays.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'A cluster or bloc that ends.',
    fields: (t) => ({
      cluster: slug(t),
      lastYear: t.int({
        description: 'The last year in which it competes. Without it the cluster goes on: it corrects a closing.',
      }),
      source: source(t),
      expected: expected(t, 'Int', 'The last year that you saw, 0 for none.'),
    }),
  },
  demand: ({ cluster }, context) => managing(cluster, EVER, context),
  work: async (input, call) => {
    await findCluster(input.cluster, 'input.cluster', call.context)
    const lastYear = input.lastYear ?? null
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction) => storeClosing(transaction, { ...input, lastYear }, input.expected ?? null),
      { touches: () => null },
    )
    return { cluster: lastYear === null ? clusterInYear(answer) : clusterOf(answer, lastYear) }
  },
  payload: changed('The cluster, in its last year, or in the newest one where it goes on.'),
})
