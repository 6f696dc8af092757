import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../queries/', import.meta.url))

export interface ReadyQuery {
  readonly name: string
  readonly text: string
}

/** The commented queries with which GraphiQL opens, in the order of their file names. */
export function readyQueries(): ReadyQuery[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => ({ name: file.replace(/\.graphql$/, ''), text: readFileSync(`${FOLDER}${file}`, 'utf8') }))
}
