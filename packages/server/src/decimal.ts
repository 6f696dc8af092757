/** Drops the binary noise of an arithmetic result: 0.1 + 0.2 gives 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12))
