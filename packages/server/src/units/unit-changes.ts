// What may become of units, as somebody asks for it, and the rows that it comes to.
import type { Text } from '@dienbien/targets'
import type { UnitProblemCode } from '../errors/input-error.ts'
import type { Unit } from '../figures/registry.ts'
import type { UnitAlias, Unit as UnitRow, UnitState, UnitSuccession } from '../generated/prisma/client.ts'
import type { SuccessionKind } from '../generated/prisma/enums.ts'

/** Units are named by the codes that they have on the day that a change is about. */
export interface NewUnit {
  readonly code: string
  readonly name: string
  readonly nameEn?: string | null | undefined
  readonly kind: string
  readonly level: Unit['level']
  /** The code, on its first day, of the unit that it belongs to. */
  readonly parent?: string | null | undefined
  /** Its first day; null: since ever. */
  readonly from?: string | null | undefined
  /** The codes, on the day before, of those whose place it takes. */
  readonly predecessors?: readonly string[] | null | undefined
  readonly succession?: SuccessionKind | null | undefined
  readonly decision?: string | null | undefined
}

/** What is otherwise from a day on; what is left out stays. */
export interface LaterState {
  /** Its code on the day before. */
  readonly unit: string
  readonly from: string
  readonly code?: string | null | undefined
  readonly name?: string | null | undefined
  readonly nameEn?: string | null | undefined
  readonly kind?: string | null | undefined
  /** Null: to none. */
  readonly parent?: string | null | undefined
  readonly decision?: string | null | undefined
}

export interface Closing {
  /** Its code on its last day. */
  readonly unit: string
  readonly lastDay: string
}

export interface NewAlias {
  readonly unit: string
  /** The day on which the unit has that code. */
  readonly on: string
  readonly name: string
  readonly source: string
}

export interface UnitChanges {
  /** Its number, date and who took it: of each change that does not name its own. */
  readonly decision: string
  readonly create?: readonly NewUnit[] | null | undefined
  readonly change?: readonly LaterState[] | null | undefined
  readonly close?: readonly Closing[] | null | undefined
  readonly aliases?: readonly NewAlias[] | null | undefined
}

export interface UnitProblem {
  readonly path: readonly string[]
  readonly code: UnitProblemCode
  readonly text: Text
}

/** The rows to store. */
export interface UnitPlan {
  readonly units: readonly UnitRow[]
  readonly states: readonly UnitState[]
  readonly aliases: readonly UnitAlias[]
  readonly successions: readonly UnitSuccession[]
  /** By identity, with where each was asked for. */
  readonly lastDays: ReadonlyMap<string, { readonly day: string; readonly path: readonly string[] }>
}
