import { tell, UNIT } from '../environment.ts'
import { readUnit, submit, watchUnit } from './figures.ts'
import { refetched } from './nodes.ts'
import { twoPages } from './pages.ts'

const INDICATOR = 'macadamia-planted'

const unit = await readUnit()
const unwatch = watchUnit(unit, ({ measurements, evaluation }) =>
  tell({
    shown: {
      value: measurements.find(({ indicator }) => indicator.id === INDICATOR)?.value ?? null,
      status: evaluation.results.find(({ indicator }) => indicator.id === INDICATOR)?.status,
    },
  }),
)
const { submitMeasurements } = await submit(INDICATOR, 812.5)
tell({ errors: submitMeasurements.errors })
unwatch()

tell({ refetched: await refetched(UNIT) })

const [first, both] = await twoPages()
tell({ first: first?.units?.edges.map(({ node }) => node.code), both: both?.units?.edges.map(({ node }) => node.code) })
