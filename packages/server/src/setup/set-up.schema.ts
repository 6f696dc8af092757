// A workbook sets up a province, a year or a bloc; the template to fill in.
import { createHash } from 'node:crypto'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change, checkDryRun } from '../graphql/change.ts'
import { IMPORT, list, work } from '../graphql/cost.ts'
import { mutation } from '../graphql/mutation.ts'
import { clientLocaleArg } from '../graphql/scalars.ts'
import { currentLocale } from '../request-scope.ts'
import type { SetUpOutcome, SheetOutcome } from './set-up.ts'
import type { WorkbookProblem } from './workbook.ts'

const SheetRef = builder.objectRef<SheetOutcome>('SetUpSheet').implement({
  description: 'What became of the rows of a sheet; in a dry run, what would become of them.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the file.' }),
    created: t.exposeInt('created', { description: 'Things that were not there.' }),
    changed: t.exposeInt('changed', { description: 'Things that were there otherwise.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Things that stood so already: they were left as they are.' }),
  }),
})

const ProblemRef = builder.objectRef<WorkbookProblem>('SetUpProblem').implement({
  description: 'A cell of a workbook that cannot be stored.',
  fields: (t) => ({
    sheet: t.exposeString('sheet', { description: 'The sheet by its name in the file.' }),
    cell: t.exposeString('cell', { description: 'Its address, for example "C7".' }),
    message: t.string({
      description: 'What is wrong, and what would be right.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? currentLocale()],
    }),
  }),
})

/** How many problems an answer lists. */
const MOST_PROBLEMS = 1000

interface Changed extends SetUpOutcome {
  readonly replayed: boolean
}

mutation('setUp', {
  description:
    'Sets up a province, a year or a bloc by one workbook, all of it or nothing: units and what becomes of them, clusters, members, heads, deadlines, directives with their indicators, and targets. What stands so already is left as it is, so that the same workbook may be sent again. A row by which the cluster of the own unit would change is refused, as the mutation would be.',
  right: 'SET_UP',
  cost: IMPORT,
  input: {
    description: 'An XLSX workbook as `setupTemplate` gives it; every sheet is optional.',
    fields: (t) => ({
      file: t.field({ type: 'File', required: true, description: 'The workbook (XLSX) as filled in.' }),
      source: t.string({
        ...LONG_TEXT,
        required: true,
        description:
          'Who decided so, for what does not name its own decision: "Quyết định 12/QĐ-UBND ngày 05/01/2024".',
      }),
      dryRun: t.boolean({
        defaultValue: false,
        description: 'Only says what would be stored and what is wrong: nothing is stored.',
      }),
    }),
  },
  demand: () => ({ action: 'SET_UP' }),
  work: async (input, call): Promise<Changed> => {
    checkDryRun(input)
    const { file, source, dryRun } = input
    const { setUp } = await import('./set-up.ts')
    const { IMPORT_OPTIONS } = await import('../measurements/import-store.ts')
    const bytes = Buffer.from(await file.arrayBuffer())
    const content = { source, file: createHash('sha256').update(bytes).digest('hex') }
    let replayed = false
    const outcome = await setUp(
      { name: file.name, bytes },
      { source, dryRun: dryRun ?? false, viewer: call.context.viewer },
      async (store) => {
        const done = await change({ ...call, reason: source, content }, store, {
          ...IMPORT_OPTIONS,
          touches: () => null,
        })
        replayed = done.replayed
        return done.answer
      },
    )
    return { ...outcome, replayed }
  },
  payload: {
    description: 'Either all was stored, or nothing and `problems`, or `errors`, says why.',
    fields: (t) => ({
      sheets: t.field({
        type: [SheetRef],
        ...list(9, 1),
        description: 'What became of each sheet; with problems, of what was right in it, had there been none.',
        resolve: ({ sheets = [] }) => [...sheets],
      }),
      problems: t.field({
        type: [ProblemRef],
        ...list(10, 1),
        description: `The first ${MOST_PROBLEMS} bad cells.`,
        resolve: ({ problems = [] }) => problems.slice(0, MOST_PROBLEMS),
      }),
      problemCount: t.int({
        description: 'How many cells cannot be stored, listed or not.',
        resolve: ({ problems = [] }) => problems.length,
      }),
      replayed: t.boolean({
        description: 'The idempotency key was used before: this is what was stored then, and nothing was stored now.',
        resolve: ({ replayed = false }) => replayed,
      }),
    }),
  },
})

builder.queryField('setupTemplate', (t) =>
  t.string({
    ...work(20_000),
    nullable: true,
    description:
      'The workbook that `setUp` takes, to fill in: XLSX in Base64, with what each column holds and an example.',
    resolve: async () => {
      const { setUpTemplate } = await import('./template.ts')
      return (await setUpTemplate()).toString('base64')
    },
  }),
)
