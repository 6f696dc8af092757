// Versions of directives as documents name them: by their code, or by the number and the date of the directive.
import { type Directive, nearest, type Text } from '@dienbien/targets'
import { type InputError, inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { Directives, DirectiveVersion } from '../figures/directives.ts'
import { publishedDirectives } from '../figures/years.ts'

/** A code that leads to no version that the viewer may see. */
export function unknownVersion(code: string, argument: string): InputError {
  const codes = publishedDirectives().versions.map(({ id }) => id)
  const near = nearest(code, codes) ?? codes.at(-1)
  const none = { vi: `không có bản chỉ thị ${quoted(code)}`, en: `no version ${quoted(code)} of a directive` }
  return inputError('UNKNOWN_VERSION', suggesting(none, near), { argument, value: code, nearest: near })
}

/** Whom a directive binds: the members of a cluster, the units below a unit, or, with neither, everyone. */
export interface Scope {
  readonly cluster: string | null
  readonly unit: string | null
}

type Reference = Pick<Directive, 'id' | 'issuedOn'>
const isSame = (a: Reference, b: Reference): boolean => a.id === b.id && a.issuedOn === b.issuedOn
const called = ({ id, issuedOn }: Reference): Text => ({ vi: `${id} ngày ${issuedOn}`, en: `${id} of ${issuedOn}` })

/**
 * What speaks against a document that takes the place of another one after their year is over: what was asked of a year is
 * known in it. A slip of the encoding of one and the same document is corrected at any time.
 */
export function latenessProblem(directive: Directive, scope: Scope, published: Directives): Text | null {
  const { issuedOn, year, supersedes } = directive
  if (issuedOn <= `${year}-12-31`) return null
  const standing = standingOf(year, scope, published)
  const superseded = standing?.directive ?? supersedes
  if (!superseded || isSame(superseded, directive)) return null
  const name = called(superseded)
  const version = standing ? { vi: ` (bản ${standing.id})`, en: ` (version ${standing.id})` } : { vi: '', en: '' }
  return {
    vi: `${issuedOn} nằm sau năm ${year}: không điều chỉnh, thay thế được ${name.vi}${version.vi} khi năm đã hết`,
    en: `${issuedOn} lies after ${year}: ${name.en}${version.en} is not superseded when its year is over`,
  }
}

/** The version in force of a year and scope. */
const standingOf = (year: number, scope: Scope, published: Directives): DirectiveVersion | undefined =>
  published
    .inForce()
    .find((version) => version.year === year && version.cluster === scope.cluster && version.unit === scope.unit)

/**
 * What speaks against what a document says that it supersedes; null where nothing does. Where its year and scope have a
 * version in force it supersedes that one and no other. Before there is one, what it names may be from before anything was
 * published here, but is none of another year or scope. The directive in force once more, as for a slip of its encoding,
 * goes on saying what it superseded.
 */
export function supersessionProblem(directive: Directive, scope: Scope, published: Directives): Text | null {
  const { supersedes, year } = directive
  if (!supersedes) return null
  const isHere = (version: DirectiveVersion) =>
    version.year === year && version.cluster === scope.cluster && version.unit === scope.unit
  const standing = standingOf(year, scope, published)
  const named = published.versions.filter((version) => isSame(version.directive, supersedes))
  if (standing && isSame(standing.directive, supersedes)) return null
  const elsewhere = named.length > 0 && !named.some(isHere) ? named[0] : undefined
  const name = called(supersedes)
  if (elsewhere) {
    return {
      vi: `${name.vi} là bản ${elsewhere.id}, của năm hoặc phạm vi khác: chỉ thay thế chỉ thị của cùng năm và phạm vi`,
      en: `${name.en} is version ${elsewhere.id}, of another year or scope: a directive supersedes one of its own`,
    }
  }
  if (!standing || isSame(standing.directive, directive)) return null
  const now = called(standing.directive)
  return named.length > 0
    ? {
        vi: `${name.vi} đã được thay thế; đang có hiệu lực: ${now.vi} (bản ${standing.id})`,
        en: `${name.en} is superseded already; in force is ${now.en} (version ${standing.id})`,
      }
    : {
        vi: `không có ${name.vi} trong các bản đã công bố của năm ${year}; đang có hiệu lực: ${now.vi} (bản ${standing.id})`,
        en: `no ${name.en} is published for ${year}; in force is ${now.en} (version ${standing.id})`,
      }
}
