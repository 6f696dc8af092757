import { localeOf } from './locale.ts'

test.each<[string | undefined, 'vi' | 'en']>([
  [undefined, 'en'],
  ['', 'en'],
  ['vi', 'vi'],
  ['VI-vn', 'vi'],
  ['vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5', 'vi'],
  ['en-GB,en;q=0.9,vi;q=0.8', 'en'],
  ['en;q=0.5, vi;q=0.7', 'vi'],
  ['vi;q=0', 'en'],
  ['vi;q=many', 'en'],
  ['fr, de;q=0.9, vi;q=0.1', 'vi'],
  ['*', 'en'],
  ['fr', 'en'],
])('Accept-Language: %s is answered in %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale)
})
