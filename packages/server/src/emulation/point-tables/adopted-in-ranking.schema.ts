// A ranking by a policy says of each cluster whether a table of its own decides.
import { builder } from '../../graphql/builder.ts'
import { work } from '../../graphql/cost.ts'
import { ClusterRankRef } from '../ranking/ranking.schema.ts'
import { PointTableRef } from './point-tables.schema.ts'
import { inForceOf, tablesLoader } from './point-tables.ts'

builder.objectField(ClusterRankRef, 'pointTable', (t) =>
  t.field({
    type: PointTableRef,
    ...work(1000),
    nullable: true,
    description:
      'The point table that the cluster adopted for the year. Where there is one, the places that count are those of `cluster { pointRanking }`, and its awards are proposed by them: the places, scores and awards here are by the policy, to compare. Null where none is adopted.',
    resolve: async ({ cluster: { code: cluster, year } }, _, context) =>
      inForceOf(await tablesLoader(context).load({ cluster, year }))?.row ?? null,
  }),
)
