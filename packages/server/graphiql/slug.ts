/** "Tiến độ của tỉnh" as names in links and of files are written: tien-do-cua-tinh. */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
