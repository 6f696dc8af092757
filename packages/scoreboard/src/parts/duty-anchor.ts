/** The part of the methodology that a duty is, for addresses. */
export const dutyAnchor = (id: string): string => `duty-${id}`
