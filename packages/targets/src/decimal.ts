/**
 * Equality is decimal, not binary: a value within one part in 10⁹ of another is that value
 * (`0.57 * 100` is 57).
 */
export const RELATIVE_TOLERANCE = 1e-9

/** −1, 0 or 1: `value` against `target` with {@link RELATIVE_TOLERANCE}. */
export function compareDecimal(value: number, target: number): -1 | 0 | 1 {
  const difference = value - target
  if (Math.abs(difference) <= Math.abs(target) * RELATIVE_TOLERANCE) return 0
  return difference < 0 ? -1 : 1
}

/**
 * Drops the binary noise of an arithmetic result: `31.1 + 4.28` gives 35.38.
 * @param digits 15 keeps every figure that a double holds as it was written
 */
export function tidy(value: number, digits = 12): number {
  // What has six decimals, as most points have, is tidy: writing it out takes a hundred times as long.
  if (Number.isSafeInteger(value) || (value > -1e5 && value < 1e5 && Math.round(value * 1e6) / 1e6 === value))
    return value
  return Number(value.toPrecision(digits))
}

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)

/** The next double above a finite `value`. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  float[0] = value
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n)
  return float[0] as number
}

/** Added to a number below 2⁵¹ it leaves no place for a fraction: several times as fast as `Math.round`, for every result. */
const WHOLE = 0x18000000000000

/** Rounds away binary noise below 10⁻⁹, and −0; beyond two million doubles lie hardly closer. */
export const round9 = (value: number): number => (Math.abs(value) < 2e6 ? (value * 1e9 + WHOLE - WHOLE) / 1e9 : value)

/**
 * Rounded as an office does it, a half away from zero: 1.005 to two decimals is 1.01, whatever its binary form.
 * @param decimals 0 to 4, of a value below 10⁶
 */
export function roundHalf(value: number, decimals: number): number {
  const scale = 10 ** decimals
  const scaled = Math.abs(value) * scale
  const rounded = Math.floor(scaled + 0.5 + 1e-9 + scaled * 4e-15) / scale
  return value < 0 ? 0 - rounded : rounded
}

/**
 * `a − b` with noise below 10⁻⁹ only: beyond a million doubles lie too far apart for that, and the difference is taken as exact
 * as the two are written, so that `12345678.9 - 12345678.8` is 0.1.
 */
export function minus(a: number, b: number): number {
  return a * a + b * b < 2e12 ? a - b : minusFar(a, b)
}

function minusFar(a: number, b: number): number {
  const whole = Math.ceil(Math.log10(Math.max(Math.abs(a), Math.abs(b))))
  return Number((a - b).toFixed(Math.max(0, 15 - whole)))
}

/** The decimals that a number is written with: 2 of 35.38. */
export function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent))
}
