type Cell = string | number | null

export declare const WORKBOOKS: Readonly<Record<string, Readonly<Record<string, readonly (readonly Cell[])[]>>>>
export declare const FIGURES: Readonly<Record<string, string>>
