// Many figures at once: a file in, a template out.
import { createHash } from 'node:crypto'
import { valueFromASTUntyped } from 'graphql'
import { ClientError } from '../errors/client-error.ts'
import { refusing } from '../errors/client-errors.ts'
import { whenReady } from '../figures/when-ready.ts'
import { judgedMoment, lastDay } from '../figures/years.ts'
import { LONG_TEXT } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { change, checkDryRun } from '../graphql/change.ts'
import { IMPORT, perPage, work } from '../graphql/cost.ts'
import { type Call, mutation } from '../graphql/mutation.ts'
import { pageOf } from '../graphql/paging.ts'
import { clientLocaleArg, yearArg } from '../graphql/scalars.ts'
import { currentLocale } from '../request-scope.ts'
import { UnitConnection, UnitRef } from '../units/units.schema.ts'
import type { CellProblem } from './import-cells.ts'
import type { ImportDefaults } from './import-rows.ts'
import { MeasurementStatusRef } from './measurements.schema.ts'

const NumberStyleRef = builder.enumType('NumberStyle', {
  description: 'How numbers are written in a file.',
  values: {
    AUTO: { value: 'auto', description: 'Either; a number that could be both is refused by its cell.' },
    VI: { value: 'vi', description: '1.000,44' },
    EN: { value: 'en', description: '1,000.44' },
  } as const,
})

const CellProblemRef = builder.objectRef<CellProblem>('CellProblem').implement({
  description: 'A cell that cannot be read.',
  fields: (t) => ({
    cell: t.exposeString('cell', { description: 'Its address, for example "C7".' }),
    message: t.string({
      description: 'What is wrong, and what would be right.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? currentLocale()],
    }),
  }),
})

interface Imported {
  readonly read: number
  readonly stored: number
  readonly problems: readonly CellProblem[]
  /** Identities, each once, in the order of the file. */
  readonly units: readonly string[]
  readonly replayed: boolean
}

/** How many problems an answer lists; their number is told in full. */
const MOST_PROBLEMS = 1000
/** Of which a file has figures: a district's with its communes. */
const USUAL_UNITS = 14

function toFile(value: unknown): File {
  if (typeof (value as Partial<File> | null)?.arrayBuffer === 'function') return value as File
  const text = typeof value === 'object' ? 'this' : JSON.stringify(value).slice(0, 60)
  throw new ClientError('BAD_INPUT', {
    vi: `${text} không phải là tệp: gửi biểu mẫu theo đặc tả GraphQL multipart, ghi null ở đây và kèm tệp`,
    en: `${text} is no file: send a form by the GraphQL multipart request specification, with null here and the file beside it`,
  })
}

builder.scalarType('File', {
  description: 'A file, by the GraphQL multipart request specification.',
  parseValue: (value) => refusing(() => toFile(value)),
  parseLiteral: (node) => refusing(() => toFile(valueFromASTUntyped(node))),
  serialize: () => {
    throw new Error('a file is only taken')
  },
})

mutation('importMeasurements', {
  description: 'Stores the figures of a file, all or none, as revisions.',
  right: 'REPORT_FIGURES',
  cost: IMPORT,
  input: {
    description:
      'A CSV or XLSX file of figures: a row a figure (unit, indicator, value, date, status, source) or a row a unit and a column an indicator; headers and names in Vietnamese or English.',
    fields: (t) => ({
      file: t.field({ type: 'File', required: true, description: 'The table (CSV or XLSX) of figures.' }),
      year: t.int({ required: true, description: 'The year that the figures belong to.' }),
      asOf: t.field({ type: 'Date', description: 'The day that figures stand for whose row has none.' }),
      status: t.field({ type: MeasurementStatusRef, description: 'Of figures whose row has none.' }),
      source: t.string({ ...LONG_TEXT, description: 'Of figures whose row has none.' }),
      reason: t.string({ ...LONG_TEXT, description: 'Why figures that are there already are corrected.' }),
      numbers: t.field({ type: NumberStyleRef, defaultValue: 'auto', description: 'How numbers are written.' }),
      dryRun: t.boolean({ defaultValue: false, description: 'Only reads and reports: nothing is stored.' }),
    }),
  },
  // Whose figures they are stands in the file: each unit is asked about when it is read.
  demand: async (_, context) => {
    const unit = await context.ownUnit()
    return { action: 'REPORT_FIGURES', ...(unit ? { unit } : {}) }
  },
  work: (input, call) => importFigures(input, call),
  payload: {
    description: 'Either all figures were stored, or none and `problems`, or `errors`, says why.',
    fields: (t) => ({
      read: t.int({
        description: 'Figures that were read without a problem.',
        resolve: ({ read = 0 }) => read,
      }),
      stored: t.int({
        description:
          'Figures that were stored; those that stood already with the same value, from the same source or with none given now, were left as they are.',
        resolve: ({ stored = 0 }) => stored,
      }),
      problems: t.field({
        type: [CellProblemRef],
        description: `The first ${MOST_PROBLEMS} bad cells.`,
        resolve: ({ problems = [] }) => problems.slice(0, MOST_PROBLEMS),
      }),
      units: t.connection(
        {
          type: UnitRef,
          nullable: true,
          ...perPage(USUAL_UNITS),
          description:
            'The units that the file has figures of, as they are now, in its order: ask here for what the figures changed, and a cache is right.',
          resolve: ({ units = [] }, page, { store }) =>
            whenReady(store.registry(), (registry) =>
              pageOf(
                units.flatMap((id) => registry.keptUnit(id) ?? []),
                page,
              ),
            ),
        },
        UnitConnection,
      ),
      replayed: t.boolean({
        description: 'The idempotency key was used before: this is what was stored then, and nothing was stored now.',
        resolve: ({ replayed = false }) => replayed,
      }),
      problemCount: t.int({
        description: 'How many cells cannot be read, listed or not.',
        resolve: ({ problems = [] }) => problems.length,
      }),
    }),
  },
})

type Optional<T> = { readonly [K in keyof T]?: T[K] | null | undefined }

interface ImportInput extends Optional<Omit<ImportDefaults, 'year'>> {
  readonly file: File
  readonly year: number
  readonly reason?: string | null | undefined
  readonly dryRun?: boolean | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

async function importFigures(input: ImportInput, call: Call<ImportInput>): Promise<Imported> {
  checkDryRun(input)
  const { cellsOfOthers, readImport, reasonOf } = await import('./import.ts')
  const { IMPORT_OPTIONS, insertFigures } = await import('./import-store.ts')
  const register = await call.context.store.register()
  const unitsOn = (day: string | null) => register.on(day ?? lastDay(input.year))
  const bytes = Buffer.from(await input.file.arrayBuffer())
  const { figures, problems: unreadable } = await readImport({ name: input.file.name, bytes }, unitsOn, {
    year: input.year,
    asOf: input.asOf ?? null,
    status: input.status ?? null,
    source: input.source ?? null,
    numbers: input.numbers ?? 'auto',
  })
  const problems = [...unreadable, ...(await cellsOfOthers(figures, call.context))]
  const touched = new Set(figures.map(({ unit }) => unit))
  const about = { units: [...touched] }
  if (problems.length > 0 || input.dryRun) {
    return { ...about, read: figures.length, stored: 0, problems, replayed: false }
  }
  const { file, idempotencyKey: _, ...text } = input
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { answer, replayed } = await change(
    { ...call, reason: reasonOf(file.name, input.reason, input.source), content: { ...text, file: sha256 } },
    async (transaction, author) => ({
      read: figures.length,
      stored: await insertFigures(transaction, author, figures),
    }),
    { ...IMPORT_OPTIONS, touches: ({ stored }) => (stored > 0 ? touched : undefined) },
  )
  return { ...about, ...answer, problems: [], replayed }
}

builder.objectField(UnitRef, 'template', (t) =>
  t.string({
    ...work(10_000),
    description:
      'An XLSX file to fill in and import, in Base64: a row for each indicator measured at its level, with its target and the figure of the year before.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg({
        type: 'Date',
        description: 'The day that the figures will stand for. Default: the end of the year.',
      }),
    },
    resolve: async (unit, { year, asOf }, { memory, store }) => {
      const moment = judgedMoment(year, asOf)
      const registry = await store.registry(moment.asOf)
      const before = memory.dayIn(await store.year(moment.year - 1), lastDay(moment.year - 1)).figuresOfLine(unit.id)
      const targets = await memory.targets({ unit: unit.id, ...moment })
      const { templateFile, templateRows } = await import('./template.ts')
      return (
        await templateFile(templateRows(unit, moment, registry.judging(unit.id, moment.year), targets, before))
      ).toString('base64')
    },
  }),
)
