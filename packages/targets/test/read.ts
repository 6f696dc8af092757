import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const here = (path: string) => new URL(path, import.meta.url)

/** The directive as printed (a scan read by OCR). */
export const directiveText = readFileSync(here('../text/02-CT-UBND-2022.txt'), 'utf8')

export function readYaml<T>(path: string): T {
  return parse(readFileSync(here(path), 'utf8')) as T
}
