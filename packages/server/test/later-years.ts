// Directives of years after 2022, for tests of more than one year. Their targets are synthetic.
import { readFileSync } from 'node:fs'
import { readDocument } from '@dienbien/targets/table'
import type { RunningServer } from './harness.ts'

const DIEN_BIEN_2023 = new URL('../../targets/test/documents/dien-bien-2023.yaml', import.meta.url)

/** That of 2023 or, for a later year, the same targets again. */
function directiveFor(year: number): object {
  const of2023 = readDocument(readFileSync(DIEN_BIEN_2023, 'utf8')).value as Record<string, unknown>
  if (year === 2023) return of2023
  const { supersedes: _, ...later } = of2023
  return { ...later, id: `1/CT-UBND.${year}`, year, issuedOn: `${year}-01-15` }
}

/** @param headers of somebody who may publish */
export async function publishYears(
  server: RunningServer,
  headers: Record<string, string>,
  ...years: readonly number[]
): Promise<void> {
  for (const year of years) {
    const { errors } = await server.change(
      'mutation ($document: JSON!) { publishDirective(input: { document: $document, source: "Thử" }) { version { code } } }',
      { document: directiveFor(year) },
      headers,
    )
    expect(errors).toBeUndefined()
  }
}
