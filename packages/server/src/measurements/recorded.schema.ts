// What was submitted of a unit, in the order in which it came.
import { resolveOffsetConnection } from '@pothos/plugin-relay'
import { recordedFigures } from '../figures/newest.ts'
import { momentOf } from '../figures/years.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import { perPage } from '../graphql/cost.ts'
import { checkPage, counted } from '../graphql/paging.ts'
import { yearArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { MeasurementRef, shown } from './measurements.schema.ts'

/** How many are told where nobody says. */
const USUAL = 50

const MeasurementConnection = builder.connectionObject(
  { type: MeasurementRef, name: 'MeasurementConnection', description: 'A page of figures.' },
  { name: 'MeasurementEdge', description: 'A figure in a page.' },
)

builder.objectField(UnitRef, 'submissions', (t) =>
  t.connection(
    {
      type: MeasurementRef,
      ...perPage(USUAL, 1000),
      description:
        'Its figures of a year as they were recorded, the last one first: corrections are later revisions, and what was withdrawn says so.',
      args: { year: t.arg(yearArg) },
      resolve: async ({ id: unit }, { year, ...page }, { prisma }) => {
        checkPage(page)
        const of = { unit, year: momentOf(year, null).year }
        const connection = await resolveOffsetConnection(
          { args: page, defaultSize: USUAL, maxSize: MAX_PAGE },
          async ({ limit, offset }) => (await recordedFigures(prisma, of, { limit, offset })).map(shown),
        )
        return counted(connection, () => prisma.measurement.count({ where: { unitCode: unit, year: of.year } }))
      },
    },
    MeasurementConnection,
  ),
)
