#!/usr/bin/env node
// The one command: `pnpm dienbien --help`. What a command does is loaded when it is called.
import { Command, InvalidArgumentError, Option } from 'commander'
import { ROLES } from '../accounts/viewer.ts'
import { isDay } from '../figures/years.ts'
import { runs } from './command.ts'
import type { PublishOptions, ScopeOptions } from './directive.ts'
import { type ImportOptions, STATUSES, STYLES } from './import.ts'
import type { TokenOptions } from './jwt.ts'
import { FORMATS, type ReportOptions } from './report.ts'
import type { SetUpOptions } from './setup.ts'

// Yoga, GraphQL and Prisma read it when they are imported.
process.env.NODE_ENV ??= 'production'

const year = (text: string): number => {
  if (/^\d{4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A year is written with four digits, for example 2022.')
}

const date = (text: string): string => {
  if (isDay(text)) return text
  throw new InvalidArgumentError('A day is written YYYY-MM-DD, for example 2022-10-31.')
}

const file = (name: string): string => {
  if (name.trim() !== '') return name
  throw new InvalidArgumentError('A file has a name.')
}

const program = new Command('dienbien')
  .description('Targets of emulation directives: the server, its tokens, figures, reports and backups')
  .showSuggestionAfterError()

program
  .command('start')
  .description('serve the API, GraphiQL and the scoreboard; settings come from the environment')
  .action(async () => void (await import('../main.ts')))

program
  .command('jwt')
  .description('print a token for a server with its own key (DATA_DIR)')
  .addOption(new Option('--role <role>', 'what its holder may do').choices(ROLES).makeOptionMandatory())
  .option('--unit <code>', 'the unit of a reporter or head')
  .option('--subject <name>', 'who holds it, as the trail will say (default: the role and the unit)')
  .option('--expires <span>', 'how long it is good for: 8h, 30d', '8h')
  .action(runs(async (options: TokenOptions) => (await import('./jwt.ts')).printToken(options)))

program
  .command('import')
  .description('store the figures of a file: all, or none and every bad cell by name')
  .argument(
    '<file>',
    'CSV or XLSX: a row a figure (unit, indicator, value, …) or a row a unit, a column an indicator',
    file,
  )
  .option('--year <year>', 'of the figures that say none (default: the newest)', year)
  .option('--as-of <date>', 'the day that they stand for', date)
  .addOption(new Option('--status <status>').choices(STATUSES))
  .option('--source <text>', 'where they come from')
  .option('--reason <text>', 'why figures that are there are replaced')
  .addOption(new Option('--numbers <style>', 'how numbers are written').choices(STYLES).default('auto'))
  .option('--dry-run', 'store nothing, name what is wrong')
  .addHelpText(
    'after',
    '\nIt opens the database of DATABASE_URL or DATA_DIR itself; a running embedded server takes files by importMeasurements.',
  )
  .action(runs(async (file: string, options: ImportOptions) => (await import('./import.ts')).importFile(file, options)))

program
  .command('report')
  .description('write the report of section 4.4')
  .option('--year <year>', 'of which year (default: the newest)', year)
  .option('--as-of <date>', 'on the figures of which day (default: the year is over)', date)
  .option('--cluster <code>', 'only of this cluster (default: of the province)')
  .addOption(new Option('--format <format>').choices(FORMATS).default('md'))
  .option('--out <file>', 'where it goes (default: Markdown is printed, others get a name)')
  .option('--url <url>', 'ask a running server, for example http://127.0.0.1:4000/graphql, in place of the database')
  .option('--token <jwt>', 'who asks that server')
  .action(runs(async (options: ReportOptions) => (await import('./report.ts')).writeReport(options)))

program
  .command('setup')
  .description('set up a province, a year or a bloc by a workbook: all of it, or nothing and every bad cell by name')
  .argument(
    '<file>',
    'XLSX: units, unit changes, clusters, members, heads, deadlines, directive, indicators, targets',
    file,
  )
  .option('--source <text>', 'who decided so, for what does not name its own decision')
  .option('--dry-run', 'store nothing, say what would be stored and what is wrong')
  .option('--template', 'write an empty workbook to fill in, in place of reading one')
  .option('--url <url>', 'send it to a running server, for example http://127.0.0.1:4000/graphql')
  .option('--token <jwt>', "an administrator's, for that server")
  .addHelpText(
    'after',
    '\nIt opens the database of DATABASE_URL or DATA_DIR itself, which a running embedded server has to itself: give its --url.\nAn empty database that is set up before its first start never loads the published data of Điện Biên.',
  )
  .action(runs(async (name: string, options: SetUpOptions) => (await import('./setup.ts')).setUpBy(name, options)))

const directive = program
  .command('directive')
  .description('check, compare and publish directives as JSON or YAML files')
const ofDirective = (name: string) =>
  directive
    .command(name)
    .argument('<file>', 'a directive, as directive.schema.json of @dienbien/targets says', file)
    .option('--cluster <code>', 'the cluster or bloc whose members alone it binds (default: it binds everyone)')
    .option('--unit <code>', 'the unit that issued it, which binds the units below it')

ofDirective('check')
  .description('name everything that stands against publishing it, with its line')
  .action(
    runs(async (name: string, options: ScopeOptions) => (await import('./directive.ts')).checkFile(name, options)),
  )

ofDirective('diff')
  .description('what it changes against the one in force')
  .action(
    runs(async (name: string, options: ScopeOptions) => (await import('./directive.ts')).compareFile(name, options)),
  )

ofDirective('publish')
  .description('publish it: from then on it judges, and is never changed, only superseded')
  .requiredOption('--source <text>', 'who says so, for example the decision by which it was issued')
  .action(
    runs(async (name: string, options: PublishOptions) => (await import('./directive.ts')).publishFile(name, options)),
  )

program
  .command('backup')
  .description('write all of the database into a new file')
  .argument('<file>', 'for example dienbien.gz', file)
  .action(runs(async (file: string) => (await import('./backup.ts')).backupTo(file)))

program
  .command('restore')
  .description('fill an empty database from a backup')
  .argument('<file>', 'what backup wrote', file)
  .option('--unverified', 'go on where the trail in it does not hold, and say where')
  .action(
    runs(async (file: string, options: { readonly unverified?: boolean }) =>
      (await import('./restore.ts')).restoreFrom(file, options),
    ),
  )

await program.parseAsync()
