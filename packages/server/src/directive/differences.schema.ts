// What changed from one directive, or version of one, to another.
import type { Directive } from '@dienbien/targets'
import { type DirectiveDifference, diffDirectives } from '@dienbien/targets/report'
import { publishedDirectives } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { list } from '../graphql/cost.ts'
import { enumOfWords, textOf } from '../graphql/enums.ts'
import { localeArg } from '../graphql/scalars.ts'
import { unknownVersion } from './versions.ts'

const KindRef = builder.enumType('DirectiveDifferenceKind', {
  description: 'What became of something.',
  values: {
    ADDED: { value: 'added', description: 'It was not there before.' },
    REMOVED: { value: 'removed', description: 'It is no longer there.' },
    CHANGED: { value: 'changed', description: 'It says something else.' },
  } as const,
})

const PartRef = enumOfWords<DirectiveDifference['of']>('DirectivePart', 'What stands in a directive.', {
  directive: 'The directive itself.',
  indicator: 'An indicator.',
  group: 'A group of indicators.',
  relation: 'What must hold between indicators.',
  duty: 'A duty.',
  erratum: 'A slip of the text.',
  amendment: 'An amendment.',
})

const DifferenceRef = builder.objectRef<DirectiveDifference>('DirectiveDifference').implement({
  description: 'One thing in which two directives, or two versions of one, differ.',
  fields: (t) => ({
    kind: t.field({
      type: KindRef,
      description: 'Whether the part was added, removed or changed.',
      resolve: ({ kind }) => kind,
    }),
    part: t.field({ type: PartRef, description: 'What it is of the directive.', resolve: ({ of }) => of }),
    of: t.exposeString('of', {
      ...textOf('part'),
      description: 'directive, indicator, group, relation, duty, erratum or amendment.',
    }),
    code: t.exposeString('id', { nullable: true, description: 'Its id; null for the directive itself.' }),
    field: t.exposeString('field', {
      nullable: true,
      description: 'The key that changed; null where the whole was added or removed.',
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value in the earlier one; null where it was not there.',
      resolve: ({ before }) => before ?? null,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value in the later one; null where it is no longer there.',
      resolve: ({ after }) => after ?? null,
    }),
    text: t.string({
      description: 'The difference as a sentence.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ text }, { locale }) => text[locale ?? 'vi'],
    }),
  }),
})

function published(code: string, argument: string): Directive {
  const directives = publishedDirectives()
  const directive = /^\d{4}$/.test(code) ? directives.main(Number(code)) : directives.version(code)?.directive
  if (directive) return directive
  throw unknownVersion(code, argument)
}

builder.queryField('directiveDifferences', (t) =>
  t.field({
    type: [DifferenceRef],
    nullable: true,
    ...list(40, 2000),
    description:
      'What changed from one published directive to another, of two years or two versions: what was added, removed and changed, with both values.',
    args: {
      from: t.arg.string({
        required: true,
        description:
          'A year, for the one in force for everyone, or the code of a version: "2022", "2024-khoi-van-hoa-1".',
      }),
      to: t.arg.string({ required: true, description: 'The same of the later one.' }),
      kinds: t.arg({ type: [KindRef], description: 'Only what became this.' }),
    },
    resolve: (_, { from, to, kinds }) =>
      diffDirectives(published(from, 'from'), published(to, 'to')).filter(({ kind }) => !kinds || kinds.includes(kind)),
  }),
)
