#!/usr/bin/env node
// The one command: `pnpm dienbien --help`. What a command does is loaded when it is called.
import { spokenIn } from '@dienbien/targets/command'
import { Command, Option } from 'commander'
import { ROLES } from '../accounts/viewer.ts'
import { date, file, status, year } from './arguments.ts'
import { runs } from './command.ts'
import type { PublishOptions, ScopeOptions } from './directive.ts'
import { type ImportOptions, STYLES } from './import.ts'
import type { TokenOptions } from './jwt.ts'
import { FORMATS, type ReportOptions } from './report.ts'
import type { SetUpOptions } from './setup.ts'
import { language, say } from './spoken.ts'

// Yoga, GraphQL and Prisma read it when they are imported.
process.env.NODE_ENV ??= 'production'

const program = new Command('dienbien')
  .description(
    say(
      'Chỉ tiêu của chỉ thị phát động thi đua: máy chủ, mã truy cập, số liệu, báo cáo, sao lưu',
      'Targets of emulation directives: the server, its tokens, figures, reports and backups',
    ),
  )
  .addOption(
    new Option(
      '-l, --lang <language>',
      say('ngôn ngữ của hướng dẫn, kết quả và lỗi', 'language of the help, output and errors'),
    )
      .choices(['vi', 'en'])
      .default('vi'),
  )
  .showSuggestionAfterError()

program
  .command('start')
  .description(
    say(
      'chạy API, GraphiQL và trang kết quả; thiết lập đọc từ biến môi trường',
      'serve the API, GraphiQL and the scoreboard; settings come from the environment',
    ),
  )
  .action(async () => void (await import('../main.ts')))

program
  .command('jwt')
  .description(
    say(
      'in mã truy cập cho máy chủ dùng khóa của chính nó (DATA_DIR)',
      'print a token for a server with its own key (DATA_DIR)',
    ),
  )
  .addOption(
    new Option('--role <role>', say('người giữ mã được làm gì', 'what its holder may do'))
      .choices(ROLES)
      .makeOptionMandatory(),
  )
  .option('--unit <code>', say('đơn vị của người báo cáo hoặc trưởng cụm, khối', 'the unit of a reporter or head'))
  .option(
    '--subject <name>',
    say(
      'ai giữ mã, như nhật ký sẽ ghi (không ghi: vai trò và đơn vị)',
      'who holds it, as the trail will say (default: the role and the unit)',
    ),
  )
  .option('--expires <span>', say('dùng được bao lâu: 8h, 30d', 'how long it is good for: 8h, 30d'), '8h')
  .action(runs(async (options: TokenOptions) => (await import('./jwt.ts')).printToken(options)))

program
  .command('import')
  .description(
    say(
      'lưu số liệu của một tệp: tất cả, hoặc không lưu gì và nêu từng ô sai',
      'store the figures of a file: all, or none and every bad cell by name',
    ),
  )
  .argument(
    '<file>',
    say(
      'CSV hoặc XLSX: mỗi hàng một số liệu (đơn vị, chỉ tiêu, giá trị, …) hoặc mỗi hàng một đơn vị, mỗi cột một chỉ tiêu',
      'CSV or XLSX: a row a figure (unit, indicator, value, …) or a row a unit, a column an indicator',
    ),
    file,
  )
  .option(
    '--year <year>',
    say(
      'năm của số liệu (không ghi: theo --as-of, hoặc năm mới nhất)',
      'of the figures (default: that of --as-of, or the newest)',
    ),
    year,
  )
  .option('--as-of <date>', say('số liệu tính đến ngày nào', 'the day that they stand for'), date)
  .option(
    '--status <status>',
    say('loại số liệu: ước, sơ bộ, chính thức', 'how final they are: estimate, preliminary, official'),
    status,
  )
  .option('--source <text>', say('nguồn số liệu', 'where they come from'))
  .option('--reason <text>', say('lý do thay số liệu đã có', 'why figures that are there are replaced'))
  .addOption(
    new Option('--numbers <style>', say('cách viết số', 'how numbers are written')).choices(STYLES).default('auto'),
  )
  .option('--dry-run', say('không lưu gì, chỉ nêu chỗ sai', 'store nothing, name what is wrong'))
  .option(
    '--url <url>',
    say(
      'gửi tệp đến máy chủ đang chạy, ví dụ http://127.0.0.1:4000/graphql',
      'send it to a running server, for example http://127.0.0.1:4000/graphql',
    ),
  )
  .option('--token <jwt>', say('mã truy cập của người báo cáo, cho máy chủ đó', "a reporter's, for that server"))
  .addHelpText(
    'after',
    `\n${say('Không có --url thì lệnh tự mở cơ sở dữ liệu theo DATABASE_URL hoặc DATA_DIR. Máy chủ nhúng đang chạy giữ riêng cơ sở dữ liệu: ghi --url của máy chủ.', 'Without --url it opens the database of DATABASE_URL or DATA_DIR itself. A running embedded server has its database to itself: give its --url.')}`,
  )
  .action(runs(async (file: string, options: ImportOptions) => (await import('./import.ts')).importFile(file, options)))

program
  .command('report')
  .description(say('lập báo cáo theo mục 4.4', 'write the report of section 4.4'))
  .option('--year <year>', say('năm nào (không ghi: năm mới nhất)', 'of which year (default: the newest)'), year)
  .option(
    '--as-of <date>',
    say('theo số liệu đến ngày nào (không ghi: đã hết năm)', 'on the figures of which day (default: the year is over)'),
    date,
  )
  .option(
    '--cluster <code>',
    say('chỉ cụm, khối này (không ghi: cả tỉnh)', 'only of this cluster (default: of the province)'),
  )
  .addOption(new Option('--format <format>', say('định dạng', 'in which form')).choices(FORMATS).default('md'))
  .option(
    '--out <file>',
    say(
      'ghi vào tệp nào (không ghi: Markdown thì in ra, loại khác thì tự đặt tên)',
      'where it goes (default: Markdown is printed, others get a name)',
    ),
  )
  .option(
    '--url <url>',
    say(
      'hỏi máy chủ đang chạy thay vì mở cơ sở dữ liệu, ví dụ http://127.0.0.1:4000/graphql',
      'ask a running server, for example http://127.0.0.1:4000/graphql, in place of the database',
    ),
  )
  .option('--token <jwt>', say('mã truy cập khi hỏi máy chủ đó', 'who asks that server'))
  .action(runs(async (options: ReportOptions) => (await import('./report.ts')).writeReport(options)))

program
  .command('setup')
  .description(
    say(
      'thiết lập một tỉnh, một năm hoặc một khối bằng sổ tính: lưu tất cả, hoặc không lưu gì và nêu từng ô sai',
      'set up a province, a year or a bloc by a workbook: all of it, or nothing and every bad cell by name',
    ),
  )
  .argument(
    '<file>',
    say(
      'XLSX: đơn vị, thay đổi đơn vị, cụm, khối, thành viên, trưởng cụm, khối, thời hạn, chỉ thị, chỉ tiêu, chỉ tiêu giao',
      'XLSX: units, unit changes, clusters, members, heads, deadlines, directive, indicators, targets',
    ),
    file,
  )
  .option(
    '--source <text>',
    say(
      'ai quyết định, cho những gì không ghi quyết định riêng',
      'who decided so, for what does not name its own decision',
    ),
  )
  .option(
    '--dry-run',
    say('không lưu gì, chỉ nêu sẽ lưu gì và chỗ nào sai', 'store nothing, say what would be stored and what is wrong'),
  )
  .option(
    '--template',
    say('ghi ra sổ tính trống để điền, thay vì đọc sổ', 'write an empty workbook to fill in, in place of reading one'),
  )
  .option(
    '--url <url>',
    say(
      'gửi sổ tính đến máy chủ đang chạy, ví dụ http://127.0.0.1:4000/graphql',
      'send it to a running server, for example http://127.0.0.1:4000/graphql',
    ),
  )
  .option('--token <jwt>', say('mã truy cập của người quản trị, cho máy chủ đó', "an administrator's, for that server"))
  .addHelpText(
    'after',
    `\n${say('Cơ sở dữ liệu trống được thiết lập trước lần chạy đầu tiên thì không nạp số liệu đã công bố của Điện Biên. Máy chủ nhúng đang chạy giữ riêng cơ sở dữ liệu: ghi --url của máy chủ.', 'An empty database that is set up before its first start never loads the published data of Điện Biên. A running embedded server has its database to itself: give its --url.')}`,
  )
  .action(runs(async (name: string, options: SetUpOptions) => (await import('./setup.ts')).setUpBy(name, options)))

const directive = program
  .command('directive')
  .description(
    say(
      'kiểm tra, so sánh, ban hành chỉ thị viết bằng JSON hoặc YAML',
      'check, compare and publish directives as JSON or YAML files',
    ),
  )
const ofDirective = (name: string) =>
  directive
    .command(name)
    .argument(
      '<file>',
      say(
        'chỉ thị, theo directive.schema.json của @dienbien/targets',
        'a directive, as directive.schema.json of @dienbien/targets says',
      ),
      file,
    )
    .option(
      '--cluster <code>',
      say(
        'cụm, khối mà chỉ thị chỉ giao cho các thành viên (không ghi: giao cho mọi đơn vị)',
        'the cluster or bloc whose members alone it binds (default: it binds everyone)',
      ),
    )
    .option(
      '--unit <code>',
      say(
        'đơn vị ban hành, giao cho các đơn vị cấp dưới của mình',
        'the unit that issued it, which binds the units below it',
      ),
    )

ofDirective('check')
  .description(
    say(
      'nêu mọi điều cản trở việc ban hành, theo dòng',
      'name everything that stands against publishing it, with its line',
    ),
  )
  .action(
    runs(async (name: string, options: ScopeOptions) => (await import('./directive.ts')).checkFile(name, options)),
  )

ofDirective('diff')
  .description(say('chỉ thị thay đổi gì so với chỉ thị đang có hiệu lực', 'what it changes against the one in force'))
  .action(
    runs(async (name: string, options: ScopeOptions) => (await import('./directive.ts')).compareFile(name, options)),
  )

ofDirective('publish')
  .description(
    say(
      'ban hành: từ đó dùng để đánh giá; không sửa được nữa, chỉ thay bằng chỉ thị khác',
      'publish it: from then on it judges, and is never changed, only superseded',
    ),
  )
  .requiredOption(
    '--source <text>',
    say('căn cứ, ví dụ quyết định ban hành', 'who says so, for example the decision by which it was issued'),
  )
  .action(
    runs(async (name: string, options: PublishOptions) => (await import('./directive.ts')).publishFile(name, options)),
  )

program
  .command('backup')
  .description(say('ghi toàn bộ cơ sở dữ liệu ra một tệp mới', 'write all of the database into a new file'))
  .argument('<file>', say('ví dụ dienbien.gz', 'for example dienbien.gz'), file)
  .action(runs(async (file: string) => (await import('./backup.ts')).backupTo(file)))

program
  .command('restore')
  .description(say('nạp một bản sao lưu vào cơ sở dữ liệu trống', 'fill an empty database from a backup'))
  .argument('<file>', say('tệp do lệnh backup ghi ra', 'what backup wrote'), file)
  .option(
    '--unverified',
    say(
      'vẫn nạp khi nhật ký trong đó không khớp, và nêu chỗ không khớp',
      'go on where the trail in it does not hold, and say where',
    ),
  )
  .action(
    runs(async (file: string, options: { readonly unverified?: boolean }) =>
      (await import('./restore.ts')).restoreFrom(file, options),
    ),
  )

spokenIn(language, program)
await program.parseAsync()
