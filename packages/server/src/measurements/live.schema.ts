// What changes while somebody looks: server-sent events.
import { Repeater } from 'graphql-yoga'
import { forgetAnswers } from '../accounts/rights.ts'
import { inputError } from '../errors/input-error.ts'
import type { Change } from '../figures/changes.ts'
import { newestDirective } from '../figures/years.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { forgetReads } from '../graphql/loaders.ts'
import { findCluster } from '../units/clusters.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnit, storedUnit } from '../units/units.ts'

interface Changed {
  readonly at: string
  readonly units: readonly string[]
}

const ChangedRef = builder.objectRef<Changed>('EvaluationChanged').implement({
  description: 'Figures, targets or facts have changed, so evaluations and rankings may have.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was noticed.' }),
    units: t.field({
      type: [UnitRef],
      description:
        'Whose: of those asked about. Ask for their evaluation here to get it anew. None where it is not known which of all units.',
      resolve: ({ units }, _, context) => Promise.all(units.map((id) => storedUnit(id, context))),
    }),
  }),
})

builder.subscriptionType({ description: 'Server-sent events: ask with `Accept: text/event-stream`.' })

builder.subscriptionField('evaluationChanged', (t) =>
  t.field({
    type: ChangedRef,
    description:
      "Tells when what the evaluation of a unit, or the ranking of a cluster in the newest directive's year, rests on has changed; of all units where neither is given. Changes that come together are told once.",
    args: {
      unit: t.arg.string({ description: 'The code of a unit.' }),
      cluster: t.arg.string({ description: 'The slug of a cluster.' }),
    },
    subscribe: async (_, { unit, cluster }, context) => {
      if (unit && cluster) {
        throw inputError(
          'BAD_INPUT',
          { vi: 'ghi một đơn vị hoặc một cụm, khối, không ghi cả hai', en: 'give a unit or a cluster, not both' },
          { argument: 'unit', value: unit },
        )
      }
      if (!unit && !cluster) return changesOf(null, context)
      const ids = unit ? [(await findUnit(unit, 'unit', context)).id] : await membersOf(cluster as string, context)
      return changesOf(ids, context)
    },
    resolve: (changed) => changed,
  }),
)

async function membersOf(cluster: string, context: Context): Promise<string[]> {
  const { code } = await findCluster(cluster, 'cluster', context)
  return (await context.memory.members({ code, year: newestDirective().year })).map(({ unitCode }) => unitCode)
}

/** A burst of writes is one event. */
const TOGETHER_MS = 100

/** An event waits until it is taken; what changes meanwhile is the next one. Without identities, of all units. */
function changesOf(ids: readonly string[] | null, context: Context): Repeater<Changed> {
  const { changes, loaders } = context
  return new Repeater<Changed>(async (push, stop) => {
    let pending = new Set<string>()
    let some = false
    let stopped = false
    let wake: () => void = () => undefined
    const unsubscribe = changes.subscribe((change: Change) => {
      for (const id of ids ?? change ?? []) if (change === null || change.has(id)) pending.add(id)
      some ||= ids === null || pending.size > 0
      if (some) wake()
    }, stop)
    void stop.then(() => {
      unsubscribe()
      stopped = true
      wake()
    })
    const changed = () =>
      new Promise<void>((resolve) => {
        wake = resolve
        if (some || stopped) resolve()
      })
    for (;;) {
      await changed()
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS))
      if (stopped) return
      forgetReads(loaders)
      forgetAnswers(context)
      const changedIds = (ids ?? [...pending]).filter((id) => pending.has(id))
      // Whoever listens to all asks anew after many: what is below each would be asked for thousands at the price of a few.
      const units = ids === null && changedIds.length > MAX_PAGE ? [] : changedIds
      pending = new Set()
      some = false
      await push({ at: noticedAt(), units })
    }
  })
}

let now: string | null = null

/** The same for all who are told at once, so that the same answer is the same for all of them. */
function noticedAt(): string {
  now ??= new Date().toISOString()
  setImmediate(() => {
    now = null
  })
  return now
}
