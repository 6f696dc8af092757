import { compareScores, defaultPolicy, score } from '@dienbien/targets/emulation'
import { countingOf } from '../../figures/counting.ts'
import { whenReady } from '../../figures/when-ready.ts'
import { judgedMoment } from '../../figures/years.ts'
import { builder } from '../../graphql/builder.ts'
import { list, STANDING } from '../../graphql/cost.ts'
import { asOfArg, yearArg } from '../../graphql/scalars.ts'
import { figureStatusArg, recordedBeforeArg } from '../../measurements/measurements.schema.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { ClusterRankRef, UnitRankRef } from './ranking.schema.ts'
import { aheadOf, type RankedMember, rankAll, type Standing, standingIn } from './ranking.ts'
import { judgedBy, ScoreDifferenceRef } from './score-lines.schema.ts'

const StandingRef = builder.objectRef<Standing>('Standing').implement({
  description: 'Where a unit stands in its cluster, and why not higher.',
  fields: (t) => ({
    cluster: t.field({
      type: ClusterRankRef,
      description: 'The whole ranking of the cluster in which it stands.',
      resolve: ({ cluster }) => cluster,
    }),
    own: t.field({
      type: UnitRankRef,
      description: 'The place of the unit itself.',
      resolve: ({ own: member }) => member,
    }),
    ahead: t.field({
      type: UnitRankRef,
      nullable: true,
      description: 'The member just ahead of it; null for the first.',
      resolve: ({ cluster, own: member }) => aheadOf(cluster, member),
    }),
    differences: t.field({
      type: [ScoreDifferenceRef],
      ...list(70, 100),
      description: 'Where its score parts from that of the member just ahead, the greatest difference first.',
      resolve: ({ cluster, own }) => {
        const ahead = aheadOf(cluster, own)
        if (!ahead) return []
        const scoreOf = ({ entry, policy }: RankedMember) => score(entry.evaluation, policy, entry.facts)
        return judgedBy(compareScores(scoreOf(own), scoreOf(ahead)), own.directive)
      },
    }),
  }),
})

builder.objectField(UnitRef, 'standing', (t) =>
  t.field({
    type: StandingRef,
    ...STANDING,
    nullable: true,
    description: 'Its place in its cluster by the default policy; null where it is in none. "Why not us" in one field.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      figureStatus: t.arg(figureStatusArg),
      recordedBefore: t.arg(recordedBeforeArg),
    },
    resolve: ({ id }, { year, asOf, ...counting }, context) =>
      whenReady(rankAll(judgedMoment(year, asOf), defaultPolicy, context, [], countingOf(counting)), (clusters) =>
        standingIn(clusters, id),
      ),
  }),
)
