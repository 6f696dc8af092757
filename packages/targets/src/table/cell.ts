/** What stands in a cell of a CSV or XLSX file. */
export type Cell = string | number | boolean | Date | null | undefined
