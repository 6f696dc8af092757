import type { Directive } from '@dienbien/targets'
import type { AssignedTarget } from '../../figures/assigned-target.ts'
import { baselinesOf, judgedLevel } from '../../figures/evaluate-unit.ts'
import { knownFacts } from '../../figures/known-facts.ts'
import { newestFiguresSql } from '../../figures/newest.ts'
import type { Register } from '../../figures/register.ts'
import { pastFigures, pastYear } from '../../figures/unit-years.ts'
import { lastDay } from '../../figures/years.ts'
import { type EligibilityFact, type Filing, Prisma, type Unit } from '../../generated/prisma/client.ts'
import type { Sheet } from '../point-tables/score-sheets.ts'
import type { MemberInputs, RankingInputs } from './freeze.ts'

interface OfUnit {
  readonly unitCode: string
}
/** Days are ISO dates. */
interface Snapshot {
  readonly members: readonly Pick<Unit, 'id' | 'level'>[]
  readonly figures: readonly (OfUnit & MemberInputs['figures'][number])[]
  readonly before: readonly (OfUnit & MemberInputs['figures'][number])[]
  readonly targets: readonly (OfUnit & Pick<AssignedTarget, 'indicatorId' | 'comparator' | 'value' | 'baseline'>)[]
  readonly facts: readonly (OfUnit & Pick<EligibilityFact, 'fact' | 'value'>)[]
  readonly filings: readonly (OfUnit & { readonly kind: Filing['kind']; readonly filedOn: string })[]
  readonly sheets: readonly (OfUnit & Sheet)[]
  readonly deadlines: readonly { readonly kind: Filing['kind']; readonly dueOn: string }[]
}

/** By what the members of a cluster are judged, and the units of all times as the same transaction has them. */
export interface RankedFrom {
  readonly directive: Directive
  readonly register: Register
}

/**
 * All that the places of a cluster's members rest on, from the database and not from memory: one statement, so that all of
 * it stood at one moment, and within the transaction that stores what follows from it. Not by Prisma, of which it would be
 * eight statements, each at a moment of its own.
 * @param asOf ISO date
 * @param tableVersion of the adopted point table, whose score sheets count; null where none is
 * @returns by the identity of the unit
 */
export async function readMemberInputs(
  transaction: Prisma.TransactionClient,
  { cluster, year, asOf, directive, register }: RankedFrom & Pick<RankingInputs, 'cluster' | 'year' | 'asOf'>,
  tableVersion: number | null = null,
): Promise<MemberInputs[]> {
  const members = Prisma.sql`any(select unit_code from memberships where year = ${year} and cluster_code = ${cluster})`
  const rows = (part: Prisma.Sql) => Prisma.sql`(select coalesce(json_agg(part), '[]') from (${part}) part)`
  const [found] = await transaction.$queryRaw<[Snapshot]>(Prisma.sql`select
    ${rows(Prisma.sql`select id, level from units where id = ${members} order by id`)} as members,
    ${rows(newestFiguresSql(members, year, asOf))} as figures,
    ${rows(newestFiguresSql(withPredecessors(members, year - 1), year - 1, lastDay(year - 1)))} as before,
    ${rows(Prisma.sql`
      select distinct on (unit_code, indicator_id)
        unit_code as "unitCode", indicator_id as "indicatorId", comparator, value, baseline
      from unit_targets where year = ${year} and valid_from <= ${asOf}::date and unit_code = ${members}
      order by unit_code, indicator_id, valid_from desc`)} as targets,
    ${rows(Prisma.sql`
      select distinct on (unit_code, fact) unit_code as "unitCode", fact, value
      from eligibility_facts where year = ${year} and unit_code = ${members}
      order by unit_code, fact, revision desc`)} as facts,
    ${rows(Prisma.sql`
      select distinct on (unit_code, kind, subject) unit_code as "unitCode", kind, filed_on as "filedOn"
      from filings where year = ${year} and unit_code = ${members}
      order by unit_code, kind, subject, revision desc`)} as filings,
    ${rows(Prisma.sql`
      select distinct on (unit_code, stage, assessor) unit_code as "unitCode", stage, assessor, lines
      from score_sheets where year = ${year} and cluster_code = ${cluster} and table_version = ${tableVersion}
      order by unit_code, stage, assessor, revision desc`)} as sheets,
    ${rows(Prisma.sql`
      select distinct on (kind) kind, due_on as "dueOn" from deadlines
      where year = ${year} and cluster_code in ('', ${cluster}) order by kind, cluster_code desc`)} as deadlines`)
  const past = pastYear(year - 1, {
    registry: register.on(lastDay(year - 1)),
    figures: (id) => found.before.filter(({ unitCode }) => unitCode === id),
  })
  const deadlines = found.deadlines.map(({ kind, dueOn }) => ({ kind, dueOn: new Date(dueOn) }))
  return found.members.map(({ id, level }) => {
    const ofUnit = <Row extends OfUnit>(of: readonly Row[]) => of.filter(({ unitCode }) => unitCode === id)
    const filings = ofUnit(found.filings).map(({ kind, filedOn }) => ({ kind, filedOn: new Date(filedOn) }))
    const facts = knownFacts(ofUnit(found.facts), filings, deadlines)
    const baselines = baselinesOf(directive, pastFigures(id, directive.indicators, past))
    const sheets = ofUnit(found.sheets).map(({ stage, assessor, lines }): Sheet => ({ stage, assessor, lines }))
    return {
      ...{ unit: id, level: judgedLevel(directive, level), baselines, facts },
      ...{ figures: ofUnit(found.figures), targets: ofUnit(found.targets) },
      ...(tableVersion === null ? {} : { sheets }),
    }
  })
}

/** In SQL: what equals a unit among some, or one whose place one of them took in a year or later. */
const withPredecessors = (units: Prisma.Sql, year: number): Prisma.Sql => Prisma.sql`any(array(
  with recursive line(id) as (
    select id from units where id = ${units}
    union
    select predecessor_id from unit_successions join line on successor_id = id where on_date >= make_date(${year}, 1, 1)
  )
  select id from line))`
