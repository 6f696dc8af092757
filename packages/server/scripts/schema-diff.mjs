// What of schema.graphql changed for clients: `pnpm schema:diff [REVISION]`, against the newest release, or before there
// is one against the commit before. What would break a client has to stand in CHANGELOG.md by its name (Type.field).
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const tried = (...args) => {
  try {
    return git(...args).trim()
  } catch {
    return ''
  }
}

const base =
  process.argv[2] ?? (tried('describe', '--tags', '--abbrev=0', '--match', 'v*') || tried('rev-parse', 'HEAD~1'))
if (!base) {
  console.log('no earlier revision is here to compare schema.graphql with')
  process.exit(0)
}
const before = buildSchema(git('show', `${base}:schema.graphql`))
const after = buildSchema(readFileSync(`${root}schema.graphql`, 'utf8'))
const breaking = findBreakingChanges(before, after)
const changelog = readFileSync(`${root}CHANGELOG.md`, 'utf8')
/** The type, field or argument that a change is about: the first word of its sentence that is a name of the schema. */
const subject = ({ description }) => /\b_*[A-Za-z][\w]*\.\w+\b/.exec(description)?.[0] ?? description.split(' ')[0]
const unsaid = breaking.filter((change) => !changelog.includes(subject(change)))

for (const { description } of findDangerousChanges(before, after)) console.log(`to be looked at: ${description}`)
for (const { description } of breaking) console.log(`breaks clients: ${description}`)
console.log(`schema.graphql against ${base.slice(0, 12)}: ${breaking.length} changes that break clients`)
if (unsaid.length > 0) {
  console.error(`not in CHANGELOG.md: ${unsaid.map(subject).join(', ')}`)
  process.exit(1)
}
