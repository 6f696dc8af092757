// The encoding against the words of the directive: nothing misquoted, nothing left out, nothing invented.
import { directive2022, type Indicator, targetNumber } from '../src/index.ts'
import { directiveText, readYaml } from './read.ts'

const indicators: readonly Indicator[] = directive2022.indicators
const numbered = indicators.filter(({ target }) => target.comparator !== 'maintained')

interface Printed {
  readonly text: string
  readonly value: number
  readonly at: number
}

/** Vietnamese numbers: dots group thousands, a comma is the decimal sign. */
const parseNumber = (text: string) => Number(text.replace(/\.(?=\d{3}(?!\d))/g, '').replace(',', '.'))

/** Every number printed in the numbered targets, sections 3.1 to 3.3. */
function printedNumbers(): Printed[] {
  const from = directiveText.indexOf('3.1. ')
  const to = directiveText.indexOf('3.4. ')
  return [...directiveText.slice(from, to).matchAll(/\d+(?:[.,]\d+)*/g)].map((match) => ({
    text: match[0],
    value: parseNumber(match[0]),
    at: from + match.index,
  }))
}

/** Every place where some words stand. */
function placesOf(words: string): { from: number; to: number }[] {
  const places = []
  for (let at = directiveText.indexOf(words); at >= 0; at = directiveText.indexOf(words, at + 1)) {
    places.push({ from: at, to: at + words.length })
  }
  return places
}

const within = ({ at }: Printed, words: string) => placesOf(words).some(({ from, to }) => at >= from && at < to)

/** The numbers that an indicator claims: target, denominator, change and the year of the change. */
const claimed = ({ target, denominator, change }: Indicator) => [
  targetNumber(target),
  denominator,
  change && Math.abs(change.value),
  change?.against,
]

test('encodes 66 numbers and 4 levels to maintain, in the order of the text', () => {
  expect(numbered).toHaveLength(66)
  expect(indicators).toHaveLength(70)
  const positions = indicators
    .filter(({ measure }) => measure !== 'milestone')
    .map(({ quote }) => directiveText.indexOf(quote))
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
})

test.each([...indicators, ...directive2022.duties, ...directive2022.errata].map((item) => [item.id, item] as const))(
  'quotes %s verbatim',
  (_, { quote }) => {
    expect(directiveText).toContain(quote)
  },
)

test('says what a quote with a slip must have been, and only of those: other letters, the same numbers', () => {
  const quoted: readonly { readonly id: string; readonly quote: string; readonly intended?: string }[] = [
    ...indicators,
    ...directive2022.duties,
    ...directive2022.errata,
  ]
  // What the scan makes of "phấn đấu", "báo chí" and "bứt phá".
  const slip = /ph[âầ]n đ[âầ]u|báo trí|bút phá/i
  for (const { id, quote, intended } of quoted) {
    expect({ id, slipped: slip.test(quote) }).toEqual({ id, slipped: intended !== undefined })
    if (intended === undefined) continue
    expect(intended).not.toMatch(slip)
    const letters = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    expect(letters(intended)).toBe(letters(quote))
  }
})

test.each(numbered.map((indicator) => [indicator.id, indicator] as const))(
  'finds the number of %s in its quote',
  (_, indicator) => {
    const printed = printedNumbers().filter((number) => within(number, indicator.quote))
    const values = printed.map(({ value }) => value)
    expect(values).toContain(targetNumber(indicator.target))
    if (indicator.change) expect(values).toContain(Math.abs(indicator.change.value))
    if (indicator.denominator) expect(values).toContain(indicator.denominator)
  },
)

test('every number of 3.1 to 3.3 belongs to an indicator or is listed as no target, with the reason', () => {
  const listed = readYaml<{ number: string; words: string; why: string }[]>('./numbers-that-are-no-targets.yaml')
  const unexplained = printedNumbers().filter(
    (number) =>
      !indicators.some((indicator) => within(number, indicator.quote) && claimed(indicator).includes(number.value)) &&
      !listed.some((entry) => entry.number === number.text && within(number, entry.words)),
  )
  expect(unexplained).toEqual([])
  const stale = listed.filter(
    (entry) => !printedNumbers().some((number) => entry.number === number.text && within(number, entry.words)),
  )
  expect(stale).toEqual([])
})

test('each indicator stands in the sections that it names', () => {
  const startOf = (section: string) => directiveText.indexOf(`\n${section}. `)
  const next: Record<string, string> = { '3.1': '3.2', '3.2': '3.3', '3.3': '3.4' }
  for (const { id, section, alsoIn = [], quote } of indicators) {
    for (const named of [section, ...alsoIn]) {
      const text = directiveText.slice(startOf(named), startOf(next[named] as string))
      expect({ id, named, found: text.includes(quote) }).toEqual({ id, named, found: true })
    }
  }
})

test('repeats exactly the four targets of 3.3', () => {
  expect(indicators.filter(({ alsoIn }) => alsoIn?.includes('3.3')).map(({ id }) => id)).toEqual([
    'forest-cover',
    'urban-clean-water',
    'rural-hygienic-water',
    'urban-waste-collection',
  ])
})

test('says how it read each number that carries no comparing word, and each share', () => {
  const words = /(đạt|tăng|lên|có|trên|còn|xuống|khoảng|ước tính)/i
  for (const { id, quote, target, interpretation, name } of numbered) {
    const number = [...quote.matchAll(/\d+(?:[.,]\d+)*/g)].find(
      ({ 0: text }) => parseNumber(text) === targetNumber(target),
    )
    const before = quote.slice(0, number?.index).replace(name.vi, '')
    const word = words.test(before.split(/[,;:]/).at(-1) ?? '')
    if (!word) expect({ id, interpretation }).toEqual({ id, interpretation: expect.anything() })
  }
})

test('carries the date on which each number was last checked', () => {
  for (const { checkedOn } of indicators) expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
})

test('derives baselines from the stated changes, and none from "lần"', () => {
  const baselines = Object.fromEntries(indicators.flatMap(({ id, baseline }) => (baseline ? [[id, baseline]] : [])))
  expect(baselines).toMatchObject({ 'poverty-rate': 35.38, 'agriculture-share': 18.08, 'industry-share': 19.94 })
  expect(baselines['domestic-revenue']).toBeCloseTo(1538.97, 2)
  expect(baselines['trade-turnover']).toBeCloseTo(79.0, 2)
  expect(baselines).not.toHaveProperty('macadamia-planted')
})

test('computes the arithmetic of the errata', () => {
  const arithmetic = Object.fromEntries(directive2022.errata.map((erratum) => [erratum.id, erratum.arithmetic]))
  expect(arithmetic).toMatchObject({
    'shares-sum': '17.66 + 20.77 + 57.11 + 4.45 = 99.99',
    'share-changes-sum': expect.stringContaining(
      '−0.42 + 0.83 − 0.29 − 1.22 = −1.1; 2021: 18.08 + 19.94 + 57.4 + 5.67 = 101.09',
    ),
    'population-scale': expect.stringContaining('= 776'),
    'drug-treatment-parts': '962 + 3480 = 4442; 4470 − 4442 = 28',
    'domestic-revenue-2021': expect.stringContaining('1640.661 − 1539 = 101.7'),
    'macadamia-times': '7040 ÷ 7.6 = 926; 7040 ÷ 8.6 = 819',
    'lower-secondary-ages': '97.1 + 2.8 = 99.9',
    'commune-radio-share': '126 ÷ 129 = 97.67%; 125 ÷ 129 = 96.9%',
    'trade-scope': expect.stringContaining('73 + 25 = 98'),
    'poverty-households': '43048 ÷ 31.1% = 138418; 31.1 + 4.28 = 35.38',
  })
  const ids = new Set<string>(indicators.map(({ id }) => id))
  for (const { indicators: named } of directive2022.errata) for (const id of named) expect(ids).toContain(id)
})
