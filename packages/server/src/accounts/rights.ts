import { GraphQLError } from 'graphql'
import type { Context } from '../schema/context.ts'
import { unauthenticated, type Viewer } from './viewer.ts'

/**
 * Who may report figures of a unit: an administrator any, a reporter those of the own unit and of all below it. Writing is
 * never open.
 * @throws {GraphQLError} `UNAUTHENTICATED` or `FORBIDDEN`
 */
export async function requireReporter(unit: string, context: Context): Promise<Viewer> {
  const { viewer } = context
  if (!viewer)
    throw unauthenticated(
      'writing needs a token: for this server `npx pnpm@12 jwt --role reporter --unit CODE` prints one',
    )
  if (viewer.role === 'administrator') return viewer
  if (viewer.role === 'reporter' && viewer.unit && (await isWithin(unit, viewer.unit, context))) return viewer
  const may = viewer.role === 'reporter' ? `figures of ${viewer.unit} and what belongs to it` : 'no figures'
  throw new GraphQLError(`as ${viewer.role} you may report ${may}, not those of ${unit}`, {
    extensions: { code: 'FORBIDDEN', unit },
  })
}

/** Whether a unit is another, or belongs to it directly or through others. */
async function isWithin(code: string, above: string, { loaders }: Context): Promise<boolean> {
  let unit = await loaders.unit.load(code)
  for (; unit; unit = unit.parentCode ? await loaders.unit.load(unit.parentCode) : null) {
    if (unit.code === above) return true
  }
  return false
}
