/** A name as it is searched for: without case and diacritics, "Mường Ảng" as "muong ang". */
export function searchKey(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
}
