// What the steps of a set-up have in common: the transaction, what stands by now, what was counted and what is wrong.
import type { Text } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import type { Author } from '../database/write.ts'
import { InputError } from '../errors/input-error.ts'
import { loadRegister, type Register } from '../figures/register.ts'
import type { Cluster, Unit } from '../figures/registry.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { Problem, unitFinder } from '../measurements/import-cells.ts'
import type { ColumnKey, SheetKey } from './sheets.ts'
import { SHEETS } from './sheets.ts'
import type { ReadSheet, Workbook, WorkbookProblem } from './workbook.ts'

export type Outcome = 'created' | 'changed' | 'unchanged'
export type Tally = Record<Outcome, number>

/** A set-up under way: each step goes on where those before it stopped, in one transaction. */
export class Session {
  readonly transaction: Prisma.TransactionClient
  readonly author: Author
  readonly source: string
  readonly workbook: Workbook
  readonly problems: WorkbookProblem[] = []
  readonly tallies = new Map<SheetKey, Tally>()
  readonly #refused = new Map<SheetKey, Set<string>>()
  #register: Register
  #finders = new Map<string, ReturnType<typeof unitFinder>>()

  private constructor(
    { transaction, author, source, workbook }: Pick<Session, 'transaction' | 'author' | 'source' | 'workbook'>,
    register: Register,
  ) {
    this.transaction = transaction
    this.author = author
    this.source = source
    this.workbook = workbook
    this.#register = register
    for (const key of Object.keys(workbook) as SheetKey[]) {
      this.tallies.set(key, { created: 0, changed: 0, unchanged: 0 })
    }
  }

  static async begin(parts: Pick<Session, 'transaction' | 'author' | 'source' | 'workbook'>): Promise<Session> {
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
      if (!(error instanceof InputError)) throw error
      const named = String(error.details.argument ?? '')
        .split('.')
        .at(-1) as string
      const columns: Readonly<Record<string, unknown>> = SHEETS[key].columns
      this.tell(sheet, row, named in columns ? (named as ColumnKey<K>) : column, error.text)
      return null
    }
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
    return this.#refused.get(key)?.has(folded) || this.workbook[key]?.unread.has(folded) || false
  }

  /** The unit that a cell names on a day, by its code or its full name; null after telling that there is none. */
  unit<K extends SheetKey>(
    sheet: ReadSheet<K>,
    row: number,
    { column, name, day }: { readonly column: ColumnKey<K>; readonly name: string; readonly day: string },
  ): Unit | null {
    const registry = this.#register.on(day)
    const find = this.#finders.get(day) ?? unitFinder(registry)
    this.#finders.set(day, find)
    const id = find(name)
    if (!(id instanceof Problem)) return registry.unitById(id) ?? null
    if (!this.isRefused('units', name)) this.tell(sheet, row, column, id.text)
    return null
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
      clusters.find((one) => one.code === folded) ??
      clusters.find((one) => [one, ...(one.names ?? [])].some(({ name }) => fold(name) === folded))
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
