// Directives as documents: checked, drafted, published, superseded. A published one is never changed.
import type { Directive, Text } from '@dienbien/targets'
import { checkDirective, parseDirective } from '@dienbien/targets/core'
import type { Demand } from '../accounts/rights.ts'
import { type Author, EditConflict, expectState, takeTurns } from '../database/write.ts'
import { inputError, quoted } from '../errors/input-error.ts'
import type { Directives } from '../figures/directives.ts'
import { hashOf, loadDirectives } from '../figures/load-directives.ts'
import { STANDS } from '../figures/newest.ts'
import type { Registry } from '../figures/registry.ts'
import { type DirectiveVersion, Prisma } from '../generated/prisma/client.ts'
import { yearCompeted } from '../units/clusters.ts'
import { MEASURE_NAMES } from './measure-names.ts'
import { latenessProblem, type Scope, supersessionProblem } from './versions.ts'

export interface DirectiveProblem {
  /** Where, within the document; empty: the document as a whole. */
  readonly path: string
  readonly text: Text
  readonly nearest: string | undefined
}

const problem = (path: string, text: Text, nearest?: string): DirectiveProblem => ({ path, text, nearest })

/** All that is wrong with a document in itself, and beside what is published. Empty: it may be published. */
export function problemsOf(document: unknown, scope: Scope, published: Directives): DirectiveProblem[] {
  const problems = checkDirective(document).map(({ path, text, nearest }) => problem(path, text, nearest))
  if (problems.length > 0) return problems
  const directive = parseDirective(document)
  const supersession = supersessionProblem(directive, scope, published)
  const lateness = latenessProblem(directive, scope, published)
  return [
    ...identityProblems(directive, scope, published),
    ...scopeProblems(directive, scope, published),
    ...(supersession ? [problem('supersedes', supersession)] : []),
    ...(lateness ? [problem('issuedOn', lateness)] : []),
  ]
}

/**
 * An indicator is the same over the years, and beside another directive of its year, whose figures are the same: what it counts
 * and how it behaves in time stay.
 */
function identityProblems({ indicators, year }: Directive, scope: Scope, published: Directives): DirectiveProblem[] {
  const isSuperseded = (version: Scope & { readonly year: number }) =>
    version.year === year && version.cluster === scope.cluster && version.unit === scope.unit
  return indicators.flatMap((drafted, i) => {
    const others = published
      .inForce()
      .filter((version) => !isSuperseded(version))
      .flatMap(({ directive }) =>
        directive.indicators.filter(({ id }) => id === drafted.id).map((indicator) => ({ directive, indicator })),
      )
    const counts = others.find(({ indicator }) => indicator.unit.code !== drafted.unit.code)
    const behaves = others.find(({ indicator }) => indicator.measure !== drafted.measure)
    return [
      ...(counts
        ? [
            problem(
              `indicators[${i}].unit.code`,
              {
                vi: `chỉ tiêu ${quoted(drafted.id)} năm ${counts.directive.year} tính bằng ${quoted(counts.indicator.unit.vi)} (mã ${counts.indicator.unit.code}): giữ đơn vị tính đó, hoặc đặt mã chỉ tiêu khác`,
                en: `the indicator ${quoted(drafted.id)} counts ${quoted(counts.indicator.unit.code)} in ${counts.directive.year}: keep that unit, or give it another id`,
              },
              counts.indicator.unit.code,
            ),
          ]
        : []),
      ...(behaves
        ? [
            problem(
              `indicators[${i}].measure`,
              {
                vi: `chỉ tiêu ${quoted(drafted.id)} năm ${behaves.directive.year} là loại ${MEASURE_NAMES[behaves.indicator.measure]}: giữ loại đó, hoặc đặt mã chỉ tiêu khác`,
                en: `the indicator ${quoted(drafted.id)} is a ${behaves.indicator.measure} in ${behaves.directive.year}: keep that, or give it another id`,
              },
              behaves.indicator.measure,
            ),
          ]
        : []),
    ]
  })
}

/**
 * What a document would make of figures that are there: those of its year and of an indicator that counts something else by it,
 * or behaves otherwise in time, than by the version that it takes the place of. Figures that are all withdrawn bind nobody.
 */
export async function figureProblems(
  transaction: Prisma.TransactionClient,
  { indicators, year }: Pick<Directive, 'indicators' | 'year'>,
  published: Directives,
): Promise<DirectiveProblem[]> {
  const standing = published.inForce().filter((version) => version.year === year)
  const changed = indicators.flatMap((drafted, i) => {
    const found = standing
      .flatMap(({ directive }) => directive.indicators.filter(({ id }) => id === drafted.id))
      .find(({ unit, measure }) => unit.code !== drafted.unit.code || measure !== drafted.measure)
    return found ? [{ i, drafted, found }] : []
  })
  if (changed.length === 0) return []
  const ids = changed.map(({ drafted }) => drafted.id)
  // Not by Prisma: its filters hold no row against another, as it takes to say which figures stand.
  const reported = await transaction.$queryRaw<readonly { readonly id: string }[]>`
    select distinct m.indicator_id as id from measurements m
    where m.year = ${year} and m.indicator_id = any(${ids}) and ${Prisma.raw(STANDS)}`
  return changed.flatMap(({ i, drafted, found }) => {
    if (!reported.some(({ id }) => id === drafted.id)) return []
    const counts = found.unit.code !== drafted.unit.code
    const { vi, en } = counts
      ? { vi: `tính bằng ${quoted(found.unit.vi)}`, en: `which count ${quoted(found.unit.en)}` }
      : { vi: `loại ${MEASURE_NAMES[found.measure]}`, en: `of a ${found.measure}` }
    const text = {
      vi: `năm ${year} đã có số liệu của ${quoted(drafted.id)} ${vi}: giữ như vậy, hoặc đặt mã chỉ tiêu khác`,
      en: `${year} has figures of ${quoted(drafted.id)} ${en}: keep that, or give it another id`,
    }
    return [problem(`indicators[${i}].${counts ? 'unit' : 'measure'}`, text)]
  })
}

function scopeProblems({ year }: Directive, { cluster, unit }: Scope, published: Directives): DirectiveProblem[] {
  if (cluster === null && unit === null) return []
  if (cluster !== null && unit !== null) {
    const text = {
      vi: 'chỉ ghi một trong hai: cụm, khối (cluster) hoặc đơn vị ban hành (unit)',
      en: 'give a cluster or the unit that issued it, not both',
    }
    return [problem('', text)]
  }
  if (published.main(year)) return []
  const text = {
    vi: `năm ${year} chưa có chỉ thị chung: cần công bố chỉ thị chung của năm đó trước`,
    en: `${year} has no directive for everyone yet: publish that one first`,
  }
  return [problem('year', text, String(published.years.at(-1) ?? ''))]
}

export interface NewVersion {
  readonly document: unknown
  readonly year: number
  readonly scope: Scope
  readonly published: boolean
  /** Who says so. */
  readonly source: string
}

/** A directive is written by one at a time, so that versions have no gaps. */
export const DIRECTIVES = 'directives'

/**
 * Stores a document as the next version of its year and scope; the same document again gives the version that stands. A
 * ranking that was frozen by the version before keeps that one, by which it is ranked anew: an amendment comes as late as it
 * was signed, and nothing that a ranking rests on goes away by it.
 * @throws `BAD_DIRECTIVE` for what stands against it, before anything else
 * @param expected the number of the newest version, drafts included, that its author saw, 0 for none; null expects nothing
 * @throws {EditConflict} where another one came in since
 */
export async function storeVersion(
  transaction: Prisma.TransactionClient,
  author: Author,
  { document, year, scope, published, source }: NewVersion,
  expected: number | null,
): Promise<DirectiveVersion> {
  await takeTurns(transaction, DIRECTIVES)
  const where = { year, clusterCode: scope.cluster ?? '', unitCode: scope.unit ?? '' }
  const newest = await transaction.directiveVersion.findFirst({ where, orderBy: { version: 'desc' } })
  const hash = hashOf(document)
  // Another one may have been published since it was checked. Who would see it now could not publish this either.
  const [wrong] = published ? await standingAgainst(transaction, document, scope) : []
  if (wrong) throw inputError('BAD_DIRECTIVE', wrong.text, { argument: `input.document.${wrong.path}`, value: null })
  expectState(expected, newest?.version ?? 0, {
    vi: `bản mới nhất của chỉ thị năm ${year}`,
    en: `the newest version of the directive of ${year}`,
  })
  if (newest?.hash === hash && newest.published === published) return newest
  const version = (newest?.version ?? 0) + 1
  const id = [year, scope.cluster ?? scope.unit, version].filter((part) => part !== null).join('-')
  if (await transaction.directiveVersion.findUnique({ where: { id } })) throw new EditConflict()
  return transaction.directiveVersion.create({
    data: {
      id,
      ...where,
      version,
      published,
      document: document as Prisma.InputJsonObject,
      hash,
      source,
      recordedBy: author.subject,
    },
  })
}

async function standingAgainst(
  transaction: Prisma.TransactionClient,
  document: unknown,
  scope: Scope,
): Promise<readonly DirectiveProblem[]> {
  const published = await loadDirectives(transaction)
  const problems = problemsOf(document, scope, published)
  return problems.length > 0 ? problems : figureProblems(transaction, parseDirective(document), published)
}

/** The year that a document says; a draft needs no more of it. @throws `BAD_INPUT` where it says none */
export function yearOf(document: unknown, argument: string): number {
  const year = typeof document === 'object' && document !== null && 'year' in document ? document.year : undefined
  if (typeof year === 'number' && Number.isInteger(year) && year >= 1900 && year <= 9998) return year
  const text = {
    vi: 'văn bản phải ghi năm (year), ví dụ 2024',
    en: 'the document must say its year, for example 2024',
  }
  throw inputError('BAD_INPUT', text, { argument: `${argument}.year`, value: year ?? null })
}

/**
 * What publishing demands of somebody of a unit: nobody decides by what the own cluster is judged, in that year or, before it
 * has a cluster in it, last. One for everyone concerns every cluster; one that a unit issues those with members below it.
 */
export function publishingDemand(
  { cluster, unit }: Scope,
  year: number,
  own: string | null,
  registry: Pick<Registry, 'membershipsOf' | 'members' | 'isBelow'>,
): Demand {
  const action = 'MANAGE_DIRECTIVES' as const
  const competed = yearCompeted(own, year, registry)
  if (cluster !== null) return { action, cluster, year: competed }
  if (unit === null) return { action, year: competed }
  const there = own === null ? undefined : registry.membershipsOf(own).find((drafted) => drafted.year === competed)
  const beside = there ? registry.members(there.clusterCode, competed) : []
  return beside.some(({ unitCode }) => registry.isBelow(unitCode, unit)) ? { action, year: competed } : { action }
}
