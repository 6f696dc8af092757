// What changes while somebody looks: server-sent events.
import { Repeater } from 'graphql-yoga'
import type { Change } from '../figures/changes.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { inputError } from './errors.ts'
import { findCluster, findUnit, storedUnit } from './lookups.ts'
import { UnitRef } from './units.ts'

interface Changed {
  readonly at: string
  readonly units: readonly string[]
}

const ChangedRef = builder.objectRef<Changed>('EvaluationChanged').implement({
  description: 'Figures, targets or facts have changed, so evaluations and rankings may have.',
  fields: (t) => ({
    at: t.exposeString('at', { description: 'When it was noticed: ISO 8601, UTC.' }),
    units: t.field({
      type: [UnitRef],
      description: 'Whose: of those asked about. Ask for their evaluation here to get it anew.',
      resolve: ({ units }, _, context) => Promise.all(units.map((code) => storedUnit(code, context))),
    }),
  }),
})

builder.subscriptionType({ description: 'Server-sent events: ask with `Accept: text/event-stream`.' })

builder.subscriptionField('evaluationChanged', (t) =>
  t.field({
    type: ChangedRef,
    description:
      'Tells when what the evaluation of a unit, or the ranking of a cluster in 2022, rests on has changed. Changes that come together are told once.',
    args: {
      unit: t.arg.string({ description: 'The code of a unit.' }),
      cluster: t.arg.string({ description: 'The slug of a cluster.' }),
    },
    subscribe: async (_, { unit, cluster }, context) => {
      if ((unit === null || unit === undefined) === (cluster === null || cluster === undefined)) {
        throw inputError('BAD_INPUT', 'give a unit or a cluster', { argument: 'unit', value: unit ?? null })
      }
      const codes = unit ? [(await findUnit(unit, 'unit', context)).code] : await membersOf(cluster as string, context)
      return changesOf(codes, context)
    },
    resolve: (changed) => changed,
  }),
)

async function membersOf(cluster: string, context: Context): Promise<string[]> {
  const { code } = await findCluster(cluster, 'cluster', context)
  return (await context.loaders.members.load({ code, year: 2022 })).map(({ unitCode }) => unitCode)
}

/** A burst of writes is one event. */
const TOGETHER_MS = 100

function changesOf(codes: readonly string[], { changes, loaders }: Context): Repeater<Changed> {
  return new Repeater<Changed>(async (push, stop) => {
    let pending = new Set<string>()
    let timer: NodeJS.Timeout | null = null
    const send = () => {
      timer = null
      // This request's reads are from before the change.
      for (const loader of Object.values(loaders)) if ('clearAll' in loader) loader.clearAll()
      const units = codes.filter((code) => pending.has(code))
      pending = new Set()
      void push({ at: new Date().toISOString(), units })
    }
    const unsubscribe = changes.subscribe((change: Change) => {
      const own = change === null ? codes : codes.filter((code) => change.has(code))
      if (own.length === 0) return
      for (const code of own) pending.add(code)
      timer ??= setTimeout(send, TOGETHER_MS)
    }, stop)
    await stop
    unsubscribe()
    if (timer) clearTimeout(timer)
  })
}
