// What the steps of a set-up have in common: the transaction, what stands by now, what was counted and what is wrong.

import type { Text } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { type Demand, refusalOf } from '../accounts/rights.ts'
import type { Viewer } from '../accounts/viewer.ts'
import type { Author } from '../database/write.ts'
import { today } from '../days.ts'
import { ClientError } from '../errors/client-error.ts'
import { InputError } from '../errors/input-error.ts'
import { loadRegister, type Register } from '../figures/register.ts'
import type { Cluster, Unit } from '../figures/registry.ts'
import { lastDay } from '../figures/years.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { Problem, unitFinder } from '../measurements/import-cells.ts'
import { holdersIn, sharedCode } from '../units/units.ts'
import type { ColumnKey, SheetKey } from './sheets.ts'
import { SHEETS } from './sheets.ts'
import type { ReadSheet, Workbook, WorkbookProblem } from './workbook.ts'

export type Outcome = 'created' | 'changed' | 'unchanged'
export type Tally = Record<Outcome, number>
type Finder = ReturnType<typeof unitFinder>

export type SessionParts = Pick<Session, 'transaction' | 'author' | 'viewer' | 'source' | 'workbook' | 'strayed'>

/** A cell that names a unit, and the year that its row is of. */
interface UnitCell<K extends SheetKey> {
  readonly column: ColumnKey<K>
  readonly name: string
  readonly year: number
  readonly atEnd?: boolean
}

/** A set-up under way: each step goes on where those before it stopped, in one transaction. */
export class Session {
  readonly transaction: Prisma.TransactionClient
  readonly author: Author
  /** Null: a command, which is nobody's of a unit. */
  readonly viewer: Viewer | null
  readonly source: string
  readonly workbook: Workbook
  /** What stands in sheets that are called like none. */
  readonly strayed: ReadonlySet<string>
  readonly problems: WorkbookProblem[] = []
  readonly tallies = new Map<SheetKey, Tally>()
  readonly #refused = new Map<SheetKey, Set<string>>()
  #register: Register
  #finders = new Map<number, readonly [Finder, Finder]>()

  private constructor({ transaction, author, viewer, source, workbook, strayed }: SessionParts, register: Register) {
    this.transaction = transaction
    this.author = author
    this.viewer = viewer
    this.source = source
    this.workbook = workbook
    this.strayed = strayed
    this.#register = register
    for (const key of Object.keys(workbook) as SheetKey[]) {
      this.tallies.set(key, { created: 0, changed: 0, unchanged: 0 })
    }
  }

  static async begin(parts: SessionParts): Promise<Session> {
    return new Session(parts, await loadRegister(parts.transaction))
  }

  /** Units, clusters and directives as the steps so far left them. */
  get register(): Register {
    return this.#register
  }

  /** What a step stored is read again. */
  async refresh(): Promise<void> {
    this.#register = await loadRegister(this.transaction)
    this.#finders = new Map()
  }

  count(key: SheetKey, outcome: Outcome): void {
    const tally = this.tallies.get(key)
    if (tally) tally[outcome]++
  }

  tell<K extends SheetKey>(sheet: ReadSheet<K>, row: number, column: ColumnKey<K>, text: Text): void {
    this.problems.push({ sheet: sheet.name, cell: sheet.cellOf(row, column), text })
  }

  /**
   * Does what a rule may refuse, and tells the refusal at the cell that it is about.
   * @param column where nothing says another one
   * @returns what it gave; null where it was refused
   */
  async trying<K extends SheetKey, T>(
    key: K,
    sheet: ReadSheet<K>,
    row: number,
    column: ColumnKey<K>,
    work: () => Promise<T> | T,
  ): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      const isTold = error instanceof InputError || (error instanceof ClientError && error.code === 'FORBIDDEN')
      if (!isTold) throw error
      const named = String(error.details.argument ?? '')
        .split('.')
        .at(-1) as string
      const columns: Readonly<Record<string, unknown>> = SHEETS[key].columns
      this.tell(sheet, row, named in columns ? (named as ColumnKey<K>) : column, error.text)
      return null
    }
  }

  /** The identity of the viewer's unit. */
  get ownUnit(): string | null {
    const unit = this.viewer?.unit ?? null
    return unit && (this.#register.meant(unit, today()) ?? unit)
  }

  /**
   * What a row asks for takes the right that the mutation takes which does the same.
   * @throws {ClientError} `FORBIDDEN`, which {@link trying} tells at its cell
   */
  async demand(demand: Demand): Promise<void> {
    const { viewer, ownUnit } = this
    if (!viewer) return
    const refusal = await refusalOf(demand, {
      viewer,
      ownUnit: () => ownUnit,
      parentOf: (unit) => this.#register.unit(unit, today())?.parentId ?? null,
      clusterOf: async (unit, year) => this.#register.clusters.membership(unit, year)?.clusterCode ?? null,
      headOf: async () => null,
    })
    if (refusal) throw refusal
  }

  /** Whether {@link demand} grants a right; tells where not. */
  async permits<K extends SheetKey>(
    key: K,
    sheet: ReadSheet<K>,
    row: number,
    column: ColumnKey<K>,
    demand: Demand,
  ): Promise<boolean> {
    const granted = await this.trying(key, sheet, row, column, async () => {
      await this.demand(demand)
      return true
    })
    return granted === true
  }

  /** Remembers what is wrong under its names: what refers to it is not told besides. */
  refuse(key: SheetKey, ...names: readonly (string | number)[]): void {
    const refused = this.#refused.get(key) ?? new Set()
    for (const name of names) refused.add(fold(String(name)))
    this.#refused.set(key, refused)
  }

  /** Whether a name is of something in the workbook that is wrong itself. */
  isRefused(key: SheetKey, name: string | number): boolean {
    const folded = fold(String(name))
    const sheet = this.workbook[key]
    const isUnread = sheet ? sheet.unread.has(folded) : this.strayed.has(folded)
    return isUnread || this.#refused.get(key)?.has(folded) || false
  }

  /**
   * The unit that a cell names in a year, by its code or its full name; null after telling that there is none, or two.
   * @param atEnd only who stands at the end of the year is meant, where somebody does
   */
  unit<K extends SheetKey>(
    sheet: ReadSheet<K>,
    row: number,
    { column, name, year, atEnd = false }: UnitCell<K>,
  ): Unit | null {
    const register = this.#register
    const last = lastDay(year)
    const held = holdersIn(name, year, register)
    if (new Set(held.map(({ id }) => id)).size > 1 && !(atEnd && register.on(last).unit(name))) {
      const { vi, en } = sharedCode(name, year, held)
      this.tell(sheet, row, column, { vi: `${vi}: ghi tên đầy đủ`, en: `${en}: write the full name` })
      return null
    }
    const found = this.#find(name, year)
    if (!(found instanceof Problem)) return register.unit(found, last) ?? null
    if (!this.isRefusedUnit(name)) this.tell(sheet, row, column, found.text)
    return null
  }

  /** Whether a unit is told to be wrong already, where it is made. */
  isRefusedUnit(name: string): boolean {
    return this.isRefused('units', name) || this.isRefused('unitChanges', name)
  }

  /** By a name of a year: of those that stand at its end, else of those that ended in it. */
  #find(name: string, year: number): string | Problem {
    const register = this.#register
    let finders = this.#finders.get(year)
    if (!finders) {
      const [last, registry] = [lastDay(year), register.on(lastDay(year))]
      const units = register
        .during(year)
        .flatMap((id) => (registry.unitById(id) ? [] : (register.unit(id, last) ?? [])))
      const ended = { units, searchKeyOf: (unit: Unit) => register.searchKeyOf(unit) }
      finders = [unitFinder(registry), unitFinder(ended)]
      this.#finders.set(year, finders)
    }
    const [atEnd, before] = finders
    const found = atEnd(name)
    if (!(found instanceof Problem)) return found
    const gone = before(name)
    return gone instanceof Problem ? found : gone
  }

  /** The cluster that a cell names, by its code or its name; null after telling that there is none. */
  cluster<K extends SheetKey>(
    sheet: ReadSheet<K>,
    row: number,
    { column, name }: { readonly column: ColumnKey<K>; readonly name: string },
  ): Cluster | null {
    const { clusters } = this.#register.clusters
    const folded = fold(name)
    const found =
      clusters.find((cluster) => cluster.code === folded) ??
      clusters.find((cluster) => [cluster, ...(cluster.names ?? [])].some(({ name }) => fold(name) === folded))
    if (found) return found
    if (!this.isRefused('clusters', name)) {
      const some = clusters
        .slice(0, 10)
        .map(({ code }) => code)
        .join(', ')
      const text = {
        vi: `không có cụm, khối ${JSON.stringify(name)}${some && `, chỉ có ${some}`}`,
        en: `no cluster is called ${JSON.stringify(name)}${some && `: there are ${some}`}`,
      }
      this.tell(sheet, row, column, text)
    }
    return null
  }

  /** Whether a year has a directive for everyone by now; tells where it has none. */
  hasDirective<K extends 'members' | 'heads' | 'deadlines' | 'targets'>(
    sheet: ReadSheet<K>,
    row: number,
    year: number,
  ): boolean {
    const { directives } = this.#register
    if (directives.main(year)) return true
    if (!this.isRefused('directive', year)) {
      const known = directives.years.join(', ')
      const text = {
        vi: `năm ${year} chưa có chỉ thị${known && `, chỉ có năm ${known}`}: ghi ở trang "Chỉ thị"`,
        en: `${year} has no directive${known && `, only ${known}`}: write it into the sheet "directive"`,
      }
      this.tell(sheet, row, 'year' as ColumnKey<K>, text)
    }
    return false
  }
}
