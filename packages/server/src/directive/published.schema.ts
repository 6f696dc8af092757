// Directives as they are published: whom each binds, its versions, and its document.
import type { Directive } from '@dienbien/targets'
import { may, whoMay } from '../accounts/rights.ts'
import { nothingWith } from '../errors/input-error.ts'
import type { DirectiveVersion as Published } from '../figures/directives.ts'
import { directiveOf, lastDay, publishedDirectives } from '../figures/years.ts'
import type { DirectiveVersion } from '../generated/prisma/client.ts'
import { builder } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { DIRECTIVE_DOCUMENT, DOCUMENT, list, PER_INDICATOR, ROW, ROWS } from '../graphql/cost.ts'
import { clientLocaleArg, localeArg, yearArg } from '../graphql/scalars.ts'
import { ClusterRef } from '../units/clusters.schema.ts'
import { clusterInYear, findCluster } from '../units/clusters.ts'
import { UnitLevelRef, UnitRef } from '../units/units.schema.ts'
import { findUnit, storedUnit } from '../units/units.ts'
import { ErratumRef, IndicatorRef } from './directive.schema.ts'
import { DutyRef } from './duties.schema.ts'
import { type DirectiveProblem, problemsOf } from './publishing.ts'
import { unknownVersion } from './versions.ts'

const clusterOf = async ({ cluster, year }: Pick<Published, 'cluster' | 'year'>, context: Context) =>
  cluster === null ? null : clusterInYear(await findCluster(cluster, 'cluster', context), year)
const unitOf = ({ unit, year }: Pick<Published, 'unit' | 'year'>, context: Context) =>
  unit === null ? null : storedUnit(unit, context, lastDay(year))
const versionOf = (directive: Directive) => publishedDirectives().versionOf(directive)

/** The one in force for everyone is its year's; any other is named by its version. */
const directiveKey = (directive: Directive): string =>
  publishedDirectives().main(directive.year) === directive
    ? String(directive.year)
    : (versionOf(directive)?.id ?? String(directive.year))

const DirectiveRef = builder.objectRef<Directive>('Directive')
builder.node(DirectiveRef, {
  description: "A directive: one year's targets and duties.",
  id: { resolve: directiveKey, description: 'The global id, as `node` takes it.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'issuedOn' in value,
  // A directive is frozen, and told by its own type above.
  brandLoadedObjects: false,
  loadOne: (id) => {
    const directive = /^\d{4}$/.test(id) ? directiveOf(Number(id)) : publishedDirectives().version(id)?.directive
    if (!directive) throw nothingWith(id)
    return directive
  },
  fields: (t) => ({
    number: t.exposeString('id', { description: 'The number of the document.' }),
    title: t.string({
      description: 'The title of the directive.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ title }, { locale }) => title[locale ?? 'vi'],
    }),
    issuer: t.string({
      description: 'Who issued it.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ issuer }, { locale }) => issuer[locale ?? 'vi'],
    }),
    issuedOn: t.field({ type: 'Date', description: 'The date of the document.', resolve: ({ issuedOn }) => issuedOn }),
    year: t.exposeInt('year', { description: 'The year in which its targets are to be reached.' }),
    level: t.field({
      type: UnitLevelRef,
      description: 'The level whose units its totals bind.',
      resolve: ({ level }) => level,
    }),
    version: t.string({
      nullable: true,
      description: 'The code of its version, for example "2022-1", as frozen rankings name it.',
      resolve: (directive) => versionOf(directive)?.id ?? null,
    }),
    cluster: t.field({
      type: ClusterRef,
      nullable: true,
      description: 'The cluster or bloc whose members alone it binds; null for none.',
      resolve: (directive, _, context) => clusterOf(versionOf(directive) ?? { cluster: null, year: 0 }, context),
    }),
    issuedBy: t.field({
      type: UnitRef,
      nullable: true,
      description:
        'The unit that issued it, which binds the units below it; null where it binds everyone, or a cluster.',
      resolve: (directive, _, context) => unitOf(versionOf(directive) ?? { unit: null, year: directive.year }, context),
    }),
    indicators: t.field({
      type: [IndicatorRef],
      ...PER_INDICATOR,
      description: 'In the order of the text.',
      resolve: ({ indicators }) => [...indicators],
    }),
    duties: t.field({
      type: [DutyRef],
      ...list(30),
      description: 'What it orders without a number.',
      resolve: ({ duties }) => [...duties],
    }),
    errata: t.field({
      type: [ErratumRef],
      description: 'Where the printed text contradicts itself or arithmetic, and how it is read.',
      resolve: (directive) => directive.errata.map((erratum) => ({ ...erratum, directive })),
    }),
    document: t.field({
      type: 'JSON',
      ...DIRECTIVE_DOCUMENT,
      description:
        'The whole of it, as directive.schema.json of @dienbien/targets says: what `publishDirective` takes.',
      resolve: (directive) => directive,
    }),
  }),
})

const ProblemRef = builder.objectRef<DirectiveProblem>('DirectiveProblem').implement({
  description: 'What is wrong with a document.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where in the document; empty: as a whole.' }),
    message: t.string({
      description: 'What is wrong, and what would be right.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? 'vi'],
    }),
    nearest: t.string({
      nullable: true,
      description: 'What was probably meant.',
      resolve: ({ nearest }) => nearest ?? null,
    }),
  }),
})

export const VersionRef = builder.objectRef<DirectiveVersion>('DirectiveVersion').implement({
  description: 'A version of a directive as a document: a draft, or published. It is never changed.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'year-scope-version, for example "2022-1".' }),
    year: t.exposeInt('year', { description: 'The year whose targets it sets.' }),
    version: t.exposeInt('version', { description: 'Counts from 1 within its year and scope.' }),
    published: t.exposeBoolean('published', { description: 'False: a draft, which binds nobody.' }),
    inForce: t.boolean({
      description: 'Whether it is the newest published one of its year and scope.',
      resolve: ({ id }) =>
        publishedDirectives()
          .inForce()
          .some((version) => version.id === id),
    }),
    cluster: t.field({
      type: ClusterRef,
      nullable: true,
      description: 'The cluster or bloc whose members alone it binds; null for none.',
      resolve: ({ clusterCode, year }, _, context) => clusterOf({ cluster: clusterCode || null, year }, context),
    }),
    issuedBy: t.field({
      type: UnitRef,
      nullable: true,
      description:
        'The unit that issued it, which binds the units below it; null where it binds everyone, or a cluster.',
      resolve: ({ unitCode, year }, _, context) => unitOf({ unit: unitCode || null, year }, context),
    }),
    document: t.field({
      type: 'JSON',
      ...DIRECTIVE_DOCUMENT,
      description: 'The whole directive, as the published JSON Schema says it.',
      resolve: ({ document }) => document,
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document as canonical JSON (RFC 8785).' }),
    problems: t.field({
      type: [ProblemRef],
      description: 'What stands against publishing it.',
      resolve: ({ document, clusterCode, unitCode, published }) =>
        published
          ? []
          : problemsOf(document, { cluster: clusterCode || null, unit: unitCode || null }, publishedDirectives()),
    }),
    source: t.exposeString('source', { description: 'Who issued or drafted the version, by which document.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was stored.' }),
  }),
})

builder.queryFields((t) => ({
  directive: t.field({
    type: DirectiveRef,
    nullable: true,
    description: 'The directive of a year. UNKNOWN_YEAR where there is none.',
    args: {
      year: t.arg(yearArg),
      unit: t.arg.string({
        description:
          "The one that judges this unit, by code: its bloc's or cluster's own, else that of the nearest unit above it. Default: the one for everyone.",
      }),
    },
    resolve: async (_, { year, unit }, context) => {
      const directive = directiveOf(year)
      if (!unit) return directive
      const { id } = await findUnit(unit, 'unit', context, lastDay(directive.year))
      return (await context.store.registry(lastDay(directive.year))).judging(id, directive.year)
    },
  }),
  directives: t.field({
    type: [DirectiveRef],
    nullable: true,
    description: 'All directives in force, by year; of one year, that for everyone first.',
    resolve: () =>
      publishedDirectives()
        .inForce()
        .map(({ directive }) => directive),
  }),
}))

builder.queryFields((t) => ({
  directiveVersions: t.field({
    type: [VersionRef],
    nullable: true,
    ...ROWS,
    description: `The versions of the directives of a year, the newest first. Drafts are left out for those who may not see them: ${whoMay('MANAGE_DIRECTIVES')}`,
    args: { year: t.arg(yearArg) },
    resolve: async (_, { year }, context) => {
      const drafts = await may({ action: 'MANAGE_DIRECTIVES' }, context)
      const where = { year: year ?? publishedDirectives().newest.year, ...(drafts ? {} : { published: true }) }
      return context.prisma.directiveVersion.findMany({
        where,
        orderBy: [{ clusterCode: 'asc' }, { unitCode: 'asc' }, { version: 'desc' }],
      })
    },
  }),
  directiveVersion: t.field({
    type: VersionRef,
    nullable: true,
    ...ROW,
    description: 'One version of a directive. UNKNOWN_VERSION where there is none that the viewer may see.',
    args: { code: t.arg.string({ required: true, description: 'The code of the version, for example "2022-1".' }) },
    resolve: async (_, { code }, context) => {
      const row = await context.prisma.directiveVersion.findUnique({ where: { id: code } })
      if (row && (row.published || (await may({ action: 'MANAGE_DIRECTIVES' }, context)))) return row
      throw unknownVersion(code, 'code')
    },
  }),
  checkDirective: t.field({
    type: [ProblemRef],
    nullable: true,
    ...DOCUMENT,
    description:
      'What stands against publishing a document: all of it, in itself and beside what is published. Empty: nothing. Nothing is stored.',
    args: {
      document: t.arg({
        type: 'JSON',
        required: true,
        description: 'As directive.schema.json of @dienbien/targets says.',
      }),
      cluster: t.arg.string({ description: 'The cluster or bloc whose members alone it is to bind.' }),
      unit: t.arg.string({ description: 'The unit that issues it, which is to bind the units below it.' }),
    },
    resolve: async (_, { document, cluster, unit }, context) => {
      const scope = {
        cluster: cluster ? (await findCluster(cluster, 'cluster', context)).code : null,
        unit: unit ? (await findUnit(unit, 'unit', context)).id : null,
      }
      return problemsOf(document, scope, publishedDirectives())
    },
  }),
}))
