// Many figures at once: a file in, a template out.
import { describeTarget, type Indicator } from '@dienbien/targets'
import { type Demand, refusalOf, whoMay } from '../accounts/rights.ts'
import { isTaken } from '../database/write.ts'
import type { CellProblem, ImportedFigure } from '../figures/import.ts'
import { builder } from './builder.ts'
import { authorOf, type Context } from './context.ts'
import { editConflict, inputError } from './errors.ts'
import { MeasurementStatusRef } from './measurements.ts'
import { UnitRef } from './units.ts'
import { directiveOf, judgedMoment, momentOf } from './years.ts'

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
    message: t.exposeString('message', { description: 'What is wrong, and what would be right.' }),
  }),
})

interface ImportPayload {
  readonly read: number
  readonly stored: number
  readonly problems: readonly CellProblem[]
}

/** How many problems an answer lists; their number is told in full. */
const MOST_PROBLEMS = 1000

const ImportPayloadRef = builder.objectRef<ImportPayload>('ImportMeasurementsPayload').implement({
  description: 'Either all figures were stored, or none and `problems` says why.',
  fields: (t) => ({
    read: t.exposeInt('read', { description: 'Figures that were read without a problem.' }),
    stored: t.exposeInt('stored', {
      description: 'Figures that were stored; those that stood already with the same value were left as they are.',
    }),
    problems: t.field({
      type: [CellProblemRef],
      description: `The first ${MOST_PROBLEMS} bad cells.`,
      resolve: ({ problems }) => problems.slice(0, MOST_PROBLEMS),
    }),
    problemCount: t.int({ description: 'How many there are.', resolve: ({ problems }) => problems.length }),
  }),
})

builder.scalarType('File', {
  description: 'A file, by the GraphQL multipart request specification.',
  serialize: () => {
    throw new Error('a file is only taken')
  },
})

const ImportInput = builder.inputType('ImportMeasurementsInput', {
  description:
    'A CSV or XLSX file of figures: a row a figure (unit, indicator, value, date, status, source) or a row a unit and a column an indicator; headers and names in Vietnamese or English.',
  fields: (t) => ({
    file: t.field({ type: 'File', required: true, description: 'The file.' }),
    year: t.int({ required: true, description: 'The year that the figures belong to.' }),
    asOf: t.field({ type: 'Date', description: 'The day that figures stand for whose row has none.' }),
    status: t.field({ type: MeasurementStatusRef, description: 'Of figures whose row has none.' }),
    source: t.string({ description: 'Of figures whose row has none.' }),
    reason: t.string({ description: 'Why figures that are there already are corrected.' }),
    numbers: t.field({ type: NumberStyleRef, defaultValue: 'auto', description: 'How numbers are written.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only reads and reports: nothing is stored.' }),
  }),
})

builder.mutationField('importMeasurements', (t) =>
  t.field({
    type: ImportPayloadRef,
    description: `Stores the figures of a file, all or none, as revisions. ${whoMay('REPORT_FIGURES')}`,
    args: { input: t.arg({ type: ImportInput, required: true, description: 'The file.' }) },
    // Whose figures they are stands in the file: each unit is asked about when it is read.
    authScopes: (_, __, { viewer }): { may: Demand } => ({
      may: { action: 'REPORT_FIGURES', ...(viewer?.unit ? { unit: viewer.unit } : {}) },
    }),
    resolve: async (_, { input }, context): Promise<ImportPayload> => {
      const { readImport, storeImport } = await import('../figures/import.ts')
      const { year } = momentOf(input.year, null)
      const { units } = await context.store.registry()
      const bytes = Buffer.from(await input.file.arrayBuffer())
      const { figures, problems } = await readImport(bytes, directiveOf(2022), units, {
        year,
        asOf: input.asOf ?? null,
        status: input.status ?? null,
        source: input.source ?? null,
        numbers: input.numbers ?? 'auto',
      }).catch((error: unknown) => {
        throw inputError('BAD_INPUT', `the file cannot be read as CSV or XLSX: ${(error as Error).message}`, {
          argument: 'input.file',
          value: input.file.name,
        })
      })
      problems.push(...(await foreignUnits(figures, context)))
      if (problems.length > 0 || input.dryRun) return { read: figures.length, stored: 0, problems }
      const author = authorOf(context, input.reason ?? input.source ?? `tệp ${input.file.name}`)
      const stored = await storeImport(context.prisma, author, figures).catch((error: unknown) => {
        throw isTaken(error) ? editConflict('input.file') : error
      })
      context.changes.announce(new Set(figures.map(({ unit }) => unit)))
      return { read: figures.length, stored, problems: [] }
    },
  }),
)

/** The cells of units whose figures the viewer may not report. */
async function foreignUnits(figures: readonly ImportedFigure[], context: Context): Promise<CellProblem[]> {
  const refused = new Map<string, string>()
  for (const unit of new Set(figures.map((one) => one.unit))) {
    const refusal = await refusalOf({ action: 'REPORT_FIGURES', unit }, context)
    if (refusal) refused.set(unit, refusal.message)
  }
  return figures.flatMap(({ unit, cell }) => {
    const message = refused.get(unit)
    return message ? [{ cell, message }] : []
  })
}

const HEADER = [
  'Mã đơn vị',
  'Đơn vị',
  'indicator',
  'Tên chỉ tiêu',
  'Đơn vị tính',
  'Mục tiêu',
  'Năm trước',
  'Giá trị',
  'Ngày',
  'Trạng thái',
  'Nguồn',
]

builder.objectField(UnitRef, 'template', (t) =>
  t.string({
    complexity: 500,
    description:
      'An XLSX file to fill in and import, in Base64: a row for each indicator measured at its level, with its target and the figure of the year before.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({
        type: 'Date',
        description: 'The day that the figures will stand for. Default: the end of the year.',
      }),
    },
    resolve: async ({ code, name, level }, { year, asOf }, { loaders }) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const [targets, before] = await Promise.all([
        loaders.targets.load({ unit: code, ...moment }),
        loaders.figures.load({ unit: code, year: moment.year - 1, asOf: `${moment.year - 1}-12-31` }),
      ])
      const rows = directiveOf(moment.year)
        .indicators.filter(({ levels, role }) => role === 'target' && levels.includes(level))
        .map((indicator: Indicator) => {
          const own = targets.find(({ indicatorId }) => indicatorId === indicator.id)
          const falls = level === 'province' || indicator.extent === 'intensive'
          const target = own ?? (falls ? indicator.target : null)
          return [
            code,
            name,
            indicator.id,
            indicator.name.vi,
            indicator.unit.vi,
            target ? describeTarget(indicator, target as Indicator['target']).vi : null,
            before.find(({ indicatorId }) => indicatorId === indicator.id)?.value ?? null,
            null,
            moment.asOf,
            'chính thức',
            null,
          ]
        })
      const header = HEADER.map((value) => ({ value, fontWeight: 'bold' as const }))
      const columns = [10, 24, 26, 50, 18, 26, 12, 14, 12, 14, 30].map((width) => ({ width }))
      const { default: writeXlsxFile } = await import('write-excel-file/node')
      const file = await writeXlsxFile([header, ...rows], { columns, stickyRowsCount: 1 }).toBuffer()
      return file.toString('base64')
    },
  }),
)
