// Directives are drafted and published as documents, by mutation.
import type { Demand } from '../accounts/rights.ts'
import { lastDay, publishedDirectives } from '../figures/years.ts'
import type { DirectiveVersion } from '../generated/prisma/client.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import type { builder } from '../graphql/builder.ts'
import { change } from '../graphql/change.ts'
import type { Context } from '../graphql/context.ts'
import { work } from '../graphql/cost.ts'
import { expected, mutation } from '../graphql/mutation.ts'
import { namesIn, type UserError, userError } from '../graphql/user-errors.ts'
import { findCluster } from '../units/clusters.ts'
import { unitDuring, unitIdDuring } from '../units/units.ts'
import { VersionRef } from './published.schema.ts'
import { problemsOf, publishingDemand, storeVersion, yearOf } from './publishing.ts'
import type { Scope } from './versions.ts'

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>

const documentFields = (t: InputFields) => ({
  document: t.field({
    ...LONG_TEXT,
    type: 'JSON',
    required: true,
    description: 'The directive, whole, as directive.schema.json of @dienbien/targets says.',
  }),
  cluster: t.string({
    description: 'The cluster or bloc whose members alone it binds. Without it and `unit` it binds everyone.',
  }),
  unit: t.string({ description: 'The code of the unit that issued it: it binds the units below that one.' }),
  source: t.string({
    ...LONG_TEXT,
    required: true,
    description: 'Who says so, for example "Quyết định 12/QĐ-UBND ngày 05/01/2024".',
  }),
  expected: expected(t, 'Int', 'The number of the newest version that you saw, drafts included, 0 for none.'),
})

interface ScopeInput {
  readonly cluster?: string | null | undefined
  readonly unit?: string | null | undefined
}

async function scopeOf({ cluster, unit }: ScopeInput, year: number, context: Context): Promise<Scope> {
  return {
    cluster: cluster ? (await findCluster(cluster, 'input.cluster', context)).code : null,
    unit: unit ? (await unitDuring(unit, 'input.unit', context, { year })).id : null,
  }
}

/** The right, and whose: nobody decides by what the own cluster is judged, in that year or, before it has one, last. */
async function demanded(asked: ScopeInput & { readonly document?: unknown }, context: Context): Promise<Demand> {
  const year = yearOf(asked.document, 'input.document')
  const registry = await context.store.registry(lastDay(year))
  const unit = asked.unit ? await unitIdDuring(asked.unit, context, { year }) : null
  return publishingDemand({ cluster: asked.cluster ?? null, unit }, year, await context.ownUnit(), registry)
}

/** What is wrong with a document, as errors of the input that it stands in. */
const errorsOf = (document: unknown, scope: Scope): UserError[] =>
  problemsOf(document, scope, publishedDirectives()).map(({ path, text, nearest }) =>
    userError('BAD_DIRECTIVE', text, ['input', 'document', ...namesIn(path)], { nearest }),
  )

interface Changed {
  /** Null with errors. */
  readonly version: DirectiveVersion | null
}
const CHANGED = {
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Partial<Changed>>) => ({
    version: t.field({
      type: VersionRef,
      nullable: true,
      description: 'The version that was stored.',
      resolve: ({ version }) => version ?? null,
    }),
  }),
}

mutation('draftDirective', {
  description:
    'Keeps a document as a draft, the next version of its year and scope; it binds nobody. It may still have problems, which the version tells; its year it must say.',
  right: 'MANAGE_DIRECTIVES',
  cost: work(12_000),
  input: { description: 'A directive to keep as a draft.', fields: documentFields },
  demand: demanded,
  work: async ({ document, source, expected: seen, ...asked }, call) => {
    const year = yearOf(document, 'input.document')
    const scope = await scopeOf(asked, year, call.context)
    const { answer } = await change({ ...call, reason: source }, (transaction, author) =>
      storeVersion(transaction, author, { document, year, scope, published: false, source }, seen ?? null),
    )
    return { version: answer }
  },
  payload: CHANGED,
})

mutation('publishDirective', {
  description:
    'Publishes a document as the version in force of its year and scope. From then on it judges; it is never changed, only superseded by publishing another. All that stands against it is told at once (see also `checkDirective`).',
  right: 'MANAGE_DIRECTIVES',
  cost: work(20_000),
  input: { description: 'A directive as it was issued.', fields: documentFields },
  demand: demanded,
  work: async ({ document, source, expected: seen, ...asked }, call) => {
    const year = yearOf(document, 'input.document')
    const scope = await scopeOf(asked, year, call.context)
    const errors = errorsOf(document, scope)
    if (errors.length > 0) return { version: null, errors }
    const { answer } = await change(
      { ...call, reason: source },
      (transaction, author) =>
        storeVersion(transaction, author, { document, year, scope, published: true, source }, seen ?? null),
      { touches: () => null },
    )
    // What is asked of the answer is judged by it.
    await call.context.store.registry()
    return { version: answer }
  },
  payload: CHANGED,
})
