// Colours of drawings: seen on light and on dark, and the same in a file.
import type { ComplianceStatus } from '../generated/api.ts'

export const COLORS: Readonly<Record<ComplianceStatus, string>> = {
  MET: '#2e9350',
  IN_PROGRESS: '#3b82c4',
  NOT_MET: '#d0463b',
  UNDECIDED: '#8b6fb8',
  NO_DATA: '#9aa3ac',
  NOT_APPLICABLE: '#c9cfd5',
}
export const PATH = '#c06a0a'
/** A target is neither met nor missed by itself. */
export const TARGET = '#c2559c'
export const FIGURES = ['#3b82c4', '#c06a0a', '#2e9350', '#8b6fb8'] as const
