// `pnpm readme` writes what the README derives from the code: the table of settings. With `--check` it fails where they
// differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { settings } from '../dist/config.js'

const README = fileURLToPath(new URL('../../../README.md', import.meta.url))

/** Replaces what stands between two markers. */
export function section(text, name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has no ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}

function settingsTable() {
  const defaults = settings.parse({})
  const rows = Object.entries(settings.shape).map(([name, { description }]) => {
    const value = defaults[name]
    return `| \`${name}\` | ${description} | ${value === undefined ? 'unset' : `\`${value}\``} |`
  })
  return ['| variable | meaning | default |', '| --- | --- | --- |', ...rows].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = readFileSync(README, 'utf8')
  const wanted = section(text, 'settings', settingsTable())
  if (process.argv.includes('--check')) {
    if (text !== wanted) {
      console.error('README.md: the settings are not those of config.ts: run `npx pnpm@12 readme`')
      process.exit(1)
    }
  } else writeFileSync(README, wanted)
}
