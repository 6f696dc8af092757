// A whole set of changes of units becomes the rows to store, without a database. What may not be is found in `unit-checks.ts`.

import type { Text } from '@dienbien/targets'
import { dayBefore, isoDay } from '../days.ts'
import { InputError, quoted, type UnitProblemCode } from '../errors/input-error.ts'
import { BEGINNING, Register, type RegisterRows } from '../figures/register.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import { isDay } from '../figures/years.ts'
import type { UnitAlias, Unit as UnitRow, UnitState, UnitSuccession } from '../generated/prisma/client.ts'
import type { SuccessionKind } from '../generated/prisma/enums.ts'
import { searchKey } from '../search-key.ts'
import { englishName } from './english-name.ts'
import type { Closing, LaterState, NewAlias, NewUnit, UnitChanges, UnitProblem } from './unit-changes.ts'
import { unitNamed } from './units.ts'

type Path = readonly string[]

/** Who was followed so ends by it. */
export const ENDS: readonly SuccessionKind[] = ['merged', 'renamed']

const listed = <T>(name: string, list: readonly T[] | null | undefined) =>
  (list ?? []).map((entry, i) => ({ entry, path: [name, String(i)] }))

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,49}$/u
/** Of the first day of something, or of the whole past. */
const date = (day: string | null | undefined): Date | null => (day ? new Date(day) : null)

/** A set of changes as it becomes rows, with what is wrong in it. */
export class UnitDraft {
  readonly rows: RegisterRows
  readonly before: Register
  readonly problems: UnitProblem[] = []
  readonly units: UnitRow[] = []
  readonly states: UnitState[] = []
  readonly aliases: UnitAlias[] = []
  readonly successions: UnitSuccession[] = []
  readonly lastDays = new Map<string, { readonly day: string; readonly path: Path }>()
  /** Where a unit, or a state of it ("id day"), was asked for. */
  readonly origins = new Map<string, Path>()
  /** Which parent each asked for, by the code of that day. */
  readonly parents: { readonly row: { parentId: string | null }; readonly code: string; day: string; path: Path }[] = []
  readonly #decision: string

  constructor(rows: RegisterRows, changes: UnitChanges) {
    this.rows = rows
    this.before = new Register(rows)
    this.#decision = changes.decision
    const { close, create, change, aliases } = changes
    if (![close, create, change, aliases].some((list) => list?.length)) {
      this.tell([], 'EMPTY', { vi: 'ghi ít nhất một thay đổi', en: 'give at least one change' })
    }
    for (const { entry: closing, path } of listed('close', close)) this.#close(closing, path)
    for (const { entry: newUnit, path } of listed('create', create)) this.#create(newUnit, path)
    const inOrder = listed('change', change)
    for (const { entry, path } of inOrder.sort((a, b) => (a.entry.from < b.entry.from ? -1 : 1)))
      this.#change(entry, path)
    // Only now is known which units there are on each day.
    const drafted = this.after
    for (const { entry, path } of listed('aliases', aliases)) this.#alias(entry, path, drafted)
    for (const { row, code, day, path } of this.parents)
      row.parentId = this.named(code, path, drafted.on(day))?.id ?? null
  }

  tell(path: Path, code: UnitProblemCode, text: Text): void {
    this.problems.push({ path, code, text })
  }

  /** All units as they will have been. */
  get after(): Register {
    const ended = (unit: UnitRow): UnitRow => {
      const last = this.lastDays.get(unit.id)
      return last ? { ...unit, validTo: new Date(last.day) } : unit
    }
    return new Register({
      units: [...this.rows.units, ...this.units].map(ended),
      states: [...(this.rows.states ?? []), ...this.states],
      aliases: this.rows.aliases ?? [],
      successions: this.rows.successions ?? [],
    })
  }

  named(code: string, path: Path, registry: Registry): Unit | null {
    try {
      return unitNamed(code, path.join('.'), registry)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      this.tell(path, 'UNKNOWN_UNIT', error.text)
      return null
    }
  }

  #isDay(day: string, path: Path): boolean {
    if (isDay(day)) return true
    this.tell(path, 'BAD_DATE', {
      vi: `${quoted(day)} không phải là ngày (YYYY-MM-DD)`,
      en: `${quoted(day)} is no day (YYYY-MM-DD)`,
    })
    return false
  }

  #areWords(words: Readonly<Record<string, string | null | undefined>>, path: Path): void {
    for (const [field, word] of Object.entries(words)) {
      if (typeof word !== 'string') continue
      if (field === 'code' && !CODE.test(word)) {
        const text = {
          vi: `${quoted(word)} không phải là mã đơn vị: chữ và số, không có dấu cách, tối đa 50 ký tự`,
          en: `${quoted(word)} is no code of a unit: letters and digits without blanks, 50 at most`,
        }
        this.tell([...path, field], 'BAD_INPUT', text)
      } else if (word.trim() === '')
        this.tell([...path, field], 'BAD_INPUT', { vi: 'không được để trống', en: 'must not be empty' })
    }
  }

  #close({ unit: code, lastDay }: Closing, path: Path): void {
    if (!this.#isDay(lastDay, [...path, 'lastDay'])) return
    const unit = this.named(code, [...path, 'unit'], this.before.on(lastDay))
    if (unit) this.#end(unit, lastDay, path)
  }

  /** A last day that is known may be set anew, as long as nobody has taken the place of the unit. */
  #end({ id, name, validTo }: Unit, day: string, path: Path): void {
    const asked = this.lastDays.get(id)?.day
    // That it ends so is known already.
    if ((asked ?? validTo) === day) return
    const later = this.before.statesOf(id).at(-1)
    const followed = this.before.successorsOf(id).find(({ kind }) => ENDS.includes(kind))
    if (asked || (validTo && followed)) {
      const by = followed && !asked ? ` (${followed.decision})` : ''
      const text = {
        vi: `${name} kết thúc vào ${asked ?? validTo}${by}`,
        en: `${name} ends on ${asked ?? validTo}${by}`,
      }
      this.tell(path, 'OVERLAP', text)
    } else if (later?.from && later.from > day) {
      const text = {
        vi: `${name} còn có thay đổi từ ${later.from} (${later.source})`,
        en: `${name} has a change from ${later.from} on (${later.source})`,
      }
      this.tell(path, 'OVERLAP', text)
    } else this.lastDays.set(id, { day, path })
  }

  /** The code, where no unit has that as its identity; else with the year, and a number where that is not enough. */
  #identity(code: string, from: string | null | undefined): string {
    const taken = (id: string) => this.before.has(id) || this.origins.has(id)
    if (!taken(code)) return code
    const base = from ? `${code}-${from.slice(0, 4)}` : code
    for (let n = 1; ; n++) {
      const id = n === 1 && from ? base : `${base}-${n}`
      if (!taken(id)) return id
    }
  }

  #create(asked: NewUnit, path: Path): void {
    const { code, name, nameEn, kind, level, parent, from, predecessors } = asked
    this.#areWords({ code, name, nameEn, kind, decision: asked.decision }, path)
    if (from && !this.#isDay(from, [...path, 'from'])) return
    const decision = asked.decision ?? this.#decision
    const unit = {
      id: this.#identity(code, from),
      code,
      name,
      nameEn: nameEn ?? englishName(kind, name),
      kind,
      level,
      parentId: null,
      searchKey: searchKey(name),
      validFrom: date(from),
      validTo: null,
      synthetic: false,
      source: decision,
    }
    this.units.push(unit)
    this.origins.set(unit.id, path)
    const day = from ?? BEGINNING
    if (parent) this.parents.push({ row: unit, code: parent, day, path: [...path, 'parent'] })
    if (!predecessors?.length) return
    if (!from) {
      const text = {
        vi: 'đơn vị có đơn vị tiền thân phải có ngày đầu',
        en: 'a unit with predecessors needs a first day',
      }
      this.tell([...path, 'from'], 'BAD_DATE', text)
      return
    }
    for (const [i, predecessor] of predecessors.entries()) {
      this.#succeed(unit.id, predecessor, { ...asked, from, decision }, [...path, 'predecessors', String(i)])
    }
  }

  #succeed(
    successorId: string,
    code: string,
    { from, succession, decision }: { from: string; succession?: SuccessionKind | null | undefined; decision: string },
    path: Path,
  ): void {
    const predecessor = this.named(code, path, this.before.on(dayBefore(from)))
    if (!predecessor) return
    if (this.origins.has(`${predecessor.id} ${successorId}`)) {
      this.tell(path, 'BAD_INPUT', {
        vi: `${predecessor.name} bị ghi hai lần`,
        en: `${predecessor.name} is given twice`,
      })
      return
    }
    const kind = succession ?? 'merged'
    // Who was merged ends by it, where nobody says another day.
    const day = dayBefore(from)
    const goesOn = predecessor.validTo === null || predecessor.validTo > day
    if (ENDS.includes(kind) && goesOn && !this.lastDays.has(predecessor.id)) this.#end(predecessor, day, path)
    this.successions.push({ predecessorId: predecessor.id, successorId, onDate: new Date(from), kind, decision })
    this.origins.set(`${predecessor.id} ${successorId}`, path)
  }

  #change({ unit: named, from, parent, ...asked }: LaterState, path: Path): void {
    this.#areWords(
      { code: asked.code, name: asked.name, nameEn: asked.nameEn, kind: asked.kind, decision: asked.decision },
      path,
    )
    if (!this.#isDay(from, [...path, 'from'])) return
    const unit = this.named(named, [...path, 'unit'], this.before.on(dayBefore(from)))
    if (!unit) return
    const twin = [...(this.rows.states ?? []), ...this.states].find(
      ({ unitId, validFrom }) => unitId === unit.id && validFrom.toISOString().startsWith(from),
    )
    if (twin) {
      const text = {
        vi: `${unit.name} đã có thay đổi từ ${from}: ${twin.kind}, ${twin.name}, mã ${twin.code} (${twin.source})`,
        en: `${unit.name} has a change from ${from} on already: ${twin.name}, code ${twin.code} (${twin.source})`,
      }
      this.tell([...path, 'from'], 'OVERLAP', text)
      return
    }
    // The one before it may be of this set.
    const last = this.states.findLast(({ unitId }) => unitId === unit.id) ?? unit
    const name = asked.name ?? last.name
    const kind = asked.kind ?? last.kind
    const isRenamed = name !== last.name || kind !== last.kind
    const state = {
      unitId: unit.id,
      validFrom: new Date(from),
      code: asked.code ?? last.code,
      name,
      nameEn: asked.nameEn ?? (isRenamed ? englishName(kind, name) : last.nameEn),
      kind,
      parentId: parent === null ? null : last.parentId,
      searchKey: searchKey(name),
      source: asked.decision ?? this.#decision,
    }
    const above = parent ? (this.before.on(from).unit(parent)?.id ?? parent) : state.parentId
    this.#staysSo(unit, { ...state, parentId: above }, path)
    this.states.push(state)
    this.origins.set(`${unit.id} ${from}`, path)
    if (parent) this.parents.push({ row: state, code: parent, day: from, path: [...path, 'parent'] })
  }

  /** What is asked for lasts: a later change that is known already says again what was so before it, and would turn it back. */
  #staysSo(unit: Unit, asked: UnitState, path: Path): void {
    const from = isoDay(asked.validFrom)
    const later = this.before.statesOf(unit.id).find((state) => state.from !== null && state.from > from)
    if (!later?.from) return
    const fields = ['name', 'code', 'kind', 'parentId'] as const
    const back = fields.find((field) => asked[field] !== unit[field] && later[field] === unit[field])
    if (!back) return
    const text = {
      vi: `${unit.name} còn có thay đổi từ ${later.from} (${later.source}): từ ngày đó sẽ trở lại như trước; ghi thay đổi này từ sau ngày đó`,
      en: `${unit.name} has a change from ${later.from} on (${later.source}), which would turn this back: say it from a later day`,
    }
    this.tell([...path, 'from'], 'OVERLAP', text)
  }

  #alias({ unit: code, on, name, source }: NewAlias, path: Path, drafted: Register): void {
    this.#areWords({ name, source }, path)
    if (!this.#isDay(on, [...path, 'on'])) return
    const unit = this.named(code, [...path, 'unit'], drafted.on(on))
    if (!unit) return
    if (
      [...this.before.aliasesOf(unit.id), ...this.aliases].some(
        (alias) => alias.unitId === unit.id && alias.name === name,
      )
    ) {
      this.tell([...path, 'name'], 'OVERLAP', {
        vi: `${unit.name} đã có tên này`,
        en: `${unit.name} has this name already`,
      })
    } else this.aliases.push({ unitId: unit.id, name, searchKey: searchKey(name), source })
  }
}
