// What every view stands in: whose directive of which year, and up to which day there are figures.
import { createContext, useContext } from 'react'

export interface Frame {
  readonly year: number
  /** The years that have a directive, the newest first. */
  readonly years: readonly number[]
  /** Whose pages these are, as it stands in that year: whom the directive binds, a province or the nation. */
  readonly province: { readonly code: string; readonly name: string }
  /** There is a nation, with provinces in it. */
  readonly hasNation: boolean
  readonly hasDistricts: boolean
  /**
   * The units right below it in that year: provinces below a nation, districts below a province, or communes where there are
   * no districts.
   */
  readonly below: 'PROVINCE' | 'DISTRICT' | 'COMMUNE'
  readonly number: string
  readonly title: string
  readonly issuer: string
  readonly issuedOn: string
  /** The last day for which there is a figure; the last of the year where there is none. */
  readonly newest: string
  /** Demonstration data are among what is shown. */
  readonly synthetic: boolean
}

export const FrameContext = createContext<Frame | null>(null)

/** Null while it is on its way, or where the address asks for a year without a directive. */
export const useFrame = (): Frame | null => useContext(FrameContext)

/** The year that the address asks for; none means the newest one that has a directive. */
export function yearIn(search: string): number | undefined {
  const parameters = new URLSearchParams(search)
  // Versions before this one called it by its English name.
  const chosen = parameters.get('nam') ?? parameters.get('year')
  return chosen !== null && /^[1-9]\d{3}$/.test(chosen) ? Number(chosen) : undefined
}
