// What every text is: in Vietnamese, then in English.
export type Words = Readonly<Record<string, readonly [vietnamese: string, english: string]>>
