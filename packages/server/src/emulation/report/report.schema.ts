import { defaultPolicy } from '@dienbien/targets/emulation'
import { judgedMoment } from '../../figures/years.ts'
import { builder } from '../../graphql/builder.ts'
import { REPORT, work } from '../../graphql/cost.ts'
import { asOfArg, yearArg } from '../../graphql/scalars.ts'
import { findCluster } from '../../units/clusters.ts'
import { rankAll } from '../ranking/ranking.ts'
import { byAdoptedTables } from './by-tables.ts'
import { reportFileName, reportOf } from './contents.ts'
import { type Report, toHtml, toMarkdown, toXlsx } from './report.ts'

interface NamedReport {
  readonly report: Report
  readonly fileName: string
}

const ReportRef = builder.objectRef<NamedReport>('Report').implement({
  description:
    'The report that section 4.4 asks the Department of Home Affairs for: progress, filings, ranking, proposals and decisions with their reasons. In Vietnamese.',
  fields: (t) => ({
    title: t.string({ description: 'The title of the report.', resolve: ({ report }) => report.title }),
    fileName: t.exposeString('fileName', { description: 'A name for the file, without its ending.' }),
    markdown: t.string({
      ...work(5000),
      description: 'The whole report as Markdown.',
      resolve: ({ report }) => toMarkdown(report),
    }),
    html: t.string({
      ...work(12_000),
      description: 'As a page for print on A4.',
      resolve: ({ report }) => toHtml(report),
    }),
    xlsx: t.string({
      ...work(20_000),
      description: 'As an XLSX file in Base64, a sheet a section.',
      resolve: async ({ report }) => (await toXlsx(report)).toString('base64'),
    }),
  }),
})

builder.queryField('report', (t) =>
  t.field({
    type: ReportRef,
    nullable: true,
    ...REPORT,
    description: 'The report of a year, for the province or for one cluster. Also by command: `npx pnpm@12 report`.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      cluster: t.arg.string({ description: 'Only this cluster.' }),
    },
    resolve: async (_, { year, asOf, cluster }, context) => {
      const moment = judgedMoment(year, asOf)
      const code = cluster ? (await findCluster(cluster, 'cluster', context)).code : null
      const ranking = await byAdoptedTables(await rankAll(moment, defaultPolicy, context), moment, context)
      return { report: await reportOf(moment, code, ranking, context), fileName: reportFileName(moment, code) }
    },
  }),
)
