import { createHash } from 'node:crypto'
import { type Directive, directives as encoded } from '@dienbien/targets'
import { parseDirective } from '@dienbien/targets/core'
import canonicalize from 'canonicalize'
import type { PrismaClient, DirectiveVersion as Row } from '../generated/prisma/client.ts'
import { Directives, type DirectiveVersion } from './directives.ts'

/** SHA-256 of a document as canonical JSON (RFC 8785). */
export const hashOf = (document: unknown): string =>
  createHash('sha256')
    .update(canonicalize(document) as string)
    .digest('hex')

/** By hash: a document is checked once, and its directive is the same object however often it is read. */
const parsed = new Map<string, Directive>()

function directiveIn({ hash, document }: Pick<Row, 'hash' | 'document'>): Directive {
  if (parsed.size === 0) for (const directive of Object.values(encoded)) parsed.set(hashOf(directive), directive)
  let directive = parsed.get(hash)
  if (!directive) {
    directive = parseDirective(document)
    parsed.set(hash, directive)
  }
  return directive
}

/** A published row as what it binds. */
const versionOfRow = (row: Row): DirectiveVersion => ({
  id: row.id,
  year: row.year,
  version: row.version,
  cluster: row.clusterCode || null,
  unit: row.unitCode || null,
  directive: directiveIn(row),
})

/** What is published, every version of it. */
export async function loadDirectives(prisma: Pick<PrismaClient, 'directiveVersion'>): Promise<Directives> {
  const rows = await prisma.directiveVersion.findMany({ where: { published: true } })
  return new Directives(rows.map(versionOfRow))
}
