// Checked by the compiler only (`pnpm typecheck`): what must not compile is marked, and an unneeded mark is an error.
import { defineDirective } from '../src/core.ts'
import { type Directive, directive2022, evaluate, type Facts, type IndicatorId, type Status } from '../src/index.ts'

export const known: IndicatorId = 'grdp-growth'
// @ts-expect-error a misspelt id
export const misspelt: IndicatorId = 'grdp-grwth'

evaluate({ 'grdp-growth': 10, 'literacy-level-2': true, 'poverty-rate': null })
// @ts-expect-error an unknown indicator
evaluate({ 'grdp-grwth': 10 })
// @ts-expect-error a boolean where a number belongs
evaluate({ 'grdp-growth': true })
// @ts-expect-error a number where true or false belongs
evaluate({ 'literacy-level-2': 1 })
// @ts-expect-error a text where a number belongs
evaluate({ 'grdp-growth': '10' })
// @ts-expect-error an own target of an unknown indicator
evaluate({}, { targets: { 'grdp-grwth': 10 } })
// @ts-expect-error a level that does not exist
evaluate({}, { unitLevel: 'village' })

const anyDirective: Directive = directive2022
const anyFacts: Facts = { 'read-from-a-file': 1 }
evaluate(anyFacts, { directive: anyDirective })

export function mark(status: Status): string {
  switch (status) {
    case 'MET':
      return '✔'
    case 'NOT_MET':
      return '✘'
    case 'IN_PROGRESS':
      return '…'
    case 'UNDECIDED':
      return '◌'
    case 'NO_DATA':
      return '?'
    case 'NOT_APPLICABLE':
      return '–'
  }
}

// @ts-expect-error not every status is handled
export function half(status: Status): string {
  switch (status) {
    case 'MET':
      return '✔'
    case 'NO_DATA':
      return '?'
  }
}

const text = { vi: 'x', en: 'x' }
const indicator = {
  id: 'a',
  name: text,
  section: '1',
  unit: { code: 'x', ...text },
  quote: 'x',
  measure: 'level',
  extent: 'extensive',
  levels: ['province'],
  checkedOn: '2026-11-24',
} as const
const directive = { id: 'x', title: text, issuer: text, issuedOn: '2023-01-01', year: 2023 }
const range = { comparator: 'between', low: 6.5, high: 7 } as const
defineDirective({ ...directive, indicators: [{ ...indicator, target: range, better: 'more' }] })
// @ts-expect-error a misspelt key of an indicator
defineDirective({ ...directive, indicators: [{ ...indicator, target: range, beter: 'more' }] })
// @ts-expect-error a key that no target has
defineDirective({ ...directive, indicators: [{ ...indicator, target: { ...range, middle: 6.7 }, better: 'more' }] })
// @ts-expect-error a key that no directive has
defineDirective({ ...directive, formula: 'x', indicators: [{ ...indicator, target: range, better: 'more' }] })
