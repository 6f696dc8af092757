// Names of facts that are the table's own.

/** What a node earned, as a fact for the conditions of grades and tie-breaks. */
export const pointsFact = (code: string): string => `points.${code}`
/** The status of an indicator, as a fact for all conditions. */
export const statusFact = (indicator: string): string => `indicator.${indicator}`
/** The node whose points a fact names; null where it is another fact. */
export const pointsCode = (fact: string): string | null => (fact.startsWith('points.') ? fact.slice(7) : null)
