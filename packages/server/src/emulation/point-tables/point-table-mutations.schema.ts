// Mutations: a point table is drafted, agreed by the members and adopted.

import { createHash } from 'node:crypto'
import { today } from '../../days.ts'
import { inputError } from '../../errors/input-error.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { type Change, change, type Work } from '../../graphql/change.ts'
import { work } from '../../graphql/cost.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { findCluster, memberOf } from '../../units/clusters.ts'
import { unitIdDuring } from '../../units/units.ts'
import { PointTableRef } from './point-tables.schema.ts'
import {
  type OfCluster,
  storeAdoption,
  storeAnswer,
  storeDraft,
  tablesLoader,
  type VersionWithSteps,
} from './point-tables.ts'
import { type Outcome, outcomeOf } from './problems.schema.ts'
import { tableFrom } from './table-source.ts'

type Types = typeof builder.$inferSchemaTypes

/** What all mutations of point tables answer. */
const payload = (description: string) => ({
  description,
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Partial<Outcome<VersionWithSteps>>>) => ({
    pointTable: t.field({
      type: PointTableRef,
      nullable: true,
      description: 'The version, as it stands now; null where something was wrong.',
      resolve: ({ changed }) => changed ?? null,
    }),
  }),
})

/** Years that a table may be of: it is drafted before there is a directive of its year, and copied from earlier ones. */
const [FIRST_YEAR, LAST_YEAR] = [2000, 2100]

function checkYear(year: number): void {
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return
  const text = {
    vi: `năm phải từ ${FIRST_YEAR} đến ${LAST_YEAR}, không nhận ${year}`,
    en: `the year goes from ${FIRST_YEAR} to ${LAST_YEAR}, not ${year}`,
  }
  throw inputError('UNKNOWN_YEAR', text, { argument: 'input.year', value: year })
}

interface Named {
  readonly cluster: string
  readonly year: number
}

/** Makes a change to the tables of a cluster, and gives the version that it was about. */
async function changeTables(
  asked: Change,
  { cluster, year }: Named,
  store: (of: OfCluster) => Work<number>,
): Promise<VersionWithSteps> {
  const { context } = asked
  checkYear(year)
  const of = { cluster: (await findCluster(cluster, 'input.cluster', context)).code, year }
  const { answer: version } = await change(asked, store(of))
  const all = await tablesLoader(context).clearAll().load(of)
  return all.find(({ row }) => row.version === version)?.row as VersionWithSteps
}

const ClusterYearInput = builder.inputType('ClusterYearInput', {
  description: 'A cluster, and one of its emulation years.',
  fields: (t) => ({
    cluster: t.string({ required: true, description: 'The slug of the cluster whose table is copied.' }),
    year: t.int({ required: true, description: 'The emulation year of the table that is copied.' }),
  }),
})

mutation('draftPointTable', {
  description:
    'Stores a point table as the next version of a cluster and year. An adopted one is amended until the first member has signed the pact of the year, and not after; while none is adopted, drafts go on.',
  right: 'DRAFT_POINT_TABLE',
  cost: work(40_000),
  input: {
    description: 'A point table for a cluster and a year, from exactly one of `table`, `file` and `copyOf`.',
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      table: t.field({
        ...LONG_TEXT,
        type: 'JSON',
        description: 'The whole table, by the schema `points.schema.json` of @dienbien/targets.',
      }),
      file: t.field({
        type: 'File',
        description:
          'XLSX or CSV in the layout that `xlsx` of a table has (level, code, name, points, kind, rule, evidence), or YAML or JSON.',
      }),
      copyOf: t.field({
        type: ClusterYearInput,
        description:
          'The cluster and year whose adopted table is taken as it is: the one of the year before, for example.',
      }),
      reason: t.string({ ...LONG_TEXT, required: true, description: 'Why, or the document that it is of.' }),
      expected: expected(t, 'Int', 'The newest version that you saw, 0 for none.'),
    }),
  },
  demand: ({ cluster, year }) => ({ action: 'DRAFT_POINT_TABLE', cluster, year }),
  work: (input, call) => {
    const { table, file, copyOf, reason, expected: seen } = input
    return outcomeOf(
      async () => {
        const drafted = await tableFrom({ table, file, copyOf }, call.context.prisma)
        const { idempotencyKey: _key, file: _file, ...draft } = input
        const sha256 = createHash('sha256').update(drafted.document).digest('hex')
        const asked = { ...call, reason, content: { ...draft, file: file ? sha256 : null } }
        return changeTables(
          asked,
          input,
          (of) => (transaction, author) => storeDraft(transaction, author, of, drafted, seen ?? null),
        )
      },
      file ? 'file' : 'table',
    )
  },
  payload: payload('The version that was drafted, or all that is wrong with it.'),
})

mutation('agreePointTable', {
  description: 'Records that a member agrees to the newest version, or objects to it; its last answer counts.',
  right: 'AGREE_POINT_TABLE',
  input: {
    description: "A member's answer to a drafted point table.",
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      version: t.int({ required: true, description: 'The version that was read: the newest one.' }),
      unit: t.string({ required: true, description: 'The code of the member that answers.' }),
      on: onDay(t),
      agrees: t.boolean({ defaultValue: true, description: 'False where it objects.' }),
      note: t.string({ ...LONG_TEXT, required: true, description: 'The document, or why not.' }),
    }),
  },
  demand: async ({ unit, cluster, ...during }, context) => ({
    action: 'AGREE_POINT_TABLE',
    unit: await unitIdDuring(unit, context, { ...during, among: memberOf(cluster, during.year) }),
    year: during.year,
  }),
  work: (input, call) =>
    outcomeOf(async () => {
      const { version, agrees, note } = input
      checkYear(input.year)
      const unit = await unitIdDuring(input.unit, call.context, {
        ...input,
        among: memberOf(input.cluster, input.year),
      })
      return changeTables(
        { ...call, reason: note },
        input,
        (of) => (transaction, author) =>
          storeAnswer(transaction, author, of, { version, unit, note, agrees: agrees ?? true }),
      )
    }),
  payload: payload('The version that a member answered to.'),
})

/** A table may be adopted in the year before its own, and in no other that lies before. */
function checkDay(day: string, year: number): void {
  const on = today()
  if (day >= `${year - 1}-01-01` && day <= on) return
  const text = {
    vi: `${day} phải từ ${year - 1}-01-01 đến hôm nay, ${on}`,
    en: `${day} must lie between ${year - 1}-01-01 and today, ${on}`,
  }
  throw inputError('BAD_DATE', text, { argument: 'input.date', value: day })
}

mutation('adoptPointTable', {
  description:
    "Records the decision that adopts the newest version: from then on the cluster's ranking of the year is frozen by it and by no other. All members must have agreed, which is this project's rule. Another one is adopted instead only until the first member has signed the pact.",
  right: 'ADOPT_POINT_TABLE',
  input: {
    description: 'The decision that puts a point table in force.',
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      version: t.int({ required: true, description: 'The newest version, to which all members agreed.' }),
      number: t.string({ required: true, description: 'The number of the decision, for example "15/QĐ-CTĐ".' }),
      date: t.field({ type: 'Date', required: true, description: 'The day of the decision.' }),
      note: t.string({ ...LONG_TEXT, required: true, description: 'The document: a link, or why.' }),
    }),
  },
  demand: ({ cluster, year }) => ({ action: 'ADOPT_POINT_TABLE', cluster, year }),
  work: (input, call) =>
    outcomeOf(async () => {
      const { version, number, date, note, year } = input
      checkDay(date, year)
      const adoption = { version, decisionNumber: number, decidedOn: date, note }
      return changeTables(
        { ...call, reason: note },
        input,
        (of) => (transaction, author) => storeAdoption(transaction, author, of, adoption),
      )
    }),
  payload: payload('The version that is in force now.'),
})
