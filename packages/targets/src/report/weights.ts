import { checkedDirective } from '../directive/derive.ts'
import type { Directive, Text, Weights } from '../directive/types.ts'
import { isRecord, wrongType } from '../errors.ts'

/**
 * By what rates of several units are weighed where they come to one, in words; other indicators by their names.
 * @param directive of the indicators that the weights name
 * @throws {TargetsError} `WRONG_TYPE`, or `BAD_DIRECTIVE` where it was not made by `defineDirective` or `parseDirective`
 */
export function describeWeights(weights: Weights, directive: Directive): Text {
  const { indicators } = checkedDirective(directive)
  if (weights === 'communes') return { vi: 'số xã', en: 'number of communes' }
  const [key, id] = (isRecord(weights) && Object.entries(weights)[0]) || []
  if (typeof id !== 'string' || (key !== 'denominator' && key !== 'numerator')) {
    const [vi, en] = ['"communes", { denominator } hoặc { numerator }', '"communes", { denominator } or { numerator }']
    throw wrongType('weights', vi, en, weights)
  }
  const { vi, en } = indicators.find((indicator) => indicator.id === id)?.name ?? { vi: id, en: id }
  return key === 'denominator'
    ? { vi: `mẫu số "${vi}"`, en: `denominator "${en}"` }
    : { vi: `tử số "${vi}" chia cho tỷ lệ`, en: `numerator "${en}" divided by the rate` }
}
