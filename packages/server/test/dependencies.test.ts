// Each package at run time has its reason in docs/operations.md.
import { readFileSync } from 'node:fs'

test('every dependency at run time says why it is there, and nothing else is listed', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('| package | why'))
  const cells = [...table.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell as string)
  const listed = cells.flatMap((cell) => {
    const [first, ...rest] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string)
    const family = /^(@pothos|@opentelemetry)\//.exec(first ?? '')?.[1]
    return [
      first,
      ...rest.map((name) => (!family ? name : family === '@pothos' ? `@pothos/plugin-${name}` : `${family}/${name}`)),
    ]
  })
  const libraries = Object.keys(dependencies).filter((name) => !name.startsWith('@dienbien/'))
  expect(listed.sort()).toEqual(libraries.sort())
})
