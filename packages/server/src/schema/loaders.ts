import type { Evaluation } from '@dienbien/targets'
import DataLoader from 'dataloader'
import { type KnownFacts, knownFacts } from '../emulation/facts.ts'
import { evaluateUnit } from '../figures/evaluate-unit.ts'
import { allRevisions, type Figure, newestFigures } from '../figures/newest.ts'
import { type AssignedTarget, assignedTargets } from '../figures/targets.ts'
import type {
  Cluster,
  ClusterHead,
  Deadline,
  EligibilityFact,
  Filing,
  Membership,
  PrismaClient,
  Unit,
} from '../generated/prisma/client.ts'
import { directiveOf, type Moment } from './years.ts'

/** A unit's state on a date of a year. */
export interface UnitMoment extends Moment {
  readonly unit: string
}
export interface InYear {
  readonly code: string
  readonly year: number
}

export interface OfIndicator {
  readonly unit: string
  readonly year: number
  readonly indicator: string
}

export type Loaders = ReturnType<typeof createLoaders>

/**
 * The batched reads of one request: each loads what many objects of a query need with a number of SQL statements that
 * does not grow with the objects.
 */
export function createLoaders(prisma: PrismaClient) {
  const unit = new DataLoader<string, Unit | null>(async (codes) => {
    const units = await prisma.unit.findMany({ where: { code: { in: [...codes] } } })
    return inOrder(codes, units, ({ code }) => code).map(([one]) => one ?? null)
  })
  const children = new DataLoader<string, Unit[]>(async (codes) => {
    const units = await prisma.unit.findMany({
      where: { parentCode: { in: [...codes] } },
      orderBy: [{ level: 'asc' }, { code: 'asc' }],
    })
    return inOrder(codes, units, ({ parentCode }) => parentCode ?? '')
  })
  const figures = byMoment<Figure[]>((units, year, asOf) => newestFigures(prisma, units, year, asOf))
  const targets = byMoment<AssignedTarget[]>((units, year, asOf) => assignedTargets(prisma, units, year, asOf))
  const evaluation = new DataLoader<UnitMoment, Evaluation, string>(
    (moments) =>
      Promise.all(
        moments.map(async (moment) => {
          const [row, ownFigures, ownTargets] = await Promise.all([
            unit.load(moment.unit),
            figures.load(moment),
            targets.load(moment),
          ])
          if (row === null) throw new Error(`unit ${moment.unit} vanished`)
          return evaluateUnit(directiveOf(moment.year), row.level, moment.asOf, ownFigures, ownTargets)
        }),
      ),
    { cacheKeyFn: momentKey },
  )
  const history = new DataLoader<OfIndicator, Figure[], string>(
    (keys) =>
      grouped(
        keys,
        ({ year, indicator }) => `${year} ${indicator}`,
        async (group) => {
          const { year, indicator } = group[0] as OfIndicator
          const codes = group.map(({ unit: code }) => code)
          return inOrder(codes, await allRevisions(prisma, codes, year, indicator), ({ unitCode }) => unitCode)
        },
      ),
    { cacheKeyFn: ({ unit: code, year, indicator }) => `${code} ${year} ${indicator}` },
  )
  const cluster = new DataLoader<string, Cluster | null>(async (codes) => {
    const clusters = await prisma.cluster.findMany({ where: { code: { in: [...codes] } } })
    return inOrder(codes, clusters, ({ code }) => code).map(([one]) => one ?? null)
  })
  const membership = byYear<Membership>(
    (year, codes) => prisma.membership.findMany({ where: { year, unitCode: { in: codes } } }),
    ({ unitCode }) => unitCode,
  )
  const members = byYear<Membership>(
    (year, codes) =>
      prisma.membership.findMany({
        where: { year, clusterCode: { in: codes } },
        orderBy: { unitCode: 'asc' },
      }),
    ({ clusterCode }) => clusterCode,
  )
  const head = byYear<ClusterHead>(
    (year, codes) => prisma.clusterHead.findMany({ where: { year, clusterCode: { in: codes } } }),
    ({ clusterCode }) => clusterCode,
  )
  const recordedFacts = byYear<EligibilityFact>(
    (year, codes) =>
      prisma.eligibilityFact.findMany({
        where: { year, unitCode: { in: codes } },
        orderBy: [{ fact: 'asc' }, { revision: 'desc' }],
        distinct: ['unitCode', 'fact'],
      }),
    ({ unitCode }) => unitCode,
  )
  const filings = byYear<Filing>(
    (year, codes) =>
      prisma.filing.findMany({
        where: { year, unitCode: { in: codes } },
        orderBy: [{ kind: 'asc' }, { subject: 'asc' }, { revision: 'desc' }],
        distinct: ['unitCode', 'kind', 'subject'],
      }),
    ({ unitCode }) => unitCode,
  )
  const deadlines = new DataLoader<number, Deadline[]>(async (years) => {
    const found = await prisma.deadline.findMany({ where: { year: { in: [...years] } }, orderBy: { dueOn: 'asc' } })
    return years.map((year) => found.filter((one) => one.year === year))
  })
  const facts = new DataLoader<InYear, KnownFacts, string>(
    (keys) =>
      Promise.all(
        keys.map(async (key) =>
          knownFacts(...(await Promise.all([recordedFacts.load(key), filings.load(key), deadlines.load(key.year)]))),
        ),
      ),
    { cacheKeyFn: ({ code, year }) => `${code} ${year}` },
  )
  return {
    unit,
    children,
    figures,
    history,
    targets,
    evaluation,
    cluster,
    membership,
    members,
    head,
    recordedFacts,
    filings,
    deadlines,
    facts,
  }
}

const momentKey = ({ unit, year, asOf }: UnitMoment) => `${unit} ${year} ${asOf}`

/** A loader that runs one statement for each year and date that a batch asks about. */
function byMoment<Rows extends { readonly unitCode: string }[]>(
  load: (units: string[], year: number, asOf: string) => Promise<Rows>,
): DataLoader<UnitMoment, Rows[number][], string> {
  return new DataLoader<UnitMoment, Rows[number][], string>(
    (moments) =>
      grouped(
        moments,
        ({ year, asOf }) => `${year} ${asOf}`,
        async (group) => {
          const { year, asOf } = group[0] as UnitMoment
          const codes = group.map(({ unit }) => unit)
          return inOrder(codes, await load(codes, year, asOf), ({ unitCode }) => unitCode)
        },
      ),
    { cacheKeyFn: momentKey },
  )
}

/** A loader that runs one statement for each year that a batch asks about. */
function byYear<Row>(
  load: (year: number, codes: string[]) => Promise<Row[]>,
  codeOf: (row: Row) => string,
): DataLoader<InYear, Row[], string> {
  return new DataLoader<InYear, Row[], string>(
    (keys) =>
      grouped(
        keys,
        ({ year }) => String(year),
        async (group) => {
          const codes = group.map(({ code }) => code)
          return inOrder(codes, await load((group[0] as InYear).year, codes), codeOf)
        },
      ),
    { cacheKeyFn: ({ code, year }) => `${code} ${year}` },
  )
}

/** Answers keys group by group, in the order of the keys. */
async function grouped<Key, Value>(
  keys: readonly Key[],
  groupOf: (key: Key) => string,
  answer: (group: Key[]) => Promise<Value[]>,
): Promise<Value[]> {
  const groups = new Map<string, Key[]>()
  for (const key of keys) {
    const name = groupOf(key)
    groups.set(name, [...(groups.get(name) ?? []), key])
  }
  const answers = new Map<Key, Value>()
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const values = await answer(group)
      group.forEach((key, i) => {
        answers.set(key, values[i] as Value)
      })
    }),
  )
  return keys.map((key) => answers.get(key) as Value)
}

/** The rows of each code, in the order of the codes. */
function inOrder<Row>(codes: readonly string[], rows: readonly Row[], codeOf: (row: Row) => string): Row[][] {
  const byCode = new Map<string, Row[]>(codes.map((code) => [code, []]))
  for (const row of rows) byCode.get(codeOf(row))?.push(row)
  return codes.map((code) => byCode.get(code) as Row[])
}
