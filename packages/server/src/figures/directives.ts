// The directives that were published: whom each binds, which version of it is in force, and whose figures belong to which year.
import { type Directive, type Duty, directives as encoded, type Indicator } from '@dienbien/targets'
import { parseDirective } from '@dienbien/targets/core'
import { inputError } from '../errors/input-error.ts'

/** A published version of a directive. It never changes: a newer version of the same year and scope supersedes it. */
export interface DirectiveVersion {
  /** year-scope-version, for example "2022-1" or "2024-khoi-van-hoa-1". */
  readonly id: string
  readonly year: number
  readonly version: number
  /** The cluster or bloc whose members alone it binds; null for none. */
  readonly cluster: string | null
  /** The unit that it was issued by: it binds those below it. Null where it binds everyone. */
  readonly unit: string | null
  readonly directive: Directive
}

/** Where a unit stands among others, nearest above first, and in which cluster it competes. */
export interface BoundUnit {
  readonly cluster: string | null
  readonly above: readonly string[]
}

const scopeOf = ({ year, cluster, unit }: Pick<DirectiveVersion, 'year' | 'cluster' | 'unit'>): string =>
  JSON.stringify([year, cluster, unit])

export class Directives {
  /** By year and scope, the newest version of each last. */
  readonly versions: readonly DirectiveVersion[]
  readonly #byScope = new Map<string, DirectiveVersion>()
  readonly #inForce: readonly DirectiveVersion[]
  /** The years in which somebody is bound by another directive than the one for everyone. */
  readonly #divided: ReadonlySet<number>
  readonly #byDirective = new Map<Directive, DirectiveVersion>()
  readonly #byIndicator = new Map<Indicator, DirectiveVersion>()
  /** Of the years that have a directive for everyone, in rising order. */
  readonly #main = new Map<number, Directive>()
  /** The years that figures may belong to, in rising order: those of directives, and those that a directive compares its own with. */
  readonly measuredYears: readonly number[]
  readonly #indicatorsOf = new Map<number, readonly Indicator[]>()
  readonly #byIdIn = new Map<number, ReadonlyMap<string, Indicator>>()
  readonly #measuring = new Map<number, Directive>()
  readonly #byId = new Map<string, Indicator>()

  constructor(versions: readonly DirectiveVersion[]) {
    this.versions = versions.toSorted((a, b) => a.year - b.year || a.version - b.version)
    for (const version of this.versions) {
      this.#byScope.set(scopeOf(version), version)
      this.#byDirective.set(version.directive, version)
      for (const indicator of version.directive.indicators) this.#byIndicator.set(indicator, version)
    }
    // In the order of `versions`, which is that of years.
    this.#inForce = [...this.#byScope.values()]
    this.#divided = new Set(this.#inForce.filter((version) => rankOf(version) < EVERYONE).map(({ year }) => year))
    for (const { year, cluster, unit, directive } of this.inForce()) {
      if (cluster === null && unit === null) this.#main.set(year, directive)
    }
    const years = this.inForce().flatMap(({ year, directive: { indicators } }) => [
      year,
      ...indicators.flatMap(({ change }) => (change ? [change.against] : [])),
    ])
    this.measuredYears = [...new Set(years)].sort((a, b) => a - b)
    for (const { directive } of this.versions)
      for (const indicator of directive.indicators) this.#byId.set(indicator.id, indicator)
    // The newest that has it says what an indicator is, and that of everyone before one of a bloc.
    for (const { directive } of this.inForce().toSorted((a, b) => a.year - b.year || rankOf(a) - rankOf(b))) {
      for (const indicator of directive.indicators) this.#byId.set(indicator.id, indicator)
    }
  }

  /** One for each year and scope, in rising order of years. */
  inForce(): readonly DirectiveVersion[] {
    return this.#inForce
  }

  /** Of the newest year: what is judged by where nobody says a year. @throws `NO_DIRECTIVE` where none is published */
  get newest(): Directive {
    const newest = [...this.#main.values()].at(-1)
    if (newest) return newest
    const text = {
      vi: 'chưa có chỉ thị nào được ban hành ở đây: công bố chỉ thị trước (directive publish)',
      en: 'no directive is published here yet: publish one first (directive publish)',
    }
    throw inputError('NO_DIRECTIVE', text, { argument: 'year', value: null })
  }

  /** The years that have a directive for everyone, in rising order. */
  get years(): number[] {
    return [...this.#main.keys()]
  }

  /** The directive of a year for everyone; undefined where there is none. */
  main(year: number): Directive | undefined {
    return this.#main.get(year)
  }

  /** The version that a directive object is; undefined where it is none of these. */
  versionOf(directive: Directive): DirectiveVersion | undefined {
    return this.#byDirective.get(directive)
  }

  /** The version that an indicator object stands in; undefined where it is of none of these. */
  versionWith(indicator: Indicator): DirectiveVersion | undefined {
    return this.#byIndicator.get(indicator)
  }

  version(id: string): DirectiveVersion | undefined {
    return this.versions.find((version) => version.id === id)
  }

  /** Whether anyone is bound by another directive than the one for everyone. */
  isDivided(year: number): boolean {
    return this.#divided.has(year)
  }

  /**
   * The directive that judges a unit in a year: that of its cluster or bloc, else of the nearest unit above it, else the one
   * for everyone. Undefined where the year has none.
   */
  judging(year: number, { cluster, above }: BoundUnit): Directive | undefined {
    const bound = cluster && this.#byScope.get(scopeOf({ year, cluster, unit: null }))
    if (bound) return bound.directive
    for (const unit of above) {
      const issued = this.#byScope.get(scopeOf({ year, cluster: null, unit }))
      if (issued) return issued.directive
    }
    return this.#main.get(year)
  }

  /**
   * What the figures of a year are of: the indicators of its directives, that for everyone first, and of later ones that compare
   * their targets with it. An indicator is the same over the years, so each stands once. None where no figures belong to it.
   */
  indicatorsOf(year: number): readonly Indicator[] {
    let indicators = this.#indicatorsOf.get(year)
    if (!indicators) {
      const byId = new Map<string, Indicator>()
      for (const { indicators } of this.#concerning(year)) {
        for (const indicator of indicators) if (!byId.has(indicator.id)) byId.set(indicator.id, indicator)
      }
      indicators = [...byId.values()]
      this.#indicatorsOf.set(year, indicators)
    }
    return indicators
  }

  /** A directive with all {@link indicatorsOf} a year and what ties them to each other; undefined where no figures belong to it. */
  measuring(year: number): Directive | undefined {
    let directive = this.#measuring.get(year)
    const concerning = directive ? [] : this.#concerning(year)
    const [first] = concerning
    if (first) {
      const indicators = this.indicatorsOf(year)
      const { id, title, issuer, issuedOn, level } = first
      const relations = concerning.flatMap((directive) => directive.relations)
      const groups = [
        ...new Map(concerning.flatMap((directive) => directive.groups).map((group) => [group.id, group])).values(),
      ]
      directive =
        indicators.length === first.indicators.length
          ? first
          : parseDirective({ id, title, issuer, issuedOn, year: first.year, level, indicators, relations, groups })
      this.#measuring.set(year, directive)
    }
    return directive
  }

  /** The directives that figures of a year are judged by or compared with: that for everyone first. */
  #concerning(year: number): Directive[] {
    const versions = this.inForce().filter((version) => version.year === year)
    const later = this.inForce().filter(
      (version) => version.year > year && version.directive.indicators.some(({ change }) => change?.against === year),
    )
    return [...versions.sort((a, b) => rankOf(b) - rankOf(a)), ...later].map(({ directive }) => directive)
  }

  /** The greatest number of indicators that a year's figures are of; at least 1. */
  get width(): number {
    return Math.max(1, ...this.measuredYears.map((year) => this.indicatorsOf(year).length))
  }

  /** What is ordered without a number in a year, of whomever. */
  duties(year: number): Duty[] {
    return this.inForce().flatMap((version) => (version.year === year ? version.directive.duties : []))
  }

  /** What an indicator is by the newest directive that has it. */
  indicator(id: string): Indicator | undefined {
    return this.#byId.get(id)
  }

  /** What an indicator was in a year: by the directives of that year, else by the newest that has it. */
  indicatorIn(id: string, year: number): Indicator | undefined {
    let ofYear = this.#byIdIn.get(year)
    if (!ofYear) {
      ofYear = new Map(this.indicatorsOf(year).map((indicator) => [indicator.id, indicator]))
      this.#byIdIn.set(year, ofYear)
    }
    return ofYear.get(id) ?? this.#byId.get(id)
  }

  /** Those of all years, by the newest directive that has each. */
  get indicators(): Iterable<Indicator> {
    return this.#byId.values()
  }
}

const EVERYONE = 2
/** Whom it binds: everyone before those below a unit before a cluster. */
const rankOf = ({ cluster, unit }: Pick<DirectiveVersion, 'cluster' | 'unit'>): number =>
  cluster !== null ? 0 : unit !== null ? 1 : EVERYONE

/** What the package encodes: in force where no database says otherwise. */
export const encodedVersions = (): DirectiveVersion[] =>
  Object.values(encoded).map((directive: Directive) => ({
    id: `${directive.year}-1`,
    year: directive.year,
    version: 1,
    cluster: null,
    unit: null,
    directive,
  }))
