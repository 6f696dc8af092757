import { isRecord, wrongType } from '../errors.ts'
import { frozenCopy } from '../frozen.ts'
import { derivedBaseline } from './baseline.ts'
import type { DirectiveInput } from './input.ts'
import type { Better, Directive, Indicator, IndicatorInput, Target } from './types.ts'

/** Marks what has been checked, so that an evaluator need not; the same for the ES modules and for CommonJS. */
const CHECKED = Symbol.for('@dienbien/targets: checked directive')

/** A checked input with what follows from it: `version`, `level`, `role`, `better`, baselines, amendments by date. */
export function derive(input: DirectiveInput<readonly IndicatorInput[]> & { readonly $schema?: string }): Directive {
  const { $schema: _, ...document } = input
  const directive: Directive = {
    ...document,
    version: input.version ?? '1',
    level: input.level ?? 'province',
    indicators: input.indicators.map(complete),
    groups: input.groups ?? [],
    relations: input.relations ?? [],
    duties: input.duties ?? [],
    errata: input.errata ?? [],
    amendments: (input.amendments ?? []).toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  }
  return Object.freeze(Object.defineProperty({ ...frozenCopy(directive) }, CHECKED, { value: true }))
}

/**
 * A directive as the evaluators take it.
 * @throws {TargetsError} `BAD_DIRECTIVE` where it has not been checked
 */
export function checkedDirective(document: unknown): Directive {
  if (isRecord(document) && CHECKED in document) return document as unknown as Directive
  throw wrongType(
    'directive',
    'kết quả của defineDirective hoặc parseDirective',
    'what defineDirective or parseDirective of @dienbien/targets/core made',
    document,
    'BAD_DIRECTIVE',
  )
}

function complete(input: IndicatorInput): Indicator {
  const baseline = input.baseline ?? derivedBaseline(input)
  return {
    ...input,
    role: input.role ?? 'target',
    better: betterOf(input.target, input.better),
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** Which way is better: an inequality says it itself. */
export function betterOf({ comparator }: Target, said: Better | undefined): Better {
  switch (comparator) {
    case '>=':
    case '>':
    case 'maintained':
      return 'more'
    case '<=':
    case '<':
      return 'less'
    case '=':
      return 'near'
    default:
      return said ?? 'near'
  }
}
