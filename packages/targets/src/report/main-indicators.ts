import { checkedDirective } from '../directive/derive.ts'
import type { Directive, Text } from '../directive/types.ts'
import { isRecord, TargetsError, wrongType } from '../errors.ts'
import type { Evaluation } from '../evaluation/result.ts'
import type { Status } from '../evaluation/status.ts'

/** How many of the main indicators a unit met, as a report counts them. */
export interface MainCount {
  readonly met: number
  readonly notMet: number
  /** Neither, so far: in progress, undecided or without a figure. */
  readonly open: number
  readonly total: number
  /** In the order of the text. */
  readonly items: readonly MainItem[]
  /** "14/26 chỉ tiêu chủ yếu". */
  readonly text: Text
}

/** What counts as one: an indicator, or several that are parts of one total or group. */
export interface MainItem {
  /** Of the indicator or group that all of them are a part of. */
  readonly id: string
  readonly name: Text
  readonly status: Status
  /** The main indicators that decide it. */
  readonly indicatorIds: readonly string[]
}

/** The first of these that a part has is what the whole has. */
const WORST_FIRST = ['NOT_MET', 'NO_DATA', 'UNDECIDED', 'IN_PROGRESS', 'MET'] as const satisfies readonly Status[]

/**
 * Counts the main indicators that were met: "14/26". Only those that the directive marks as `main` decide, and parts of one
 * total or group count as one, which is met where all of them are: four shares of an economy are one. That is this project's
 * reading; a directive whose total alone should decide marks the total and not its parts. One without a target for the unit
 * is not counted.
 * @returns null where the directive marks none
 * @throws {TargetsError} `WRONG_TYPE`, `BAD_DIRECTIVE`, or `UNKNOWN_INDICATOR` where the evaluation is by another directive
 */
export function countMain(evaluation: Evaluation, document: Directive): MainCount | null {
  const directive = checkedDirective(document)
  const statuses = statusesOf(evaluation)
  const wholes = new Map<string, string[]>()
  for (const { id, main } of directive.indicators) {
    if (!main) continue
    const whole = wholeOf(directive, id)
    wholes.set(whole, [...(wholes.get(whole) ?? []), id])
  }
  if (wholes.size === 0) return null
  const items = [...wholes].flatMap(([id, indicatorIds]): MainItem[] => {
    const parts = indicatorIds.map((indicatorId) => statuses.get(indicatorId) ?? refuse(indicatorId, directive))
    const status = WORST_FIRST.find((status) => parts.includes(status))
    return status ? [{ id, name: nameOf(directive, id), status, indicatorIds }] : []
  })
  const met = items.filter(({ status }) => status === 'MET').length
  const notMet = items.filter(({ status }) => status === 'NOT_MET').length
  const total = items.length
  return {
    met,
    notMet,
    open: total - met - notMet,
    total,
    items,
    text: { vi: `${met}/${total} chỉ tiêu chủ yếu`, en: `${met} of ${total} main indicators` },
  }
}

function statusesOf(evaluation: Evaluation): Map<string, Status> {
  if (!isRecord(evaluation) || !Array.isArray(evaluation.results) || !evaluation.results.every(isRecord)) {
    throw wrongType('evaluation', 'kết quả của evaluate', 'what evaluate gave', evaluation)
  }
  return new Map((evaluation as Evaluation).results.map(({ indicatorId, status }) => [indicatorId, status]))
}

/** What an indicator is a part of in the end; itself where it is none. */
function wholeOf({ indicators }: Directive, id: string): string {
  const partOf = indicators.find((indicator) => indicator.id === id)?.partOf
  return partOf === undefined ? id : wholeOf({ indicators } as Directive, partOf)
}

function nameOf({ indicators, groups }: Directive, id: string): Text {
  return ([...indicators, ...groups].find((indicatorGroup) => indicatorGroup.id === id) as { readonly name: Text }).name
}

function refuse(id: string, { id: number }: Directive): never {
  throw new TargetsError(
    'UNKNOWN_INDICATOR',
    {
      vi: `evaluation: không có chỉ tiêu "${id}" của ${number}: kết quả này theo chỉ thị khác`,
      en: `evaluation: no indicator "${id}", which ${number} has: it is by another directive`,
    },
    id,
  )
}
