import type { Duty } from '@dienbien/targets'
import { builder } from '../graphql/builder.ts'
import { localeArg } from '../graphql/scalars.ts'

/** The field of what a garbled quote must have been. */
export const INTENDED = {
  nullable: true,
  description: 'What a slip of the print or the scan must have been.',
} as const

export const DutyRef = builder.objectRef<Duty>('Duty').implement({
  description: 'An action that the directive orders without a number (3.4 to 4.4).',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'A name that stays the same, as `fileDocument` takes it.' }),
    section: t.exposeString('section', { description: 'Where it is ordered.' }),
    quote: t.exposeString('quote', { description: 'The words of the directive, as printed.' }),
    intended: t.exposeString('intended', INTENDED),
    who: t.string({
      description: 'Who must do it.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ who }, { locale }) => who[locale ?? 'vi'],
    }),
    evidence: t.string({
      description: "What counts as evidence: this project's reading, the text names none.",
      args: { locale: t.arg(localeArg) },
      resolve: ({ evidence }, { locale }) => evidence[locale ?? 'vi'],
    }),
    due: t.field({
      type: 'Date',
      description: 'By when: the end of the year, since the text sets no dates.',
      resolve: ({ due }) => due,
    }),
  }),
})
