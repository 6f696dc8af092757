// A workbook, stored in one transaction: all of it, or nothing and every bad cell.
import type { Text } from '@dienbien/targets'
import type { Viewer } from '../accounts/viewer.ts'
import { markSetUp } from '../database/seed/set-up.ts'
import { type Author, takeTurns } from '../database/write.ts'
import { DIRECTIVES } from '../directive/publishing.ts'
import { COMMENDATIONS } from '../emulation/awards/frozen-guard.ts'
import { inputError } from '../errors/input-error.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { readSheetsAside, UnreadableFile } from '../measurements/read-rows.ts'
import { MEMBERSHIPS } from '../units/cluster-changes.ts'
import { UNITS } from '../units/store-units.ts'
import { setUpDirectives } from './directives-step.ts'
import { setUpClusters, setUpDeadlines, setUpHeads, setUpMembers } from './emulation-steps.ts'
import { Session, type SessionParts, type Tally } from './session.ts'
import { SHEET_KEYS } from './sheets.ts'
import { setUpTargets } from './targets-step.ts'
import { setUpUnitChanges } from './unit-changes-step.ts'
import { setUpUnits } from './units-step.ts'
import { readWorkbook, type Workbook, type WorkbookProblem } from './workbook.ts'

/** What became, or in a dry run would become, of a sheet. */
export interface SheetOutcome extends Tally {
  /** As in the file. */
  readonly name: string
}

export interface SetUpOutcome {
  readonly sheets: readonly SheetOutcome[]
  /** With any nothing was stored. */
  readonly problems: readonly WorkbookProblem[]
}

/** One step builds on what those before it stored. */
const STEPS = [
  setUpUnits,
  setUpUnitChanges,
  setUpClusters,
  setUpDirectives,
  setUpMembers,
  setUpHeads,
  setUpDeadlines,
  setUpTargets,
]

const TURNS = [UNITS, MEMBERSHIPS, DIRECTIVES, COMMENDATIONS]

/** Takes the transaction back, with what it came to. */
class TakenBack extends Error {
  override readonly name = 'TakenBack'
  readonly outcome: SetUpOutcome

  constructor(outcome: SetUpOutcome) {
    super('nothing was stored')
    this.outcome = outcome
  }
}

type Work = (transaction: Prisma.TransactionClient, author: Author) => Promise<SetUpOutcome>

/**
 * Sets up what a workbook says, by the rules that mutations follow; a dry run does the same and takes it back.
 * @param source who says so, for what does not name its own
 * @param viewer what they may not change by mutations they may not by a workbook; null for a command
 * @param write does the work in one transaction
 * @throws {InputError} `BAD_INPUT` where the file is no workbook
 */
export async function setUp(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  {
    source,
    dryRun,
    viewer = null,
  }: { readonly source: string; readonly dryRun: boolean; readonly viewer?: Viewer | null },
  write: (work: Work) => Promise<SetUpOutcome>,
): Promise<SetUpOutcome> {
  const { workbook, problems, strayed } = readWorkbook(await sheetsOf(name, bytes))
  try {
    return await write(async (transaction, author) => {
      const outcome = await storeWorkbook({ transaction, author, viewer, source, workbook, strayed }, problems)
      if (dryRun || outcome.problems.length > 0) throw new TakenBack(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome
    throw error
  }
}

/** Everything in its order, and what stands against it. */
async function storeWorkbook(parts: SessionParts, unreadable: readonly WorkbookProblem[]): Promise<SetUpOutcome> {
  // All that its steps take, in the order in which each change takes some of them.
  for (const turn of TURNS) await takeTurns(parts.transaction, turn)
  await markSetUp(parts.transaction)
  const session = await Session.begin(parts)
  for (const step of STEPS) await step(session)
  const sheets = SHEET_KEYS.flatMap((key) => {
    const tally = session.tallies.get(key)
    return tally ? [{ name: parts.workbook[key]?.name ?? key, ...tally }] : []
  })
  return { sheets, problems: inOrder(parts.workbook, [...unreadable, ...session.problems]) }
}

/** As they are met when the workbook is read. */
function inOrder(workbook: Workbook, problems: readonly WorkbookProblem[]): WorkbookProblem[] {
  const names = SHEET_KEYS.map((key) => workbook[key]?.name)
  const rowOf = ({ cell }: WorkbookProblem) => Number(/\d+$/.exec(cell)?.[0] ?? 0)
  return problems.toSorted((a, b) => names.indexOf(a.sheet) - names.indexOf(b.sheet) || rowOf(a) - rowOf(b))
}

async function sheetsOf(name: string, bytes: Uint8Array) {
  const refuse = (text: Text) => inputError('BAD_INPUT', text, { argument: 'input.file', value: name })
  if (bytes.length === 0) throw refuse({ vi: 'tệp trống', en: 'the file is empty' })
  return readSheetsAside(bytes).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error
    const { vi, en } = error.text
    throw refuse({ vi: `không đọc được tệp XLSX: ${vi}`, en: `the file cannot be read as XLSX: ${en}` })
  })
}
