// The sheets of directives and indicators, checked as documents and published; what is wrong is told at its cell.
import { parseDirective } from '@dienbien/targets/core'
import canonicalize from 'canonicalize'
import { figureProblems, problemsOf, publishingDemand, storeVersion } from '../directive/publishing.ts'
import type { Scope } from '../directive/versions.ts'
import { lastDay } from '../figures/years.ts'
import { cellOfPath, type DirectiveDraft, directivesIn, inColumns } from './directive-rows.ts'
import type { Session } from './session.ts'

export async function setUpDirectives(session: Session): Promise<void> {
  const { drafts, problems } = directivesIn(session.workbook)
  session.problems.push(...problems)
  for (const draft of drafts) await publish(session, draft)
}

async function publish(session: Session, draft: DirectiveDraft): Promise<void> {
  const { document, values } = draft
  const { year } = values
  // That it has none is told already.
  if (draft.indicators.length === 0) return session.refuse('directive', year)
  const scope = scopeOf(session, draft)
  const published = session.register.directives
  // A bloc's waits for that of everyone, and what is wrong there is told there.
  const waits = scope !== null && (scope.cluster !== null || scope.unit !== null) && !published.main(year)
  if (scope === null || (waits && session.isRefused('directive', year))) return session.refuse('directive', year)
  const found = problemsOf(document, scope, published)
  const problems =
    found.length > 0 ? found : await figureProblems(session.transaction, parseDirective(document), published)
  const sheet = session.workbook.directive
  if (sheet && values.issuedOn > lastDay(year) && !problems.some(({ path }) => path === 'issuedOn')) {
    const text = {
      vi: `ngày ${values.issuedOn} nằm sau năm ${year} mà văn bản ràng buộc: xem lại ngày hoặc năm`,
      en: `${values.issuedOn} lies after ${year}, the year that it binds: look at the day or the year again`,
    }
    session.tell(sheet, draft.row, 'issuedOn', text)
  }
  for (const { path, text } of problems) {
    session.problems.push({ ...cellOfPath(path, draft, session.workbook), text: inColumns(text) })
  }
  if (problems.length > 0) return session.refuse('directive', year)
  const before = published
    .inForce()
    .find((version) => version.year === year && version.cluster === scope.cluster && version.unit === scope.unit)
  const { transaction, author, source } = session
  const { id } = await storeVersion(transaction, author, { document, year, scope, published: true, source }, null)
  const demand = publishingDemand(scope, year, session.ownUnit, session.register.on(lastDay(year)))
  if (sheet && before?.id !== id && !(await session.permits('directive', sheet, draft.row, 'year', demand))) return
  await session.refresh()
  session.count('directive', before?.id === id ? 'unchanged' : before ? 'changed' : 'created')
  const after = session.register.directives.version(id)
  for (const indicator of after?.directive.indicators ?? []) {
    const old = before?.directive.indicators.find(({ id }) => id === indicator.id)
    const same = old && canonicalize(old) === canonicalize(indicator)
    session.count('indicators', same ? 'unchanged' : old ? 'changed' : 'created')
  }
}

/** Whom it binds; null after telling that nobody is called so. */
function scopeOf(session: Session, { row, values }: DirectiveDraft): Scope | null {
  const sheet = session.workbook.directive
  if (!sheet) return null
  const cluster =
    values.cluster === null ? null : session.cluster(sheet, row, { column: 'cluster', name: values.cluster })
  const unit =
    values.unit === null ? null : session.unit(sheet, row, { column: 'unit', name: values.unit, year: values.year })
  if ((values.cluster !== null && !cluster) || (values.unit !== null && !unit)) return null
  return { cluster: cluster?.code ?? null, unit: unit?.id ?? null }
}
