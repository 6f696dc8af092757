import { checkFact } from './facts.ts'

test.each([
  ['disciplined', true],
  ['advancedModels', 3],
  ['ownFactOfAPolicy', 12],
  ['disciplined', null],
])('%s may be recorded as %p', (fact, value) => {
  expect(() => checkFact({ fact, value })).not.toThrow()
})

test.each<[string, unknown, RegExp]>([
  ['metRatio', 1, /"metRatio" follows from the figures and cannot be recorded/],
  ['disciplinned', true, /is unknown; did you mean "disciplined"/],
  ['So vu vi pham', 1, /is no name of a fact/],
  // What every object has would be there where nothing was recorded.
  ['constructor', 1, /is no name of a fact/],
  ['toString', true, /is no name of a fact/],
  ['disciplined', 3, /"disciplined" is true or false/],
  ['advancedModels', -1, /whole number, 0 or more/],
])('%s is not recorded as %p', (fact, value, message) => {
  expect(() => checkFact({ fact, value })).toThrow(message)
})
