// The ready queries with their examples, as the page of GraphiQL has them.
import type { ReadyQuery } from '../dist/http/ready-queries.js'
import type { RunningServer } from './harness.ts'

export type ListedQuery = ReadyQuery

export async function listedBy({ url }: Pick<RunningServer, 'url'>): Promise<readonly ListedQuery[]> {
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
  const [, options = ''] = /<script[^>]*id="options"[^>]*>([\s\S]*?)<\/script>/.exec(page) ?? []
  return (JSON.parse(options) as { ready: readonly ListedQuery[] }).ready
}
