import { show, TargetsError } from '../errors.ts'
import { type Condition, type ConditionNode, type ConditionOptions, parseCondition } from './conditions.ts'
import { type Interval, toInterval } from './interval.ts'

/** What a condition comes to for a row, in the tables of {@link compileConditionTable}; in an order, so that `all` is the least. */
export const ConditionCode = /*#__PURE__*/ Object.freeze({ FALSE: 0, UNKNOWN: 1, TRUE: 2 } as const)
const { FALSE, UNKNOWN, TRUE } = ConditionCode

/** A condition compiled for many units. */
export interface ConditionProgram {
  /** The columns of a table. */
  readonly facts: readonly string[]
  /**
   * Judges a table, one row a unit and one column a fact, row after row: true and false are 1 and 0, NaN is unknown.
   * @param out receives the {@link ConditionCode} of each row; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit
   */
  evaluateTable(values: Float64Array, out?: Uint8Array): Uint8Array
}

/** Writes the codes of a node for all rows: as they are, or only where they are less, or greater, than what stands there. */
type Pass = (values: Float64Array, out: Uint8Array, rows: number, mode: Mode) => void
type Mode = 'set' | 'least' | 'greatest'

/**
 * Compiles a condition into loops over a typed table, without `eval`: unknown spreads as in `compileCondition`.
 * @param options `facts` are the columns, and the only facts that the condition may ask for
 * @throws {TargetsError} `BAD_CONDITION` as `compileCondition` does, and where it compares with a text
 */
export function compileConditionTable(
  condition: Condition,
  options: ConditionOptions & { readonly facts: readonly string[] },
): ConditionProgram {
  const facts: unknown = options?.facts
  if (!Array.isArray(facts) || facts.length === 0) {
    throw new TargetsError(
      'BAD_OPTION',
      { vi: 'options.facts: phải nêu ít nhất một cột', en: 'options.facts: must name at least one column' },
      'facts',
    )
  }
  const width = facts.length
  const pass = passOf(parseCondition(condition, options), facts)
  return {
    facts,
    evaluateTable(values, given) {
      const refuse = (vi: string, en: string): never => {
        throw new TargetsError('BAD_TABLE', { vi, en })
      }
      if (!(values instanceof Float64Array))
        return refuse('values phải là Float64Array', 'values must be a Float64Array')
      const rows = values.length / width
      if (!Number.isInteger(rows)) {
        const size = values.length
        refuse(
          `${size} giá trị không chia đều cho ${width} dữ kiện`,
          `${size} values are no whole number of rows of ${width} facts`,
        )
      }
      const codes = given ?? new Uint8Array(rows)
      if (!(codes instanceof Uint8Array)) return refuse('out phải là Uint8Array', 'out must be a Uint8Array')
      if (codes.length < rows) {
        refuse(`out có ${codes.length} hàng, cần ${rows}`, `out holds ${codes.length} rows where ${rows} are needed`)
      }
      pass(values, codes, rows, 'set')
      return codes
    },
  }
}

function passOf(node: ConditionNode, facts: readonly string[]): Pass {
  switch (node.kind) {
    case 'all':
    case 'any':
      return junction(
        node.parts.map((part) => passOf(part, facts)),
        node.kind === 'any',
      )
    case 'not':
      return negation(passOf(node.part, facts))
    case 'range':
      return column(facts.indexOf(node.fact), facts.length, node.interval, true)
    case 'list': {
      const at = facts.indexOf(node.fact)
      const columns = node.values.map((value) => column(at, facts.length, intervalOf(value, node.path), node.wanted))
      if (columns.length > 0) return junction(columns, node.wanted)
      // Nothing is in an empty list, but an unknown fact stays unknown.
      return column(at, facts.length, { lo: 1, hi: -1 }, node.wanted)
    }
  }
}

function intervalOf(value: boolean | number | string, path: string): Interval {
  if (typeof value === 'string') {
    throw new TargetsError(
      'BAD_CONDITION',
      {
        vi: `${path}: bảng số không chứa chữ như ${show(value)}`,
        en: `${path}: a table of numbers holds no text such as ${show(value)}`,
      },
      path,
    )
  }
  return toInterval({ comparator: '=', value: Number(value) }, 'near')
}

/** True inside the bounds, or with `wanted` false outside them. */
function column(at: number, width: number, { lo, hi }: Interval, wanted: boolean): Pass {
  const [inside, outside] = wanted ? [TRUE, FALSE] : [FALSE, TRUE]
  return (values, out, rows, mode) => {
    for (let row = 0, i = at; row < rows; row++, i += width) {
      const value = values[i] as number
      const code = value >= lo && value <= hi ? inside : value !== value ? UNKNOWN : outside
      const there = out[row] as number
      if (mode === 'set' || (mode === 'least' ? code < there : code > there)) out[row] = code
    }
  }
}

/** An empty list of either kind is true. */
function junction(parts: readonly Pass[], any: boolean): Pass {
  const [first, ...others] = parts
  if (!first) return apart((_, out, rows) => void out.fill(TRUE, 0, rows))
  const bound = any ? 'greatest' : 'least'
  const whole = (values: Float64Array, out: Uint8Array, rows: number) => {
    first(values, out, rows, 'set')
    for (const part of others) part(values, out, rows, bound)
  }
  const combined = apart(whole)
  return (values, out, rows, mode) => {
    if (mode === 'set') whole(values, out, rows)
    // The least of the least is the least of all: only the other kind needs a place of its own.
    else if (mode === bound) for (const part of parts) part(values, out, rows, bound)
    else combined(values, out, rows, mode)
  }
}

const negation = (inner: Pass) =>
  apart((values, out, rows) => {
    inner(values, out, rows, 'set')
    for (let row = 0; row < rows; row++) out[row] = TRUE - (out[row] as number)
  })

/** Has the codes written into a place of their own, then brings them into `out` by the mode. */
function apart(write: (values: Float64Array, out: Uint8Array, rows: number) => void): Pass {
  let place = new Uint8Array(0)
  return (values, out, rows, mode) => {
    if (place.length < rows) place = new Uint8Array(rows)
    write(values, place, rows)
    for (let row = 0; row < rows; row++) {
      const code = place[row] as number
      const there = out[row] as number
      if (mode === 'set' || (mode === 'least' ? code < there : code > there)) out[row] = code
    }
  }
}
